import { unknown32 } from "./account-schema.ts";
import {
  type AccountConflicts,
  conflictsListed,
  countRows,
  fill,
  fillScratch,
  groupedBy,
  rowNumber,
  type Settlement,
} from "./settlement.ts";

const known = (column: string) => `${column} != ${unknown32}`;

/**
 * Joins the runs of each transaction, puts transactions into the ledger's order and numbers them:
 *
 * 1. those with a height by height, position (unknown ones last), then as they were listed;
 * 2. those with a time alone after the last block whose time is not later, among themselves by time, then as listed;
 * 3. those with neither directly after the one that was listed before them.
 *
 * What several tellings of a transaction lack they add to one another; where two differ the lowest height and
 * position and the earliest time count, a time with an hour before a day alone, so that the order in which sources
 * were ingested does not matter.
 */
export async function orderTransactions(settlement: Settlement): Promise<AccountConflicts> {
  const { tables } = settlement;
  const columns = "name, height, position, time, day_only, layers, codes, disagree";
  const { namesAbout, heightless } = await countRuns(settlement);
  const { joined, settings } = await joinRuns(settlement, namesAbout);
  if (heightless === 0) {
    await fillScratch(
      settlement,
      "ordered",
      `SELECT ${rowNumber("height, position, listed")}, ${columns} FROM (${joined})`,
      settings,
    );
  } else {
    await fillScratch(settlement, "transactions", joined, settings);
    await placeAmongBlocks(settlement);
    const qualified = columns.replaceAll(/\w+/gu, (column) => `t.${column} AS ${column}`);
    await fillScratch(
      settlement,
      "ordered",
      `SELECT ${rowNumber("p.after, p.is_between, p.position, p.time, t.listed")}, ${qualified}
       FROM ${tables.scratch("transactions")} AS t
       LEFT JOIN ${tables.scratch("anchors")} AS a ON t.listed = a.listed
       LEFT JOIN ${tables.scratch("places")} AS p ON if(a.listed = 0, t.listed, a.anchor) = p.listed`,
    );
  }
  return disagreements(settlement);
}

/** What readers ask of transactions, once they are ordered. */
export async function settleTransactions(settlement: Settlement): Promise<void> {
  const { tables } = settlement;
  const ordered = tables.scratch("ordered");
  await fill(
    settlement,
    tables.settled("transactions"),
    `SELECT id, name, height, position, time, day_only FROM ${ordered}`,
  );
  await fill(settlement, tables.settled("transaction_names"), `SELECT sipHash64(name), id FROM ${ordered}`);
  await takeAbouts(settlement);
}

/** How many names the runs have, to a hundredth or so, and how many runs have no height. */
async function countRuns({ connection, tables }: Settlement): Promise<{ namesAbout: number; heightless: number }> {
  const [row] = await connection.rows<{ names: string; heightless: string }>(
    `SELECT uniqCombined(name) AS names, countIf(height = ${unknown32}) AS heightless FROM ${tables.staged("runs")}`,
  );
  return { namesAbout: Number(row?.names ?? 0), heightless: Number(row?.heightless ?? 0) };
}

/** Names with several runs, at most, for those to be joined beside the others, and one in how many names at most. */
const repeatedNamesMax = 100_000;
const repeatedOneIn = 8;

/**
 * A query of one row a transaction, and settings for it. Where few names have several runs these are joined apart,
 * which takes two thirds of the time of joining all; where many have, three times as long.
 */
async function joinRuns(
  settlement: Settlement,
  namesAbout: number,
): Promise<{ joined: string; settings?: string | undefined }> {
  const { tables, state } = settlement;
  const runs = tables.staged("runs");
  const settings = `max_insert_threads = 1, ${groupedBy(state.rows.runs)}`;
  const all = { joined: joinedRuns(runs, ""), settings };
  if (state.rows.runs - namesAbout > state.rows.runs / repeatedOneIn) return all;
  await fillScratch(settlement, "repeated_names", `SELECT name FROM ${runs} GROUP BY name HAVING count() > 1`);
  const names = tables.scratch("repeated_names");
  const repeated = await countRows(settlement, names);
  if (repeated > repeatedNamesMax) return all;
  const single = `SELECT code AS listed, name, height, position, time, day_only, layers, [code] AS codes,
    toUInt8(0) AS disagree FROM ${runs}`;
  if (repeated === 0) return { joined: single };
  return {
    joined: `${single} WHERE name NOT IN (SELECT name FROM ${names})
      UNION ALL ${joinedRuns(runs, `WHERE r.name IN (SELECT name FROM ${names})`)}`,
    settings,
  };
}

function joinedRuns(runs: string, where: string): string {
  const differ = (column: string, where: string) => `maxIf(${column}, ${where}) > minIf(${column}, ${where})`;
  const disagreements = [
    differ("r.height", known("r.height")),
    differ("r.position", `${known("r.height")} AND ${known("r.position")}`),
    differ("r.time", "r.day_only = 0 AND r.time < inf"),
    differ("r.time", "r.day_only = 1"),
  ];
  return `SELECT listed, name, height, position, if(exact < inf, exact, daily) AS time,
    toUInt8(exact = inf AND daily < inf) AS day_only, layers, codes, disagree FROM
    (SELECT min(r.code) AS listed, r.name AS name, min(r.height) AS height,
       if(min(r.height) = ${unknown32}, min(r.position), minIf(r.position, ${known("r.height")})) AS position,
       min(if(r.day_only = 0, r.time, inf)) AS exact, min(if(r.day_only = 1, r.time, inf)) AS daily,
       groupBitOr(r.layers) AS layers, groupArray(r.code) AS codes, toUInt8(${disagreements.join(" OR ")}) AS disagree
     FROM ${runs} AS r ${where} GROUP BY r.name)`;
}

/** Finds the places of transactions without a height among those with one. */
async function placeAmongBlocks(settlement: Settlement): Promise<void> {
  const { tables } = settlement;
  const transactions = tables.scratch("transactions");
  const placed = `(${known("height")} OR time < inf)`;
  await fillScratch(
    settlement,
    "anchors",
    `SELECT listed, anchor FROM
     (SELECT listed, ${placed} AS is_placed, max(if(${placed}, listed, 0)) OVER
        (ORDER BY listed ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS anchor FROM ${transactions})
     WHERE NOT is_placed`,
  );
  // Heights are one more than they are: 0 is before all blocks.
  await fillScratch(
    settlement,
    "places",
    `SELECT t.listed, if(${known("t.height")}, toUInt64(t.height) + 1, b.after), t.height = ${unknown32},
     if(${known("t.height")}, t.position, 0), if(${known("t.height")}, 0, t.time)
     FROM (SELECT *, 1 AS one FROM ${transactions} WHERE ${placed}) AS t
     ASOF LEFT JOIN (SELECT 1 AS one, max(block) AS after, since FROM
                     (SELECT toUInt64(height) + 1 AS block, min(time) AS since FROM ${transactions}
                      WHERE ${known("height")} AND time < inf GROUP BY height) GROUP BY since) AS b
     ON t.one = b.one AND t.time >= b.since`,
  );
}

async function takeAbouts(settlement: Settlement): Promise<void> {
  const { tables, state } = settlement;
  if (state.rows.transaction_facts === 0) return;
  const facts = tables.staged("transaction_facts");
  const abouts = tables.settled("transaction_abouts");
  const ordered = tables.scratch("ordered");
  const again = `(SELECT 1 FROM ${facts} ORDER BY transaction LIMIT 1, 1 BY transaction)`;
  if ((await countRows(settlement, again)) === 0) {
    // One text each, as it mostly is: no need to look for the last of several, which would copy all of them.
    await fill(
      settlement,
      abouts,
      `SELECT o.id, f.about FROM ${facts} AS f
       INNER JOIN (SELECT id, name FROM ${ordered}) AS o ON f.transaction = o.name`,
    );
    return;
  }
  await fill(
    settlement,
    abouts,
    `SELECT o.id, f.about FROM
     (SELECT transaction, argMax(about, number) AS about FROM ${facts} GROUP BY transaction) AS f
     INNER JOIN (SELECT id, name FROM ${ordered}
                 WHERE name IN (SELECT transaction FROM ${facts})) AS o ON f.transaction = o.name`,
  );
}

async function disagreements(settlement: Settlement): Promise<AccountConflicts> {
  const { connection, tables } = settlement;
  const from = `${tables.scratch("ordered")} WHERE disagree = 1`;
  const rows = await connection.rows<{ name: string }>(`SELECT name FROM ${from} ORDER BY id LIMIT ${conflictsListed}`);
  return {
    count: rows.length < conflictsListed ? rows.length : await countRows(settlement, from),
    listed: rows.map(({ name }) => ({
      of: "transaction",
      name,
      at: null,
      says: "different heights, positions or times; the lowest height and position and the earliest time are taken",
    })),
  };
}
