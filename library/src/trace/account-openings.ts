import type { AccountColumns } from "./account-columns.ts";
import type { OrderedAccounts } from "./account-order.ts";
import { takeInPieces } from "./account-records.ts";
import { highOf, lowOf, type WideColumn, wideBase, wideHighMax, wideToBigint } from "./account-wide.ts";
import { addWide } from "./account-wide-book.ts";

const amountMax = Number.MAX_SAFE_INTEGER;

/**
 * The balances before the first transfer of the order taken, in doubles. Null where a sum does not fit them, or where a
 * known opening goes into debt (the sweeps see that, too).
 *
 * One pass adds up what each holding moves, in pairs with the lowest sum so far. Rounding is monotone, so a sum that is
 * not past 2^53 in doubles was exact.
 */
export function openDoubles(
  columns: AccountColumns,
  order: OrderedAccounts,
  amount: Float64Array,
): Float64Array | null {
  // A whole chain's openings are known, and a sweep sees a debt by itself.
  const areKnown = columns.openingDefault !== null || columns.openings.size >= order.holdingCount;
  if (areKnown && order.isForward) return knownDoubles(columns);
  const pairs = new Float64Array(2 * order.holdingCount);
  if (!addUp(order, amount, pairs)) return null;
  const openings = new Float64Array(order.holdingCount);
  for (let h = 0; h < order.holdingCount; h++) {
    const lowest = pairs[2 * h + 1]!;
    if (lowest < -amountMax) return null;
    openings[h] = -lowest;
  }
  for (const [h, known] of knownOf(columns)) {
    if (known > BigInt(amountMax) || known < 0n) return null;
    // Backward a trail starts with the closing balance: what the mirrored ledger takes away is what came in.
    const opening = order.isForward ? Number(known) : Number(known) - pairs[2 * h]!;
    if (opening > amountMax || opening + pairs[2 * h + 1]! < 0) return null;
    openings[h] = opening;
  }
  return openings;
}

/** The known openings, those by default too. */
function* knownOf({ openings, openingDefault, holdingCount }: AccountColumns): Generator<[number, bigint]> {
  if (openingDefault !== null) {
    for (let h = 0; h < holdingCount; h++) if (!openings.has(h)) yield [h, openingDefault];
  }
  yield* openings;
}

function knownDoubles({ openings, openingDefault, holdingCount }: AccountColumns): Float64Array | null {
  const doubles = new Float64Array(holdingCount).fill(Number(openingDefault ?? 0n));
  for (const [holding, opening] of openings) {
    if (opening < 0n || opening > BigInt(amountMax)) return null;
    doubles[holding] = Number(opening);
  }
  return doubles;
}

function addUp(order: OrderedAccounts, amount: Float64Array, pairs: Float64Array): boolean {
  return takeInPieces(order, pairs, 1, 0, order.transferCount, (from, to) => addPiece(order, amount, pairs, from, to));
}

/** False where a sum is past 2^53. */
function addPiece(
  { from: payer, to: receiver }: OrderedAccounts,
  amount: Float64Array,
  pairs: Float64Array,
  from: number,
  to: number,
): boolean {
  let highest = 0;
  for (let x = from; x < to; x++) {
    const v = amount[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    if (v > highest) highest = v;
    if (f >= 0) {
      const at = f << 1;
      const sum = pairs[at]! - v;
      pairs[at] = sum;
      if (sum < pairs[at | 1]!) pairs[at | 1] = sum;
    }
    if (t >= 0) {
      const at = t << 1;
      const sum = pairs[at]! + v;
      pairs[at] = sum;
      if (sum > highest) highest = sum;
    }
  }
  return highest <= amountMax;
}

/**
 * The same in wide numbers: sums in four doubles a holding, high and low of the sum and of the lowest sum. Null where
 * an opening is past them, or a known one goes into debt.
 */
export function openWide(columns: AccountColumns, order: OrderedAccounts, amount: WideColumn): WideColumn | null {
  const { holdingCount, isForward } = order;
  const areKnown = columns.openingDefault !== null || columns.openings.size >= holdingCount;
  const sums = new Float64Array(4 * holdingCount);
  if (!areKnown || !isForward) {
    const add = (from: number, to: number) => addWidePiece(order, amount, sums, from, to);
    if (!takeInPieces(order, sums, 2, 0, order.transferCount, add)) return null;
  }
  const high = new Float64Array(holdingCount);
  const low = new Float64Array(holdingCount);
  for (let h = 0; h < holdingCount; h++) {
    const lowestHigh = sums[4 * h + 2]!;
    const lowestLow = sums[4 * h + 3]!;
    high[h] = lowestLow === 0 ? -lowestHigh : -lowestHigh - 1;
    low[h] = lowestLow === 0 ? 0 : wideBase - lowestLow;
  }
  for (const [h, known] of knownOf(columns)) {
    const opening = isForward ? known : known - wideToBigint(sums[4 * h]!, sums[4 * h + 1]!);
    const lowest = wideToBigint(sums[4 * h + 2]!, sums[4 * h + 3]!);
    if (opening + lowest < 0n || highOf(opening) > wideHighMax) return null;
    high[h] = highOf(opening);
    low[h] = lowOf(opening);
  }
  return { high, low };
}

/** A sum below 0 has a high part below 0, and a low part as any other. */
function addWidePiece(
  { from: payer, to: receiver }: OrderedAccounts,
  amount: WideColumn,
  sums: Float64Array,
  from: number,
  to: number,
): boolean {
  const amountHigh = amount.high;
  const amountLow = amount.low;
  for (let x = from; x < to; x++) {
    const vHigh = amountHigh[x]!;
    const vLow = amountLow[x]!;
    const f = payer[x]!;
    const t = receiver[x]!;
    if (f >= 0) {
      const at = f << 2;
      const rest = sums[at | 1]! - vLow;
      const high = sums[at]! - vHigh - (rest < 0 ? 1 : 0);
      const low = rest < 0 ? rest + wideBase : rest;
      if (high < -wideHighMax) return false;
      sums[at] = high;
      sums[at | 1] = low;
      if (high < sums[at | 2]! || (high === sums[at | 2]! && low < sums[at | 3]!)) {
        sums[at | 2] = high;
        sums[at | 3] = low;
      }
    }
    if (t >= 0) {
      addWide(sums, t << 2, vHigh, vLow);
      if (sums[t << 2]! > wideHighMax) return false;
    }
  }
  return true;
}
