import type { Connection, Parameters } from "./connection.ts";
import { type NativeColumn, readNativeBlocks } from "./native-format.ts";

const two32 = 4294967296;
/** Ids bound to one query: enough that a query's own cost does not count, few enough that its text stays small. */
const idsAtOnce = 50_000;

/** The columns of a query whose columns are all numbers (UInt32, UInt64 below 2^53), each as doubles. */
export async function readNumbers(
  connection: Connection,
  sql: string,
  parameters: Parameters,
): Promise<[Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]> {
  const parts: Float64Array[][] = [[], [], [], [], [], []];
  for (const { rowCount, columns } of readNativeBlocks(await connection.native(sql, parameters))) {
    columns.forEach((column, c) => {
      parts[c]!.push(numbersOf(column, rowCount));
    });
  }
  return parts.map(joined) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
}

/** A column of numbers (UInt32, UInt64 below 2^53, Float64) as doubles. */
export function numbersOf({ type, bytes }: NativeColumn, rowCount: number): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    if (type === "UInt32") values[row] = view.getUint32(4 * row, true);
    else if (type === "Float64") values[row] = view.getFloat64(8 * row, true);
    else values[row] = view.getUint32(8 * row, true) + view.getUint32(8 * row + 4, true) * two32;
  }
  return values;
}

/** All numbers of the parts, one part after another. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The ids in runs that one query takes. */
export function* idRuns(ids: Float64Array | readonly number[]): Generator<number[]> {
  for (let at = 0; at < ids.length; at += idsAtOnce) yield Array.from(ids.slice(at, at + idsAtOnce));
}
