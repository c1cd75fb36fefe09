/** How a quotient that is not whole becomes whole. */
export type Rounding = "floor" | "ceiling";

/**
 * `a * b / c`, exact before the one rounding that the caller names. For `a`, `b` ≥ 0 and `c` > 0.
 * @throws RangeError where a sign is wrong or `c` is zero: a bug of the caller
 */
export function mulDiv(a: bigint, b: bigint, c: bigint, rounding: Rounding): bigint {
  if (a < 0n || b < 0n || c <= 0n) throw new RangeError(`mulDiv(${a}, ${b}, ${c}): needs a, b >= 0 and c > 0`);
  const product = a * b;
  return rounding === "floor" ? product / c : (product + c - 1n) / c;
}
