import type { Instant } from "../money/instant.ts";
import {
  type AccountLedger,
  type AccountLedgerFacts,
  type AccountTransactionRecord,
  type BalanceRecord,
  coverageNames,
  type TransferRecord,
  type TransferTelling,
} from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import type { Supersedes } from "./arrange-transfers.ts";
import { refuseBadFacts } from "./check-facts.ts";
import { refuseBadTelling } from "./check-telling.ts";
import { holdingSums, loadMemoryAccounts } from "./load-memory-accounts.ts";
import { gatherAccounts, type MemoryAccounts } from "./memory-accounts.ts";
import { afterCursor } from "./memory-coin-ledger.ts";
import { memoryTip } from "./memory-tip.ts";
import { refuseOutside } from "./read-coins.ts";
import { TellingColumns } from "./telling-columns.ts";

/** What is said of a ledger that is kept in memory. */
export interface MemoryLedgerAbout {
  readonly name: string;
  readonly network: string;
  readonly partial: boolean;
  readonly missing?: readonly string[];
  readonly supersedes?: readonly Supersedes[];
  /** What is known about a transaction, made when it is asked for, in place of the facts about transactions. */
  readonly aboutOf?: (transaction: Pick<AccountTransactionRecord, "name" | "position">) => string | null;
}

/**
 * An account ledger kept in memory, by columns: for files that are traced as they are, and for tests. Nothing is kept
 * of the tellings themselves, so they may be made one by one.
 * @throws TellingRefusedError
 */
export function memoryAccountLedger(
  tellings: Iterable<TransferTelling>,
  facts: AccountLedgerFacts,
  about: MemoryLedgerAbout,
): AccountLedger {
  const told = takeTellings(tellings, about.name);
  refuseBadFacts(about.name, facts);
  const ledger = gatherAccounts(told, facts, about);
  const { accounts, transactionNames, transferFrom, transferTo, txFirstTransfer } = ledger;
  const abouts = new Map(facts.transactions?.map((fact) => [fact.transaction, fact.about.toWellFormed()]));
  const { aboutOf = ({ name }) => abouts.get(name) ?? null } = about;
  const recordOf = (id: number) => {
    refuseOutside("transaction", id, transactionNames.length);
    const told = transactionRecord(ledger, id);
    return { ...told, about: aboutOf(told) };
  };
  const transferOf = (id: number) => {
    refuseOutside("transfer", id, transferFrom.length);
    return transferRecord(ledger, id);
  };
  const accountByName = later(() => new Map(accounts.map((record) => [record.name, record])));
  const accountAt = (id: number) => {
    refuseOutside("account", id, accounts.length);
    return accounts[id]!;
  };
  const balances = later(() => balancesOf(ledger));
  const tip = memoryTip(ledger);
  return {
    summary: async () => ({
      name: about.name,
      kind: "account",
      network: about.network,
      partial: about.partial,
      missing: ledger.about.missing,
      blocks: new Set(ledger.txHeight.filter((height) => height !== unknown32)).size,
      transactions: transactionNames.length,
      transfers: transferFrom.length,
      accounts: accounts.length,
      assets: ledger.assets.length,
      tip,
    }),
    assets: async () => ledger.assets,
    transaction: async (name) => {
      const id = ledger.transactionOf(name);
      return id === undefined ? null : recordOf(id);
    },
    transactionsById: async (ids) => ids.map(recordOf),
    transactionsSaying: async (text, { after, limit }) => {
      const items: AccountTransactionRecord[] = [];
      for (let id = afterCursor(after) + 1; id < transactionNames.length && items.length <= limit; id++) {
        const record = recordOf(id);
        if (record.about?.includes(text)) items.push(record);
      }
      return { items: items.slice(0, limit), next: items.length > limit ? String(items[limit - 1]!.id) : null };
    },
    transfersOf: async (transaction) => {
      refuseOutside("transaction", transaction, transactionNames.length);
      const [first, end] = [txFirstTransfer[transaction]!, txFirstTransfer[transaction + 1]!];
      return Array.from({ length: end - first }, (_, n) => transferOf(first + n));
    },
    transfersById: async (ids) => ids.map(transferOf),
    account: async (name) => accountByName().get(name) ?? null,
    accountsNamed: async (names) => names.flatMap((name) => accountByName().get(name) ?? []),
    accountsById: async (ids) => ids.map(accountAt),
    transfersOfAccount: async (account, { after, limit }) => {
      accountAt(account);
      const ids: number[] = [];
      const isOf = (holding: number) => holding !== unknown32 && ledger.holdingAccount[holding] === account;
      for (let id = afterCursor(after) + 1; id < transferFrom.length && ids.length <= limit; id++) {
        if (isOf(transferFrom[id]!) || isOf(transferTo[id]!)) ids.push(id);
      }
      return { items: ids.slice(0, limit).map(transferOf), next: ids.length > limit ? String(ids[limit - 1]) : null };
    },
    balancesOf: async (account) => {
      const { name } = accountAt(account);
      return balances()
        .filter((one) => one.account === name)
        .map(({ account: _, ...balance }) => balance);
    },
    balances: async ({ after, limit }) => {
      const all = balances();
      const from = afterCursor(after) + 1;
      const last = from + limit - 1;
      return { items: all.slice(from, from + limit), next: last < all.length - 1 ? String(last) : null };
    },
    load: async (limit) => loadMemoryAccounts(ledger, limit?.transfersMax),
    close: async () => {},
  };
}

function takeTellings(tellings: Iterable<TransferTelling>, ledger: string): TellingColumns {
  const told = new TellingColumns();
  for (const telling of tellings) {
    refuseBadTelling(ledger, telling);
    told.push(telling);
  }
  return told;
}

/** Made once, when it is asked for: a trail asks for few things of a ledger. */
function later<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function transactionRecord(ledger: MemoryAccounts, id: number): Omit<AccountTransactionRecord, "about"> {
  const [height, position, time] = [ledger.txHeight[id]!, ledger.txPosition[id]!, ledger.txTime[id]!];
  return {
    id,
    name: ledger.transactionNames[id]!,
    height: height === unknown32 ? null : height,
    position: position === unknown32 ? null : position,
    time: Number.isFinite(time) ? (time as Instant) : null,
    dayOnly: ledger.txDayOnly[id] === 1,
  };
}

function transferRecord(ledger: MemoryAccounts, id: number): TransferRecord {
  const nameOf = (holding: number) =>
    holding === unknown32 ? null : ledger.accounts[ledger.holdingAccount[holding]!]!.name;
  return {
    id,
    transaction: ledger.transferTransaction[id]!,
    layer: ledger.layers[ledger.transferLayer[id]!]!,
    index: ledger.transferIndex[id]!,
    from: nameOf(ledger.transferFrom[id]!),
    to: nameOf(ledger.transferTo[id]!),
    asset: ledger.assets[ledger.transferAsset[id]!]!.asset,
    amount: ledger.amounts[id]!,
    isFee: ledger.transferIsFee[id] === 1,
    returns: ledger.returnOf.get(id) ?? null,
  };
}

function balancesOf(ledger: MemoryAccounts): (BalanceRecord & { account: string })[] {
  const sums = holdingSums(ledger);
  return Array.from(ledger.holdingAccount, (account, holding) => {
    const [received, paid] = [sums.received[holding]!, sums.paid[holding]!];
    const opening = ledger.openings.get(holding) ?? (ledger.about.fromGenesis ? 0n : null);
    const isCovered = coverageNames[ledger.holdingCoverage[holding]!] === "covered";
    return {
      account: ledger.accounts[account]!.name,
      asset: ledger.assets[ledger.holdingAsset[holding]!]!.asset,
      transfers: sums.transfers[holding]!,
      received,
      paid,
      opening,
      balance: opening !== null && isCovered ? opening + received - paid : null,
    };
  });
}
