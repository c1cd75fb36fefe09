import type { OrderedAccounts } from "./account-order.ts";
import type { HoldingRecords } from "./account-records.ts";

/** What becomes of traced value that a transfer takes: it arrives, or ends as a fee, outside, or at a stop. */
export const lands = 0;
export const endsAsFee = 1;
export const endsNowhere = 2;
export const endsAtStop = 3;

/** The transfers that took traced value, and how far each holding is from a seed. Amounts are kept by the kernels. */
export interface MoveList {
  readonly order: OrderedAccounts;
  /** [ceil(holdingCount / 32)] as in the request. */
  readonly stops: Uint32Array | null;
  readonly followFees: boolean;
  /** The transaction of the last move. */
  transaction: number;
  /**
   * Of the integers of a holding's record the first is the least hops of what arrived there since it last held nothing;
   * the second the last transaction that brought it over so many, -1 for a seed. What goes on in that same transaction
   * is no hop further.
   */
  readonly records: HoldingRecords;
  count: number;
  /** Places in the order taken. */
  transfer: Uint32Array;
  hops: Uint32Array;
}

/** Room for moves at first, if there are so many transfers: pages that no move touches are never made. */
const movesAtFirst = 1 << 24;

export function listMoves(
  order: OrderedAccounts,
  stops: Uint32Array | null,
  followFees: boolean,
  records: HoldingRecords,
): MoveList {
  return {
    order,
    stops,
    followFees,
    transaction: 0,
    records,
    count: 0,
    transfer: new Uint32Array(Math.min(order.takenCount + 1, movesAtFirst)),
    hops: new Uint32Array(Math.min(order.takenCount + 1, movesAtFirst)),
  };
}

/** Adds a move out of f, which holds something traced, and says what becomes of it. Moves come in their order. */
export function addMove(moves: MoveList, x: number, f: number, t: number): number {
  const { txFirstTransfer } = moves.order;
  let transaction = moves.transaction;
  while (txFirstTransfer[transaction + 1]! <= x) transaction++;
  moves.transaction = transaction;
  const n = moves.count;
  if (n === moves.transfer.length) reserveMoves(moves, 1);
  moves.transfer[n] = x;
  const { index, indexShift, indexAt } = moves.records;
  const at = (f << indexShift) + indexAt;
  moves.hops[n] = index[at]! + (index[at + 1] === transaction ? 0 : 1);
  moves.count = n + 1;
  return outcomeOf(moves, x, t);
}

/** What becomes of the traced value that transfer x takes to t. */
export function outcomeOf(moves: MoveList, x: number, t: number): number {
  if (moves.order.isFee[x] === 1 && (t < 0 || !moves.followFees)) return endsAsFee;
  if (t < 0) return endsNowhere;
  const { stops } = moves;
  return stops !== null && ((stops[t >>> 5]! >>> (t & 31)) & 1) !== 0 ? endsAtStop : lands;
}

/** Makes room for so many moves more. */
export function reserveMoves(moves: MoveList, more: number): void {
  let size = moves.transfer.length;
  if (moves.count + more <= size) return;
  while (size < moves.count + more) size *= 2;
  const transfer = new Uint32Array(size);
  const hops = new Uint32Array(size);
  transfer.set(moves.transfer);
  hops.set(moves.hops);
  moves.transfer = transfer;
  moves.hops = hops;
}

/** What the last move brought has arrived at t. */
export function reachHolding(moves: MoveList, t: number, wasTraced: boolean): void {
  const { index, indexShift, indexAt } = moves.records;
  const at = (t << indexShift) + indexAt;
  const hops = moves.hops[moves.count - 1]!;
  if (wasTraced && index[at]! < hops) return;
  index[at] = hops;
  index[at + 1] = moves.transaction;
}

export function reachBySeed(moves: MoveList, t: number): void {
  const { index, indexShift, indexAt } = moves.records;
  const at = (t << indexShift) + indexAt;
  index[at] = 0;
  index[at + 1] = -1;
}
