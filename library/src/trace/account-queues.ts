import { AccountLotsError } from "../errors/trace.ts";
import type { HoldingRecords } from "./account-records.ts";

/**
 * Lots of all holdings in one growing arena, as linked lists: 16 bytes a lot, so that a random lot is one read. Lot 0
 * is none. Neighbours of one label are always one lot, so a list without anything traced is at most one lot long.
 */
export interface Queues {
  /** [2i] units of lot i. */
  length: Float64Array;
  /** [4i + 2] the next lot (lifo: the one below), [4i + 3] its label + 1, or 0 where it is clean. */
  meta: Int32Array;
  /** The first lot that was never used, and the head of the list of those given back. */
  top: number;
  free: number;
  /** Of the holdings' records: [8h + 6] the first lot of holding h (lifo: the top), [8h + 7] the last (fifo only). */
  readonly index: Int32Array;
  /** What {@link takeLots} took: a list from `first` to `last`, and how much of it is traced. */
  first: number;
  last: number;
  traced: number;
}

const lotsAtFirst = 1 << 14;
/** 4 GiB of lots: more than any machine that holds such a ledger's transfers can use besides. */
const lotsMax = 1 << 28;

export function openQueues({ index }: HoldingRecords): Queues {
  const queues = { index, top: 1, free: 0, first: 0, last: 0, traced: 0 };
  return { ...queues, ...arenaOf(new ArrayBuffer(16 * lotsAtFirst)) };
}

const arenaOf = (buffer: ArrayBuffer) => ({ length: new Float64Array(buffer), meta: new Int32Array(buffer) });

/** A lot by itself. Arrays that were read before may have been replaced. */
export function newLot(queues: Queues, units: number, label: number): number {
  let lot = queues.free;
  if (lot !== 0) queues.free = queues.meta[4 * lot + 2]!;
  else {
    lot = queues.top++;
    if (2 * lot >= queues.length.length) growArena(queues);
  }
  queues.length[2 * lot] = units;
  queues.meta[4 * lot + 2] = 0;
  queues.meta[4 * lot + 3] = label;
  return lot;
}

/** @throws AccountLotsError */
function growArena(queues: Queues): void {
  if (queues.length.length >= 2 * lotsMax) throw new AccountLotsError({ lotsMax });
  const { length, meta } = arenaOf(new ArrayBuffer(2 * queues.length.byteLength));
  length.set(queues.length);
  queues.length = length;
  queues.meta = meta;
}

/** Gives back a list. */
export function dropLots(queues: Queues, first: number, last: number): void {
  if (first === 0) return;
  queues.meta[4 * last + 2] = queues.free;
  queues.free = first;
}

/**
 * Takes `units` from the front of a holding's list, which has as many, into `first` to `last`. Lots keep their order.
 * `row`, where it is given, gets what each label has of them.
 */
export function takeLots(queues: Queues, holding: number, units: number, row: Float64Array): void {
  const { index } = queues;
  const head = index[8 * holding + 6]!;
  let { length, meta } = queues;
  let left = units;
  let lot = head;
  let last = 0;
  let traced = 0;
  for (let l = 0; l < row.length; l++) row[l] = 0;
  while (left > 0) {
    const own = length[2 * lot]!;
    const label = meta[4 * lot + 3]!;
    if (own > left) {
      const piece = newLot(queues, left, label);
      ({ length, meta } = queues);
      length[2 * lot] = own - left;
      if (last === 0) queues.first = piece;
      else meta[4 * last + 2] = piece;
      meta[4 * piece + 2] = 0;
      if (label !== 0) {
        traced += left;
        row[label - 1]! += left;
      }
      index[8 * holding + 6] = lot;
      queues.last = piece;
      if (last !== 0) queues.first = head;
      queues.traced = traced;
      return;
    }
    left -= own;
    if (label !== 0) {
      traced += own;
      row[label - 1]! += own;
    }
    last = lot;
    lot = meta[4 * lot + 2]!;
  }
  queues.first = last === 0 ? 0 : head;
  queues.last = last;
  queues.traced = traced;
  if (last === 0) return;
  meta[4 * last + 2] = 0;
  index[8 * holding + 6] = lot;
}

/** Adds clean units behind (lifo: above) the lots that a holding has. */
export function addClean(queues: Queues, holding: number, units: number, isLifo: boolean): void {
  const at = 8 * holding + (isLifo ? 6 : 7);
  const end = queues.index[at]!;
  if (queues.meta[4 * end + 3] === 0) {
    queues.length[2 * end]! += units;
    return;
  }
  const lot = newLot(queues, units, 0);
  queues.meta[4 * (isLifo ? lot : end) + 2] = isLifo ? end : lot;
  queues.index[at] = lot;
}

/** Appends the list from `first` to `last` (fifo). */
export function appendLots(queues: Queues, holding: number, first: number, last: number): void {
  const { index, meta, length } = queues;
  const head = index[8 * holding + 6]!;
  const tail = index[8 * holding + 7]!;
  if (head === 0) {
    index[8 * holding + 6] = first;
    index[8 * holding + 7] = last;
    return;
  }
  if (meta[4 * tail + 3] !== meta[4 * first + 3]) {
    meta[4 * tail + 2] = first;
    index[8 * holding + 7] = last;
    return;
  }
  length[2 * tail]! += length[2 * first]!;
  const next = meta[4 * first + 2]!;
  meta[4 * tail + 2] = next;
  if (first !== last) index[8 * holding + 7] = last;
  dropLots(queues, first, first);
}

/** Puts the lots from `first` to `last` on top of one another in their order: the last is the highest (lifo). */
export function stackLots(queues: Queues, holding: number, first: number): void {
  const { index, meta, length } = queues;
  let top = index[8 * holding + 6]!;
  let lot = first;
  if (top !== 0 && meta[4 * top + 3] === meta[4 * lot + 3]) {
    length[2 * top]! += length[2 * lot]!;
    const next = meta[4 * lot + 2]!;
    dropLots(queues, lot, lot);
    lot = next;
  }
  while (lot !== 0) {
    const next = meta[4 * lot + 2]!;
    meta[4 * lot + 2] = top;
    top = lot;
    lot = next;
  }
  index[8 * holding + 6] = top;
}
