import { AccountLotsError } from "../errors/trace.ts";
import type { HoldingRecords } from "./account-records.ts";
import { wideBase } from "./account-wide.ts";
import { addWide } from "./account-wide-book.ts";

/** The lists of account-queues.ts with units in wide numbers: 32 bytes a lot. Lot 0 is none. */
export interface WideQueues {
  /** [4i] and [4i + 1] units of lot i. */
  length: Float64Array;
  /** [8i + 4] the next lot (lifo: the one below), [8i + 5] its label + 1, or 0 where it is clean. */
  meta: Int32Array;
  /** The first lot that was never used, and the head of the list of those given back. */
  top: number;
  free: number;
  /** Of the holdings' records: [16h + 10] the first lot of holding h (lifo: the top), [16h + 11] the last (fifo). */
  readonly index: Int32Array;
  /** What {@link takeWideLots} took: a list from `first` to `last`, and how much of it is traced. */
  first: number;
  last: number;
  readonly traced: Float64Array;
}

const lotsAtFirst = 1 << 14;
/** 4 GiB of lots. */
const lotsMax = 1 << 27;

export function openWideQueues({ index }: HoldingRecords): WideQueues {
  const queues = { index, top: 1, free: 0, first: 0, last: 0, traced: new Float64Array(2) };
  return { ...queues, ...arenaOf(new ArrayBuffer(32 * lotsAtFirst)) };
}

const arenaOf = (buffer: ArrayBuffer) => ({ length: new Float64Array(buffer), meta: new Int32Array(buffer) });

/** A lot by itself. Arrays that were read before may have been replaced. @throws AccountLotsError */
export function newWideLot(queues: WideQueues, high: number, low: number, label: number): number {
  let lot = queues.free;
  if (lot !== 0) queues.free = queues.meta[8 * lot + 4]!;
  else {
    lot = queues.top++;
    if (4 * lot >= queues.length.length) growArena(queues);
  }
  queues.length[4 * lot] = high;
  queues.length[4 * lot + 1] = low;
  queues.meta[8 * lot + 4] = 0;
  queues.meta[8 * lot + 5] = label;
  return lot;
}

function growArena(queues: WideQueues): void {
  if (queues.length.length >= 4 * lotsMax) throw new AccountLotsError({ lotsMax });
  const { length, meta } = arenaOf(new ArrayBuffer(2 * queues.length.byteLength));
  length.set(queues.length);
  queues.length = length;
  queues.meta = meta;
}

/** Gives back a list. */
export function dropWideLots(queues: WideQueues, first: number, last: number): void {
  if (first === 0) return;
  queues.meta[8 * last + 4] = queues.free;
  queues.free = first;
}

/**
 * Takes so many units from the front of a holding's list, which has as many, into `first` to `last`. Lots keep their
 * order. `row` gets what each label has of them.
 */
export function takeWideLots(queues: WideQueues, holding: number, high: number, low: number, row: Float64Array): void {
  const { index, traced, length, meta } = queues;
  const head = index[16 * holding + 10]!;
  let leftHigh = high;
  let leftLow = low;
  let lot = head;
  let last = 0;
  traced[0] = 0;
  traced[1] = 0;
  for (let n = 0; n < row.length; n++) row[n] = 0;
  while (leftHigh !== 0 || leftLow !== 0) {
    const ownHigh = length[4 * lot]!;
    const ownLow = length[4 * lot + 1]!;
    const label = meta[8 * lot + 5]!;
    if (ownHigh > leftHigh || (ownHigh === leftHigh && ownLow > leftLow)) {
      const rest = ownLow - leftLow;
      length[4 * lot] = ownHigh - leftHigh - (rest < 0 ? 1 : 0);
      length[4 * lot + 1] = rest < 0 ? rest + wideBase : rest;
      if (label !== 0) count(traced, row, label, leftHigh, leftLow);
      index[16 * holding + 10] = lot;
      const piece = newWideLot(queues, leftHigh, leftLow, label);
      // The arena may have been replaced.
      if (last !== 0) queues.meta[8 * last + 4] = piece;
      queues.first = last === 0 ? piece : head;
      queues.last = piece;
      return;
    }
    const rest = leftLow - ownLow;
    leftHigh = leftHigh - ownHigh - (rest < 0 ? 1 : 0);
    leftLow = rest < 0 ? rest + wideBase : rest;
    if (label !== 0) count(traced, row, label, ownHigh, ownLow);
    last = lot;
    lot = meta[8 * lot + 4]!;
  }
  queues.first = last === 0 ? 0 : head;
  queues.last = last;
  if (last === 0) return;
  meta[8 * last + 4] = 0;
  index[16 * holding + 10] = lot;
}

function count(traced: Float64Array, row: Float64Array, label: number, high: number, low: number): void {
  addWide(traced, 0, high, low);
  addWide(row, 2 * label - 2, high, low);
}

/** Adds clean units behind (lifo: above) the lots that a holding has. */
export function addWideClean(queues: WideQueues, holding: number, high: number, low: number, isLifo: boolean): void {
  const at = 16 * holding + (isLifo ? 10 : 11);
  const end = queues.index[at]!;
  if (queues.meta[8 * end + 5] === 0) {
    addWide(queues.length, 4 * end, high, low);
    return;
  }
  const lot = newWideLot(queues, high, low, 0);
  if (isLifo) queues.meta[8 * lot + 4] = end;
  else queues.meta[8 * end + 4] = lot;
  queues.index[at] = lot;
}

/** Appends the list from `first` to `last` (fifo). */
export function appendWideLots(queues: WideQueues, holding: number, first: number, last: number): void {
  const { index, meta, length } = queues;
  const head = index[16 * holding + 10]!;
  const tail = index[16 * holding + 11]!;
  if (head === 0) {
    index[16 * holding + 10] = first;
    index[16 * holding + 11] = last;
    return;
  }
  if (meta[8 * tail + 5] !== meta[8 * first + 5]) {
    meta[8 * tail + 4] = first;
    index[16 * holding + 11] = last;
    return;
  }
  addWide(length, 4 * tail, length[4 * first]!, length[4 * first + 1]!);
  meta[8 * tail + 4] = meta[8 * first + 4]!;
  if (first !== last) index[16 * holding + 11] = last;
  dropWideLots(queues, first, first);
}

/** Puts the lots from `first` on on top of one another in their order: the last is the highest (lifo). */
export function stackWideLots(queues: WideQueues, holding: number, first: number): void {
  const { index, meta, length } = queues;
  let top = index[16 * holding + 10]!;
  let lot = first;
  if (top !== 0 && meta[8 * top + 5] === meta[8 * lot + 5]) {
    addWide(length, 4 * top, length[4 * lot]!, length[4 * lot + 1]!);
    const next = meta[8 * lot + 4]!;
    dropWideLots(queues, lot, lot);
    lot = next;
  }
  while (lot !== 0) {
    const next = meta[8 * lot + 4]!;
    meta[8 * lot + 4] = top;
    top = lot;
    lot = next;
  }
  index[16 * holding + 10] = top;
}
