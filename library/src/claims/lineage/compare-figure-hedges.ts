import type { Change, ChangeKind, FigureInClaim } from "../claim.ts";
import { compareFigures } from "../figures/compare-figures.ts";
import type { Figure } from "../figures/figure.ts";

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
  const { verdict } = compareFigures(exactly(origin), exactly(retold));
  if (verdict === "incomparable") return null;
  if (verdict === "contradictory") return "number altered";
  return changeOfBound(origin.bound, retold.bound);
}

const exactly = (figure: Figure): Figure => ({ ...figure, bound: "exact", strict: false, to: null });

function changeOfBound(origin: Figure["bound"], retold: Figure["bound"]): ChangeKind | null {
  if (origin === retold) return null;
  if (retold === "exact") return "hedge lost";
  return origin === "exact" ? "hedge added" : "hedge turned";
}

/** "Between 1 and 2 million" holds either end as a bound, and loses its hedge where one end or a value between is told. */
function changeOfRange(origin: Figure, retold: Figure): ChangeKind | null {
  if (origin.bound === "range" && retold.bound === "range") {
    const lower = compareFigures(exactly(origin), exactly(retold)).verdict;
    const upper = compareFigures(exactly(upperOf(origin)), exactly(upperOf(retold))).verdict;
    if (lower === "incomparable" || upper === "incomparable") return null;
    return lower === "contradictory" || upper === "contradictory" ? "number altered" : null;
  }
  const [range, single] = origin.bound === "range" ? [origin, retold] : [retold, origin];
  const within = compareFigures(range, exactly(single)).verdict;
  if (within === "incomparable") return null;
  if (within === "contradictory") return "number altered";
  if (single.bound === "exact") return origin === range ? "hedge lost" : "hedge added";
  if (single.bound === "about") return null;
  const end = single.bound === "at most" ? upperOf(range) : range;
  const keeps = compareFigures(exactly(end), exactly(single)).verdict !== "contradictory";
  return keeps ? null : "hedge turned";
}

const upperOf = (figure: Figure): Figure => ({ ...figure, value: figure.to ?? figure.value });
