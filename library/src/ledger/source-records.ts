import { StoreDamagedError } from "../errors/ledger.ts";
import { numbers, text, u32 } from "./column-bytes.ts";
import type { Connection } from "./connection.ts";
import type { FactColumns } from "./fact-columns.ts";
import { readNativeBlocks, stringsOf } from "./native-format.ts";

interface At {
  readonly connection: Connection;
  readonly database: string;
}

/**
 * Stores the records of a batch whose keys are new, numbered from `first` on in the order in which they came, and says
 * how many those are. They count once the batch is marked.
 */
export async function storeRecords(
  { connection, database }: At,
  { keys, jsons, count }: FactColumns["records"],
  first: number,
): Promise<number> {
  if (count === 0) return 0;
  await connection.run(`TRUNCATE TABLE ${database}.records_incoming`);
  await connection.insert(`${database}.records_incoming`, count, [
    u32("number", numbers(0, count)),
    text("key", keys),
    text("json", jsons),
  ]);
  await connection.run(
    `INSERT INTO ${database}.records
     SELECT toUInt32({first:UInt32} + row_number() OVER (ORDER BY number) - 1), key, json FROM
     (SELECT number, key, json FROM ${database}.records_incoming WHERE key NOT IN
        (SELECT key FROM ${database}.records WHERE key IN (SELECT key FROM ${database}.records_incoming))
      ORDER BY number LIMIT 1 BY key)`,
    { first },
  );
  await connection.run(`TRUNCATE TABLE ${database}.records_incoming`);
  const [row] = await connection.rows<{ count: string }>(
    `SELECT count() AS count FROM ${database}.records WHERE number >= {first:UInt32}`,
    { first },
  );
  return Number(row?.count ?? 0);
}

/** Records read at once at most, and the bytes at which fewer are. */
const recordsAtOnce = 5000;
const bytesAtOnce = 32_000_000;

/** The records with numbers from 1 to before `end`, in the order in which they came. @throws StoreDamagedError */
export async function* readRecords({ connection, database }: At, end: number, name: string): AsyncGenerator<string> {
  let count = recordsAtOnce;
  for (let from = 1; from < end; ) {
    const to = Math.min(from + count, end);
    const bytes = await connection.native(
      `SELECT json FROM ${database}.records WHERE number >= {from:UInt32} AND number < {to:UInt32} ORDER BY number`,
      { from, to },
    );
    let read = 0;
    for (const { columns } of readNativeBlocks(bytes)) {
      for (const record of stringsOf(columns[0]!)) {
        read++;
        yield Buffer.from(record).toString("utf8");
      }
    }
    if (read !== to - from) throw new StoreDamagedError({ name, table: "records", has: read, expected: to - from });
    count = Math.max(1, Math.min(recordsAtOnce, Math.floor((count * bytesAtOnce) / Math.max(1, bytes.length))));
    from = to;
  }
}
