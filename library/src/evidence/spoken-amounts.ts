import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { End, Trail } from "../trace/trail.ts";

/** The least and the most that rules say. */
export interface AmountRange {
  readonly least: bigint;
  readonly most: bigint;
}

/** The rules whose amounts are quoted: the conserved ones. Poison, an upper bound, speaks only where it is alone. */
export function speakingRules({ rules }: Trail): readonly Rule[] {
  const conserved = rules.filter((rule) => ruleFacts[rule].conserved);
  return conserved.length === 0 ? rules : conserved;
}

/** What was seeded of a label in an asset. Rules differ where a seed lies downstream of another. */
export function seededRange(trail: Trail, label: string, asset: string): AmountRange {
  const totals = trail.totals.filter((total) => total.label === label && total.asset === asset);
  return rangeOf(
    speakingRules(trail).map((rule) =>
      totals.filter((total) => total.rule === rule).reduce((sum, { seeded }) => sum + seeded, 0n),
    ),
  );
}

/** What the rules trace to an end, over all labels. A rule that traces nothing to it says 0. */
export function endRange(trail: Trail, { traced }: End): AmountRange {
  return rangeOf(
    speakingRules(trail).map((rule) =>
      traced.filter((one) => one.rule === rule).reduce((sum, { amount }) => sum + amount, 0n),
    ),
  );
}

function rangeOf(amounts: readonly bigint[]): AmountRange {
  return {
    least: amounts.reduce((a, b) => (b < a ? b : a)),
    most: amounts.reduce((a, b) => (b > a ? b : a)),
  };
}
