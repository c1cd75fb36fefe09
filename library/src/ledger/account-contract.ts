import type { Instant } from "../money/instant.ts";
import type { Page } from "./contract.ts";

/**
 * What an account ledger takes and gives. Rows name things by text; what is stored is addressed by dense ids in the
 * ledger's order: by height and position where there are heights, else by time, then by when it was listed.
 */

// ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One transfer as a source tells it. The same transfer told twice (transaction, layer, index) counts once. */
export interface TransferTelling {
  /** A transaction hash, a payment's key: what the transfers of one transaction share. */
  readonly transaction: string;
  readonly height: number | null;
  /** Position of the transaction in its block, or in the order in which it was listed. */
  readonly position: number | null;
  readonly time: Instant | null;
  /** The time is a day without an hour. */
  readonly dayOnly: boolean;
  /** Which telling of the transaction this belongs to, such as `call` or `log`: indices are unique within it. */
  readonly layer: string;
  /** Order within the transaction, over all layers that count. */
  readonly index: number;
  /** Accounts by name; null: nobody (mined, minted; burnt). */
  readonly from: string | null;
  readonly to: string | null;
  readonly asset: string;
  /** Smallest units, 0 to 2^256 - 1. */
  readonly amount: bigint;
  readonly isFee: boolean;
  /** This transfer gives back that one, wholly or in part. */
  readonly returns: { readonly transaction: string; readonly layer: string; readonly index: number } | null;
}

export interface AssetFact {
  readonly asset: string;
  readonly decimals: number | null;
  readonly symbol: string | null;
}

/** What a source knows of an account beside its transfers. Newer facts add to older ones. */
export interface AccountFact {
  readonly account: string;
  /** See `coverages` of `trace/account-columns.ts`. */
  readonly coverage: "covered" | "partly" | "outside" | null;
  /** Owners, agent, kind of id: JSON that the room of the source knows how to read. */
  readonly about: string | null;
}

/**
 * A balance that is known before a moment: of a statement, of a node. Where two facts of one holding disagree neither
 * is taken, and the settlement lists them.
 */
export interface OpeningFact {
  readonly account: string;
  readonly asset: string;
  /**
   * The balance before the block of this height; the ledger works it back to before its first transfer, and leaves it
   * out where it is partial and holds earlier transfers. Null or absent: before the first transfer.
   */
  readonly height?: number | null;
  /** Smallest units; negative: overdrawn. */
  readonly amount: bigint;
  /** Who says so: a file and its place, a node and its block. */
  readonly source: string;
}

export interface TransactionFact {
  readonly transaction: string;
  /** JSON that the room of the source knows how to read: references, parties, remittance text, places. */
  readonly about: string;
}

export interface AccountLedgerFacts {
  readonly assets?: readonly AssetFact[];
  readonly accounts?: readonly AccountFact[];
  readonly openings?: readonly OpeningFact[];
  readonly transactions?: readonly TransactionFact[];
  /** The ledger begins where its chain begins: a balance that no fact names was zero. False takes that back. */
  readonly fromGenesis?: boolean;
}

/** In the order of their numbers in columns; those of `trace/account-columns.ts`. */
export const coverageNames = ["covered", "partly", "outside"] as const;

// ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface AccountLedgerSummary {
  readonly name: string;
  readonly kind: "account";
  readonly network: string;
  /** Some transfers rather than all of a range of blocks: a balance may be moved in ways that it does not hold. */
  readonly partial: boolean;
  /** Why, or what else is missing: `internal transfers missing`. */
  readonly missing: readonly string[];
  /** Different heights. */
  readonly blocks: number;
  readonly transactions: number;
  readonly transfers: number;
  readonly accounts: number;
  readonly assets: number;
  /** Highest height (null where there is none), and a SHA-256 over all that counts, in the ledger's order. */
  readonly tip: { readonly height: number | null; readonly hash: string } | null;
}

export interface AccountTransactionRecord {
  readonly id: number;
  readonly name: string;
  readonly height: number | null;
  readonly position: number | null;
  readonly time: Instant | null;
  readonly dayOnly: boolean;
  readonly about: string | null;
}

export interface TransferRecord {
  readonly id: number;
  readonly transaction: number;
  readonly layer: string;
  readonly index: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly asset: string;
  readonly amount: bigint;
  readonly isFee: boolean;
  /** The transfer that it returns. */
  readonly returns: number | null;
}

export interface AccountRecord {
  readonly id: number;
  readonly name: string;
  readonly coverage: "covered" | "partly" | "outside" | null;
  readonly about: string | null;
}

/** What an account received, paid and so gained in an asset; `opening` and `balance` are null where not known. */
export interface BalanceRecord {
  readonly asset: string;
  readonly transfers: number;
  readonly received: bigint;
  readonly paid: bigint;
  readonly opening: bigint | null;
  readonly balance: bigint | null;
}

/** The columns that `trace/account-columns.ts` documents, with the way back to the ledger's names. */
export interface LoadedAccounts {
  readonly columns: {
    readonly transactionCount: number;
    readonly transferCount: number;
    readonly holdingCount: number;
    readonly txFirstTransfer: Uint32Array;
    readonly txHeight: Uint32Array;
    readonly txTime: Float64Array;
    readonly txDayOnly: Uint8Array;
    readonly transferFrom: Uint32Array;
    readonly transferTo: Uint32Array;
    readonly transferAmount: Float64Array | readonly bigint[];
    readonly transferIsFee: Uint8Array;
    readonly returnOf: ReadonlyMap<number, number>;
    readonly openings: ReadonlyMap<number, bigint>;
    readonly openingDefault: 0n | null;
    readonly holdingCoverage: Uint8Array;
  };
  /** [holdingCount] The account's id. */
  readonly holdingAccount: Uint32Array;
  /** [holdingCount] Index into {@link assets}. */
  readonly holdingAsset: Uint32Array;
  readonly assets: readonly AssetFact[];
}

/** One account ledger, a picture of what counted when it was opened. Ids of transactions and transfers are those of
 * {@link LoadedAccounts}. */
export interface AccountLedger {
  summary(): Promise<AccountLedgerSummary>;
  assets(): Promise<readonly AssetFact[]>;
  /** By name, as the source writes it. */
  transaction(name: string): Promise<AccountTransactionRecord | null>;
  transactionsById(ids: readonly number[]): Promise<AccountTransactionRecord[]>;
  /** Those of whose `about` this text is a part, in the ledger's order; all abouts are looked at. */
  transactionsSaying(
    text: string,
    page: { after: string | null; limit: number },
  ): Promise<Page<AccountTransactionRecord>>;
  transfersOf(transaction: number): Promise<TransferRecord[]>;
  transfersById(ids: readonly number[]): Promise<TransferRecord[]>;
  account(name: string): Promise<AccountRecord | null>;
  accountsNamed(names: readonly string[]): Promise<AccountRecord[]>;
  accountsById(ids: readonly number[]): Promise<AccountRecord[]>;
  /** Oldest first. */
  transfersOfAccount(account: number, page: { after: string | null; limit: number }): Promise<Page<TransferRecord>>;
  balancesOf(account: number): Promise<BalanceRecord[]>;
  /** Of all accounts, by account and asset. */
  balances(page: { after: string | null; limit: number }): Promise<Page<BalanceRecord & { account: string }>>;
  /** @throws TooManyTransfersError past `transfersMax` */
  load(limit?: { transfersMax: number }): Promise<LoadedAccounts>;
  close(): Promise<void>;
}
