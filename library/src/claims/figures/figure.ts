import type { Span } from "../span.ts";

export type FigureKind = "money" | "count" | "date" | "duration" | "percentage";

/** How the text limits a value: "up to" is at most, "more than" is at least (and strict), "some" is about. */
export type Bound = "exact" | "at most" | "at least" | "about" | "range";

/** Words that say what a figure covers: "in total", "each", "so far", "in 17 countries". */
export interface Scope {
  readonly kind: "total" | "each" | "to date" | "in";
  readonly span: Span;
  readonly text: string;
}

/** A value that a text states, and the words it rests on. */
export interface Figure {
  readonly kind: FigureKind;
  /**
   * A plain decimal string; for dates ISO 8601 with its precision ("2016", "2016-02", "2016-02-04", "2019-W35"), with X
   * for what is not stated ("XXXX-08"), and null where a relative date has nothing to be resolved against ("last month"
   * without a publication, "the following Friday"). For a range the lower end.
   */
  readonly value: string | null;
  /** The upper end of a range, else null. */
  readonly to: string | null;
  /**
   * ISO 4217 code or ticker; the noun counted, in the singular, or null where the text leaves it out; the unit of time;
   * "%"; for dates the precision ("day", "week", "month", "quarter", "year", "decade").
   */
  readonly unit: string | null;
  /**
   * True where the likely one of several was taken: USD for a bare "$", the nearest year for "Aug. 27", the second half
   * of the year for "late 2016".
   */
  readonly assumed: boolean;
  readonly bound: Bound;
  /** True where the bound itself is excluded: "more than", "under". */
  readonly strict: boolean;
  /** The last place that the text states: a million in "81 million", null for dates. */
  readonly step: string | null;
  /** The value and its unit, without the words that bound it. */
  readonly span: Span;
  readonly text: string;
  /** The words that bound it: "up to", "between"; null where there are none. */
  readonly hedge: Span | null;
  readonly scope: readonly Scope[];
}
