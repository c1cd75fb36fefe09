/** Where a number stands in an ascending run of an array, from `from` to before `to`; -1 where it does not. */
export function placeIn(sorted: Float64Array, value: number, from = 0, to: number = sorted.length): number {
  let low = from;
  let high = to - 1;
  while (low <= high) {
    // Not by shifting: an array may be longer than 2^31.
    const middle = Math.floor((low + high) / 2);
    const there = sorted[middle]!;
    if (there === value) return middle;
    if (there < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
