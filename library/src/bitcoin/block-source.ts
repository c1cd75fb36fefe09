import type { DecodedBlock } from "./decoded-block.ts";
import type { Network } from "./networks.ts";

/** Where whole blocks come from: a node's files, or a node. Every implementation delivers its best chain in order. */
export interface BlockSource {
  readonly network: Network;
  /** The last block of the best chain as far as it is known; hash in internal byte order. */
  tip(): { readonly height: number; readonly hash: Uint8Array };
  /** The hash of the best chain's block at a height, internal byte order. */
  hashAt(height: number): Promise<Uint8Array>;
  /**
   * The best chain's blocks from one height to another, both included, in order. A block's bytes and columns are good
   * until the next one is asked for.
   * @throws ChainChangedError where the best chain is found to be another one below a block that was delivered before
   */
  blocks(from: number, to: number): AsyncIterable<SourceBlock>;
  /** What was set aside so far, and why. */
  readonly skipped: readonly SkippedPlace[];
  close(): Promise<void>;
}

export interface SourceBlock {
  readonly height: number;
  /** 32 bytes, internal byte order. */
  readonly hash: Uint8Array;
  /** 80 bytes. */
  readonly header: Uint8Array;
  /** The whole block, header included. */
  readonly bytes: Uint8Array;
  /** Where the raw block can be read again; null where it cannot. */
  readonly place: BlockPlace | null;
  /** The block decoded and its merkle root checked, where the source did it already; offsets point into `bytes`. */
  readonly columns: DecodedBlock | null;
}

/** A run of bytes in a file of a node. */
export interface BlockPlace {
  readonly file: string;
  readonly offset: number;
  readonly size: number;
  /** The key of the files' folder (Bitcoin Core 28 and later); empty where there is none. */
  readonly xorKey: Uint8Array;
}

export interface SkippedPlace {
  readonly file: string;
  /** Bytes from the start of the file; null where it is not about one place. */
  readonly offset: number | null;
  /** A sentence for a person. */
  readonly reason: string;
}
