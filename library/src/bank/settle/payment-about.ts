import { formatInstant, type Instant } from "../../money/instant.ts";
import type { BankRecord, OrderRecord, References, Side } from "../record.ts";
import { isUnnamed } from "../reference.ts";
import { type Flow, type Money, onlyOrderOf, ordersOf, recordsOf } from "./flow.ts";
import type { Exchange } from "./payment-chain.ts";

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

/**
 * The text of what a ledger keeps about a payment: {@link aboutOf} as JSON, the times of messages as a person writes
 * them and the messages last. Of a payment of which one order tells, the sides' texts are made once for all payments.
 */
export class AboutTexts {
  readonly #sides = new Map<Side, string>();
  #head = "";
  #headOf: OrderRecord | null = null;

  textOf(flow: Flow, exchanges: readonly Exchange[]): string {
    const only = onlyOrderOf(flow);
    if (only === null || exchanges.length > 0 || !isBare(only) || flow.debtor === null || flow.creditor === null) {
      return JSON.stringify(readable(aboutOf(flow, exchanges)));
    }
    const { settled, instructed, message, source, places } = only;
    const sides = `"debtor":${this.#side(flow.debtor)},"creditor":${this.#side(flow.creditor)}`;
    const amounts = JSON.stringify({ message, settled, instructed });
    const told = `${this.#headFor(only)}${source.message},"created":null,"places":${JSON.stringify(places)}`;
    return `{${sides},"amounts":[${amounts}],"tellings":[${told}}]}`;
  }

  #side(side: Side): string {
    const known = this.#sides.get(side);
    if (known !== undefined) return known;
    const text = JSON.stringify(side);
    if (this.#sides.size >= sidesKeptMax) this.#sides.clear();
    this.#sides.set(side, text);
    return text;
  }

  /** What orders of one file have in common. */
  #headFor(order: OrderRecord): string {
    const { kind, message, source } = order;
    const last = this.#headOf;
    if (last !== null && last.message === message && last.source.file === source.file) {
      if (last.source.sha256 === source.sha256) return this.#head;
    }
    this.#headOf = order;
    const { file, sha256 } = source;
    this.#head = `${JSON.stringify({ kind, message, file, sha256 }).slice(0, -1)},"number":`;
    return this.#head;
  }
}

const sidesKeptMax = 100_000;

/** It says who paid whom, how much and when, and nothing else. */
function isBare(order: OrderRecord): boolean {
  if (order.created !== null || order.notes !== undefined || !isUnnamed(order.references)) return false;
  if (order.ultimateDebtor !== null || order.ultimateCreditor !== null || order.instructing !== null) return false;
  if (order.instructedAgent !== null || order.intermediaries.length > 0 || order.remittance.length > 0) return false;
  return order.purpose === null && order.charges.length === 0 && order.chargeBearer === null;
}

function readable(about: Readonly<Record<string, unknown>>): unknown {
  const { tellings, ...others } = about;
  const told = (tellings as { created: Instant | null }[]).map((one) => ({
    ...one,
    created: one.created === null ? null : formatInstant(one.created),
  }));
  return { ...others, tellings: told };
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
