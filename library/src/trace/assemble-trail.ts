import type { Instant } from "../money/instant.ts";
import { ascendingOnce, coinMovements, nameOf, tracedOf } from "./coin-movements.ts";
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
import type { Bound, End, Total, Traced, Trail, TrailLedger } from "./trail.ts";

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
  const { rules } = trace;
  const seeds = Uint32Array.from(request.seeds, ({ output }) => output);
  const next = Uint32Array.from(rules.flatMap(({ bounds }) => bounds.map((bound) => bound.next)));
  return {
    transactions: ascendingOnce(rules.map(({ transactions }) => transactions)),
    coins: ascendingOnce([seeds, next, ...rules.map(({ coins }) => coins.coin)]),
  };
}

/** Puts names to what the kernels found. Pure; the same parts give the same trail, in the same order. */
export function assembleTrail(parts: TrailParts): Trail {
  const { request, trace, ledger, asset, names } = parts;
  const bounds = trace.rules.flatMap((rule) => listBounds(parts, rule));
  return {
    id: parts.id,
    direction: trace.direction,
    rules: trace.rules.map(({ rule }) => rule),
    ledgers: [ledger],
    seeds: request.seeds.map(({ output, amount, label }) => {
      const { coin, account, value } = nameOf(names, output);
      const seeded = amount ?? value ?? 0n;
      return { coin, account, ledger: ledger.name, asset, amount: seeded, label: request.labels[label]! };
    }),
    status: bounds.length === 0 ? "complete" : "bounded",
    bounds,
    totals: trace.rules.flatMap((rule) => listTotals(parts, rule)),
    ends: [...listCoinEnds(parts), ...listFeeEnds(parts)],
    movements: coinMovements(parts),
    links: [],
    alternatives: [],
  };
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

/** One end a coin and reason, whatever the number of rules that end there. */
function listCoinEnds(parts: TrailParts): End[] {
  const { trace, request, ledger, asset, names } = parts;
  const walks = trace.rules.map(({ rule, ends }) => ({ rule, ends, at: 0 }));
  const list: End[] = [];
  for (const id of ascendingOnce(trace.rules.map(({ ends }) => ends.coin))) {
    const found = new Map<EndReason, Traced[]>();
    for (const walk of walks) {
      const { rule, ends } = walk;
      for (; ends.coin[walk.at] === id; walk.at++) {
        // Poison also flags coins without value (data outputs): nothing of worth ends there.
        if (isWorthless(ends, walk.at)) continue;
        const traced = getOrAdd(found, endReasons[ends.reason[walk.at]!]!, () => []);
        for (let i = ends.start[walk.at]!; i < ends.start[walk.at + 1]!; i++) {
          traced.push(tracedOf(rule, request.labels[ends.label[i]!]!, BigInt(ends.amount[i]!)));
        }
      }
    }
    const named = nameOf(names, id);
    const { coin, account, value } = named;
    for (const [reason, traced] of found) {
      const why = endSentence(request, reason, named);
      list.push({ kind: kindOfReason[reason], ledger: ledger.name, coin, account, value, asset, why, traced });
    }
  }
  return list;
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

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
