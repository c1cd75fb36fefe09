import { CoinColumnsError, SubsidyError } from "../errors/trace.ts";
import { heightNotKnown, valueNotKnown } from "./columns.ts";
import { addTo } from "./exact-sum.ts";
import { placeOf } from "./places.ts";
import { addToSide, clearBit, heldAt, longer, reserveSide, type Sweep, setBit, settleCoin } from "./sweep.ts";
import { transferPoison } from "./transfer-poison.ts";
import { transferPool } from "./transfer-pool.ts";
import { transferUnits } from "./transfer-units.ts";
import { dropUnits } from "./units.ts";

/** Moves what the sources of the transfer at hand hold to its targets. */
export function transfer(sweep: Sweep): void {
  if (sweep.rule === "poison") transferPoison(sweep);
  else if (sweep.units === null) transferPool(sweep);
  else transferUnits(sweep);
}

/** Takes note that a transaction is processed. `hops` is its distance from the nearest seed. */
export function markTouched(sweep: Sweep, transaction: number, hops: number): void {
  clearBit(sweep.pending, transaction);
  setBit(sweep.touched, transaction);
  if (sweep.touchedCount === sweep.touchedList.length) {
    sweep.touchedList = longer(sweep.touchedList, sweep.touchedCount * 2);
    sweep.hops = longer(sweep.hops, sweep.touchedCount * 2);
  }
  sweep.touchedList[sweep.touchedCount] = transaction;
  sweep.hops[sweep.touchedCount] = hops;
  sweep.touchedCount++;
}

/** One more than the least distance of the sources at hand. */
export function hopsFromSources(sweep: Sweep): number {
  const { sources, total, distance } = sweep;
  let nearest = 0xffff_ffff;
  for (let s = 0; s < sources.count; s++) {
    const place = sources.place[s]!;
    if (total[place]! > 0 && distance[place]! < nearest) nearest = distance[place]!;
  }
  return nearest + 1;
}

/**
 * Makes the inputs of a transaction one side of the transfer. Gives the sum of their values; {@link valueNotKnown}
 * where one is not known, which poison alone bears. The values are read in a loop of their own: each is a random read
 * of memory, and the processor waits for many at once only if there is little between them (measured: a third of
 * fifo's time).
 */
export function gatherInputs(sweep: Sweep, transaction: number, side: Sweep["sources"]): number {
  const { txFirstInput, inputOutput, outputValue } = sweep.columns;
  const first = txFirstInput[transaction]!;
  const count = txFirstInput[transaction + 1]! - first;
  reserveSide(side, count);
  const { id, value } = side;
  let sum = 0;
  let least = 0;
  for (let n = 0; n < count; n++) {
    const coin = inputOutput[first + n]!;
    const worth = outputValue[coin]!;
    id[n] = coin;
    value[n] = worth;
    sum += worth;
    if (worth < least) least = worth;
  }
  side.place.fill(0, 0, count);
  side.count = count;
  if (least >= 0) return sum;
  // Such transactions end a trail of the other rules, so none is asked for.
  if (sweep.rule === "poison") return valueNotKnown;
  throw new CoinColumnsError({ transaction, why: "it spends a coin of unknown value that a transaction made" });
}

/** What a transaction leaves to its miner: {@link Sweep.whole} less what it pays; 0 where amounts are not known. */
export function feeLeft(sweep: Sweep, transaction: number, paid: number): number {
  if (sweep.whole === valueNotKnown) return 0;
  if (sweep.whole < paid) throw new CoinColumnsError({ transaction, why: "it pays more than it takes" });
  return sweep.whole - paid;
}

/**
 * Makes the outputs of a transaction one side of the transfer, with room for its fee. Gives the sum of their values.
 */
export function gatherOutputs(sweep: Sweep, transaction: number, side: Sweep["sources"]): number {
  const { txFirstOutput, outputValue } = sweep.columns;
  const first = txFirstOutput[transaction]!;
  const count = txFirstOutput[transaction + 1]! - first;
  reserveSide(side, count + 1);
  const { id, value } = side;
  let sum = 0;
  for (let n = 0; n < count; n++) {
    const worth = outputValue[first + n]!;
    id[n] = first + n;
    value[n] = worth;
    sum += worth;
  }
  side.place.fill(0, 0, count);
  side.count = count;
  return sum;
}

/** Finds the places of the coins on one side of the transfer. Gives one more than the least of their distances. */
export function findPlaces(sweep: Sweep, side: Sweep["sources"]): number {
  const { placed, places, total, distance } = sweep;
  const { id, place, count } = side;
  let nearest = 0xffff_ffff;
  for (let n = 0; n < count; n++) {
    const coin = id[n]!;
    if (((placed[coin >>> 5]! >>> (coin & 31)) & 1) === 0) continue;
    const at = placeOf(places, coin);
    // What a stop or a budget holds back has no part in the transfer.
    if (!(total[at]! > 0)) continue;
    place[n] = at;
    if (distance[at]! < nearest) nearest = distance[at]!;
  }
  return nearest + 1;
}

const aheadMax = 32;
const ahead = new Uint32Array(aheadMax);
/** Keeps the reads of {@link readAhead} from being thought useless. */
export let readAheadSum = 0;

/**
 * Reads what the next pending transactions from `from` on will need, one kind after the other, so that the random reads
 * of 32 transactions wait for memory together and not each for itself. Gives where it ended. Measured on 10,000
 * seeds spread over 10 M transactions: fifo takes 0.62 s of processor time with it and 0.80 s without.
 */
export function readAhead(sweep: Sweep, from: number, to: number): number {
  const { txFirstInput, txFirstOutput, inputOutput, outputValue, outputSpender } = sweep.columns;
  const { all } = sweep.places;
  let count = 0;
  let end = from;
  while (count < aheadMax) {
    const next = findNext(sweep.pending, end, to);
    if (next < 0) break;
    ahead[count++] = next;
    end = next + 1;
  }
  let sum = 0;
  for (let n = 0; n < count; n++) sum += txFirstInput[ahead[n]!]! + txFirstOutput[ahead[n]!]!;
  for (let n = 0; n < count; n++) {
    const output = txFirstOutput[ahead[n]!]!;
    sum += inputOutput[txFirstInput[ahead[n]!]!]! + outputValue[output]! + outputSpender[output]!;
  }
  for (let n = 0; n < count; n++) {
    const first = txFirstInput[ahead[n]!]!;
    const last = txFirstInput[ahead[n]! + 1]!;
    for (let i = first; i < last; i++) sum += outputValue[inputOutput[i]!]!;
    if (all === null) continue;
    for (let i = first; i < last; i++) sum += all[inputOutput[i]!]!;
  }
  readAheadSum = sum;
  return end;
}

export function feeIdOf(sweep: Sweep, transaction: number): number {
  return sweep.followFees ? sweep.feeBase + transaction : sweep.feeBase;
}

export function inputValueOf(sweep: Sweep, transaction: number): number {
  const { txFirstInput, inputOutput, outputValue } = sweep.columns;
  let sum = 0;
  for (let i = txFirstInput[transaction]!; i < txFirstInput[transaction + 1]!; i++) {
    const value = outputValue[inputOutput[i]!]!;
    if (value === valueNotKnown) return valueNotKnown;
    sum += value;
  }
  return sum;
}

/**
 * What a transaction leaves to the miner, satoshi. `inputs` is the sum of its inputs; where that is not known, zero.
 */
export function feeOf(sweep: Sweep, transaction: number, inputs: number): number {
  if (inputs === valueNotKnown) return 0;
  const { txFirstOutput, outputValue } = sweep.columns;
  let fee = inputs;
  for (let o = txFirstOutput[transaction]!; o < txFirstOutput[transaction + 1]!; o++) fee -= outputValue[o]!;
  if (fee >= 0) return fee;
  throw new CoinColumnsError({ transaction, why: "it pays more than it takes" });
}

/** The coinbase that the fee of a transaction goes to, or -1 where fees are not followed from here. */
export function coinbaseOf(sweep: Sweep, transaction: number): number {
  if (!sweep.followFees) return -1;
  const { txHeight, txFirstInput } = sweep.columns;
  const height = txHeight[transaction]!;
  if (height === heightNotKnown) return -1;
  const first = firstOfHeight(txHeight, height, transaction);
  if (txFirstInput[first] === txFirstInput[first + 1]) return first;
  throw new CoinColumnsError({ transaction: first, why: "it is the first of its block and not a coinbase" });
}

/** The first transaction after the block of a transaction whose height is known. */
export function blockEndOf(sweep: Sweep, transaction: number): number {
  const { txHeight, transactionCount } = sweep.columns;
  const height = txHeight[transaction]!;
  let low = transaction;
  let high = transactionCount;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (txHeight[middle]! <= height) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstOfHeight(txHeight: Uint32Array, height: number, transaction: number): number {
  let low = 0;
  let high = transaction;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (txHeight[middle]! < height) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts the fees of a block's transactions, in the block's order, on one side of the transfer. */
function addFeesOfBlock(sweep: Sweep, coinbase: number, end: number, side: Sweep["sources"]): void {
  for (let t = coinbase + 1; t < end; t++) {
    const id = sweep.feeBase + t;
    addToSide(side, id, placeOf(sweep.places, id), feeOf(sweep, t, inputValueOf(sweep, t)));
  }
}

/** A traced fee, and the first coin beyond it. */
export interface Fee {
  readonly id: number;
  readonly value: number;
  readonly beyond: number;
}

/** Adds what a fee holds to the sums of those that end for `reason`. Under poison the whole fee counts. */
export function endFee(sweep: Sweep, fee: Fee, reason: keyof Sweep["feeSums"]): void {
  const place = placeOf(sweep.places, fee.id);
  if (place === 0 || sweep.total[place] === 0) return;
  for (let label = 0; label < sweep.labelCount; label++) {
    const part = heldAt(sweep, place, label);
    if (part === 0) continue;
    addTo(sweep.feeSums[reason][label]!, sweep.rule === "poison" ? fee.value : part);
    sweep.feeNext[reason][label] = Math.min(sweep.feeNext[reason][label]!, fee.beyond);
  }
  sweep.total[place] = 0;
  if (sweep.units !== null) dropUnits(sweep.units, place);
}

/**
 * Lets a traced fee lead to `next` (forward the coinbase, backward the transaction that paid it), or ends it where
 * the budget does. A fee of one transaction is asked what a coin is asked.
 */
export function settleFee(sweep: Sweep, fee: Fee, distance: number, next: number): void {
  const place = placeOf(sweep.places, fee.id);
  if (place === 0 || sweep.total[place] === 0) return;
  sweep.distance[place] = distance;
  const weight = sweep.rule === "poison" ? fee.value : sweep.total[place]!;
  if (weight < sweep.min) endFee(sweep, fee, "min");
  else if (distance >= sweep.hopsMax) endFee(sweep, fee, "hops");
  else setBit(sweep.pending, next);
}

/** The first set bit in [from, to), or -1. */
export function findNext(bits: Int32Array, from: number, to: number): number {
  if (from >= to) return -1;
  const last = (to - 1) >>> 5;
  let word = from >>> 5;
  let found = bits[word]! & (-1 << (from & 31));
  while (found === 0) {
    if (++word > last) return -1;
    found = bits[word]!;
  }
  const index = word * 32 + 31 - Math.clz32(found & -found);
  return index < to ? index : -1;
}

/** The last set bit in [to, from], or -1. */
export function findPrevious(bits: Int32Array, from: number, to: number): number {
  if (from < to) return -1;
  const last = to >>> 5;
  let word = from >>> 5;
  let found = bits[word]! & (-1 >>> (31 - (from & 31)));
  while (found === 0) {
    if (--word < last) return -1;
    found = bits[word]!;
  }
  const index = word * 32 + 31 - Math.clz32(found);
  return index >= to ? index : -1;
}

/** The first `count` targets are coins. */
export function settleTargets(sweep: Sweep, count: number, hops: number): void {
  const { place } = sweep.targets;
  for (let t = 0; t < count; t++) if (place[t] !== 0) settleCoin(sweep, place[t]!, hops);
}

/** Puts the queue of a coinbase on one side: the subsidy, then the fees of the block. Gives its length in satoshi. */
export function addSubsidyAndFees(sweep: Sweep, coinbase: number, end: number, side: Sweep["sources"]): number {
  const height = sweep.columns.txHeight[coinbase]!;
  const subsidy = sweep.request.subsidyAt(height);
  if (!(Number.isSafeInteger(subsidy) && subsidy >= 0)) {
    throw new SubsidyError({ height, subsidy, why: "it is not a whole number from 0 on" });
  }
  addToSide(side, sweep.subsidy, placeOf(sweep.places, sweep.subsidy), subsidy);
  addFeesOfBlock(sweep, coinbase, end, side);
  let sum = 0;
  for (let s = 0; s < side.count; s++) sum += side.value[s]!;
  return sum;
}
