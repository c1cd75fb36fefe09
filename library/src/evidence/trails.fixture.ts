import { instantOfSeconds } from "../money/instant.ts";
import { split } from "../money/split.ts";
import type { Direction, Rule } from "../trace/rule.ts";
import type { Bound, End, EndKind, ListedTrail, MovedTo, Movement, Total, Traced, TrailSeed } from "../trace/trail.ts";
import type { ReportInput } from "./report-input.ts";

/*
 * Trails for the tests of this room, made by a small tracer of its own: a report is tested with whatever trail the
 * types allow, so its trails need not come from the engine.
 */

export interface MadeTransaction {
  /** Coins by name, `TXID:VOUT`. */
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly value: bigint; readonly account: string }[];
  readonly height: number;
  readonly time: number;
}

export interface MadeSeed {
  readonly coin: string;
  readonly account: string;
  readonly amount: bigint;
  readonly label: string;
}

export interface MadeLedger {
  readonly transactions: readonly MadeTransaction[];
  readonly seeds: readonly MadeSeed[];
  readonly rules: readonly Rule[];
  /** Coins that the ledger does not hold the makers of, with their values. */
  readonly outside: Readonly<Record<string, bigint>>;
  /** What becomes of a coin that nobody spends, where it is not `unspent`. */
  readonly fate?: Readonly<Record<string, { readonly kind: EndKind; readonly why: string }>>;
}

/** A txid that is easy to tell apart. */
export function madeTxid(index: number): string {
  let state = (index + 1) * 2654435761;
  let text = "";
  while (text.length < 64) {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    text += state.toString(16).padStart(8, "0");
  }
  return text.slice(0, 64);
}

export const coinOf = (transaction: number, vout: number) => `${madeTxid(transaction)}:${vout}`;

interface Segment {
  readonly label: string | null;
  readonly length: bigint;
}
type Coin = { readonly value: bigint; readonly segments: readonly Segment[] };

function takeFront(queue: Segment[], wanted: bigint): Segment[] {
  const taken: Segment[] = [];
  let left = wanted;
  while (left > 0n) {
    const first = queue.shift();
    if (first === undefined) break;
    const length = first.length < left ? first.length : left;
    taken.push({ label: first.label, length });
    if (length < first.length) queue.unshift({ label: first.label, length: first.length - length });
    left -= length;
  }
  return taken;
}

const tracedOf = (segments: readonly Segment[], label: string) =>
  segments.reduce((sum, segment) => sum + (segment.label === label ? segment.length : 0n), 0n);

/** Gives the units of the inputs to the outputs; what is left over is the fee. */
function payOut(
  rule: Rule,
  inputs: readonly Coin[],
  values: readonly bigint[],
  labels: readonly string[],
): Segment[][] {
  const queue = inputs.flatMap((coin) => [...coin.segments]);
  const all = inputs.reduce((sum, coin) => sum + coin.value, 0n);
  const paid = values.reduce((sum, value) => sum + value, 0n);
  if (rule === "haircut" || rule === "poison") {
    const shares = labels.map((label) => split(tracedOf(queue, label), [...values, all - paid]));
    return values.map((value, j) => {
      const parts = labels.map((label, k) => ({
        label,
        length: rule === "haircut" ? shares[k]![j]! : tracedOf(queue, label) > 0n ? value : 0n,
      }));
      return parts.filter((part) => part.length > 0n);
    });
  }
  if (rule === "lifo") queue.reverse();
  const isClean = (segment: Segment) => (segment.label === null ? 1 : 0);
  if (rule === "dirty-first" || rule === "tiho") queue.sort((a, b) => isClean(a) - isClean(b));
  if (rule === "clean-first") queue.sort((a, b) => isClean(b) - isClean(a));
  const order = values.map((_, j) => j);
  if (rule === "tiho") order.sort((a, b) => (values[a]! === values[b]! ? a - b : values[a]! > values[b]! ? -1 : 1));
  const given: Segment[][] = values.map(() => []);
  for (const j of order) given[j] = takeFront(queue, values[j]!);
  return given;
}

function traceRule(ledger: MadeLedger, rule: Rule, labels: readonly string[]) {
  const coins = new Map<string, Coin>();
  for (const [name, value] of Object.entries(ledger.outside)) {
    const seeds = ledger.seeds.filter((seed) => seed.coin === name);
    const segments: Segment[] = seeds.map((seed) => ({ label: seed.label, length: seed.amount }));
    const clean = value - seeds.reduce((sum, seed) => sum + seed.amount, 0n);
    if (clean > 0n) segments.push({ label: null, length: clean });
    coins.set(name, { value, segments });
  }
  const fees = new Map(labels.map((label) => [label, 0n]));
  ledger.transactions.forEach((transaction, t) => {
    const inputs = transaction.inputs.map((name) => coins.get(name)!);
    const values = transaction.outputs.map((output) => output.value);
    const given = payOut(rule, inputs, values, labels);
    values.forEach((value, j) => {
      coins.set(coinOf(t, j), { value, segments: withClean(given[j]!, value) });
    });
    for (const label of labels) {
      const came = inputs.reduce((sum, coin) => sum + tracedOf(coin.segments, label), 0n);
      const went = given.reduce((sum, segments) => sum + tracedOf(segments, label), 0n);
      if (rule !== "poison") fees.set(label, fees.get(label)! + came - went);
    }
  });
  return { coins, fees };
}

function withClean(segments: readonly Segment[], value: bigint): Segment[] {
  const held = segments.reduce((sum, segment) => sum + segment.length, 0n);
  return held < value ? [...segments, { label: null, length: value - held }] : [...segments];
}

/** Traces a made ledger forward under its rules. Seeds lie in coins from outside. */
export function madeTrail(ledger: MadeLedger): ListedTrail {
  const labels = [...new Set(ledger.seeds.map((seed) => seed.label))];
  const results = new Map(ledger.rules.map((rule) => [rule, traceRule(ledger, rule, labels)]));
  const tracedAt = (coin: string): Traced[] =>
    ledger.rules.flatMap((rule) =>
      labels.flatMap((label) => {
        const amount = tracedOf(results.get(rule)!.coins.get(coin)?.segments ?? [], label);
        return amount > 0n ? [{ rule, label, amount, stolen: amount }] : [];
      }),
    );
  const accounts = new Map<string, string>(ledger.seeds.map((seed) => [seed.coin, seed.account]));
  const hops = new Map<string, number>(ledger.seeds.map((seed) => [seed.coin, 0]));
  const movements: Movement[] = [];
  const ends: End[] = [];
  const spent = new Set(ledger.transactions.flatMap((transaction) => transaction.inputs));
  const endCoin = (coin: string, value: bigint) => {
    const traced = tracedAt(coin);
    if (spent.has(coin) || traced.length === 0) return;
    const fate = ledger.fate?.[coin] ?? { kind: "unspent" as const, why: "not spent at the snapshot" };
    ends.push({ ...fate, ledger: "made", coin, account: accounts.get(coin) ?? null, asset: "BTC", value, traced });
  };
  for (const [coin, value] of Object.entries(ledger.outside)) endCoin(coin, value);
  ledger.transactions.forEach((transaction, t) => {
    transaction.outputs.forEach((output, j) => {
      accounts.set(coinOf(t, j), output.account);
    });
    const from = transaction.inputs.filter((coin) => tracedAt(coin).length > 0);
    if (from.length === 0) return;
    const hop = 1 + Math.min(...from.map((coin) => hops.get(coin) ?? 0));
    const to: MovedTo[] = transaction.outputs.flatMap((output, j) => {
      const coin = coinOf(t, j);
      hops.set(coin, hop);
      const traced = tracedAt(coin);
      return traced.length > 0 ? [{ coin, account: output.account, asset: "BTC", value: output.value, traced }] : [];
    });
    movements.push({
      ledger: "made",
      transaction: madeTxid(t),
      height: transaction.height,
      time: instantOfSeconds(transaction.time),
      hops: hop,
      from: from.map((coin) => ({ coin, account: accounts.get(coin) ?? null })),
      to,
    });
    transaction.outputs.forEach((output, j) => {
      endCoin(coinOf(t, j), output.value);
    });
  });
  for (const rule of ledger.rules) {
    const traced = labels.flatMap((label) => {
      const amount = results.get(rule)!.fees.get(label)!;
      return amount > 0n ? [{ rule, label, amount, stolen: amount }] : [];
    });
    if (traced.length > 0) {
      ends.push({
        kind: "fee",
        ledger: "made",
        coin: null,
        account: null,
        asset: "BTC",
        value: null,
        why: "fees",
        traced,
      });
    }
  }
  const seeds: TrailSeed[] = ledger.seeds.map((seed) => ({ ledger: "made", asset: "BTC", ...seed }));
  return finishTrail({ direction: "forward", rules: ledger.rules, seeds, ends, movements, bounds: boundsOf(ends) });
}

/** As if every end that was not followed had met the budget of movements. */
function boundsOf(ends: readonly End[]): Bound[] {
  const bounds = new Map<string, Bound>();
  for (const end of ends) {
    if (end.kind !== "notFollowed") continue;
    for (const { rule, label, stolen } of end.traced) {
      const key = `${rule} ${label}`;
      const before = bounds.get(key);
      const next = before?.next ?? end.coin ?? "";
      bounds.set(key, { reason: "movements", label, rule, amount: (before?.amount ?? 0n) + stolen, next });
    }
  }
  return [...bounds.values()];
}

const partOf: Readonly<Record<EndKind, "unspent" | "exits" | "fees" | "unknown" | "notFollowed" | "mined">> = {
  unspent: "unspent",
  exit: "exits",
  fee: "fees",
  unknown: "unknown",
  notFollowed: "notFollowed",
  mined: "mined",
};

/** Adds the totals, which follow from the ends, and the rest of a trail. */
export function finishTrail(parts: {
  readonly direction: Direction;
  readonly rules: readonly Rule[];
  readonly seeds: readonly TrailSeed[];
  readonly ends: readonly End[];
  readonly movements: readonly Movement[];
  readonly bounds: readonly Bound[];
}): ListedTrail {
  const labels = [...new Set(parts.seeds.map((seed) => seed.label))];
  const totals = labels.flatMap((label) =>
    parts.rules.map((rule): Total => {
      const sums = { unspent: 0n, exits: 0n, fees: 0n, unknown: 0n, notFollowed: 0n, mined: 0n };
      for (const end of parts.ends) {
        for (const said of end.traced) {
          if (said.rule === rule && said.label === label) sums[partOf[end.kind]] += said.stolen;
        }
      }
      const seeded = parts.seeds.reduce((sum, seed) => sum + (seed.label === label ? seed.amount : 0n), 0n);
      return { label, asset: "BTC", rule, seeded, ...sums };
    }),
  );
  return {
    ...parts,
    id: madeTxid(999_999),
    status: parts.bounds.length === 0 ? "complete" : "bounded",
    ledgers: [
      {
        name: "made",
        kind: "coin",
        network: "regtest",
        snapshot: { height: 1234, hash: madeTxid(888) },
        partial: false,
      },
    ],
    totals,
    links: [],
    alternatives: [],
  };
}

/** The rest of a report's input, for a trail alone. */
export function madeInput(trail: ListedTrail, more: Partial<ReportInput> = {}): ReportInput {
  return {
    trail,
    assets: [{ id: "BTC", decimals: 8, units: { BTC: 8, sat: 0 } }],
    tags: [],
    ledgers: [{ name: "made", blocks: 1235, transactions: 4000, inputs: 5000, outputs: 9000 }],
    command: ["spoor", "trace", "--ledger", "made", "--seed", trail.seeds[0]?.coin ?? "none"],
    engine: "0.1.0",
    files: [{ name: "blk00000.dat", sha256: madeTxid(777) }],
    stops: [],
    budget: {},
    followFees: false,
    ...more,
  };
}
