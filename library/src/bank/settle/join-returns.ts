import type { ReturnRecord } from "../record.ts";
import { namesIn, originalNames, realUetr } from "../reference.ts";
import { sourcesOf } from "./arrange-records.ts";
import { addTo, type Flow, flowMonies, moneyOf, newFlow, type Settling } from "./flow.ts";
import type { FlowIndex } from "./flow-index.ts";
import { spokenMoney } from "./spoken-money.ts";

/**
 * Makes payments of the messages that give money back (pacs.004, MT103 and MT202 with /RETN/ or /REJT/). What a
 * return gives back goes from the payee of its original to the payer. Messages about one original are one return
 * where they have one id of their own and one amount (the message again, or its next leg), or where both together
 * would give back more than was paid; else they are returns of parts. A return whose original is not in the records
 * is a payment between those that it names.
 *
 * @returns the returns; `orphans` are those whose original `index` does not hold
 */
export function joinReturns(
  settling: Settling,
  records: readonly ReturnRecord[],
  index: FlowIndex,
): { returns: Flow[]; orphans: Flow[] } {
  const returns: Flow[] = [];
  const orphans: ReturnRecord[] = [];
  for (const record of records) {
    const original = index.find(record.original);
    if (original === null || original === "several") {
      orphans.push(record);
      continue;
    }
    const known = sameReturn(original, record);
    if (known !== undefined) addTo(known, "returnRecords", record);
    else returns.push(returnOf(settling, original, record));
  }
  for (const flow of returns) tellIfTooMuch(settling, flow);
  return { returns, orphans: orphanReturns(settling, orphans) };
}

/** Returns whose original no order is: payments between those that they name, until {@link tieOrphans}. */
function orphanReturns(settling: Settling, records: readonly ReturnRecord[]): Flow[] {
  const flows = new Map<string, Flow>();
  for (const record of records) {
    const { amount, currency } = record.returned;
    const name = realUetr(record.original.uetr) ?? originalNames(record.original)[0];
    const key = name === undefined ? `alone ${flows.size}` : `${name} ${amount} ${currency}`;
    const known = flows.get(key);
    if (known !== undefined) {
      addTo(known, "returnRecords", record);
      continue;
    }
    const flow = newFlow("return", settling.rankOf.get(record)!);
    addTo(flow, "returnRecords", record);
    flow.debtor = record.debtor;
    flow.creditor = record.creditor;
    flow.debtorKey = settling.book.keyOf(record.debtor);
    flow.creditorKey = settling.book.keyOf(record.creditor);
    flows.set(key, flow);
  }
  return [...flows.values()];
}

/** Looks for the originals of orphans again, among payments that only entries tell of. */
export function tieOrphans(settling: Settling, orphans: readonly Flow[], index: FlowIndex): void {
  for (const flow of orphans) {
    const original = index.find(flow.returnRecords[0]!.original);
    if (original === null || original === "several") {
      settling.problems.push({
        what:
          original === null
            ? "A return gives back a payment that is not in the records; it counts as a payment of its own"
            : "Several payments fit what a return gives back; it counts as a payment of its own",
        sources: sourcesOf(flow.returnRecords),
      });
      continue;
    }
    flow.original = original;
    addTo(original, "givenBack", flow);
    // What both ends' entries say of their accounts is better than what the return says.
    if (flow.debit === null) [flow.debtor, flow.debtorKey] = [original.creditor, original.creditorKey];
    if (flow.credit === null) [flow.creditor, flow.creditorKey] = [original.debtor, original.debtorKey];
    tellIfTooMuch(settling, flow);
  }
}

/** The return of a payment, its ends those of the payment the other way round. */
export function returnOf({ rankOf }: Settling, original: Flow, record: ReturnRecord): Flow {
  const flow = backwardFlow("return", original, rankOf.get(record)!);
  addTo(flow, "returnRecords", record);
  return flow;
}

export function backwardFlow(kind: "return" | "reversal", original: Flow, rank: number): Flow {
  const flow = newFlow(kind, rank);
  flow.debtor = original.creditor;
  flow.debtorKey = original.creditorKey;
  flow.creditor = original.debtor;
  flow.creditorKey = original.debtorKey;
  flow.original = original;
  addTo(original, "givenBack", flow);
  return flow;
}

function sameReturn(original: Flow, record: ReturnRecord): Flow | undefined {
  const names = ownNames(record);
  const money = moneyOf(record.returned);
  const returns = original.givenBack.filter(({ kind }) => kind === "return");
  const byName = returns.find((flow) =>
    flow.returnRecords.some(
      (known) =>
        known.returned.amount === record.returned.amount &&
        known.returned.currency === money.currency &&
        ownNames(known).some((name) => names.includes(name)),
    ),
  );
  if (byName !== undefined) return byName;
  const paid = paidBy(original, money.currency);
  const before = returns.filter((flow) => flow.returnRecords.some((one) => one.returned.currency === money.currency));
  let sum = money.amount;
  for (const flow of before) sum += BigInt(flow.returnRecords[0]!.returned.amount);
  return paid !== null && sum > paid ? before.at(-1) : undefined;
}

/** Names of the return itself: not those of what it gives back, which some banks repeat. */
function ownNames({ references, original }: ReturnRecord): string[] {
  const others = new Set(originalNames(original));
  return namesIn(references).filter((name) => !others.has(name));
}

function paidBy(original: Flow, currency: string): bigint | null {
  const { pays, gets, others } = flowMonies(original);
  let most: bigint | null = null;
  for (const money of [pays, gets, ...others]) {
    if (money?.currency === currency && (most === null || money.amount > most)) most = money.amount;
  }
  return most;
}

function tellIfTooMuch(settling: Settling, { original, returnRecords }: Flow): void {
  const { amount, currency } = moneyOf(returnRecords[0]!.returned);
  const paid = paidBy(original!, currency);
  if (paid === null || amount <= paid) return;
  settling.problems.push({
    what: `A return gives back ${spokenMoney(amount, currency)}, and only ${spokenMoney(paid, currency)} were paid`,
    sources: sourcesOf([...returnRecords, ...original!.legs.slice(0, 1)]),
  });
}
