import { openDoubleBook } from "./account-book.ts";
import { sweepFlags } from "./account-flags.ts";
import { groundsOf, type SweepGround } from "./account-ground.ts";
import { type LotSweep, sweepLots } from "./account-lots.ts";
import { listMoves } from "./account-moves.ts";
import { sweepPool } from "./account-pool.ts";
import { openQueues } from "./account-queues.ts";
import { openRecords } from "./account-records.ts";
import { type SweepResult, tracedIn, traceOfSweep } from "./account-result.ts";
import { planSeeds } from "./account-seeds.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";
import type { JointRuleTrace } from "./joint-trace.ts";
import type { Rule } from "./rule.ts";
import { sweepWide } from "./sweep-wide.ts";

/**
 * The fast way for the common case: one account ledger without links, returns, debts and budgets. Null for every other
 * request; then the engine has to do it. It gives what the engine gives.
 *
 * @throws AccountLotsError, ConservationError
 */
export function sweepAccounts(request: JointRequest, rule: Rule): JointRuleTrace | null {
  const result = sweepColumns(request, rule);
  return result === null ? null : traceOfSweep(result, request);
}

/** The same in columns, without an object for every move: in doubles where all sums fit them, else in wide numbers. */
export function sweepColumns(request: JointRequest, rule: Rule): SweepResult | null {
  if (rule === "tiho") return null;
  const grounds = groundsOf(request);
  if (grounds === null) return null;
  const inDoubles = grounds.doubles === null ? null : sweepDoubles(grounds.doubles, request, rule);
  if (inDoubles !== null) return inDoubles;
  const ground = grounds.wide();
  return ground === null ? null : sweepWide(ground, request, rule);
}

/** Null where a sum passed what doubles hold, or a balance fell below 0. */
function sweepDoubles(
  { order, amount, openings }: SweepGround<Float64Array>,
  request: JointRequest,
  rule: Exclude<Rule, "tiho">,
): SweepResult | null {
  const { stops } = request.parts[0] as AccountPart;
  const labelCount = request.labels.length;
  const records = openRecords(order.holdingCount, false);
  const held = records.amount;
  for (let h = 0; h < order.holdingCount; h++) held[4 * h] = openings[h]!;
  const moves = listMoves(order, stops, request.followFees, records);
  const book = openDoubleBook(moves, labelCount);
  const plan = planSeeds(request, order);
  const common = { moves, book, held, amount };
  const result = (heldIn: (holding: number) => ArrayLike<number>): SweepResult => {
    const balanceOf = (holding: number) => BigInt(held[4 * holding]!);
    const movedBy = (move: number) => book.moved.subarray(move * labelCount, (move + 1) * labelCount);
    return { ...book, movedBy, rule, moves, held: tracedIn(held), heldIn, balanceOf };
  };
  if (rule === "poison") {
    if (!sweepFlags(common, plan)) return null;
    return result((h) => Array.from(book.row, (_, l) => ((held[4 * h + 1]! >>> l) & 1 ? held[4 * h]! : 0)));
  }
  if (rule === "fifo" || rule === "lifo") {
    const sweep: LotSweep = { ...common, isLifo: rule === "lifo", queues: openQueues(records) };
    return sweepLots(sweep, plan) ? result((h) => lotsOf(sweep, h)) : null;
  }
  const byLabel = labelCount === 1 ? null : new Float64Array(order.holdingCount * labelCount);
  if (!sweepPool({ ...common, rule, byLabel }, plan)) return null;
  return result((h) => {
    return byLabel === null ? [held[4 * h + 1]!] : byLabel.subarray(h * labelCount, (h + 1) * labelCount);
  });
}

function lotsOf({ queues, book }: LotSweep, holding: number): number[] {
  const row: number[] = new Array(book.labelCount).fill(0);
  for (let lot = queues.index[8 * holding + 6]!; lot !== 0; lot = queues.meta[4 * lot + 2]!) {
    const label = queues.meta[4 * lot + 3]!;
    if (label !== 0) row[label - 1]! += queues.length[2 * lot]!;
  }
  return row;
}
