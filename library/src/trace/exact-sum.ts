/** A sum of whole numbers below 2^53 that may itself pass 2^53: a double as long as it fits, a bigint for the rest. */
export interface ExactSum {
  small: number;
  big: bigint;
}

export function exactSum(): ExactSum {
  return { small: 0, big: 0n };
}

export function addTo(sum: ExactSum, amount: number): void {
  // Rounding is monotone: what is below 2^53 here was exact.
  const small = sum.small + amount;
  if (small <= Number.MAX_SAFE_INTEGER) sum.small = small;
  else {
    sum.big += BigInt(sum.small);
    sum.small = amount;
  }
}

export function totalOf(sum: ExactSum): bigint {
  return sum.big + BigInt(sum.small);
}
