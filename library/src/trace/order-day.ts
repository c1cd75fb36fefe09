import type { AccountColumns } from "./account-columns.ts";
import { type DayOrder, dayOrders } from "./day-order.ts";

/** Columns in another order, with the ways back: entry n of each list is what stood at n before. */
export interface OrderedColumns {
  readonly columns: AccountColumns;
  readonly transactionIds: Uint32Array;
  readonly transferIds: Uint32Array;
}

/**
 * Arranges the transactions of days that have no hours, whole transactions at a time.
 *
 * `as-listed`: as they stand. `credits-first`: on a day, what pays an account comes before what the account pays, so that
 * money can run through several accounts in one day. `debits-first`: what an account pays comes before what pays it, so
 * that nothing runs through. Where these run in a circle, the one listed first goes first. A return stays behind what it
 * returns. Banks differ in which of them they use; a court may have to be told.
 */
export function orderDays(columns: AccountColumns, order: DayOrder): OrderedColumns {
  const transactionIds = Uint32Array.from({ length: columns.transactionCount }, (_, t) => t);
  if (order !== "as-listed") {
    const after = transactionsReturned(columns);
    for (const [from, to] of daysOf(columns)) new Day(columns, { from, to, order, after }).arrange(transactionIds);
  }
  return permute(columns, transactionIds);
}

/** Whether any convention but the listed order would change it. */
export function changesWithOrder(columns: AccountColumns): boolean {
  return dayOrders.some((order) => orderDays(columns, order).transactionIds.some((id, place) => id !== place));
}

/** Runs of transactions of one day without hours, two or more. */
function* daysOf({ transactionCount, txDayOnly, txTime }: AccountColumns): Generator<[number, number]> {
  for (let from = 0; from < transactionCount; ) {
    let to = from + 1;
    if (txDayOnly[from] === 1) while (to < transactionCount && txDayOnly[to] === 1 && txTime[to] === txTime[from]) to++;
    if (to - from > 1) yield [from, to];
    from = to;
  }
}

/** Which transactions give back something of which: both ways. */
interface Returned {
  readonly by: ReadonlyMap<number, readonly number[]>;
  readonly of: ReadonlyMap<number, readonly number[]>;
}

function transactionsReturned({ returnOf, txFirstTransfer }: AccountColumns): Returned {
  const by = new Map<number, number[]>();
  const of = new Map<number, number[]>();
  for (const [returning, returned] of returnOf) {
    const [later, earlier] = [transactionAt(txFirstTransfer, returning), transactionAt(txFirstTransfer, returned)];
    if (earlier >= later) continue;
    of.set(later, [...(of.get(later) ?? []), earlier]);
    by.set(earlier, [...(by.get(earlier) ?? []), later]);
  }
  return { by, of };
}

function transactionAt(first: Uint32Array, transfer: number): number {
  let low = 0;
  let high = first.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (first[middle]! <= transfer) low = middle;
    else high = middle;
  }
  return low;
}

interface DayAsked {
  readonly from: number;
  readonly to: number;
  readonly order: DayOrder;
  readonly after: Returned;
}

/** One day's transactions, taken whenever nothing that must come before them is left. */
class Day {
  readonly #columns: AccountColumns;
  readonly #asked: DayAsked;
  /** By holding, how many transactions that are not taken yet must come before those that wait for it. */
  readonly #ahead = new Map<number, number>();
  readonly #waiting = new Map<number, number[]>();
  /** By transaction, for how many holdings it waits. */
  readonly #blocks = new Map<number, number>();
  readonly #ready: number[] = [];
  readonly #taken = new Set<number>();

  constructor(columns: AccountColumns, asked: DayAsked) {
    this.#columns = columns;
    this.#asked = asked;
  }

  arrange(transactionIds: Uint32Array): void {
    const { from, to } = this.#asked;
    for (let t = from; t < to; t++) {
      for (const holding of this.#sides(t).first) this.#ahead.set(holding, (this.#ahead.get(holding) ?? 0) + 1);
    }
    for (let t = from; t < to; t++) this.#enter(t);
    let listed = from;
    for (let place = from; place < to; place++) {
      let next = popLeast(this.#ready);
      if (next === null) {
        // A circle: the first listed that is not a return of something still to come.
        while (this.#taken.has(listed)) listed++;
        next = listed;
        while (this.#taken.has(next) || !this.#isReturnable(next)) next++;
      }
      transactionIds[place] = next;
      this.#take(next);
    }
  }

  /** The holdings by which a transaction comes first, and those by which it comes last. */
  #sides(t: number): { first: Set<number>; last: Set<number> } {
    const { txFirstTransfer, transferFrom, transferTo, holdingCount } = this.#columns;
    const [from, to] = [txFirstTransfer[t]!, txFirstTransfer[t + 1]!];
    const isHolding = (holding: number) => holding < holdingCount;
    const credits = new Set(transferTo.subarray(from, to).filter(isHolding));
    const debits = new Set(transferFrom.subarray(from, to).filter(isHolding));
    // Value that only passes through an account inside the transaction waits for nobody.
    const [first, last] = this.#asked.order === "credits-first" ? [credits, debits] : [debits, credits];
    return { first: first.difference(last), last: last.difference(first) };
  }

  #enter(t: number): void {
    let blocks = 0;
    for (const holding of this.#sides(t).last) {
      if ((this.#ahead.get(holding) ?? 0) === 0) continue;
      blocks++;
      const waiting = this.#waiting.get(holding);
      if (waiting === undefined) this.#waiting.set(holding, [t]);
      else waiting.push(t);
    }
    this.#blocks.set(t, blocks);
    if (blocks === 0) this.#offer(t);
  }

  #offer(t: number): void {
    if (this.#isReturnable(t)) pushLeast(this.#ready, t);
  }

  #isReturnable(t: number): boolean {
    const { from, after } = this.#asked;
    return (after.of.get(t) ?? []).every((earlier) => earlier < from || this.#taken.has(earlier));
  }

  #take(t: number): void {
    this.#taken.add(t);
    this.#blocks.delete(t);
    for (const holding of this.#sides(t).first) {
      const ahead = this.#ahead.get(holding)! - 1;
      this.#ahead.set(holding, ahead);
      if (ahead > 0) continue;
      for (const waiting of this.#waiting.get(holding) ?? []) {
        const blocks = this.#blocks.get(waiting);
        if (blocks === undefined) continue;
        this.#blocks.set(waiting, blocks - 1);
        if (blocks === 1) this.#offer(waiting);
      }
    }
    // Returns that waited for this one alone.
    for (const later of this.#asked.after.by.get(t) ?? []) if (this.#blocks.get(later) === 0) this.#offer(later);
  }
}

/** A heap with the least number on top. */
function pushLeast(heap: number[], value: number): void {
  heap.push(value);
  for (let at = heap.length - 1; at > 0; ) {
    const above = (at - 1) >> 1;
    if (heap[above]! <= heap[at]!) return;
    [heap[above], heap[at]] = [heap[at]!, heap[above]!];
    at = above;
  }
}

function popLeast(heap: number[]): number | null {
  const [least] = heap;
  const last = heap.pop();
  if (least === undefined || last === undefined) return null;
  if (heap.length === 0) return least;
  heap[0] = last;
  for (let at = 0; ; ) {
    let below = 2 * at + 1;
    if (below >= heap.length) return least;
    if (below + 1 < heap.length && heap[below + 1]! < heap[below]!) below++;
    if (heap[at]! <= heap[below]!) return least;
    [heap[below], heap[at]] = [heap[at]!, heap[below]!];
    at = below;
  }
}

function permute(columns: AccountColumns, transactionIds: Uint32Array): OrderedColumns {
  const { transferCount, txFirstTransfer, transferAmount, returnOf } = columns;
  const transferIds = new Uint32Array(transferCount);
  const first = new Uint32Array(transactionIds.length + 1);
  let place = 0;
  transactionIds.forEach((id, t) => {
    for (let transfer = txFirstTransfer[id]!; transfer < txFirstTransfer[id + 1]!; transfer++)
      transferIds[place++] = transfer;
    first[t + 1] = place;
  });
  if (transactionIds.every((id, t) => id === t)) return { columns, transactionIds, transferIds };
  const places = new Uint32Array(transferCount);
  transferIds.forEach((id, at) => {
    places[id] = at;
  });
  return {
    columns: {
      ...columns,
      txFirstTransfer: first,
      txHeight: transactionIds.map((id) => columns.txHeight[id]!),
      txTime: Float64Array.from(transactionIds, (id) => columns.txTime[id]!),
      txDayOnly: Uint8Array.from(transactionIds, (id) => columns.txDayOnly[id]!),
      transferFrom: transferIds.map((id) => columns.transferFrom[id]!),
      transferTo: transferIds.map((id) => columns.transferTo[id]!),
      transferAmount:
        transferAmount instanceof Float64Array
          ? Float64Array.from(transferIds, (id) => transferAmount[id]!)
          : Array.from(transferIds, (id) => transferAmount[id]!),
      transferIsFee: Uint8Array.from(transferIds, (id) => columns.transferIsFee[id]!),
      returnOf: new Map([...returnOf].map(([later, earlier]) => [places[later]!, places[earlier]!])),
    },
    transactionIds,
    transferIds,
  };
}
