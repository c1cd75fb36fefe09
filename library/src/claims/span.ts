/**
 * A stretch of a document's kept text: offsets in Unicode code points from the start of the text, end exclusive.
 * Everything that is found in a document names the span it rests on.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** How many code points lie between two spans; 0 where they touch or overlap. */
export function distance(a: Span, b: Span): number {
  return Math.max(0, a.start - b.end, b.start - a.end);
}
