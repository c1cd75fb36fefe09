import type { BankRecord } from "./record.ts";

/**
 * Many records as one text, and back. Records of one file are alike: most fields are null in all of them, and places
 * differ by a line number. So each field is a column over all records of one shape, and a column says what its values
 * have in common. AMLSim's rows take 60 bytes each in place of 1000, and as much less time to write, hash, store, read
 * and parse. What comes back is what JSON would have given back, fields in their order.
 */
export function packRecords(records: readonly BankRecord[]): string {
  const shapes: { readonly names: readonly string[]; readonly records: BankRecord[] }[] = [];
  const order: number[] = [];
  for (const record of records) {
    let shape = shapes.findIndex(({ names }) => hasFields(names, record));
    if (shape < 0) {
      // Past a few shapes a record is looked up in vain for longer than packing it saves.
      shape = shapes.length < shapesMax ? shapes.push({ names: Object.keys(record), records: [] }) - 1 : shapesMax - 1;
    }
    shapes[shape]!.records.push(record);
    order.push(shape);
  }
  const columns = shapes.map((shape) => columnOf(shape.records));
  const pack: Pack = { count: records.length, shapes: columns, order: columnOf(order) };
  return JSON.stringify(pack);
}

/** @param text from {@link packRecords} */
export function unpackRecords(text: string): BankRecord[] {
  const { count, shapes, order } = JSON.parse(text) as Pack;
  const shapeOf = valuesOf(order, count) as number[];
  const counts = shapes.map(() => 0);
  for (const shape of shapeOf) counts[shape]!++;
  const records = shapes.map((column, shape) => valuesOf(column, counts[shape]!));
  const taken = shapes.map(() => 0);
  return shapeOf.map((shape) => records[shape]![taken[shape]!++] as BankRecord);
}

const shapesMax = 30;

interface Pack {
  readonly count: number;
  /** The records of each shape, in order. */
  readonly shapes: readonly Column[];
  /** The shape of each record. */
  readonly order: Column;
}

/** One field of all records of a run. */
type Column =
  /** The same in all. */
  | { readonly same: unknown }
  /** A text and a number behind it that rises by one. */
  | { readonly prefix: string; readonly from: number }
  /** A number that rises by one. */
  | { readonly from: number }
  /** Objects with the same fields in the same order. */
  | { readonly fields: readonly (readonly [string, Column])[] }
  | { readonly values: readonly unknown[] };

function columnOf(values: readonly unknown[]): Column {
  const [first] = values;
  if (values.length === 0) return { values };
  if (areAll(values, first)) return { same: first };
  if (Array.isArray(first)) return areAllEmpty(values) ? { same: [] } : { values };
  if (typeof first === "object" && first !== null) return fieldsOf(first, values) ?? { values };
  return risingOf(values) ?? { values };
}

function areAll(values: readonly unknown[], one: unknown): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== one) return false;
  return true;
}

const areAllEmpty = (values: readonly unknown[]) => values.every((value) => Array.isArray(value) && value.length === 0);

function fieldsOf(first: object, values: readonly unknown[]): Column | null {
  const names = Object.keys(first);
  if (names.includes("__proto__")) return null;
  const rows: unknown[][] = [];
  for (const value of values) {
    if (value !== first && !hasFields(names, value)) return null;
    // Read at once and by number: by name a field of every shape there is costs many times more.
    rows.push(Object.values(value as object));
  }
  const fields: [string, Column][] = [];
  for (let field = 0; field < names.length; field++) {
    const column: unknown[] = [];
    for (const row of rows) column.push(row[field]);
    // JSON leaves out a field without a value, which a column cannot.
    if (column.includes(undefined)) return null;
    fields.push([names[field]!, columnOf(column)]);
  }
  return { fields };
}

/** It is an object with these fields in this order. */
function hasFields(names: readonly string[], value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  let at = 0;
  for (const name in value) if (name !== names[at++]) return false;
  return at === names.length;
}

function risingOf(values: readonly unknown[]): Column | null {
  const [first] = values;
  if (typeof first === "number") {
    return Number.isSafeInteger(first) && values.every((value, i) => value === first + i) ? { from: first } : null;
  }
  if (typeof first !== "string") return null;
  let digits = first.length;
  while (digits > 0 && first.length - digits < countedDigitsMax && isDigit(first.charCodeAt(digits - 1))) digits--;
  if (digits === first.length) return null;
  const prefix = first.slice(0, digits);
  const from = Number(first.slice(digits));
  return values.every((value, i) => value === prefix + (from + i)) ? { prefix, from } : null;
}

/** So that a number counts exactly. */
const countedDigitsMax = 15;
const isDigit = (code: number) => code >= 48 && code <= 57;

function valuesOf(column: Column, count: number): unknown[] {
  if ("values" in column) return column.values as unknown[];
  if ("same" in column) return new Array(count).fill(column.same);
  if ("prefix" in column) return Array.from({ length: count }, (_, i) => column.prefix + (column.from + i));
  if ("from" in column) return Array.from({ length: count }, (_, i) => column.from + i);
  // What all have is copied at once, and only what differs is set.
  const alike: Record<string, unknown> = {};
  const others: { readonly name: string; readonly values: readonly unknown[] }[] = [];
  for (const [name, of] of column.fields) {
    alike[name] = "same" in of ? of.same : null;
    if (!("same" in of)) others.push({ name, values: valuesOf(of, count) });
  }
  return Array.from({ length: count }, (_, i) => {
    const made = { ...alike };
    for (const { name, values } of others) made[name] = values[i];
    return made;
  });
}
