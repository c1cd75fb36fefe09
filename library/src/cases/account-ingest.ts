import type { Recall, Reconciled, SettledBank, Unsettled } from "../bank/settled.ts";
import type { AccountLedgerSummary } from "../ledger/account-contract.ts";

/** What an ingest into a ledger of accounts came to. */
export interface AccountIngest {
  /** The whole ledger afterwards. */
  readonly summary: AccountLedgerSummary;
  /** What was read this time, by kind. */
  readonly read: Readonly<Record<string, number>>;
  readonly skipped: readonly { readonly file: string; readonly offset: number | null; readonly reason: string }[];
  /** Sentences about what was not obvious. */
  readonly notes: readonly string[];
  /** Of banks: what did not move, what adds up, what contradicts itself; null elsewhere. */
  readonly bank: BankFindings | null;
}

export interface BankFindings {
  readonly statements: readonly Reconciled[];
  readonly unsettled: readonly Unsettled[];
  readonly recalls: readonly Recall[];
  readonly problems: SettledBank["problems"];
}
