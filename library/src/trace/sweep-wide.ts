import type { SweepGround } from "./account-ground.ts";
import { listMoves } from "./account-moves.ts";
import { openRecords } from "./account-records.ts";
import type { SweepResult } from "./account-result.ts";
import { planSeeds } from "./account-seeds.ts";
import { type WideColumn, wideToBigint } from "./account-wide.ts";
import { bigintsOf, openWideBook } from "./account-wide-book.ts";
import { sweepWideFlags } from "./account-wide-flags.ts";
import { sweepWideLots, type WideLotSweep } from "./account-wide-lots.ts";
import { sweepWidePool } from "./account-wide-pool.ts";
import { openWideQueues } from "./account-wide-queues.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";
import type { Rule } from "./rule.ts";

/** A sweep in wide numbers. Null where a balance falls below 0 or passes 2^102. @throws AccountLotsError */
export function sweepWide(
  { order, amount, openings }: SweepGround<WideColumn>,
  request: JointRequest,
  rule: Exclude<Rule, "tiho">,
): SweepResult | null {
  const { stops } = request.parts[0] as AccountPart;
  const labelCount = request.labels.length;
  const records = openRecords(order.holdingCount, true);
  const wide = records.amount;
  for (let h = 0; h < order.holdingCount; h++) {
    wide[8 * h] = openings.high[h]!;
    wide[8 * h + 1] = openings.low[h]!;
  }
  const moves = listMoves(order, stops, request.followFees, records);
  const book = openWideBook(moves, labelCount);
  const plan = planSeeds(request, order);
  const common = { moves, amount, book, wide };
  const balanceOf = (h: number) => wideToBigint(wide[8 * h]!, wide[8 * h + 1]!);
  const result = (heldIn: (holding: number) => ArrayLike<bigint>): SweepResult => {
    const rows = (sums: Map<number, Float64Array>) => {
      return new Map(Array.from(sums, ([holding, row]) => [holding, bigintsOf(row)]));
    };
    return {
      rule,
      moves,
      labelCount,
      movedBy: (move) => bigintsOf(book.moved, move * 2 * labelCount, (move + 1) * 2 * labelCount),
      seeded: bigintsOf(book.seeded),
      fees: bigintsOf(book.fees),
      stopped: rows(book.stopped),
      burnt: rows(book.burnt),
      held: tracedIn(wide),
      heldIn,
      balanceOf,
    };
  };
  if (rule === "poison") {
    if (!sweepWideFlags(common, plan)) return null;
    return result((h) => {
      return Array.from({ length: labelCount }, (_, l) => ((wide[8 * h + 2]! >>> l) & 1 ? balanceOf(h) : 0n));
    });
  }
  if (rule === "fifo" || rule === "lifo") {
    const sweep: WideLotSweep = { ...common, isLifo: rule === "lifo", queues: openWideQueues(records) };
    return sweepWideLots(sweep, plan) ? result((h) => lotsOf(sweep, h)) : null;
  }
  const byLabel = labelCount === 1 ? null : new Float64Array(2 * order.holdingCount * labelCount);
  if (!sweepWidePool({ ...common, rule, byLabel, movedHigh: 0, movedLow: 0 }, plan)) return null;
  return result((h) => {
    if (byLabel === null) return bigintsOf(wide, 8 * h + 2, 8 * h + 4);
    return bigintsOf(byLabel, 2 * h * labelCount, 2 * (h + 1) * labelCount);
  });
}

function tracedIn(wide: Float64Array): Uint32Array {
  const traced = new Uint32Array(wide.length / 8);
  let count = 0;
  for (let h = 0; 8 * h < wide.length; h++) {
    if (wide[8 * h + 2] !== 0 || wide[8 * h + 3] !== 0) traced[count++] = h;
  }
  return traced.slice(0, count);
}

function lotsOf({ queues, book }: WideLotSweep, holding: number): bigint[] {
  const row: bigint[] = new Array(book.labelCount).fill(0n);
  for (let lot = queues.index[16 * holding + 10]!; lot !== 0; lot = queues.meta[8 * lot + 4]!) {
    const label = queues.meta[8 * lot + 5]!;
    if (label !== 0) row[label - 1]! += wideToBigint(queues.length[4 * lot]!, queues.length[4 * lot + 1]!);
  }
  return row;
}
