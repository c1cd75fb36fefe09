import { type CoinColumns, heightNotKnown } from "./columns.ts";
import type { AccountPart } from "./joint-request.ts";
import { isReady, type JointRun } from "./joint-run.ts";

/** How far a trail has come in one ledger. */
export interface PartCursor {
  /** The next transaction; null where the ledger is over. */
  readonly next: number | null;
  /** Its time, or that of the one before it where it is not known; backward negative, so that it rises too. */
  readonly time: number;
  /** Whether a link brings value to it whose sources have not all come. */
  isWaiting(): boolean;
  advance(): void;
}

/** The transactions of a part one after another, in the direction of the trail. */
export function createCursor<Bundle>(run: JointRun<Bundle>, number: number): PartCursor {
  const part = run.request.parts[number]!;
  const { forward } = run;
  const order = part.kind === "coin" ? orderCoins(part.columns, run.request.followFees) : null;
  const count = part.columns.transactionCount;
  const times = part.kind === "coin" ? part.txTime : part.columns.txTime;
  const reached = run.plans.reached[number]!;
  let taken = 0;
  const cursor = {
    next: null as number | null,
    time: Number.NEGATIVE_INFINITY,
    isWaiting: () => {
      const links = reached.get(cursor.next!);
      return links?.some((link) => !isReady(run.links[link]!, number, cursor.next!)) ?? false;
    },
    advance: () => {
      cursor.next = null;
      while (taken < count) {
        const place = forward ? taken : count - 1 - taken;
        taken++;
        const transaction = order === null ? place : order[place]!;
        if (part.kind === "account" && isCutOff(part, transaction, forward)) continue;
        cursor.next = transaction;
        const time = times[transaction]!;
        if (!Number.isNaN(time)) cursor.time = forward ? time : -time;
        return;
      }
    },
  };
  cursor.advance();
  return cursor;
}

/** The part to go on with: that of the least time, of those that need not wait; null where all are over. */
export function nextPart(cursors: readonly PartCursor[]): number | null {
  let first: number | null = null;
  let firstWaiting: number | null = null;
  for (let n = 0; n < cursors.length; n++) {
    const { next, time } = cursors[n]!;
    if (next === null) continue;
    if (cursors.length > 1 && cursors[n]!.isWaiting()) {
      if (firstWaiting === null || time < cursors[firstWaiting]!.time) firstWaiting = n;
    } else if (first === null || time < cursors[first]!.time) first = n;
  }
  return first ?? firstWaiting;
}

/** Whether a transaction lies beyond the height at which a part stops. */
export function isCutOff({ columns, stopHeight }: AccountPart, transaction: number, forward: boolean): boolean {
  if (stopHeight === null) return false;
  const height = columns.txHeight[transaction]!;
  return forward ? height > stopHeight : height < stopHeight;
}

/** The ledger's order, but a coinbase that fees are followed into after the rest of its block; null for no change. */
function orderCoins({ txHeight, wholeBlocks, transactionCount }: CoinColumns, followFees: boolean): Uint32Array | null {
  if (!followFees || !wholeBlocks) return null;
  const order = new Uint32Array(transactionCount);
  for (let t = 0; t < transactionCount; ) {
    let end = t + 1;
    if (txHeight[t] !== heightNotKnown) while (end < transactionCount && txHeight[end] === txHeight[t]) end++;
    for (let n = t + 1; n < end; n++) order[n - 1] = n;
    order[end - 1] = t;
    t = end;
  }
  return order;
}
