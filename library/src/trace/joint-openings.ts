import { type AccountColumns, type AmountColumn, nowhere } from "./account-columns.ts";
import type { LinkPlace, LinkPlans } from "./plan-links.ts";
import type { Direction } from "./rule.ts";

/** What stands in the holdings of an account part before the first transfer that a trail in its direction takes. */
export interface StartBalances {
  /** [holdingCount] Smallest units; below 0 for a debt. */
  readonly balances: readonly bigint[];
  /** Whether the ledger says what a holding's balance was. */
  isKnown(holding: number): boolean;
}

/** One column read as bigints, whichever it is made of. */
export function readAmounts(column: AmountColumn): (transfer: number) => bigint {
  return column instanceof Float64Array ? (transfer) => BigInt(column[transfer]!) : (transfer) => column[transfer]!;
}

/**
 * The opening balances, where not known the least from which no balance falls below 0: every debit is taken before
 * the credit of the same transfer. Backward the closing balances, which follow from them. What a link's target pays is
 * left out where the opening is not known: it had been there before, whatever the ledger says.
 */
export function findStartBalances(
  columns: AccountColumns,
  part: number,
  { places, orders }: LinkPlans,
  direction: Direction,
): StartBalances {
  const { holdingCount, openings, openingDefault } = columns;
  const isKnown = (holding: number) => openingDefault !== null || openings.has(holding);
  const balances = new Array<bigint>(holdingCount).fill(0n);
  for (const [holding, opening] of openings) balances[holding] = opening;
  const areAllKnown = openingDefault !== null || openings.size >= holdingCount;
  if (areAllKnown && direction === "forward") return { balances, isKnown };
  const { running, lowest } = runBalances(columns, orders[part]!, isKnown, targetsOf(places[part]!, direction));
  for (let holding = 0; holding < holdingCount; holding++) {
    if (!isKnown(holding)) balances[holding] = -lowest[holding]!;
    if (direction === "backward") balances[holding]! += running[holding]!;
  }
  return { balances, isKnown };
}

/** Transfers that a link brings value to, in the ledger's own direction. */
function targetsOf(places: ReadonlyMap<number, LinkPlace>, direction: Direction): Set<number> {
  const targetSide = direction === "forward" ? "to" : "from";
  return new Set([...places].filter(([, { side }]) => side === targetSide).map(([id]) => id));
}

/** Balances from 0 on over all transfers, and how far below 0 each falls. */
function runBalances(
  columns: AccountColumns,
  orders: ReadonlyMap<number, Uint32Array>,
  isKnown: (holding: number) => boolean,
  targets: ReadonlySet<number>,
): { running: bigint[]; lowest: bigint[] } {
  const { holdingCount, transactionCount, txFirstTransfer, transferFrom, transferTo } = columns;
  const amountOf = readAmounts(columns.transferAmount);
  const running = new Array<bigint>(holdingCount).fill(0n);
  const lowest = new Array<bigint>(holdingCount).fill(0n);
  const take = (transfer: number) => {
    const amount = amountOf(transfer);
    const from = transferFrom[transfer]!;
    const to = transferTo[transfer]!;
    if (from !== nowhere && (isKnown(from) || !targets.has(transfer))) {
      const balance = running[from]! - amount;
      running[from] = balance;
      if (balance < lowest[from]!) lowest[from] = balance;
    }
    if (to !== nowhere) running[to]! += amount;
  };
  for (let t = 0; t < transactionCount; t++) {
    const order = orders.size === 0 ? undefined : orders.get(t);
    if (order !== undefined) order.forEach(take);
    else for (let i = txFirstTransfer[t]!; i < txFirstTransfer[t + 1]!; i++) take(i);
  }
  return { running, lowest };
}
