import type { Instant } from "../../money/instant.ts";
import { type Day, dayOfDate, dayOfInstant, instantOfDay } from "../calendar-day.ts";
import { type Flow, type Movement, onlyOrderOf, ordersOf } from "./flow.ts";

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
  const only = onlyOrderOf(flow);
  if (only !== null && only.settlementTime === null) {
    const day = dayOfDate(only.settlementDate);
    if (day !== null) return { time: instantOfDay(day), dayOnly: true };
  }
  const stamps = stampsOf(flow);
  const [first] = stamps;
  if (first === undefined) return { time: null, dayOnly: false };
  const timed = first.time === null ? stamps.find(({ time, day }) => time !== null && day === first.day) : first;
  return timed === undefined ? { time: instantOfDay(first.day), dayOnly: true } : { time: timed.time, dayOnly: false };
}

function stampsOf(flow: Flow): Stamp[] {
  const stamps: Stamp[] = [];
  const stamp = (time: Instant | null, day: Day | null) => {
    const dayOf = dayOfInstant(time) ?? day;
    if (dayOf !== null) stamps.push({ time, day: dayOf });
  };
  const booked = (movement: Movement | null) => {
    if (movement === null) return;
    stamp(movement.records.find(({ bookingTime }) => bookingTime !== null)?.bookingTime ?? null, movement.bookingDay);
  };
  const messages = flow.returnRecords.length > 0 ? flow.returnRecords : ordersOf(flow);
  booked(flow.debit ?? flow.batch);
  for (const { settlementTime, settlementDate } of messages) stamp(settlementTime, dayOfDate(settlementDate));
  booked(flow.credit);
  if (flow.debit !== null) stamp(null, flow.debit.valueDay);
  if (flow.credit !== null) stamp(null, flow.credit.valueDay);
  // A message is made before its money moves: its hour is not the payment's, its day mostly is.
  for (const { created } of messages) stamp(null, dayOfInstant(created));
  return stamps;
}
