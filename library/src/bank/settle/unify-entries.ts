import { type Day, dateOfDay, isNear } from "../calendar-day.ts";
import type { EntryRecord } from "../record.ts";
import { contradict, realReference, realUetr } from "../reference.ts";
import { sourcesOf } from "./arrange-records.ts";
import type { Settling } from "./flow.ts";
import { rivalsMax } from "./join-orders.ts";
import { daysApartMax } from "./repeated-orders.ts";
import {
  boundsOf,
  entryDay,
  isCreditEntry,
  levelsInOrder,
  periodOf,
  type StatementDocument,
  type StatementEntry,
} from "./statement-documents.ts";
import { type Seam, seamOf } from "./statement-seam.ts";

/** One entry of an account, however many statements, reports and notifications tell of it. */
export interface UniqueEntry {
  readonly account: string;
  readonly day: Day | null;
  /** The first is believed: of the most complete kind of statement, as first listed. */
  readonly told: StatementEntry[];
  isBooked: boolean;
}

/**
 * An entry counts once, whether a statement (camt.053, MT940), reports (camt.052, MT942) or notifications (camt.054,
 * MT900/910) tell of it, in this order of precedence. Two entries of one account are one where they stand in
 * different documents, have the same sign, amount and currency, no reference of one kind that differs, and
 *
 * - one servicer's reference, UETR, transaction, end-to-end or instruction id, and at most 5 days between them; or
 * - one day, and the documents are such that one repeats the other: of different kinds; two reports of one time; two
 *   statements whose periods both hold that day.
 *
 * Entries of one document are never one. Of a day on which one statement ends and the other begins see
 * `statement-seam.ts`; where no balance says whether both tell of the same entries that is a problem listed. A booked
 * entry of a report or notification that the statement of its day does not have is a problem and does not move: the
 * statement is complete for its days, and the entry may be there under another day.
 */
export function unifyEntries(settling: Settling, documents: readonly StatementDocument[]): UniqueEntry[] {
  const byAccount = new Map<string, StatementDocument[]>();
  for (const document of documents) {
    const known = byAccount.get(document.account);
    if (known === undefined) byAccount.set(document.account, [document]);
    else known.push(document);
  }
  const unique: UniqueEntry[] = [];
  for (const [account, ofAccount] of byAccount) {
    // Of many accounts nothing is told but balances.
    if (ofAccount.every(({ entries }) => entries.length === 0)) continue;
    const ledger = new EntryLedger(account);
    for (const level of levelsInOrder) {
      for (const document of ofAccount) if (document.level === level) ledger.add(document);
    }
    unique.push(...ledger.settle(settling));
  }
  return unique;
}

interface Known extends UniqueEntry {
  /** The document that told of it last, and those of each level: one document tells of it once. */
  lastDocument: StatementDocument;
}

class EntryLedger {
  readonly #account: string;
  readonly #entries: Known[] = [];
  readonly #byReference = new Map<string, Known[]>();
  readonly #byDay = new Map<string, Known[]>();
  readonly #periods = new Map<StatementDocument, { from: Day; to: Day } | null>();
  /** By the document that was added later, then by the other. */
  readonly #seams = new Map<StatementDocument, Map<StatementDocument, Seam & { day: Day }>>();
  /** Where in a day's equal entries the document that is being added stands, so that a day is walked once. */
  #cursors = new Map<string, number>();

  constructor(account: string) {
    this.#account = account;
  }

  add(document: StatementDocument): void {
    this.#periods.set(document, periodOf(document));
    this.#cursors = new Map();
    const left: StatementEntry[] = [];
    const sameDays: { entry: StatementEntry; known: Known }[] = [];
    for (const entry of document.entries) {
      const known = this.#findByReference(entry);
      if (known === null) left.push(entry);
      else this.#tell(known, entry);
    }
    for (const entry of left) {
      const known = this.#findByDay(entry);
      if (known === null) continue;
      sameDays.push({ entry, known });
      this.#tell(known, entry);
    }
    const found = new Set(sameDays.map(({ entry }) => entry));
    for (const entry of left) if (!found.has(entry)) this.#keep(entry);
  }

  settle(settling: Settling): UniqueEntry[] {
    this.#tellOfSeams(settling);
    const statements = [...this.#periods].filter(([document]) => document.level === "statement");
    const byStart = statements
      .flatMap(([document, period]) => (period === null ? [] : [{ ...period, currency: currencyOf(document) }]))
      .sort((a, b) => a.from - b.from);
    const kept: UniqueEntry[] = [];
    for (const entry of this.#entries) {
      const [first] = entry.told;
      const { currency } = first!.details[0]!.entryMoney;
      const isCovered = first!.document.level !== "statement" && entry.isBooked && covers(byStart, entry.day, currency);
      if (!isCovered) kept.push(entry);
      else {
        const told = `A ${first!.document.level} tells of an entry on ${this.#account}`;
        settling.problems.push({
          what: `${told} that the statement of its day does not have; it does not move`,
          sources: sourcesOf(first!.details),
        });
      }
    }
    return kept;
  }

  #tell(known: Known, entry: StatementEntry): void {
    known.told.push(entry);
    known.lastDocument = entry.document;
    known.isBooked ||= isBooked(entry);
    this.#index(known, entry);
  }

  #keep(entry: StatementEntry): void {
    const known: Known = {
      account: this.#account,
      day: entryDay(entry),
      told: [entry],
      isBooked: isBooked(entry),
      lastDocument: entry.document,
    };
    this.#entries.push(known);
    this.#index(known, entry);
    pushTo(this.#byDay, `${known.day} ${shapeOf(entry)}`, known);
  }

  #index(known: Known, entry: StatementEntry): void {
    for (const key of referenceKeys(entry)) {
      if (this.#byReference.get(key)?.includes(known)) continue;
      if ((this.#byReference.get(key)?.length ?? 0) < rivalsMax) pushTo(this.#byReference, key, known);
    }
  }

  #findByReference(entry: StatementEntry): Known | null {
    const day = entryDay(entry);
    for (const key of referenceKeys(entry)) {
      for (const known of this.#byReference.get(key) ?? []) {
        if (known.lastDocument === entry.document || !isNear(day, known.day, daysApartMax)) continue;
        if (!differ(known.told[0]!, entry)) return known;
      }
    }
    return null;
  }

  #findByDay(entry: StatementEntry): Known | null {
    const key = `${entryDay(entry)} ${shapeOf(entry)}`;
    const rivals = this.#byDay.get(key) ?? [];
    const start = this.#cursors.get(key) ?? 0;
    for (let at = start; at < rivals.length && at < start + rivalsMax; at++) {
      const known = rivals[at]!;
      if (known.lastDocument === entry.document || !this.#mayRepeat(known, entry)) continue;
      if (differ(known.told[0]!, entry)) continue;
      if (at === start) this.#cursors.set(key, at + 1);
      return known;
    }
    return null;
  }

  /** Whether the entry's document is one that would tell again of what is known. */
  #mayRepeat(known: Known, entry: StatementEntry): boolean {
    const { document } = entry;
    const { level } = document;
    const before = known.told.filter((told) => told.document.level === level);
    if (before.length === 0) return true;
    // A statement of the day has it, and this kind of message has told of it: no other entry is left to be told of.
    const hasStatement = known.told[0]!.document.level === "statement" && level !== "statement";
    if (level === "notification") return false;
    if (hasStatement) return true;
    const day = entryDay(entry);
    const period = this.#periods.get(document) ?? null;
    return before.some((told) => {
      const other = this.#periods.get(told.document) ?? null;
      if (day === null || period === null || other === null) return false;
      if (level === "report") return timesOverlap(document, told.document);
      if ([period, other].some(({ from, to }) => day < from || to < day)) return false;
      const isSeam = (period.to === day && other.from === day) || (other.to === day && period.from === day);
      return !isSeam || this.#seamOf(day, document, told.document).isShared;
    });
  }

  #seamOf(day: Day, document: StatementDocument, other: StatementDocument): Seam {
    const seams = this.#seams.get(document) ?? new Map<StatementDocument, Seam & { day: Day }>();
    this.#seams.set(document, seams);
    const known = seams.get(other);
    // There is no second day on which the same two meet.
    if (known !== undefined) return known;
    const seam = { ...seamOf(day, document, other), day };
    seams.set(other, seam);
    return seam;
  }

  #tellOfSeams({ problems }: Settling): void {
    for (const [document, seams] of this.#seams) {
      for (const [other, { isShared, isCertain, day }] of seams) {
        if (isCertain) continue;
        const both = `Two statements of ${this.#account} meet on ${dateOfDay(day)} and have equal entries there`;
        const taken = isShared ? "all of the day is the same in both, and counts once" : "they count as two";
        problems.push({
          what: `${both}; ${taken}, and no balance says whether that is so`,
          sources: sourcesOf([other, document].flatMap(({ entries }) => entries[0]!.details)),
        });
      }
    }
  }
}

/** Reports with times tell of one another's entries where their times overlap; without times a report begins anew. */
function timesOverlap(a: StatementDocument, b: StatementDocument): boolean {
  const [pageA, pageB] = [a.pages[0], b.pages[0]];
  if (pageA?.from == null || pageA.to === null || pageB?.from == null || pageB.to === null) return true;
  return pageA.from < pageB.to && pageB.from < pageA.to;
}

function covers(
  periods: readonly { from: Day; to: Day; currency: string | null }[],
  day: Day | null,
  currency: string,
) {
  if (day === null) return false;
  return periods.some((one) => one.from <= day && day <= one.to && (one.currency ?? currency) === currency);
}

function currencyOf(document: StatementDocument): string | null {
  const { start, end } = boundsOf(document);
  return (start ?? end)?.money.currency ?? document.entries[0]?.details[0]?.entryMoney.currency ?? null;
}

const isBooked = ({ details }: StatementEntry) => details[0]!.status === "booked";

/** What two tellings of one entry have in common whatever else they say. */
function shapeOf({ details }: StatementEntry): string {
  const { entryMoney, isReversal } = details[0]!;
  return `${isCreditEntry(details) ? "+" : "-"}${entryMoney.amount} ${entryMoney.currency} ${isReversal}`;
}

function* referenceKeys(entry: StatementEntry): Generator<string> {
  const shape = shapeOf(entry);
  const [first] = entry.details;
  const servicer = realReference(first!.servicerReference);
  if (servicer !== null) yield `servicer ${servicer} ${shape}`;
  // The details of a batch have references of their own, which are not the entry's.
  if (entry.details.length > 1) return;
  const { uetr, transactionId, endToEndId, instructionId } = first!.references;
  if (realUetr(uetr) !== null) yield `uetr ${realUetr(uetr)} ${shape}`;
  if (realReference(transactionId) !== null) yield `transaction ${realReference(transactionId)} ${shape}`;
  if (realReference(endToEndId) !== null) yield `end ${realReference(endToEndId)} ${shape}`;
  if (realReference(instructionId) !== null) yield `instruction ${realReference(instructionId)} ${shape}`;
}

function differ(a: StatementEntry, b: StatementEntry): boolean {
  const [one, other] = [a.details[0]!, b.details[0]!];
  const [servicerA, servicerB] = [realReference(one.servicerReference), realReference(other.servicerReference)];
  if (servicerA !== null && servicerB !== null && servicerA !== servicerB) return true;
  return a.details.length === 1 && b.details.length === 1 && contradict(one.references, other.references);
}

function pushTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** Of all who tell of an entry, the one with most details: a notification often itemises what a statement sums up. */
export function mostDetailed(entry: UniqueEntry): readonly EntryRecord[] {
  const told = entry.told.filter((one) => !entry.isBooked || isBooked(one));
  let best = told[0]!.details;
  for (const { details } of told) if (details.length > best.length) best = details;
  return best;
}
