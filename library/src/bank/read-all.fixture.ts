import { readIso20022 } from "./iso20022/read-iso20022.ts";
import type { BankRecord, SetAside } from "./record.ts";

export interface IsoRead {
  readonly records: BankRecord[];
  readonly skipped: SetAside[];
}

export const madeFile = { file: "made.xml", sha256: "0".repeat(64) };

/** Reads a file that is in memory. @param piece bytes a chunk; all at once by default */
export async function readAll(input: string | Uint8Array, piece = Number.POSITIVE_INFINITY): Promise<IsoRead> {
  const bytes = typeof input === "string" ? Buffer.from(input) : input;
  return await gather(piece >= bytes.length ? [bytes] : cut(bytes, piece));
}

/** Reads bytes as they come. */
export async function gather(input: Iterable<Uint8Array>): Promise<IsoRead> {
  const read: IsoRead = { records: [], skipped: [] };
  for await (const { records, skipped } of readIso20022(input, madeFile)) {
    read.records.push(...records);
    read.skipped.push(...skipped);
  }
  return read;
}

function* cut(bytes: Uint8Array, piece: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}
