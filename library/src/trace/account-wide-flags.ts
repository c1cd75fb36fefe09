import { addMove, lands, type MoveList, reachBySeed, reachHolding } from "./account-moves.ts";
import { takeAhead } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";
import { highOf, lowOf, type WideColumn, wideBase, wideHighMax, wideToBigint } from "./account-wide.ts";
import { addWide, bookWide, isExact, type WideBook } from "./account-wide-book.ts";

/** One sweep by poison, in wide numbers. */
export interface WideFlagSweep {
  readonly moves: MoveList;
  /** In the order taken. */
  readonly amount: WideColumn;
  readonly book: WideBook;
  /** Of the holdings' records: [8h] and [8h + 1] balance, [8h + 2] a bit for each label that flags it. */
  readonly wide: Float64Array;
}

/** False where a balance falls below 0 or a sum passes 2^102: nothing that was found counts then. */
export function sweepWideFlags(sweep: WideFlagSweep, { seeds, transfers }: SeedPlan): boolean {
  const { wide, amount } = sweep;
  for (const seed of seeds) {
    const at = 8 * seed.holding;
    if (at >= 0) flag(sweep, seed, seed.holding, wideToBigint(wide[at]!, wide[at + 1]!));
  }
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer + 1)) return false;
    position = transfer + 1;
    const t = sweep.moves.order.to[transfer]!;
    const v = wideToBigint(amount.high[transfer]!, amount.low[transfer]!);
    if (t >= 0) for (const seed of here) flag(sweep, seed, t, v);
  }
  return run(sweep, position, sweep.moves.order.takenCount) && isExact(sweep.book);
}

function flag({ wide, book, moves }: WideFlagSweep, seed: SweepSeed, t: number, v: bigint): void {
  const wanted = seed.left === null || seed.left > v ? v : seed.left;
  if (wanted === 0n) return;
  if (seed.holding >= 0 && seed.left !== null) seed.left -= wanted;
  addWide(book.seeded, 2 * seed.label, highOf(v), lowOf(v));
  wide[8 * t + 2] = (wide[8 * t + 2]! | (1 << seed.label)) >>> 0;
  reachBySeed(moves, t);
}

function run(sweep: WideFlagSweep, from: number, to: number): boolean {
  return takeAhead(sweep.moves.order, sweep.wide, 3, from, to, (start, end) => runPiece(sweep, start, end));
}

/** Takes transfers from `from` to `to - 1`. */
function runPiece(sweep: WideFlagSweep, from: number, to: number): boolean {
  const { wide, moves } = sweep;
  const amountHigh = sweep.amount.high;
  const amountLow = sweep.amount.low;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  for (let x = from; x < to; x++) {
    const vHigh = amountHigh[x]!;
    const vLow = amountLow[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let flags = 0;
    if (f >= 0) {
      const at = f << 3;
      let high = wide[at]! - vHigh;
      let low = wide[at | 1]! - vLow;
      if (low < 0) {
        low += wideBase;
        high -= 1;
      }
      if (high < 0) return false;
      wide[at] = high;
      wide[at | 1] = low;
      flags = wide[at | 2]!;
      if (flags !== 0 && high === 0 && low === 0) wide[at | 2] = 0;
    }
    if (t >= 0) {
      const at = t << 3;
      let high = wide[at]! + vHigh;
      let low = wide[at | 1]! + vLow;
      if (low >= wideBase) {
        low -= wideBase;
        high += 1;
      }
      if (high > wideHighMax) return false;
      wide[at] = high;
      wide[at | 1] = low;
    }
    if (flags !== 0 && (vHigh !== 0 || vLow !== 0)) carry(sweep, x, f, t, flags);
  }
  return true;
}

function carry({ moves, book, amount, wide }: WideFlagSweep, x: number, f: number, t: number, flags: number): void {
  for (let label = 0; label < book.labelCount; label++) {
    const isFlagged = ((flags >>> label) & 1) !== 0;
    book.row[2 * label] = isFlagged ? amount.high[x]! : 0;
    book.row[2 * label + 1] = isFlagged ? amount.low[x]! : 0;
  }
  const outcome = addMove(moves, x, f, t);
  bookWide(book, moves, outcome, f, t);
  if (outcome !== lands) return;
  const at = (t << 3) | 2;
  const before = wide[at]!;
  wide[at] = (before | flags) >>> 0;
  reachHolding(moves, t, before !== 0);
}
