import type { AmountColumn } from "./account-columns.ts";

/**
 * Whole numbers past 2^53 (wei) in two doubles: high * 2^50 + low with 0 ≤ low < 2^50 and |high| < 2^52, so that sums
 * and differences of two are exact before they are carried. Kernels write carries out in their loops.
 *
 * Measured on the ledger of the benchmark: with bigints in arrays a sweep took five times as long, nearly all of it for
 * making them and clearing them away. Only quotients that doubles cannot prove are taken in bigints, which live for a
 * moment (wide-share.ts).
 */
export const wideBase = 2 ** 50;
export const wideHighMax = 2 ** 52 - 1;

export interface WideColumn {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

export const highOf = (amount: bigint): number => Number(amount >> 50n);
export const lowOf = (amount: bigint): number => Number(amount & 0x3_ffff_ffff_ffffn);
export const wideToBigint = (high: number, low: number): bigint => (BigInt(high) << 50n) + BigInt(low);

const columns = new WeakMap<AmountColumn, WideColumn | "none">();

/** The column in two; null where an amount is past 2^102. Kept as long as the column is. */
export function widen(column: AmountColumn): WideColumn | null {
  let known = columns.get(column);
  if (known === undefined) {
    known = (column instanceof Float64Array ? widenDoubles(column) : widenBigints(column)) ?? "none";
    columns.set(column, known);
  }
  return known === "none" ? null : known;
}

function widenDoubles(column: Float64Array): WideColumn {
  const high = column.map((amount) => Math.floor(amount / wideBase));
  const low = column.map((amount, x) => amount - high[x]! * wideBase);
  return { high, low };
}

const wordMax = 2n ** 64n - 1n;

/** Through a buffer that takes 64 bits at a time, which makes fewer bigints than shifts and masks. */
function widenBigints(column: readonly bigint[]): WideColumn | null {
  const words = new BigUint64Array(2);
  const halves = new Uint32Array(words.buffer);
  const high = new Float64Array(column.length);
  const low = new Float64Array(column.length);
  for (let x = 0; x < column.length; x++) {
    const amount = column[x]!;
    const upper = amount >> 64n;
    words[0] = amount;
    words[1] = upper;
    if (halves[3]! >= 2 ** 6 || upper > wordMax) return null;
    high[x] = halves[3]! * 2 ** 46 + halves[2]! * 2 ** 14 + (halves[1]! >>> 18);
    low[x] = (halves[1]! & 0x3_ffff) * 2 ** 32 + halves[0]!;
  }
  return { high, low };
}
