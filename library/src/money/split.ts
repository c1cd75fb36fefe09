/**
 * The conserved split: divides `total` in proportion to `weights` into whole parts that always add up to `total`.
 * Part j is floor(total * (w_0 + … + w_j) / W) less the same for j - 1, with W the sum of the weights, so no part
 * differs from its exact share by one unit or more, and where total ≤ W no part exceeds its weight.
 *
 * @param total whole units, ≥ 0
 * @param weights ≥ 0, in order; where all are zero `total` must be zero
 * @throws RangeError where a sign is wrong, or there is something to split and nobody to take it: a bug of the caller
 */
export function split(total: bigint, weights: readonly bigint[]): bigint[] {
  let whole = 0n;
  for (const weight of weights) {
    if (weight < 0n) throw new RangeError(`split: negative weight ${weight}`);
    whole += weight;
  }
  if (total < 0n || (whole === 0n && total !== 0n)) throw new RangeError(`split: cannot split ${total} over ${whole}`);
  if (whole === 0n) return weights.map(() => 0n);
  let cumulative = 0n;
  let given = 0n;
  return weights.map((weight) => {
    cumulative += weight;
    const upTo = (total * cumulative) / whole;
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
