import { SpoorError } from "../../errors/base.ts";
import type { Instant } from "../../money/instant.ts";
import { accountOf } from "../account-of.ts";
import { parseBic } from "../bic.ts";
import { startOfDay } from "../calendar-day.ts";
import type { Draft } from "../draft.ts";
import type { Agent, EntryRecord, Side, StatementBalance, StatementRecord } from "../record.ts";
import { mtDate, mtInstant } from "./mt-date.ts";
import { type EntryLine, parseEntryLine } from "./mt-entry-line.ts";
import { type EntryText, noEntryText, readEntryText } from "./mt-entry-text.ts";
import { dayOf, findField, type MtField, moneyOf, placeOf, quoted, refuseField } from "./mt-fields.ts";
import { type MtMessage, missing } from "./mt-message.ts";

const balanceKinds: Readonly<Record<string, StatementBalance["kind"]>> = {
  "60F": "opening",
  "60M": "interim",
  "62F": "closing",
  "62M": "interim",
  "64": "available",
  "65": "available",
};

/** A statement's records, and the entries of it that cannot be used, each with its reason. */
export interface StatementRecords {
  readonly records: readonly (StatementRecord | EntryRecord)[];
  readonly refused: readonly string[];
}

/**
 * An MT940, MT942 or MT950 as a statement and its entries. An entry that cannot be read is left out with its reason,
 * and the statement says so; what else cannot be read costs the whole statement.
 *
 * @throws MtMessageError, MtFieldError
 * @see SWIFT MT940, MT942
 */
export function statementOf(message: MtMessage): StatementRecords {
  const draft: Draft = { places: {}, notes: [...message.notes] };
  const { fields } = message;
  const level = message.type === "942" ? "report" : "statement";
  const account = accountSide(message, draft);
  const balances = balancesOf(fields, draft);
  const currency = currencyOf(message, balances);
  const number = findField(fields, "28C") ?? findField(fields, "28");
  if (number !== null) draft.places.sequence = placeOf(number);
  const made = createdOf(fields, draft) ?? message.created;
  const closing = balances.findLast(({ kind }) => kind !== "available");
  const id = [
    `MT${message.type}`,
    account.account?.iban ?? account.account?.other ?? "",
    number?.value ?? "",
    findField(fields, "20")?.value ?? "",
    closing?.date ?? (made === null ? "" : new Date(made).toISOString()),
  ].join(" ");
  const { entries, refused } = entriesOf(message, { id, level, account, currency, created: made });
  noteTotals(fields, entries, draft);
  noteWords(fields, draft);
  if (refused.length > 0) draft.notes.push(`${refused.length} of its entries could not be read and are set aside`);
  const statement: StatementRecord = {
    kind: "statement",
    source: message.source,
    places: draft.places,
    message: `MT${message.type}`,
    created: made,
    id,
    sequence: number?.value ?? null,
    level,
    account,
    // The opening balance has the day of the statement before: nothing says with which day this one begins.
    from: null,
    to: level === "report" ? made : closing?.date == null ? null : startOfDay(closing.date),
    balances,
    ...(draft.notes.length === 0 ? {} : { notes: draft.notes }),
  };
  return { records: [statement, ...entries], refused };
}

/** Field 25 (25P: with the bank's BIC on a second line): `BANK/ACCOUNT`, an IBAN, an account with its currency. */
export function accountSide(message: MtMessage, draft: Draft): Side {
  const field = findField(message.fields, "25") ?? findField(message.fields, "25P");
  if (field === null) throw missing(message, "25 (whose account it is)");
  const [text = "", second = ""] = field.value.split("\n");
  const cut = text.indexOf("/");
  const before = cut < 0 ? null : text.slice(0, cut);
  const bank = before === null ? null : bankOf(before);
  const { id, currency } = withoutCurrency(bank === null ? text : text.slice(cut + 1));
  const named = parseBic(second) === null ? bank : agentOf(parseBic(second));
  draft.places.account = placeOf(field);
  if (named === null && message.sender !== null) draft.places["account.agent"] = message.senderPlace;
  return { account: accountOf(id, placeOf(field), draft.notes, currency), party: null, agent: named ?? message.sender };
}

const agentOf = (bic: string | null): Agent => ({ bic, clearing: null, name: null });

/** What stands before the slash: a BIC, or a German bank's number. */
function bankOf(text: string): Agent | null {
  const bic = parseBic(text);
  if (bic !== null) return agentOf(bic);
  return /^\d{8}$/u.test(text) ? { bic: null, clearing: `DEBLZ:${text}`, name: null } : null;
}

/** `0532013000EUR` and `NL91ABNA0417164300EUR` name the account's currency at the end. */
function withoutCurrency(text: string): { id: string; currency: string | null } {
  const match = /^(.*\d) ?([A-Z]{3})$/u.exec(text.trim());
  return match === null ? { id: text, currency: null } : { id: match[1]!, currency: match[2]! };
}

function balancesOf(fields: readonly MtField[], draft: Draft): StatementBalance[] {
  const balances: StatementBalance[] = [];
  for (const field of fields) {
    const kind = balanceKinds[field.tag];
    if (kind === undefined) continue;
    const mark = field.value[0];
    if (mark !== "C" && mark !== "D")
      throw refuseField(field, `${quoted(field.value)} is no balance: C or D comes first`);
    draft.places[`balances.${balances.length}`] = placeOf(field);
    const date = dayOf(field, field.value.slice(1, 7));
    balances.push({ kind, money: moneyOf(field, field.value.slice(7)), isDebit: mark === "D", date });
  }
  return balances;
}

/** That of the balances, which must agree; of a report without them, that of its floor limit or its totals. */
function currencyOf(message: MtMessage, balances: readonly StatementBalance[]): string {
  const [first] = balances;
  if (first !== undefined) {
    const other = balances.find(({ money }) => money.currency !== first.money.currency);
    if (other === undefined) return first.money.currency;
    const field = message.fields.find(({ tag }) => balanceKinds[tag] !== undefined)!;
    throw refuseField(field, `its balances are in ${first.money.currency} and in ${other.money.currency}`);
  }
  for (const { tag, value } of message.fields) {
    const code = tag === "34F" ? value.slice(0, 3) : tag === "90D" || tag === "90C" ? /[A-Z]{3}/u.exec(value)?.[0] : "";
    if (code !== undefined && code !== "" && /^[A-Z]{3}$/u.test(code)) return code;
  }
  throw missing(message, "60a, 62a or 34F, one of which names the currency");
}

/** Field 13D, `1602041047+0800`; 13 of older ones, without the offset. */
function createdOf(fields: readonly MtField[], draft: Draft): Instant | null {
  const field = findField(fields, "13D");
  if (field === null) return null;
  const { value } = field;
  const time = mtInstant(mtDate(value.slice(0, 6)), value.slice(6, 10), value.slice(10));
  if (time === null) throw refuseField(field, `${quoted(value)} is no date and time with its offset from UTC`);
  draft.places.created = placeOf(field);
  return time;
}

interface StatementParts {
  readonly id: string;
  readonly level: "statement" | "report" | "notification";
  readonly account: Side;
  readonly currency: string;
  readonly created: Instant | null;
}

function entriesOf(message: MtMessage, parts: StatementParts): { entries: EntryRecord[]; refused: string[] } {
  const entries: EntryRecord[] = [];
  const refused: string[] = [];
  const { fields } = message;
  let number = 0;
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at]!;
    if (field.tag !== "61") continue;
    const texts: MtField[] = [];
    while (fields[at + 1]?.tag === "86") texts.push(fields[++at]!);
    try {
      entries.push(entryOf(message, field, texts, parts, number));
    } catch (error) {
      if (!(error instanceof SpoorError)) throw error;
      refused.push(error.message);
    }
    number++;
  }
  return { entries, refused };
}

function entryOf(
  message: MtMessage,
  field: MtField,
  texts: readonly MtField[],
  parts: StatementParts,
  number: number,
): EntryRecord {
  const draft: Draft = { places: {}, notes: [] };
  const line = parseEntryLine(field, parts.currency);
  const [first, ...more] = texts;
  const text = first === undefined ? noEntryText : readEntryText(joined(first, more), draft);
  const place = placeOf(field);
  for (const name of ["money", "valueDate", "code"]) draft.places[name] = place;
  if (line.entryDate !== null) draft.places.bookingDate = place;
  if (line.ownerReference !== null) draft.places.entryReference = place;
  if (line.servicerReference !== null) draft.places.servicerReference = place;
  if (first !== undefined) draft.places.references = placeOf(first);
  if (line.supplementary !== null) draft.notes.push(`${place}: ${line.supplementary}`);
  if (line.fundsCode !== null && line.fundsCode !== parts.currency[2]) {
    draft.notes.push(`${place}: its funds code ${line.fundsCode} is not the third letter of ${parts.currency}`);
  }
  if (text.purpose !== null) draft.notes.push(`${placeOf(first!)}: PURP ${text.purpose}`);
  return {
    kind: "entry",
    source: message.source,
    places: draft.places,
    message: `MT${message.type}`,
    created: parts.created,
    statement: parts.id,
    level: parts.level,
    account: parts.account,
    number,
    ...entryFields(line, text),
    ...(draft.notes.length === 0 ? {} : { notes: draft.notes }),
  };
}

/** Several fields 86 after one entry are one text. */
const joined = (first: MtField, more: readonly MtField[]): MtField =>
  more.length === 0 ? first : { ...first, value: [first, ...more].map(({ value }) => value).join("\n") };

function entryFields(line: EntryLine, text: EntryText) {
  return {
    detail: null,
    entryMoney: line.money,
    money: line.money,
    isCredit: line.isCredit,
    isReversal: line.isReversal,
    status: line.isExpected ? ("future" as const) : ("booked" as const),
    bookingDate: line.entryDate,
    bookingTime: null,
    valueDate: line.valueDate,
    entryReference: line.ownerReference,
    servicerReference: line.servicerReference,
    references: {
      messageId: text.messageId,
      instructionId: text.instructionId ?? line.ownerReference,
      endToEndId: text.endToEndId,
      transactionId: text.transactionId,
      uetr: text.uetr,
      clearingReference: null,
      related: null,
    },
    counterparty: text.counterparty,
    charges: line.charges,
    remittance: text.remittance,
    code: line.code,
    returns: text.returns ?? (line.code === "NRTI" ? { reason: null } : null),
  };
}

/** Field 86 after the balances: information about the statement as a whole. */
function noteWords(fields: readonly MtField[], draft: Draft): void {
  fields.forEach((field, at) => {
    const before = fields[at - 1]?.tag;
    if (field.tag === "86" && before !== "61" && before !== "86") draft.notes.push(`${placeOf(field)}: ${field.value}`);
  });
}

/** MT942's own count and sum of debits and credits (90D, 90C), where they are not those of its entries. */
function noteTotals(fields: readonly MtField[], entries: readonly EntryRecord[], draft: Draft): void {
  for (const field of fields) {
    const match = field.tag === "90C" || field.tag === "90D" ? /^(\d{1,5})([A-Z]{3}[\d,]+)$/u.exec(field.value) : null;
    if (match === null) continue;
    const isCredit = field.tag === "90C";
    const own = entries.filter((entry) => entry.isCredit === isCredit);
    const sum = own.reduce((total, { money }) => total + BigInt(money.amount), 0n);
    const stated = moneyOf(field, match[2]!);
    if (own.length === Number(match[1]) && String(sum) === stated.amount) continue;
    const what = isCredit ? "credits" : "debits";
    draft.notes.push(
      `${placeOf(field)}: it counts ${match[1]} ${what} of ${stated.amount} minor units; ` +
        `there are ${own.length} of ${sum}`,
    );
  }
}
