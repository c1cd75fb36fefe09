import { BankCsvError } from "../../errors/bank-csv.ts";
import type { BankFile } from "../bank-file.ts";
import { startOfDay } from "../calendar-day.ts";
import type { Draft } from "../draft.ts";
import type { BankRecord, EntryRecord, Places, Side, StatementBalance, StatementRecord } from "../record.ts";
import type { CsvTime } from "./csv-date.ts";
import type { CsvMapping } from "./csv-mapping.ts";
import type { CsvRecordReader } from "./csv-record.ts";
import type { RowSink } from "./read-csv.ts";

/** Rows newest first are held in memory; more are to be sorted before. */
const heldRowsMax = 2_000_000;
/** Accounts whose statements one file may hold. */
const accountsMax = 1_000_000;

/** A balance that a row tells, in minor units with its sign, its day and its place. */
interface ToldBalance {
  readonly units: bigint;
  readonly day: string;
  readonly place: string;
}

/** What is known of one account's statement so far. */
interface Statement {
  readonly id: string;
  readonly account: Side;
  readonly currency: string;
  readonly places: Places;
  entries: number;
  firstDay: string;
  lastDay: string;
  opening: ToldBalance | null;
  closing: ToldBalance | null;
  /** Rows whose balance is not the one before plus their amount. */
  breaks: number;
  before: bigint | null;
  /** Of the booked entries so far. */
  sum: bigint;
}

/**
 * Rows that are entries of accounts. Each account and currency has a statement of its own, which is handed on at the
 * end: its opening and closing balances are known only then.
 */
export function csvEntries(mapping: CsvMapping, file: BankFile): RowSink {
  const statements = new Map<string, Statement>();
  const held: { row: EntryRow; record: EntryRecord }[] = [];
  const isNewestFirst = mapping.order === "newest-first";
  return {
    take(reader, line) {
      const row = entryRow(reader, mapping, file);
      if (isNewestFirst) {
        if (held.length >= heldRowsMax) {
          const why = `it has more than ${heldRowsMax} rows, newest first`;
          throw new BankCsvError({ file: file.file, line, why, remedy: "Sort it by date, oldest first." });
        }
        held.push({ row, record: row.record });
        return [];
      }
      return [numbered(row, statementFor(statements, row, file, line))];
    },
    end() {
      const records: BankRecord[] = [];
      for (let row = held.pop(); row !== undefined; row = held.pop()) {
        records.push(numbered(row.row, statementFor(statements, row.row, file, 0)));
      }
      for (const statement of statements.values()) records.push(statementRecord(statement, file));
      return records;
    },
  };
}

/** A row read, before it has its number. */
interface EntryRow {
  readonly record: EntryRecord;
  readonly signed: bigint;
  readonly opening: ToldBalance | null;
  readonly closing: ToldBalance | null;
  readonly balance: ToldBalance | null;
}

function entryRow(reader: CsvRecordReader, mapping: CsvMapping, file: BankFile): EntryRow {
  const draft: Draft = { places: {}, notes: [] };
  const currency = reader.currency(draft);
  const account = reader.side(mapping.account, draft, "account");
  if (account.account === null && account.party === null) throw reader.fail("it names no account");
  const { amount, isDebit } = reader.amount(currency, draft, "money");
  const booked = reader.time(mapping.date, draft, "bookingDate");
  if (booked === null) throw reader.fail("it has no date");
  const status = (reader.status(draft) ?? "booked") as EntryRecord["status"];
  const money = { currency, amount };
  const told = (cell: CsvMapping["opening"]) => toldBalance(reader, cell, currency, booked, draft);
  const balances = { opening: told(mapping.opening), closing: told(mapping.closing), balance: told(mapping.balance) };
  const common = entryTexts(reader, mapping, currency, draft);
  reader.noteOthers(draft);
  const record: EntryRecord = {
    kind: "entry",
    // All rows are of one message, the file: its statements and their entries belong together.
    source: { file: file.file, sha256: file.sha256, message: 1 },
    places: draft.places,
    message: "csv",
    created: null,
    statement: "",
    level: "statement",
    account,
    number: 0,
    detail: null,
    entryMoney: money,
    money,
    isCredit: !isDebit,
    isReversal: false,
    status,
    bookingDate: booked.day,
    bookingTime: booked.time,
    ...common,
    ...(draft.notes.length === 0 ? {} : { notes: draft.notes }),
  };
  const units = BigInt(amount);
  return { record, signed: isDebit ? -units : units, ...balances };
}

function entryTexts(reader: CsvRecordReader, mapping: CsvMapping, currency: string, draft: Draft) {
  return {
    valueDate: reader.time(mapping.valueDate, draft, "valueDate")?.day ?? null,
    entryReference: reader.text(mapping.references.entry, draft, "entryReference") || null,
    servicerReference: reader.text(mapping.references.servicer, draft, "servicerReference") || null,
    references: reader.references(draft),
    counterparty: reader.side(mapping.counterparty, draft, "counterparty"),
    charges: reader.charges(currency, draft),
    remittance: reader.remittance(draft),
    code: reader.text(mapping.purpose, draft, "code") || null,
    returns: null,
  };
}

function toldBalance(
  reader: CsvRecordReader,
  cell: CsvMapping["opening"],
  currency: string,
  { day }: CsvTime,
  draft: Draft,
): ToldBalance | null {
  if (cell === null) return null;
  const money = reader.money(cell, currency, draft, "balance");
  if (money === null) return null;
  const units = BigInt(money.amount);
  return { units: money.isNegative ? -units : units, day, place: draft.places.balance ?? "the mapping" };
}

function statementFor(statements: Map<string, Statement>, row: EntryRow, file: BankFile, line: number): Statement {
  const { account, money, bookingDate, places } = row.record;
  const holder = account.account?.iban ?? account.account?.other ?? account.party?.name ?? "";
  const bank = account.agent?.bic ?? account.agent?.clearing ?? account.agent?.name ?? "";
  const key = `${holder} ${bank} ${money.currency}`;
  const known = statements.get(key);
  if (known !== undefined) return known;
  if (statements.size >= accountsMax) {
    const why = `it has entries of more than ${accountsMax} accounts`;
    throw new BankCsvError({ file: file.file, line, why, remedy: "Split it." });
  }
  const made: Statement = {
    id: `csv ${file.sha256.slice(0, 16)} ${key}`,
    account,
    currency: money.currency,
    places: places["account.account"] === undefined ? {} : { account: places["account.account"] },
    entries: 0,
    firstDay: bookingDate!,
    lastDay: bookingDate!,
    opening: null,
    closing: null,
    breaks: 0,
    before: null,
    sum: 0n,
  };
  statements.set(key, made);
  return made;
}

/** Gives an entry its number and its statement, and the statement what the row tells of it. */
function numbered({ record, signed, opening, closing, balance }: EntryRow, statement: Statement): EntryRecord {
  const day = record.bookingDate!;
  if (day < statement.firstDay) statement.firstDay = day;
  if (day > statement.lastDay) statement.lastDay = day;
  statement.opening ??= opening;
  statement.closing = closing ?? statement.closing;
  // A balance beside an entry that is not booked yet says nothing of the booked one.
  if (record.status === "booked") {
    statement.sum += signed;
    if (statement.before !== null) statement.before += signed;
    if (balance !== null) {
      statement.opening ??= { ...balance, units: balance.units - statement.sum };
      if (statement.before !== null && statement.before !== balance.units) statement.breaks++;
      statement.before = balance.units;
      statement.closing = balance;
    }
  }
  return { ...record, statement: statement.id, number: statement.entries++ };
}

function statementRecord(statement: Statement, file: BankFile): StatementRecord {
  const { currency, breaks } = statement;
  const balances: StatementBalance[] = [];
  const places: Record<string, string> = { ...statement.places };
  for (const kind of ["opening", "closing"] as const) {
    const told = statement[kind];
    if (told === null) continue;
    places[`balances.${balances.length}`] = told.place;
    const amount = String(told.units < 0n ? -told.units : told.units);
    const date = kind === "opening" ? statement.firstDay : statement.lastDay;
    balances.push({ kind, money: { currency, amount }, isDebit: told.units < 0n, date });
  }
  const notes = breaks === 0 ? [] : [`${breaks} rows have a balance that is not the one before with their amount`];
  return {
    kind: "statement",
    source: { file: file.file, sha256: file.sha256, message: 1 },
    places,
    message: "csv",
    created: null,
    id: statement.id,
    sequence: null,
    level: "statement",
    account: statement.account,
    from: startOfDay(statement.firstDay),
    to: startOfDay(statement.lastDay),
    balances,
    ...(notes.length === 0 ? {} : { notes }),
  };
}
