import { addMove, lands, type MoveList, reachBySeed, reachHolding } from "./account-moves.ts";
import { takeInPieces } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";
import { bookWei, type WeiBook } from "./account-wei-book.ts";
import {
  addWeiClean,
  appendWeiLots,
  dropWeiLots,
  newWeiLot,
  stackWeiLots,
  takeWei,
  type WeiQueues,
} from "./account-wei-queues.ts";

/** One sweep by fifo or lifo, in bigints. */
export interface WeiLotSweep {
  readonly isLifo: boolean;
  readonly moves: MoveList;
  /** [transferCount] In the order taken. */
  readonly amount: bigint[];
  readonly book: WeiBook;
  /** [h] Balances, and what of them is traced. */
  readonly balance: bigint[];
  readonly traced: bigint[];
  /** Of the holdings' records: [4h + 1] 1 where something is traced; only there has a holding lots. */
  readonly held: Float64Array;
  readonly queues: WeiQueues;
}

/** False where a balance falls below 0: nothing that was found counts then. @throws AccountLotsError */
export function sweepWeiLots(sweep: WeiLotSweep, { seeds, transfers }: SeedPlan): boolean {
  const { order } = sweep.moves;
  for (const holding of new Set(seeds.map((seed) => seed.holding))) {
    if (holding < 0 || sweep.balance[holding] === 0n) continue;
    const opening = sweep.balance[holding]!;
    const own = seeds.filter((seed) => seed.holding === holding);
    if (!arriveSeeded(sweep, own, holding, opening, 0n, 0, false)) return false;
  }
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer)) return false;
    position = transfer + 1;
    const v = sweep.amount[transfer]!;
    const t = order.to[transfer]!;
    if (t < 0 || v === 0n) {
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
function run(sweep: WeiLotSweep, from: number, to: number): boolean {
  return takeInPieces(sweep.moves.order, sweep.held, 2, from, to, (start, end) => runPiece(sweep, start, end));
}

function runPiece(sweep: WeiLotSweep, from: number, to: number): boolean {
  const { amount, balance, held, moves, queues, isLifo } = sweep;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  for (let x = from; x < to; x++) {
    const v = amount[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let first = 0;
    let before = 0n;
    if (f >= 0) {
      const rest = balance[f]! - v;
      if (rest < 0n) return false;
      balance[f] = rest;
      if (held[(f << 2) | 1] !== 0) first = take(sweep, x, f, t, v);
    }
    if (t >= 0) {
      before = balance[t]!;
      balance[t] = before + v;
      if (first !== 0) hang(sweep, t, first, before, true);
      else if (v !== 0n && held[(t << 2) | 1] !== 0) addWeiClean(queues, t, v, isLifo);
    }
  }
  return true;
}

function cleanList(queues: WeiQueues, v: bigint): number {
  const lot = newWeiLot(queues, v, 0);
  queues.last = lot;
  queues.traced = 0n;
  return lot;
}

/** The list that goes on with something traced in it; 0 where clean units go on. */
function take(sweep: WeiLotSweep, x: number, f: number, t: number, v: bigint): number {
  const { held, queues, moves, book } = sweep;
  takeWei(queues, f, v, book.row);
  const { first, last, traced } = queues;
  if (traced === 0n) {
    dropWeiLots(queues, first, last);
    return 0;
  }
  const rest = sweep.traced[f]! - traced;
  sweep.traced[f] = rest;
  if (rest === 0n) {
    held[(f << 2) | 1] = 0;
    dropRest(queues, f);
  }
  const outcome = addMove(moves, x, f, t);
  bookWei(book, outcome, f, t);
  if (outcome === lands) return first;
  dropWeiLots(queues, first, last);
  return 0;
}

/** Of a list without anything traced there is one lot, or none. */
function dropRest(queues: WeiQueues, f: number): void {
  const lot = queues.index[8 * f + 6]!;
  dropWeiLots(queues, lot, lot);
  queues.index[8 * f + 6] = 0;
}

/** Hangs the list from `first` to `queues.last` into t, behind the clean units that t had where it had no lots. */
function hang(sweep: WeiLotSweep, t: number, first: number, before: bigint, isMove: boolean): void {
  const { held, queues, moves } = sweep;
  const { last, traced } = queues;
  const wasTraced = held[(t << 2) | 1] !== 0;
  if (!wasTraced) {
    queues.index[8 * t + 6] = 0;
    if (before > 0n) {
      const lot = newWeiLot(queues, before, 0);
      queues.index[8 * t + 6] = lot;
      queues.index[8 * t + 7] = lot;
    }
  }
  if (sweep.isLifo) stackWeiLots(queues, t, first);
  else appendWeiLots(queues, t, first, last);
  sweep.traced[t] = sweep.traced[t]! + traced;
  held[(t << 2) | 1] = 1;
  if (isMove) reachHolding(moves, t, wasTraced);
}

/** A transfer at which something is labelled. */
function transferSeeded(
  sweep: WeiLotSweep,
  seeds: readonly SweepSeed[],
  x: number,
  v: bigint,
  f: number,
  t: number,
): boolean {
  const { balance, held, queues } = sweep;
  let first = 0;
  if (f >= 0) {
    balance[f]! -= v;
    if (balance[f]! < 0n) return false;
    if (held[4 * f + 1] !== 0) first = take(sweep, x, f, t, v);
  }
  const isMove = first !== 0;
  if (!isMove) first = cleanList(queues, v);
  const before = balance[t]!;
  if (!arriveSeeded(sweep, seeds, t, v, before, first, isMove)) return false;
  balance[t] = before + v;
  return true;
}

/** Labels what arrives (`first` 0: v clean units) and hangs it into t, which had `before` units. */
function arriveSeeded(
  sweep: WeiLotSweep,
  seeds: readonly SweepSeed[],
  t: number,
  v: bigint,
  before: bigint,
  first: number,
  isMove: boolean,
): boolean {
  const { queues, book, moves } = sweep;
  let lots = first === 0 ? [{ units: v, label: 0 }] : listed(queues, first);
  let isSeeded = false;
  for (const seed of seeds) {
    const wanted = seed.left === null || seed.left > v ? v : seed.left;
    if (wanted === 0n) continue;
    if (seed.holding >= 0 && seed.left !== null) seed.left -= wanted;
    lots = labelled(lots, wanted, seed.label + 1, moves.order.isForward, book.seeded);
    isSeeded = true;
  }
  if (first !== 0) dropWeiLots(queues, first, queues.last);
  let head = 0;
  let tail = 0;
  let traced = 0n;
  for (const { units, label } of lots) {
    if (label !== 0) traced += units;
    if (tail !== 0 && queues.meta[2 * tail + 1] === label) {
      queues.length[tail]! += units;
      continue;
    }
    const lot = newWeiLot(queues, units, label);
    if (tail === 0) head = lot;
    else queues.meta[2 * tail] = lot;
    tail = lot;
  }
  queues.last = tail;
  queues.traced = traced;
  if (traced === 0n && sweep.held[4 * t + 1] === 0) dropWeiLots(queues, head, tail);
  else hang(sweep, t, head, before, isMove);
  if (isSeeded) reachBySeed(moves, t);
  return true;
}

interface ListedLot {
  units: bigint;
  label: number;
}

function listed(queues: WeiQueues, first: number): ListedLot[] {
  const lots: ListedLot[] = [];
  for (let lot = first; lot !== 0; lot = queues.meta[2 * lot]!) {
    lots.push({ units: queues.length[lot]!, label: queues.meta[2 * lot + 1]! });
  }
  return lots;
}

/** Labels the clean ones of the first units; backward of the last, which are the first of the ledger as it is. */
function labelled(lots: ListedLot[], wanted: bigint, label: number, isForward: boolean, seeded: bigint[]) {
  const inOrder = isForward ? lots : [...lots].reverse();
  const after: ListedLot[] = [];
  let left = wanted;
  for (const lot of inOrder) {
    const covered = lot.units < left ? lot.units : left;
    left -= covered;
    if (covered > 0n) after.push({ units: covered, label: lot.label === 0 ? label : lot.label });
    if (covered > 0n && lot.label === 0) seeded[label - 1]! += covered;
    if (covered < lot.units) after.push({ units: lot.units - covered, label: lot.label });
  }
  return isForward ? after : after.reverse();
}
