import type { AccountColumns, AmountColumn } from "./account-columns.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";

/** In place of a holding in the kernels' columns: `nowhere` read as a signed number. */
export const nobody = -1;

/**
 * An account ledger in the order in which a trail takes it: backward reversed, with payers and receivers changed over.
 * Transfer and transaction numbers are places in this order.
 */
export interface OrderedAccounts {
  readonly holdingCount: number;
  readonly transactionCount: number;
  /** All transfers; those from {@link takenCount} on are beyond the stop height. */
  readonly transferCount: number;
  readonly takenCount: number;
  readonly txFirstTransfer: Uint32Array;
  /** [transferCount] Holdings, or {@link nobody}. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly amount: AmountColumn;
  readonly isFee: Uint8Array;
  readonly isForward: boolean;
}

/** Null where the stop height leaves out transactions between others. Forward nothing is copied. */
export function orderAccounts({ columns, stopHeight }: AccountPart, request: JointRequest): OrderedAccounts | null {
  const isForward = request.direction === "forward";
  const { holdingCount, transactionCount, transferCount } = columns;
  const txFirstTransfer = isForward ? columns.txFirstTransfer : mirroredStarts(columns);
  const taken = takenTransactions(columns, stopHeight, isForward);
  if (taken === null) return null;
  const [payer, receiver] = [signed(columns.transferFrom), signed(columns.transferTo)];
  return {
    holdingCount,
    transactionCount,
    transferCount,
    takenCount: txFirstTransfer[taken]!,
    txFirstTransfer,
    from: isForward ? payer : receiver.slice().reverse(),
    to: isForward ? receiver : payer.slice().reverse(),
    amount: isForward ? columns.transferAmount : columns.transferAmount.slice().reverse(),
    isFee: isForward ? columns.transferIsFee : columns.transferIsFee.slice().reverse(),
    isForward,
  };
}

/** The same bits: what addresses arrays is a small integer then, and `nowhere` is below 0. */
const signed = (ids: Uint32Array) => new Int32Array(ids.buffer, ids.byteOffset, ids.length);

function mirroredStarts({ txFirstTransfer, transactionCount, transferCount }: AccountColumns): Uint32Array {
  return Uint32Array.from(txFirstTransfer, (_, t) => transferCount - txFirstTransfer[transactionCount - t]!);
}

/** How many transactions come before the stop height cuts the ledger off. */
function takenTransactions(
  { txHeight, transactionCount }: AccountColumns,
  stopHeight: number | null,
  isForward: boolean,
): number | null {
  if (stopHeight === null) return transactionCount;
  const isTaken = (n: number) => {
    return isForward ? txHeight[n]! <= stopHeight : txHeight[transactionCount - 1 - n]! >= stopHeight;
  };
  let count = 0;
  while (count < transactionCount && isTaken(count)) count++;
  for (let n = count; n < transactionCount; n++) if (isTaken(n)) return null;
  return count;
}

/** A place in the order taken as the ledger's own number, and the other way round. */
export const numberAt = (place: number, count: number, isForward: boolean): number =>
  isForward ? place : count - 1 - place;
