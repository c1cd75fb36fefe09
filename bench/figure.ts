/** One measured figure. A ratio has the unit `x`; where `value` is null, `skipped` says why it was not measured. */
export interface Figure {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** The bar to meet: a least value where higher is better, a greatest where lower is. Null where there is none. */
  readonly floor: number | null;
  /** What it was measured against, in the same run. */
  readonly against: string | null;
  readonly skipped: string | null;
}

/** Each module exports `names`, what it can measure, and `figures`, which measures; progress goes to stderr. */
export type MeasureFigures = () => Promise<Figure[]>;

/** A figure that could not be measured here, and why. */
export function skippedFigure(figure: Omit<Figure, "value" | "skipped">, reason: string): Figure {
  return { ...figure, value: null, skipped: reason };
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("median of nothing");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
