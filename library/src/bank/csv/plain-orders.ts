import type { BankFile } from "../bank-file.ts";
import type { OrderRecord, Side } from "../record.ts";
import { isUnnamed } from "../reference.ts";
import type { CsvTime } from "./csv-date.ts";
import type { CsvRecordReader, KnownSide } from "./csv-record.ts";
import { type CsvRow, CsvRows } from "./csv-rows.ts";
import { isNobody, orderOfRow } from "./csv-transfers.ts";

const firstRows = 1024;

/**
 * Rows of one file that say who paid whom, how much and when, and bear nothing by which another message could mean
 * them: a file of a million such rows is a million payments that nobody has to ask anything else. They are held by
 * columns, and a row is read again when its record is asked for.
 */
export class PlainOrders {
  /** Every payer and payee once; the columns have their places here. */
  readonly sides: Side[] = [];
  /** The amount of each row: minor units in digits, above 0. */
  readonly amount: string[] = [];
  #debtor = new Uint32Array(firstRows);
  #creditor = new Uint32Array(firstRows);
  #message = new Uint32Array(firstRows);
  #line = new Uint32Array(firstRows);
  readonly #texts: string[] = [];
  /** Days and currencies, a new one wherever it changes; a row has its place here. */
  readonly #whens: { readonly time: CsvTime; readonly currency: string }[] = [];
  #when = new Uint32Array(firstRows);
  readonly #reader: CsvRecordReader;
  #file: BankFile;
  #count = 0;

  constructor(reader: CsvRecordReader, file: BankFile) {
    this.#reader = reader;
    this.#file = file;
  }

  get file(): BankFile {
    return this.#file;
  }

  /** Rows that were handed on: what a file that breaks off holds of a batch is not. */
  get count(): number {
    return this.#count;
  }

  /** How many rows were taken since the last were handed on. */
  get waiting(): number {
    return this.amount.length - this.#count;
  }

  handOn(): void {
    this.#count = this.amount.length;
  }

  /** Under another name, as long as nobody has seen a record. */
  rename(file: string): void {
    this.#file = { ...this.#file, file };
  }

  /**
   * Takes the row that the reader stands at, if it is plain.
   * @throws CsvRowError where a cell does not hold what it should
   */
  take({ line, text }: CsvRow, message: number): boolean {
    const reader = this.#reader;
    const { mapping } = reader;
    if (mapping.status !== null || mapping.charges !== null) return false;
    const currency = reader.currency(null);
    const { amount, isDebit } = reader.amount(currency, null, "settled");
    if (amount === "0" || (isDebit && mapping.amount!.kind === "signed")) return false;
    const time = reader.time(mapping.date, null, "settlementDate");
    const [debtor, creditor] = [reader.plainSide(mapping.from), reader.plainSide(mapping.to)];
    if (time === null || debtor === null || creditor === null || isNobody(debtor.side) || isNobody(creditor.side))
      return false;
    if (!isUnnamed(reader.references(null))) return false;
    const last = this.#whens.at(-1);
    if (last?.time !== time || last.currency !== currency) this.#whens.push({ time, currency });
    const row = this.amount.push(amount) - 1;
    if (row === this.#line.length) this.#grow();
    this.#debtor[row] = this.#placeOf(debtor);
    this.#creditor[row] = this.#placeOf(creditor);
    this.#when[row] = this.#whens.length - 1;
    this.#message[row] = message;
    this.#line[row] = line;
    this.#texts.push(text);
    return true;
  }

  /** Places in {@link sides}, as of the creditor. */
  debtorAt(row: number): number {
    return this.#debtor[row]!;
  }

  creditorAt(row: number): number {
    return this.#creditor[row]!;
  }

  currencyAt(row: number): string {
    return this.#whens[this.#when[row]!]!.currency;
  }

  /** Its day, and the instant where it has one. */
  timeAt(row: number): CsvTime {
    return this.#whens[this.#when[row]!]!.time;
  }

  /** The row's number in its file, which is its message's. */
  messageAt(row: number): number {
    return this.#message[row]!;
  }

  #grow(): void {
    const longer = (column: Uint32Array<ArrayBuffer>) => {
      const space = new Uint32Array(2 * column.length);
      space.set(column);
      return space;
    };
    this.#debtor = longer(this.#debtor);
    this.#creditor = longer(this.#creditor);
    this.#message = longer(this.#message);
    this.#line = longer(this.#line);
    this.#when = longer(this.#when);
  }

  #placeOf(known: KnownSide): number {
    if (known.place < 0) known.place = this.sides.push(known.side) - 1;
    return known.place;
  }

  /** Of all rows that were handed on. */
  *records(): Generator<OrderRecord> {
    for (let row = 0; row < this.#count; row++) yield this.record(row);
  }

  /** All that a row says. */
  record(row: number): OrderRecord {
    const [cut] = new CsvRows({ ...this.#reader.mapping, skip: 0 }).all(this.#texts[row]!);
    if (cut === undefined || "problem" in cut) throw new RangeError(`PlainOrders.record: row ${row} was none`);
    const line = this.#line[row]!;
    this.#reader.row(cut.cells, line);
    return orderOfRow(this.#reader, line, this.#message[row]!, this.#file);
  }
}
