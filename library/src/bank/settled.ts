import type { Instant } from "../money/instant.ts";
import type { Side, Source } from "./record.ts";

/** What all records of a bank ledger come to. */
export interface SettledBank {
  /** What moved, in the order of settlement; the same day in the order in which it was listed. */
  readonly payments: readonly Payment[];
  /** Orders that did not move money, with the reason: instructed, rejected, held, a cover without its payment … */
  readonly unsettled: readonly Unsettled[];
  readonly recalls: readonly Recall[];
  readonly accounts: readonly BankAccount[];
  readonly openings: readonly KnownBalance[];
  readonly statements: readonly Reconciled[];
  /** Sentences about what contradicts itself, with the places. */
  readonly problems: readonly { readonly what: string; readonly sources: readonly Source[] }[];
}

/** One payment, however many messages and entries tell of it. */
export interface Payment {
  /** Stable and unique: the UETR where there is one, else made of what identifies it. */
  readonly key: string;
  readonly time: Instant | null;
  readonly dayOnly: boolean;
  readonly transfers: readonly BankTransfer[];
  /** The key of the payment that this one gives back. */
  readonly returns: string | null;
  /** References, parties, remittance text, every message and entry that tells of it with its places: for a person. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** Accounts by their key, see {@link BankAccount}; null: outside of everything that the messages name. */
export interface BankTransfer {
  readonly from: string | null;
  readonly to: string | null;
  readonly currency: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly isFee: boolean;
}

export interface Unsettled {
  readonly key: string;
  readonly fate: "instructed" | "rejected" | "held" | "pending" | "cover-only";
  readonly currency: string;
  readonly amount: bigint;
  readonly from: string | null;
  readonly to: string | null;
  readonly date: string | null;
  readonly why: string;
  readonly sources: readonly Source[];
}

export interface Recall {
  /** The payment it asks for; null where no payment of the ledger fits. */
  readonly payment: string | null;
  readonly state: "asked" | "accepted" | "rejected" | "returned";
  readonly reason: string | null;
  readonly sources: readonly Source[];
}

export interface BankAccount {
  /** IBAN; else `ID@AGENT` (BIC, else clearing id); else `NAME@AGENT`; else the bank itself, `@AGENT`. */
  readonly key: string;
  readonly side: Side;
  /** Every name that was given for the owner. */
  readonly names: readonly string[];
  /** `covered` where statements hold it over the whole ledger's time; `partly` where it pays in some message or has a
   * statement; else `outside`. */
  readonly coverage: "covered" | "partly" | "outside";
}

/** The balance before the first payment of the ledger, worked back from a statement. */
export interface KnownBalance {
  readonly account: string;
  readonly currency: string;
  /** Minor units; negative: overdrawn. */
  readonly amount: bigint;
  readonly source: Source;
}

/** A statement added up: opening + entries = closing, or by how much it fails. Minor units, debts negative. */
export interface Reconciled {
  readonly account: string;
  readonly statement: string;
  readonly currency: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly opening: bigint | null;
  readonly entries: bigint;
  readonly closing: bigint | null;
  /** closing - opening - entries; 0 where it adds up; null where a balance is missing. */
  readonly difference: bigint | null;
  readonly source: Source;
  /** Its further pages, and the same statement again. */
  readonly also: readonly Source[];
}
