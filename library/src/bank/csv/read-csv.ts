import { BankCsvError, CsvRowError } from "../../errors/bank-csv.ts";
import type { BankBatch, BankFile, ByteSource } from "../bank-file.ts";
import type { BankRecord, SetAside } from "../record.ts";
import { builtInMapping } from "./csv-built-in.ts";
import { csvEntries } from "./csv-entries.ts";
import type { CsvMapping } from "./csv-mapping.ts";
import { CsvRecordReader } from "./csv-record.ts";
import { type CsvRefusedRow, type CsvRow, CsvRows } from "./csv-rows.ts";
import { balanceOf, orderOfRow } from "./csv-transfers.ts";
import { PlainOrders } from "./plain-orders.ts";

/** Rows that are read before their records are handed on. */
const batchRows = 1000;
/** Bytes of a file in memory that are decoded at once. */
const pieceBytes = 1 << 18;
/** A header is a line; one without an end is another kind of file. */
const headerBytesMax = 1 << 20;
const columnsMax = 10_000;

/** What makes records of rows: one row at a time, and at the end what is left. */
export interface RowSink {
  take(reader: CsvRecordReader, line: number, row: number): readonly BankRecord[];
  end(): readonly BankRecord[];
}

/**
 * Reads a bank's CSV by a mapping: rows as orders, as entries of accounts with their statements, or as balances. A row
 * that cannot be read is in `skipped` with its line and reason, and the others are read. Of a file of any size one
 * piece is in memory; rows that are listed newest first are held until the end, because their numbers count from the
 * oldest.
 *
 * @param mapping from `parseMapping`; null: one that comes with Spoor, chosen by the header (AMLSim's two files)
 * @param plain takes the rows that are plain in place of a record each
 * @throws BankCsvError where the whole file cannot be read: no mapping fits, a column is missing, it is no text
 */
export async function* readBankCsv(
  input: ByteSource,
  mapping: CsvMapping | null,
  file: BankFile,
  plain: PlainOrders[] | null = null,
): AsyncGenerator<BankBatch> {
  const reader = new BankCsvReader(mapping, file, plain);
  for await (const bytes of input instanceof Uint8Array ? piecesOf(input) : input) {
    yield* reader.push(bytes);
  }
  yield* reader.end();
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

class BankCsvReader {
  readonly #file: BankFile;
  #mapping: CsvMapping | null;
  /** Bytes before it is known how to read them. */
  #first: Uint8Array = new Uint8Array(0);
  #decoder: TextDecoder | null = null;
  #rows: CsvRows | null = null;
  #reader: CsvRecordReader | null = null;
  #sink: RowSink | null = null;
  #columns = 0;
  #row = 0;
  readonly #plain: PlainOrders[] | null;
  /** The plain rows of this file. */
  #orders: PlainOrders | null = null;
  #records: BankRecord[] = [];
  #skipped: SetAside[] = [];

  constructor(mapping: CsvMapping | null, file: BankFile, plain: PlainOrders[] | null) {
    this.#mapping = mapping;
    this.#file = file;
    this.#plain = plain;
  }

  *push(bytes: Uint8Array): Generator<BankBatch> {
    let own = bytes;
    if (this.#decoder === null) {
      own = Buffer.concat([this.#first, bytes]);
      this.#first = own;
      // The first line tells the mapping, and the first bytes the encoding.
      if (!own.includes(0x0a) && own.length < headerBytesMax) return;
      this.#begin();
    }
    yield* this.#take(this.#rows!.push(this.#decoder!.decode(own, { stream: true })));
  }

  *end(): Generator<BankBatch> {
    if (this.#decoder === null) {
      if (this.#first.length === 0) return;
      this.#begin();
      yield* this.#take(this.#rows!.push(this.#decoder!.decode(this.#first, { stream: true })));
    }
    yield* this.#take(this.#rows!.push(this.#decoder!.decode()));
    yield* this.#take(this.#rows!.end());
    for (const record of this.#sink?.end() ?? []) this.#records.push(record);
    yield* this.#drain();
  }

  #begin(): void {
    const bytes = this.#first;
    const mapping =
      this.#mapping ?? builtInMapping(Buffer.from(bytes.subarray(0, 500)).toString("utf8").split("\n", 1)[0]!);
    if (mapping === null) throw this.#fail(1, "no mapping was given, and its header is not one that is known");
    // The mark at the beginning of UTF-16 goes before what the mapping says: nothing else begins so.
    const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-16be";
    const isMarked = marked === "utf-16le" || (bytes[0] === 0xfe && bytes[1] === 0xff);
    const encoding = isMarked ? marked : mapping.encoding;
    if (bytes.subarray(0, 1000).includes(0) && !encoding.toLowerCase().startsWith("utf-16")) {
      throw this.#fail(1, "it holds bytes that are no text", "Say `encoding: utf-16le` in its mapping, if it is that.");
    }
    this.#mapping = mapping;
    this.#decoder = new TextDecoder(encoding);
    this.#rows = new CsvRows(mapping);
  }

  *#take(rows: Iterable<CsvRow | CsvRefusedRow>): Generator<BankBatch> {
    for (const row of rows) {
      if (this.#reader === null) this.#readHeader(row);
      else this.#takeRow(row);
      if (this.#waiting() >= batchRows) yield* this.#drain();
    }
  }

  #readHeader(row: CsvRow | CsvRefusedRow): void {
    if ("problem" in row) throw this.#fail(row.line, `its header is no row of cells: ${row.problem}`);
    const mapping = this.#mapping!;
    if (row.cells.length > columnsMax) throw this.#fail(row.line, `it has ${row.cells.length} columns`);
    const names = row.cells.map((name, at) => (mapping.header ? name.trim() : `column ${at + 1}`));
    const position = (column: string | number): number => {
      const at = typeof column === "number" ? column - 1 : this.#named(names, column, row.line);
      if (at < names.length) return at;
      throw this.#fail(row.line, `its mapping asks for column ${column}, and it has ${names.length}`);
    };
    this.#columns = names.length;
    this.#reader = new CsvRecordReader(mapping, position, names);
    this.#sink = sinkOf(mapping, this.#file);
    if (this.#plain !== null && mapping.rows === "transfers") {
      this.#orders = new PlainOrders(this.#reader, this.#file);
      this.#plain.push(this.#orders);
    }
    if (!mapping.header) this.#takeRow(row);
  }

  #named(names: readonly string[], column: string, line: number): number {
    const at = names.indexOf(column);
    if (at < 0) {
      const there = names.join(", ").slice(0, 300);
      throw this.#fail(
        line,
        `its mapping names the column ${JSON.stringify(column)}, and it has ${there}`,
        delimiterHint(names, column) ??
          `Name one of these, or write {constant: ${column}} where that is the value of every row.`,
      );
    }
    if (names.indexOf(column, at + 1) < 0) return at;
    throw this.#fail(line, `it has two columns ${JSON.stringify(column)}; name them by number in its mapping`);
  }

  #takeRow(row: CsvRow | CsvRefusedRow): void {
    if ("problem" in row) {
      this.#row++;
      this.#setAside(row.line, row.problem);
      return;
    }
    const { cells, line, text } = row;
    if (cells[0]!.trim() === "" && cells.every((cell) => cell.trim() === "")) return;
    this.#row++;
    const problem = this.#shapeProblem(cells, text);
    if (problem !== null) {
      this.#setAside(line, problem);
      return;
    }
    this.#reader!.row(cells, line);
    try {
      if (this.#orders?.take(row, this.#row)) return;
      for (const record of this.#sink!.take(this.#reader!, line, this.#row)) this.#records.push(record);
    } catch (error) {
      if (!(error instanceof CsvRowError)) throw error;
      this.#skipped.push({ file: this.#file.file, offset: null, reason: error.message });
    }
  }

  #shapeProblem(cells: readonly string[], text: string): string | null {
    let count = cells.length;
    while (count > this.#columns && cells[count - 1]!.trim() === "") count--;
    if (count !== this.#columns) return `it has ${count} cells, and the header has ${this.#columns}`;
    if (!text.includes("\ufffd")) return null;
    const hint = "the mapping's `encoding` may be wrong (many banks write windows-1252)";
    return `it holds bytes that are no ${this.#mapping!.encoding}; ${hint}`;
  }

  #setAside(line: number, reason: string): void {
    this.#skipped.push({ file: this.#file.file, offset: null, reason: `line ${line}: ${reason}` });
  }

  #fail(line: number, why: string, remedy?: string): BankCsvError {
    return new BankCsvError({ file: this.#file.file, line, why, ...(remedy === undefined ? {} : { remedy }) });
  }

  #waiting(): number {
    return this.#records.length + this.#skipped.length + (this.#orders?.waiting ?? 0);
  }

  *#drain(): Generator<BankBatch> {
    if (this.#waiting() === 0) return;
    const batch = { records: this.#records, skipped: this.#skipped, plain: this.#orders?.waiting ?? 0 };
    this.#orders?.handOn();
    this.#records = [];
    this.#skipped = [];
    yield batch;
  }
}

function sinkOf(mapping: CsvMapping, file: BankFile): RowSink {
  if (mapping.rows === "entries") return csvEntries(mapping, file);
  const take = mapping.rows === "transfers" ? orderOfRow : balanceOf;
  return { take: (reader, line, row) => [take(reader, line, row, file)], end: () => [] };
}

const otherDelimiters = { ",": '","', ";": '";"', "\t": "tab", "|": '"|"' };

/** What to write where a header is cut at the wrong character: the column would be there if it were cut at another. */
function delimiterHint(names: readonly string[], column: string): string | null {
  for (const [delimiter, written] of Object.entries(otherDelimiters)) {
    const cut = names.flatMap((name) => name.split(delimiter).map((part) => part.trim()));
    if (cut.length > names.length && cut.includes(column)) return `Write delimiter: ${written} in the mapping.`;
  }
  return null;
}
