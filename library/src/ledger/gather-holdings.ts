import { coverageNotTold, unknown32 } from "./account-schema.ts";
import { countRows, fill, fillScratch, rowNumber, type Settlement } from "./settlement.ts";

/**
 * Joins the codes of each holding by its names and numbers holdings by account, then asset (names compare byte by
 * byte). Nobody's holdings, whose account is empty, all have the number that says so.
 */
export async function gatherHoldings(settlement: Settlement): Promise<void> {
  const staged = settlement.tables.staged("holdings");
  const grouped = `SELECT account, asset, groupArray(code) AS codes FROM ${staged}`;
  await fillScratch(
    settlement,
    "holdings",
    `SELECT ${rowNumber}, account, asset, codes
     FROM (${grouped} WHERE account != '' GROUP BY account, asset ORDER BY account, asset)`,
  );
  await fill(
    settlement,
    settlement.tables.scratch("holdings"),
    `SELECT ${unknown32}, account, asset, codes FROM (${grouped} WHERE account = '' GROUP BY account, asset)`,
  );
}

/** Numbers assets by name, with what is known of them, and says which number each code of a holding stands for. */
export async function numberHoldings(settlement: Settlement): Promise<void> {
  const { connection, tables } = settlement;
  const holdings = tables.scratch("holdings");
  const facts = tables.staged("asset_facts");
  await connection.run(`TRUNCATE TABLE ${tables.settled("assets")}`);
  await fill(
    settlement,
    tables.settled("assets"),
    `SELECT ${rowNumber}, asset, decimals, has_symbol, symbol FROM
     (SELECT n.asset AS asset, if(f.asset = '', ${unknown32}, f.decimals) AS decimals, f.has_symbol AS has_symbol,
        f.symbol AS symbol
      FROM (SELECT DISTINCT asset FROM (SELECT asset FROM ${holdings} UNION ALL SELECT asset FROM ${facts})) AS n
      LEFT JOIN (SELECT asset,
                   if(countIf(d != ${unknown32}) = 0, ${unknown32}, argMaxIf(d, number, d != ${unknown32})) AS decimals,
                   max(has) AS has_symbol, argMaxIf(s, number, has = 1) AS symbol
                 FROM (SELECT asset, number, decimals AS d, has_symbol AS has, symbol AS s FROM ${facts})
                 GROUP BY asset) AS f ON n.asset = f.asset
      ORDER BY asset)`,
  );
  await fillScratch(
    settlement,
    "holding_ids",
    `SELECT arrayJoin(h.codes), h.id, a.id FROM ${holdings} AS h
     INNER JOIN ${tables.settled("assets")} AS a ON h.asset = a.asset`,
  );
}

/**
 * Leaves out holdings and assets that only tellings name which do not count: other layers' and contradicted ones.
 * Says whether there were any; then transfers must be arranged again, by the new numbers.
 */
export async function dropUnusedHoldings(settlement: Settlement): Promise<boolean> {
  const { connection, tables } = settlement;
  const transfers = tables.settled("transfers");
  const holdings = tables.scratch("holdings");
  const used = `SELECT payer AS id FROM ${transfers} UNION DISTINCT SELECT payee FROM ${transfers} UNION DISTINCT
    SELECT id FROM ${tables.scratch("holding_ids")}
    WHERE code IN (SELECT holding FROM ${tables.staged("opening_facts")})`;
  const nobodys = `SELECT asset FROM ${tables.settled("assets")} WHERE id IN (SELECT DISTINCT asset FROM ${transfers})`;
  const kept = `((account != '' AND id IN (${used})) OR (account = '' AND asset IN (${nobodys})))`;
  if ((await countRows(settlement, `${holdings} WHERE NOT ${kept}`)) === 0) return false;
  const order = "ORDER BY account = '', account, asset";
  await fillScratch(
    settlement,
    "kept_holdings",
    `SELECT if(account = '', ${unknown32}, ${rowNumber}), account, asset, codes
     FROM (SELECT account, asset, codes FROM ${holdings} WHERE ${kept} ${order})`,
  );
  await connection.run(`DROP TABLE ${holdings} SYNC`);
  await connection.run(`RENAME TABLE ${tables.scratch("kept_holdings")} TO ${holdings}`);
  return true;
}

/** Accounts with what is known of them, holdings with their sums, and which transfers each account is in. */
export async function settleHoldings(settlement: Settlement): Promise<void> {
  const { tables } = settlement;
  const facts = tables.staged("account_facts");
  const told = `c != ${coverageNotTold}`;
  const [accounts, holdings, transfers] = [
    tables.settled("accounts"),
    tables.settled("holdings"),
    tables.settled("transfers"),
  ];
  await fill(
    settlement,
    accounts,
    `SELECT ${rowNumber}, name, coverage, has_about, about FROM
     (SELECT n.account AS name,
        if(f.account = '', ${coverageNotTold}, f.coverage) AS coverage, f.has_about AS has_about,
        f.about AS about
      FROM (SELECT DISTINCT account FROM (SELECT account FROM ${tables.scratch("holdings")} WHERE account != ''
            UNION ALL SELECT account FROM ${facts})) AS n
      LEFT JOIN (SELECT account, if(countIf(${told}) = 0, ${coverageNotTold}, argMaxIf(c, number, ${told})) AS coverage,
                   max(has) AS has_about, argMaxIf(a, number, has = 1) AS about
                 FROM (SELECT account, number, coverage AS c, has_about AS has, about AS a FROM ${facts})
                 GROUP BY account) AS f ON n.account = f.account
      ORDER BY name)`,
  );
  const low = "bitAnd(amount, toUInt256('340282366920938463463374607431768211455'))";
  const high = "bitShiftRight(amount, 128)";
  await fill(
    settlement,
    holdings,
    `SELECT h.id, a.id, s.id, b.transfers, b.received_low, b.received_high, b.paid_low, b.paid_high
     FROM (SELECT id, account, asset FROM ${tables.scratch("holdings")} WHERE account != '') AS h
     INNER JOIN ${accounts} AS a ON h.account = a.name
     INNER JOIN ${tables.settled("assets")} AS s ON h.asset = s.asset
     LEFT JOIN (SELECT id, countIf(is_payee = 0 OR NOT is_self) AS transfers, sumIf(low, is_payee) AS received_low,
                  sumIf(high, is_payee) AS received_high, sumIf(low, NOT is_payee) AS paid_low,
                  sumIf(high, NOT is_payee) AS paid_high
                FROM (SELECT arrayJoin([(payer, 0), (payee, 1)]) AS side, side.1 AS id, side.2 AS is_payee,
                        payer = payee AS is_self, ${low} AS low, ${high} AS high FROM ${transfers})
                WHERE id != ${unknown32} GROUP BY id) AS b ON h.id = b.id`,
  );
  const ends = [
    `if(t.payer = ${unknown32}, ${unknown32}, p.account)`,
    `if(t.payee = ${unknown32}, ${unknown32}, q.account)`,
  ];
  await fill(
    settlement,
    tables.settled("transfers_by_account"),
    `SELECT arrayJoin(arrayFilter(x -> x != ${unknown32}, arrayDistinct([${ends.join(", ")}]))), t.id
     FROM ${transfers} AS t
     LEFT JOIN ${holdings} AS p ON t.payer = p.id LEFT JOIN ${holdings} AS q ON t.payee = q.id`,
  );
}
