import { addMove, lands, type MoveList, reachBySeed, reachHolding } from "./account-moves.ts";
import { takeAhead } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";
import { highOf, lowOf, type WideColumn, wideBase, wideHighMax, wideToBigint } from "./account-wide.ts";
import { addWide, bookWide, type WideBook } from "./account-wide-book.ts";
import {
  addWideClean,
  appendWideLots,
  dropWideLots,
  newWideLot,
  stackWideLots,
  takeWideLots,
  type WideQueues,
} from "./account-wide-queues.ts";

/** One sweep by fifo or lifo, in wide numbers. */
export interface WideLotSweep {
  readonly isLifo: boolean;
  readonly moves: MoveList;
  /** In the order taken. */
  readonly amount: WideColumn;
  readonly book: WideBook;
  /** [8h], [8h + 1] balance, [8h + 2], [8h + 3] what of it is traced. Only where that is not 0 has a holding lots. */
  readonly wide: Float64Array;
  readonly queues: WideQueues;
}

/** False where a balance falls below 0 or passes 2^102: nothing that was found counts. @throws AccountLotsError */
export function sweepWideLots(sweep: WideLotSweep, { seeds, transfers }: SeedPlan): boolean {
  const { wide, moves } = sweep;
  const { order } = moves;
  for (const holding of new Set(seeds.map((seed) => seed.holding))) {
    if (holding < 0) continue;
    const opening = wideToBigint(wide[8 * holding]!, wide[8 * holding + 1]!);
    const own = seeds.filter((seed) => seed.holding === holding);
    if (opening > 0n) arriveSeeded(sweep, own, holding, opening, 0, 0, 0, false);
  }
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer)) return false;
    position = transfer + 1;
    const v = wideToBigint(sweep.amount.high[transfer]!, sweep.amount.low[transfer]!);
    if (order.to[transfer]! < 0 || v === 0n) {
      if (!run(sweep, transfer, position)) return false;
    } else if (!transferSeeded(sweep, here, transfer, v)) return false;
  }
  return run(sweep, position, order.takenCount);
}

function run(sweep: WideLotSweep, from: number, to: number): boolean {
  return takeAhead(sweep.moves.order, sweep.wide, 3, from, to, (start, end) => runPiece(sweep, start, end));
}

/** Takes transfers from `from` to `to - 1`. */
function runPiece(sweep: WideLotSweep, from: number, to: number): boolean {
  const { wide, moves, queues, isLifo } = sweep;
  const amountHigh = sweep.amount.high;
  const amountLow = sweep.amount.low;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  for (let x = from; x < to; x++) {
    const vHigh = amountHigh[x]!;
    const vLow = amountLow[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let first = 0;
    if (f >= 0) {
      const at = f << 3;
      if (!lower(wide, at, vHigh, vLow)) return false;
      if (wide[at | 2] !== 0 || wide[at | 3] !== 0) first = take(sweep, x, f, t, vHigh, vLow);
    }
    if (t < 0) continue;
    const at = t << 3;
    const beforeHigh = wide[at]!;
    const beforeLow = wide[at | 1]!;
    addWide(wide, at, vHigh, vLow);
    if (wide[at]! > wideHighMax) return false;
    if (first !== 0) hang(sweep, t, first, beforeHigh, beforeLow, true);
    else if ((wide[at | 2] !== 0 || wide[at | 3] !== 0) && (vHigh !== 0 || vLow !== 0)) {
      addWideClean(queues, t, vHigh, vLow, isLifo);
    }
  }
  return true;
}

/** Takes from a balance; false where it would fall below 0. */
function lower(wide: Float64Array, at: number, vHigh: number, vLow: number): boolean {
  const low = wide[at + 1]! - vLow;
  const high = wide[at]! - vHigh - (low < 0 ? 1 : 0);
  wide[at] = high;
  wide[at + 1] = low < 0 ? low + wideBase : low;
  return high >= 0;
}

function cleanList(queues: WideQueues, high: number, low: number): number {
  const lot = newWideLot(queues, high, low, 0);
  queues.last = lot;
  queues.traced[0] = 0;
  queues.traced[1] = 0;
  return lot;
}

/** The list that goes on with something traced in it; 0 where clean units go on. */
function take(sweep: WideLotSweep, x: number, f: number, t: number, vHigh: number, vLow: number): number {
  const { wide, queues, moves, book } = sweep;
  takeWideLots(queues, f, vHigh, vLow, book.row);
  const { first, last, traced } = queues;
  if (traced[0] === 0 && traced[1] === 0) {
    dropWideLots(queues, first, last);
    return 0;
  }
  const at = (f << 3) | 2;
  lower(wide, at, traced[0]!, traced[1]!);
  if (wide[at] === 0 && wide[at + 1] === 0) dropRest(queues, f);
  const outcome = addMove(moves, x, f, t);
  bookWide(book, moves, outcome, f, t);
  if (outcome === lands) return first;
  dropWideLots(queues, first, last);
  return 0;
}

/** Of a list without anything traced there is one lot, or none. */
function dropRest(queues: WideQueues, f: number): void {
  const lot = queues.index[16 * f + 10]!;
  dropWideLots(queues, lot, lot);
  queues.index[16 * f + 10] = 0;
}

/** Hangs the list from `first` to `queues.last` into t, behind the clean units that t had where it had no lots. */
function hang(sweep: WideLotSweep, t: number, first: number, beforeHigh: number, beforeLow: number, isMove: boolean) {
  const { wide, queues, moves } = sweep;
  const { last, traced } = queues;
  const at = (t << 3) | 2;
  const wasTraced = wide[at] !== 0 || wide[at + 1] !== 0;
  if (!wasTraced) {
    queues.index[16 * t + 10] = 0;
    if (beforeHigh !== 0 || beforeLow !== 0) {
      const lot = newWideLot(queues, beforeHigh, beforeLow, 0);
      queues.index[16 * t + 10] = lot;
      queues.index[16 * t + 11] = lot;
    }
  }
  if (sweep.isLifo) stackWideLots(queues, t, first);
  else appendWideLots(queues, t, first, last);
  addWide(wide, at, traced[0]!, traced[1]!);
  if (isMove) reachHolding(moves, t, wasTraced);
}

/** A transfer at which something is labelled. */
function transferSeeded(sweep: WideLotSweep, seeds: readonly SweepSeed[], x: number, v: bigint): boolean {
  const { wide, queues, moves } = sweep;
  const f = moves.order.from[x]!;
  const t = moves.order.to[x]!;
  const vHigh = highOf(v);
  const vLow = lowOf(v);
  let first = 0;
  if (f >= 0) {
    if (!lower(wide, 8 * f, vHigh, vLow)) return false;
    if (wide[8 * f + 2] !== 0 || wide[8 * f + 3] !== 0) first = take(sweep, x, f, t, vHigh, vLow);
  }
  const isMove = first !== 0;
  if (!isMove) first = cleanList(queues, vHigh, vLow);
  arriveSeeded(sweep, seeds, t, v, wide[8 * t]!, wide[8 * t + 1]!, first, isMove);
  addWide(wide, 8 * t, vHigh, vLow);
  return wide[8 * t]! <= wideHighMax;
}

/** Labels what arrives (`first` 0: v clean units) and hangs it into t, which had so many units before. */
function arriveSeeded(
  sweep: WideLotSweep,
  seeds: readonly SweepSeed[],
  t: number,
  v: bigint,
  beforeHigh: number,
  beforeLow: number,
  first: number,
  isMove: boolean,
): void {
  const { queues, book, moves, wide } = sweep;
  let lots = first === 0 ? [{ units: v, label: 0 }] : listed(queues, first);
  let isSeeded = false;
  for (const seed of seeds) {
    const wanted = seed.left === null || seed.left > v ? v : seed.left;
    if (wanted === 0n) continue;
    if (seed.holding >= 0 && seed.left !== null) seed.left -= wanted;
    lots = labelled(lots, wanted, seed.label + 1, moves.order.isForward, book.seeded);
    isSeeded = true;
  }
  if (first !== 0) dropWideLots(queues, first, queues.last);
  const head = listOf(queues, lots);
  const isTraced = queues.traced[0] !== 0 || queues.traced[1] !== 0;
  if (isTraced || wide[8 * t + 2] !== 0 || wide[8 * t + 3] !== 0) hang(sweep, t, head, beforeHigh, beforeLow, isMove);
  else dropWideLots(queues, head, queues.last);
  if (isSeeded) reachBySeed(moves, t);
}

interface ListedLot {
  units: bigint;
  label: number;
}

function listed(queues: WideQueues, first: number): ListedLot[] {
  const lots: ListedLot[] = [];
  for (let lot = first; lot !== 0; lot = queues.meta[8 * lot + 4]!) {
    const units = wideToBigint(queues.length[4 * lot]!, queues.length[4 * lot + 1]!);
    lots.push({ units, label: queues.meta[8 * lot + 5]! });
  }
  return lots;
}

/** A list up to `queues.last`, with neighbours of one label in one lot, as lists always have them. */
function listOf(queues: WideQueues, lots: readonly ListedLot[]): number {
  let head = 0;
  let tail = 0;
  queues.traced[0] = 0;
  queues.traced[1] = 0;
  for (const { units, label } of lots) {
    const high = highOf(units);
    const low = lowOf(units);
    if (label !== 0) addWide(queues.traced, 0, high, low);
    if (tail !== 0 && queues.meta[8 * tail + 5] === label) {
      addWide(queues.length, 4 * tail, high, low);
      continue;
    }
    const lot = newWideLot(queues, high, low, label);
    if (tail === 0) head = lot;
    else queues.meta[8 * tail + 4] = lot;
    tail = lot;
  }
  queues.last = tail;
  return head;
}

/** Labels the clean ones of the first units; backward of the last, which are the first of the ledger as it is. */
function labelled(lots: ListedLot[], wanted: bigint, label: number, isForward: boolean, seeded: Float64Array) {
  const inOrder = isForward ? lots : [...lots].reverse();
  const after: ListedLot[] = [];
  let left = wanted;
  for (const lot of inOrder) {
    const covered = lot.units < left ? lot.units : left;
    left -= covered;
    if (covered > 0n) after.push({ units: covered, label: lot.label === 0 ? label : lot.label });
    if (covered > 0n && lot.label === 0) addWide(seeded, 2 * label - 2, highOf(covered), lowOf(covered));
    if (covered < lot.units) after.push({ units: lot.units - covered, label: lot.label });
  }
  return isForward ? after : after.reverse();
}
