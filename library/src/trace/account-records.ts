import type { OrderedAccounts } from "./account-order.ts";

/**
 * What a sweep keeps of each holding, side by side in one buffer, because a random read is what a transfer costs.
 * Measured on the ledger of the benchmark (10 M transfers, 1 M accounts): in three arrays a sweep that touches most
 * holdings took half as long again.
 *
 * In doubles 32 bytes: `amount[4h]` balance, `amount[4h + 1]` what of it is traced (poison: a bit for each label that
 * flags it). In wide numbers 64: `amount[8h]`, `amount[8h + 1]` balance, `amount[8h + 2]`, `amount[8h + 3]` what is
 * traced.
 * Behind them four small integers: hops and transaction of `reachHolding`, first and last lot.
 */
export interface HoldingRecords {
  readonly amount: Float64Array;
  readonly index: Int32Array;
  /** The integers of holding h begin at (h << indexShift) + indexAt; its doubles at h << (indexShift - 1). */
  readonly indexShift: number;
  readonly indexAt: number;
}

export function openRecords(holdingCount: number, isWide: boolean): HoldingRecords {
  const buffer = new ArrayBuffer((isWide ? 64 : 32) * holdingCount);
  const views = { amount: new Float64Array(buffer), index: new Int32Array(buffer) };
  return { ...views, indexShift: isWide ? 4 : 3, indexAt: isWide ? 8 : 4 };
}

/** Transfers taken in one piece: their records, 2 lines of 64 bytes each, fill half of a first-level cache. */
const pieceTransfers = 128;

/**
 * Takes transfers from `from` to `to - 1` in short pieces, because V8 leaves a loop that goes on for seconds in the
 * code that it was entered with, which took ten times as long in every third run.
 *
 * @param take gives false to end it
 */
export function takeInPieces(from: number, to: number, take: (from: number, to: number) => boolean): boolean {
  for (let at = from; at < to; at += pieceTransfers) {
    if (!take(at, Math.min(at + pieceTransfers, to))) return false;
  }
  return true;
}

/**
 * The same, with the records of each piece read beforehand: a loop without anything to wait for has many reads under
 * way at once, and the sweeps' own loops, full of branches, have few. That takes 45 % off a sweep by haircut; the loops
 * that add up openings have few branches, and took two thirds longer with it.
 *
 * @param records with 2^shift doubles a holding
 */
export function takeAhead(
  { from: payer, to: receiver }: OrderedAccounts,
  records: Float64Array,
  shift: number,
  from: number,
  to: number,
  take: (from: number, to: number) => boolean,
): boolean {
  let sum = 0;
  const isTaken = takeInPieces(from, to, (start, end) => {
    sum += readAhead(payer, receiver, records, shift, start, end);
    return take(start, end);
  });
  // Always so; a sum that nobody asks for would not be made.
  return isTaken && Number.isFinite(sum);
}

function readAhead(
  payer: Int32Array,
  receiver: Int32Array,
  records: Float64Array,
  shift: number,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let x = from; x < to; x++) {
    const f = payer[x]!;
    const t = receiver[x]!;
    if (f >= 0) sum += records[f << shift]!;
    if (t >= 0) sum += records[t << shift]!;
  }
  return sum;
}
