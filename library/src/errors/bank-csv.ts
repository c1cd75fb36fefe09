import { SpoorError } from "./base.ts";

/** A mapping file that does not say how to read a CSV. `key` is the path to what is wrong in it, `amount.debit`. */
export class CsvMappingError extends SpoorError {
  constructor(data: { file: string; key: string | null; why: string }, cause?: unknown) {
    super({
      code: "bank/csv-mapping",
      what: `The mapping cannot be used: ${data.key === null ? "" : `\`${data.key}\` `}${data.why}`,
      where: data.file,
      remedy: "Correct the mapping file; the documentation lists its keys.",
      data,
      cause,
    });
  }
}

/** A CSV that its mapping does not fit, or of which no mapping is known. `line` counts from 1. */
export class BankCsvError extends SpoorError {
  constructor(data: { file: string; line: number | null; why: string; remedy?: string }) {
    const { remedy = "Give the mapping that belongs to this file.", ...facts } = data;
    super({
      code: "bank/csv",
      what: `The CSV cannot be read: ${data.why}`,
      where: data.line === null ? data.file : `${data.file}, line ${data.line}`,
      remedy,
      data: facts,
    });
  }
}

/** A row of a CSV that its mapping cannot read. */
export class CsvRowError extends SpoorError {
  constructor(data: { line: number; column: string | null; why: string }) {
    super({
      code: "bank/csv-row",
      what: data.column === null ? data.why : `${data.column}: ${data.why}`,
      where: `line ${data.line}`,
      remedy: "Correct the row, or the mapping if all rows are like it.",
      data,
    });
  }
}
