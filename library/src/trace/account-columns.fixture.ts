import type { AccountColumns } from "./account-columns.ts";
import { heightNotKnown } from "./columns.ts";

export interface MadeTransfer {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  /** The transfer that it gives back, by its place among all. */
  readonly returns?: number;
}

/** Transactions of an account ledger in columns; a holding that has no opening begins with nothing. */
export function columnsOf(
  transactions: readonly (readonly MadeTransfer[])[],
  holdingCount: number,
  openings: ReadonlyMap<number, bigint>,
): AccountColumns {
  const rows = transactions.flat();
  const firsts = [0];
  for (const one of transactions) firsts.push(firsts.at(-1)! + one.length);
  return {
    transactionCount: transactions.length,
    transferCount: rows.length,
    holdingCount,
    txFirstTransfer: Uint32Array.from(firsts),
    txHeight: new Uint32Array(transactions.length).fill(heightNotKnown),
    txTime: new Float64Array(transactions.length),
    txDayOnly: new Uint8Array(transactions.length),
    transferFrom: Uint32Array.from(rows, ({ from }) => from),
    transferTo: Uint32Array.from(rows, ({ to }) => to),
    transferAmount: rows.map(({ amount }) => BigInt(amount)),
    transferIsFee: new Uint8Array(rows.length),
    returnOf: new Map(rows.flatMap(({ returns }, id) => (returns === undefined ? [] : [[id, returns] as const]))),
    openings,
    openingDefault: 0n,
    holdingCoverage: new Uint8Array(holdingCount),
  };
}
