import { daysOf } from "../claims/figures/calendar.ts";
import { compareFigures } from "../claims/figures/compare-figures.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { IncidentDate } from "./incident.ts";

/**
 * How two names of victims go together: *equal* where they have the same telling words, however they are spaced
 * ("Mt. Gox", "MtGox"); *part* where all of one are among the other's ("Sony", "Sony Hollywood").
 */
export function compareNames(a: readonly string[], b: readonly string[]): "equal" | "part" | "other" {
  if (a.length === 0 || b.length === 0) return "other";
  const [one, two] = [a.join(""), b.join("")].map((name) => name.replace(/[.&-]/gu, ""));
  if (one === two) return "equal";
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  return few.every((word) => many.includes(word)) ? "part" : "other";
}

/** The best way in which any name of the one goes together with any of the other. */
export function compareVictims(
  a: readonly (readonly string[])[],
  b: readonly (readonly string[])[],
): "equal" | "part" | "other" {
  let best: "equal" | "part" | "other" = "other";
  for (const one of a) {
    for (const two of b) {
      const verdict = compareNames(one, two);
      if (verdict === "equal") return "equal";
      if (verdict === "part") best = "part";
    }
  }
  return best;
}

/** The days that a stated date may stand for; null where it is open. */
export function daysOfDate({ from, to }: IncidentDate): { first: number; last: number } | null {
  const [start, end] = [daysOf(from), daysOf(to ?? from)];
  return start === null || end === null ? null : { first: start.first, last: Math.max(start.last, end.last) };
}

export interface DateDistance {
  /** Days between the nearest two; 0 where they overlap, null where one side has none. */
  readonly days: number | null;
  /** True where one of the nearest two is no more precise than a year. */
  readonly coarse: boolean;
}

/** How far apart the stated dates of two tellings are at their nearest. */
export function compareDates(a: readonly IncidentDate[], b: readonly IncidentDate[]): DateDistance {
  let best: { days: number; coarse: boolean } | null = null;
  for (const one of a) {
    for (const two of b) {
      const [x, y] = [daysOfDate(one), daysOfDate(two)];
      if (x === null || y === null) continue;
      const days = Math.max(0, x.first - y.last, y.first - x.last);
      const coarse = Math.max(x.last - x.first, y.last - y.first) > 90;
      if (best === null || days < best.days || (days === best.days && best.coarse && !coarse)) best = { days, coarse };
    }
  }
  return best ?? { days: null, coarse: true };
}

/** Whether any amount of the one fits one of the other, none does, or they have no unit in common. */
export function compareAmounts(a: readonly Figure[], b: readonly Figure[]): "fit" | "contradict" | "unknown" {
  let met = false;
  for (const one of a) {
    for (const two of b) {
      const { verdict } = compareFigures(one, two);
      if (verdict === "equal" || verdict === "compatible") return "fit";
      met ||= verdict === "contradictory";
    }
  }
  return met ? "contradict" : "unknown";
}
