import type { Rule } from "../trace/rule.ts";
import type { Alternative, EndKind, Place, Trail } from "../trace/trail.ts";
import type { AmountRange } from "./spoken-amounts.ts";

/** What had to be assumed: what accounts held before, what came first on a day without hours, which report is right. */
export type Assumed = "openings" | "order" | "reports";

/** What an end and a label get under each rule, over everything that may be assumed. */
export interface AssumedEnd extends Place {
  readonly kind: EndKind;
  readonly ledger: string;
  readonly asset: string;
  readonly label: string;
  /** In stolen units; rules on whose amount nothing hangs are left out. */
  readonly byRule: ReadonlyMap<Rule, AmountRange & { readonly here: bigint }>;
  /** The widest range over the rules. */
  readonly spread: bigint;
}

export interface AssumptionRanges {
  readonly assumed: Assumed;
  readonly alternatives: readonly Alternative[];
  /** Widest range first. */
  readonly ends: readonly AssumedEnd[];
}

const assumedBy: Readonly<Record<Alternative["assumption"], Assumed>> = {
  "openings-unlimited": "openings",
  "credits-first": "order",
  "debits-first": "order",
  "as-listed": "order",
  "other-report": "reports",
};

interface OpenEnd {
  readonly end: Omit<AssumedEnd, "byRule" | "spread">;
  readonly said: Map<Rule, { here: bigint; least: bigint; most: bigint }>;
}

/**
 * How far the ends of a trail are apart over what had to be assumed: for each kind of assumption every end, label and
 * rule with the least and the most stolen units that the trail and its alternatives give it. An alternative that says
 * nothing of an end gives it what the trail does.
 */
export function assumptionRanges({ alternatives }: Trail): AssumptionRanges[] {
  return (["openings", "order", "reports"] as const).flatMap((assumed) => {
    const own = alternatives.filter((alternative) => assumedBy[alternative.assumption] === assumed);
    return own.length === 0 ? [] : [{ assumed, alternatives: own, ends: rangesOf(own) }];
  });
}

function rangesOf(alternatives: readonly Alternative[]): AssumedEnd[] {
  const found = new Map<string, OpenEnd>();
  for (const { kind, ledger, coin, account, asset, label, rule, stolen, otherwise } of alternatives.flatMap(
    ({ differences }) => differences,
  )) {
    const key = JSON.stringify([kind, ledger, coin, account, asset, label]);
    const open = found.get(key) ?? { end: { kind, ledger, coin, account, asset, label }, said: new Map() };
    found.set(key, open);
    const range = open.said.get(rule) ?? { here: stolen, least: stolen, most: stolen };
    open.said.set(rule, {
      here: stolen,
      least: otherwise < range.least ? otherwise : range.least,
      most: otherwise > range.most ? otherwise : range.most,
    });
  }
  const ends = [...found.values()].map(({ end, said }): AssumedEnd => {
    const widths = [...said.values()].map(({ least, most }) => most - least);
    return { ...end, byRule: said, spread: widths.reduce((a, b) => (b > a ? b : a), 0n) };
  });
  return ends.sort((a, b) => (a.spread === b.spread ? 0 : a.spread > b.spread ? -1 : 1));
}
