import { type AccountTables, coverageNotTold, unknown32 } from "./account-schema.ts";
import { countRows, fill, fillScratch, refill, rowNumber, type Settlement } from "./settlement.ts";

/**
 * Numbers accounts and assets by name (names compare byte by byte), with what is known of them, and holdings by
 * account, then asset, and says which of them each code stands for. Nobody's holdings, whose account is empty, all have
 * the number that says so. Names are looked up once, and what is grouped and sorted are their numbers: over holdings
 * that came in four batches, grouping and sorting names took three times as long as over those of one.
 * @param told the holdings that count: codes with names
 */
export async function numberHoldings(
  settlement: Settlement,
  told: string = settlement.tables.staged("holdings"),
): Promise<void> {
  const { tables } = settlement;
  await numberAccounts(settlement, told);
  await numberAssets(settlement, told);
  await fillScratch(
    settlement,
    "holding_ids",
    `SELECT arrayJoin(codes) AS code, if(is_nobody, ${unknown32}, number), account_id, asset_id, code = codes[1] FROM
     (SELECT ${rowNumber("is_nobody, account_id, asset_id")} AS number, is_nobody, account_id, asset_id, codes FROM
      (SELECT h.account = '' AS is_nobody, a.id AS account_id, s.id AS asset_id, groupArray(h.code) AS codes
       FROM ${told} AS h LEFT JOIN (SELECT id, name FROM ${tables.settled("accounts")}) AS a ON h.account = a.name
       INNER JOIN (SELECT id, asset FROM ${tables.settled("assets")}) AS s ON h.asset = s.asset
       GROUP BY is_nobody, account_id, asset_id))`,
  );
}

async function numberAccounts(settlement: Settlement, holdings: string): Promise<void> {
  const { tables } = settlement;
  const facts = tables.staged("account_facts");
  const told = `c != ${coverageNotTold}`;
  await refill(
    settlement,
    tables.settled("accounts"),
    `SELECT ${rowNumber("name")}, name, coverage, has_about, about FROM
     (SELECT n.account AS name,
        if(f.account = '', ${coverageNotTold}, f.coverage) AS coverage, f.has_about AS has_about,
        f.about AS about
      FROM (SELECT DISTINCT account FROM (SELECT account FROM ${holdings} WHERE account != ''
            UNION ALL SELECT account FROM ${facts})) AS n
      LEFT JOIN (SELECT account, if(countIf(${told}) = 0, ${coverageNotTold}, argMaxIf(c, number, ${told})) AS coverage,
                   max(has) AS has_about, argMaxIf(a, number, has = 1) AS about
                 FROM (SELECT account, number, coverage AS c, has_about AS has, about AS a FROM ${facts})
                 GROUP BY account) AS f ON n.account = f.account)`,
  );
}

async function numberAssets(settlement: Settlement, holdings: string): Promise<void> {
  const { tables } = settlement;
  const facts = tables.staged("asset_facts");
  await refill(
    settlement,
    tables.settled("assets"),
    `SELECT ${rowNumber("asset")}, asset, decimals, has_symbol, symbol FROM
     (SELECT n.asset AS asset, if(f.asset = '', ${unknown32}, f.decimals) AS decimals, f.has_symbol AS has_symbol,
        f.symbol AS symbol
      FROM (SELECT DISTINCT asset FROM
            (SELECT asset FROM ${holdings} UNION ALL SELECT asset FROM ${facts})) AS n
      LEFT JOIN (SELECT asset,
                   if(countIf(d != ${unknown32}) = 0, ${unknown32}, argMaxIf(d, number, d != ${unknown32})) AS decimals,
                   max(has) AS has_symbol, argMaxIf(s, number, has = 1) AS symbol
                 FROM (SELECT asset, number, decimals AS d, has_symbol AS has, symbol AS s FROM ${facts})
                 GROUP BY asset) AS f ON n.asset = f.asset)`,
  );
}

/**
 * Leaves out holdings and assets that only tellings name which do not count: other layers' and contradicted ones.
 * Says whether there were any; then what is left has new numbers, by which transfers must be arranged again.
 */
export async function dropUnusedHoldings(settlement: Settlement): Promise<boolean> {
  const { tables } = settlement;
  const transfers = tables.settled("transfers");
  const ids = tables.scratch("holding_ids");
  const used = `SELECT payer AS id FROM ${transfers} UNION DISTINCT SELECT payee FROM ${transfers} UNION DISTINCT
    SELECT id FROM ${ids} WHERE code IN (SELECT holding FROM ${tables.staged("opening_facts")})`;
  const kept = `((id != ${unknown32} AND id IN (${used}))
    OR (id = ${unknown32} AND asset IN (SELECT DISTINCT asset FROM ${transfers})))`;
  if ((await countRows(settlement, `${ids} WHERE NOT ${kept}`)) === 0) return false;
  await fillScratch(
    settlement,
    "kept_holdings",
    `SELECT * FROM ${tables.staged("holdings")} WHERE code IN (SELECT code FROM ${ids} WHERE ${kept})`,
  );
  await numberHoldings(settlement, tables.scratch("kept_holdings"));
  return true;
}

const holdingsOnce = (tables: AccountTables) => `${tables.scratch("holding_ids")}
  WHERE is_first AND id != ${unknown32}`;

/**
 * Holdings with what each received and paid. Sums are taken in two halves of 128 bits, which 2^128 transfers of the
 * largest amount do not fill; of both sides, and of holdings without transfers, in one grouping: one for each
 * side took twice as long, a join with the holdings a tenth longer.
 */
export async function settleHoldings(settlement: Settlement): Promise<void> {
  const { tables } = settlement;
  const transfers = tables.settled("transfers");
  const low = "bitAnd(amount, toUInt256('340282366920938463463374607431768211455'))";
  const high = "bitShiftRight(amount, 128)";
  const none = "toUInt256(0)";
  const nobody = "toUInt32(0)";
  await fill(
    settlement,
    tables.settled("holdings"),
    `SELECT id, max(account), max(asset), sum(counted), sum(in_low), sum(in_high), sum(out_low), sum(out_high) FROM
     (SELECT id, account, asset, toUInt8(0) AS counted, ${none} AS in_low, ${none} AS in_high, ${none} AS out_low,
        ${none} AS out_high FROM ${holdingsOnce(tables)}
      UNION ALL
      SELECT payer, ${nobody}, ${nobody}, toUInt8(1), ${none}, ${none}, ${low}, ${high} FROM ${transfers}
      UNION ALL
      SELECT payee, ${nobody}, ${nobody}, payer != payee, ${low}, ${high}, ${none}, ${none} FROM ${transfers})
     WHERE id != ${unknown32} GROUP BY id`,
  );
}

/** Which transfers each account is in. */
export async function settleTransfersByAccount(settlement: Settlement): Promise<void> {
  const { tables } = settlement;
  await fill(
    settlement,
    tables.settled("transfers_by_account"),
    `SELECT h.account, t.id FROM
     (SELECT id, arrayJoin(if(payer = payee, [payer], [payer, payee])) AS holding
      FROM ${tables.settled("transfers")}) AS t
     INNER JOIN (SELECT id, account FROM ${holdingsOnce(tables)}) AS h ON t.holding = h.id`,
  );
}
