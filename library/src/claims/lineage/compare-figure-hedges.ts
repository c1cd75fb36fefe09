import type { Change, ChangeKind, FigureInClaim } from "../claim.ts";
import { compareFigures } from "../figures/compare-figures.ts";
import type { Figure } from "../figures/figure.ts";
import { compareRatios, plus, ratio, ratioOf, times } from "../figures/ratio.ts";

/**
 * What became of a figure's bound, or of its value, where it is retold. The two must be about the same thing, which is
 * for the caller to say; null where nothing changed, or where kinds or units differ or a value is open.
 *
 * - `hedge lost`: "up to two billion US dollars", then "$2bn";
 * - `hedge added`: the other way round;
 * - `hedge turned`: "up to", then "more than" or "about". That a bound itself counts or not ("at least", "more than")
 *   is no turn;
 * - `number altered`: the values differ by more than rounding ("$80.9m" is "$81m").
 */
export function compareFigureHedges(origin: FigureInClaim, retold: FigureInClaim): Change | null {
  const kind = changeBetween(origin.figure, retold.figure);
  return kind === null ? null : { kind, from: origin.place, to: retold.place };
}

function changeBetween(origin: Figure, retold: Figure): ChangeKind | null {
  if (origin.bound === "range" || retold.bound === "range") return changeOfRange(origin, retold);
  const same = sameValue(origin, retold);
  if (same === null) return null;
  return same ? changeOfBound(origin.bound, retold.bound) : "number altered";
}

const exactly = (figure: Figure): Figure => ({ ...figure, bound: "exact", strict: false, to: null });

/** Whether both values are one, perhaps rounded to the other's last place; null where they cannot be compared. */
function sameValue(a: Figure, b: Figure): boolean | null {
  const { verdict } = compareFigures(exactly(a), exactly(b));
  if (verdict === "incomparable") return null;
  if (a.kind === "date" || verdict === "equal") return verdict !== "contradictory";
  const [one, other] = [ratioOf(a.value ?? "0"), ratioOf(b.value ?? "0")];
  const [stepA, stepB] = [ratioOf(a.step ?? "0"), ratioOf(b.step ?? "0")];
  const order = compareRatios(stepA, stepB);
  if (order === 0) return compareRatios(one, other) === 0;
  const coarse = order > 0 ? stepA : stepB;
  const away = times(plus(one, times(other, ratio(-1n))), ratio(2n));
  return compareRatios(away, coarse) <= 0 && compareRatios(times(away, ratio(-1n)), coarse) <= 0;
}

function changeOfBound(origin: Figure["bound"], retold: Figure["bound"]): ChangeKind | null {
  if (origin === retold) return null;
  if (retold === "exact") return "hedge lost";
  return origin === "exact" ? "hedge added" : "hedge turned";
}

/** "Between 1 and 2 million" holds either end as a bound, and loses its hedge where one value within is told. */
function changeOfRange(origin: Figure, retold: Figure): ChangeKind | null {
  if (origin.bound === "range" && retold.bound === "range") {
    const lower = sameValue(origin, retold);
    const upper = sameValue(upperOf(origin), upperOf(retold));
    if (lower === null || upper === null) return null;
    return lower && upper ? null : "number altered";
  }
  const [range, single] = origin.bound === "range" ? [origin, retold] : [retold, origin];
  const within = compareFigures(range, exactly(single)).verdict;
  if (within === "incomparable") return null;
  if (within === "contradictory") return "number altered";
  if (single.bound === "exact") return origin === range ? "hedge lost" : "hedge added";
  if (single.bound === "about") return null;
  const end = single.bound === "at most" ? upperOf(range) : range;
  return sameValue(end, single) === false ? "hedge turned" : null;
}

const upperOf = (figure: Figure): Figure => ({ ...figure, value: figure.to ?? figure.value });
