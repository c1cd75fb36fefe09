import { AccountLotsError } from "../errors/trace.ts";
import type { HoldingRecords } from "./account-records.ts";

/** The lists of account-queues.ts with units in bigints. */
export interface WeiQueues {
  /** [i] Units of lot i. */
  readonly length: bigint[];
  /** [2i] the next lot (lifo: the one below), [2i + 1] its label + 1, or 0 where it is clean. */
  meta: Int32Array;
  /** The first lot that was never used, and the head of the list of those given back. */
  top: number;
  free: number;
  /** Of the holdings' records: [8h + 6] the first lot of holding h (lifo: the top), [8h + 7] the last (fifo only). */
  readonly index: Int32Array;
  /** What {@link takeWei} took: a list from `first` to `last`, and how much of it is traced. */
  first: number;
  last: number;
  traced: bigint;
}

const lotsAtFirst = 1 << 14;
/** As many as an array can hold without becoming a slow one, and 4 GiB with the numbers in it. */
const lotsMax = 1 << 25;

export function openWeiQueues({ index }: HoldingRecords): WeiQueues {
  const meta = new Int32Array(2 * lotsAtFirst);
  return { length: [0n], meta, index, top: 1, free: 0, first: 0, last: 0, traced: 0n };
}

/** A lot by itself. `meta` may have been replaced. @throws AccountLotsError */
export function newWeiLot(queues: WeiQueues, units: bigint, label: number): number {
  let lot = queues.free;
  if (lot !== 0) queues.free = queues.meta[2 * lot]!;
  else {
    lot = queues.top++;
    if (2 * lot >= queues.meta.length) growMeta(queues);
    queues.length.push(0n);
  }
  queues.length[lot] = units;
  queues.meta[2 * lot] = 0;
  queues.meta[2 * lot + 1] = label;
  return lot;
}

function growMeta(queues: WeiQueues): void {
  if (queues.meta.length >= 2 * lotsMax) throw new AccountLotsError({ lotsMax });
  const meta = new Int32Array(2 * queues.meta.length);
  meta.set(queues.meta);
  queues.meta = meta;
}

/** Gives back a list. */
export function dropWeiLots(queues: WeiQueues, first: number, last: number): void {
  if (first === 0) return;
  queues.meta[2 * last] = queues.free;
  queues.free = first;
}

/**
 * Takes `units` from the front of a holding's list, which has as many, into `first` to `last`. Lots keep their order.
 * `row`, where it is given, gets what each label has of them.
 */
export function takeWei(queues: WeiQueues, holding: number, units: bigint, row: bigint[]): void {
  const { index } = queues;
  const head = index[8 * holding + 6]!;
  const { length } = queues;
  let { meta } = queues;
  let left = units;
  let lot = head;
  let last = 0;
  let traced = 0n;
  for (let l = 0; l < row.length; l++) row[l] = 0n;
  while (left > 0n) {
    const own = length[lot]!;
    const label = meta[2 * lot + 1]!;
    if (own > left) {
      const piece = newWeiLot(queues, left, label);
      ({ meta } = queues);
      length[lot] = own - left;
      if (last === 0) queues.first = piece;
      else meta[2 * last] = piece;
      meta[2 * piece] = 0;
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
    lot = meta[2 * lot]!;
  }
  queues.first = last === 0 ? 0 : head;
  queues.last = last;
  queues.traced = traced;
  if (last === 0) return;
  meta[2 * last] = 0;
  index[8 * holding + 6] = lot;
}

/** Adds clean units behind (lifo: above) the lots that a holding has. */
export function addWeiClean(queues: WeiQueues, holding: number, units: bigint, isLifo: boolean): void {
  const at = 8 * holding + (isLifo ? 6 : 7);
  const end = queues.index[at]!;
  if (queues.meta[2 * end + 1] === 0) {
    queues.length[end]! += units;
    return;
  }
  const lot = newWeiLot(queues, units, 0);
  queues.meta[2 * (isLifo ? lot : end)] = isLifo ? end : lot;
  queues.index[at] = lot;
}

/** Appends the list from `first` to `last` (fifo). */
export function appendWeiLots(queues: WeiQueues, holding: number, first: number, last: number): void {
  const { index, meta, length } = queues;
  const head = index[8 * holding + 6]!;
  const tail = index[8 * holding + 7]!;
  if (head === 0) {
    index[8 * holding + 6] = first;
    index[8 * holding + 7] = last;
    return;
  }
  if (meta[2 * tail + 1] !== meta[2 * first + 1]) {
    meta[2 * tail] = first;
    index[8 * holding + 7] = last;
    return;
  }
  length[tail]! += length[first]!;
  const next = meta[2 * first]!;
  meta[2 * tail] = next;
  if (first !== last) index[8 * holding + 7] = last;
  dropWeiLots(queues, first, first);
}

/** Puts the lots from `first` to `last` on top of one another in their order: the last is the highest (lifo). */
export function stackWeiLots(queues: WeiQueues, holding: number, first: number): void {
  const { index, meta, length } = queues;
  let top = index[8 * holding + 6]!;
  let lot = first;
  if (top !== 0 && meta[2 * top + 1] === meta[2 * lot + 1]) {
    length[top]! += length[lot]!;
    const next = meta[2 * lot]!;
    dropWeiLots(queues, lot, lot);
    lot = next;
  }
  while (lot !== 0) {
    const next = meta[2 * lot]!;
    meta[2 * lot] = top;
    top = lot;
    lot = next;
  }
  index[8 * holding + 6] = top;
}
