import type { OrderRecord } from "../record.ts";
import { compareText } from "./arrange-records.ts";
import { orderDay, orderMoney, type Settling } from "./flow.ts";

/**
 * The messages of one payment in the order in which the money went: each is instructed by the bank that the one
 * before instructs. Where the banks are not named: by day, the larger amount first (charges only ever take away),
 * then as listed.
 */
export function chainLegs({ book, rankOf }: Settling, legs: readonly OrderRecord[]): OrderRecord[] {
  if (legs.length < 2) return [...legs];
  const sorted = [...legs].sort(
    (a, b) => (orderDay(a) ?? 0) - (orderDay(b) ?? 0) || compareAmounts(b, a) || rankOf.get(a)! - rankOf.get(b)!,
  );
  const byInstructing = new Map<string, OrderRecord>();
  const instructed = new Set<string>();
  for (const leg of sorted) {
    const [from, to] = [book.agentKey(leg.instructing), book.agentKey(leg.instructedAgent)];
    if (from === null || to === null || from === to) continue;
    if (!byInstructing.has(from)) byInstructing.set(from, leg);
    instructed.add(to);
  }
  const chained = new Set<OrderRecord>();
  for (const [bank, first] of byInstructing) {
    if (instructed.has(bank)) continue;
    for (let leg: OrderRecord | undefined = first; leg !== undefined && !chained.has(leg); ) {
      chained.add(leg);
      const next: string | null = book.agentKey(leg.instructedAgent);
      leg = next === null ? undefined : byInstructing.get(next);
    }
  }
  for (const leg of sorted) chained.add(leg);
  return [...chained];
}

function compareAmounts(a: OrderRecord, b: OrderRecord): number {
  const [moneyA, moneyB] = [orderMoney(a), orderMoney(b)];
  if (moneyA === null || moneyB === null) return 0;
  if (moneyA.currency !== moneyB.currency) return compareText(moneyA.currency, moneyB.currency);
  return moneyA.amount < moneyB.amount ? -1 : moneyA.amount > moneyB.amount ? 1 : 0;
}
