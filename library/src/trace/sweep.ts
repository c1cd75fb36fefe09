import type { EndReason } from "./coin-trace.ts";
import {
  type CoinColumns,
  heightNotKnown,
  makerAbsent,
  spenderMin,
  spentElsewhere,
  unspent,
  valueNotKnown,
} from "./columns.ts";
import { type ExactSum, exactSum } from "./exact-sum.ts";
import type { TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";
import { createUnits, type Units } from "./units.ts";

/**
 * The state of one rule's sweep. Everything is addressed by id: 0 to outputCount - 1 are coins, `feeBase + t` is the
 * fee of transaction t where fees are followed (else `feeBase` alone stands for the fee at hand), and `subsidy`
 * stands for the new coins of the coinbase at hand.
 */
export interface Sweep {
  readonly columns: CoinColumns;
  readonly request: TraceRequest;
  readonly rule: Rule;
  readonly labelCount: number;
  readonly forward: boolean;
  /** The request's wish, where the ledger can fulfil it. */
  readonly followFees: boolean;
  readonly feeBase: number;
  readonly subsidy: number;
  /**
   * [ids] Traced satoshi over all labels (poison: 1 for a flag), negated where the coin is not followed for a stop or a
   * budget, so that its spender does not take it up when another coin leads there.
   */
  readonly total: Float64Array;
  /** [ids] Where there are several labels: 1 + the row of {@link rows} that holds the coin's amounts, 0 for none. */
  readonly slot: Uint32Array | null;
  /** [rowCount * labelCount], grown by doubling. */
  rows: Float64Array;
  rowCount: number;
  /** The ordered units of each coin that is still to be followed; fifo and lifo only. */
  readonly units: Units | null;
  /** [transactionCount] Fewest transactions from a seed; 0 for a transaction that no traced coin leads to. */
  readonly hops: Uint32Array;
  /** Bits of transactions that a traced coin leads to and that were not processed yet. */
  readonly pending: Int32Array;
  /** Bits of the transactions that were processed. */
  readonly touched: Int32Array;
  touchedCount: number;
  /** Bits of the coins that are seeds; distance 0. */
  readonly seedBits: Int32Array;
  /** Bits of the transactions that spend a coin of unknown value; null where there is no such coin. */
  readonly unknownSpenders: Int32Array | null;
  readonly min: number;
  readonly hopsMax: number;
  readonly movementsMax: number;
  /** By label, what ended in fees. */
  readonly feeSums: Record<"fee" | "unclaimed" | "min" | "hops" | "movements", ExactSum[]>;
  /** By label, the first coin beyond a fee that ended so; outputCount for none. */
  readonly feeNext: Record<"fee" | "unclaimed" | "min" | "hops" | "movements", number[]>;
  /** Backward with followed fees: what coins of a coinbase hold of its subsidy, one entry a coin and label. */
  readonly mined: { coin: number; label: number; amount: number }[];
  readonly seeded: { coin: number; label: number; amount: number }[];
  readonly seededSums: ExactSum[];
  /** The transfer at hand: where value comes from and where it goes, in the order of the queue. */
  readonly sources: Side;
  readonly targets: Side;
  /** The sum of the values of either side of the transfer at hand. */
  whole: number;
}

export interface Side {
  id: Float64Array;
  value: Float64Array;
  count: number;
}

export function createSweep(columns: CoinColumns, request: TraceRequest, rule: Rule): Sweep {
  const labelCount = request.labels.length;
  const followFees = request.followFees && columns.wholeBlocks;
  const feeBase = columns.outputCount;
  const ids = feeBase + (followFees ? columns.transactionCount : 1) + 1;
  const sums = () => Array.from({ length: labelCount }, exactSum);
  const nobody = () => Array.from({ length: labelCount }, () => feeBase);
  const words = (bits: number) => new Int32Array((bits + 31) >>> 5);
  const { min = 0n, hops = Number.POSITIVE_INFINITY, movements = Number.POSITIVE_INFINITY } = request.budget;
  const seedBits = words(columns.outputCount);
  for (const { output } of request.seeds) setBit(seedBits, output);
  return {
    columns,
    request,
    rule,
    labelCount,
    forward: request.direction === "forward",
    followFees,
    feeBase,
    subsidy: ids - 1,
    total: new Float64Array(ids),
    slot: labelCount > 1 ? new Uint32Array(ids) : null,
    rows: new Float64Array(labelCount > 1 ? 1024 * labelCount : 0),
    rowCount: 0,
    units: rule === "fifo" || rule === "lifo" ? createUnits(ids, labelCount) : null,
    hops: new Uint32Array(columns.transactionCount),
    pending: words(columns.transactionCount),
    touched: words(columns.transactionCount),
    touchedCount: 0,
    seedBits,
    unknownSpenders: findUnknownSpenders(columns),
    // Amounts are below 2^53 and rounding is monotone, so a larger minimum may lose its last digits.
    min: Number(min),
    hopsMax: hops,
    movementsMax: movements,
    feeSums: { fee: sums(), unclaimed: sums(), min: sums(), hops: sums(), movements: sums() },
    feeNext: { fee: nobody(), unclaimed: nobody(), min: nobody(), hops: nobody(), movements: nobody() },
    mined: [],
    seeded: [],
    seededSums: sums(),
    sources: createSide(),
    targets: createSide(),
    whole: 0,
  };
}

function createSide(): Side {
  return { id: new Float64Array(64), value: new Float64Array(64), count: 0 };
}

export function addToSide(side: Side, id: number, value: number): void {
  if (side.count === side.id.length) {
    const id2 = new Float64Array(side.count * 2);
    id2.set(side.id);
    side.id = id2;
    const value2 = new Float64Array(side.count * 2);
    value2.set(side.value);
    side.value = value2;
  }
  side.id[side.count] = id;
  side.value[side.count] = value;
  side.count++;
}

export function hasBit(bits: Int32Array, index: number): boolean {
  return ((bits[index >>> 5]! >>> (index & 31)) & 1) === 1;
}

export function setBit(bits: Int32Array, index: number): void {
  bits[index >>> 5] = bits[index >>> 5]! | (1 << (index & 31));
}

export function clearBit(bits: Int32Array, index: number): void {
  bits[index >>> 5] = bits[index >>> 5]! & ~(1 << (index & 31));
}

/** Only coins without a maker can be of unknown value, and they stand at the end. */
function findUnknownSpenders(columns: CoinColumns): Int32Array | null {
  let found: Int32Array | null = null;
  const { outputValue, outputSpender, transactionCount } = columns;
  for (let coin = columns.txFirstOutput[transactionCount]!; coin < columns.outputCount; coin++) {
    const spender = outputSpender[coin]!;
    if (outputValue[coin] !== valueNotKnown || spender >= spenderMin) continue;
    found ??= new Int32Array((transactionCount + 31) >>> 5);
    setBit(found, spender);
  }
  return found;
}

/** The transaction that a coin leads to in the direction of the trace; only where {@link stopReason} gives null. */
export function nextTransaction(sweep: Sweep, coin: number): number {
  return sweep.forward ? sweep.columns.outputSpender[coin]! : sweep.columns.outputTx[coin]!;
}

/** The distance of a coin from its nearest seed, in transactions. */
export function distanceOf(sweep: Sweep, coin: number): number {
  if (hasBit(sweep.seedBits, coin)) return 0;
  return sweep.hops[sweep.forward ? sweep.columns.outputTx[coin]! : sweep.columns.outputSpender[coin]!]!;
}

/** What a coin counts for: traced satoshi over all labels, or under poison its face value. */
export function weightOf(sweep: Sweep, coin: number): number {
  if (sweep.rule !== "poison") return Math.abs(sweep.total[coin]!);
  return Math.max(0, sweep.columns.outputValue[coin]!);
}

/**
 * Why a traced coin is not followed, or null where it leads on to {@link nextTransaction}. The budget of movements is
 * not asked: whether it was met only the sweep knows.
 */
export function stopReason(sweep: Sweep, coin: number): EndReason | null {
  const { columns, request } = sweep;
  const unknown = sweep.rule === "poison" ? null : sweep.unknownSpenders;
  // First: what reached a service is there, spent or not. A seed is where the user begins, so no stop holds it back.
  if (isStop(request.stopOutputs, coin) && !hasBit(sweep.seedBits, coin)) return "stop";
  if (sweep.forward) {
    const spender = columns.outputSpender[coin]!;
    if (spender >= spenderMin) {
      return spender === unspent ? "unspent" : spender === spentElsewhere ? "spent-elsewhere" : "spend-not-known";
    }
    if (unknown !== null && hasBit(unknown, spender)) return "amounts-not-known";
  } else {
    const maker = columns.outputTx[coin]!;
    if (maker === makerAbsent) return "maker-absent";
    const isCoinbase = columns.txFirstInput[maker] === columns.txFirstInput[maker + 1];
    if (isCoinbase && !(sweep.followFees && columns.txHeight[maker] !== heightNotKnown)) return "coinbase";
    if (unknown !== null && hasBit(unknown, maker)) return "amounts-not-known";
  }
  if (request.stopHeight !== null) {
    const height = columns.txHeight[nextTransaction(sweep, coin)]!;
    if (sweep.forward ? height > request.stopHeight : height < request.stopHeight) return "stop-height";
  }
  if (weightOf(sweep, coin) < sweep.min) return "min";
  return distanceOf(sweep, coin) >= sweep.hopsMax ? "hops" : null;
}

function isStop(stops: Uint32Array | null, coin: number): boolean {
  return stops !== null && ((stops[coin >>> 5]! >>> (coin & 31)) & 1) === 1;
}

/** Marks the transaction that a coin leads to, or sets the coin aside. Asked again after seeding, which only adds. */
export function settleCoin(sweep: Sweep, coin: number): void {
  const held = sweep.total[coin]!;
  if (held === 0) return;
  const reason = stopReason(sweep, coin);
  if (reason === null) {
    sweep.total[coin] = Math.abs(held);
    leadTo(sweep, nextTransaction(sweep, coin), distanceOf(sweep, coin) + 1);
    return;
  }
  sweep.total[coin] = -Math.abs(held);
  // A seed may add to these units once its turn comes.
  if (sweep.units !== null && !hasBit(sweep.seedBits, coin)) sweep.units.drop(coin);
}

export function leadTo(sweep: Sweep, transaction: number, hops: number): void {
  setBit(sweep.pending, transaction);
  const known = sweep.hops[transaction]!;
  if (known === 0 || hops < known) sweep.hops[transaction] = hops;
}

/** The place of a coin's row in {@link Sweep.rows}, made where it has none yet. Several labels only. */
export function rowOf(sweep: Sweep, id: number): number {
  const slot = sweep.slot as Uint32Array;
  const width = sweep.labelCount;
  if (slot[id] === 0) {
    if ((sweep.rowCount + 1) * width > sweep.rows.length) {
      const rows = new Float64Array(sweep.rows.length * 2);
      rows.set(sweep.rows);
      sweep.rows = rows;
    }
    slot[id] = ++sweep.rowCount;
  }
  return (slot[id]! - 1) * width;
}

/** What an id holds of one label (poison: 1 for a flag). */
export function heldOf(sweep: Sweep, id: number, label: number): number {
  if (sweep.slot === null) return Math.abs(sweep.total[id]!);
  const slot = sweep.slot[id]!;
  return slot === 0 ? 0 : sweep.rows[(slot - 1) * sweep.labelCount + label]!;
}
