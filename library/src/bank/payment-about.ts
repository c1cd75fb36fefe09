import { type Flow, type Money, movementsOf, ordersOf, recordsOf } from "./flow.ts";
import type { Exchange } from "./payment-chain.ts";
import type { BankRecord, References } from "./record.ts";

/**
 * What a person may want to read of a payment, as JSON: `tellings` (each message and entry with its file, number and
 * the places of its values), `debtor`, `creditor`, `ultimateDebtor`, `ultimateCreditor`, `agents`, `references` by
 * kind, `remittance`, `purposes`, `codes`, `reasons`, `charges`, `chargeBearer`, `amounts` (as each message has
 * them), `fx` (`{at, from: {currency, amount}, to: {currency, amount}, rate}` for each change of currency), `matched`
 * (how entries were found to belong to it), `statuses`, `recalls`, `texts`, `notes`. What is empty is left out.
 */
export function aboutOf(flow: Flow, exchanges: readonly Exchange[]): Readonly<Record<string, unknown>> {
  const records = [...recordsOf(flow)];
  const orders = ordersOf(flow);
  return withoutEmpty({
    tellings: records.map(tellingOf),
    debtor: flow.debtor,
    creditor: flow.creditor,
    ultimateDebtor: orders.find(({ ultimateDebtor }) => ultimateDebtor !== null)?.ultimateDebtor,
    ultimateCreditor: orders.find(({ ultimateCreditor }) => ultimateCreditor !== null)?.ultimateCreditor,
    agents: orders.flatMap((one) => [one.instructing, one.instructedAgent, ...one.intermediaries]).filter(Boolean),
    references: referencesOf(records),
    remittance: distinct(records.flatMap((one) => ("remittance" in one ? one.remittance : []))),
    purposes: distinct(orders.flatMap(({ purpose }) => purpose ?? [])),
    codes: distinct([...movementsOf(flow)].flatMap((movement) => movement.records.flatMap(({ code }) => code ?? []))),
    reasons: distinct(records.flatMap((one) => ("reason" in one ? (one.reason ?? []) : (reasonOf(one) ?? [])))),
    charges: orders.at(-1)?.charges ?? flow.returnRecords[0]?.charges,
    chargeBearer: orders[0]?.chargeBearer,
    amounts: orders.map(({ message, settled, instructed }) => ({ message, settled, instructed })),
    fx: exchanges.map(({ at, from, to }) => ({ at, from: textOf(from), to: textOf(to), rate: rateOf(flow) })),
    matched: flow.matched.filter((how) => !how.endsWith("by itself")),
    statuses: flow.statuses.map(({ status, reason }) => ({ status, reason })),
    recalls: flow.recalls.map((one) =>
      one.kind === "recall" ? { asked: true, reason: one.reason } : { answer: one.answer, code: one.code },
    ),
    texts: flow.texts.map(({ text }) => text),
    notes: distinct(records.flatMap(({ notes }) => notes ?? [])),
  });
}

function tellingOf({ kind, message, source, created, places }: BankRecord) {
  const { file, sha256, message: number } = source;
  return { kind, message, file, sha256, number, created, places };
}

function reasonOf(record: BankRecord): string | null {
  return record.kind === "entry" ? (record.returns?.reason ?? null) : null;
}

function rateOf(flow: Flow): string | null {
  return ordersOf(flow).find(({ exchangeRate }) => exchangeRate !== null)?.exchangeRate ?? null;
}

function referencesOf(records: readonly BankRecord[]): Record<string, string[]> {
  const byKind = new Map<string, Set<string>>();
  const add = (kind: string, text: string | null) => {
    if (text !== null) byKind.set(kind, (byKind.get(kind) ?? new Set()).add(text));
  };
  for (const record of records) {
    if ("references" in record) {
      for (const kind in record.references) add(kind, record.references[kind as keyof References]);
    }
    if (record.kind !== "entry") continue;
    add("servicerReference", record.servicerReference);
    add("entryReference", record.entryReference);
  }
  return Object.fromEntries([...byKind].map(([kind, texts]) => [kind, [...texts]]));
}

const textOf = ({ currency, amount }: Money) => ({ currency, amount: String(amount) });
const distinct = (texts: readonly string[]) => [...new Set(texts)];

function withoutEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => {
      if (value === null || value === undefined) return false;
      if (Array.isArray(value)) return value.length > 0;
      return typeof value !== "object" || Object.keys(value).length > 0;
    }),
  );
}
