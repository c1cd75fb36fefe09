import { type Flow, type Money, onlyOrderOf, ordersOf, recordsOf } from "./flow.ts";
import type { Exchange } from "./payment-chain.ts";
import type { BankRecord, OrderRecord, References } from "./record.ts";
import { isUnnamed } from "./reference.ts";

/**
 * What a person may want to read of a payment, as JSON: `tellings` (each message and entry with its file, number and
 * the places of its values), `debtor`, `creditor`, `ultimateDebtor`, `ultimateCreditor`, `agents`, `references` by
 * kind, `remittance`, `purposes`, `codes`, `reasons`, `charges`, `chargeBearer`, `amounts` (as each message has
 * them), `fx` (`{at, from: {currency, amount}, to: {currency, amount}, rate}` for each change of currency), `matched`
 * (how entries were found to belong to it), `statuses`, `recalls`, `texts`, `notes`. What is empty is left out.
 */
export function aboutOf(flow: Flow, exchanges: readonly Exchange[]): Readonly<Record<string, unknown>> {
  const only = onlyOrderOf(flow);
  if (only !== null && exchanges.length === 0) return aboutOnly(flow, only);
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
    codes: distinct(records.flatMap((one) => (one.kind === "entry" ? (one.code ?? []) : []))),
    reasons: distinct(records.flatMap((one) => reasonOf(one) ?? [])),
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

/** The same of a payment of which one order tells: most are such. */
function aboutOnly({ debtor, creditor }: Flow, only: OrderRecord): Readonly<Record<string, unknown>> {
  const { message, settled, instructed } = only;
  const about: Record<string, unknown> = { tellings: [tellingOf(only)] };
  const add = (name: string, value: object | null) => {
    if (value !== null) about[name] = value;
  };
  const addAll = (name: string, values: readonly unknown[]) => {
    if (values.length > 0) about[name] = values;
  };
  add("debtor", debtor);
  add("creditor", creditor);
  add("ultimateDebtor", only.ultimateDebtor);
  add("ultimateCreditor", only.ultimateCreditor);
  if (only.instructing !== null || only.instructedAgent !== null || only.intermediaries.length > 0) {
    addAll("agents", [only.instructing, only.instructedAgent, ...only.intermediaries].filter(Boolean));
  }
  if (!isUnnamed(only.references)) add("references", referencesOf([only]));
  addAll("remittance", distinct([...only.remittance]));
  if (only.purpose !== null) addAll("purposes", [only.purpose]);
  addAll("charges", only.charges);
  if (only.chargeBearer !== null) about.chargeBearer = only.chargeBearer;
  about.amounts = [{ message, settled, instructed }];
  if (only.notes !== undefined) addAll("notes", distinct([...only.notes]));
  return about;
}

function tellingOf({ kind, message, source, created, places }: BankRecord) {
  const { file, sha256, message: number } = source;
  return { kind, message, file, sha256, number, created, places };
}

function reasonOf(record: BankRecord): string | null {
  if (record.kind === "entry") return record.returns?.reason ?? null;
  return "reason" in record ? record.reason : null;
}

function rateOf(flow: Flow): string | null {
  return ordersOf(flow).find(({ exchangeRate }) => exchangeRate !== null)?.exchangeRate ?? null;
}

function referencesOf(records: readonly BankRecord[]): Record<string, string[]> {
  const byKind: Record<string, string[]> = {};
  const add = (kind: string, text: string | null) => {
    if (text === null) return;
    const known = byKind[kind];
    if (known === undefined) byKind[kind] = [text];
    else if (known.at(-1) !== text) known.push(text);
  };
  for (const record of records) {
    if ("references" in record) {
      for (const kind in record.references) add(kind, record.references[kind as keyof References]);
    }
    if (record.kind !== "entry") continue;
    add("servicerReference", record.servicerReference);
    add("entryReference", record.entryReference);
  }
  for (const kind in byKind) byKind[kind] = distinct(byKind[kind]!);
  return byKind;
}

const textOf = ({ currency, amount }: Money) => ({ currency, amount: String(amount) });
const distinct = (texts: string[]) => (texts.length < 2 ? texts : [...new Set(texts)]);

function withoutEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value === null || value === undefined) continue;
    const isEmpty = Array.isArray(value) ? value.length === 0 : typeof value === "object" && !hasFields(value);
    if (!isEmpty) kept[name] = value;
  }
  return kept;
}

function hasFields(value: object): boolean {
  for (const _ in value) return true;
  return false;
}
