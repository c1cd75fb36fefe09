import type { BankRecord, SetAside } from "./record.ts";

/** The file that bytes are of. */
export interface BankFile {
  /** Its path, for places and messages. */
  readonly file: string;
  /** SHA-256 (hex) of all its bytes. */
  readonly sha256: string;
}

/** Records as they were read, and what was set aside on the way. */
export interface BankBatch {
  readonly records: BankRecord[];
  readonly skipped: SetAside[];
  /** How many more went to the plain orders, where they are asked for. */
  readonly plain?: number;
}

/** A whole file, or its bytes piece by piece. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
