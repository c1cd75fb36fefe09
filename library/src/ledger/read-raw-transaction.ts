import { open } from "node:fs/promises";
import { RawTransactionError } from "../errors/ledger.ts";
import type { Connection } from "./connection.ts";
import type { CoinChain } from "./contract.ts";

interface Source {
  readonly connection: Connection;
  readonly database: string;
  readonly chain: CoinChain;
}

interface Row {
  txid: string;
  raw_offset: number;
  raw_size: number;
  place_file: string;
  place_offset: string;
  xor: string;
}

/**
 * The bytes of a stored transaction, from the block file where its block stood or from the ledger's own copy of the
 * block, checked against the txid.
 * @throws RawTransactionError
 */
export async function readRawTransaction(source: Source, transaction: number): Promise<Uint8Array> {
  const { connection, database, chain } = source;
  const [row] = await connection.rows<Row>(
    `SELECT lower(hex(reverse(t.txid))) AS txid, t.raw_offset AS raw_offset, t.raw_size AS raw_size,
       b.place_file AS place_file, b.place_offset AS place_offset, hex(b.place_xor) AS xor
     FROM (SELECT * FROM ${database}.transactions WHERE id = {id:UInt64}) AS t
     INNER JOIN (SELECT * FROM ${database}.blocks WHERE height IN
       (SELECT height FROM ${database}.transactions WHERE id = {id:UInt64})) AS b ON b.height = t.height`,
    { id: transaction },
  );
  const { txid, raw_offset, raw_size, place_file } = row!;
  const offset = Number(row!.place_offset) + raw_offset;
  const fail = (why: string, cause?: unknown) =>
    new RawTransactionError({ txid, file: place_file || "the ledger's own copy", offset, why, cause });
  let raw: Uint8Array;
  try {
    raw = place_file === "" ? await fromOwnCopy(source, transaction) : await readRun(place_file, offset, raw_size);
  } catch (cause) {
    throw fail((cause as Error).message, cause);
  }
  if (raw.length < raw_size) throw fail(`the file ends ${raw_size - raw.length} bytes too early`);
  const key = Buffer.from(row!.xor, "hex");
  // Bitcoin Core's key runs over the file from its beginning.
  if (key.length > 0) for (let k = 0; k < raw.length; k++) raw[k] = raw[k]! ^ key[(offset + k) % key.length]!;
  let found: string;
  try {
    found = Buffer.from(chain.transactionId(raw).toReversed()).toString("hex");
  } catch (cause) {
    throw fail("what stands there is no transaction", cause);
  }
  if (found !== txid) throw fail(`what stands there is transaction ${found}`);
  return raw;
}

async function fromOwnCopy({ connection, database }: Source, transaction: number): Promise<Uint8Array> {
  const [row] = await connection.rows<{ raw: string }>(
    `SELECT hex(substring(r.bytes, t.raw_offset + 1, t.raw_size)) AS raw
     FROM (SELECT * FROM ${database}.raw_blocks WHERE height IN
       (SELECT height FROM ${database}.transactions WHERE id = {id:UInt64})) AS r
     INNER JOIN (SELECT * FROM ${database}.transactions WHERE id = {id:UInt64}) AS t ON r.height = t.height`,
    { id: transaction },
  );
  return new Uint8Array(Buffer.from(row?.raw ?? "", "hex"));
}

async function readRun(file: string, offset: number, size: number): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    const bytes = new Uint8Array(size);
    const { bytesRead } = await handle.read(bytes, 0, size, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
