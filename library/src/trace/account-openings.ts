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
 * One pass keeps balances from 0 on, or from a known opening on. What a debit misses was there before: all that a
 * holding misses adds up to its least opening. That asks for one number a transfer and side, where sums with their
 * lowest point ask for two. Rounding is monotone, so a sum that is not past 2^53 in doubles was exact.
 */
export function openDoubles(
  columns: AccountColumns,
  order: OrderedAccounts,
  amount: Float64Array,
): Float64Array | null {
  const { holdingCount, isForward } = order;
  const balance = new Float64Array(holdingCount);
  for (const [h, known] of knownOf(columns)) {
    if (known < 0n || known > BigInt(amountMax)) return null;
    if (isForward) balance[h] = Number(known);
  }
  // A whole chain's openings are known, and a sweep sees a debt by itself.
  const areKnown = columns.openingDefault !== null || columns.openings.size >= holdingCount;
  if (areKnown && isForward) return balance;
  const missed = new Float64Array(holdingCount);
  const add = (from: number, to: number) => addPiece(order, amount, balance, missed, from, to);
  if (!takeInPieces(0, order.transferCount, add)) return null;
  for (let h = 0; h < holdingCount; h++) if (missed[h]! > amountMax) return null;
  for (const [h, known] of knownOf(columns)) {
    // Backward a trail starts with the closing balance: what the mirrored ledger takes away is what came in.
    const opening = isForward ? Number(known) : Number(known) - (balance[h]! - missed[h]!);
    if (opening > amountMax || missed[h]! > (isForward ? 0 : opening)) return null;
    missed[h] = opening;
  }
  return missed;
}

/** The known openings, those by default too. */
function* knownOf({ openings, openingDefault, holdingCount }: AccountColumns): Generator<readonly [number, bigint]> {
  if (openingDefault !== null) {
    for (let h = 0; h < holdingCount; h++) if (!openings.has(h)) yield [h, openingDefault];
  }
  yield* openings;
}

/** False where a sum is past 2^53. */
function addPiece(
  { from: payer, to: receiver }: OrderedAccounts,
  amount: Float64Array,
  balance: Float64Array,
  missed: Float64Array,
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
      const rest = balance[f]! - v;
      balance[f] = rest < 0 ? 0 : rest;
      if (rest < 0) missed[f] = missed[f]! - rest;
    }
    if (t >= 0) {
      const sum = balance[t]! + v;
      balance[t] = sum;
      if (sum > highest) highest = sum;
    }
  }
  return highest <= amountMax;
}

/** The same in wide numbers, two places a holding. */
export function openWide(columns: AccountColumns, order: OrderedAccounts, amount: WideColumn): WideColumn | null {
  const { holdingCount, isForward } = order;
  const balance = new Float64Array(2 * holdingCount);
  const missed = new Float64Array(2 * holdingCount);
  for (const [h, known] of knownOf(columns)) {
    if (known < 0n || highOf(known) > wideHighMax) return null;
    if (!isForward) continue;
    balance[2 * h] = highOf(known);
    balance[2 * h + 1] = lowOf(known);
  }
  const areKnown = columns.openingDefault !== null || columns.openings.size >= holdingCount;
  if (areKnown && isForward) return columnOf(balance);
  const add = (from: number, to: number) => addWidePiece(order, amount, balance, missed, from, to);
  if (!takeInPieces(0, order.transferCount, add)) return null;
  for (const [h, known] of knownOf(columns)) {
    const short = wideToBigint(missed[2 * h]!, missed[2 * h + 1]!);
    const moved = wideToBigint(balance[2 * h]!, balance[2 * h + 1]!) - short;
    const opening = isForward ? known : known - moved;
    if (short > (isForward ? 0n : opening)) return null;
    missed[2 * h] = highOf(opening);
    missed[2 * h + 1] = lowOf(opening);
  }
  for (let h = 0; h < holdingCount; h++) if (missed[2 * h]! > wideHighMax) return null;
  return columnOf(missed);
}

function columnOf(pairs: Float64Array): WideColumn {
  const high = new Float64Array(pairs.length / 2);
  const low = new Float64Array(pairs.length / 2);
  for (let h = 0; h < high.length; h++) {
    high[h] = pairs[2 * h]!;
    low[h] = pairs[2 * h + 1]!;
  }
  return { high, low };
}

function addWidePiece(
  { from: payer, to: receiver }: OrderedAccounts,
  amount: WideColumn,
  balance: Float64Array,
  missed: Float64Array,
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
      const at = f << 1;
      const rest = balance[at | 1]! - vLow;
      const high = balance[at]! - vHigh - (rest < 0 ? 1 : 0);
      const low = rest < 0 ? rest + wideBase : rest;
      balance[at] = high < 0 ? 0 : high;
      balance[at | 1] = high < 0 ? 0 : low;
      // Below 0 the high part alone is: high * 2^50 + low, turned round.
      if (high < 0) addWide(missed, at, low === 0 ? -high : -high - 1, low === 0 ? 0 : wideBase - low);
    }
    if (t >= 0) {
      addWide(balance, t << 1, vHigh, vLow);
      if (balance[t << 1]! > wideHighMax) return false;
    }
  }
  return true;
}
