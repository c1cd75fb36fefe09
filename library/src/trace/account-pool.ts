import { bookDoubles, type DoubleBook, endDoubles, reserveDoubles } from "./account-book.ts";
import { addMove, lands, type MoveList, outcomeOf, reachBySeed, reachHolding, reserveMoves } from "./account-moves.ts";
import { nobody } from "./account-order.ts";
import { takeAhead } from "./account-records.ts";
import type { SeedPlan, SweepSeed } from "./account-seeds.ts";
import { doubtFactor, exactFloorShare, floorShare } from "./floor-share.ts";

export type PooledRule = "haircut" | "dirty-first" | "clean-first";

const amountMax = Number.MAX_SAFE_INTEGER;

/** One sweep by haircut, dirty-first or clean-first, in doubles. */
export interface PoolSweep {
  readonly rule: PooledRule;
  readonly moves: MoveList;
  /** [transferCount] In the order taken. */
  readonly amount: Float64Array;
  readonly book: DoubleBook;
  /** Of the holdings' records: [4h] balance, [4h + 1] what is traced of it. */
  readonly held: Float64Array;
  /** [h * labels] by label; null for one label. */
  readonly byLabel: Float64Array | null;
}

/** False where a sum passed 2^53: nothing that was found counts then. */
export function sweepPool(sweep: PoolSweep, { seeds, transfers }: SeedPlan): boolean {
  for (const seed of seeds) {
    if (seed.holding < 0) continue;
    const opening = sweep.held[4 * seed.holding]!;
    if (opening > 0 && !label(sweep, seed, seed.holding, opening, sweep.held[4 * seed.holding + 1]!)) return false;
  }
  if (sweep.byLabel === null) return runSingle(sweep, transfers);
  let position = 0;
  for (const { transfer, seeds: here } of transfers) {
    if (!run(sweep, position, transfer)) return false;
    const t = sweep.moves.order.to[transfer]!;
    const before = t < 0 ? 0 : sweep.held[4 * t + 1]!;
    const isPayer = sweep.moves.order.from[transfer] === t;
    const count = sweep.moves.count;
    if (!run(sweep, transfer, transfer + 1)) return false;
    position = transfer + 1;
    const v = sweep.amount[transfer]!;
    if (t < 0 || v === 0) continue;
    // What the transfer itself brought; where an account pays itself, what it moved.
    const moved = sweep.moves.count > count ? lastMoved(sweep) : 0;
    const after = sweep.held[4 * t + 1]!;
    const brought = isPayer ? moved - (before - after) : after - before;
    if (!labelArrival(sweep, here, t, v, brought)) return false;
  }
  return run(sweep, position, sweep.moves.order.takenCount);
}

const sumOf = (row: Float64Array) => row.reduce((a, b) => a + b, 0);

const lastMoved = ({ moves, book }: PoolSweep) => {
  return sumOf(book.moved.subarray((moves.count - 1) * book.labelCount, moves.count * book.labelCount));
};

function labelArrival(sweep: PoolSweep, seeds: readonly SweepSeed[], t: number, v: number, brought: number): boolean {
  const before = sweep.held[4 * t + 1]! - brought;
  for (const seed of seeds) if (!label(sweep, seed, t, v, sweep.held[4 * t + 1]! - before)) return false;
  return true;
}

/** Labels the first units of `v` at t, `traced` of which are traced already. */
function label(sweep: PoolSweep, seed: SweepSeed, t: number, v: number, traced: number): boolean {
  const wanted = seed.left === null || seed.left > BigInt(v) ? v : Number(seed.left);
  if (wanted === 0) return true;
  if (seed.holding >= 0 && seed.left !== null) seed.left -= BigInt(wanted);
  const { book, byLabel, held } = sweep;
  const fresh = wanted > traced ? wanted - traced : 0;
  book.seeded[seed.label]! += fresh;
  held[4 * t + 1]! += fresh;
  if (byLabel !== null) byLabel[t * book.labelCount + seed.label]! += fresh;
  if (held[4 * t + 1]! > 0) reachBySeed(sweep.moves, t);
  return sumOf(book.seeded) <= amountMax;
}

/**
 * Takes transfers from `from` to `to - 1`. The quotient is that of `floorShare`, written out. False where a balance
 * would pass 2^53 or fall below 0.
 */
function run(sweep: PoolSweep, from: number, to: number): boolean {
  return takeAhead(sweep.moves.order, sweep.held, 2, from, to, (start, end) => runPiece(sweep, start, end));
}

function runPiece(sweep: PoolSweep, from: number, to: number): boolean {
  const { amount, held, moves } = sweep;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  const rule = sweep.rule === "haircut" ? 0 : sweep.rule === "dirty-first" ? 1 : 2;
  for (let x = from; x < to; x++) {
    const v = amount[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let moved = 0;
    let traced = 0;
    if (f >= 0) {
      const at = f << 2;
      const balance = held[at]!;
      traced = held[at | 1]!;
      if (v > balance) return false;
      held[at] = balance - v;
      if (traced !== 0) {
        if (rule === 0) {
          if (v === balance) moved = traced;
          else if (traced === balance) moved = v;
          else {
            const share = v * (traced / balance);
            moved = Math.floor(share);
            const fraction = share - moved;
            const doubt = share * doubtFactor;
            if (!(fraction > doubt && fraction < 1 - doubt)) moved = exactFloorShare(traced, v, balance, share);
          }
        } else if (rule === 1) moved = traced < v ? traced : v;
        else {
          const clean = balance - traced;
          moved = v > clean ? v - clean : 0;
        }
        if (moved !== 0) held[at | 1] = traced - moved;
      }
    }
    if (t >= 0) {
      const at = t << 2;
      const balance = held[at]! + v;
      if (balance > amountMax) return false;
      held[at] = balance;
    }
    if (moved !== 0) carry(sweep, x, f, t, moved, traced);
  }
  return true;
}

/**
 * The same for one label, with what `carry` does written out where value lands, and seeds met on the way: together a
 * quarter less time.
 */
function runSingle(sweep: PoolSweep, transfers: SeedPlan["transfers"]): boolean {
  const { order } = sweep.moves;
  const cursor = { at: 0 };
  return takeAhead(order, sweep.held, 2, 0, order.takenCount, (start, end) => {
    return runSinglePiece(sweep, transfers, cursor, start, end);
  });
}

function runSinglePiece(
  sweep: PoolSweep,
  transfers: SeedPlan["transfers"],
  cursor: { at: number },
  from: number,
  to: number,
): boolean {
  const { amount, held, moves, book } = sweep;
  reserveMoves(moves, to - from);
  reserveDoubles(book, moves);
  const { index } = moves.records;
  const { transfer, hops, stops, followFees } = moves;
  const { txFirstTransfer, isFee } = moves.order;
  const movedBy = book.moved;
  let { count, transaction } = moves;
  let seeded = transfers[cursor.at]?.transfer ?? nobody;
  const payer = moves.order.from;
  const receiver = moves.order.to;
  const rule = sweep.rule === "haircut" ? 0 : sweep.rule === "dirty-first" ? 1 : 2;
  for (let x = from; x < to; x++) {
    const v = amount[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    let moved = 0;
    if (f >= 0) {
      const at = f << 2;
      const balance = held[at]!;
      const traced = held[at | 1]!;
      if (v > balance) return false;
      held[at] = balance - v;
      if (traced !== 0) {
        if (rule === 0) {
          if (v === balance) moved = traced;
          else if (traced === balance) moved = v;
          else {
            const share = v * (traced / balance);
            moved = Math.floor(share);
            const fraction = share - moved;
            const doubt = share * doubtFactor;
            if (!(fraction > doubt && fraction < 1 - doubt)) moved = exactFloorShare(traced, v, balance, share);
          }
        } else if (rule === 1) moved = traced < v ? traced : v;
        else {
          const clean = balance - traced;
          moved = v > clean ? v - clean : 0;
        }
        if (moved !== 0) held[at | 1] = traced - moved;
      }
    }
    if (t >= 0) {
      const at = t << 2;
      const balance = held[at]! + v;
      if (balance > amountMax) return false;
      held[at] = balance;
    }
    let landed = 0;
    if (moved !== 0) {
      while (txFirstTransfer[transaction + 1]! <= x) transaction++;
      const from = (f << 3) | 4;
      const far = index[from]! + (index[from | 1] === transaction ? 0 : 1);
      transfer[count] = x;
      hops[count] = far;
      movedBy[count] = moved;
      count++;
      if (t < 0 || (isFee[x] === 1 && !followFees) || (stops !== null && ((stops[t >>> 5]! >>> (t & 31)) & 1) !== 0)) {
        endSingle(sweep, x, f, t, moved);
      } else {
        landed = moved;
        const at = t << 2;
        const before = held[at | 1]!;
        held[at | 1] = before + moved;
        const here = (t << 3) | 4;
        if (before === 0 || index[here]! >= far) {
          index[here] = far;
          index[here | 1] = transaction;
        }
      }
    }
    if (x === seeded) {
      if (t >= 0 && v > 0 && !labelArrival(sweep, transfers[cursor.at]!.seeds, t, v, landed)) return false;
      cursor.at++;
      seeded = transfers[cursor.at]?.transfer ?? nobody;
    }
  }
  moves.count = count;
  moves.transaction = transaction;
  return true;
}

function endSingle({ moves, book }: PoolSweep, x: number, f: number, t: number, moved: number): void {
  book.row[0] = moved;
  endDoubles(book, outcomeOf(moves, x, t), f, t);
}

/** What is traced of a transfer goes over, with `traced` in the payer before. */
function carry(sweep: PoolSweep, x: number, f: number, t: number, moved: number, traced: number): void {
  const { moves, book, held, byLabel } = sweep;
  if (byLabel === null) book.row[0] = moved;
  else splitLabels(byLabel, f * book.labelCount, book.row, moved, traced);
  const outcome = addMove(moves, x, f, t);
  bookDoubles(book, moves, outcome, f, t);
  if (outcome !== lands) return;
  const before = held[4 * t + 1]!;
  held[4 * t + 1] = before + moved;
  if (byLabel !== null) {
    const at = t * book.labelCount;
    for (let l = 0; l < book.labelCount; l++) byLabel[at + l]! += book.row[l]!;
  }
  reachHolding(moves, t, before !== 0);
}

/** `split` of money/split.ts: by cumulative floors, so that the parts add up. */
function splitLabels(byLabel: Float64Array, at: number, row: Float64Array, moved: number, traced: number): void {
  let upTo = 0;
  let given = 0;
  for (let l = 0; l < row.length; l++) {
    upTo += byLabel[at + l]!;
    const next = floorShare(upTo, moved, traced);
    row[l] = next - given;
    given = next;
    byLabel[at + l]! -= row[l]!;
  }
}
