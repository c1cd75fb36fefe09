import { ConservationError } from "../errors/trace.ts";
import {
  type CoinBound,
  type CoinEnds,
  type EndReason,
  endReasons,
  type FeeEnd,
  kindOfReason,
  type LabelTotals,
  type RuleTrace,
  type TracedCoins,
} from "./coin-trace.ts";
import { addTo, type ExactSum, exactSum, totalOf } from "./exact-sum.ts";
import { findNext } from "./run-sweep.ts";
import { hasBit, heldOf, nextTransaction, type Sweep, stopReason, weightOf } from "./sweep.ts";
import type { EndKind } from "./trail.ts";

type Entry = { coin: number; label: number; amount: number };

/** Reads the result out of a finished sweep and checks that it adds up. @throws ConservationError */
export function collect(sweep: Sweep): RuleTrace {
  const { columns, touched, rule, labelCount } = sweep;
  const transactions = new Uint32Array(sweep.touchedCount);
  const hops = new Uint32Array(sweep.touchedCount);
  for (let t = findNext(touched, 0, columns.transactionCount), n = 0; t >= 0; n++) {
    transactions[n] = t;
    hops[n] = sweep.hops[t]!;
    t = findNext(touched, t + 1, columns.transactionCount);
  }
  const coin = listTracedCoins(sweep, transactions);
  const coins = readAmounts(sweep, coin);
  const sums = new Map<EndReason, ExactSum[]>();
  const sumOf = (reason: EndReason): ExactSum[] => {
    let sum = sums.get(reason);
    if (sum === undefined) {
      sum = Array.from({ length: labelCount }, exactSum);
      sums.set(reason, sum);
    }
    return sum;
  };
  const ends = collectEnds(sweep, coins, sumOf);
  const fees = collectFees(sweep, sumOf);
  return {
    rule,
    transactions,
    hops,
    coins,
    seeded: mergeEntries(sweep.seeded),
    ends,
    fees,
    totals: sweep.seededSums.map((seeded, label) => addUp(sweep, label, totalOf(seeded), sums)),
    bounds: listBounds(sweep, ends, sums),
  };
}

/** Forward the outputs, backward the inputs of what was processed, and the seeds; those that hold something. */
function listTracedCoins(sweep: Sweep, transactions: Uint32Array): Uint32Array {
  const { columns, total, forward, request, touched } = sweep;
  const { txFirstOutput, txFirstInput, inputOutput } = columns;
  let room = 0;
  const first = forward ? txFirstOutput : txFirstInput;
  for (const t of transactions) room += first[t + 1]! - first[t]!;
  const seeds = [...new Set(request.seeds.map((seed) => seed.output))].filter((coin) => {
    const from = (forward ? columns.outputTx : columns.outputSpender)[coin]!;
    // A seed that a processed transaction leads to is listed with it.
    return total[coin] !== 0 && !(from < columns.transactionCount && hasBit(touched, from));
  });
  const found = new Uint32Array(room + seeds.length);
  let count = 0;
  for (const t of transactions) {
    for (let i = first[t]!; i < first[t + 1]!; i++) {
      const coin = forward ? i : inputOutput[i]!;
      if (total[coin] !== 0) found[count++] = coin;
    }
  }
  const isSorted = forward && seeds.length === 0;
  for (const coin of seeds) found[count++] = coin;
  const coins = found.subarray(0, count);
  return isSorted ? coins : coins.sort();
}

function readAmounts(sweep: Sweep, coin: Uint32Array): TracedCoins {
  const { labelCount, rule, slot } = sweep;
  const start = new Uint32Array(coin.length + 1);
  let count = 0;
  if (slot === null) count = coin.length;
  else {
    for (const id of coin) for (let label = 0; label < labelCount; label++) if (heldOf(sweep, id, label) !== 0) count++;
  }
  const labels = new Uint32Array(count);
  const amount = new Float64Array(count);
  let at = 0;
  for (let c = 0; c < coin.length; c++) {
    const id = coin[c]!;
    for (let label = 0; label < labelCount; label++) {
      const held = heldOf(sweep, id, label);
      if (held === 0) continue;
      labels[at] = label;
      amount[at++] = rule === "poison" ? weightOf(sweep, id) : held;
    }
    start[c + 1] = at;
  }
  return { coin, start, label: labels, amount };
}

/** Adds entries of the same coin and label, in rising order of both. */
function mergeEntries(entries: readonly Entry[]): TracedCoins {
  const sorted = [...entries].sort((a, b) => a.coin - b.coin || a.label - b.label);
  const coin: number[] = [];
  const start = [0];
  const label: number[] = [];
  const amount: number[] = [];
  for (const entry of sorted) {
    const isNewCoin = coin.at(-1) !== entry.coin;
    if (isNewCoin) {
      coin.push(entry.coin);
      start.push(label.length);
    }
    if (!isNewCoin && label.at(-1) === entry.label) amount[amount.length - 1]! += entry.amount;
    else {
      label.push(entry.label);
      amount.push(entry.amount);
      start[start.length - 1]!++;
    }
  }
  return {
    coin: Uint32Array.from(coin),
    start: Uint32Array.from(start),
    label: Uint32Array.from(label),
    amount: Float64Array.from(amount),
  };
}

function collectEnds(sweep: Sweep, coins: TracedCoins, sumOf: (reason: EndReason) => ExactSum[]): CoinEnds {
  const reasons = new Uint8Array(coins.coin.length).fill(255);
  const mined = mergeEntries(sweep.mined);
  let rows = mined.coin.length;
  let amounts = mined.label.length;
  for (let c = 0; c < coins.coin.length; c++) {
    const coin = coins.coin[c]!;
    const reason =
      stopReason(sweep, coin) ?? (hasBit(sweep.touched, nextTransaction(sweep, coin)) ? null : "movements");
    if (reason === null) continue;
    reasons[c] = endReasons.indexOf(reason);
    rows++;
    amounts += coins.start[c + 1]! - coins.start[c]!;
  }
  const ends = {
    coin: new Uint32Array(rows),
    reason: new Uint8Array(rows),
    start: new Uint32Array(rows + 1),
    label: new Uint32Array(amounts),
    amount: new Float64Array(amounts),
  };
  let row = 0;
  let at = 0;
  const copy = (from: TracedCoins, c: number, reason: number) => {
    const sum = sumOf(endReasons[reason]!);
    for (let i = from.start[c]!; i < from.start[c + 1]!; i++) {
      ends.label[at] = from.label[i]!;
      ends.amount[at++] = from.amount[i]!;
      addTo(sum[from.label[i]!]!, from.amount[i]!);
    }
    ends.coin[row] = from.coin[c]!;
    ends.reason[row++] = reason;
    ends.start[row] = at;
  };
  let m = 0;
  for (let c = 0; c < coins.coin.length; c++) {
    if (reasons[c] !== 255) copy(coins, c, reasons[c]!);
    // A coin of a coinbase that was followed is a traced coin, so every mined part finds its place here.
    if (m < mined.coin.length && mined.coin[m] === coins.coin[c]) copy(mined, m++, endReasons.indexOf("coinbase"));
  }
  return ends;
}

function collectFees(sweep: Sweep, sumOf: (reason: EndReason) => ExactSum[]): FeeEnd[] {
  const fees: FeeEnd[] = [];
  for (const reason of ["fee", "unclaimed", "min", "hops", "movements"] as const) {
    sweep.feeSums[reason].forEach((sum, label) => {
      const amount = totalOf(sum);
      if (amount === 0n) return;
      fees.push({ reason, label, amount });
      const all = sumOf(reason)[label]!;
      all.big += amount;
    });
  }
  return fees;
}

function addUp(sweep: Sweep, label: number, seeded: bigint, sums: Map<EndReason, ExactSum[]>): LabelTotals {
  const byKind: Record<EndKind, bigint> = { unspent: 0n, exit: 0n, fee: 0n, unknown: 0n, notFollowed: 0n, mined: 0n };
  for (const [reason, sum] of sums) byKind[kindOfReason[reason]] += totalOf(sum[label]!);
  const { unspent, exit: exits, fee: fees, unknown, notFollowed, mined } = byKind;
  const ended = unspent + exits + fees + unknown + notFollowed + mined;
  if (sweep.rule !== "poison" && ended !== seeded) {
    throw new ConservationError({ rule: sweep.rule, label: sweep.request.labels[label]!, seeded, ended });
  }
  return { seeded, unspent, exits, fees, unknown, notFollowed, mined };
}

/** By reason, then label. A label has a bound only where a budget kept something of it from being followed. */
function listBounds(sweep: Sweep, ends: CoinEnds, sums: Map<EndReason, ExactSum[]>): CoinBound[] {
  const bounds: CoinBound[] = [];
  for (const reason of ["min", "hops", "movements"] as const) {
    const code = endReasons.indexOf(reason);
    const next = [...sweep.feeNext[reason]];
    for (let row = 0; row < ends.coin.length; row++) {
      if (ends.reason[row] !== code) continue;
      for (let i = ends.start[row]!; i < ends.start[row + 1]!; i++) {
        next[ends.label[i]!] = Math.min(next[ends.label[i]!]!, ends.coin[row]!);
      }
    }
    next.forEach((coin, label) => {
      if (coin === sweep.feeBase) return;
      bounds.push({ reason, label, amount: totalOf(sums.get(reason)![label]!), next: coin });
    });
  }
  return bounds;
}
