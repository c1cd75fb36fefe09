import { ConservationError } from "../errors/trace.ts";
import type { LabelTotals } from "./coin-trace.ts";
import { addShare, type Share } from "./joint-matter.ts";
import type { JointLabel } from "./joint-request.ts";
import {
  type JointBound,
  type JointEnd,
  type JointEndReason,
  type JointMove,
  jointEndReasons,
  kindOfJointReason,
} from "./joint-trace.ts";
import { type Rule, ruleFacts } from "./rule.ts";

type BoundReason = JointBound["reason"];

/** What one rule has found so far. */
export interface Tally {
  readonly rule: Rule;
  readonly labels: readonly JointLabel[];
  readonly moves: JointMove[];
  /** [parts] By place and reason: `place * reasons + reason`, -1 in place of no place. */
  readonly ends: Map<number, Share[]>[];
  /** [labels] Stolen units. */
  readonly seeded: bigint[];
  readonly bounds: Map<string, JointBound>;
}

/** Where something was not followed for a budget. */
export type NextAt = JointBound["next"];

export function createTally(rule: Rule, labels: readonly JointLabel[], partCount: number): Tally {
  return {
    rule,
    labels,
    moves: [],
    ends: Array.from({ length: partCount }, () => new Map()),
    seeded: labels.map(() => 0n),
    bounds: new Map(),
  };
}

const reasonCount = jointEndReasons.length;
const numberOf = new Map(jointEndReasons.map((reason, n) => [reason, n]));

function keyOf(place: number | null, reason: JointEndReason): number {
  return (place ?? -1) * reasonCount + numberOf.get(reason)!;
}

/** Ends traced value for good. */
export function endAt(
  tally: Tally,
  part: number,
  place: number | null,
  reason: JointEndReason,
  shares: readonly Share[],
): void {
  if (shares.length === 0) return;
  const ends = tally.ends[part]!;
  const key = keyOf(place, reason);
  let known = ends.get(key);
  if (known === undefined) {
    known = [];
    ends.set(key, known);
  }
  for (const share of shares) addShare(known, share);
}

/** Ends it where a budget was met; `next` says where to go on. */
export function endByBudget(
  tally: Tally,
  place: number | null,
  reason: BoundReason,
  shares: readonly Share[],
  next: NextAt,
): void {
  endAt(tally, next.part, place, reason, shares);
  for (const { label, stolen } of shares) {
    const key = `${reason} ${label}`;
    const known = tally.bounds.get(key);
    const amount = (known?.amount ?? 0n) + stolen;
    const first = known === undefined || isBefore(next, known.next) ? next : known.next;
    tally.bounds.set(key, { reason, label, amount, next: first });
  }
}

/** Coins end when they are made, which is not the order of their ids. */
function isBefore(next: NextAt, known: NextAt): boolean {
  if (next.part !== known.part) return next.part < known.part;
  return next.output !== null && next.output < known.output!;
}

/** Takes back what had ended at a stop. */
export function resumeFromStop(tally: Tally, part: number, place: number, shares: readonly Share[]): void {
  const ends = tally.ends[part]!;
  const key = keyOf(place, "stop");
  const known = ends.get(key) ?? [];
  for (const { label, amount, stolen } of shares) addShare(known, { label, amount: -amount, stolen: -stolen });
  const left = known.filter(({ amount, stolen }) => amount !== 0n || stolen !== 0n);
  if (left.length > 0) ends.set(key, left);
  else ends.delete(key);
}

/** By part, place and reason; what has no place stands last. */
export function listEnds(tally: Tally, faceOf: (part: number, place: number) => bigint | null): JointEnd[] {
  return tally.ends.flatMap((ends, part) => {
    const keys = [...ends.keys()].sort((a, b) => (a < 0 === b < 0 ? a - b : b - a));
    return keys.map((key): JointEnd => {
      const reason = jointEndReasons[((key % reasonCount) + reasonCount) % reasonCount]!;
      const place = key < 0 ? null : Math.floor(key / reasonCount);
      return { part, place, reason, value: place === null ? null : faceOf(part, place), traced: ends.get(key)! };
    });
  });
}

/** @throws ConservationError where a rule that conserves value has lost or made some */
export function listTotals(tally: Tally): LabelTotals[] {
  const totals = tally.seeded.map((seeded) => {
    return { seeded, unspent: 0n, exits: 0n, fees: 0n, unknown: 0n, notFollowed: 0n, mined: 0n };
  });
  for (const ends of tally.ends) {
    for (const [key, shares] of ends) {
      const reason = jointEndReasons[((key % reasonCount) + reasonCount) % reasonCount]!;
      const kind = kindOfJointReason[reason];
      const total = kind === "exit" ? "exits" : kind === "fee" ? "fees" : kind;
      for (const { label, stolen } of shares) totals[label]![total] += stolen;
    }
  }
  if (!ruleFacts[tally.rule].conserved) return totals;
  totals.forEach(({ seeded, unspent, exits, fees, unknown, notFollowed, mined }, label) => {
    const ended = unspent + exits + fees + unknown + notFollowed + mined;
    if (ended === seeded) return;
    throw new ConservationError({ rule: tally.rule, label: tally.labels[label]!.name, seeded, ended });
  });
  return totals;
}
