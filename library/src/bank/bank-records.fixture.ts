import { createHash } from "node:crypto";
import type { Instant } from "../money/instant.ts";
import type {
  Agent,
  EntryRecord,
  MoneyText,
  OrderRecord,
  Original,
  RecallAnswerRecord,
  RecallRecord,
  References,
  ReturnRecord,
  Side,
  Source,
  StatementRecord,
  StatusRecord,
  TextRecord,
} from "./record.ts";
import { noReferences } from "./reference.ts";

/** Invented banks and people, and records of what they send each other. Everything has a default. */

export const noOriginal: Original = {
  messageId: null,
  messageName: null,
  instructionId: null,
  endToEndId: null,
  transactionId: null,
  uetr: null,
  money: null,
  settlementDate: null,
};

export const bank = (bic: string): Agent => ({ bic, clearing: null, name: null });
export const [bankA, bankB, bankC, bankD] = ["AAAAUS33XXX", "BBBBGB2LXXX", "CCCCDEFFXXX", "DDDDFRPPXXX"].map(bank) as [
  Agent,
  Agent,
  Agent,
  Agent,
];

export function account(other: string, agent: Agent | null, name: string | null = null): Side {
  const party = name === null ? null : { name, ids: [], country: null };
  return { account: { iban: null, other, currency: null }, party, agent };
}

export function named(name: string, agent: Agent | null = null): Side {
  return { account: null, party: { name, ids: [], country: null }, agent };
}

export const nobody: Side = { account: null, party: null, agent: null };
export const ann = account("111", bankA, "Ann Archer");
export const ben = account("222", bankB, "Ben Baker");
export const cat = account("333", bankC, "Cat Cooper");
export const [annKey, benKey, catKey] = ["111@AAAAUS33", "222@BBBBGB2L", "333@CCCCDEFF"];

/** `usd(12.5)` is 1250 cents. */
export const usd = (dollars: number): MoneyText => ({ currency: "USD", amount: String(Math.round(dollars * 100)) });
export const eur = (euros: number): MoneyText => ({ currency: "EUR", amount: String(Math.round(euros * 100)) });

/** `at("2024-03-01T10:00")` */
export const at = (text: string) => Date.parse(`${text}:00Z`) as Instant;

const sourceOf = (file: string, message: number): Source => ({
  file,
  sha256: createHash("sha256").update(file).digest("hex"),
  message,
});

interface Placed {
  readonly file?: string;
  /** The message's number in the file. */
  readonly number?: number;
  /** The transaction's number in the message. */
  readonly item?: number;
  readonly created?: Instant | null;
}

function base({ file = "a.xml", number = 1, item = 1, created = null }: Placed, message: string) {
  return { source: sourceOf(file, number), places: { money: `/Document/Tx[${item}]/Amt` }, message, created };
}

type Changes<Kind> = Partial<Omit<Kind, "kind" | "references" | "original">> & {
  readonly references?: Partial<References>;
  readonly original?: Partial<Original>;
};

export function order(where: Placed, changes: Changes<OrderRecord> = {}): OrderRecord {
  const { references, original: _, ...others } = changes;
  return {
    kind: "order",
    ...base(where, "pacs.008.001.08"),
    level: "customer",
    settled: usd(100),
    instructed: null,
    exchangeRate: null,
    settlementDate: "2024-03-01",
    settlementTime: null,
    debtor: ann,
    creditor: ben,
    ultimateDebtor: null,
    ultimateCreditor: null,
    instructing: null,
    instructedAgent: null,
    intermediaries: [],
    chargeBearer: null,
    charges: [],
    remittance: [],
    purpose: null,
    underlying: null,
    fate: null,
    ...others,
    references: { ...noReferences, ...references },
  };
}

export function entry(where: Placed, changes: Changes<EntryRecord> = {}): EntryRecord {
  const { references, original: _, ...others } = changes;
  const money = changes.money ?? usd(100);
  return {
    kind: "entry",
    ...base(where, "camt.053.001.08"),
    statement: "S1",
    level: "statement",
    account: ann,
    number: where.item ?? 1,
    detail: null,
    entryMoney: money,
    money,
    isCredit: false,
    isReversal: false,
    status: "booked",
    bookingDate: "2024-03-01",
    bookingTime: null,
    valueDate: null,
    entryReference: null,
    servicerReference: null,
    counterparty: nobody,
    charges: [],
    remittance: [],
    code: null,
    returns: null,
    ...others,
    references: { ...noReferences, ...references },
  };
}

export function statement(where: Placed, changes: Changes<StatementRecord> = {}): StatementRecord {
  const { references: _, original: __, ...others } = changes;
  return {
    kind: "statement",
    ...base(where, "camt.053.001.08"),
    id: "S1",
    sequence: null,
    level: "statement",
    account: ann,
    from: null,
    to: null,
    balances: [],
    ...others,
  };
}

/** An opening and a closing balance; debts negative. */
export function balances(opening: number, closing: number, money = usd): StatementRecord["balances"] {
  const one = (kind: "opening" | "closing", value: number) => {
    return { kind, money: money(Math.abs(value)), isDebit: value < 0, date: null };
  };
  return [one("opening", opening), one("closing", closing)];
}

export function status(where: Placed, changes: Changes<StatusRecord> = {}): StatusRecord {
  const { references: _, original, ...others } = changes;
  return {
    kind: "status",
    ...base(where, "pacs.002.001.10"),
    status: "ACSC",
    reason: null,
    ...others,
    original: { ...noOriginal, ...original },
  };
}

export function back(where: Placed, changes: Changes<ReturnRecord> = {}): ReturnRecord {
  const { references, original, ...others } = changes;
  return {
    kind: "return",
    ...base(where, "pacs.004.001.09"),
    returned: usd(100),
    charges: [],
    settlementDate: "2024-03-04",
    settlementTime: null,
    reason: "AC04",
    debtor: null,
    creditor: null,
    ...others,
    references: { ...noReferences, ...references },
    original: { ...noOriginal, ...original },
  };
}

export function recall(where: Placed, changes: Changes<RecallRecord> = {}): RecallRecord {
  const { references, original, ...others } = changes;
  return {
    kind: "recall",
    ...base(where, "camt.056.001.08"),
    reason: "FRAD",
    ...others,
    references: { ...noReferences, ...references },
    original: { ...noOriginal, ...original },
  };
}

export function answer(where: Placed, changes: Changes<RecallAnswerRecord> = {}): RecallAnswerRecord {
  const { references, original, ...others } = changes;
  return {
    kind: "recall-answer",
    ...base(where, "camt.029.001.09"),
    answer: "accepted",
    code: "CNCL",
    ...others,
    references: { ...noReferences, ...references },
    original: { ...noOriginal, ...original },
  };
}

export function text(where: Placed, changes: Changes<TextRecord> = {}): TextRecord {
  const { references, original: _, ...others } = changes;
  return {
    kind: "text",
    ...base(where, "MT199"),
    text: "PLEASE CALL",
    ...others,
    references: { ...noReferences, ...references },
  };
}
