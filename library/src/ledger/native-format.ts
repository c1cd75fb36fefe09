import type { ColumnBytes } from "./connection.ts";

/**
 * ClickHouse's Native format: blocks of a column count, a row count, and for each column its name, its type and its
 * values. A column of numbers is its bytes in memory, so that a typed array goes in and comes out without parsing.
 * Source: https://clickhouse.com/docs/interfaces/formats/Native
 */

/** The pieces of one block, in order; the columns' bytes are not copied. */
export function writeNativeBlock(rowCount: number, columns: readonly ColumnBytes[]): Uint8Array[] {
  const pieces: Uint8Array[] = [Buffer.concat([leb128(columns.length), leb128(rowCount)])];
  for (const { name, type, data } of columns) pieces.push(Buffer.concat([text(name), text(type)]), data);
  return pieces;
}

export interface NativeColumn {
  readonly type: string;
  /** The values' bytes, in place: not copied, not aligned. */
  readonly bytes: Uint8Array;
}

export interface NativeBlock {
  readonly rowCount: number;
  readonly columns: readonly NativeColumn[];
}

/** The blocks of a result, in order. Types: UInt8 to UInt256, Float64, FixedString(N), String. */
export function* readNativeBlocks(bytes: Uint8Array): Generator<NativeBlock> {
  const cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const columnCount = readLeb128(cursor);
    const rowCount = readLeb128(cursor);
    const columns: NativeColumn[] = [];
    for (let c = 0; c < columnCount; c++) {
      readText(cursor);
      const type = readText(cursor);
      if (rowCount === 0) {
        columns.push({ type, bytes: bytes.subarray(cursor.at, cursor.at) });
        continue;
      }
      const start = cursor.at;
      if (type === "String") for (let row = 0; row < rowCount; row++) skipText(cursor);
      else cursor.at += rowCount * widthOf(type);
      columns.push({ type, bytes: bytes.subarray(start, cursor.at) });
    }
    yield { rowCount, columns };
  }
}

/** The values of a `String` column, in place. */
export function* stringsOf(column: NativeColumn): Generator<Uint8Array> {
  const cursor = { bytes: column.bytes, at: 0 };
  while (cursor.at < column.bytes.length) {
    const size = readLeb128(cursor);
    yield column.bytes.subarray(cursor.at, cursor.at + size);
    cursor.at += size;
  }
}

/** The values of a `String` column, as text. */
export function textsOf(column: NativeColumn): string[] {
  return Array.from(stringsOf(column), ({ buffer, byteOffset, length }) =>
    Buffer.from(buffer, byteOffset, length).toString(),
  );
}

/** Writes LEB128 at `at` and returns the place after it. */
export function writeLeb128(into: Uint8Array, at: number, value: number): number {
  let left = value;
  let place = at;
  while (left > 127) {
    into[place++] = (left & 127) | 128;
    left >>>= 7;
  }
  into[place++] = left;
  return place;
}

const widths: Readonly<Record<string, number>> = {
  UInt8: 1,
  UInt16: 2,
  UInt32: 4,
  UInt64: 8,
  UInt128: 16,
  UInt256: 32,
  Float64: 8,
};

function widthOf(type: string): number {
  const fixed = /^FixedString\((\d+)\)$/u.exec(type);
  const width = fixed === null ? widths[type] : Number(fixed[1]);
  // A query of ours asked for a type that no reader was written for.
  if (width === undefined) throw new TypeError(`the Native format of ${type} is not read here`);
  return width;
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

function readLeb128(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = cursor.bytes[cursor.at++]!;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
}

function skipText(cursor: Cursor): void {
  const size = readLeb128(cursor);
  cursor.at += size;
}

function readText(cursor: Cursor): string {
  const size = readLeb128(cursor);
  cursor.at += size;
  return Buffer.from(cursor.bytes.buffer, cursor.bytes.byteOffset + cursor.at - size, size).toString("latin1");
}

function leb128(value: number): Uint8Array {
  const bytes = new Uint8Array(5);
  return bytes.subarray(0, writeLeb128(bytes, 0, value));
}

function text(value: string): Uint8Array {
  return Buffer.concat([leb128(value.length), Buffer.from(value, "latin1")]);
}
