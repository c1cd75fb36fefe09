import type { AccountColumns } from "./account-columns.ts";
import type { OrderedAccounts } from "./account-order.ts";
import { takeInPieces } from "./account-records.ts";

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
    const moved = pairs[2 * h]!;
    const lowest = pairs[2 * h + 1]!;
    if (lowest < -amountMax) return null;
    openings[h] = -lowest;
    const known = columns.openings.get(h) ?? columns.openingDefault;
    if (known === null) continue;
    if (known > BigInt(amountMax) || known < 0n) return null;
    // Backward a trail starts with the closing balance: what the mirrored ledger takes away is what came in.
    const opening = order.isForward ? Number(known) : Number(known) - moved;
    if (opening > amountMax || opening + lowest < 0) return null;
    openings[h] = opening;
  }
  return openings;
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

/** The same in bigints, without pairs. Null where a known opening goes into debt. */
export function openBigints(columns: AccountColumns, order: OrderedAccounts, amount: bigint[]): bigint[] | null {
  const { from, to, transferCount, holdingCount, isForward } = order;
  const moved: bigint[] = new Array(holdingCount).fill(0n);
  const lowest: bigint[] = new Array(holdingCount).fill(0n);
  for (let x = 0; x < transferCount; x++) {
    const v = amount[x]!;
    const f = from[x]!;
    const t = to[x]!;
    if (f >= 0) {
      const sum = moved[f]! - v;
      moved[f] = sum;
      if (sum < lowest[f]!) lowest[f] = sum;
    }
    if (t >= 0) moved[t]! += v;
  }
  for (let h = 0; h < holdingCount; h++) {
    const known = columns.openings.get(h) ?? columns.openingDefault;
    let opening = -lowest[h]!;
    if (known !== null) {
      opening = isForward ? known : known - moved[h]!;
      if (known < 0n || opening + lowest[h]! < 0n) return null;
    }
    moved[h] = opening;
  }
  return moved;
}
