import { type Day, dayOfDate } from "../calendar-day.ts";
import { contradict } from "../reference.ts";
import { normaliseName } from "./account-key.ts";
import { sourcesOf } from "./arrange-records.ts";
import { lastWord } from "./fate.ts";
import { attach, type Flow, flowMonies, type Money, type Movement, orderDay, ordersOf, type Settling } from "./flow.ts";
import { rivalsMax } from "./join-orders.ts";

/**
 * Matches entries to payments without a reference in common: the same account, sign, amount, currency and day, and
 * the payment's other end as counterparty (first), or no counterparty (after that). No reference of one kind may
 * differ, and a payment that was rejected or held is left out. What is the same in all of this cannot be told apart,
 * so equal entries and equal payments are paired in listing order; where there are not as many of one as of the
 * other, that is a problem listed.
 *
 * @returns the entries that are left, in order
 */
export function matchUnnamed(settling: Settling, flows: readonly Flow[], movements: readonly Movement[]): Movement[] {
  const asked = new Set(movements.filter(mayMatch).map(({ account }) => account));
  if (asked.size === 0) return [...movements];
  const open = openEnds(flows, asked);
  const ambiguous = new Map<Shelf, { entries: number; example: Movement }>();
  let left = [...movements];
  for (const isNamed of [true, false]) {
    left = left.filter((movement) => {
      if (!mayMatch(movement) || (movement.counterpartyKey !== null) !== isNamed) return true;
      for (const key of keysOfMovement(movement)) {
        const shelf = open.get(key);
        if (shelf === undefined) continue;
        const flow = takeFrom(shelf, movement);
        const seen = ambiguous.get(shelf) ?? { entries: 0, example: movement };
        if (flow === null) {
          if (!isNamed && shelf.taken > 0) ambiguous.set(shelf, { ...seen, entries: seen.entries + 1 });
          continue;
        }
        ambiguous.set(shelf, { ...seen, entries: seen.entries + 1 });
        shelf.taken++;
        attach(flow, movement, isNamed ? "amount, day and counterparty" : "amount and day");
        return false;
      }
      return true;
    });
  }
  for (const [shelf, { entries, example }] of ambiguous) {
    if (entries === shelf.flows.length || shelf.taken === 0 || Math.max(entries, shelf.flows.length) < 2) continue;
    const fit = `${entries} entries on ${example.account} fit ${shelf.flows.length} payments by amount and day`;
    settling.problems.push({
      what: `${fit}; ${shelf.taken} are paired in listing order, and which is which is not known`,
      sources: sourcesOf([example.records[0]!, ...shelf.flows.slice(0, 3).flatMap((flow) => flow.legs.slice(0, 1))]),
    });
  }
  return left;
}

/** Payments that the same entry could book, in listing order; those before `start` are booked. */
interface Shelf {
  readonly flows: Flow[];
  readonly isCredit: boolean;
  start: number;
  taken: number;
}

function openEnds(flows: readonly Flow[], asked: ReadonlySet<string>): Map<string, Shelf> {
  const shelves = new Map<string, Shelf>();
  for (const flow of flows) {
    const isAsked = asked.has(flow.debtorKey ?? "") || asked.has(flow.creditorKey ?? "");
    if (!isAsked || ["rejected", "held"].includes(lastWord(flow).fate ?? "")) continue;
    const { pays, gets, others } = flowMonies(flow);
    const days = daysOf(flow);
    for (const isCredit of [false, true]) {
      const account = isCredit ? flow.creditorKey : flow.debtorKey;
      if (account === null || !asked.has(account) || (isCredit ? flow.credit : (flow.debit ?? flow.batch)) !== null)
        continue;
      const monies = [...(isCredit ? [gets] : [pays]), ...others];
      const keys = new Set(
        monies.flatMap((money) => (money === null ? [] : [...days].map((day) => keyOf(account, isCredit, money, day)))),
      );
      for (const key of keys) {
        const shelf = shelves.get(key);
        if (shelf === undefined) shelves.set(key, { flows: [flow], isCredit, start: 0, taken: 0 });
        else shelf.flows.push(flow);
      }
    }
  }
  return shelves;
}

function daysOf(flow: Flow): Set<Day> {
  const days = new Set<Day>();
  for (const order of ordersOf(flow)) {
    const day = orderDay(order);
    if (day !== null) days.add(day);
  }
  for (const { settlementDate } of flow.returnRecords) {
    const day = dayOfDate(settlementDate);
    if (day !== null) days.add(day);
  }
  return days;
}

function keyOf(account: string, isCredit: boolean, { amount, currency }: Money, day: Day): string {
  return `${account} ${isCredit ? "+" : "-"}${amount} ${currency} ${day}`;
}

function keysOfMovement({ account, isCredit, money, bookingDay, valueDay }: Movement): string[] {
  const days = new Set([bookingDay, valueDay].filter((day) => day !== null));
  return [...days].map((day) => keyOf(account, isCredit, money, day));
}

const mayMatch = ({ remainder, isReversal, isReturn }: Movement) => remainder === null && !isReversal && !isReturn;

function takeFrom(shelf: Shelf, movement: Movement): Flow | null {
  const isTaken = (flow: Flow) => (shelf.isCredit ? flow.credit : flow.debit) !== null;
  while (shelf.start < shelf.flows.length && isTaken(shelf.flows[shelf.start]!)) shelf.start++;
  const end = Math.min(shelf.flows.length, shelf.start + rivalsMax);
  for (let at = shelf.start; at < end; at++) {
    const flow = shelf.flows[at]!;
    if (isTaken(flow) || !isCounterparty(flow, movement)) continue;
    if (ordersOf(flow).some(({ references }) => contradict(references, movement.references))) continue;
    return flow;
  }
  return null;
}

function isCounterparty(flow: Flow, { isCredit, counterpartyKey, records }: Movement): boolean {
  if (counterpartyKey === null) return true;
  const [key, side] = isCredit ? [flow.debtorKey, flow.debtor] : [flow.creditorKey, flow.creditor];
  if (key === counterpartyKey) return true;
  const name = normaliseName(side?.party?.name ?? "");
  if (name === "") return false;
  return records.some(({ counterparty }) => {
    const isNameOnly = counterparty.account === null;
    return isNameOnly && normaliseName(counterparty.party?.name ?? "") === name;
  });
}
