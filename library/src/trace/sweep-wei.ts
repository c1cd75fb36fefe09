import type { SweepGround } from "./account-ground.ts";
import { listMoves } from "./account-moves.ts";
import { openRecords } from "./account-records.ts";
import { type SweepResult, tracedIn } from "./account-result.ts";
import { planSeeds } from "./account-seeds.ts";
import { openWeiBook } from "./account-wei-book.ts";
import { sweepWeiFlags } from "./account-wei-flags.ts";
import { sweepWeiLots, type WeiLotSweep } from "./account-wei-lots.ts";
import { sweepWeiPool } from "./account-wei-pool.ts";
import { openWeiQueues } from "./account-wei-queues.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";
import type { Rule } from "./rule.ts";

/** A sweep in bigints. Null where a balance fell below 0. @throws AccountLotsError */
export function sweepWei(
  { order, amount, openings }: SweepGround<bigint[]>,
  request: JointRequest,
  rule: Exclude<Rule, "tiho">,
): SweepResult | null {
  const { stops } = request.parts[0] as AccountPart;
  const labelCount = request.labels.length;
  const records = openRecords(order.holdingCount);
  const held = records.amount;
  const moves = listMoves(order, stops, request.followFees, records);
  const book = openWeiBook(labelCount);
  const plan = planSeeds(request, order);
  const balance = openings.slice();
  const traced: bigint[] = rule === "poison" ? [] : new Array(order.holdingCount).fill(0n);
  const common = { moves, book, balance, traced, held, amount };
  const result = (heldIn: (holding: number) => ArrayLike<bigint>): SweepResult => {
    return { ...book, rule, moves, held: tracedIn(held), heldIn, balanceOf: (holding) => balance[holding]! };
  };
  if (rule === "poison") {
    if (!sweepWeiFlags(common, plan)) return null;
    return result((h) => Array.from(book.row, (_, l) => ((held[4 * h + 1]! >>> l) & 1 ? balance[h]! : 0n)));
  }
  if (rule === "fifo" || rule === "lifo") {
    const sweep: WeiLotSweep = { ...common, isLifo: rule === "lifo", queues: openWeiQueues(records) };
    return sweepWeiLots(sweep, plan) ? result((h) => lotsOf(sweep, h)) : null;
  }
  const byLabel: bigint[] | null = labelCount === 1 ? null : new Array(order.holdingCount * labelCount).fill(0n);
  if (!sweepWeiPool({ ...common, rule, byLabel }, plan)) return null;
  return result((h) => (byLabel === null ? [traced[h]!] : byLabel.slice(h * labelCount, (h + 1) * labelCount)));
}

function lotsOf({ queues, book }: WeiLotSweep, holding: number): bigint[] {
  const row: bigint[] = new Array(book.labelCount).fill(0n);
  for (let lot = queues.index[8 * holding + 6]!; lot !== 0; lot = queues.meta[2 * lot]!) {
    const label = queues.meta[2 * lot + 1]!;
    if (label !== 0) row[label - 1]! += queues.length[lot]!;
  }
  return row;
}
