import type { Instant } from "../money/instant.ts";

/** One transaction of a partial ledger, as a few files or an explorer tell it. The ledger takes this shape. */
export interface LooseTransaction {
  /** As displayed, 64 hex digits. */
  readonly txid: string;
  readonly height: number | null;
  readonly time: Instant | null;
  /** Position in its block, where known. */
  readonly position: number | null;
  /** Empty for a coinbase. */
  readonly inputs: readonly LooseInput[];
  readonly outputs: readonly LooseOutput[];
  /** The serialised transaction, whose hash is the txid; null where the source does not give all of it. */
  readonly raw: Uint8Array | null;
  /** SHA-256 (hex) of the source bytes that this was read from, and their name. */
  readonly source: { readonly name: string; readonly sha256: string };
}

export interface LooseInput {
  /** The coin's name: `TXID:VOUT`, or a name that the source has for it where the txid is not known. */
  readonly coin: string;
  /** Satoshi. */
  readonly value: bigint | null;
  readonly script: Uint8Array | null;
}

export interface LooseOutput {
  /** Satoshi. */
  readonly value: bigint;
  readonly script: Uint8Array;
  /** What the source says of the spend; null where it says nothing. `by` is a txid where it says which. */
  readonly spent: { readonly is: boolean; readonly by: string | null } | null;
  /** Another name by which inputs of the same source refer to this coin (blockchain.info's tx_index). */
  readonly alias: string | null;
}

/** A transaction as one source tells it, not yet held against the others. */
export interface FoundTransaction {
  readonly transaction: LooseTransaction;
  /** Where it was found: a file and an offset in it, or a URL. */
  readonly file: string;
  readonly offset: number | null;
  /** What the source calls the transaction in place of its txid; inputs may name coins by it. */
  readonly alias: string | null;
  /**
   * What the txid is the hash of, but for inputs named by an alias: checked once those are known. Null where it was
   * checked already, or never can be.
   */
  readonly unchecked: UncheckedFields | null;
}

export interface UncheckedFields {
  readonly version: number;
  readonly locktime: number;
  readonly inputs: readonly { readonly scriptSig: Uint8Array; readonly sequence: number }[];
}
