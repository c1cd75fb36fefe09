import { bookDoubles, type DoubleBook } from "./account-book.ts";
import { addMove, lands, type MoveList, reachBySeed, reachHolding } from "./account-moves.ts";
import { takeAhead } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";

const amountMax = Number.MAX_SAFE_INTEGER;

/** One sweep by poison, in doubles. */
export interface FlagSweep {
  readonly moves: MoveList;
  /** [transferCount] In the order taken. */
  readonly amount: Float64Array;
  readonly book: DoubleBook;
  /** Of the holdings' records: [4h] balance, [4h + 1] a bit for each label that flags it. */
  readonly held: Float64Array;
}

/** False where a sum passed 2^53: nothing that was found counts then. */
export function sweepFlags(sweep: FlagSweep, { seeds, transfers }: SeedPlan): boolean {
  const { order } = sweep.moves;
  for (const seed of seeds) if (seed.holding >= 0) flag(sweep, seed, seed.holding, sweep.held[4 * seed.holding]!);
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer + 1)) return false;
    position = transfer + 1;
    const v = sweep.amount[transfer]!;
    const t = order.to[transfer]!;
    if (t >= 0) for (const seed of here) flag(sweep, seed, t, v);
  }
  return run(sweep, position, order.takenCount) && isExact(sweep.book);
}

function flag({ held, book, moves }: FlagSweep, seed: SweepSeed, t: number, v: number): void {
  const wanted = seed.left === null || seed.left > BigInt(v) ? v : Number(seed.left);
  if (wanted === 0) return;
  if (seed.holding >= 0 && seed.left !== null) seed.left -= BigInt(wanted);
  book.seeded[seed.label]! += v;
  held[4 * t + 1] = (held[4 * t + 1]! | (1 << seed.label)) >>> 0;
  reachBySeed(moves, t);
}

/** Face values are counted again at each place, so their sums may pass what the balances stay below. */
function isExact({ seeded, fees, stopped, burnt }: DoubleBook): boolean {
  const rows = [seeded, fees, ...stopped.values(), ...burnt.values()];
  return rows.every((row) => row.every((sum) => sum <= amountMax));
}

/** Takes transfers from `from` to `to - 1`; false where a balance would pass 2^53. */
function run(sweep: FlagSweep, from: number, to: number): boolean {
  return takeAhead(sweep.moves.order, sweep.held, 2, from, to, (start, end) => runPiece(sweep, start, end));
}

function runPiece(sweep: FlagSweep, from: number, to: number): boolean {
  const { amount, held, moves } = sweep;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  for (let x = from; x < to; x++) {
    const v = amount[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let flags = 0;
    if (f >= 0) {
      const at = f << 2;
      const rest = held[at]! - v;
      if (rest < 0) return false;
      held[at] = rest;
      flags = held[at | 1]!;
      if (rest === 0 && flags !== 0) held[at | 1] = 0;
    }
    if (t >= 0) {
      const at = t << 2;
      const balance = held[at]! + v;
      if (balance > amountMax) return false;
      held[at] = balance;
    }
    if (flags !== 0 && v !== 0) carry(sweep, x, f, t, v, flags);
  }
  return true;
}

function carry({ moves, book, held }: FlagSweep, x: number, f: number, t: number, v: number, flags: number): void {
  for (let label = 0; label < book.labelCount; label++) book.row[label] = (flags >>> label) & 1 ? v : 0;
  const outcome = addMove(moves, x, f, t);
  bookDoubles(book, moves, outcome, f, t);
  if (outcome !== lands) return;
  const before = held[4 * t + 1]!;
  held[4 * t + 1] = (before | flags) >>> 0;
  reachHolding(moves, t, before !== 0);
}
