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
import { placeOf } from "./places.ts";
import { hasBit, heldAt, nextTransaction, type Sweep, stopReason, weightAt } from "./sweep.ts";
import type { EndKind } from "./trail.ts";

type Entry = { coin: number; label: number; amount: number };

/** Reads the result out of a finished sweep and checks that it adds up. @throws ConservationError */
export function collect(sweep: Sweep): RuleTrace {
  const { rule, labelCount } = sweep;
  const { transactions, hops } = listTransactions(sweep);
  const places = listPlaces(sweep);
  const coins = readAmounts(sweep, places);
  const sums = new Map<EndReason, ExactSum[]>();
  const sumOf = (reason: EndReason): ExactSum[] => {
    let sum = sums.get(reason);
    if (sum === undefined) {
      sum = Array.from({ length: labelCount }, exactSum);
      sums.set(reason, sum);
    }
    return sum;
  };
  const ends = collectEnds(sweep, places, coins, sumOf);
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

/**
 * The processed transactions in rising order. They were processed so, but for coinbases that fees were followed into.
 */
function listTransactions(sweep: Sweep): { transactions: Uint32Array; hops: Uint32Array } {
  const count = sweep.touchedCount;
  const transactions = sweep.touchedList.slice(0, count);
  const hops = sweep.hops.slice(0, count);
  if (!sweep.forward) {
    transactions.reverse();
    hops.reverse();
  }
  if (isRising(transactions)) return { transactions, hops };
  const order = Uint32Array.from(transactions, (_, n) => n).sort((a, b) => transactions[a]! - transactions[b]!);
  return { transactions: order.map((n) => transactions[n]!), hops: order.map((n) => hops[n]!) };
}

function isRising(numbers: Uint32Array): boolean {
  for (let n = 1; n < numbers.length; n++) if (numbers[n - 1]! > numbers[n]!) return false;
  return true;
}

/** The places of the coins that hold something, in rising order of the coins. */
function listPlaces(sweep: Sweep): Uint32Array {
  const { places, total, feeBase } = sweep;
  const { idAt } = places;
  const coins = new Uint32Array(sweep.places.count);
  let count = 0;
  for (let place = 1; place <= sweep.places.count; place++) {
    if (idAt[place]! < feeBase && total[place] !== 0) coins[count++] = idAt[place]!;
  }
  const found = coins.subarray(0, count);
  // Comparing as numbers in place is what a typed array's sort does without a function.
  if (!isRising(found)) found.sort();
  return found.map((coin) => placeOf(places, coin));
}

function readAmounts(sweep: Sweep, places: Uint32Array): TracedCoins {
  const { labelCount, rule } = sweep;
  const coin = places.map((place) => sweep.places.idAt[place]!);
  const start = new Uint32Array(places.length + 1);
  let count = labelCount === 1 ? places.length : 0;
  if (labelCount > 1) {
    for (const place of places) for (let l = 0; l < labelCount; l++) if (heldAt(sweep, place, l) !== 0) count++;
  }
  const labels = new Uint32Array(count);
  const amount = new Float64Array(count);
  let at = 0;
  for (let c = 0; c < places.length; c++) {
    const place = places[c]!;
    for (let label = 0; label < labelCount; label++) {
      const held = heldAt(sweep, place, label);
      if (held === 0) continue;
      labels[at] = label;
      amount[at++] = rule === "poison" ? weightAt(sweep, place) : held;
    }
    start[c + 1] = at;
  }
  return { coin, start, label: labels, amount };
}

/** Adds entries of the same coin and label, in rising order of both. */
export function mergeEntries(entries: readonly Entry[]): TracedCoins {
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

function collectEnds(
  sweep: Sweep,
  places: Uint32Array,
  coins: TracedCoins,
  sumOf: (reason: EndReason) => ExactSum[],
): CoinEnds {
  const reasons = new Uint8Array(coins.coin.length).fill(255);
  const mined = mergeEntries(sweep.mined);
  let rows = mined.coin.length;
  let amounts = mined.label.length;
  for (let c = 0; c < coins.coin.length; c++) {
    const coin = coins.coin[c]!;
    const reason =
      stopReason(sweep, places[c]!) ?? (hasBit(sweep.touched, nextTransaction(sweep, coin)) ? null : "movements");
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

/** @throws ConservationError */
export function addUp(sweep: Sweep, label: number, seeded: bigint, sums: Map<EndReason, ExactSum[]>): LabelTotals {
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
