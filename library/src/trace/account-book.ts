import { endsAsFee, endsAtStop, endsNowhere, type MoveList } from "./account-moves.ts";

/** Amounts by label of one sweep, in doubles: none of them is ever more than what was seeded, so each is exact. */
export interface DoubleBook {
  readonly labelCount: number;
  /** [labelCount] What the transfer at hand moves. */
  readonly row: Float64Array;
  /** [moves * labelCount] */
  moved: Float64Array;
  readonly seeded: Float64Array;
  readonly fees: Float64Array;
  readonly stopped: Map<number, Float64Array>;
  readonly burnt: Map<number, Float64Array>;
}

export function openDoubleBook(moves: MoveList, labelCount: number): DoubleBook {
  return {
    labelCount,
    row: new Float64Array(labelCount),
    moved: new Float64Array(moves.transfer.length * labelCount),
    seeded: new Float64Array(labelCount),
    fees: new Float64Array(labelCount),
    stopped: new Map(),
    burnt: new Map(),
  };
}

/** Writes the row of the last move down, and adds it to where it ended. */
export function bookDoubles(book: DoubleBook, moves: MoveList, outcome: number, f: number, t: number): void {
  const { labelCount, row } = book;
  const at = (moves.count - 1) * labelCount;
  if (at + labelCount > book.moved.length) reserveDoubles(book, moves);
  const { moved } = book;
  for (let label = 0; label < labelCount; label++) moved[at + label] = row[label]!;
  endDoubles(book, outcome, f, t);
}

/** Room for as many moves as the list has room for. */
export function reserveDoubles(book: DoubleBook, moves: MoveList): void {
  const size = moves.transfer.length * book.labelCount;
  if (book.moved.length === size) return;
  const moved = new Float64Array(size);
  moved.set(book.moved);
  book.moved = moved;
}

/** Adds the row to where it ended. */
export function endDoubles(book: DoubleBook, outcome: number, f: number, t: number): void {
  const { labelCount, row } = book;
  if (outcome === endsAsFee) addRow(book.fees, row);
  else if (outcome === endsNowhere) addRow(rowOf(book.burnt, f, labelCount), row);
  else if (outcome === endsAtStop) addRow(rowOf(book.stopped, t, labelCount), row);
}

function addRow(sums: Float64Array, row: Float64Array): void {
  for (let label = 0; label < sums.length; label++) sums[label]! += row[label]!;
}

function rowOf(sums: Map<number, Float64Array>, holding: number, labelCount: number): Float64Array {
  let own = sums.get(holding);
  if (own === undefined) {
    own = new Float64Array(labelCount);
    sums.set(holding, own);
  }
  return own;
}
