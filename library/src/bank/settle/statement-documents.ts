import { hash } from "node:crypto";
import { NumberedTexts } from "../../sets/numbered-texts.ts";
import { type Day, dayOfDate, dayOfInstant } from "../calendar-day.ts";
import type { EntryRecord, StatementBalance, StatementRecord } from "../record.ts";
import { type Money, moneyOf, type Settling } from "./flow.ts";

/** An entry of one statement, with its details. */
export interface StatementEntry {
  readonly document: StatementDocument;
  /** One record a detail, in order. */
  readonly details: EntryRecord[];
  /** The same in a repeated statement. */
  readonly again: EntryRecord[];
}

/** One account's statement, report or notification, its pages put together. */
export interface StatementDocument {
  readonly account: string;
  readonly level: StatementRecord["level"];
  /** The pages in order; empty where entries name a statement that is not there. */
  readonly pages: StatementRecord[];
  readonly entries: StatementEntry[];
  /** The same statement again. */
  readonly repeats: StatementDocument[];
  readonly rank: number;
  /** See {@link periodOf}, which is asked often. */
  period?: Period | null;
}

interface Period {
  readonly from: Day;
  readonly to: Day;
}

export const levelsInOrder = ["statement", "report", "notification"] as const;

/**
 * Puts statements together: entries to the statement that they name, pages of one statement to one (MT 28C
 * `number/page`, where a page ends with the interim balance with which the next begins; camt pages with one statement
 * id), and the same statement told twice to one. Two statements are the same where account, kind, number, balances
 * and every entry are; notifications and statements without balances must have one id too, because two of them may
 * well say the same and mean two things.
 */
export function statementDocuments(
  settling: Settling,
  statements: readonly StatementRecord[],
  entries: readonly EntryRecord[],
): StatementDocument[] {
  const keys = new NumberedTexts();
  const documents: StatementDocument[] = [];
  const documentOf = (record: StatementRecord | EntryRecord, id: string) => {
    const account = settling.book.keyOf(record.account) ?? `unknown-account@${id}`;
    const { sha256, message } = record.source;
    const key = `${sha256} ${message} ${record.level} ${account} ${id}`;
    const number = keys.give(key);
    const known = documents[number];
    if (known !== undefined) return known;
    const rank = settling.rankOf.get(record)!;
    const made: StatementDocument = { account, level: record.level, pages: [], entries: [], repeats: [], rank };
    documents[number] = made;
    return made;
  };
  for (const statement of statements) documentOf(statement, statement.id).pages.push(statement);
  for (const entry of entries) {
    const document = documentOf(entry, entry.statement);
    const last = document.entries.at(-1);
    if (last !== undefined && last.details[0]!.number === entry.number) last.details.push(entry);
    else document.entries.push({ document, details: [entry], again: [] });
  }
  return joinPages(withoutRepeats(documents.sort((a, b) => a.rank - b.rank)));
}

function withoutRepeats(documents: readonly StatementDocument[]): StatementDocument[] {
  const outlines = new NumberedTexts();
  const alike: number[] = [];
  const outlineAt = documents.map((document) => {
    const outline = outlines.give(outlineOf(document));
    alike[outline] = (alike[outline] ?? 0) + 1;
    return outline;
  });
  const distinct: StatementDocument[] = [];
  const byContent = new Map<string, StatementDocument>();
  for (const [i, document] of documents.entries()) {
    const key = alike[outlineAt[i]!] === 1 ? null : contentOf(document);
    const known = key === null ? undefined : byContent.get(key);
    if (known === undefined) {
      distinct.push(document);
      if (key !== null) byContent.set(key, document);
      continue;
    }
    known.repeats.push(document);
    // The same content, so the same entries at the same places.
    document.entries.forEach((entry, i) => {
      known.entries[i]!.again.push(...entry.details);
    });
  }
  return distinct;
}

/** What two tellings of one statement have in common, without looking at its entries. */
function outlineOf({ account, level, pages, entries }: StatementDocument): string {
  const money = entries[0]?.details[0]?.entryMoney;
  return `${account}|${level}|${pages.length}|${entries.length}|${money?.amount} ${money?.currency}`;
}

function contentOf({ account, level, pages, entries }: StatementDocument): string {
  const balances = pages.flatMap((page) => page.balances).map((one) => `${one.kind} ${signed(one)} ${one.date}`);
  const isClosed = level === "statement" && balances.length > 1;
  const id = isClosed ? "" : (pages[0]?.id ?? entries[0]?.details[0]?.statement ?? "");
  const parts: unknown[] = [account, level, id, pages.map(({ sequence }) => sequence), balances];
  for (const { details } of entries) {
    for (const one of details) {
      parts.push(one.entryMoney, one.money, one.isCredit, one.isReversal, one.status, one.bookingDate, one.valueDate);
      parts.push(one.entryReference, one.servicerReference, one.references);
    }
  }
  return hash("sha256", JSON.stringify(parts), "base64");
}

/** Pages follow one another: the number of the page by one, and the balance from one to the next. */
function joinPages(documents: readonly StatementDocument[]): StatementDocument[] {
  const numbered = new Map<string, Map<number, StatementDocument>>();
  const pageOf = new Map<StatementDocument, { key: string; page: number }>();
  for (const document of documents) {
    const [page] = document.pages;
    if (page === undefined || page.sequence === null) continue;
    const [, number, at] = /^0*(\d+)\D+0*(\d+)$/u.exec(page.sequence) ?? [];
    if (number === undefined) continue;
    const { start, end } = boundsOf(document);
    const key = `${document.account} ${document.level} ${number} ${start?.money.currency ?? end?.money.currency}`;
    pageOf.set(document, { key, page: Number(at) });
    const pages = numbered.get(key) ?? new Map<number, StatementDocument>();
    numbered.set(key, pages);
    // A number may come again another year; a page that has a rival stays by itself.
    if (!pages.has(Number(at))) pages.set(Number(at), document);
  }
  const joined = new Set<StatementDocument>();
  for (const first of documents) {
    const place = pageOf.get(first);
    if (place === undefined || joined.has(first)) continue;
    const pages = numbered.get(place.key)!;
    if (pages.get(place.page) !== first || canFollow(pages.get(place.page - 1), first)) continue;
    let before = first;
    for (let page = place.page + 1; canFollow(before, pages.get(page)); page++) {
      const next = pages.get(page)!;
      joined.add(next);
      before = next;
      first.pages.push(...next.pages);
      for (const entry of next.entries) first.entries.push({ ...entry, document: first });
      first.repeats.push(...next.repeats);
    }
  }
  return documents.filter((document) => !joined.has(document));
}

function canFollow(before: StatementDocument | undefined, next: StatementDocument | undefined): boolean {
  if (before === undefined || next === undefined) return false;
  const last = before.pages.at(-1)!;
  const first = next.pages[0]!;
  const end = lastBalance(last);
  const start = firstBalance(first);
  if (end === null || start === null) return false;
  return end.kind === "interim" && start.kind === "interim" && signed(end) === signed(start);
}

function firstBalance({ balances }: StatementRecord): StatementBalance | null {
  const opening = balances.find(isOpening);
  if (opening !== undefined) return opening;
  const interim = balances.find(isInterim);
  return interim !== undefined && (interim !== balances.findLast(isInterim) || balances.some(isClosing))
    ? interim
    : null;
}

function lastBalance({ balances }: StatementRecord): StatementBalance | null {
  const closing = balances.findLast(isClosing);
  if (closing !== undefined) return closing;
  const interim = balances.findLast(isInterim);
  return interim !== undefined && (interim !== balances.find(isInterim) || balances.some(isOpening)) ? interim : null;
}

const isOpening = ({ kind }: StatementBalance) => kind === "opening";
const isInterim = ({ kind }: StatementBalance) => kind === "interim";
const isClosing = ({ kind }: StatementBalance) => kind === "closing";

/** The balances with which a statement begins and ends; null where it does not say. */
export function boundsOf({ pages }: StatementDocument): {
  start: StatementBalance | null;
  end: StatementBalance | null;
} {
  const [first, last] = [pages[0], pages.at(-1)];
  return {
    start: first === undefined ? null : firstBalance(first),
    end: last === undefined ? null : lastBalance(last),
  };
}

function signed(balance: StatementBalance): string {
  return `${balanceMoney(balance).amount} ${balance.money.currency}`;
}

/** Minor units; a debt is negative. */
export function balanceMoney({ money, isDebit }: StatementBalance): Money {
  const { currency, amount } = moneyOf(money);
  return { currency, amount: isDebit ? -amount : amount };
}

/** The sign of an entry as a whole: its details may have signs of their own, and then it is that of their sum. */
export function isCreditEntry(details: readonly EntryRecord[]): boolean {
  const [first] = details;
  if (details.every(({ isCredit }) => isCredit === first!.isCredit)) return first!.isCredit;
  let sum = 0n;
  for (const { money, isCredit } of details) sum += isCredit ? BigInt(money.amount) : -BigInt(money.amount);
  return sum >= 0n;
}

export function entryDay({ details }: StatementEntry): Day | null {
  const [first] = details;
  return dayOfInstant(first!.bookingTime) ?? dayOfDate(first!.bookingDate) ?? dayOfDate(first!.valueDate);
}

/**
 * The days of which a statement claims to hold every booking; null where nothing says. Without a period of its own it
 * begins with its first entry and ends with its closing balance.
 */
export function periodOf(document: StatementDocument): Period | null {
  if (document.period === undefined) document.period = findPeriod(document);
  return document.period;
}

function findPeriod(document: StatementDocument): Period | null {
  const { start, end } = boundsOf(document);
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const page of document.pages) {
    from = Math.min(from, dayOfInstant(page.from) ?? from);
    to = Math.max(to, dayOfInstant(page.to) ?? to);
  }
  const days = document.entries.map(entryDay).filter((day) => day !== null);
  if (from === Number.POSITIVE_INFINITY) {
    for (const day of days) from = Math.min(from, day);
    if (days.length === 0) from = dayOfDate(start?.date ?? null) ?? from;
  }
  if (to === Number.NEGATIVE_INFINITY) {
    for (const day of days) to = Math.max(to, day);
    to = Math.max(to, dayOfDate(end?.date ?? null) ?? to);
  }
  return from <= to && Number.isFinite(from) && Number.isFinite(to) ? { from, to } : null;
}
