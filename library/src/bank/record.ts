import type { Instant } from "../money/instant.ts";

/**
 * What one message, statement entry or row says, normalised; nothing is decided yet. `settle-records.ts` makes of all
 * records of a ledger what moved, what did not, and why. A record is plain data: it survives JSON (amounts as decimal
 * strings of minor units).
 */
export type BankRecord =
  | OrderRecord
  | StatusRecord
  | ReturnRecord
  | RecallRecord
  | RecallAnswerRecord
  | StatementRecord
  | EntryRecord
  | TextRecord;

/** Where a value stands: the file by its SHA-256, and in it the XPath, or tag and line, or row. */
export interface Source {
  readonly file: string;
  readonly sha256: string;
  /** The message's number in the file, from 1. */
  readonly message: number;
}

/** The place of each value that was read, by the field's name: `/Document/FIToFICstmrCdtTrf/…`, `:32A: line 7`. */
export type Places = Readonly<Record<string, string>>;

/** Minor units of a currency (ISO 4217), as decimal digits. */
export interface MoneyText {
  readonly currency: string;
  readonly amount: string;
}

/** A bank or another party between, by whatever it is known by. */
export interface Agent {
  readonly bic: string | null;
  /** A clearing system's id and the member's id in it, `USABA:021000021`. */
  readonly clearing: string | null;
  readonly name: string | null;
}

export interface Party {
  readonly name: string | null;
  /** Organisation or private id: LEI, passport, customer number, with its scheme. */
  readonly ids: readonly string[];
  readonly country: string | null;
}

export interface AccountId {
  /** IBAN without spaces, in capitals; null where it is not one. */
  readonly iban: string | null;
  /** Any other id, as written. */
  readonly other: string | null;
  readonly currency: string | null;
}

/** Who pays or receives: the account, its owner and the bank that holds it. */
export interface Side {
  readonly account: AccountId | null;
  readonly party: Party | null;
  readonly agent: Agent | null;
}

export interface References {
  readonly messageId: string | null;
  readonly instructionId: string | null;
  readonly endToEndId: string | null;
  readonly transactionId: string | null;
  readonly uetr: string | null;
  /** Of the clearing system (IMAD, OMAD and the like). */
  readonly clearingReference: string | null;
  /** MT field 21 of a cover and what else says "related to"; of a customer's order the block of its file (PmtInfId). */
  readonly related: string | null;
}

export interface Charge {
  readonly money: MoneyText;
  /** Who took it. */
  readonly agent: Agent | null;
}

interface RecordBase {
  readonly source: Source;
  readonly places: Places;
  /** `pacs.008.001.08`, `MT103`, `csv`. */
  readonly message: string;
  /** When the message says it was made. */
  readonly created: Instant | null;
  /**
   * What else stands in it that a person may want to read and nothing is concluded from, a line each: MT fields 72, 77B
   * and 23E, a row's other columns, an account that looks like an IBAN and is none.
   */
  readonly notes?: readonly string[];
}

/** An order to pay: pain.001, pacs.008, pacs.009 (COV), MT103, MT202 (COV), a row that says an order was given. */
export interface OrderRecord extends RecordBase {
  readonly kind: "order";
  /**
   * `initiation`: a customer's order to its bank (pain.001). `customer`, `bank`: between banks. `cover`: the money for
   * one that went on another way.
   */
  readonly level: "initiation" | "customer" | "bank" | "cover";
  readonly references: References;
  readonly settled: MoneyText | null;
  readonly instructed: MoneyText | null;
  readonly exchangeRate: string | null;
  /** Settlement or value date; a day. */
  readonly settlementDate: string | null;
  readonly settlementTime: Instant | null;
  readonly debtor: Side;
  readonly creditor: Side;
  readonly ultimateDebtor: Party | null;
  readonly ultimateCreditor: Party | null;
  readonly instructing: Agent | null;
  readonly instructedAgent: Agent | null;
  readonly intermediaries: readonly Agent[];
  /** DEBT/OUR, CRED/BEN, SHAR/SHA, SLEV. */
  readonly chargeBearer: string | null;
  readonly charges: readonly Charge[];
  readonly remittance: readonly string[];
  readonly purpose: string | null;
  /** Of a cover: the payment that it covers, as it says it (pacs.009 COV UndrlygCstmrCdtTrf, MT202COV sequence B). */
  readonly underlying: { readonly debtor: Side; readonly creditor: Side; readonly instructed: MoneyText | null } | null;
  /** What a row or log says of its fate, where it says so: `settled`, `instructed`, `held`, `rejected`. */
  readonly fate: "settled" | "instructed" | "held" | "rejected" | null;
}

/** The message or payment that another one is about, by whatever ids it gives. */
export interface Original {
  readonly messageId: string | null;
  readonly messageName: string | null;
  readonly instructionId: string | null;
  readonly endToEndId: string | null;
  readonly transactionId: string | null;
  readonly uetr: string | null;
  readonly money: MoneyText | null;
  readonly settlementDate: string | null;
}

/** pacs.002, pain.002: what became of an order. */
export interface StatusRecord extends RecordBase {
  readonly kind: "status";
  readonly original: Original;
  /** ISO status code: ACSC, ACSP, ACCC, PDNG, RJCT … */
  readonly status: string;
  readonly reason: string | null;
}

/** pacs.004, an MT103 or MT202 with /RETN/ or /REJT/: the money comes back. */
export interface ReturnRecord extends RecordBase {
  readonly kind: "return";
  readonly references: References;
  readonly original: Original;
  readonly returned: MoneyText;
  readonly charges: readonly Charge[];
  readonly settlementDate: string | null;
  readonly settlementTime: Instant | null;
  readonly reason: string | null;
  /** Who pays back and who gets it back, where the message says so. */
  readonly debtor: Side | null;
  readonly creditor: Side | null;
}

/** camt.056, MT n92: somebody asks for the money back. */
export interface RecallRecord extends RecordBase {
  readonly kind: "recall";
  readonly references: References;
  readonly original: Original;
  readonly reason: string | null;
}

/** camt.029, MT n96: the answer. */
export interface RecallAnswerRecord extends RecordBase {
  readonly kind: "recall-answer";
  readonly references: References;
  readonly original: Original;
  readonly answer: "accepted" | "rejected" | "pending";
  readonly code: string | null;
}

export interface StatementBalance {
  /** `opening`, `closing`, `interim`; booked balances only. */
  readonly kind: "opening" | "closing" | "interim" | "available";
  readonly money: MoneyText;
  /** The balance is a debt. */
  readonly isDebit: boolean;
  readonly date: string | null;
}

/** camt.052, .053, .054, MT940, MT942: a statement as a whole; its entries are records of their own. */
export interface StatementRecord extends RecordBase {
  readonly kind: "statement";
  /** What the entries of this statement name. */
  readonly id: string;
  readonly sequence: string | null;
  /** `statement` (camt.053, MT940), `report` (camt.052, MT942), `notification` (camt.054). */
  readonly level: "statement" | "report" | "notification";
  readonly account: Side;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly balances: readonly StatementBalance[];
}

/** One movement of an account as its statement says it. A batch entry has one record a transaction detail. */
export interface EntryRecord extends RecordBase {
  readonly kind: "entry";
  readonly statement: string;
  readonly level: "statement" | "report" | "notification";
  readonly account: Side;
  /** Position in the statement, from 0; `detail` in the entry's details, from 0; null where it has none. */
  readonly number: number;
  readonly detail: number | null;
  /** The whole entry's money, and that of this detail where there are several. */
  readonly entryMoney: MoneyText;
  readonly money: MoneyText;
  readonly isCredit: boolean;
  /** RvslInd, RC, RD: it takes back an earlier entry. */
  readonly isReversal: boolean;
  readonly status: "booked" | "pending" | "information" | "future";
  readonly bookingDate: string | null;
  readonly bookingTime: Instant | null;
  readonly valueDate: string | null;
  readonly entryReference: string | null;
  readonly servicerReference: string | null;
  readonly references: References;
  readonly counterparty: Side;
  readonly charges: readonly Charge[];
  readonly remittance: readonly string[];
  /** Bank transaction code, domain/family/sub-family or proprietary, or MT's N and three letters. */
  readonly code: string | null;
  /** A return's own original, where the entry names it (RtrInf, /RETN/). */
  readonly returns: { readonly reason: string | null } | null;
}

/** MT199 and what else is words: kept, and nothing is concluded from it. */
export interface TextRecord extends RecordBase {
  readonly kind: "text";
  readonly references: References;
  readonly text: string;
}

/** What a file gave: records, and what was set aside with its reason. */
export interface BankFileResult {
  readonly file: string;
  readonly sha256: string;
  readonly records: number;
  readonly skipped: readonly SetAside[];
}

export interface SetAside {
  readonly file: string;
  /** The byte, where it is known. */
  readonly offset: number | null;
  readonly reason: string;
}
