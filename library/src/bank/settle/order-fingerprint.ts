import { dayOfDate } from "../calendar-day.ts";
import type { PlainOrders } from "../csv/plain-orders.ts";
import type { OrderRecord } from "../record.ts";
import { isUnnamed, realReference } from "../reference.ts";
import type { AccountBook } from "./account-key.ts";

/** No id that its sender gave it: whether another order is the same is told by what they say. */
export function isFingerprinted({ references }: OrderRecord): boolean {
  if (isUnnamed(references)) return true;
  return (
    realReference(references.messageId) === null &&
    realReference(references.instructionId) === null &&
    realReference(references.transactionId) === null &&
    realReference(references.uetr) === null
  );
}

/** 30 bits of what an order says, so that they are small integers: the same for the same content. */
export function orderFingerprint(book: AccountBook, order: OrderRecord): number {
  const { settled, settlementDate, debtor, creditor } = order;
  const [payer, payee] = [debtor, creditor].map((side) => (side === null ? 0 : book.keyHashOf(side)));
  return mixed(Number(settled?.amount ?? 0), dayOfDate(settlementDate) ?? 0, payer!, payee!);
}

/** The same of the order that a row is. @param hashes of the sides' keys */
export function rowFingerprint(orders: PlainOrders, row: number, hashes: readonly number[]): number {
  const [payer, payee] = [hashes[orders.debtorAt(row)]!, hashes[orders.creditorAt(row)]!];
  return mixed(Number(orders.amount[row]), dayOfDate(orders.timeAt(row).day) ?? 0, payer, payee);
}

function mixed(amount: number, day: number, payer: number, payee: number): number {
  let hash = Math.imul(amount | 0, 0x9e3779b1) ^ day;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ payer;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ payee;
  return Math.imul(hash ^ (hash >>> 16), 0x27d4eb2f) >>> 2;
}
