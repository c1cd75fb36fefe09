/** First and last height of a run of blocks, both held. */
export type HeightRange = readonly [number, number];

/** The highest ranges that are remembered: of more than these the lowest are forgotten, so that a ledger says less. */
export const rangesMax = 1000;

/** Ranges, ascending, with one more: those that touch or overlap are one. */
export function addRange(ranges: readonly HeightRange[], [from, to]: HeightRange): HeightRange[] {
  const joined: HeightRange[] = [];
  let [low, high] = [from, to];
  for (const range of ranges) {
    if (range[1] + 1 < low || range[0] - 1 > high) joined.push(range);
    else [low, high] = [Math.min(low, range[0]), Math.max(high, range[1])];
  }
  joined.push([low, high]);
  return joined.sort((a, b) => a[0] - b[0]).slice(-rangesMax);
}
