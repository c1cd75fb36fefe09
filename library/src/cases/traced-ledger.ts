import type { Network } from "../bitcoin/networks.ts";
import type { AccountLedger, AccountLedgerSummary, LoadedAccounts } from "../ledger/account-contract.ts";
import type { CoinLedger, LedgerSummary, LoadedCoins } from "../ledger/contract.ts";
import type { AccountColumns } from "../trace/account-columns.ts";
import type { DayOrder } from "../trace/day-order.ts";
import { orderDays } from "../trace/order-day.ts";
import type { TrailLedger } from "../trace/trail.ts";

/** One ledger of a trail, loaded. Ids are the ledger's; columns may be put into another order. */
export type TracedLedger = TracedAccounts | TracedCoins;

export interface TracedAccounts {
  readonly kind: "account";
  readonly ledger: AccountLedger;
  readonly summary: AccountLedgerSummary;
  readonly loaded: LoadedAccounts;
}

export interface TracedCoins {
  readonly kind: "coin";
  readonly ledger: CoinLedger;
  readonly summary: LedgerSummary;
  readonly network: Network;
  readonly loaded: LoadedCoins;
  /** [transactionCount] Milliseconds since 1970; NaN where not known. */
  readonly txTime: Float64Array;
}

/** An account ledger's columns under one convention for days without hours, with the ways to and from its ids. */
export interface OrderedAccounts {
  readonly columns: AccountColumns;
  /** From the columns' numbers to the ledger's ids. */
  readonly transactionIds: Uint32Array;
  readonly transferIds: Uint32Array;
  /** From the ledger's ids to the columns' numbers. */
  readonly transferPlaces: Uint32Array;
}

export function orderAccounts({ loaded }: TracedAccounts, order: DayOrder): OrderedAccounts {
  const ordered = orderDays(loaded.columns, order);
  const transferPlaces = new Uint32Array(ordered.transferIds.length);
  ordered.transferIds.forEach((id, place) => {
    transferPlaces[id] = place;
  });
  return { ...ordered, transferPlaces };
}

export function trailLedgerOf({ kind, summary }: TracedLedger): TrailLedger {
  const { name, network, partial, tip } = summary;
  return { name, kind, network, partial, snapshot: { height: tip?.height ?? null, hash: tip?.hash ?? "" } };
}
