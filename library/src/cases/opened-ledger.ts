import { type Network, networkNamed } from "../bitcoin/networks.ts";
import { LedgerTwiceError } from "../errors/cases.ts";
import type { AccountLedger, AccountLedgerSummary } from "../ledger/account-contract.ts";
import type { CoinLedger, LedgerSummary } from "../ledger/contract.ts";
import type { DataFolder } from "../ledger/data-folder.ts";

/** A ledger that is open for reading. */
export type OpenedLedger = OpenedAccounts | OpenedCoins;

export interface OpenedAccounts {
  readonly kind: "account";
  readonly ledger: AccountLedger;
  readonly summary: AccountLedgerSummary;
}

export interface OpenedCoins {
  readonly kind: "coin";
  readonly ledger: CoinLedger;
  readonly summary: LedgerSummary;
  readonly network: Network;
}

/**
 * Opens ledgers by name, in that order, does something with them and closes them whatever happened.
 * @throws LedgerTwiceError, LedgerNotFoundError
 */
export async function withOpened<Result>(
  folder: DataFolder,
  names: readonly string[],
  work: (ledgers: readonly OpenedLedger[]) => Promise<Result>,
): Promise<Result> {
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new LedgerTwiceError({ ledger: twice });
  const opened: OpenedLedger[] = [];
  try {
    for (const name of names) opened.push(await openLedger(folder, name));
    return await work(opened);
  } finally {
    for (const { ledger } of opened) await ledger.close();
  }
}

/** Opens a ledger of either kind. @throws LedgerNotFoundError */
export async function openLedger(folder: DataFolder, name: string): Promise<OpenedLedger> {
  const entry = (await folder.ledgers()).find((one) => one.name === name);
  if (entry?.kind === "account") {
    const ledger = await folder.accountLedger(name);
    return { kind: "account", ledger, summary: await ledger.summary() };
  }
  const ledger = await folder.ledger(name);
  const summary = await ledger.summary();
  return { kind: "coin", ledger, summary, network: networkNamed(summary.network) };
}
