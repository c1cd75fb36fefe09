import type { Instant } from "../money/instant.ts";
import { type Day, dayOfDate, dayOfInstant, instantOfDay } from "./calendar-day.ts";
import { type Flow, type Movement, ordersOf } from "./flow.ts";

export interface PaymentTime {
  readonly time: Instant | null;
  readonly dayOnly: boolean;
}

interface Stamp {
  readonly time: Instant | null;
  readonly day: Day;
}

/**
 * When a payment moved: when the payer's account was debited, else when it was settled between the banks, else when
 * the payee's was credited, else when its message was made. A day stays a day, unless another of these gives a time
 * on it.
 */
export function paymentTime(flow: Flow): PaymentTime {
  const stamps = [...stampsOf(flow)];
  const [first] = stamps;
  if (first === undefined) return { time: null, dayOnly: false };
  const timed = stamps.find(({ time, day }) => time !== null && day === first.day);
  return timed === undefined ? { time: instantOfDay(first.day), dayOnly: true } : { time: timed.time, dayOnly: false };
}

function* stampsOf(flow: Flow): Generator<Stamp> {
  const orders = ordersOf(flow);
  yield* ofMovement(flow.debit ?? flow.batch);
  for (const { settlementTime, settlementDate } of [...orders, ...flow.returnRecords]) {
    yield* stamp(settlementTime, dayOfDate(settlementDate));
  }
  yield* ofMovement(flow.credit);
  if (flow.debit !== null) yield* stamp(null, flow.debit.valueDay);
  if (flow.credit !== null) yield* stamp(null, flow.credit.valueDay);
  // A message is made before its money moves: its hour is not the payment's, its day mostly is.
  for (const { created } of [...orders, ...flow.returnRecords]) yield* stamp(null, dayOfInstant(created));
}

function* ofMovement(movement: Movement | null): Generator<Stamp> {
  if (movement === null) return;
  const time = movement.records.find(({ bookingTime }) => bookingTime !== null)?.bookingTime ?? null;
  yield* stamp(time, movement.bookingDay);
}

function* stamp(time: Instant | null, day: Day | null): Generator<Stamp> {
  const dayOf = dayOfInstant(time) ?? day;
  if (dayOf !== null) yield { time, day: dayOf };
}
