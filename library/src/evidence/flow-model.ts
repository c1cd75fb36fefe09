import type { Rule } from "../trace/rule.ts";
import type { EndKind, Traced } from "../trace/trail.ts";

/** Traced value by label; labels with nothing are left out. */
export type LabelAmounts = ReadonlyMap<string, bigint>;

export interface FlowNode {
  /** `account`: one account of one ledger in one asset. */
  readonly kind: "seed" | "movement" | "account" | EndKind;
  /**
   * Indexes into the trail's seeds, movements or ends, or into the graph's accounts; more than one where things were
   * joined. Never falling.
   */
  readonly members: readonly number[];
  /** `row`: things that follow one another; `account`: coins of one account; `rest`: the smaller ones. */
  readonly joined: "no" | "row" | "account" | "rest";
  /** Of a seed or an end, where all its members have the same one. */
  readonly account: string | null;
  /** Index into the graph's lanes. */
  readonly lane: number;
  /** The trail's first movement that has to do with it; -1 for seeds and ends. */
  readonly first: number;
  /** Traced value that left as fees in these transactions, or from these accounts. */
  readonly fee: LabelAmounts;
}

export interface FlowLink {
  /** Indexes of nodes; value runs from `source` to `target`. */
  readonly source: number;
  readonly target: number;
  readonly amounts: LabelAmounts;
  /** How many coins, or payments of one account to another, it stands for. */
  readonly many: number;
  /** The trail's links (indexes) that it went over. */
  readonly via: readonly number[];
}

/** An account of one ledger in one asset. */
export interface FlowAccount {
  readonly ledger: string;
  readonly account: string;
  readonly asset: string;
  /** As in {@link FlowNode}. */
  readonly first: number;
  /** The first movement that brought it value; -1 where a seed did, or nothing. */
  readonly arrived: number;
  /** All that came in, in units of the asset. */
  readonly came: bigint;
}

/**
 * The flow of traced value under one rule: seeds, movements of coins, accounts, and ends (all but fees, which leave
 * where they are paid), joined by the coins and payments between them. Value runs from source to target in both
 * directions of trail, so a backward trail has its ends as sources and its seeds as targets. Coins run in no circle;
 * payments between accounts may.
 */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
  /** Links that run back to where the value has been; without them `links` has no circle. See `cutCircles`. */
  readonly back: readonly FlowLink[];
  readonly accounts: readonly FlowAccount[];
  /** Names of the ledgers, in the order in which the trail comes to them. */
  readonly lanes: readonly string[];
}

export const sumOf = (amounts: LabelAmounts): bigint => [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);

export function addInto(sum: Map<string, bigint>, amounts: LabelAmounts): void {
  for (const [label, amount] of amounts) sum.set(label, (sum.get(label) ?? 0n) + amount);
}

/** `a - b` where it is positive. */
export function surplus(a: LabelAmounts, b: LabelAmounts): Map<string, bigint> {
  const left = new Map<string, bigint>();
  for (const [label, amount] of a) {
    const more = amount - (b.get(label) ?? 0n);
    if (more > 0n) left.set(label, more);
  }
  return left;
}

/** Takes from `pool` what `wanted` allows, and returns what was taken. */
export function take(pool: Map<string, bigint>, wanted: LabelAmounts): Map<string, bigint> {
  const taken = new Map<string, bigint>();
  for (const [label, amount] of pool) {
    const most = wanted.get(label) ?? 0n;
    const part = amount < most ? amount : most;
    if (part === 0n) continue;
    taken.set(label, part);
    pool.set(label, amount - part);
  }
  return taken;
}

export function amountsOf(traced: readonly Traced[], rule: Rule): Map<string, bigint> {
  const amounts = new Map<string, bigint>();
  for (const said of traced) {
    if (said.rule !== rule || said.stolen === 0n) continue;
    amounts.set(said.label, (amounts.get(said.label) ?? 0n) + said.stolen);
  }
  return amounts;
}
