import { hash } from "node:crypto";
import type { EntryRecord } from "../record.ts";
import { namesIn, realUetr } from "../reference.ts";
import type { Unsettled } from "../settled.ts";
import { sourcesOf } from "./arrange-records.ts";
import { addTo, type Flow, type Settling } from "./flow.ts";
import type { FlowIndex } from "./flow-index.ts";
import type { UniqueEntry } from "./unify-entries.ts";

/**
 * Entries that are not booked: pending, future, or for information. They do not move. One that has the reference of a
 * payment, on one of its accounts, is kept with it; the others are listed.
 */
export function unsettledEntries(settling: Settling, entries: readonly UniqueEntry[], index: FlowIndex): Unsettled[] {
  const unsettled: Unsettled[] = [];
  const keys = new Map<string, number>();
  for (const entry of entries) {
    const records = entry.told.flatMap(({ details, again }) => [...details, ...again]);
    const [first] = records as [EntryRecord, ...EntryRecord[]];
    const flow = flowOf(index, entry, first);
    if (flow !== undefined) {
      for (const record of records) addTo(flow, "announced", record);
      continue;
    }
    const other = settling.book.keyOf(first.counterparty);
    const { currency, amount } = first.entryMoney;
    const identity = [entry.account, first.isCredit, currency, amount, first.valueDate, first.servicerReference];
    const plain = `entry-${hash("sha256", JSON.stringify([...identity, first.references]), "hex").slice(0, 24)}`;
    const count = (keys.get(plain) ?? 0) + 1;
    keys.set(plain, count);
    unsettled.push({
      key: count === 1 ? plain : `${plain}#${count}`,
      fate: "pending",
      currency,
      amount: BigInt(amount),
      from: first.isCredit ? other : entry.account,
      to: first.isCredit ? entry.account : other,
      date: first.bookingDate ?? first.valueDate,
      why: `the entry is ${first.status === "information" ? "for information" : first.status}, not booked`,
      sources: sourcesOf(records),
    });
  }
  return unsettled;
}

function flowOf(index: FlowIndex, { account }: UniqueEntry, { references, isCredit }: EntryRecord): Flow | undefined {
  const named = [
    ...index.ofUetr(realUetr(references.uetr)),
    ...namesIn(references).flatMap((name) => index.ofName(name)),
  ];
  const flows = new Set(named.filter((flow) => (isCredit ? flow.creditorKey : flow.debtorKey) === account));
  return flows.size === 1 ? [...flows][0] : undefined;
}
