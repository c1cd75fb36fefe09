import type { Instant } from "../money/instant.ts";
import {
  type CoinTrace,
  type EndReason,
  endReasons,
  kindOfReason,
  type LabelledAmounts,
  type RuleTrace,
} from "./coin-trace.ts";
import type { CoinColumns } from "./columns.ts";
import { endSentence, feeSentence } from "./end-sentence.ts";
import type { TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";
import type { Bound, End, MovedTo, Movement, Place, Total, Traced, Trail, TrailLedger } from "./trail.ts";

export interface NamedTransaction {
  readonly txid: string;
  readonly height: number | null;
  readonly time: Instant | null;
  readonly dayOnly?: true;
}

export interface NamedCoin {
  /** `TXID:VOUT` */
  readonly coin: string;
  readonly account: string | null;
  readonly value: bigint | null;
  /** Why the request stops at this coin: `tagged "Exchange X" by FILE`. Needed where a trace stops at it. */
  readonly stop?: string;
  /** What there is to say of the coin where it is not spent, such as that nobody can spend it. */
  readonly unspendable?: string;
}

export interface TrailNames {
  readonly transactions: ReadonlyMap<number, NamedTransaction>;
  readonly coins: ReadonlyMap<number, NamedCoin>;
}

export interface TrailParts {
  /** From `trailId`. */
  readonly id: string;
  readonly ledger: TrailLedger;
  readonly asset: string;
  readonly columns: CoinColumns;
  readonly request: TraceRequest;
  readonly trace: CoinTrace;
  readonly names: TrailNames;
}

/** The ids, rising, that {@link assembleTrail} needs the names of. */
export function listNamesNeeded(
  request: TraceRequest,
  trace: CoinTrace,
): { transactions: Uint32Array; coins: Uint32Array } {
  const transactions = new Set<number>();
  const coins = new Set<number>(request.seeds.map((seed) => seed.output));
  for (const rule of trace.rules) {
    for (const transaction of rule.transactions) transactions.add(transaction);
    for (const coin of rule.coins.coin) coins.add(coin);
    for (const { next } of rule.bounds) coins.add(next);
  }
  return { transactions: Uint32Array.from(transactions).sort(), coins: Uint32Array.from(coins).sort() };
}

/** Puts names to what the kernels found. Pure; the same parts give the same trail, in the same order. */
export function assembleTrail(parts: TrailParts): Trail {
  const { request, trace, ledger, asset } = parts;
  const bounds = trace.rules.flatMap((rule) => listBounds(parts, rule));
  return {
    id: parts.id,
    direction: trace.direction,
    rules: trace.rules.map(({ rule }) => rule),
    ledgers: [ledger],
    seeds: request.seeds.map(({ output, amount, label }) => {
      const { value, ...place } = nameOf(parts, output);
      return { ...place, ledger: ledger.name, asset, amount: amount ?? value ?? 0n, label: request.labels[label]! };
    }),
    status: bounds.length === 0 ? "complete" : "bounded",
    bounds,
    totals: trace.rules.flatMap((rule) => listTotals(parts, rule)),
    ends: [...listCoinEnds(parts), ...listFeeEnds(parts)],
    movements: listMovements(parts),
    links: [],
    alternatives: [],
  };
}

function nameOf(parts: TrailParts, coin: number): Place & { value: bigint | null } {
  const name = parts.names.coins.get(coin);
  if (name === undefined) throw new RangeError(`assembleTrail: coin ${coin} has no name`);
  return { coin: name.coin, account: name.account, value: name.value };
}

function listBounds({ request, names }: TrailParts, { rule, bounds }: RuleTrace): Bound[] {
  return bounds.map(({ reason, label, amount, next }) => ({
    reason,
    label: request.labels[label]!,
    rule,
    amount,
    next: names.coins.get(next)?.coin ?? "",
  }));
}

function listTotals({ request, asset }: TrailParts, { rule, totals }: RuleTrace): Total[] {
  return totals.map((total, label) => ({ label: request.labels[label]!, asset, rule, ...total }));
}

type LabelOf = (label: number) => string;

function tracedOf(rule: Rule, label: string, amount: bigint): Traced {
  // Nothing crosses assets inside one coin ledger.
  return { rule, label, amount, stolen: amount };
}

/** One end a coin and reason, whatever the number of rules that end there. */
function listCoinEnds(parts: TrailParts): End[] {
  const { trace, request, ledger, asset } = parts;
  const labelOf: LabelOf = (label) => request.labels[label]!;
  const found = new Map<number, Map<EndReason, Traced[]>>();
  for (const { rule, ends } of trace.rules) {
    for (let row = 0; row < ends.coin.length; row++) {
      const coin = ends.coin[row]!;
      // Poison also flags coins without value (data outputs): nothing of worth ends there.
      if (isWorthless(ends, row)) continue;
      const reason = endReasons[ends.reason[row]!]!;
      const ofCoin = getOrAdd(found, coin, () => new Map<EndReason, Traced[]>());
      const traced = getOrAdd(ofCoin, reason, () => []);
      for (let i = ends.start[row]!; i < ends.start[row + 1]!; i++) {
        traced.push(tracedOf(rule, labelOf(ends.label[i]!), BigInt(ends.amount[i]!)));
      }
    }
  }
  return [...found.keys()]
    .sort((a, b) => a - b)
    .flatMap((coin) =>
      [...found.get(coin)!].map(([reason, traced]) => ({
        kind: kindOfReason[reason],
        ledger: ledger.name,
        ...nameOf(parts, coin),
        asset,
        why: endSentence(request, reason, parts.names.coins.get(coin)!),
        traced,
      })),
    );
}

function isWorthless({ start, amount }: LabelledAmounts, row: number): boolean {
  for (let i = start[row]!; i < start[row + 1]!; i++) if (amount[i] !== 0) return false;
  return true;
}

function listFeeEnds({ trace, request, ledger, asset }: TrailParts): End[] {
  return trace.rules.flatMap(({ rule, fees }) =>
    [...new Set(fees.map(({ reason }) => reason))].map((reason) => ({
      kind: kindOfReason[reason],
      ledger: ledger.name,
      coin: null,
      account: null,
      asset,
      value: null,
      why: feeSentence(request, reason, rule),
      traced: fees
        .filter((fee) => fee.reason === reason)
        .map(({ label, amount }) => tracedOf(rule, request.labels[label]!, amount)),
    })),
  );
}

interface Moved {
  hops: number;
  from: Set<number>;
  to: Map<number, Traced[]>;
}

function listMovements(parts: TrailParts): Movement[] {
  const { trace, columns, names, ledger, asset } = parts;
  const moved = new Map<number, Moved>();
  for (const rule of trace.rules) addMoves(parts, rule, moved);
  return [...moved.keys()]
    .sort((a, b) => a - b)
    .map((transaction) => {
      const { hops, from, to } = moved.get(transaction)!;
      const name = names.transactions.get(transaction);
      if (name === undefined) throw new RangeError(`assembleTrail: transaction ${transaction} has no name`);
      const inputs = columns.inputOutput.subarray(
        columns.txFirstInput[transaction]!,
        columns.txFirstInput[transaction + 1]!,
      );
      return {
        ledger: ledger.name,
        transaction: name.txid,
        height: name.height,
        time: name.time,
        hops,
        from: Array.from(inputs)
          .filter((coin) => from.has(coin))
          .map((coin) => {
            const { value, ...place } = nameOf(parts, coin);
            return place;
          }),
        to: [...to.keys()]
          .sort((a, b) => a - b)
          .map((coin): MovedTo => {
            const { value, ...place } = nameOf(parts, coin);
            return { ...place, asset, value: value ?? 0n, traced: to.get(coin)! };
          }),
      };
    });
}

/**
 * Adds what one rule moved. `from` are the inputs that value was traced through, `to` the outputs with their amounts.
 */
function addMoves({ trace, columns, request }: TrailParts, rule: RuleTrace, moved: Map<number, Moved>): void {
  rule.transactions.forEach((transaction, n) => {
    const move = getOrAdd(moved, transaction, () => ({ hops: rule.hops[n]!, from: new Set(), to: new Map() }));
    move.hops = Math.min(move.hops, rule.hops[n]!);
  });
  const touched = new Set(rule.transactions);
  const { coins } = rule;
  const endedAt = readEnded(rule);
  const seededAt = readSeeded(rule);
  const forward = trace.direction === "forward";
  for (let row = 0; row < coins.coin.length; row++) {
    const coin = coins.coin[row]!;
    const made = columns.outputTx[coin]!;
    const spent = columns.outputSpender[coin]!;
    const [reachedBy, leadsTo] = forward ? [made, spent] : [spent, made];
    const received: Traced[] = [];
    const whole: Traced[] = [];
    for (let i = coins.start[row]!; i < coins.start[row + 1]!; i++) {
      const label = coins.label[i]!;
      const amount = BigInt(coins.amount[i]!);
      const seeded = seededAt.get(`${coin} ${label}`);
      const name = request.labels[label]!;
      whole.push(tracedOf(rule.rule, name, amount));
      if (seeded === undefined) received.push(tracedOf(rule.rule, name, amount));
      else if (amount > seeded) received.push(tracedOf(rule.rule, name, amount - seeded));
    }
    const isFollowed = touched.has(leadsTo) && !endedAt.has(coin);
    const isReached = touched.has(reachedBy) && received.length > 0;
    if (isReached) {
      const move = moved.get(reachedBy)!;
      if (forward) getOrAdd(move.to, coin, () => []).push(...received);
      else move.from.add(coin);
    }
    if (!isFollowed) continue;
    const move = moved.get(leadsTo)!;
    if (forward) move.from.add(coin);
    else getOrAdd(move.to, coin, () => []).push(...whole);
  }
}

/** The coins that a rule does not follow at all. A coin that is partly mined may be followed for the rest. */
function readEnded({ ends }: RuleTrace): Set<number> {
  const mined = endReasons.indexOf("coinbase");
  const ended = new Set<number>();
  for (let row = 0; row < ends.coin.length; row++) {
    if (ends.reason[row] !== mined) ended.add(ends.coin[row]!);
  }
  return ended;
}

function readSeeded({ seeded }: RuleTrace): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (let row = 0; row < seeded.coin.length; row++) {
    for (let i = seeded.start[row]!; i < seeded.start[row + 1]!; i++) {
      found.set(`${seeded.coin[row]} ${seeded.label[i]}`, BigInt(seeded.amount[i]!));
    }
  }
  return found;
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
