import { ConservationError } from "../errors/trace.ts";
import { type Coverage, coverages } from "./account-columns.ts";
import type { MoveList } from "./account-moves.ts";
import { numberAt } from "./account-order.ts";
import type { LabelTotals } from "./coin-trace.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";
import {
  type JointEnd,
  type JointEndReason,
  type JointMove,
  type JointPlace,
  type JointRuleTrace,
  jointEndReasons,
  kindOfJointReason,
  type LabelAmount,
} from "./joint-trace.ts";
import type { Rule } from "./rule.ts";

type Amounts = ArrayLike<number | bigint>;

/** What a sweep found, in columns. Amounts are whole; in doubles they are below 2^53. Rows have one amount a label. */
export interface SweepResult {
  readonly rule: Rule;
  readonly moves: MoveList;
  readonly labelCount: number;
  /** By label what a move took, by its place among the moves. */
  movedBy(move: number): Amounts;
  /** [labels] */
  readonly seeded: Amounts;
  readonly fees: Amounts;
  readonly stopped: ReadonlyMap<number, Amounts>;
  readonly burnt: ReadonlyMap<number, Amounts>;
  /** Holdings that hold something traced now, rising. */
  readonly held: Uint32Array;
  heldIn(holding: number): Amounts;
  balanceOf(holding: number): bigint;
}

/** The columns as the engine gives them: an object a move. @throws ConservationError */
export function traceOfSweep(result: SweepResult, request: JointRequest): JointRuleTrace {
  const ends = endsOf(result, request);
  const totals = Array.from({ length: result.labelCount }, (_, label) => {
    return totalOf(BigInt(result.seeded[label]!), label, ends);
  });
  if (result.rule !== "poison") {
    totals.forEach(({ seeded, unspent, exits, fees, unknown, notFollowed, mined }, label) => {
      const ended = unspent + exits + fees + unknown + notFollowed + mined;
      const { name } = request.labels[label]!;
      if (ended !== seeded) throw new ConservationError({ rule: result.rule, label: name, seeded, ended });
    });
  }
  return { rule: result.rule, moves: movesOf(result, request), ends, totals, bounds: [], carried: [] };
}

/** The holdings whose record says that something is traced. */
export function tracedIn(held: Float64Array): Uint32Array {
  const traced = new Uint32Array(held.length / 4);
  let count = 0;
  for (let h = 0; 4 * h < held.length; h++) if (held[4 * h + 1] !== 0) traced[count++] = h;
  return traced.slice(0, count);
}

/** Under every rule a unit here stands for one stolen unit: there are no links. */
function labelled(amounts: Amounts, labelCount: number): LabelAmount[] {
  const traced: LabelAmount[] = [];
  for (let label = 0; label < labelCount; label++) {
    const amount = BigInt(amounts[label]!);
    if (amount > 0n) traced.push({ label, amount, stolen: amount });
  }
  return traced;
}

function movesOf({ moves, movedBy, labelCount }: SweepResult, request: JointRequest): JointMove[] {
  const { order, followFees, count } = moves;
  const { columns } = request.parts[0] as AccountPart;
  const { txFirstTransfer, transferCount, transactionCount, isForward } = order;
  const place = (id: number): JointPlace => ({ part: 0, id });
  let transaction = 0;
  return Array.from({ length: count }, (_, n): JointMove => {
    const x = moves.transfer[n]!;
    while (txFirstTransfer[transaction + 1]! <= x) transaction++;
    const t = order.to[x]!;
    const isEnd = t < 0 || (order.isFee[x] === 1 && !followFees);
    const transfer = numberAt(x, transferCount, isForward);
    return {
      part: 0,
      transaction: numberAt(transaction, transactionCount, isForward),
      transfer,
      link: null,
      hops: moves.hops[n]!,
      from: [place(order.from[x]!)],
      to: isEnd ? null : place(t),
      value: BigInt(columns.transferAmount[transfer]!),
      traced: labelled(movedBy(n), labelCount),
    };
  });
}

function endsOf(result: SweepResult, request: JointRequest): JointEnd[] {
  const { labelCount, moves, held, stopped, burnt, fees } = result;
  const { isForward } = moves.order;
  const { columns } = request.parts[0] as AccountPart;
  const ends: JointEnd[] = [];
  const add = (place: number | null, reason: JointEndReason, row: Amounts) => {
    const traced = labelled(row, labelCount);
    const value = place === null ? null : result.balanceOf(place);
    if (traced.length > 0) ends.push({ part: 0, place, reason, value, traced });
  };
  const goesOn = cutOff(moves);
  for (const holding of held) {
    const coverage = coverages[columns.holdingCoverage[holding]!]!;
    const reason = isForward ? reasonOfCoverage[coverage] : "opening";
    add(holding, goesOn.has(holding) ? "stop-height" : reason, result.heldIn(holding));
  }
  for (const [holding, row] of stopped) add(holding, "stop", row);
  for (const [holding, row] of burnt) add(holding, isForward ? "burnt" : "minted", row);
  add(null, "fee", fees);
  const position = (end: JointEnd) => jointEndReasons.indexOf(end.reason);
  const place = (end: JointEnd) => end.place ?? Number.MAX_SAFE_INTEGER;
  return ends.sort((a, b) => place(a) - place(b) || position(a) - position(b));
}

const reasonOfCoverage: Readonly<Record<Coverage, JointEndReason>> = {
  covered: "held",
  partly: "not-covered",
  outside: "outside",
};

/** The holdings that pay in transfers beyond the stop height. */
function cutOff({ order }: MoveList): Set<number> {
  const { from, amount, takenCount, transferCount } = order;
  const payers = new Set<number>();
  for (let x = takenCount; x < transferCount; x++) if (Number(amount[x]!) > 0) payers.add(from[x]!);
  return payers;
}

function totalOf(seeded: bigint, label: number, ends: readonly JointEnd[]): LabelTotals {
  const total = { seeded, unspent: 0n, exits: 0n, fees: 0n, unknown: 0n, notFollowed: 0n, mined: 0n };
  for (const { reason, traced } of ends) {
    const kind = kindOfJointReason[reason];
    const member = kind === "exit" ? "exits" : kind === "fee" ? "fees" : kind;
    for (const part of traced) if (part.label === label) total[member] += part.stolen;
  }
  return total;
}
