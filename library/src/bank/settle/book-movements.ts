import { dayOfDate, dayOfInstant } from "../calendar-day.ts";
import type { EntryRecord, References, Side } from "../record.ts";
import { noReferences, realReference } from "../reference.ts";
import { describedWell } from "./account-key.ts";
import { sourcesOf } from "./arrange-records.ts";
import { type Money, type Movement, moneyOf, type Settling } from "./flow.ts";
import { spokenMoney } from "./spoken-money.ts";
import { isCreditEntry } from "./statement-documents.ts";
import { mostDetailed, type UniqueEntry } from "./unify-entries.ts";

/** What moved by the entries, and the entries that are announced only. */
export interface BookedMovements {
  readonly movements: readonly Movement[];
  readonly announced: readonly UniqueEntry[];
}

/**
 * Makes movements of booked entries, one a detail. Where the details of an entry do not add up to it, what is left
 * moves too, so that the account's balance is what the statement says: as a charge of the account's bank where the
 * entry's charges are exactly that much, else as one unexplained remainder, which is a problem listed. A detail in
 * another currency than the entry's is taken at the entry's amount where it is the only one, else it is in the
 * remainder.
 */
export function bookMovements(settling: Settling, entries: readonly UniqueEntry[]): BookedMovements {
  const movements: Movement[] = [];
  const announced: UniqueEntry[] = [];
  for (const entry of entries) {
    if (entry.isBooked) movements.push(...movementsIn(settling, entry));
    else announced.push(entry);
  }
  movements.sort((a, b) => a.rank - b.rank);
  return { movements, announced };
}

function movementsIn(settling: Settling, entry: UniqueEntry): Movement[] {
  const details = mostDetailed(entry);
  const believed = entry.told.find((one) => one.details[0]!.status === "booked") ?? entry.told[0]!;
  const whole = moneyOf(believed.details[0]!.entryMoney);
  const others = entry.told.flatMap((one) => (one.details === details ? one.again : [...one.details, ...one.again]));
  const itemised = details.filter(({ money }) => money.currency === whole.currency);
  if (itemised.length === 0) {
    const [only] = details;
    const foreign = details.length === 1 ? moneyOf(only!.money) : null;
    return [movementOf(settling, entry, [...details, ...others], { money: whole, foreign })];
  }
  const movements: Movement[] = [];
  const isCredit = isCreditEntry(believed.details);
  let left = whole.amount;
  for (const detail of itemised) {
    const money = moneyOf(detail.money);
    left -= detail.isCredit === isCredit ? money.amount : -money.amount;
    if (money.amount === 0n) continue;
    movements.push(movementOf(settling, entry, [detail, ...tellingsOf(detail, details, others)], { money }));
  }
  if (left !== 0n || movements.length === 0) {
    movements.push(
      remainderOf(settling, entry, [...believed.details, ...others], { ...whole, amount: left }, isCredit),
    );
  }
  return movements;
}

/** Who else tells of a detail: all who tell of its entry without itemising it, or of the same detail by number. */
function tellingsOf(detail: EntryRecord, details: readonly EntryRecord[], others: readonly EntryRecord[]) {
  return details.length === 1 ? others : others.filter((one) => one.detail === detail.detail || one.detail === null);
}

function remainderOf(
  settling: Settling,
  entry: UniqueEntry,
  records: readonly EntryRecord[],
  left: Money,
  isCredit: boolean,
): Movement {
  const amount = left.amount < 0n ? -left.amount : left.amount;
  // What a debit has more, and a credit less, than its details may be a charge.
  const isTaken = isCredit ? left.amount < 0n : left.amount > 0n;
  const isCharge = isTaken && amount > 0n && chargesOf(records, left.currency).includes(amount);
  const isOtherWay = left.amount < 0n;
  if (!isCharge && amount > 0n) {
    const difference = `differ by ${spokenMoney(amount, left.currency)}; the difference moves as one remainder`;
    settling.problems.push({
      what: `An entry on ${entry.account} and its details ${difference}`,
      sources: sourcesOf(records),
    });
  }
  const remainder = isCharge ? "charges" : "unexplained";
  const money = { currency: left.currency, amount };
  return movementOf(settling, entry, records, { money, remainder, isCredit: isOtherWay ? !isCredit : isCredit });
}

/** The entry's charges, as its first detail has them and as all together do. */
function chargesOf(records: readonly EntryRecord[], currency: string): bigint[] {
  const sum = (of: readonly EntryRecord[]) =>
    of
      .flatMap(({ charges }) => charges)
      .filter(({ money }) => money.currency === currency)
      .reduce((total, { money }) => total + BigInt(money.amount), 0n);
  return [sum(records.slice(0, 1)), sum(records)];
}

function movementOf(
  settling: Settling,
  entry: UniqueEntry,
  records: readonly EntryRecord[],
  what: { money: Money; foreign?: Money | null; remainder?: Movement["remainder"]; isCredit?: boolean },
): Movement {
  const remainder = what.remainder ?? null;
  const [first] = records as readonly [EntryRecord, ...EntryRecord[]];
  const dated = records.find(({ status, bookingDate }) => status === "booked" && bookingDate !== null) ?? first;
  const counterparty = remainder === null ? bestSide(records.map((one) => one.counterparty)) : null;
  return {
    account: entry.account,
    side: bestSide(records.map((one) => one.account)) ?? first.account,
    isCredit: what.isCredit ?? first.isCredit,
    isReversal: first.isReversal,
    money: what.money,
    foreign: what.foreign ?? null,
    records,
    references: remainder === null ? mergedReferences(records) : noReferences,
    counterpartyKey: settling.book.keyOf(counterparty),
    bookingDay: dayOfInstant(dated.bookingTime) ?? dayOfDate(dated.bookingDate),
    valueDay: dayOfDate(dated.valueDate),
    // What is left over comes after the details that leave it.
    rank: remainder === null ? settling.rankOf.get(first)! : lastRank(settling, records, first),
    remainder,
    isReturn: remainder === null && records.some(({ returns }) => returns !== null),
  };
}

function lastRank({ rankOf }: Settling, records: readonly EntryRecord[], { source }: EntryRecord): number {
  let last = 0;
  for (const record of records) {
    const isHere = record.source.sha256 === source.sha256 && record.source.message === source.message;
    if (isHere) last = Math.max(last, rankOf.get(record)!);
  }
  return last + 0.5;
}

function bestSide(sides: readonly Side[]): Side | null {
  let best: Side | null = null;
  for (const side of sides) if (describedWell(side) > describedWell(best)) best = side;
  return best;
}

/** What the first knows, and from the others what it does not. */
function mergedReferences(records: readonly EntryRecord[]): References {
  const [only] = records;
  if (records.length === 1) return only!.references;
  const first = (field: keyof References) => {
    for (const { references } of records) if (realReference(references[field]) !== null) return references[field];
    return null;
  };
  return {
    messageId: first("messageId"),
    instructionId: first("instructionId"),
    endToEndId: first("endToEndId"),
    transactionId: first("transactionId"),
    uetr: first("uetr"),
    clearingReference: first("clearingReference"),
    related: first("related"),
  };
}
