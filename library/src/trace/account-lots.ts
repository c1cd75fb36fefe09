import { bookDoubles, type DoubleBook } from "./account-book.ts";
import { addMove, lands, type MoveList, reachBySeed, reachHolding } from "./account-moves.ts";
import { addClean, appendLots, dropLots, newLot, type Queues, stackLots, takeLots } from "./account-queues.ts";
import { takeAhead } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";

const amountMax = Number.MAX_SAFE_INTEGER;

/** One sweep by fifo or lifo, in doubles. */
export interface LotSweep {
  readonly isLifo: boolean;
  readonly moves: MoveList;
  /** [transferCount] In the order taken. */
  readonly amount: Float64Array;
  readonly book: DoubleBook;
  /** Of the holdings' records: [4h] balance, [4h + 1] what is traced of it. Where that is 0 there are no lots. */
  readonly held: Float64Array;
  readonly queues: Queues;
}

/** False where a sum passed 2^53: nothing that was found counts then. @throws AccountLotsError */
export function sweepLots(sweep: LotSweep, { seeds, transfers }: SeedPlan): boolean {
  const { order } = sweep.moves;
  for (const holding of new Set(seeds.map((seed) => seed.holding))) {
    if (holding < 0 || sweep.held[4 * holding] === 0) continue;
    const opening = sweep.held[4 * holding]!;
    const own = seeds.filter((seed) => seed.holding === holding);
    if (!arriveSeeded(sweep, own, holding, opening, 0, 0, false)) return false;
  }
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer)) return false;
    position = transfer + 1;
    const v = sweep.amount[transfer]!;
    const t = order.to[transfer]!;
    if (t < 0 || v === 0) {
      if (!run(sweep, transfer, position)) return false;
      continue;
    }
    if (!transferSeeded(sweep, here, transfer, v, order.from[transfer]!, t)) return false;
  }
  return run(sweep, position, order.takenCount);
}

/**
 * Takes transfers from `from` to `to - 1`. What leaves a holding is a list of lots that is hung where it arrives; a
 * holding whose last traced unit has left keeps its balance and nothing else.
 */
function run(sweep: LotSweep, from: number, to: number): boolean {
  return takeAhead(sweep.moves.order, sweep.held, 2, from, to, (start, end) => runPiece(sweep, start, end));
}

function runPiece(sweep: LotSweep, from: number, to: number): boolean {
  const { amount, held, moves, queues, isLifo } = sweep;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  for (let x = from; x < to; x++) {
    const v = amount[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let first = 0;
    let before = 0;
    if (f >= 0) {
      const at = f << 2;
      const rest = held[at]! - v;
      if (rest < 0) return false;
      held[at] = rest;
      if (held[at | 1] !== 0) first = take(sweep, x, f, t, v);
    }
    if (t >= 0) {
      const at = t << 2;
      before = held[at]!;
      if (before + v > amountMax) return false;
      held[at] = before + v;
      if (first !== 0) hang(sweep, t, first, before, true);
      else if (held[at | 1] !== 0 && v !== 0) addClean(queues, t, v, isLifo);
    }
  }
  return true;
}

function cleanList(queues: Queues, v: number): number {
  const lot = newLot(queues, v, 0);
  queues.last = lot;
  queues.traced = 0;
  return lot;
}

/** The list that goes on with something traced in it; 0 where clean units go on. */
function take(sweep: LotSweep, x: number, f: number, t: number, v: number): number {
  const { held, queues, moves, book } = sweep;
  takeLots(queues, f, v, book.row);
  const { first, last, traced } = queues;
  if (traced === 0) {
    dropLots(queues, first, last);
    return 0;
  }
  const rest = held[4 * f + 1]! - traced;
  held[4 * f + 1] = rest;
  if (rest === 0) dropRest(queues, f);
  const outcome = addMove(moves, x, f, t);
  bookDoubles(book, moves, outcome, f, t);
  if (outcome === lands) return first;
  dropLots(queues, first, last);
  return 0;
}

/** Of a list without anything traced there is one lot, or none. */
function dropRest(queues: Queues, f: number): void {
  const lot = queues.index[8 * f + 6]!;
  dropLots(queues, lot, lot);
  queues.index[8 * f + 6] = 0;
}

/** Hangs the list from `first` to `queues.last` into t, behind the clean units that t had where it had no lots. */
function hang(sweep: LotSweep, t: number, first: number, before: number, isMove: boolean): void {
  const { held, queues, moves } = sweep;
  const { last, traced } = queues;
  const had = held[4 * t + 1]!;
  if (had === 0) {
    queues.index[8 * t + 6] = 0;
    if (before > 0) {
      const lot = newLot(queues, before, 0);
      queues.index[8 * t + 6] = lot;
      queues.index[8 * t + 7] = lot;
    }
  }
  if (sweep.isLifo) stackLots(queues, t, first);
  else appendLots(queues, t, first, last);
  held[4 * t + 1] = had + traced;
  if (isMove) reachHolding(moves, t, had !== 0);
}

/** A transfer at which something is labelled. */
function transferSeeded(
  sweep: LotSweep,
  seeds: readonly SweepSeed[],
  x: number,
  v: number,
  f: number,
  t: number,
): boolean {
  const { held, queues } = sweep;
  let first = 0;
  if (f >= 0) {
    held[4 * f]! -= v;
    if (held[4 * f]! < 0) return false;
    if (held[4 * f + 1] !== 0) first = take(sweep, x, f, t, v);
  }
  const isMove = first !== 0;
  if (!isMove) first = cleanList(queues, v);
  const before = held[4 * t]!;
  if (before + v > amountMax) return false;
  if (!arriveSeeded(sweep, seeds, t, v, before, first, isMove)) return false;
  held[4 * t] = before + v;
  return true;
}

/** Labels what arrives (`first` 0: v clean units) and hangs it into t, which had `before` units. */
function arriveSeeded(
  sweep: LotSweep,
  seeds: readonly SweepSeed[],
  t: number,
  v: number,
  before: number,
  first: number,
  isMove: boolean,
): boolean {
  const { queues, book, moves } = sweep;
  let lots = first === 0 ? [{ units: v, label: 0 }] : listed(queues, first);
  let isSeeded = false;
  for (const seed of seeds) {
    const wanted = seed.left === null || seed.left > BigInt(v) ? v : Number(seed.left);
    if (wanted === 0) continue;
    if (seed.holding >= 0 && seed.left !== null) seed.left -= BigInt(wanted);
    lots = labelled(lots, wanted, seed.label + 1, moves.order.isForward, book.seeded);
    isSeeded = true;
  }
  if (book.seeded.reduce((a, b) => a + b, 0) > amountMax) return false;
  if (first !== 0) dropLots(queues, first, queues.last);
  let head = 0;
  let tail = 0;
  let traced = 0;
  for (const { units, label } of lots) {
    if (label !== 0) traced += units;
    if (tail !== 0 && queues.meta[4 * tail + 3] === label) {
      queues.length[2 * tail]! += units;
      continue;
    }
    const lot = newLot(queues, units, label);
    if (tail === 0) head = lot;
    else queues.meta[4 * tail + 2] = lot;
    tail = lot;
  }
  queues.last = tail;
  queues.traced = traced;
  if (traced === 0 && sweep.held[4 * t + 1] === 0) dropLots(queues, head, tail);
  else hang(sweep, t, head, before, isMove);
  if (isSeeded) reachBySeed(moves, t);
  return true;
}

interface ListedLot {
  units: number;
  label: number;
}

function listed(queues: Queues, first: number): ListedLot[] {
  const lots: ListedLot[] = [];
  for (let lot = first; lot !== 0; lot = queues.meta[4 * lot + 2]!) {
    lots.push({ units: queues.length[2 * lot]!, label: queues.meta[4 * lot + 3]! });
  }
  return lots;
}

/** Labels the clean ones of the first units; backward of the last, which are the first of the ledger as it is. */
function labelled(lots: ListedLot[], wanted: number, label: number, isForward: boolean, seeded: Float64Array) {
  const inOrder = isForward ? lots : [...lots].reverse();
  const after: ListedLot[] = [];
  let left = wanted;
  for (const lot of inOrder) {
    const covered = Math.min(lot.units, left);
    left -= covered;
    if (covered > 0) after.push({ units: covered, label: lot.label === 0 ? label : lot.label });
    if (covered > 0 && lot.label === 0) seeded[label - 1]! += covered;
    if (covered < lot.units) after.push({ units: lot.units - covered, label: lot.label });
  }
  return isForward ? after : after.reverse();
}
