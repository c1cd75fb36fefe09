import type { AccountTables, ScratchTable } from "./account-schema.ts";
import type { AccountState } from "./account-state.ts";
import type { Lane } from "./connection.ts";
import { inTwoLanes } from "./two-lanes.ts";

/** One settlement under way: where it reads and writes, and what counts of what was staged. */
export interface Settlement {
  readonly connection: Lane;
  readonly beside: Lane;
  readonly name: string;
  readonly network: string;
  readonly partial: boolean;
  readonly tables: AccountTables;
  readonly state: AccountState;
}

/** Disagreements that are listed; all are counted. */
export const conflictsListed = 100;

/** Two things that were told of one transaction, transfer or opening balance. */
export interface AccountConflict {
  readonly of: "transaction" | "transfer" | "opening";
  /** The transaction's name; of an opening the account's. */
  readonly name: string;
  /** The layer and index of a transfer, the asset of an opening; null for a transaction. */
  readonly at: string | null;
  /** What differs, and what is taken. */
  readonly says: string;
}

export interface AccountConflicts {
  readonly count: number;
  readonly listed: readonly AccountConflict[];
}

/** Where the engine goes on on disk rather than take more memory. */
const spillBytes = 500_000_000;

/**
 * For every statement that goes over a whole table: sorts, groups and joins that outgrow memory go on on disk, and
 * tables that are sorted by what is grouped are read in that order, a group at a time.
 */
export const bounded = [
  `max_bytes_before_external_sort = ${spillBytes}`,
  `max_bytes_before_external_group_by = ${spillBytes}`,
  "optimize_aggregation_in_order = 1",
  // The second for joins by nearest time, which the first does not do.
  "join_algorithm = 'grace_hash,hash'",
  `max_bytes_in_join = ${spillBytes}`,
].join(", ");

/** Rows of which the groups fit into memory beside whatever runs at once. */
const groupedAtOnceMax = 2_000_000;

/**
 * For a grouping of a table that is sorted by what is grouped. A table of several parts takes twice as long to group
 * in its order as in a table of hashes, so that is for what would outgrow memory.
 */
export function groupedBy(rowCount: number): string {
  return `optimize_aggregation_in_order = ${rowCount > groupedAtOnceMax ? 1 : 0}`;
}

/**
 * Transfers up to which two statements run at once. By an estimate of their rows both together take 2 GB then, of the
 * 3 GB that the engine has; of more, each may take what {@link bounded} allows to each of its sorts, groups and joins.
 */
const besideMax = 4_000_000;

/** Runs two parts of a settlement of which neither needs the other, at once where memory allows it. */
export async function settleBeside<One, Other>(
  settlement: Settlement,
  one: (settlement: Settlement) => Promise<One>,
  other: (settlement: Settlement) => Promise<Other>,
): Promise<[One, Other]> {
  if (settlement.state.rows.transfers > besideMax) return [await one(settlement), await other(settlement)];
  const on = (connection: Lane) => ({ ...settlement, connection });
  return inTwoLanes(
    settlement,
    (lane) => one(on(lane)),
    (lane) => other(on(lane)),
  );
}

const oneWriter = "max_insert_threads = 1";

/** Fills a table from a query, within {@link bounded}. @param settings more of them */
export async function fill(
  { connection }: Settlement,
  table: string,
  query: string,
  settings: string = oneWriter,
): Promise<void> {
  await connection.run(`INSERT INTO ${table} ${query} SETTINGS ${bounded}, ${settings}`);
}

/** Empties a table and fills it, as {@link fill}. */
export async function refill(settlement: Settlement, table: string, query: string, settings?: string): Promise<void> {
  await settlement.connection.run(`TRUNCATE TABLE ${table}`);
  await fill(settlement, table, query, settings);
}

/** Makes a scratch table anew and fills it, as {@link fill}. */
export async function fillScratch(
  settlement: Settlement,
  table: ScratchTable,
  query: string,
  settings?: string,
): Promise<void> {
  const { connection, tables } = settlement;
  await connection.run(`DROP TABLE IF EXISTS ${tables.scratch(table)} SYNC`);
  await connection.run(tables.createScratch(table));
  await fill(settlement, tables.scratch(table), query, settings);
}

export async function countRows({ connection }: Settlement, from: string): Promise<number> {
  const [row] = await connection.rows<{ count: string }>(`SELECT count() AS count FROM ${from}`);
  return Number(row?.count ?? 0);
}

/** The number of a row, from 0 on, in an order. */
export function rowNumber(orderBy: string): string {
  return `toUInt32(row_number() OVER (ORDER BY ${orderBy}) - 1)`;
}
