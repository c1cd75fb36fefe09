import { endReasons, kindOfReason, type LabelTotals } from "./coin-trace.ts";
import type { Direction, Rule } from "./rule.ts";
import type { EndKind } from "./trail.ts";

/**
 * Why traced value goes no further, in a trail through account ledgers. The reasons of coins are those of
 * `coin-trace.ts`.
 */
export const jointEndReasons = [
  ...endReasons,
  "held",
  "not-covered",
  "outside",
  "debt",
  "burnt",
  "opening",
  "minted",
  "link-rounding",
  "link-overlap",
  "link-order",
] as const;
export type JointEndReason = (typeof jointEndReasons)[number];

export const kindOfJointReason: Readonly<Record<JointEndReason, EndKind>> = {
  ...kindOfReason,
  held: "unspent",
  "not-covered": "unknown",
  outside: "exit",
  debt: "exit",
  burnt: "exit",
  opening: "unknown",
  minted: "mined",
  "link-rounding": "fee",
  "link-overlap": "notFollowed",
  "link-order": "notFollowed",
};

/** A holding of an account ledger or a coin of a coin ledger. */
export interface JointPlace {
  readonly part: number;
  readonly id: number;
}

export interface LabelAmount {
  /** Index into the request's labels. */
  readonly label: number;
  /** Smallest units of the place's asset. */
  readonly amount: bigint;
  /** What it stands for, in smallest units of the label's asset. */
  readonly stolen: bigint;
}

/** Traced value that one transfer, coin transaction or link brought to one place. */
export interface JointMove {
  readonly part: number;
  readonly transaction: number;
  /** The transfer; null in a coin ledger. */
  readonly transfer: number | null;
  /** The link that brought it, by its number in the request; null for an ordinary movement. */
  readonly link: number | null;
  /** The fewest transactions from a seed to here. */
  readonly hops: number;
  readonly from: readonly JointPlace[];
  /** Where it arrived; null where it ceased to exist or was a fee. */
  readonly to: JointPlace | null;
  /** Face value of what arrived: the transfer's amount, the coin's value. */
  readonly value: bigint;
  readonly traced: readonly LabelAmount[];
}

export interface JointEnd {
  readonly part: number;
  /** Null for fees and for what a link's rounding left: one end a part and reason. */
  readonly place: number | null;
  readonly reason: JointEndReason;
  /** Balance of the holding or value of the coin; null where {@link place} is. */
  readonly value: bigint | null;
  readonly traced: readonly LabelAmount[];
}

export interface JointBound {
  readonly reason: "movements" | "hops" | "min";
  readonly label: number;
  /** Not followed because of it, in stolen units. */
  readonly amount: bigint;
  /** The first transfer or coin that was not followed. */
  readonly next: { readonly part: number; readonly transfer: number | null; readonly output: number | null };
}

/** What one rule traced. */
export interface JointRuleTrace {
  readonly rule: Rule;
  /** In the order in which they were made. */
  readonly moves: readonly JointMove[];
  /** By part, place and reason. */
  readonly ends: readonly JointEnd[];
  /** [labels] In stolen units; for every rule but poison seeded = the sum of the others. */
  readonly totals: readonly LabelTotals[];
  readonly bounds: readonly JointBound[];
  /** What each link of the request carried. */
  readonly carried: readonly (readonly LabelAmount[])[];
}

export interface JointTrace {
  readonly direction: Direction;
  /** In the order of the request's rules. */
  readonly rules: readonly JointRuleTrace[];
  /** Touched holdings whose opening is not known: where there are any, the other assumption may give other ends. */
  readonly openingsNotKnown: readonly JointPlace[];
}
