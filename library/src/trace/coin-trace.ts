import type { Direction, Rule } from "./rule.ts";
import type { EndKind } from "./trail.ts";

/**
 * Why traced value goes no further. The order is that in which the engine asks, but for the last three,
 * which belong to fees and coinbases.
 */
export const endReasons = [
  "stop",
  "unspent",
  "spent-elsewhere",
  "spend-not-known",
  "maker-absent",
  "amounts-not-known",
  "coinbase",
  "stop-height",
  "min",
  "hops",
  "movements",
  "fee",
  "unclaimed",
] as const;
export type EndReason = (typeof endReasons)[number];

export const kindOfReason: Readonly<Record<EndReason, EndKind>> = {
  unspent: "unspent",
  "spent-elsewhere": "unknown",
  "spend-not-known": "unknown",
  "maker-absent": "unknown",
  "amounts-not-known": "unknown",
  coinbase: "mined",
  stop: "exit",
  "stop-height": "exit",
  min: "notFollowed",
  hops: "notFollowed",
  movements: "notFollowed",
  fee: "fee",
  unclaimed: "fee",
};

/** Amounts by label in compressed rows: row r is [start[r], start[r + 1]) of `label` and `amount`. */
export interface LabelledAmounts {
  /** [rows + 1] */
  readonly start: Uint32Array;
  /** Index into the request's labels, rising within a row. */
  readonly label: Uint32Array;
  /** Satoshi, > 0; under poison the coin's face value, which may be 0. */
  readonly amount: Float64Array;
}

/** Traced coins in rising order of their ids, each with what it holds of every label. */
export interface TracedCoins extends LabelledAmounts {
  readonly coin: Uint32Array;
}

/** The coins where traced value ends, in rising order of their ids; fees end in {@link FeeEnd}. */
export interface CoinEnds extends LabelledAmounts {
  readonly coin: Uint32Array;
  /** Index into {@link endReasons}. */
  readonly reason: Uint8Array;
}

/** Traced value that ends in no coin: the fees of all transactions that end for one reason. */
export interface FeeEnd {
  readonly reason: EndReason;
  readonly label: number;
  readonly amount: bigint;
}

/** Sums over a whole trace for one label; satoshi. */
export interface LabelTotals {
  readonly seeded: bigint;
  readonly unspent: bigint;
  readonly exits: bigint;
  readonly fees: bigint;
  readonly unknown: bigint;
  readonly notFollowed: bigint;
  readonly mined: bigint;
}

export interface CoinBound {
  readonly reason: "movements" | "hops" | "min";
  readonly label: number;
  readonly amount: bigint;
  /** The first coin in the ledger's order that was not followed; for a fee alone the coin beyond it. */
  readonly next: number;
}

/** What one rule traced. Ids only; the names are added by `assembleTrail`. */
export interface RuleTrace {
  readonly rule: Rule;
  /** The transactions that value was traced through, in rising order. */
  readonly transactions: Uint32Array;
  /** [transactions] The fewest transactions from a seed to each; 1 for a seed's spender (backward: maker). */
  readonly hops: Uint32Array;
  readonly coins: TracedCoins;
  /** What was really seeded, after what had reached the seeds anyway. */
  readonly seeded: TracedCoins;
  readonly ends: CoinEnds;
  readonly fees: readonly FeeEnd[];
  /** [labels] */
  readonly totals: readonly LabelTotals[];
  readonly bounds: readonly CoinBound[];
}

export interface CoinTrace {
  readonly direction: Direction;
  /** In the order of the request's rules. */
  readonly rules: readonly RuleTrace[];
}
