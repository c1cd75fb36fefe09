import type { EthereumTransfer } from "./transfer.ts";

/** What every source of Ethereum transfers gives. */
export interface EthereumSource {
  /** `ethereum` for chain 1, else `eip155:N`. */
  readonly network: string;
  /** Some transfers rather than all of a range of blocks. Final once the batches are read. */
  readonly partial: boolean;
  /** Why, and what else is missing: `internal transfers missing`. Final once the batches are read. */
  readonly missing: readonly string[];
  /** In the order of the source; to be read once. */
  readonly batches: AsyncIterable<EthereumTransfer[]>;
  /**
   * What is known beside the transfers. Asked for after the batches were read: some of it is about what they touched.
   */
  facts(): Promise<EthereumFacts>;
  /** So far. */
  readonly counts: EthereumCounts;
  /** What was set aside, with its reason. The first {@link skippedMax}; `counts.skipped` has them all. */
  readonly skipped: readonly SkippedRow[];
  close(): Promise<void>;
}

export interface EthereumFacts {
  readonly assets: readonly { asset: string; decimals: number | null; symbol: string | null }[];
  readonly accounts: readonly {
    account: string;
    coverage: "covered" | "partly" | "outside" | null;
    about: string | null;
  }[];
  /** Balances before the first transfer. */
  readonly openings: readonly { account: string; asset: string; amount: bigint; source: string }[];
  /** What stood in a balance that `openings` does not name: 0 for a chain read from its start; null: not known. */
  readonly openingDefault: 0n | null;
  /** Where opening + received - paid is not what the node says at the end. Empty where nothing was compared. */
  readonly differences: readonly BalanceDifference[];
  /** Pairs of account and asset that were compared. */
  readonly compared: number;
}

export interface BalanceDifference {
  readonly account: string;
  readonly asset: string;
  readonly expected: bigint;
  readonly found: bigint;
}

export interface EthereumCounts {
  blocks: number;
  transactions: number;
  logs: number;
  /** `Transfer` logs, or rows of token transfers. */
  tokenTransfers: number;
  /** Of these: of numbered things (ERC-721), which are no amounts. */
  notFungible: number;
  /** Of these: in no form that is known. */
  unread: number;
  otherDeposits: number;
  /** Calls, or rows of traces. */
  traces: number;
  transfers: number;
  skipped: number;
}

export interface SkippedRow {
  readonly file: string;
  /** 1 for the first row after the header; null for a file as a whole. */
  readonly row: number | null;
  /** Of the row's first byte; null for a file as a whole. In an unpacked file, where it was packed. */
  readonly offset: number | null;
  readonly reason: string;
}

/** A file of rubbish must not become a list of rubbish. */
export const skippedMax = 1000;

export const emptyCounts = (): EthereumCounts => ({
  blocks: 0,
  transactions: 0,
  logs: 0,
  tokenTransfers: 0,
  notFungible: 0,
  unread: 0,
  otherDeposits: 0,
  traces: 0,
  transfers: 0,
  skipped: 0,
});
