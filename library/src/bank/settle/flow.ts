import { type Day, dayOfDate, dayOfInstant } from "../calendar-day.ts";
import type {
  BankRecord,
  EntryRecord,
  OrderRecord,
  RecallAnswerRecord,
  RecallRecord,
  References,
  ReturnRecord,
  Side,
  StatusRecord,
  TextRecord,
} from "../record.ts";
import type { SettledBank } from "../settled.ts";
import { type AccountBook, hasAccount } from "./account-key.ts";

export type Problem = SettledBank["problems"][number];

/** What every step of settling may ask. */
export interface Settling {
  readonly book: AccountBook;
  readonly rankOf: ReadonlyMap<BankRecord, number>;
  readonly problems: Problem[];
}

export interface Money {
  readonly currency: string;
  /** Minor units. */
  readonly amount: bigint;
}

/** One booked movement of an account: an entry, however many statements tell of it, or one detail of a batch. */
export interface Movement {
  readonly account: string;
  readonly side: Side;
  readonly isCredit: boolean;
  readonly isReversal: boolean;
  readonly money: Money;
  /** What the detail is in another currency than the account's. */
  readonly foreign: Money | null;
  /** Every record that tells of it; the first is the one that is believed. */
  readonly records: readonly EntryRecord[];
  readonly references: References;
  readonly counterpartyKey: string | null;
  readonly bookingDay: Day | null;
  readonly valueDay: Day | null;
  readonly rank: number;
  /** What the details of an entry leave unexplained: `charges` where the entry's charges explain it. */
  readonly remainder: "unexplained" | "charges" | null;
  /** The entry says that it gives money back (RtrInf, /RETN/). */
  readonly isReturn: boolean;
}

/** A payment in the making: everything that tells of it. */
export interface Flow {
  readonly kind: "payment" | "return" | "reversal";
  /** Interbank messages, in the order in which the money went. */
  legs: readonly OrderRecord[];
  initiations: readonly OrderRecord[];
  covers: readonly OrderRecord[];
  /** The same message again. */
  repeats: readonly OrderRecord[];
  returnRecords: readonly ReturnRecord[];
  debtor: Side | null;
  creditor: Side | null;
  debtorKey: string | null;
  creditorKey: string | null;
  debit: Movement | null;
  credit: Movement | null;
  /** A debit of the sum of several orders that are paid in one. */
  batch: Movement | null;
  /** Entries on accounts between the two ends: a bank's account with another. They move nothing more. */
  passages: readonly Movement[];
  /** Entries that are not booked. */
  announced: readonly EntryRecord[];
  statuses: readonly StatusRecord[];
  texts: readonly TextRecord[];
  recalls: readonly (RecallRecord | RecallAnswerRecord)[];
  /** The payment that this one gives back. */
  original: Flow | null;
  /** What gives this one back. */
  givenBack: readonly Flow[];
  rank: number;
  key: string;
  /** How entries were found to belong to it, in words. */
  matched: readonly string[];
}

/** Most lists of most payments stay empty: they share this one until something is added. */
const none: readonly never[] = Object.freeze([]);

type ListOf<Value> = { [Field in keyof Value]: Value[Field] extends readonly unknown[] ? Field : never }[keyof Value];

/** Adds to one of a payment's lists. */
export function addTo<Field extends ListOf<Flow>>(flow: Flow, field: Field, value: Flow[Field][number]): void {
  const list = flow[field] as unknown as unknown[];
  if (flow[field] === none) (flow as Record<Field, unknown>)[field] = [value];
  else list.push(value);
}

export function newFlow(kind: Flow["kind"], rank: number): Flow {
  return {
    kind,
    legs: none,
    initiations: none,
    covers: none,
    repeats: none,
    returnRecords: none,
    debtor: null,
    creditor: null,
    debtorKey: null,
    creditorKey: null,
    debit: null,
    credit: null,
    batch: null,
    passages: none,
    announced: none,
    statuses: none,
    texts: none,
    recalls: none,
    original: null,
    givenBack: none,
    rank,
    key: "",
    matched: none,
  };
}

/**
 * The only order of a payment of which nothing else tells, neither message nor entry: what most rows of most files
 * are. Null where there is more.
 */
export function onlyOrderOf(flow: Flow): OrderRecord | null {
  if (flow.legs.length !== 1 || flow.initiations.length > 0 || flow.covers.length > 0) return null;
  if (flow.debit !== null || flow.credit !== null || flow.batch !== null || flow.passages.length > 0) return null;
  if (flow.original !== null || flow.returnRecords.length > 0 || flow.repeats.length > 0) return null;
  if (flow.statuses.length > 0 || flow.recalls.length > 0) return null;
  return flow.announced.length > 0 || flow.texts.length > 0 ? null : flow.legs[0]!;
}

/** The orders that say what the payment is: interbank messages where there are any, else the customer's order. */
export function ordersOf(flow: Flow): readonly OrderRecord[] {
  return flow.legs.length > 0 ? flow.legs : flow.initiations.length > 0 ? flow.initiations : flow.covers;
}

export function* movementsOf(flow: Flow): Generator<Movement> {
  if (flow.debit !== null) yield flow.debit;
  if (flow.credit !== null) yield flow.credit;
  if (flow.batch !== null) yield flow.batch;
  yield* flow.passages;
}

/** Everything that tells of a payment, in the order in which a person would read it. */
export function* recordsOf(flow: Flow): Generator<BankRecord> {
  yield* flow.initiations;
  yield* flow.legs;
  yield* flow.covers;
  yield* flow.returnRecords;
  yield* flow.repeats;
  yield* flow.statuses;
  for (const movement of movementsOf(flow)) yield* movement.records;
  yield* flow.announced;
  yield* flow.recalls;
  yield* flow.texts;
}

export function moneyOf(text: { readonly currency: string; readonly amount: string }): Money {
  return { currency: text.currency, amount: BigInt(text.amount) };
}

/** What an order says it is worth: what was settled, else what was instructed. */
export function orderMoney(order: OrderRecord): Money | null {
  const text = order.settled ?? order.instructed;
  return text === null ? null : moneyOf(text);
}

/** The day of settlement, else the day on which the message was made. */
export function orderDay(order: OrderRecord): Day | null {
  return dayOfInstant(order.settlementTime) ?? dayOfDate(order.settlementDate) ?? dayOfInstant(order.created);
}

export function flowDay(flow: Flow): Day | null {
  for (const order of ordersOf(flow)) {
    const day = orderDay(order);
    if (day !== null) return day;
  }
  for (const one of flow.returnRecords) {
    const day = dayOfInstant(one.settlementTime) ?? dayOfDate(one.settlementDate) ?? dayOfInstant(one.created);
    if (day !== null) return day;
  }
  const movement = flow.debit ?? flow.credit;
  return movement === null ? null : (movement.bookingDay ?? movement.valueDay);
}

/** What the payer pays and the payee gets, as the messages have it; null where none says. */
export function flowMonies(flow: Flow): { pays: Money | null; gets: Money | null; others: readonly Money[] } {
  const others: Money[] = [];
  for (const order of ordersOf(flow)) {
    if (order.settled !== null) others.push(moneyOf(order.settled));
    if (order.instructed !== null) others.push(moneyOf(order.instructed));
  }
  for (const one of flow.returnRecords) others.push(moneyOf(one.returned));
  const returned = flow.returnRecords[0];
  if (returned !== undefined) return { pays: moneyOf(returned.returned), gets: moneyOf(returned.returned), others };
  const orders = ordersOf(flow);
  const [first, last] = [orders[0], orders.at(-1)];
  if (first === undefined || last === undefined) {
    const [pays, gets] = [flow.debit?.money ?? null, flow.credit?.money ?? null];
    return { pays: pays ?? gets, gets: gets ?? pays, others };
  }
  return { pays: orderMoney(first), gets: orderMoney(last), others };
}

/** Notes that the entry books this end of the payment, and that its account is the end's. */
export function attach(flow: Flow, movement: Movement, by: string): void {
  if (movement.isCredit) {
    flow.credit = movement;
    flow.creditor = hasAccount(flow.creditor) ? flow.creditor : movement.side;
    flow.creditorKey = movement.account;
  } else {
    flow.debit = movement;
    flow.debtor = hasAccount(flow.debtor) ? flow.debtor : movement.side;
    flow.debtorKey = movement.account;
  }
  addTo(flow, "matched", `${movement.isCredit ? "credit" : "debit"} by ${by}`);
}
