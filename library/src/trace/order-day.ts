import { type AccountColumns, type AmountColumn, nowhere } from "./account-columns.ts";
import type { DayOrder } from "./day-order.ts";
import { transactionOfTransfer } from "./plan-links.ts";
import { type DayTransaction, sortDay } from "./sort-day.ts";

/** An account ledger in another order, and how to find the ledger's own ids. */
export interface OrderedColumns {
  readonly columns: AccountColumns;
  /** [transactionCount] By new id, the old one. */
  readonly transactionIds: Uint32Array;
  /** [transferCount] By new id, the old one. */
  readonly transferIds: Uint32Array;
}

/**
 * Orders what bank data leaves open: transactions that have a date and no time. On each day (a run of such transactions
 * with one time and one height) whole transactions are put in another order; all others stay where they are.
 *
 * `credits-first`: what pays a holding comes before what it pays; `debits-first`: the reverse; `as-listed`: no change.
 * Where neither is asked of two transactions the listed order stands, and where they ask for each other in a circle,
 * the circle is opened at its first listed. A return stays after what it returns.
 */
export function orderDays(columns: AccountColumns, convention: DayOrder): OrderedColumns {
  const transactionIds = listOrder(columns, convention);
  if (isAsListed(transactionIds)) {
    return { columns, transactionIds, transferIds: Uint32Array.from({ length: columns.transferCount }, (_, i) => i) };
  }
  const { txFirstTransfer, transferCount, transactionCount } = columns;
  const transferIds = new Uint32Array(transferCount);
  const newIds = new Uint32Array(transferCount);
  const firsts = new Uint32Array(transactionCount + 1);
  let count = 0;
  transactionIds.forEach((old, t) => {
    for (let i = txFirstTransfer[old]!; i < txFirstTransfer[old + 1]!; i++) {
      newIds[i] = count;
      transferIds[count++] = i;
    }
    firsts[t + 1] = count;
  });
  const ordered: AccountColumns = {
    ...columns,
    txFirstTransfer: firsts,
    txHeight: columns.txHeight.map((_, t) => columns.txHeight[transactionIds[t]!]!),
    txTime: columns.txTime.map((_, t) => columns.txTime[transactionIds[t]!]!),
    txDayOnly: columns.txDayOnly.map((_, t) => columns.txDayOnly[transactionIds[t]!]!),
    transferFrom: transferIds.map((i) => columns.transferFrom[i]!),
    transferTo: transferIds.map((i) => columns.transferTo[i]!),
    transferAmount: permute(columns.transferAmount, transferIds),
    transferIsFee: columns.transferIsFee.map((_, i) => columns.transferIsFee[transferIds[i]!]!),
    returnOf: new Map(Array.from(columns.returnOf, ([back, first]) => [newIds[back]!, newIds[first]!])),
  };
  return { columns: ordered, transactionIds, transferIds };
}

/** Whether there is any day on which a convention changes the order. */
export function changesWithOrder(columns: AccountColumns): boolean {
  const returned = returnsByTransaction(columns);
  for (const [first, end] of listDays(columns)) {
    for (const convention of ["credits-first", "debits-first"] as const) {
      if (!isAsListed(orderDay(columns, first, end, convention, returned))) return true;
    }
  }
  return false;
}

function isAsListed(order: Uint32Array | readonly number[]): boolean {
  return order.every((old, t) => old === t);
}

function permute(amounts: AmountColumn, ids: Uint32Array): AmountColumn {
  if (amounts instanceof Float64Array) return Float64Array.from(ids, (i) => amounts[i]!);
  return Array.from(ids, (i) => amounts[i]!);
}

/** By new id, the old one. */
function listOrder(columns: AccountColumns, convention: DayOrder): Uint32Array {
  const order = Uint32Array.from({ length: columns.transactionCount }, (_, t) => t);
  if (convention === "as-listed") return order;
  const returned = returnsByTransaction(columns);
  for (const [first, end] of listDays(columns)) {
    orderDay(columns, first, end, convention, returned).forEach((n, place) => {
      order[first + place] = first + n;
    });
  }
  return order;
}

/** Runs of transactions, more than one, that have a day in common and no hour: the first, and the first beyond. */
function* listDays({ transactionCount, txDayOnly, txTime, txHeight }: AccountColumns): Generator<[number, number]> {
  for (let first = 0; first < transactionCount; ) {
    let end = first + 1;
    if (txDayOnly[first] === 1) {
      const isSameDay = (t: number) =>
        txDayOnly[t] === 1 && txTime[t] === txTime[first] && txHeight[t] === txHeight[first];
      while (end < transactionCount && isSameDay(end)) end++;
    }
    if (end - first > 1) yield [first, end];
    first = end;
  }
}

/** The order of one day, counted from its first transaction. */
function orderDay(
  columns: AccountColumns,
  first: number,
  end: number,
  convention: Exclude<DayOrder, "as-listed">,
  returned: ReadonlyMap<number, readonly number[]>,
): number[] {
  return sortDay(
    Array.from({ length: end - first }, (_, n) => describe(columns, first + n, convention, returned, first)),
  );
}

/** By transaction, those whose transfers it returns. */
function returnsByTransaction({ returnOf, txFirstTransfer }: AccountColumns): Map<number, number[]> {
  const returned = new Map<number, number[]>();
  for (const [back, first] of returnOf) {
    const by = transactionOfTransfer(txFirstTransfer, back);
    returned.set(by, [...(returned.get(by) ?? []), transactionOfTransfer(txFirstTransfer, first)]);
  }
  return returned;
}

/** What a transaction asks of the order on its day. */
function describe(
  { txFirstTransfer, transferFrom, transferTo, transferAmount }: AccountColumns,
  transaction: number,
  convention: DayOrder,
  returned: ReadonlyMap<number, readonly number[]>,
  dayFirst: number,
): DayTransaction {
  const paid = new Set<number>();
  const paying = new Set<number>();
  for (let i = txFirstTransfer[transaction]!; i < txFirstTransfer[transaction + 1]!; i++) {
    if (Number(transferAmount[i]!) === 0) continue;
    if (transferTo[i] !== nowhere) paid.add(transferTo[i]!);
    if (transferFrom[i] !== nowhere) paying.add(transferFrom[i]!);
  }
  const after = (returned.get(transaction) ?? []).filter((t) => t >= dayFirst && t < transaction);
  const [opens, awaits] = convention === "credits-first" ? [paid, paying] : [paying, paid];
  return { opens: [...opens], awaits: [...awaits], after: after.map((t) => t - dayFirst) };
}
