import type { DayFormat } from "./csv-date.ts";

/** A column by its name in the header, or by its number from 1. */
export type CsvColumn = string | number;

/** Where a value comes from: columns (joined by a blank where there are several), or the same text in every row. */
export type CsvCell = { readonly columns: readonly CsvColumn[] } | { readonly constant: string };

export interface CsvDate {
  readonly cell: CsvCell;
  readonly format: DayFormat;
}

export type CsvAmount =
  | { readonly kind: "signed"; readonly value: CsvCell }
  | { readonly kind: "two-columns"; readonly debit: CsvCell; readonly credit: CsvCell }
  | {
      readonly kind: "marked";
      readonly value: CsvCell;
      readonly mark: CsvCell;
      /** In capitals. */
      readonly debit: ReadonlySet<string>;
      readonly credit: ReadonlySet<string>;
    };

export interface CsvSide {
  readonly account: CsvCell | null;
  readonly name: CsvCell | null;
  readonly bank: CsvCell | null;
  readonly clearing: CsvCell | null;
  readonly id: CsvCell | null;
  readonly country: CsvCell | null;
}

export const referenceNames = [
  "message",
  "instruction",
  "endToEnd",
  "transaction",
  "uetr",
  "clearing",
  "related",
  "entry",
  "servicer",
] as const;
export type ReferenceName = (typeof referenceNames)[number];

export const fates = ["settled", "instructed", "held", "rejected"] as const;
export const statuses = ["booked", "pending", "information", "future"] as const;
export type CsvStatus = (typeof fates)[number] | (typeof statuses)[number];

/** How the rows of a CSV become records; `parseMapping` reads it from a file. */
export interface CsvMapping {
  /** Its file, or the name of a built-in one. */
  readonly name: string;
  readonly rows: "transfers" | "entries" | "balances";
  readonly delimiter: string;
  readonly quote: string | null;
  readonly encoding: string;
  readonly skip: number;
  readonly header: boolean;
  readonly decimal: "." | ",";
  readonly thousands: string | null;
  readonly order: "oldest-first" | "newest-first";
  readonly date: CsvDate | null;
  readonly valueDate: CsvDate | null;
  readonly amount: CsvAmount | null;
  readonly currency: CsvCell;
  readonly from: CsvSide | null;
  readonly to: CsvSide | null;
  readonly account: CsvSide | null;
  readonly counterparty: CsvSide | null;
  readonly references: Readonly<Partial<Record<ReferenceName, CsvCell>>>;
  readonly remittance: readonly CsvCell[];
  readonly purpose: CsvCell | null;
  /** A text in capitals → what it means; `other` for every text that is not listed. */
  readonly status: {
    readonly cell: CsvCell;
    readonly values: ReadonlyMap<string, CsvStatus>;
    readonly other: CsvStatus | null;
  } | null;
  readonly charges: { readonly cell: CsvCell; readonly currency: CsvCell | null } | null;
  readonly opening: CsvCell | null;
  readonly closing: CsvCell | null;
  readonly balance: CsvCell | null;
}

/** Every cell of a mapping, wherever it stands in it. */
export function* cellsOf(value: unknown): Generator<CsvCell> {
  if (typeof value !== "object" || value === null || value instanceof Set || value instanceof Map) return;
  if ("columns" in value || "constant" in value) yield value as CsvCell;
  else for (const part of Object.values(value)) yield* cellsOf(part);
}
