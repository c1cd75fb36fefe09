import type { AccountColumns } from "./account-columns.ts";
import type { OrderedAccounts } from "./account-order.ts";

const amountMax = Number.MAX_SAFE_INTEGER;

/**
 * The balances before the first transfer of the order taken, in pairs with a place for what is traced: [2h] the
 * opening of holding h, [2h + 1] zero. Side by side, because a transfer asks for both, and a random read is what a
 * transfer costs.
 *
 * One pass adds up what each holding moves and keeps the lowest sum, in those same pairs. Rounding is monotone, so a
 * sum that is not past 2^53 in doubles was exact. Null where one is, or where a known opening goes into debt.
 */
export function openDoubles(columns: AccountColumns, order: OrderedAccounts): Float64Array | null {
  const amount = order.amount as Float64Array;
  const pairs = new Float64Array(2 * order.holdingCount);
  if (!addUp(order, amount, pairs)) return null;
  for (let h = 0; h < order.holdingCount; h++) {
    const moved = pairs[2 * h]!;
    const lowest = pairs[2 * h + 1]!;
    if (lowest < -amountMax) return null;
    const known = columns.openings.get(h) ?? columns.openingDefault;
    let opening = -lowest;
    if (known !== null) {
      if (known > BigInt(amountMax) || known < 0n) return null;
      // Backward a trail starts with the closing balance: what the mirrored ledger takes away is what came in.
      opening = order.isForward ? Number(known) : Number(known) - moved;
      if (opening > amountMax || opening + lowest < 0) return null;
    }
    pairs[2 * h] = opening;
    pairs[2 * h + 1] = 0;
  }
  return pairs;
}

function addUp({ from, to, transferCount }: OrderedAccounts, amount: Float64Array, pairs: Float64Array): boolean {
  let highest = 0;
  for (let x = 0; x < transferCount; x++) {
    const v = amount[x]!;
    const f = from[x]!;
    const t = to[x]!;
    if (v > highest) highest = v;
    if (f >= 0) {
      const sum = pairs[2 * f]! - v;
      pairs[2 * f] = sum;
      if (sum < pairs[2 * f + 1]!) pairs[2 * f + 1] = sum;
    }
    if (t >= 0) {
      const sum = pairs[2 * t]! + v;
      pairs[2 * t] = sum;
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
