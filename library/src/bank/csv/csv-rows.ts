/** A row that is longer is none: a quote that is never closed would make one of the rest of the file. */
const rowCharactersMax = 1 << 20;

export interface CsvRow {
  readonly cells: readonly string[];
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  /** As it stands in the file, without its line end. */
  readonly text: string;
}

export interface CsvRefusedRow {
  readonly problem: string;
  readonly line: number;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts text into rows of cells (RFC 4180): a cell in quotes may hold delimiters, line ends and doubled quotes. A row
 * whose quotes do not fit is refused, and the next row is that of the line after the one on which it began. Empty lines
 * are no rows. Text comes in pieces, cut anywhere.
 */
export class CsvRows {
  readonly #delimiter: string;
  readonly #quote: string | null;
  #text = "";
  #line = 1;
  #linesToSkip: number;
  #isSkipping = false;

  /**
   * @param quote null: the format has no quotes
   * @param skip lines before the first row, which may be anything
   */
  constructor({ delimiter, quote, skip = 0 }: { delimiter: string; quote: string | null; skip?: number }) {
    this.#delimiter = delimiter;
    this.#quote = quote;
    this.#linesToSkip = skip;
  }

  *push(piece: string): Generator<CsvRow | CsvRefusedRow> {
    this.#text += piece;
    yield* this.#cut(false);
  }

  *end(): Generator<CsvRow | CsvRefusedRow> {
    yield* this.#cut(true);
  }

  /** Of a text that is not in pieces. */
  all(text: string): (CsvRow | CsvRefusedRow)[] {
    return [...this.push(text), ...this.end()];
  }

  *#cut(isEnd: boolean): Generator<CsvRow | CsvRefusedRow> {
    const text = this.#text;
    let at = this.#isSkipping ? this.#skipLine(0) : 0;
    for (; this.#linesToSkip > 0 && at < text.length && !this.#isSkipping; this.#linesToSkip--) at = this.#skipLine(at);
    while (at < text.length) {
      const found = text.indexOf("\n", at);
      const lineEnd = found < 0 ? text.length : found;
      if (lineEnd - at > rowCharactersMax) {
        yield { problem: `the row is longer than ${rowCharactersMax} characters`, line: this.#line };
        at = this.#skipLine(at);
        continue;
      }
      if (found < 0 && !isEnd) break;
      const end = lineEnd > at && text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd;
      const line = text.slice(at, end);
      if (this.#quote === null || !line.includes(this.#quote)) {
        if (line !== "") yield { cells: line.split(this.#delimiter), line: this.#line, text: line };
        at = lineEnd + 1;
        this.#line++;
        continue;
      }
      const row = quotedRow(text, at, this.#delimiter, this.#quote);
      // Its end, or that of its last quote, may come with the next piece.
      if (row.to >= text.length && !isEnd && text.length - at <= rowCharactersMax) break;
      if (row.problem !== null) yield { problem: row.problem, line: this.#line };
      else yield { cells: row.cells, line: this.#line, text: text.slice(at, row.to) };
      at = row.problem === null ? row.to + 1 : lineEnd + 1;
      this.#line += row.problem === null ? row.lines : 1;
    }
    this.#text = text.slice(at);
  }

  /** Past the end of a line that may not be there yet. */
  #skipLine(from: number): number {
    const end = this.#text.indexOf("\n", from);
    this.#isSkipping = end < 0;
    if (end < 0) return this.#text.length;
    this.#line++;
    return end + 1;
  }
}

interface QuotedRow {
  readonly cells: string[];
  /** Where its line end is; the end of the text where it is not there. */
  readonly to: number;
  readonly lines: number;
  readonly problem: string | null;
}

function quotedRow(text: string, from: number, delimiter: string, quote: string): QuotedRow {
  const cells: string[] = [];
  let lines = 1;
  let at = from;
  for (;;) {
    let cell: string;
    if (text.startsWith(quote, at)) {
      let end = text.indexOf(quote, at + 1);
      while (end >= 0 && text.startsWith(quote, end + 1)) end = text.indexOf(quote, end + 2);
      if (end < 0 || end - from > rowCharactersMax) {
        return { cells, to: text.length, lines, problem: "a quote is not closed" };
      }
      cell = text.slice(at + 1, end);
      lines += cell.split("\n").length - 1;
      cell = cell.replaceAll(quote + quote, quote);
      at = end + 1;
    } else {
      const end = endOfCell(text, at, delimiter);
      cell = text.slice(at, end);
      at = end;
    }
    cells.push(cell);
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      continue;
    }
    if (text.charCodeAt(at) === carriageReturn && (at + 1 === text.length || text.charCodeAt(at + 1) === newline)) at++;
    if (at >= text.length || text.charCodeAt(at) === newline) return { cells, to: at, lines, problem: null };
    return { cells, to: at, lines, problem: "text stands after a closing quote" };
  }
}

function endOfCell(text: string, from: number, delimiter: string): number {
  const line = text.indexOf("\n", from);
  let end = line < 0 ? text.length : line;
  if (end > from && text.charCodeAt(end - 1) === carriageReturn) end--;
  const next = text.slice(from, end).indexOf(delimiter);
  return next < 0 ? end : from + next;
}
