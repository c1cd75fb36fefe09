import { addMove, lands, type MoveList, reachBySeed, reachHolding } from "./account-moves.ts";
import type { PooledRule } from "./account-pool.ts";
import { takeInPieces } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";
import { bookWei, type WeiBook } from "./account-wei-book.ts";

/**
 * One sweep by haircut, dirty-first or clean-first, in bigints. What was tried in their place is two doubles of 52 bits:
 * sums take no memory then, but a quotient has to be put together and taken apart again, and most transfers of a
 * trail that spreads need one.
 */
export interface WeiPoolSweep {
  readonly rule: PooledRule;
  readonly moves: MoveList;
  /** [transferCount] In the order taken. */
  readonly amount: bigint[];
  readonly book: WeiBook;
  /** [h] Balances, and what of them is traced, all labels together. */
  readonly balance: bigint[];
  readonly traced: bigint[];
  /** Of the holdings' records: [4h + 1] 1 where something is traced. */
  readonly held: Float64Array;
  /** [h * labels] by label; null for one label. */
  readonly byLabel: bigint[] | null;
}

/** False where a balance falls below 0: nothing that was found counts then. */
export function sweepWeiPool(sweep: WeiPoolSweep, { seeds, transfers }: SeedPlan): boolean {
  const { order } = sweep.moves;
  for (const seed of seeds) {
    if (seed.holding >= 0) label(sweep, seed, seed.holding, sweep.balance[seed.holding]!, sweep.traced[seed.holding]!);
  }
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer)) return false;
    position = transfer + 1;
    const t = order.to[transfer]!;
    const before = t < 0 ? 0n : sweep.traced[t]!;
    const count = sweep.moves.count;
    if (!run(sweep, transfer, position)) return false;
    const v = sweep.amount[transfer]!;
    if (t < 0) continue;
    // What the transfer itself brought; where an account pays itself, what it moved.
    const moved = sweep.moves.count > count ? sweep.book.row.reduce((a, b) => a + b, 0n) : 0n;
    const gained = sweep.traced[t]! - before;
    const brought = order.from[transfer] === t ? moved + gained : gained;
    const others = sweep.traced[t]! - brought;
    for (const seed of here) label(sweep, seed, t, v, sweep.traced[t]! - others);
  }
  return run(sweep, position, order.takenCount);
}

/** Labels the first units of `v` at t, `traced` of which are traced already. */
function label(sweep: WeiPoolSweep, seed: SweepSeed, t: number, v: bigint, traced: bigint): void {
  const wanted = seed.left === null || seed.left > v ? v : seed.left;
  if (wanted === 0n) return;
  if (seed.holding >= 0 && seed.left !== null) seed.left -= wanted;
  const fresh = wanted > traced ? wanted - traced : 0n;
  sweep.book.seeded[seed.label]! += fresh;
  sweep.traced[t]! += fresh;
  if (sweep.byLabel !== null) sweep.byLabel[t * sweep.book.labelCount + seed.label]! += fresh;
  sweep.held[4 * t + 1] = 1;
  reachBySeed(sweep.moves, t);
}

function run(sweep: WeiPoolSweep, from: number, to: number): boolean {
  return takeInPieces(sweep.moves.order, sweep.held, 2, from, to, (start, end) => runPiece(sweep, start, end));
}

/** Takes transfers from `from` to `to - 1`; false where a balance would fall below 0. */
function runPiece(sweep: WeiPoolSweep, from: number, to: number): boolean {
  const { amount, balance, held, moves } = sweep;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  for (let x = from; x < to; x++) {
    const v = amount[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let moved = 0n;
    if (f >= 0) {
      const before = balance[f]!;
      const rest = before - v;
      if (rest < 0n) return false;
      balance[f] = rest;
      if (held[(f << 2) | 1] !== 0) moved = takeTraced(sweep, f, v, before, rest);
    }
    if (t >= 0) balance[t] = balance[t]! + v;
    if (moved !== 0n) carry(sweep, x, f, t, moved);
  }
  return true;
}

/** What of v is traced, with its labels in the book's row. */
function takeTraced(sweep: WeiPoolSweep, f: number, v: bigint, balance: bigint, rest: bigint): bigint {
  const { rule, book, byLabel } = sweep;
  const traced = sweep.traced[f]!;
  let moved: bigint;
  if (rest === 0n) moved = traced;
  else if (rule === "haircut") moved = (traced * v) / balance;
  else if (rule === "dirty-first") moved = traced < v ? traced : v;
  else moved = traced > rest ? traced - rest : 0n;
  if (moved === 0n) return 0n;
  const left = traced - moved;
  sweep.traced[f] = left;
  if (left === 0n) sweep.held[(f << 2) | 1] = 0;
  if (byLabel === null) book.row[0] = moved;
  else splitLabels(byLabel, f * book.labelCount, book.row, moved, traced);
  return moved;
}

/** `split` of money/split.ts: by cumulative floors, so that the parts add up. */
function splitLabels(byLabel: bigint[], at: number, row: bigint[], moved: bigint, traced: bigint): void {
  let upTo = 0n;
  let given = 0n;
  for (let l = 0; l < row.length; l++) {
    upTo += byLabel[at + l]!;
    const next = (upTo * moved) / traced;
    row[l] = next - given;
    given = next;
    byLabel[at + l]! -= row[l]!;
  }
}

function carry(sweep: WeiPoolSweep, x: number, f: number, t: number, moved: bigint): void {
  const { moves, book, byLabel, held } = sweep;
  const outcome = addMove(moves, x, f, t);
  bookWei(book, outcome, f, t);
  if (outcome !== lands) return;
  const wasTraced = held[(t << 2) | 1] !== 0;
  sweep.traced[t] = sweep.traced[t]! + moved;
  held[(t << 2) | 1] = 1;
  if (byLabel !== null) {
    const at = t * book.labelCount;
    for (let l = 0; l < book.labelCount; l++) byLabel[at + l]! += book.row[l]!;
  }
  reachHolding(moves, t, wasTraced);
}
