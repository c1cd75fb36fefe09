import { unknown32 } from "./account-schema.ts";
import { compareNames } from "./compare-names.ts";
import {
  type AccountConflicts,
  bounded,
  conflictsListed,
  countRows,
  fill,
  fillScratch,
  refill,
  type Settlement,
} from "./settlement.ts";

/** Where a transaction has transfers of `layer`, those of layer `of` do not count. */
export interface Supersedes {
  readonly layer: string;
  readonly of: string;
}

/** The ledger's layers by name (compared byte by byte): a layer's number in settled tables is its place here. */
export function sortedLayers(layers: readonly string[]): string[] {
  return layers.toSorted(compareNames);
}

/** How many transfers there are of what was staged: left out for another layer, told again, and kept. */
export interface ArrangedCounts {
  readonly superseded: number;
  readonly repeated: number;
  readonly kept: number;
}

/**
 * Puts all transfers that count into the ledger's order (within a transaction by index, then layer) and numbers them.
 * Of several with one transaction, layer and index the first that was told is kept.
 */
export async function arrangeTransfers(
  settlement: Settlement,
  supersedes: readonly Supersedes[],
): Promise<ArrangedCounts> {
  const { tables, state } = settlement;
  if (state.rows.returned > 0) await joinReturnedCodes(settlement);
  // In order, one row after another: the first of each key is the one that differs from the last. Nothing goes on in
  // several threads after the window, or rows would be numbered in any order.
  await refill(
    settlement,
    tables.settled("transfers"),
    `SELECT toUInt32(rowNumberInAllBlocks()), transaction, layer, place, payer, payee, asset, amount, is_fee, returned
     FROM
     (SELECT *, lagInFrame(transaction, 1, ${unknown32}) OVER w AS last_transaction,
        lagInFrame(place) OVER w AS last_place, lagInFrame(layer) OVER w AS last_layer
      FROM (${arranged(settlement, supersedes)})
      WINDOW w AS (ORDER BY transaction, place, layer, number ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))
     WHERE NOT (last_transaction = transaction AND last_place = place AND last_layer = layer)`,
    "max_insert_threads = 1, query_plan_enable_multithreading_after_window_functions = 0",
  );
  const superseded = await countSuperseded(settlement, supersedes);
  const kept = await countRows(settlement, tables.settled("transfers"));
  return { superseded, repeated: state.rows.transfers - superseded - kept, kept };
}

/** A query of all tellings that no other layer supersedes, in the ledger's numbers and in any order. */
function arranged(settlement: Settlement, supersedes: readonly Supersedes[]): string {
  const { tables, state } = settlement;
  const ids = tables.scratch("holding_ids");
  const hasReturns = state.rows.returned > 0;
  return `SELECT r.id AS transaction, t.place AS place, ${layerNumber("t.layer", settlement)} AS layer,
      t.number AS number, p.id AS payer, q.id AS payee, p.asset AS asset, t.amount AS amount, t.is_fee AS is_fee,
      ${hasReturns ? "c.first" : "toUInt32(0)"} AS returned
    FROM ${tables.staged("transfers")} AS t INNER JOIN ${runIds(settlement)} AS r ON t.run = r.code
    INNER JOIN (SELECT code, id, asset FROM ${ids}) AS p ON t.payer = p.code
    INNER JOIN (SELECT code, id FROM ${ids}) AS q ON t.payee = q.code
    ${hasReturns ? `INNER JOIN ${tables.scratch("returned_codes")} AS c ON t.returned = c.code` : ""}
    ${whereCounting(settlement, supersedes)}`;
}

/** Each run's transaction, and the layers of that. */
function runIds({ tables }: Settlement): string {
  return `(SELECT arrayJoin(codes) AS code, id, layers FROM ${tables.scratch("ordered")})`;
}

function whereCounting(settlement: Settlement, supersedes: readonly Supersedes[]): string {
  const superseded = supersededWhere(settlement, supersedes);
  return superseded === null ? "" : `WHERE NOT (${superseded})`;
}

async function countSuperseded(settlement: Settlement, supersedes: readonly Supersedes[]): Promise<number> {
  const superseded = supersededWhere(settlement, supersedes);
  if (superseded === null) return 0;
  const [transfers, runs] = [settlement.tables.staged("transfers"), runIds(settlement)];
  const joined = `${transfers} AS t INNER JOIN ${runs} AS r ON t.run = r.code`;
  return countRows(settlement, `${joined} WHERE ${superseded} SETTINGS ${bounded}`);
}

function layerNumber(column: string, { state }: Settlement): string {
  if (state.layers.length === 0) return "0";
  const sorted = sortedLayers(state.layers);
  const from = state.layers.map((_, code) => code);
  const to = state.layers.map((layer) => sorted.indexOf(layer));
  return `toUInt8(transform(${column}, [${from.join(", ")}], [${to.join(", ")}], 0))`;
}

/** Null where nothing can be superseded. */
function supersededWhere({ state }: Settlement, supersedes: readonly Supersedes[]): string | null {
  const terms = supersedes.flatMap(({ layer, of }) => {
    const [by, left] = [state.layers.indexOf(layer), state.layers.indexOf(of)];
    return by < 0 || left < 0 ? [] : [`(t.layer = ${left} AND bitTest(r.layers, ${by}))`];
  });
  return terms.length === 0 ? null : terms.join(" OR ");
}

/** The same transfer may be named as the returned one many times, each with a code of its own. */
async function joinReturnedCodes(settlement: Settlement): Promise<void> {
  await fillScratch(
    settlement,
    "returned_codes",
    `SELECT arrayJoin(codes), least FROM
     (SELECT groupArray(code) AS codes, min(code) AS least FROM ${settlement.tables.staged("returned")}
      GROUP BY transaction, layer, place UNION ALL SELECT [toUInt32(0)], toUInt32(0))`,
  );
}

/** Transfers of which two tellings differ. */
export async function transferConflicts(
  settlement: Settlement,
  supersedes: readonly Supersedes[],
): Promise<AccountConflicts> {
  const { connection, tables, state } = settlement;
  const content = "sipHash64(payer, payee, asset, amount, is_fee, returned)";
  const [found] = await connection.rows<{ count: string; keys: [number, number, number][] }>(
    `SELECT count() AS count, groupArraySorted(${conflictsListed})((transaction, place, layer)) AS keys FROM
     (SELECT transaction, place, layer FROM (${arranged(settlement, supersedes)})
      GROUP BY transaction, place, layer HAVING min(${content}) != max(${content})) SETTINGS ${bounded}`,
  );
  const keys = found?.keys ?? [];
  const names = await connection.rows<{ id: number; name: string }>(
    `SELECT id, name FROM ${tables.scratch("ordered")} WHERE id IN {ids:Array(UInt32)}`,
    { ids: [...new Set(keys.map(([transaction]) => transaction))] },
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const layers = sortedLayers(state.layers);
  return {
    count: Number(found?.count ?? 0),
    listed: keys.map(([transaction, place, layer]) => ({
      of: "transfer",
      name: nameOf.get(transaction)!,
      at: `${layers[layer]} ${place}`,
      says: "different accounts, assets, amounts, fees or returns; the one that was told first is kept",
    })),
  };
}

/** Finds the transfers that others give back, and says how many are not held, or not before what returns them. */
export async function settleReturns(settlement: Settlement): Promise<number> {
  const { tables, state } = settlement;
  if (state.rows.returned === 0) return 0;
  const transfers = tables.settled("transfers");
  const staged = tables.staged("returned");
  const named = `SELECT id, name FROM ${tables.scratch("ordered")} WHERE name IN (SELECT transaction FROM ${staged})`;
  await fill(
    settlement,
    tables.settled("returns"),
    `SELECT t.id, g.id FROM (SELECT id, returned FROM ${transfers} WHERE returned != 0) AS t
     INNER JOIN (SELECT code, transaction, place, ${layerNumber("layer", settlement)} AS layer FROM ${staged}) AS c
       ON t.returned = c.code
     INNER JOIN (${named}) AS o ON c.transaction = o.name
     INNER JOIN (SELECT id, transaction, place, layer FROM ${transfers}
                 WHERE transaction IN (SELECT id FROM (${named}))) AS g
       ON g.transaction = o.id AND g.place = c.place AND g.layer = c.layer
     WHERE g.id < t.id`,
  );
  const returning = await countRows(settlement, `${transfers} WHERE returned != 0`);
  return returning - (await countRows(settlement, tables.settled("returns")));
}
