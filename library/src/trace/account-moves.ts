import type { OrderedAccounts } from "./account-order.ts";
import type { HoldingRecords } from "./account-records.ts";

/** What becomes of traced value that a transfer takes: it arrives, or ends as a fee, outside all holdings, at a stop. */
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
   * Of {@link HoldingRecords}: [8h + 4] the least hops of what arrived at holding h since it last held nothing;
   * [8h + 5] the last transaction that brought it over so many, -1 for a seed. What goes on in that same transaction is
   * no hop further.
   */
  readonly index: Int32Array;
  count: number;
  /** Places in the order taken. */
  transfer: Uint32Array;
  hops: Uint32Array;
}

const movesAtFirst = 1 << 14;

export function listMoves(
  order: OrderedAccounts,
  stops: Uint32Array | null,
  followFees: boolean,
  { index }: HoldingRecords,
): MoveList {
  return {
    order,
    stops,
    followFees,
    transaction: 0,
    index,
    count: 0,
    transfer: new Uint32Array(movesAtFirst),
    hops: new Uint32Array(movesAtFirst),
  };
}

/** Adds a move out of f, which holds something traced, and says what becomes of it. Moves come in their order. */
export function addMove(moves: MoveList, x: number, f: number, t: number): number {
  const { txFirstTransfer, isFee } = moves.order;
  let transaction = moves.transaction;
  while (txFirstTransfer[transaction + 1]! <= x) transaction++;
  moves.transaction = transaction;
  const n = moves.count;
  if (n === moves.transfer.length) growMoves(moves);
  moves.transfer[n] = x;
  moves.hops[n] = moves.index[8 * f + 4]! + (moves.index[8 * f + 5] === transaction ? 0 : 1);
  moves.count = n + 1;
  if (isFee[x] === 1 && (t < 0 || !moves.followFees)) return endsAsFee;
  if (t < 0) return endsNowhere;
  const { stops } = moves;
  return stops !== null && ((stops[t >>> 5]! >>> (t & 31)) & 1) !== 0 ? endsAtStop : lands;
}

function growMoves(moves: MoveList): void {
  const size = 2 * moves.transfer.length;
  const transfer = new Uint32Array(size);
  const hops = new Uint32Array(size);
  transfer.set(moves.transfer);
  hops.set(moves.hops);
  moves.transfer = transfer;
  moves.hops = hops;
}

/** What the last move brought has arrived at t. */
export function reachHolding(moves: MoveList, t: number, wasTraced: boolean): void {
  const { index } = moves;
  const hops = moves.hops[moves.count - 1]!;
  if (wasTraced && index[8 * t + 4]! < hops) return;
  index[8 * t + 4] = hops;
  index[8 * t + 5] = moves.transaction;
}

export function reachBySeed(moves: MoveList, t: number): void {
  moves.index[8 * t + 4] = 0;
  moves.index[8 * t + 5] = -1;
}
