import { endsAsFee, endsAtStop, endsNowhere, type MoveList } from "./account-moves.ts";
import { wideBase, wideHighMax, wideToBigint } from "./account-wide.ts";

/** Amounts by label of one sweep, each in two places (account-wide.ts): [2l] high, [2l + 1] low. */
export interface WideBook {
  readonly labelCount: number;
  /** [2 * labelCount] What the transfer at hand moves. */
  readonly row: Float64Array;
  /** [moves * 2 * labelCount] */
  moved: Float64Array;
  readonly seeded: Float64Array;
  readonly fees: Float64Array;
  readonly stopped: Map<number, Float64Array>;
  readonly burnt: Map<number, Float64Array>;
}

export function openWideBook(moves: MoveList, labelCount: number): WideBook {
  const width = 2 * labelCount;
  return {
    labelCount,
    row: new Float64Array(width),
    moved: new Float64Array(moves.transfer.length * width),
    seeded: new Float64Array(width),
    fees: new Float64Array(width),
    stopped: new Map(),
    burnt: new Map(),
  };
}

/** Writes the row of the last move down, and adds it to where it ended. */
export function bookWide(book: WideBook, moves: MoveList, outcome: number, f: number, t: number): void {
  const { row } = book;
  const width = row.length;
  const at = (moves.count - 1) * width;
  if (at + width > book.moved.length) {
    const moved = new Float64Array(moves.transfer.length * width);
    moved.set(book.moved);
    book.moved = moved;
  }
  const { moved } = book;
  for (let n = 0; n < width; n++) moved[at + n] = row[n]!;
  if (outcome === endsAsFee) addRow(book.fees, row);
  else if (outcome === endsNowhere) addRow(rowOf(book.burnt, f, width), row);
  else if (outcome === endsAtStop) addRow(rowOf(book.stopped, t, width), row);
}

function addRow(sums: Float64Array, row: Float64Array): void {
  for (let n = 0; n < row.length; n += 2) addWide(sums, n, row[n]!, row[n + 1]!);
}

function rowOf(sums: Map<number, Float64Array>, holding: number, width: number): Float64Array {
  let own = sums.get(holding);
  if (own === undefined) {
    own = new Float64Array(width);
    sums.set(holding, own);
  }
  return own;
}

/** Adds to the number whose high part stands at `at`. */
export function addWide(numbers: Float64Array, at: number, high: number, low: number): void {
  const sum = numbers[at + 1]! + low;
  const carries = sum >= wideBase;
  numbers[at + 1] = carries ? sum - wideBase : sum;
  numbers[at] = numbers[at]! + high + (carries ? 1 : 0);
}

/** Whether all sums of the book are numbers that two doubles hold; under poison they count values again and again. */
export function isExact({ seeded, fees, stopped, burnt }: WideBook): boolean {
  const rows = [seeded, fees, ...stopped.values(), ...burnt.values()];
  return rows.every((row) => row.every((part, n) => n % 2 === 1 || part <= wideHighMax));
}

/** Rows of wide numbers as bigints. */
export function bigintsOf(numbers: Float64Array, from = 0, to = numbers.length): bigint[] {
  const amounts: bigint[] = [];
  for (let n = from; n < to; n += 2) amounts.push(wideToBigint(numbers[n]!, numbers[n + 1]!));
  return amounts;
}
