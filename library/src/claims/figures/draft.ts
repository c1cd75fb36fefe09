import type { Bound, FigureKind } from "./figure.ts";
import type { Ratio } from "./ratio.ts";

/** A figure while it is read: still among tokens, its value exact. */
export interface Draft {
  readonly kind: FigureKind;
  readonly value: Ratio;
  readonly to: Ratio | null;
  readonly step: Ratio;
  /** The power of ten of its scale words, which a range shares: "10 to 15 million". */
  readonly power: number;
  readonly unit: string | null;
  readonly assumed: boolean;
  readonly first: number;
  readonly next: number;
  /** For dates, what is printed instead of the numbers. */
  readonly date: { readonly from: string | null; readonly to: string | null } | null;
  readonly bound: Bound;
}

/** What words around it say of a figure's value; tokens from `first` to before `next`. */
export interface Hedge {
  readonly bound: Bound;
  readonly strict: boolean;
  readonly first: number;
  readonly next: number;
}
