import type { Instant } from "../../money/instant.ts";
import {
  type AccountLedger,
  type AccountLedgerFacts,
  type AccountRecord,
  type AccountTransactionRecord,
  type BalanceRecord,
  coverageNames,
  type LoadedAccounts,
  type TransferRecord,
  type TransferTelling,
} from "../account-contract.ts";
import { unknown32 } from "../account-schema.ts";
import type { Supersedes } from "../arrange-transfers.ts";
import { refuseBadFacts } from "../check-facts.ts";
import { refuseBadTelling } from "../check-telling.ts";
import { afterCursor } from "../memory-coin-ledger.ts";
import { refuseOutside } from "../read-coins.ts";
import { arrangeTellings, type ToldTransaction } from "./arrange-tellings.ts";
import {
  balanceOf,
  coverageOf,
  type MemoryHolding,
  memoryAccounts,
  memoryAssets,
  memoryHoldings,
} from "./oracle-holdings.ts";
import { loadOracle } from "./oracle-load.ts";
import { oracleTip } from "./oracle-tip.ts";

/** What is said of a ledger that is kept in memory. */
export interface MemoryLedgerAbout {
  readonly name: string;
  readonly network: string;
  readonly partial: boolean;
  readonly missing?: readonly string[];
  readonly supersedes?: readonly Supersedes[];
  /** What is known about a transaction, made when it is asked for, in place of the facts about transactions. */
  readonly aboutOf?: (transaction: string) => string | null;
}

/** Everything of a ledger in memory, in the ledger's order. */
export interface MemoryAccounts {
  readonly about: MemoryLedgerAbout & { readonly missing: readonly string[]; readonly fromGenesis: boolean };
  readonly transactions: readonly ToldTransaction[];
  readonly transfers: readonly TransferRecord[];
  readonly holdings: readonly MemoryHolding[];
  readonly accounts: readonly AccountRecord[];
  readonly assets: LoadedAccounts["assets"];
}

/**
 * An account ledger kept in memory: for files that are traced as they are, for tests, and as the oracle of the stored
 * one.
 * @throws TellingRefusedError
 */
export function oracleAccountLedger(
  tellings: readonly TransferTelling[],
  facts: AccountLedgerFacts,
  about: MemoryLedgerAbout,
): AccountLedger {
  for (const telling of tellings) refuseBadTelling(about.name, telling);
  refuseBadFacts(about.name, facts);
  const ledger = gather(tellings, facts, about);
  const abouts = new Map(facts.transactions?.map((fact) => [fact.transaction, fact.about.toWellFormed()]));
  const aboutOf = about.aboutOf ?? ((name) => abouts.get(name) ?? null);
  const recordOf = (id: number) => {
    const told = at("transaction", ledger.transactions, id);
    return transactionRecord(told, id, aboutOf(told.name));
  };
  const idByName = new Map(ledger.transactions.map(({ name }, id) => [name, id]));
  const accountByName = new Map(ledger.accounts.map((record) => [record.name, record]));
  const accountAt = (id: number) => at("account", ledger.accounts, id);
  const balances = ledger.holdings.map((holding): BalanceRecord & { account: string } => {
    const { coverage } = accountByName.get(holding.account)!;
    const isCovered = coverageNames[coverageOf(coverage, about.partial)] === "covered";
    const { fromGenesis } = ledger.about;
    return { ...balanceOf(holding, { fromGenesis, isCovered }), account: holding.account };
  });
  const tip = oracleTip(ledger);
  const firsts = [0];
  for (const { transfers } of ledger.transactions) firsts.push(firsts.at(-1)! + transfers.length);
  return {
    summary: async () => ({
      name: about.name,
      kind: "account",
      network: about.network,
      partial: about.partial,
      missing: ledger.about.missing,
      blocks: new Set(ledger.transactions.flatMap(({ height }) => (height === unknown32 ? [] : [height]))).size,
      transactions: ledger.transactions.length,
      transfers: ledger.transfers.length,
      accounts: ledger.accounts.length,
      assets: ledger.assets.length,
      tip,
    }),
    assets: async () => ledger.assets,
    transaction: async (name) => {
      const id = idByName.get(name);
      return id === undefined ? null : recordOf(id);
    },
    transactionsById: async (ids) => ids.map(recordOf),
    transactionsSaying: async (text, { after, limit }) => {
      const from = afterCursor(after);
      const all = ledger.transactions.map((_, id) => recordOf(id));
      const items = all.filter((one) => one.id > from && one.about?.includes(text));
      return { items: items.slice(0, limit), next: items.length > limit ? String(items[limit - 1]!.id) : null };
    },
    transfersOf: async (transaction) => {
      at("transaction", ledger.transactions, transaction);
      return ledger.transfers.slice(firsts[transaction], firsts[transaction + 1]);
    },
    transfersById: async (ids) => ids.map((id) => at("transfer", ledger.transfers, id)),
    account: async (name) => accountByName.get(name) ?? null,
    accountsNamed: async (names) => names.flatMap((name) => accountByName.get(name) ?? []),
    accountsById: async (ids) => ids.map(accountAt),
    transfersOfAccount: async (account, { after, limit }) => {
      const { name } = accountAt(account);
      const from = afterCursor(after);
      const items = ledger.transfers.filter((one) => one.id > from && (one.from === name || one.to === name));
      return { items: items.slice(0, limit), next: items.length > limit ? String(items[limit - 1]!.id) : null };
    },
    balancesOf: async (account) => {
      const { name } = accountAt(account);
      return balances.filter((one) => one.account === name).map(({ account: _, ...balance }) => balance);
    },
    balances: async ({ after, limit }) => {
      const from = afterCursor(after) + 1;
      const last = from + limit - 1;
      return { items: balances.slice(from, from + limit), next: last < balances.length - 1 ? String(last) : null };
    },
    load: async (limit) => loadOracle(ledger, limit?.transfersMax),
    close: async () => {},
  };
}

function at<Item>(what: string, items: readonly Item[], id: number): Item {
  refuseOutside(what, id, items.length);
  return items[id]!;
}

function gather(
  tellings: readonly TransferTelling[],
  facts: AccountLedgerFacts,
  about: MemoryLedgerAbout,
): MemoryAccounts {
  const transactions = arrangeTellings(tellings, about.supersedes ?? []);
  const holdings = memoryHoldings(transactions, facts.openings ?? [], about.partial);
  const accounts = [...memoryAccounts(holdings, facts.accounts ?? [])].map(([name, fact], id) => ({
    id,
    name,
    ...fact,
  }));
  return {
    about: { ...about, missing: about.missing ?? [], fromGenesis: facts.fromGenesis ?? false },
    transactions,
    transfers: transferRecords(transactions),
    holdings,
    accounts,
    assets: memoryAssets(transactions, holdings, facts),
  };
}

function transactionRecord(told: ToldTransaction, id: number, about: string | null): AccountTransactionRecord {
  const { name, height, position, time, dayOnly } = told;
  return {
    id,
    name,
    height: height === unknown32 ? null : height,
    position: position === unknown32 ? null : position,
    time: Number.isFinite(time) ? (time as Instant) : null,
    dayOnly,
    about,
  };
}

function transferRecords(transactions: readonly ToldTransaction[]): TransferRecord[] {
  const keyOf = (of: { transaction: string; layer: string; index: number }) =>
    JSON.stringify([of.transaction, of.layer, of.index]);
  const returning = transactions.flatMap(({ transfers }) => transfers.flatMap(({ returns }) => returns ?? []));
  const returnedTransactions = new Set(returning.map(({ transaction }) => transaction));
  // Only what something names as given back has to be found by its name.
  const returnedIds = new Map<string, number>();
  const records: TransferRecord[] = [];
  transactions.forEach(({ name, transfers }, transaction) => {
    for (const one of transfers) {
      const id = records.length;
      if (returnedTransactions.has(name)) returnedIds.set(keyOf(one), id);
      const returned = one.returns === null ? undefined : returnedIds.get(keyOf(one.returns));
      const { layer, index, from, to, asset, amount, isFee } = one;
      // One that stands later is not known yet, and itself it cannot give back.
      const returns = returned !== undefined && returned < id ? returned : null;
      records.push({ id, transaction, layer, index, from, to, asset, amount, isFee, returns });
    }
  });
  return records;
}
