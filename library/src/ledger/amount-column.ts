/** Amounts as ClickHouse's UInt256: four 64-bit words, the least significant first. */

export const amountMax = (1n << 256n) - 1n;

/** Whether a balance that was worked back is one that an account can have. */
export const isBalance = (amount: bigint): boolean => amount <= amountMax && amount >= -amountMax;
export const amountSize = 32;

const wordMax = (1n << 64n) - 1n;

export function writeAmount(words: BigUint64Array, row: number, amount: bigint): void {
  const at = 4 * row;
  if (amount <= wordMax) {
    words[at] = amount;
    words[at + 1] = 0n;
    words[at + 2] = 0n;
    words[at + 3] = 0n;
    return;
  }
  // A typed array takes the low 64 bits of what it is given.
  words[at] = amount;
  words[at + 1] = amount >> 64n;
  words[at + 2] = amount >> 128n;
  words[at + 3] = amount >> 192n;
}

export function readAmount(words: BigUint64Array, row: number): bigint {
  const at = 4 * row;
  let amount = words[at]!;
  for (let word = 1; word < 4; word++) {
    const value = words[at + word]!;
    if (value !== 0n) amount |= value << BigInt(64 * word);
  }
  return amount;
}

/** The words of a column that came out of the store, which need not be aligned there. */
export function amountWords(bytes: Uint8Array): BigUint64Array {
  return new BigUint64Array(new Uint8Array(bytes).buffer);
}
