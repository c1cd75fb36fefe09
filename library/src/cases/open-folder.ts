import { existsSync } from "node:fs";
import { accountKey } from "../bitcoin/account-key.ts";
import { decodeTransaction } from "../bitcoin/decode-transaction.ts";
import { transactionId } from "../bitcoin/encode-transaction.ts";
import { internalHash } from "../bitcoin/hash.ts";
import { networkNamed } from "../bitcoin/networks.ts";
import { LedgerNotFoundError } from "../errors/ledger.ts";
import type { AccountLedgerSummary } from "../ledger/account-contract.ts";
import type { CoinChain, CoinLedger, LedgerSummary } from "../ledger/contract.ts";
import { DataFolder } from "../ledger/data-folder.ts";
import { type OpenedCoins, openLedger, withOpened } from "./opened-ledger.ts";
import { type Shown, type ShowRequest, showInLedger } from "./show.ts";
import { type AccountShown, showInAccountLedger } from "./show-account.ts";

/**
 * Opens a data folder (made where it is not there), does something with it, and closes it whatever happened. Where that
 * failed, it leaves no ledger behind that was made for it and that nothing went into.
 */
export async function withFolder<Result>(path: string, work: (folder: DataFolder) => Promise<Result>): Promise<Result> {
  const folder = await DataFolder.open(path, { chainOf });
  try {
    return await work(folder);
  } catch (error) {
    // What went wrong first is what is worth saying.
    await folder.dropEmpty().catch(() => {});
    throw error;
  } finally {
    await folder.close();
  }
}

/** Opens a ledger for reading, does something with it, and closes it whatever happened. @throws LedgerNotFoundError */
export async function withLedger<Result>(
  path: string,
  name: string,
  work: (ledger: CoinLedger) => Promise<Result>,
): Promise<Result> {
  // Reading leaves no folder behind.
  if (!existsSync(path)) throw new LedgerNotFoundError({ name, folder: path, known: [] });
  return withFolder(path, async (folder) => {
    const ledger = await folder.ledger(name);
    try {
      return await work(ledger);
    } finally {
      await ledger.close();
    }
  });
}

/** The ledgers of a data folder, of either kind, by name. */
export async function listLedgers(path: string): Promise<(LedgerSummary | AccountLedgerSummary)[]> {
  if (!existsSync(path)) return [];
  return withFolder(path, async (folder) => {
    const summaries: (LedgerSummary | AccountLedgerSummary)[] = [];
    for (const { name } of await folder.ledgers()) {
      const { ledger, summary } = await openLedger(folder, name);
      summaries.push(summary);
      await ledger.close();
    }
    return summaries;
  });
}

/** Shows what a text names in a ledger of either kind. @throws LedgerNotFoundError, NoSuchLedgerThingError */
export async function showInFolder(path: string, name: string, request: ShowRequest): Promise<Shown | AccountShown> {
  // Reading leaves no folder behind.
  if (!existsSync(path)) throw new LedgerNotFoundError({ name, folder: path, known: [] });
  return withFolder(path, (folder) =>
    withOpened(folder, [name], async ([opened]) =>
      opened?.kind === "account"
        ? showInAccountLedger(opened.ledger, request)
        : showInLedger((opened as OpenedCoins).ledger, request),
    ),
  );
}

function chainOf(name: string): CoinChain {
  const network = networkNamed(name);
  return {
    accountKey,
    transactionId: (raw) => internalHash(transactionId(decodeTransaction(raw))),
    duplicateCoinbaseHeights: new Set(network.bip30Exceptions),
    genesisSpendable: false,
  };
}
