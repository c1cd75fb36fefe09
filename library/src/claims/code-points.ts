import type { Span } from "./span.ts";

/**
 * Where a text's code points stand in its UTF-16 units, and back. Libraries and regular expressions count units; what
 * is kept counts code points, so that a program in any language finds the same words.
 */
export interface CodePoints {
  /** The text's length in code points. */
  readonly length: number;
  /** The code point that the UTF-16 unit at `unit` belongs to; the text's length for its end. */
  pointAt(unit: number): number;
  /** The first UTF-16 unit of a code point; the text's length in units for its end. */
  unitAt(point: number): number;
  /** The span of a stretch of UTF-16 units. */
  span(fromUnit: number, toUnit: number): Span;
  /** The text of a span. */
  slice(span: Span): string;
}

/**
 * @throws RangeError where an offset lies outside of the text
 */
export function codePoints(text: string): CodePoints {
  // The units of the second halves of pairs, in order: between two of them, points and units run in step.
  const pairs = surrogatePairs(text);
  const length = text.length - pairs.length;
  const pointAt = (unit: number) => {
    refuseOutside(unit, text.length);
    return unit - countUpTo(pairs, unit);
  };
  const unitAt = (point: number) => {
    refuseOutside(point, length);
    // The k-th second half stands at unit u after u - k points; all those with u - k <= point come before it.
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] as number) - middle <= point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  };
  return {
    length,
    pointAt,
    unitAt,
    span: (fromUnit, toUnit) => ({ start: pointAt(fromUnit), end: pointAt(toUnit) }),
    slice: ({ start, end }) => text.slice(unitAt(start), unitAt(end)),
  };
}

function surrogatePairs(text: string): number[] {
  const units: number[] = [];
  for (const match of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) units.push(match.index + 1);
  return units;
}

/** How many of `units`, which rise, are at most `unit`. */
function countUpTo(units: readonly number[], unit: number): number {
  let low = 0;
  let high = units.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle] as number) <= unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function refuseOutside(offset: number, length: number): void {
  if (!Number.isInteger(offset) || offset < 0 || offset > length) {
    throw new RangeError(`the offset ${offset} is outside of the text (0 to ${length})`);
  }
}
