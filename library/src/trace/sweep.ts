import { LedgerTooLongError } from "../errors/trace.ts";
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
import { addPlace, createPlaces, type Places, placeOf } from "./places.ts";
import type { TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";
import { createUnits, dropUnits, type Units } from "./units.ts";

/**
 * The state of one rule's sweep. What can hold traced value has an id: 0 to outputCount - 1 are coins, `feeBase + t` is
 * the fee of transaction t where fees are followed (else `feeBase` alone stands for the fee at hand), and `subsidy`
 * stands for the new coins of the coinbase at hand. What does hold some has a place in arrays
 * that grow with the trail.
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
  /** Which place in the arrays below an id has. */
  readonly places: Places;
  /**
   * [places] Traced satoshi over all labels (poison: 1 for a flag), negated where the coin is not followed for a stop
   * or a budget, so that its spender does not take it up when another coin leads there.
   */
  total: Float64Array;
  /** [places] Transactions from the nearest seed. */
  distance: Uint32Array;
  /** [places * labelCount] What is held of each label; empty where there is one label. */
  rows: Float64Array;
  /** The ordered units of each coin that is still to be followed; fifo and lifo only. */
  readonly units: Units | null;
  /** Bits of the coins that have a place: most inputs have none, and a bit is in the cache where a place is not. */
  readonly placed: Int32Array;
  /** Bits of transactions that a traced coin leads to and that were not processed yet. */
  readonly pending: Int32Array;
  /** Bits of the transactions that were processed. */
  readonly touched: Int32Array;
  touchedCount: number;
  /** [touchedCount] The transactions that were processed, in that order, and their distance from the nearest seed. */
  touchedList: Uint32Array;
  hops: Uint32Array;
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
  id: Uint32Array;
  /** 0 where nothing is held: of sources before the transfer, of targets after it. */
  place: Uint32Array;
  value: Float64Array;
  count: number;
}

const placesFirst = 4096;
/** Ids are 32-bit words, in the columns as here. */
const idsMax = 0xffff_fffd;

export function createSweep(columns: CoinColumns, request: TraceRequest, rule: Rule): Sweep {
  const labelCount = request.labels.length;
  const followFees = request.followFees && columns.wholeBlocks;
  const feeBase = columns.outputCount;
  const ids = feeBase + (followFees ? columns.transactionCount : 1) + 1;
  if (ids > idsMax) throw new LedgerTooLongError({ ids, idsMax });
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
    places: createPlaces(columns, ids),
    total: new Float64Array(placesFirst),
    distance: new Uint32Array(placesFirst),
    rows: new Float64Array(labelCount > 1 ? placesFirst * labelCount : 0),
    units: rule === "fifo" || rule === "lifo" ? createUnits(placesFirst, labelCount) : null,
    placed: words(columns.outputCount),
    pending: words(columns.transactionCount),
    touched: words(columns.transactionCount),
    touchedCount: 0,
    touchedList: new Uint32Array(1024),
    hops: new Uint32Array(1024),
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
  return { id: new Uint32Array(64), place: new Uint32Array(64), value: new Float64Array(64), count: 0 };
}

export function addToSide(side: Side, id: number, place: number, value: number): void {
  reserveSide(side, side.count + 1);
  side.id[side.count] = id;
  side.place[side.count] = place;
  side.value[side.count] = value;
  side.count++;
}

export function reserveSide(side: Side, count: number): void {
  if (count <= side.id.length) return;
  side.id = longer(side.id, count * 2);
  side.place = longer(side.place, count * 2);
  side.value = longer(side.value, count * 2);
}

/** The place of an id, given to it here where it has none. */
export function takePlace(sweep: Sweep, id: number): number {
  const known = placeOf(sweep.places, id);
  return known === 0 ? givePlace(sweep, id) : known;
}

/**
 * The place of a target, which value reaches for the first time: but for seeds and fees it has none yet.
 * Not asking spares a random read for each traced coin.
 */
export function targetPlace(sweep: Sweep, target: number): number {
  const id = sweep.targets.id[target]!;
  const place = id >= sweep.feeBase || hasBit(sweep.seedBits, id) ? takePlace(sweep, id) : givePlace(sweep, id);
  sweep.targets.place[target] = place;
  return place;
}

function givePlace(sweep: Sweep, id: number): number {
  const place = addPlace(sweep.places, id);
  if (id < sweep.feeBase) setBit(sweep.placed, id);
  if (place === sweep.total.length) {
    const size = place * 2;
    sweep.total = longer(sweep.total, size);
    sweep.distance = longer(sweep.distance, size);
    if (sweep.labelCount > 1) sweep.rows = longer(sweep.rows, size * sweep.labelCount);
    if (sweep.units !== null) sweep.units.start = longer(sweep.units.start, size);
  }
  return place;
}

export function longer<Column extends Float64Array | Uint32Array>(column: Column, size: number): Column {
  const grown = new (column.constructor as new (size: number) => Column)(size);
  grown.set(column);
  return grown;
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

/** The transaction that a coin leads to in the direction of the trace; where {@link stopReason} gives null. */
export function nextTransaction(sweep: Sweep, coin: number): number {
  return sweep.forward ? sweep.columns.outputSpender[coin]! : sweep.columns.outputTx[coin]!;
}

/** What a coin counts for: traced satoshi over all labels, or under poison its face value. */
export function weightAt(sweep: Sweep, place: number): number {
  if (sweep.rule !== "poison") return Math.abs(sweep.total[place]!);
  return Math.max(0, sweep.columns.outputValue[sweep.places.idAt[place]!]!);
}

/**
 * Why a traced coin is not followed, or null where it leads on to {@link nextTransaction}. The budget of movements is
 * not asked: whether it was met only the sweep knows.
 */
export function stopReason(sweep: Sweep, place: number): EndReason | null {
  const { columns, request } = sweep;
  const coin = sweep.places.idAt[place]!;
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
  if (sweep.min > 0 && weightAt(sweep, place) < sweep.min) return "min";
  return sweep.distance[place]! >= sweep.hopsMax ? "hops" : null;
}

function isStop(stops: Uint32Array | null, coin: number): boolean {
  return stops !== null && ((stops[coin >>> 5]! >>> (coin & 31)) & 1) === 1;
}

/** Marks the transaction that a coin leads to, or sets the coin aside. Asked again after seeding, which only adds. */
export function settleCoin(sweep: Sweep, place: number, distance: number): void {
  if (sweep.total[place] === 0) return;
  const coin = sweep.places.idAt[place]!;
  const isSeed = hasBit(sweep.seedBits, coin);
  sweep.distance[place] = isSeed ? 0 : distance;
  const held = Math.abs(sweep.total[place]!);
  if (stopReason(sweep, place) === null) {
    sweep.total[place] = held;
    setBit(sweep.pending, nextTransaction(sweep, coin));
    return;
  }
  sweep.total[place] = -held;
  // A seed may add to these units once its turn comes.
  if (sweep.units !== null && !isSeed) dropUnits(sweep.units, place);
}

/** What a place holds of one label (poison: 1 for a flag). */
export function heldAt(sweep: Sweep, place: number, label: number): number {
  if (sweep.labelCount === 1) return Math.abs(sweep.total[place]!);
  return sweep.total[place] === 0 ? 0 : sweep.rows[place * sweep.labelCount + label]!;
}
