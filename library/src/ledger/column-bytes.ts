import type { ColumnBytes } from "./connection.ts";
import type { StringColumn } from "./string-column.ts";

/** Columns of an insert, out of what they are in memory: not copied. */

/** `first`, `first + 1` and so on. */
export function numbers(first: number, count: number): Uint32Array {
  const column = new Uint32Array(count);
  for (let row = 0; row < count; row++) column[row] = first + row;
  return column;
}

export function bytesOf(column: Uint32Array | Float64Array | BigUint64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

export function u32(name: string, column: Uint32Array): ColumnBytes {
  return { name, type: "UInt32", data: bytesOf(column) };
}

export function u8(name: string, data: Uint8Array): ColumnBytes {
  return { name, type: "UInt8", data };
}

export function text(name: string, column: StringColumn): ColumnBytes {
  return { name, type: "String", data: column.data() };
}

export function u256(name: string, words: BigUint64Array): ColumnBytes {
  return { name, type: "UInt256", data: bytesOf(words) };
}
