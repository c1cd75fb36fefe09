import { openDoubleBook } from "./account-book.ts";
import { sweepFlags } from "./account-flags.ts";
import { type LotSweep, sweepLots } from "./account-lots.ts";
import { listMoves } from "./account-moves.ts";
import { openDoubles } from "./account-openings.ts";
import { type OrderedAccounts, orderAccounts } from "./account-order.ts";
import { type PooledRule, sweepPool } from "./account-pool.ts";
import { openQueues } from "./account-queues.ts";
import { type SweepResult, traceOfSweep } from "./account-result.ts";
import { planSeeds } from "./account-seeds.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";
import type { JointRuleTrace } from "./joint-trace.ts";
import type { Rule } from "./rule.ts";

/** Flags are the bits of one word. */
const labelsMax = 32;
/** Holdings are addressed twice over by 31-bit numbers. */
const holdingsMax = 2 ** 29;

/**
 * The fast way for the common case: one account ledger without links, returns, debts and budgets. Null for every other
 * request; then the engine has to do it. It gives what the engine gives.
 *
 * @throws AccountLotsError, ConservationError
 */
export function sweepAccounts(request: JointRequest, rule: Rule): JointRuleTrace | null {
  const ground = groundOf(request);
  if (ground === null) return null;
  const result = sweepOrdered(ground, request, rule);
  return result === null ? null : traceOfSweep(result, request);
}

/** What all rules of a request start from. */
export interface SweepGround {
  readonly order: OrderedAccounts;
  /** Opening balances, in pairs with zeros. */
  readonly doubles: Float64Array | null;
}

const grounds = new WeakMap<JointRequest, { readonly ground: SweepGround | null }>();

/** The ledger in its order with its openings; null where the sweeps do not apply. Kept as long as the request is. */
export function groundOf(request: JointRequest): SweepGround | null {
  const known = grounds.get(request);
  if (known !== undefined) return known.ground;
  const ground = layGround(request);
  grounds.set(request, { ground });
  return ground;
}

function layGround(request: JointRequest): SweepGround | null {
  const [part, ...others] = request.parts;
  if (part === undefined || others.length > 0 || part.kind !== "account" || !isPlain(request, part)) return null;
  const order = orderAccounts(part, request);
  if (order === null) return null;
  const doubles = order.amount instanceof Float64Array ? openDoubles(part.columns, order) : null;
  return doubles === null ? null : { order, doubles };
}

function isPlain({ links, budget, openings, labels }: JointRequest, { columns }: AccountPart): boolean {
  const { movements, hops, min } = budget;
  if (movements !== undefined || hops !== undefined || (min !== undefined && min > 0n)) return false;
  if (links.length > 0 || columns.returnOf.size > 0) return false;
  if (labels.length === 0 || labels.length > labelsMax || columns.holdingCount > holdingsMax) return false;
  // Without limit is another physics; where every opening is known there is nothing to take so.
  return openings === "least" || columns.openingDefault !== null || columns.openings.size >= columns.holdingCount;
}

/** One rule over the ground; null where a sum passed what doubles hold. */
export function sweepOrdered({ order, doubles }: SweepGround, request: JointRequest, rule: Rule): SweepResult | null {
  if (doubles === null || rule === "tiho") return null;
  const { stops } = request.parts[0] as AccountPart;
  const labelCount = request.labels.length;
  const moves = listMoves(order, stops, request.followFees);
  const book = openDoubleBook(moves, labelCount);
  const plan = planSeeds(request, order);
  const pairs = doubles.slice();
  const common = { moves, book, pairs };
  const result = (rowOf: (holding: number) => ArrayLike<number>): SweepResult => {
    const { seeded, fees, stopped, burnt, moved } = book;
    const held = heldIn(pairs).map((holding) => ({ holding, row: rowOf(holding) }));
    const balanceOf = (holding: number) => BigInt(pairs[2 * holding]!);
    return { rule, moves, labelCount, moved, seeded, fees, stopped, burnt, held, balanceOf };
  };
  if (rule === "poison") {
    if (!sweepFlags(common, plan)) return null;
    return result((h) => Array.from(book.row, (_, l) => ((pairs[2 * h + 1]! >>> l) & 1 ? pairs[2 * h]! : 0)));
  }
  if (rule === "fifo" || rule === "lifo") {
    const sweep: LotSweep = { ...common, isLifo: rule === "lifo", queues: openQueues(order.holdingCount) };
    return sweepLots(sweep, plan) ? result((h) => lotsOf(sweep, h)) : null;
  }
  return sweepPooled(rule, common, plan, result);
}

function sweepPooled(
  rule: PooledRule,
  common: Pick<LotSweep, "moves" | "book" | "pairs">,
  plan: ReturnType<typeof planSeeds>,
  result: (rowOf: (holding: number) => ArrayLike<number>) => SweepResult,
): SweepResult | null {
  const { labelCount } = common.book;
  const { pairs } = common;
  const byLabel = labelCount === 1 ? null : new Float64Array((pairs.length / 2) * labelCount);
  if (!sweepPool({ ...common, rule, byLabel }, plan)) return null;
  return result((h) => {
    return byLabel === null ? [pairs[2 * h + 1]!] : byLabel.subarray(h * labelCount, (h + 1) * labelCount);
  });
}

function heldIn(pairs: Float64Array): number[] {
  const held: number[] = [];
  for (let h = 0; 2 * h < pairs.length; h++) if (pairs[2 * h + 1] !== 0) held.push(h);
  return held;
}

function lotsOf({ queues, book }: LotSweep, holding: number): number[] {
  const row: number[] = new Array(book.labelCount).fill(0);
  for (let lot = queues.ends[2 * holding]!; lot !== 0; lot = queues.meta[4 * lot + 2]!) {
    const label = queues.meta[4 * lot + 3]!;
    if (label !== 0) row[label - 1]! += queues.length[2 * lot]!;
  }
  return row;
}
