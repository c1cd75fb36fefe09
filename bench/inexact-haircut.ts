import type { AccountColumns } from "../library/src/trace/account-columns.ts";

/** As in the kernels: a loop that goes on for seconds is left in whichever code it was entered with. */
const pieceTransfers = 4096;

/**
 * The loop that anybody would write: a haircut over an account ledger in doubles, which rounds every share, conserves
 * nothing, lists no moves and knows no stops. Openings that are not known are the least ones.
 *
 * @param amount a column of doubles, rounded where the ledger's is of bigints
 * @param seed the holding whose opening and receipts are traced
 * @returns what is traced at the end, by holding
 */
export function haircutInexactly(columns: AccountColumns, amount: Float64Array, seed: number): Float64Array {
  const { holdingCount, transferCount, openings } = columns;
  const moved = new Float64Array(holdingCount);
  const lowest = new Float64Array(holdingCount);
  for (let x = 0; x < transferCount; x += pieceTransfers) addUp(columns, amount, moved, lowest, x);
  const balance = lowest.map((sum) => -sum);
  for (const [holding, known] of openings) balance[holding] = Number(known);
  const traced = new Float64Array(holdingCount);
  traced[seed] = balance[seed]!;
  for (let x = 0; x < transferCount; x += pieceTransfers) sweep(columns, amount, balance, traced, seed, x);
  return traced;
}

function addUp(
  { transferCount, transferFrom, transferTo }: AccountColumns,
  amount: Float64Array,
  moved: Float64Array,
  lowest: Float64Array,
  first: number,
): void {
  for (let x = first; x < Math.min(first + pieceTransfers, transferCount); x++) {
    const from = transferFrom[x]!;
    moved[from]! -= amount[x]!;
    if (moved[from]! < lowest[from]!) lowest[from] = moved[from]!;
    moved[transferTo[x]!]! += amount[x]!;
  }
}

function sweep(
  { transferCount, transferFrom, transferTo, transferIsFee }: AccountColumns,
  amount: Float64Array,
  balance: Float64Array,
  traced: Float64Array,
  seed: number,
  first: number,
): void {
  for (let x = first; x < Math.min(first + pieceTransfers, transferCount); x++) {
    const from = transferFrom[x]!;
    const to = transferTo[x]!;
    const units = amount[x]!;
    const share = balance[from]! > 0 ? (traced[from]! * units) / balance[from]! : 0;
    traced[from]! -= share;
    balance[from]! -= units;
    balance[to]! += units;
    if (transferIsFee[x] === 0) traced[to]! += share;
    if (to === seed) traced[to]! += units - (transferIsFee[x] === 0 ? share : 0);
  }
}
