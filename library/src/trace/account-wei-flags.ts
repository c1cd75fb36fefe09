import { addMove, lands, type MoveList, reachBySeed, reachHolding } from "./account-moves.ts";
import { takeInPieces } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";
import { bookWei, type WeiBook } from "./account-wei-book.ts";

/** One sweep by poison, in bigints. */
export interface WeiFlagSweep {
  readonly moves: MoveList;
  /** [transferCount] In the order taken. */
  readonly amount: bigint[];
  readonly book: WeiBook;
  readonly balance: bigint[];
  /** Of the holdings' records: [4h + 1] a bit for each label that flags it. */
  readonly held: Float64Array;
}

/** False where a balance falls below 0: nothing that was found counts then. */
export function sweepWeiFlags(sweep: WeiFlagSweep, { seeds, transfers }: SeedPlan): boolean {
  const { order } = sweep.moves;
  for (const seed of seeds) if (seed.holding >= 0) flag(sweep, seed, seed.holding, sweep.balance[seed.holding]!);
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer + 1)) return false;
    position = transfer + 1;
    const t = order.to[transfer]!;
    const v = sweep.amount[transfer]!;
    if (t >= 0) for (const seed of here) flag(sweep, seed, t, v);
  }
  return run(sweep, position, order.takenCount);
}

function flag({ held, book, moves }: WeiFlagSweep, seed: SweepSeed, t: number, v: bigint): void {
  const wanted = seed.left === null || seed.left > v ? v : seed.left;
  if (wanted === 0n) return;
  if (seed.holding >= 0 && seed.left !== null) seed.left -= wanted;
  book.seeded[seed.label]! += v;
  held[4 * t + 1] = (held[4 * t + 1]! | (1 << seed.label)) >>> 0;
  reachBySeed(moves, t);
}

function run(sweep: WeiFlagSweep, from: number, to: number): boolean {
  return takeInPieces(sweep.moves.order, sweep.held, 2, from, to, (start, end) => runPiece(sweep, start, end));
}

/** Takes transfers from `from` to `to - 1`; false where a balance would fall below 0. */
function runPiece(sweep: WeiFlagSweep, from: number, to: number): boolean {
  const { amount, balance, held, moves } = sweep;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  for (let x = from; x < to; x++) {
    const v = amount[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let flags = 0;
    if (f >= 0) {
      const rest = balance[f]! - v;
      if (rest < 0n) return false;
      balance[f] = rest;
      flags = held[(f << 2) | 1]!;
      if (flags !== 0 && rest === 0n) held[(f << 2) | 1] = 0;
    }
    if (t >= 0) balance[t] = balance[t]! + v;
    if (flags !== 0 && v !== 0n) carry(sweep, x, f, t, v, flags);
  }
  return true;
}

function carry({ moves, book, held }: WeiFlagSweep, x: number, f: number, t: number, v: bigint, flags: number): void {
  for (let label = 0; label < book.labelCount; label++) book.row[label] = (flags >>> label) & 1 ? v : 0n;
  const outcome = addMove(moves, x, f, t);
  bookWei(book, outcome, f, t);
  if (outcome !== lands) return;
  const before = held[(t << 2) | 1]!;
  held[(t << 2) | 1] = (before | flags) >>> 0;
  reachHolding(moves, t, before !== 0);
}
