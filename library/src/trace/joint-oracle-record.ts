import type { LabelTotals } from "./coin-trace.ts";
import { type Load, type Loads, sum } from "./joint-oracle-load.ts";
import type { JointRequest } from "./joint-request.ts";
import {
  type JointBound,
  type JointEnd,
  type JointEndReason,
  type JointMove,
  type JointRuleTrace,
  jointEndReasons,
  kindOfJointReason,
  type LabelAmount,
} from "./joint-trace.ts";

interface EndNote {
  part: number;
  place: number | null;
  reason: JointEndReason;
  traced: LabelAmount[];
}

/** What the oracle's parts write down together, for one rule. */
export class OracleRecord {
  readonly request: JointRequest;
  readonly loads: Loads;
  readonly moves: JointMove[] = [];
  readonly ends: EndNote[] = [];
  readonly bounds: JointBound[] = [];
  readonly seeded: bigint[];
  /** `part:transaction` of those in which something traced was followed. */
  readonly counted = new Set<string>();

  constructor(request: JointRequest, loads: Loads) {
    this.request = request;
    this.loads = loads;
    this.seeded = request.labels.map(() => 0n);
  }

  count(part: number, transaction: number): void {
    this.counted.add(`${part}:${transaction}`);
  }

  isCounted(part: number, transaction: number): boolean {
    return this.counted.has(`${part}:${transaction}`);
  }

  /** Whether one more transaction may be counted. */
  hasRoom(part: number, transaction: number): boolean {
    const limit = this.request.budget.movements ?? Infinity;
    return this.isCounted(part, transaction) || this.counted.size < limit;
  }

  /** What a budget weighs: stolen units of all labels; under poison the face value at the highest rate. */
  isBelowMin(load: Load): boolean {
    const stolen = this.loads.traced(load).map((part) => part.stolen);
    const weight = this.loads.style === "flags" ? stolen.reduce((a, b) => (a > b ? a : b), 0n) : sum(stolen);
    return weight < (this.request.budget.min ?? 0n);
  }

  end(part: number, place: number | null, reason: JointEndReason, traced: LabelAmount[]): void {
    if (traced.length > 0) this.ends.push({ part, place, reason, traced });
  }

  bound(reason: JointBound["reason"], traced: LabelAmount[], next: JointBound["next"]): void {
    for (const { label, stolen } of traced) {
      const at = this.bounds.findIndex((bound) => bound.reason === reason && bound.label === label);
      if (at < 0) {
        this.bounds.push({ reason, label, amount: stolen, next });
        continue;
      }
      const known = this.bounds[at]!;
      const isEarlier =
        next.part < known.next.part ||
        (next.part === known.next.part && next.output !== null && next.output < known.next.output!);
      this.bounds[at] = { ...known, amount: known.amount + stolen, next: isEarlier ? next : known.next };
    }
  }

  /** What stood at a place for a reason comes back: the end shrinks by it. */
  takeBack(part: number, place: number, reason: JointEndReason, traced: LabelAmount[]): void {
    const negative = traced.map(({ label, amount, stolen }) => ({ label, amount: -amount, stolen: -stolen }));
    this.ends.push({ part, place, reason, traced: negative });
  }

  result(valueAt: (part: number, place: number) => bigint | null, carried: LabelAmount[][]): JointRuleTrace {
    const byKey = new Map<string, EndNote[]>();
    for (const end of this.ends) {
      const key = `${end.part}:${end.place}:${end.reason}`;
      byKey.set(key, [...(byKey.get(key) ?? []), end]);
    }
    const ends = [...byKey.values()].map((notes): JointEnd => {
      const { part, place, reason } = notes[0]!;
      const traced = addUp(notes.flatMap((note) => note.traced));
      return { part, place, reason, value: place === null ? null : valueAt(part, place), traced };
    });
    const position = ({ reason }: JointEnd) => jointEndReasons.indexOf(reason);
    const place = (end: JointEnd) => end.place ?? Infinity;
    ends.sort((a, b) => a.part - b.part || compare(place(a), place(b)) || position(a) - position(b));
    return {
      rule: this.loads.rule,
      moves: this.moves,
      ends: ends.filter(({ traced }) => traced.length > 0),
      totals: this.seeded.map((seeded, label) => this.totalOf(seeded, label, ends)),
      bounds: this.bounds,
      carried,
    };
  }

  totalOf(seeded: bigint, label: number, ends: JointEnd[]): LabelTotals {
    const total = { seeded, unspent: 0n, exits: 0n, fees: 0n, unknown: 0n, notFollowed: 0n, mined: 0n };
    for (const { reason, traced } of ends) {
      const kind = kindOfJointReason[reason];
      const member = kind === "exit" ? "exits" : kind === "fee" ? "fees" : kind;
      for (const part of traced) if (part.label === label) total[member] += part.stolen;
    }
    return total;
  }
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

/** By label, in their order; what adds up to nothing is left out. */
export function addUp(traced: LabelAmount[]): LabelAmount[] {
  const labels = [...new Set(traced.map(({ label }) => label))].sort((a, b) => a - b);
  return labels
    .map((label) => {
      const own = traced.filter((part) => part.label === label);
      return { label, amount: sum(own.map(({ amount }) => amount)), stolen: sum(own.map(({ stolen }) => stolen)) };
    })
    .filter(({ amount, stolen }) => amount !== 0n || stolen !== 0n);
}
