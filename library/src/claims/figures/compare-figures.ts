import { daysOf } from "./calendar.ts";
import type { Figure } from "./figure.ts";
import { compareRatios, plus, type Ratio, ratio, ratioOf, times } from "./ratio.ts";

export interface FigureComparison {
  readonly verdict: "equal" | "compatible" | "contradictory" | "incomparable";
  /** What decided, for a person. */
  readonly why: string;
}

/** "About" is read as within a tenth: what no source would call wrong. */
const aboutTolerance = ratio(1n, 10n);
const half = ratio(1n, 2n);
const zero = ratio(0n);

interface End {
  readonly value: Ratio;
  readonly open: boolean;
}

/** Null ends are unbounded. */
interface Interval {
  readonly low: End | null;
  readonly high: End | null;
}

/**
 * Compares two figures about the same thing; whether they are about the same thing is for the caller to say.
 * *Equal*: the same value with the same bound. *Compatible*: some value fits both, with "81 million" read as rounded to
 * the million, "about" as within a tenth, a year as any of its days. *Contradictory*: none does. *Incomparable*: kinds
 * or units differ, or a value is open.
 */
export function compareFigures(a: Figure, b: Figure): FigureComparison {
  if (a.kind !== b.kind) return { verdict: "incomparable", why: `a ${a.kind} and a ${b.kind}` };
  if (a.kind !== "date" && a.unit !== b.unit && a.unit !== null && b.unit !== null) {
    return { verdict: "incomparable", why: `${a.unit} and ${b.unit}` };
  }
  if (sameStatement(a, b)) return { verdict: "equal", why: `both state ${sayFigure(a)}` };
  const [one, other] = [intervalOf(a), intervalOf(b)];
  if (one === null || other === null) return { verdict: "incomparable", why: "a value is left open" };
  const verdict = overlap(one, other) ? "compatible" : "contradictory";
  const link = verdict === "compatible" ? "fits" : "excludes";
  return { verdict, why: `${sayFigure(a)} ${link} ${sayFigure(b)}` };
}

const sameStatement = (a: Figure, b: Figure): boolean =>
  a.value !== null && a.value === b.value && a.to === b.to && a.bound === b.bound && a.strict === b.strict;

/** A figure in plain words: "at most 2000000000 USD". */
export function sayFigure({ value, to, unit, bound, strict, kind }: Figure): string {
  const number = bound === "range" ? `${value ?? "?"} to ${to ?? "?"}` : (value ?? "an open date");
  const words = bound === "exact" || bound === "range" ? "" : `${strict ? strictWords[bound] : bound} `;
  return `${words}${number}${kind === "date" || unit === null ? "" : ` ${unit}`}`;
}

const strictWords = { "at most": "less than", "at least": "more than", about: "about" } as const;

function intervalOf(figure: Figure): Interval | null {
  if (figure.value === null) return null;
  return figure.kind === "date" ? dateInterval(figure, figure.value) : numberInterval(figure, ratioOf(figure.value));
}

function numberInterval(figure: Figure, value: Ratio): Interval {
  const closed = { value, open: false };
  if (figure.bound === "at most") return { low: null, high: { value, open: figure.strict } };
  if (figure.bound === "at least") return { low: { value, open: figure.strict }, high: null };
  if (figure.bound === "range") return { low: closed, high: figure.to === null ? null : closedAt(ratioOf(figure.to)) };
  const rounding = roundingOf(figure);
  const tenth = times(value.n < 0n ? negative(value) : value, aboutTolerance);
  const wide = figure.bound === "about" && compareRatios(tenth, rounding) > 0 ? tenth : rounding;
  return { low: closedAt(plus(value, negative(wide))), high: closedAt(plus(value, wide)) };
}

const closedAt = (value: Ratio): End => ({ value, open: false });
const negative = ({ n, d }: Ratio): Ratio => ({ n: -n, d });

/** Half of the last stated place; things that are counted one by one are not rounded. */
function roundingOf({ kind, step }: Figure): Ratio {
  const place = step === null ? zero : ratioOf(step);
  return kind === "count" && compareRatios(place, ratio(1n)) <= 0 ? zero : times(place, half);
}

function dateInterval(figure: Figure, value: string): Interval | null {
  const [from, to] = [daysOf(value), daysOf(figure.to ?? value)];
  if (from === null || to === null) return null;
  const [first, last] = [ratio(BigInt(from.first)), ratio(BigInt(to.last))];
  // "after 2016" leaves the year out, "since 2016" does not.
  if (figure.bound === "at least")
    return { low: figure.strict ? { value: last, open: true } : closedAt(first), high: null };
  if (figure.bound === "at most")
    return { low: null, high: figure.strict ? { value: first, open: true } : closedAt(last) };
  return { low: closedAt(first), high: closedAt(last) };
}

const overlap = (a: Interval, b: Interval): boolean => reaches(a.low, b.high) && reaches(b.low, a.high);

function reaches(low: End | null, high: End | null): boolean {
  if (low === null || high === null) return true;
  const order = compareRatios(low.value, high.value);
  return order < 0 || (order === 0 && !low.open && !high.open);
}
