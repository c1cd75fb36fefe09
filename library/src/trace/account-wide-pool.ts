import { addMove, lands, type MoveList, reachBySeed, reachHolding } from "./account-moves.ts";
import type { PooledRule } from "./account-pool.ts";
import { takeAhead } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";
import { highOf, lowOf, type WideColumn, wideBase, wideHighMax, wideToBigint } from "./account-wide.ts";
import { addWide, bigintsOf, bookWide, type WideBook } from "./account-wide-book.ts";
import { wideShare } from "./wide-share.ts";

/** What `wideShare` writes to. */
const shared = new Float64Array(2);

/** One sweep by haircut, dirty-first or clean-first, in wide numbers. */
export interface WidePoolSweep {
  readonly rule: PooledRule;
  readonly moves: MoveList;
  /** In the order taken. */
  readonly amount: WideColumn;
  readonly book: WideBook;
  /** Of the holdings' records: [8h], [8h + 1] balance; [8h + 2], [8h + 3] what of it is traced, over all labels. */
  readonly wide: Float64Array;
  /** [h * 2 * labels] by label; null for one label. */
  readonly byLabel: Float64Array | null;
  /** What the transfer at hand moves. */
  movedHigh: number;
  movedLow: number;
}

/** False where a balance falls below 0 or passes 2^102: nothing that was found counts then. */
export function sweepWidePool(sweep: WidePoolSweep, { seeds, transfers }: SeedPlan): boolean {
  const { order } = sweep.moves;
  for (const seed of seeds) {
    const { holding } = seed;
    if (holding >= 0) label(sweep, seed, holding, balanceOf(sweep, holding), tracedOf(sweep, holding));
  }
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer)) return false;
    position = transfer + 1;
    const t = order.to[transfer]!;
    const before = t < 0 ? 0n : tracedOf(sweep, t);
    const count = sweep.moves.count;
    if (!run(sweep, transfer, position)) return false;
    if (t < 0) continue;
    // What the transfer itself brought; where an account pays itself, what it moved.
    const moved = sweep.moves.count > count ? bigintsOf(sweep.book.row).reduce((a, b) => a + b, 0n) : 0n;
    const gained = tracedOf(sweep, t) - before;
    const others = tracedOf(sweep, t) - (order.from[transfer] === t ? moved + gained : gained);
    const v = wideToBigint(sweep.amount.high[transfer]!, sweep.amount.low[transfer]!);
    for (const seed of here) label(sweep, seed, t, v, tracedOf(sweep, t) - others);
  }
  return run(sweep, position, order.takenCount);
}

const balanceOf = ({ wide }: WidePoolSweep, h: number) => wideToBigint(wide[8 * h]!, wide[8 * h + 1]!);
const tracedOf = ({ wide }: WidePoolSweep, h: number) => wideToBigint(wide[8 * h + 2]!, wide[8 * h + 3]!);

/** Labels the first units of `v` at t, `traced` of which are traced already. */
function label(sweep: WidePoolSweep, seed: SweepSeed, t: number, v: bigint, traced: bigint): void {
  const wanted = seed.left === null || seed.left > v ? v : seed.left;
  if (wanted === 0n) return;
  if (seed.holding >= 0 && seed.left !== null) seed.left -= wanted;
  const fresh = wanted > traced ? wanted - traced : 0n;
  const high = highOf(fresh);
  const low = lowOf(fresh);
  const { book, wide, byLabel } = sweep;
  addWide(book.seeded, 2 * seed.label, high, low);
  addWide(wide, 8 * t + 2, high, low);
  if (byLabel !== null) addWide(byLabel, 2 * (t * book.labelCount + seed.label), high, low);
  reachBySeed(sweep.moves, t);
}

function run(sweep: WidePoolSweep, from: number, to: number): boolean {
  return takeAhead(sweep.moves.order, sweep.wide, 3, from, to, (start, end) => runPiece(sweep, start, end));
}

/** Takes transfers from `from` to `to - 1`. */
function runPiece(sweep: WidePoolSweep, from: number, to: number): boolean {
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
    let isMoved = false;
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
      if (wide[at | 2] !== 0 || wide[at | 3] !== 0) isMoved = takeTraced(sweep, at, vHigh, vLow);
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
    if (isMoved) carry(sweep, x, f, t);
  }
  return true;
}

/** What of v is traced, with its labels in the book's row; false where nothing is. The balance is lowered already. */
function takeTraced(sweep: WidePoolSweep, at: number, vHigh: number, vLow: number): boolean {
  const { wide, book, byLabel, rule } = sweep;
  const restHigh = wide[at]!;
  const restLow = wide[at | 1]!;
  const tracedHigh = wide[at | 2]!;
  const tracedLow = wide[at | 3]!;
  if (restHigh === 0 && restLow === 0) {
    sweep.movedHigh = tracedHigh;
    sweep.movedLow = tracedLow;
  } else if (rule === "haircut") shareOf(sweep, at, vHigh, vLow);
  else if (rule === "dirty-first") {
    const isLess = tracedHigh < vHigh || (tracedHigh === vHigh && tracedLow < vLow);
    sweep.movedHigh = isLess ? tracedHigh : vHigh;
    sweep.movedLow = isLess ? tracedLow : vLow;
  } else {
    const low = tracedLow - restLow;
    const high = tracedHigh - restHigh - (low < 0 ? 1 : 0);
    sweep.movedHigh = high < 0 ? 0 : high;
    sweep.movedLow = high < 0 ? 0 : low < 0 ? low + wideBase : low;
  }
  const { movedHigh, movedLow } = sweep;
  if (movedHigh === 0 && movedLow === 0) return false;
  if (byLabel === null) {
    book.row[0] = movedHigh;
    book.row[1] = movedLow;
  } else splitLabels(byLabel, (at >> 2) * book.labelCount, book.row, sweep, wideToBigint(tracedHigh, tracedLow));
  const low = tracedLow - movedLow;
  wide[at | 2] = tracedHigh - movedHigh - (low < 0 ? 1 : 0);
  wide[at | 3] = low < 0 ? low + wideBase : low;
  return true;
}

/**
 * floor(traced * v / balance). Where all of the balance is traced it is v: where a trail is young that is most of them.
 */
function shareOf(sweep: WidePoolSweep, at: number, vHigh: number, vLow: number): void {
  const { wide } = sweep;
  const tracedHigh = wide[at | 2]!;
  const tracedLow = wide[at | 3]!;
  const low = wide[at | 1]! + vLow;
  const balanceLow = low >= wideBase ? low - wideBase : low;
  const balanceHigh = wide[at]! + vHigh + (low >= wideBase ? 1 : 0);
  if (tracedHigh === balanceHigh && tracedLow === balanceLow) {
    sweep.movedHigh = vHigh;
    sweep.movedLow = vLow;
    return;
  }
  wideShare(shared, tracedHigh, tracedLow, vHigh, vLow, balanceHigh, balanceLow);
  sweep.movedHigh = shared[0]!;
  sweep.movedLow = shared[1]!;
}

/** `split` of money/split.ts: by cumulative floors, so that the parts add up. */
function splitLabels(byLabel: Float64Array, at: number, row: Float64Array, sweep: WidePoolSweep, traced: bigint): void {
  const moved = wideToBigint(sweep.movedHigh, sweep.movedLow);
  let upTo = 0n;
  let given = 0n;
  for (let n = 0; n < row.length; n += 2) {
    const own = wideToBigint(byLabel[at + n]!, byLabel[at + n + 1]!);
    upTo += own;
    const next = (upTo * moved) / traced;
    const part = next - given;
    given = next;
    row[n] = highOf(part);
    row[n + 1] = lowOf(part);
    byLabel[at + n] = highOf(own - part);
    byLabel[at + n + 1] = lowOf(own - part);
  }
}

function carry(sweep: WidePoolSweep, x: number, f: number, t: number): void {
  const { moves, book, byLabel, wide, movedHigh, movedLow } = sweep;
  const outcome = addMove(moves, x, f, t);
  bookWide(book, moves, outcome, f, t);
  if (outcome !== lands) return;
  const at = t << 3;
  const wasTraced = wide[at | 2] !== 0 || wide[at | 3] !== 0;
  addWide(wide, at | 2, movedHigh, movedLow);
  if (byLabel !== null) {
    const first = 2 * t * book.labelCount;
    for (let n = 0; n < book.row.length; n += 2) addWide(byLabel, first + n, book.row[n]!, book.row[n + 1]!);
  }
  reachHolding(moves, t, wasTraced);
}
