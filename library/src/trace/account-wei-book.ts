import { endsAsFee, endsAtStop, endsNowhere } from "./account-moves.ts";

/** Amounts by label of one sweep, in bigints. */
export interface WeiBook {
  readonly labelCount: number;
  /** [labelCount] What the transfer at hand moves. */
  readonly row: bigint[];
  /** [moves * labelCount] */
  readonly moved: bigint[];
  readonly seeded: bigint[];
  readonly fees: bigint[];
  readonly stopped: Map<number, bigint[]>;
  readonly burnt: Map<number, bigint[]>;
}

export function openWeiBook(labelCount: number): WeiBook {
  return {
    labelCount,
    row: zeros(labelCount),
    moved: [],
    seeded: zeros(labelCount),
    fees: zeros(labelCount),
    stopped: new Map(),
    burnt: new Map(),
  };
}

/** Writes the row of the last move down, and adds it to where it ended. */
export function bookWei(book: WeiBook, outcome: number, f: number, t: number): void {
  const { labelCount, row } = book;
  for (const amount of row) book.moved.push(amount);
  if (outcome === endsAsFee) addRow(book.fees, row);
  else if (outcome === endsNowhere) addRow(rowOf(book.burnt, f, labelCount), row);
  else if (outcome === endsAtStop) addRow(rowOf(book.stopped, t, labelCount), row);
}

const zeros = (count: number): bigint[] => new Array(count).fill(0n);

function addRow(sums: bigint[], row: bigint[]): void {
  for (let label = 0; label < sums.length; label++) sums[label]! += row[label]!;
}

function rowOf(sums: Map<number, bigint[]>, holding: number, labelCount: number): bigint[] {
  let own = sums.get(holding);
  if (own === undefined) {
    own = zeros(labelCount);
    sums.set(holding, own);
  }
  return own;
}
