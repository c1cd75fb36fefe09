import { StoreDamagedError } from "../errors/ledger.ts";
import type { AccountLedgerSummary } from "./account-contract.ts";
import { AccountTables, countedBy, type SettledTable, type StagedTable, stagedTables } from "./account-schema.ts";
import type { Connection, Lane } from "./connection.ts";
import type { HeightRange } from "./height-ranges.ts";
import { runInTwoLanes } from "./two-lanes.ts";

/** What counts in an account ledger. A mark writes all of it in one row, which is there or is not. */
export interface AccountState {
  /** The number of the mark; 0 where there is none. */
  readonly sequence: number;
  readonly epoch: number;
  /** Rows of the epoch's tables that count. */
  readonly rows: Readonly<Record<StagedTable, number>>;
  /** The number that the next row of each kind gets; rows from there on do not count. They begin at 1. */
  readonly next: Readonly<Record<NumberKind, number>>;
  /** By number. */
  readonly layers: readonly string[];
  readonly missing: readonly string[];
  readonly fromGenesis: boolean;
  readonly ranges: readonly HeightRange[];
  /** The generation that readers read; null where nothing was settled yet. */
  readonly settled: SettledState | null;
}

export const numberKinds = ["run", "transfer", "holding", "returned", "fact", "record"] as const;
export type NumberKind = (typeof numberKinds)[number];

export interface SettledState {
  readonly generation: number;
  readonly rows: Readonly<Record<SettledTable, number>>;
  /** By number: those that have transfers. */
  readonly layers: readonly string[];
  readonly missing: readonly string[];
  readonly fromGenesis: boolean;
  readonly blocks: number;
  readonly tip: AccountLedgerSummary["tip"];
  /** No amount, and no balance that a holding can reach, is 2^53 or more. */
  readonly fitsDoubles: boolean;
}

export const kindOfTable: Readonly<Record<StagedTable, NumberKind>> = {
  runs: "run",
  transfers: "transfer",
  holdings: "holding",
  returned: "returned",
  asset_facts: "fact",
  account_facts: "fact",
  opening_facts: "fact",
  transaction_facts: "fact",
};

export const noRows = Object.fromEntries(stagedTables.map((table) => [table, 0])) as Record<StagedTable, number>;

const emptyState: AccountState = {
  sequence: 0,
  epoch: 0,
  rows: noRows,
  next: { run: 1, transfer: 1, holding: 1, returned: 1, fact: 1, record: 1 },
  layers: [],
  missing: [],
  fromGenesis: false,
  ranges: [],
  settled: null,
};

export async function readAccountState(connection: Connection, database: string): Promise<AccountState> {
  const [row] = await connection.rows<{ state: string }>(
    `SELECT state FROM ${database}.marks ORDER BY sequence DESC LIMIT 1`,
  );
  return row === undefined ? emptyState : (JSON.parse(row.state) as AccountState);
}

/** The newest mark is the only one that is ever read. */
export async function markAccounts(connection: Connection, database: string, state: AccountState): Promise<void> {
  await connection.run(`INSERT INTO ${database}.marks SELECT {sequence:UInt64}, {state:String}`, {
    sequence: state.sequence,
    state: JSON.stringify(state),
  });
}

/** Drops the tables of all epochs and generations but these. */
export async function dropOtherTables(
  connection: Connection,
  database: string,
  keep: { readonly epoch: number; readonly generations: ReadonlySet<number> },
): Promise<void> {
  const tables = await connection.rows<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = {database:String} AND match(name, '^[sgt][0-9]+_')",
    { database },
  );
  const others = tables.filter(({ name }) => {
    const number = Number(/\d+/u.exec(name)![0]);
    return !((name[0] === "s" && number === keep.epoch) || (name[0] === "g" && keep.generations.has(number)));
  });
  if (others.length === 0) return;
  const drops = others.map(({ name }) => `DROP TABLE IF EXISTS ${database}.${name} SYNC`);
  await runInTwoLanes(connection, drops);
}

/**
 * Takes away the rows of a batch that a kill interrupted.
 * @throws StoreDamagedError where rows are missing
 */
export async function takeAwayUnmarkedRows(
  connection: Connection,
  { name, database, state }: { name: string; database: string; state: AccountState },
): Promise<void> {
  const tables = new AccountTables(database, { epoch: state.epoch, generation: 0 });
  const check = async (): Promise<string[]> => {
    const rows = await countTableRows(connection, database);
    const over: string[] = [];
    for (const table of stagedTables) {
      const has = rows.get(`s${state.epoch}_${table}`) ?? 0;
      const expected = state.rows[table];
      if (has < expected) throw new StoreDamagedError({ name, table, has, expected });
      if (has > expected) over.push(`${tables.staged(table)} DELETE WHERE ${countedBy[table]} >= ${nextOf(table)}`);
    }
    const has = rows.get("records") ?? 0;
    const expected = state.next.record - 1;
    if (has < expected) throw new StoreDamagedError({ name, table: "records", has, expected });
    if (has > expected) over.push(`${database}.records DELETE WHERE number >= ${state.next.record}`);
    return over;
  };
  const nextOf = (table: StagedTable) => state.next[kindOfTable[table]];
  // At once, not when the engine sees fit: the next batch takes the same numbers again.
  for (const change of await check()) await connection.run(`ALTER TABLE ${change} SETTINGS mutations_sync = 2`);
  const [left] = await check();
  if (left !== undefined) throw new StoreDamagedError({ name, table: left.split(" ")[0]!, has: 1, expected: 0 });
}

/**
 * Refuses a generation whose tables hold less than its mark counts: an engine that meets a broken part at its start
 * puts it aside and goes on without its rows.
 * @throws StoreDamagedError
 */
export async function refuseDamagedGeneration(
  connection: Connection,
  { name, database, settled }: { name: string; database: string; settled: SettledState },
): Promise<void> {
  const rows = await countTableRows(connection, database);
  for (const [table, expected] of Object.entries(settled.rows)) {
    const has = rows.get(`g${settled.generation}_${table}`) ?? 0;
    if (has !== expected) throw new StoreDamagedError({ name, table, has, expected });
  }
}

/** Rows by table, from what the parts say of themselves. */
export async function countTableRows(connection: Lane, database: string): Promise<Map<string, number>> {
  const rows = await connection.rows<{ table: string; count: string }>(
    `SELECT table, sum(rows) AS count FROM system.parts WHERE database = {database:String} AND active GROUP BY table`,
    { database },
  );
  return new Map(rows.map((row) => [row.table, Number(row.count)]));
}
