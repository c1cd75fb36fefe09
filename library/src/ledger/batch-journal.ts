import { StoreDamagedError, StoreQueryError } from "../errors/ledger.ts";
import type { Connection } from "./connection.ts";

/** How much of a chain counts. */
export interface Totals {
  readonly blocks: number;
  /** Blocks whose bytes the ledger keeps itself. */
  readonly rawBlocks: number;
  readonly transactions: number;
  readonly inputs: number;
  readonly outputs: number;
}

export interface JournalState {
  /** The number of the newest mark; 0 where there is none. */
  readonly sequence: number;
  /** What is stored for good. */
  readonly stored: Totals;
  /** What counts: the stored blocks and the overlay on them. */
  readonly all: Totals;
}

/**
 * `append`: rows up to these totals count. `rewind`: only rows up to these totals count from now on. `overlay`: the
 * overlay on the stored blocks is whole and counts.
 */
export type MarkKind = "append" | "rewind" | "overlay";

export const nothing: Totals = { blocks: 0, rawBlocks: 0, transactions: 0, inputs: 0, outputs: 0 };

/** Where each table's rows say to which transaction, output or input they belong, and how many there must be. */
const tables = [
  { table: "blocks", rowsOf: "blocks", key: "first_transaction", keyOf: "transactions" },
  { table: "raw_blocks", rowsOf: "rawBlocks", key: "height", keyOf: "height" },
  { table: "transactions", rowsOf: "transactions", key: "id", keyOf: "transactions" },
  { table: "txids", rowsOf: "transactions", key: "id", keyOf: "transactions" },
  { table: "outputs", rowsOf: "outputs", key: "id", keyOf: "outputs" },
  { table: "coins_by_account", rowsOf: "outputs", key: "output", keyOf: "outputs" },
  { table: "inputs", rowsOf: "inputs", key: "id", keyOf: "inputs" },
  { table: "spends", rowsOf: "inputs", key: "transaction", keyOf: "transactions" },
] as const;

interface MarkRow {
  sequence: string;
  kind: MarkKind;
  blocks: string;
  raw_blocks: string;
  transactions: string;
  inputs: string;
  outputs: string;
}

export async function readJournal(connection: Connection, database: string): Promise<JournalState> {
  const newest = async (where: string) => {
    const [row] = await connection.rows<MarkRow>(
      `SELECT * FROM ${database}.batches ${where} ORDER BY sequence DESC LIMIT 1`,
    );
    return row;
  };
  const last = await newest("");
  if (last === undefined) return { sequence: 0, stored: nothing, all: nothing };
  const stored = last.kind === "overlay" ? await newest("WHERE kind != 'overlay'") : last;
  return {
    sequence: Number(last.sequence),
    stored: stored === undefined ? nothing : totalsOf(stored),
    all: totalsOf(last),
  };
}

function totalsOf(row: MarkRow): Totals {
  return {
    blocks: Number(row.blocks),
    rawBlocks: Number(row.raw_blocks),
    transactions: Number(row.transactions),
    inputs: Number(row.inputs),
    outputs: Number(row.outputs),
  };
}

/** Writes one mark: one row, which is there or is not. */
export async function mark(
  connection: Connection,
  database: string,
  entry: { sequence: number; kind: MarkKind; totals: Totals },
): Promise<void> {
  const { blocks, rawBlocks, transactions, inputs, outputs } = entry.totals;
  await connection.run(
    `INSERT INTO ${database}.batches SELECT {sequence:UInt64}, {kind:String}, {blocks:UInt64}, {rawBlocks:UInt64},
     {transactions:UInt64}, {inputs:UInt64}, {outputs:UInt64}`,
    { sequence: entry.sequence, kind: entry.kind, blocks, rawBlocks, transactions, inputs, outputs },
  );
}

/**
 * Takes away what does not count: rows of a batch or a rewind that a kill interrupted, an overlay without its mark.
 * Costs one look at the sizes of the parts where there is nothing to do.
 * @throws StoreDamagedError where rows are missing
 */
export async function takeAwayUncounted(
  connection: Connection,
  { name, database, state }: { name: string; database: string; state: JournalState },
): Promise<void> {
  const before = await countRows(connection, database);
  const changed: string[] = [];
  for (const { table, rowsOf, key, keyOf } of tables) {
    const has = before.get(`${table}/0`) ?? 0;
    const hasOverlay = before.get(`${table}/1`) ?? 0;
    const expected = state.stored[rowsOf];
    const expectedOverlay = state.all[rowsOf] - expected;
    if (has < expected) throw new StoreDamagedError({ name, table, has, expected });
    if (expectedOverlay > 0 && hasOverlay !== expectedOverlay) {
      throw new StoreDamagedError({ name, table, has: hasOverlay, expected: expectedOverlay });
    }
    if (hasOverlay > expectedOverlay) await connection.run(`ALTER TABLE ${database}.${table} DROP PARTITION 1`);
    if (has === expected) continue;
    const from = keyOf === "height" ? await nextHeight(connection, database, state) : state.stored[keyOf];
    // The engine starts such work when it sees fit, up to seconds later: all tables wait together, not in turn.
    await connection.run(
      `ALTER TABLE ${database}.${table} DELETE WHERE overlay = 0 AND ${key} >= ${from} SETTINGS mutations_sync = 0`,
    );
    changed.push(table);
  }
  if (changed.length > 0) await mutationsDone(connection, database);
  const after = await countRows(connection, database);
  for (const { table, rowsOf } of tables) {
    const has = after.get(`${table}/0`) ?? 0;
    const expected = state.stored[rowsOf];
    if (has !== expected) throw new StoreDamagedError({ name, table, has, expected });
  }
}

/**
 * Refuses a ledger whose tables hold less than its journal counts: an engine that meets a broken part at its start puts
 * it aside and goes on without its rows.
 * @throws StoreDamagedError
 */
export async function refuseMissingRows(
  connection: Connection,
  { name, database, state }: { name: string; database: string; state: JournalState },
): Promise<void> {
  const rows = await countRows(connection, database);
  for (const { table, rowsOf } of tables) {
    const stored = rows.get(`${table}/0`) ?? 0;
    const overlay = rows.get(`${table}/1`) ?? 0;
    const has = Math.min(stored, state.stored[rowsOf]) + Math.min(overlay, state.all[rowsOf] - state.stored[rowsOf]);
    const expected = state.all[rowsOf];
    if (has < expected) throw new StoreDamagedError({ name, table, has, expected });
  }
}

const pollMs = 20;

async function mutationsDone(connection: Connection, database: string): Promise<void> {
  for (;;) {
    const open = await connection.rows<{ table: string; why: string }>(
      `SELECT table, latest_fail_reason AS why FROM system.mutations
       WHERE database = {database:String} AND NOT is_done`,
      { database },
    );
    const failed = open.find((mutation) => mutation.why !== "");
    if (failed !== undefined) {
      throw new StoreQueryError({ sql: `ALTER TABLE ${database}.${failed.table} DELETE`, engine: failed.why });
    }
    if (open.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** The height after the newest stored block. */
async function nextHeight(connection: Connection, database: string, state: JournalState): Promise<number> {
  const [row] = await connection.rows<{ height: number }>(
    `SELECT height FROM ${database}.blocks WHERE overlay = 0 AND first_transaction < {transactions:UInt64}
     ORDER BY height DESC LIMIT 1`,
    { transactions: state.stored.transactions },
  );
  return row === undefined ? 0 : row.height + 1;
}

/** Rows by `table/overlay`, from what the parts say of themselves. */
async function countRows(connection: Connection, database: string): Promise<Map<string, number>> {
  const rows = await connection.rows<{ table: string; partition: string; count: string }>(
    `SELECT table, partition, sum(rows) AS count FROM system.parts
     WHERE database = {database:String} AND active GROUP BY table, partition`,
    { database },
  );
  return new Map(rows.map((row) => [`${row.table}/${row.partition}`, Number(row.count)]));
}
