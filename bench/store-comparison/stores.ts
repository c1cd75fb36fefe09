import { statSync } from "node:fs";
import { join } from "node:path";
import { openEmbedded } from "../../library/src/ledger/embedded-connection.ts";
import { readNativeBlocks } from "../../library/src/ledger/native-format.ts";
import { batchRows, type MadeRows } from "./made-rows.ts";

/** One store under comparison. */
export interface Store {
  create(): Promise<void>;
  /** Appends and commits one batch. */
  append(rows: MadeRows): Promise<void>;
  count(): Promise<number>;
  /** Bytes on disk of what counts; merged parts that wait to be removed are not. */
  diskBytes(): Promise<number>;
  byTxid(prefix: bigint): Promise<number>;
  firstPage(account: readonly [bigint, bigint]): Promise<number>;
  /** The values in the order of ids. */
  column(): Promise<BigUint64Array>;
  /** A query that runs for many seconds. */
  runLong(): Promise<unknown>;
  close(): Promise<void>;
}

const bytesOf = (column: BigUint64Array) => new Uint8Array(column.buffer);

export async function openChdb(dir: string): Promise<Store> {
  const connection = await openEmbedded(join(dir, "chdb"));
  const durable = "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, index_granularity = 2048";
  const number = async (sql: string) => Number((await connection.rows<{ n: string }>(sql))[0]!.n);
  return {
    create: async () => {
      await connection.run("CREATE DATABASE c");
      await connection.run(
        `CREATE TABLE c.coins (id UInt64 CODEC(Delta, ZSTD(1)), value UInt64 CODEC(ZSTD(1)))
         ENGINE = MergeTree ORDER BY id ${durable}`,
      );
      await connection.run(
        `CREATE TABLE c.txids (prefix UInt64 CODEC(Delta, LZ4), id UInt64)
         ENGINE = MergeTree ORDER BY prefix ${durable}`,
      );
      await connection.run(
        `CREATE TABLE c.accounts (account FixedString(16), id UInt64)
         ENGINE = MergeTree ORDER BY (account, id) ${durable}`,
      );
    },
    append: async ({ id, prefix, account, value }) => {
      const ids = { name: "id", type: "UInt64", data: bytesOf(id) };
      await connection.insert("c.coins", batchRows, [ids, { name: "value", type: "UInt64", data: bytesOf(value) }]);
      await connection.insert("c.txids", batchRows, [{ name: "prefix", type: "UInt64", data: bytesOf(prefix) }, ids]);
      await connection.insert("c.accounts", batchRows, [
        { name: "account", type: "FixedString(16)", data: bytesOf(account) },
        ids,
      ]);
    },
    count: () => number("SELECT count() AS n FROM c.accounts"),
    diskBytes: () => number("SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE active AND database = 'c'"),
    byTxid: async (prefix) => {
      const rows = await connection.rows(
        `SELECT id, value FROM c.coins WHERE id IN (SELECT id FROM c.txids WHERE prefix = {prefix:UInt64})`,
        { prefix },
      );
      return rows.length;
    },
    firstPage: async (account) => {
      const key = Buffer.from(bytesOf(BigUint64Array.from(account))).toString("hex");
      const rows = await connection.rows(
        "SELECT id FROM c.accounts WHERE account = unhex({key:String}) ORDER BY account, id LIMIT 50",
        { key },
      );
      return rows.length;
    },
    column: async () => {
      const column = new BigUint64Array(await number("SELECT count() AS n FROM c.coins"));
      const bytes = bytesOf(column);
      const step = 4_000_000;
      for (let from = 0, at = 0; from < column.length; from += step) {
        const sql = `SELECT value FROM c.coins WHERE id >= {from:UInt64} AND id < {to:UInt64} ORDER BY id`;
        for (const block of readNativeBlocks(await connection.native(sql, { from, to: from + step }))) {
          bytes.set(block.columns[0]!.bytes, at);
          at += block.columns[0]!.bytes.length;
        }
      }
      return column;
    },
    runLong: () => connection.rows("SELECT sum(sipHash64(number)) AS n FROM numbers(300000000)"),
    close: () => connection.close(),
  };
}

/** As much of `@duckdb/node-api` as is used here; it is not installed with this project. */
interface DuckVector {
  /** Private in its types; the only way in and out without a call a value. */
  readonly items: BigUint64Array;
  flush(): void;
}
interface DuckChunk {
  readonly rowCount: number;
  getColumnVector(column: number): DuckVector;
}
interface DuckConnection {
  run(sql: string, values?: readonly bigint[]): Promise<unknown>;
  runAndReadAll(sql: string, values?: readonly bigint[]): Promise<{ getRows(): unknown[][] }>;
  stream(sql: string): Promise<{ fetchChunk(): Promise<DuckChunk | null> }>;
  createAppender(table: string): Promise<{ appendDataChunk(chunk: DuckChunk): void; closeSync(): void }>;
  closeSync(): void;
}
interface DuckModule {
  DuckDBInstance: {
    create(
      path: string,
      options: Record<string, string>,
    ): Promise<{ connect(): Promise<DuckConnection>; closeSync(): void }>;
  };
  DuckDBDataChunk: { create(types: readonly unknown[], rows: number): DuckChunk };
  UBIGINT: unknown;
}

export async function openDuckdb(dir: string, { api, indexed }: { api: string; indexed: boolean }): Promise<Store> {
  const duckdb = (await import(join(api, "lib", "index.js"))) as unknown as DuckModule;
  const instance = await duckdb.DuckDBInstance.create(join(dir, "duck.db"), { memory_limit: "3GB", threads: "2" });
  const connection = await instance.connect();
  const rows = async (sql: string, values: readonly bigint[] = []) =>
    (await connection.runAndReadAll(sql, values)).getRows();
  const chunkRows = 2048;
  return {
    create: async () => {
      await connection.run("CREATE TABLE coins (id UBIGINT, prefix UBIGINT, a UBIGINT, b UBIGINT, value UBIGINT)");
      if (!indexed) return;
      await connection.run("CREATE INDEX by_prefix ON coins (prefix)");
      await connection.run("CREATE INDEX by_account ON coins (a)");
    },
    append: async ({ id, prefix, account, value }) => {
      const a = new BigUint64Array(batchRows);
      const b = new BigUint64Array(batchRows);
      for (let r = 0; r < batchRows; r++) {
        a[r] = account[2 * r]!;
        b[r] = account[2 * r + 1]!;
      }
      await connection.run("BEGIN");
      const appender = await connection.createAppender("coins");
      for (let from = 0; from < batchRows; from += chunkRows) {
        const count = Math.min(chunkRows, batchRows - from);
        const chunk = duckdb.DuckDBDataChunk.create(
          [id, prefix, a, b, value].map(() => duckdb.UBIGINT),
          count,
        );
        for (const [c, column] of [id, prefix, a, b, value].entries()) {
          const vector = chunk.getColumnVector(c);
          vector.items.set(column.subarray(from, from + count));
          vector.flush();
        }
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
      await connection.run("COMMIT");
    },
    count: async () => Number((await rows("SELECT count(*) FROM coins"))[0]![0]),
    diskBytes: async () => statSync(join(dir, "duck.db")).size,
    byTxid: async (prefix) => (await rows("SELECT id, value FROM coins WHERE prefix = $1", [prefix])).length,
    firstPage: async ([a, b]) =>
      (await rows("SELECT id FROM coins WHERE a = $1 AND b = $2 ORDER BY id LIMIT 50", [a, b])).length,
    column: async () => {
      const column = new BigUint64Array(Number((await rows("SELECT count(*) FROM coins"))[0]![0]));
      // Rows come out in the order of insertion, which is that of the ids.
      const result = await connection.stream("SELECT value FROM coins");
      let at = 0;
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        const { items } = chunk.getColumnVector(0);
        column.set(items, at);
        at += items.length;
      }
      return column;
    },
    runLong: () => rows("SELECT sum(hash(i)) FROM range(3000000000) AS t(i)"),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
