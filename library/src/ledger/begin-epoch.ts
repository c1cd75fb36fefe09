import { AccountTables, factTables } from "./account-schema.ts";
import { type AccountState, kindOfTable, noRows } from "./account-state.ts";
import type { Connection } from "./connection.ts";

/**
 * Makes the tables of a new epoch and copies into them the facts that were told since a writer was opened. The new
 * epoch counts once its state is marked.
 * @param range the state when the writer was opened, and now
 */
export async function beginEpoch(
  { connection, database }: { connection: Connection; database: string },
  { opened, state }: { opened: AccountState; state: AccountState },
): Promise<AccountState> {
  const epoch = state.epoch + 1;
  const old = new AccountTables(database, { epoch: state.epoch, generation: 0 });
  const fresh = new AccountTables(database, { epoch, generation: 0 });
  for (const sql of fresh.createStaged()) await connection.run(sql);
  // A second settlement of one writer: what was taken over by the first counts again.
  const from = state.epoch === opened.epoch ? opened.next : { ...opened.next, holding: 1, fact: 1 };
  const rows = { ...noRows };
  for (const table of factTables) {
    const column = kindOfTable[table] === "holding" ? "code" : "number";
    const first = from[kindOfTable[table]];
    // Numbers begin at 1 in each epoch, so that they are not used up by ingests that tell all anew.
    const moved = [
      `toUInt32(${column} - ${first - 1}) AS ${column}`,
      ...(table === "opening_facts" ? [`toUInt32(holding - ${from.holding - 1}) AS holding`] : []),
    ];
    await connection.run(
      `INSERT INTO ${fresh.staged(table)} SELECT * REPLACE (${moved.join(", ")})
       FROM (SELECT * FROM ${old.staged(table)} WHERE ${column} >= ${first})`,
    );
    const [row] = await connection.rows<{ count: string }>(`SELECT count() AS count FROM ${fresh.staged(table)}`);
    rows[table] = Number(row?.count ?? 0);
  }
  const next = {
    ...state.next,
    run: 1,
    transfer: 1,
    returned: 1,
    holding: state.next.holding - from.holding + 1,
    fact: state.next.fact - from.fact + 1,
  };
  return { ...state, epoch, rows, next };
}
