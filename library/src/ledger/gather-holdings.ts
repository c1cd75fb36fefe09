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
    `SELECT ${rowNumber("account, asset")}, account, asset, codes
     FROM (${grouped} WHERE account != '' GROUP BY account, asset)`,
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
    `SELECT ${rowNumber("asset")}, asset, decimals, has_symbol, symbol FROM
     (SELECT n.asset AS asset, if(f.asset = '', ${unknown32}, f.decimals) AS decimals, f.has_symbol AS has_symbol,
        f.symbol AS symbol
      FROM (SELECT DISTINCT asset FROM (SELECT asset FROM ${holdings} UNION ALL SELECT asset FROM ${facts})) AS n
      LEFT JOIN (SELECT asset,
                   if(countIf(d != ${unknown32}) = 0, ${unknown32}, argMaxIf(d, number, d != ${unknown32})) AS decimals,
                   max(has) AS has_symbol, argMaxIf(s, number, has = 1) AS symbol
                 FROM (SELECT asset, number, decimals AS d, has_symbol AS has, symbol AS s FROM ${facts})
                 GROUP BY asset) AS f ON n.asset = f.asset)`,
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
  await fillScratch(
    settlement,
    "kept_holdings",
    `SELECT if(account = '', ${unknown32}, ${rowNumber("account = '', account, asset")}), account, asset, codes
     FROM (SELECT account, asset, codes FROM ${holdings} WHERE ${kept})`,
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
    `SELECT ${rowNumber("name")}, name, coverage, has_about, about FROM
     (SELECT n.account AS name,
        if(f.account = '', ${coverageNotTold}, f.coverage) AS coverage, f.has_about AS has_about,
        f.about AS about
      FROM (SELECT DISTINCT account FROM (SELECT account FROM ${tables.scratch("holdings")} WHERE account != ''
            UNION ALL SELECT account FROM ${facts})) AS n
      LEFT JOIN (SELECT account, if(countIf(${told}) = 0, ${coverageNotTold}, argMaxIf(c, number, ${told})) AS coverage,
                   max(has) AS has_about, argMaxIf(a, number, has = 1) AS about
                 FROM (SELECT account, number, coverage AS c, has_about AS has, about AS a FROM ${facts})
                 GROUP BY account) AS f ON n.account = f.account)`,
  );
  const sums = "b.transfers, b.received_low, b.received_high, b.paid_low, b.paid_high";
  await fill(
    settlement,
    holdings,
    `SELECT h.id, a.id, s.id, ${sums}
     FROM (SELECT id, account, asset FROM ${tables.scratch("holdings")} WHERE account != '') AS h
     INNER JOIN ${accounts} AS a ON h.account = a.name
     INNER JOIN ${tables.settled("assets")} AS s ON h.asset = s.asset
     LEFT JOIN (${await sumsByHolding(settlement)}) AS b ON h.id = b.id`,
  );
  await fill(
    settlement,
    tables.settled("transfers_by_account"),
    `SELECT h.account, t.id FROM (SELECT id, payer FROM ${transfers}) AS t
     INNER JOIN (SELECT id, account FROM ${holdings}) AS h ON t.payer = h.id
     UNION ALL
     SELECT h.account, t.id FROM (SELECT id, payee FROM ${transfers} WHERE payee != payer) AS t
     INNER JOIN (SELECT id, account FROM ${holdings}) AS h ON t.payee = h.id`,
  );
}

/**
 * What each holding received and paid. Amounts below 2^96 are summed in 128 bits, which 2^32 of them cannot fill;
 * larger ones in two halves.
 */
async function sumsByHolding(settlement: Settlement): Promise<string> {
  const { connection, tables } = settlement;
  const transfers = tables.settled("transfers");
  const [largest] = await connection.rows<{ fits: number }>(
    `SELECT max(amount) < bitShiftLeft(toUInt256(1), 96) AS fits FROM ${transfers}`,
  );
  const [low, high] =
    largest?.fits === 1
      ? ["toUInt128(amount)", "toUInt8(0)"]
      : ["bitAnd(amount, toUInt256('340282366920938463463374607431768211455'))", "bitShiftRight(amount, 128)"];
  return `SELECT id, sum(counted) AS transfers, sum(received_low) AS received_low, sum(received_high) AS received_high,
      sum(paid_low) AS paid_low, sum(paid_high) AS paid_high FROM
    (SELECT payer AS id, count() AS counted, sum(${low}) AS paid_low, sum(${high}) AS paid_high,
       toUInt256(0) AS received_low, toUInt256(0) AS received_high FROM ${transfers} GROUP BY payer
     UNION ALL
     SELECT payee AS id, countIf(payer != payee) AS counted, toUInt256(0) AS paid_low, toUInt256(0) AS paid_high,
       sum(${low}) AS received_low, sum(${high}) AS received_high FROM ${transfers} GROUP BY payee)
    WHERE id != ${unknown32} GROUP BY id`;
}
