import type { Instant } from "../../money/instant.ts";
import { dayOfInstant } from "../calendar-day.ts";
import type { Payment } from "../settled.ts";
import { sourcesOf } from "./arrange-records.ts";
import { type Flow, recordsOf, type Settling } from "./flow.ts";
import type { Settled } from "./known-balances.ts";
import { paymentAt } from "./payment-of-flow.ts";
import type { RowPayment } from "./payment-of-row.ts";

/**
 * Puts payments into the order of time, a day without an hour at its first moment; those of one moment in the order
 * in which they are listed: in the payer's statement, else in the payee's, else by the order's message. Those without
 * a time come last. What gives a payment back comes after it: on the same day it takes that payment's time, and where
 * it is dated before, that is a problem listed.
 */
export function orderPayments(settling: Settling, settled: readonly Settled[]): Placed[] {
  if (settled.every(({ flow }) => flow.original === null)) {
    return settled.map((one) => ({ ...one, rank: listingRank(one.flow), depth: 0 })).sort(comparePlaces);
  }
  const timed = new Map<Flow, Placed>();
  const place = ({ payment, flow }: Settled): Placed => {
    const known = timed.get(flow);
    if (known !== undefined) return known;
    const own: Placed = { payment, flow, rank: listingRank(flow), depth: 0 };
    // Before what it gives back is looked at, so that a circle ends.
    timed.set(flow, own);
    const first = flow.original === null ? undefined : byFlow.get(flow.original);
    const placed = first === undefined ? own : after(settling, own, place(first));
    timed.set(flow, placed);
    return placed;
  };
  const byFlow = new Map(settled.map((one) => [one.flow, one]));
  return settled.map(place).sort(comparePlaces);
}

/** The same, with payments of plain rows among them. @param rows in listing order */
export function withRows(ordered: readonly Placed[], rows: readonly RowPayment[]): Payment[] {
  const isSorted = rows.every((one, n) => n === 0 || rows[n - 1]!.time <= one.time);
  const sorted = isSorted ? rows : rows.toSorted((a, b) => a.time - b.time || a.rank - b.rank);
  const payments: Payment[] = [];
  let at = 0;
  for (const row of sorted) {
    for (; at < ordered.length; at++) {
      const { payment, rank } = ordered[at]!;
      if ((timeOf(payment) - row.time || rank - row.rank) > 0) break;
      payments.push(payment);
    }
    payments.push(row);
  }
  for (; at < ordered.length; at++) payments.push(ordered[at]!.payment);
  return payments;
}

const comparePlaces = (a: Placed, b: Placed) =>
  timeOf(a.payment) - timeOf(b.payment) || a.rank - b.rank || a.depth - b.depth;

export interface Placed extends Settled {
  /** Where it was listed. */
  readonly rank: number;
  /** How many payments it gives back in turn: breaks the tie with what it gives back. */
  readonly depth: number;
}

const timeOf = ({ time }: Payment) => time ?? Number.MAX_VALUE;

function listingRank(flow: Flow): number {
  return flow.debit?.rank ?? flow.batch?.rank ?? flow.credit?.rank ?? flow.rank;
}

function after(settling: Settling, own: Placed, first: Placed): Placed {
  const depth = first.depth + 1;
  const [time, other] = [own.payment.time, first.payment.time];
  if (time === null || other === null) return { ...own, depth };
  if (dayOfInstant(time)! < dayOfInstant(other)!) {
    settling.problems.push({
      what: "What gives a payment back is dated before it; it is put behind it",
      sources: sourcesOf([...recordsOf(own.flow), ...recordsOf(first.flow)]),
    });
  }
  if (time > other || (time === other && own.rank > first.rank)) return { ...own, depth };
  const payment = paymentAt(own.payment, { time: other as Instant, dayOnly: first.payment.dayOnly });
  return { ...own, payment, rank: Math.max(own.rank, first.rank), depth };
}
