import type { Day } from "../calendar-day.ts";
import {
  balanceMoney,
  boundsOf,
  entryDay,
  isCreditEntry,
  periodOf,
  type StatementDocument,
  type StatementEntry,
} from "./statement-documents.ts";

/** What two statements that meet on one day tell of it. */
export interface Seam {
  /** Both tell of the same entries; else the one goes on where the other ends. */
  readonly isShared: boolean;
  /** Balances say so. */
  readonly isCertain: boolean;
}

/**
 * Whether two statements tell of the same entries on the day on which the one ends and the other begins. Their balances
 * say it: the later one begins with what the earlier one ended with, or with what it had before the entries that both
 * have. Without balances they do where both have the very same entries on that day, to the last text: a bank's CSV
 * holds whole days. Two with the same balances are one statement told twice.
 */
export function seamOf(day: Day, a: StatementDocument, b: StatementDocument): Seam {
  if (haveSameBalances(a, b)) return { isShared: true, isCertain: true };
  const orders = [
    [a, b],
    [b, a],
  ] as const;
  const seams = orders.flatMap(([before, next]) => {
    const meets = periodOf(before)?.to === day && periodOf(next)?.from === day;
    return (meets ? balancedSeam(day, before, next) : null) ?? [];
  });
  if (seams.length > 0) return { isShared: seams.includes("shared"), isCertain: true };
  const [ofA, ofB] = [a, b].map((one) => entriesOn(day, one).map(contentOf).sort());
  return { isShared: ofA!.length > 0 && JSON.stringify(ofA) === JSON.stringify(ofB), isCertain: false };
}

/** Null where a balance is missing. */
function balancedSeam(day: Day, before: StatementDocument, next: StatementDocument): "shared" | "apart" | null {
  const [end, start] = [boundsOf(before).end, boundsOf(next).start];
  if (end === null || start === null || end.money.currency !== start.money.currency) return null;
  const [ended, begun] = [balanceMoney(end).amount, balanceMoney(start).amount];
  if (ended === begun) return "apart";
  const left = new Map<string, number>();
  for (const entry of entriesOn(day, before)) left.set(signedOf(entry), (left.get(signedOf(entry)) ?? 0) + 1);
  let shared = 0n;
  for (const entry of entriesOn(day, next)) {
    const count = left.get(signedOf(entry)) ?? 0;
    const { currency, amount } = entry.details[0]!.entryMoney;
    if (count === 0 || currency !== start.money.currency) continue;
    left.set(signedOf(entry), count - 1);
    shared += isCreditEntry(entry.details) ? BigInt(amount) : -BigInt(amount);
  }
  return ended - shared === begun ? "shared" : "apart";
}

function haveSameBalances(a: StatementDocument, b: StatementDocument): boolean {
  const [boundsA, boundsB] = [boundsOf(a), boundsOf(b)];
  return (["start", "end"] as const).every((bound) => {
    const [one, other] = [boundsA[bound], boundsB[bound]];
    if (one === null || other === null || one.money.currency !== other.money.currency) return false;
    return balanceMoney(one).amount === balanceMoney(other).amount;
  });
}

const entriesOn = (day: Day, { entries }: StatementDocument) => entries.filter((entry) => entryDay(entry) === day);

function signedOf({ details }: StatementEntry): string {
  const { amount, currency } = details[0]!.entryMoney;
  return `${isCreditEntry(details) ? "+" : "-"}${amount} ${currency}`;
}

function contentOf(entry: StatementEntry): string {
  const told = entry.details.map(({ money, valueDate, servicerReference, references, counterparty, remittance }) => {
    return [money, valueDate, servicerReference, references, counterparty, remittance];
  });
  return JSON.stringify([signedOf(entry), told]);
}
