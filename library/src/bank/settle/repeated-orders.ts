import { isNear } from "../calendar-day.ts";
import type { OrderRecord } from "../record.ts";
import { realReference, realUetr } from "../reference.ts";
import { sourcesOf } from "./arrange-records.ts";
import { orderDay, type Settling } from "./flow.ts";
import { isFingerprinted, orderFingerprint } from "./order-fingerprint.ts";

export interface DistinctOrders {
  /** Each order once, in listing order. */
  readonly orders: readonly OrderRecord[];
  /** The same message again, by the order that stands for it. */
  readonly repeatsOf: ReadonlyMap<OrderRecord, readonly OrderRecord[]>;
}

/** Days between two messages of one payment: a leg or a booking on the other side of a weekend and a holiday. */
export const daysApartMax = 5;

/**
 * The same message twice counts once: same sender, level, message, instruction, transaction and end-to-end ids and
 * UETR, and the same money, day and accounts. Two transactions inside one message are two, whatever ids they have.
 * Rows without an id of their own are compared by what they say, file by file: what a file says twice happened twice,
 * and what two files say is one.
 *
 * The same ids with other content, within {@link daysApartMax} days and with an end or the amount in common: the
 * first in listing order stands, and the other is a problem, because no message says which of them is true and
 * counting both would invent money. With nothing in common, or later, they are two payments whose sender used a
 * reference again.
 */
export function dropRepeats(settling: Settling, orders: readonly OrderRecord[]): DistinctOrders {
  const { alone, others } = partedByFingerprint(settling, orders);
  // Most are alone: a list is made for the others only.
  const byIds = new Map<string, OrderRecord | OrderRecord[]>();
  for (const order of others) {
    const key = idsOf(settling, order);
    const known = byIds.get(key);
    if (known === undefined) byIds.set(key, order);
    else if (Array.isArray(known)) known.push(order);
    else byIds.set(key, [known, order]);
  }
  const repeatsOf = new Map<OrderRecord, OrderRecord[]>();
  if (byIds.size === others.length) return { orders, repeatsOf };
  const distinct = alone;
  for (const same of byIds.values()) {
    if (!Array.isArray(same)) distinct.push(same);
    else distinct.push(...distinctOf(settling, same, repeatsOf));
  }
  distinct.sort((a, b) => settling.rankOf.get(a)! - settling.rankOf.get(b)!);
  return { orders: distinct, repeatsOf };
}

/**
 * Rows without ids of their own come by the hundred thousand, and a text of what each says is long. Those of which no
 * other has the number are alone, whatever they say.
 */
function partedByFingerprint(settling: Settling, orders: readonly OrderRecord[]) {
  const fingerprints = orders.map((order) => (isFingerprinted(order) ? orderFingerprint(settling.book, order) : named));
  const seen = new Set<number>();
  const crowded = new Set<number>([named]);
  for (const one of fingerprints) {
    const before = seen.size;
    if (seen.add(one).size === before) crowded.add(one);
  }
  const alone: OrderRecord[] = [];
  const others: OrderRecord[] = [];
  orders.forEach((order, i) => {
    (crowded.has(fingerprints[i]!) ? others : alone).push(order);
  });
  return { alone, others };
}

const named = -1;

function idsOf({ book }: Settling, order: OrderRecord): string {
  const { references } = order;
  if (isFingerprinted(order)) {
    return `row|${order.level}|${realReference(references.endToEndId)}|${contentOf(book, order)}`;
  }
  const sender = book.agentKey(order.instructing) ?? book.agentKey(order.debtor.agent);
  const ids = `${idOf(references.messageId)}|${idOf(references.instructionId)}|${idOf(references.transactionId)}`;
  return `${order.level}|${sender}|${ids}|${idOf(references.endToEndId)}|${realUetr(references.uetr)}`;
}

const idOf = (text: string | null) => realReference(text) ?? "";

function contentOf(book: Settling["book"], order: OrderRecord): string {
  const { settled, instructed } = order;
  const monies = `${settled?.amount} ${settled?.currency}|${instructed?.amount} ${instructed?.currency}`;
  const when = `${order.settlementDate}|${order.settlementTime}`;
  return `${monies}|${when}|${book.keyOf(order.debtor)}|${book.keyOf(order.creditor)}`;
}

/** One for each that a message or file tells of, the first in listing order; the rest are its repeats or problems. */
function distinctOf(
  settling: Settling,
  same: readonly OrderRecord[],
  repeatsOf: Map<OrderRecord, OrderRecord[]>,
): OrderRecord[] {
  const areNamed = !isFingerprinted(same[0]!);
  const first = new Map<string, OrderRecord>();
  const contentsOfPlace = new Map<string, Set<string>>();
  const told = new Map<string, number>();
  for (const order of same) {
    const { sha256, message } = order.source;
    const place = areNamed ? `${sha256} ${message}` : sha256;
    const content = contentOf(settling.book, order);
    const count = (told.get(`${place} ${content}`) ?? 0) + 1;
    told.set(`${place} ${content}`, count);
    const contents = contentsOfPlace.get(place) ?? new Set();
    contentsOfPlace.set(place, contents.add(content));
    const known = first.get(`${count} ${content}`);
    if (known === undefined) {
      first.set(`${count} ${content}`, order);
      continue;
    }
    const repeats = repeatsOf.get(known);
    if (repeats === undefined) repeatsOf.set(known, [order]);
    else repeats.push(order);
    if (!areNamed) {
      settling.problems.push({
        what: "Two files hold a row with the same parties, day and amount and no reference of its own; it counts once",
        sources: sourcesOf([known, order]),
      });
    }
  }
  const reps = [...first.values()];
  const isOneMessage = [...contentsOfPlace.values()].some((contents) => contents.size > 1);
  return reps.length === 1 || isOneMessage || !areNamed ? reps : withoutContradictions(settling, reps);
}

function withoutContradictions(settling: Settling, reps: readonly OrderRecord[]): OrderRecord[] {
  const [first, ...others] = reps as [OrderRecord, ...OrderRecord[]];
  const kept = [first];
  for (const order of others) {
    // One that a message tells twice has the first one's content, and is another transaction.
    const isOther = contentOf(settling.book, order) !== contentOf(settling.book, first);
    const isCorrection = isOther && haveInCommon(settling, first, order);
    if (!isCorrection) kept.push(order);
    if (!isOther) continue;
    settling.problems.push({
      what: isCorrection
        ? "A message has the ids of an earlier one and says otherwise; the earlier one counts, this one does not"
        : "Two payments that have nothing in common bear the same ids; both count",
      sources: sourcesOf([first, order]),
    });
  }
  return kept;
}

function haveInCommon({ book }: Settling, a: OrderRecord, b: OrderRecord): boolean {
  if (!isNear(orderDay(a), orderDay(b), daysApartMax)) return false;
  const [moneyA, moneyB] = [a.settled ?? a.instructed, b.settled ?? b.instructed];
  return (
    book.keyOf(a.debtor) === book.keyOf(b.debtor) ||
    book.keyOf(a.creditor) === book.keyOf(b.creditor) ||
    (moneyA?.amount === moneyB?.amount && moneyA?.currency === moneyB?.currency)
  );
}
