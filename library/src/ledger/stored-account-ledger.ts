import { StoreClosedError } from "../errors/ledger.ts";
import type { Instant } from "../money/instant.ts";
import {
  type AccountLedger,
  type AccountLedgerSummary,
  type AccountRecord,
  type AccountTransactionRecord,
  type AssetFact,
  coverageNames,
} from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import { loadAccounts, loadTransfersMax } from "./load-accounts.ts";
import { afterCursor } from "./memory-coin-ledger.ts";
import { readNativeBlocks, textsOf } from "./native-format.ts";
import { pageOfBalances, readBalances } from "./read-balances.ts";
import { refuseOutside } from "./read-coins.ts";
import { idRuns, numbersOf } from "./read-numbers.ts";
import { readTransfers } from "./read-transfers.ts";
import type { StoredAccounts } from "./stored-accounts.ts";

/** An account ledger kept in ClickHouse. Closing it leaves the connection open: that is the data folder's. */
export function storedAccountLedger(source: StoredAccounts): AccountLedger {
  const { connection, name, tables, settled } = source;
  const { transactions, transfers, accounts } = settled.rows;
  let closed = false;
  let assets: Promise<AssetFact[]> | null = null;
  const open = <Input extends unknown[], Output>(ask: (...input: Input) => Promise<Output>) => {
    return async (...input: Input): Promise<Output> => {
      if (closed) throw new StoreClosedError({ what: `The ledger ${name}` });
      return ask(...input);
    };
  };
  const assetFacts = () => (assets ??= readAssets(source));
  return {
    summary: open(async () => summaryOf(source)),
    assets: open(assetFacts),
    transaction: open(async (wanted) => {
      const [found = null] = await readTransactions(
        source,
        `name = {name:String} AND id IN (SELECT id FROM ${tables.settled("transaction_names")}
         WHERE hash = sipHash64({name:String}))`,
        { name: wanted },
      );
      return found;
    }),
    transactionsById: open(async (ids) => {
      for (const id of ids) refuseOutside("transaction", id, transactions);
      return inOrder(ids, (run) => readTransactions(source, "id IN {ids:Array(UInt32)}", { ids: run }));
    }),
    transactionsSaying: open(async (text, { after, limit }) => {
      const rows = await connection.rows<{ transaction: number }>(
        `SELECT transaction FROM ${tables.settled("transaction_abouts")}
         WHERE transaction >= {from:UInt64} AND position(about, {text:String}) > 0
         ORDER BY transaction LIMIT {count:UInt64}`,
        { text, from: afterCursor(after) + 1, count: limit + 1 },
      );
      const ids = rows.slice(0, limit).map(({ transaction }) => transaction);
      const items = await inOrder(ids, (run) => readTransactions(source, "id IN {ids:Array(UInt32)}", { ids: run }));
      return { items, next: rows.length > limit ? String(ids.at(-1)) : null };
    }),
    transfersOf: open(async (transaction) => {
      refuseOutside("transaction", transaction, transactions);
      return readTransfers(source, "transaction = {transaction:UInt32}", { transaction });
    }),
    transfersById: open(async (ids) => {
      for (const id of ids) refuseOutside("transfer", id, transfers);
      return inOrder(ids, (run) => readTransfers(source, "id IN {ids:Array(UInt32)}", { ids: run }));
    }),
    account: open(async (wanted) => (await readAccounts(source, "name IN {names:Array(String)}", [wanted]))[0] ?? null),
    accountsNamed: open(async (names) => {
      const found = new Map<string, AccountRecord>();
      for (const run of nameRuns(names)) {
        for (const one of await readAccounts(source, "name IN {names:Array(String)}", run)) found.set(one.name, one);
      }
      return names.flatMap((one) => found.get(one) ?? []);
    }),
    accountsById: open(async (ids) => {
      for (const id of ids) refuseOutside("account", id, accounts);
      return inOrder(ids, (run) => readAccounts(source, "id IN {ids:Array(UInt32)}", run));
    }),
    transfersOfAccount: open(async (account, { after, limit }) => {
      refuseOutside("account", account, accounts);
      const from = afterCursor(after) + 1;
      const rows = await connection.rows<{ transfer: number }>(
        `SELECT transfer FROM ${tables.settled("transfers_by_account")}
         WHERE account = {account:UInt32} AND transfer >= {from:UInt64} ORDER BY transfer LIMIT {count:UInt64}`,
        { account, from, count: limit + 1 },
      );
      const ids = rows.slice(0, limit).map(({ transfer }) => transfer);
      const items = await inOrder(ids, (run) => readTransfers(source, "id IN {ids:Array(UInt32)}", { ids: run }));
      return { items, next: rows.length > limit ? String(ids.at(-1)) : null };
    }),
    balancesOf: open(async (account) => {
      refuseOutside("account", account, accounts);
      const rows = await readBalances(source, "account = {account:UInt32}", { account });
      return rows.map(({ holding, account: _, ...balance }) => balance);
    }),
    balances: open(async ({ after, limit }) => pageOfBalances(source, { after: afterCursor(after), limit })),
    load: open(async (limit) => loadAccounts(source, await assetFacts(), limit?.transfersMax ?? loadTransfersMax)),
    close: async () => {
      if (!closed) source.onClosed();
      closed = true;
    },
  };
}

/** Records in the order of `ids`, which may name one twice. */
async function inOrder<Item extends { readonly id: number }>(
  ids: readonly number[],
  readRun: (ids: number[]) => Promise<Item[]>,
): Promise<Item[]> {
  const byId = new Map<number, Item>();
  for (const run of idRuns(ids)) for (const item of await readRun(run)) byId.set(item.id, item);
  return ids.map((id) => byId.get(id)!);
}

/** Names bound to one query. */
const namesAtOnce = 5000;

function* nameRuns(names: readonly string[]): Generator<string[]> {
  for (let at = 0; at < names.length; at += namesAtOnce) yield names.slice(at, at + namesAtOnce);
}

function summaryOf({ name, network, partial, settled }: StoredAccounts): AccountLedgerSummary {
  const { rows, missing, blocks, tip } = settled;
  const { transactions, transfers, accounts, assets } = rows;
  return { name, kind: "account", network, partial, missing, blocks, transactions, transfers, accounts, assets, tip };
}

async function readAssets({ connection, tables }: StoredAccounts): Promise<AssetFact[]> {
  const rows = await connection.rows<{ asset: string; decimals: number; has_symbol: number; symbol: string }>(
    `SELECT asset, decimals, has_symbol, symbol FROM ${tables.settled("assets")} ORDER BY id`,
  );
  return rows.map(({ asset, decimals, has_symbol, symbol }) => ({
    asset,
    decimals: decimals === unknown32 ? null : decimals,
    symbol: has_symbol === 1 ? symbol : null,
  }));
}

async function readTransactions(
  { connection, tables }: StoredAccounts,
  where: string,
  parameters: { readonly name: string } | { readonly ids: number[] },
): Promise<AccountTransactionRecord[]> {
  const bytes = await connection.native(
    `SELECT name, id, height, position, toUInt32(day_only), time
     FROM (SELECT * FROM ${tables.settled("transactions")} WHERE ${where})`,
    { ...parameters },
  );
  const records: AccountTransactionRecord[] = [];
  for (const { rowCount, columns } of readNativeBlocks(bytes)) {
    const [id, height, position, dayOnly, time] = columns.slice(1).map((column) => numbersOf(column, rowCount));
    const known = (value: number) => (value === unknown32 ? null : value);
    textsOf(columns[0]!).forEach((name, row) => {
      records.push({
        id: id![row]!,
        name,
        height: known(height![row]!),
        position: known(position![row]!),
        time: Number.isFinite(time![row]) ? (time![row] as Instant) : null,
        dayOnly: dayOnly![row] === 1,
        about: null,
      });
    });
  }
  if (records.length === 0) return [];
  const abouts = await connection.rows<{ transaction: number; about: string }>(
    `SELECT transaction, about FROM ${tables.settled("transaction_abouts")}
     WHERE transaction IN {ids:Array(UInt32)}`,
    { ids: records.map(({ id }) => id) },
  );
  const aboutOf = new Map(abouts.map(({ transaction, about }) => [transaction, about]));
  return records.map((record) => ({ ...record, about: aboutOf.get(record.id) ?? null }));
}

async function readAccounts(
  { connection, tables }: StoredAccounts,
  where: string,
  which: readonly string[] | readonly number[],
): Promise<AccountRecord[]> {
  const bytes = await connection.native(
    `SELECT name, about, id, toUInt32(coverage), toUInt32(has_about) FROM ${tables.settled("accounts")} WHERE ${where}`,
    typeof which[0] === "string" ? { names: which } : { ids: which },
  );
  const records: AccountRecord[] = [];
  for (const { rowCount, columns } of readNativeBlocks(bytes)) {
    const [id, coverage, hasAbout] = columns.slice(2).map((column) => numbersOf(column, rowCount));
    const abouts = textsOf(columns[1]!);
    textsOf(columns[0]!).forEach((name, row) => {
      const about = hasAbout![row] === 1 ? abouts[row]! : null;
      records.push({ id: id![row]!, name, coverage: coverageNames[coverage![row]!] ?? null, about });
    });
  }
  return records;
}
