import { StoreDamagedError } from "../errors/ledger.ts";
import type { Lane } from "./connection.ts";
import { type NativeColumn, readNativeBlocks } from "./native-format.ts";

/** Rows read at once: what the engine and the copy hold beside what is made of them, below 100 MB. */
const rowsAtOnce = 1_000_000;

/**
 * Reads rows 0 to `rowCount` of a table with dense ids, a run at a time and in order, and hands each run's columns on.
 * @param select columns, the table as `t` @param from the table, or several joined: `id` must be one column alone
 * @throws StoreDamagedError where rows are missing
 */
export async function readTable(
  connection: Lane,
  request: {
    readonly select: string;
    readonly from: string;
    readonly rowCount: number;
    readonly named: { readonly name: string; readonly table: string };
    readonly settings?: string;
  },
  take: (columns: readonly NativeColumn[], first: number, rowCount: number) => void,
): Promise<void> {
  const settings = request.settings === undefined ? "" : `SETTINGS ${request.settings}`;
  for (let from = 0; from < request.rowCount; from += rowsAtOnce) {
    const to = Math.min(from + rowsAtOnce, request.rowCount);
    const bytes = await connection.native(
      `SELECT ${request.select} FROM ${request.from}
       WHERE t.id >= {from:UInt32} AND t.id < {to:UInt32} ORDER BY t.id ${settings}`,
      { from, to },
    );
    let row = from;
    for (const block of readNativeBlocks(bytes)) {
      if (block.rowCount > 0) take(block.columns, row, block.rowCount);
      row += block.rowCount;
    }
    if (row !== to) throw new StoreDamagedError({ ...request.named, has: row, expected: to });
  }
}
