import { CursorError, IdRangeError } from "../errors/ledger.ts";
import {
  type Account,
  accountKeySize,
  type BlockRecord,
  type CoinChain,
  type CoinLedger,
  type CoinRecord,
  type LedgerSummary,
  type LoadedCoins,
  sentinels,
  type TransactionRecord,
} from "./contract.ts";

/** A transaction with what only memory keeps beside it. */
export interface MemoryTransaction extends TransactionRecord {
  /** Ids of the coins it spends, in input order. */
  readonly inputs: readonly number[];
  /** The height for the columns: where it is not known, the lowest of those that spend from it, however far on. */
  readonly orderHeight: number | null;
  readonly raw: Uint8Array | null;
}

export interface MemoryContents {
  readonly summary: LedgerSummary;
  readonly blocks: readonly BlockRecord[];
  /** In the ledger's order, numbered from 0. */
  readonly transactions: readonly MemoryTransaction[];
  /** In the order of their makers, numbered from 0; after them those whose maker is not held. */
  readonly coins: readonly CoinRecord[];
  readonly wholeBlocks: boolean;
}

/** A ledger that is small enough to be kept in memory whole: partial ledgers, and the oracle of the stored ones. */
export function memoryCoinLedger(contents: MemoryContents, chain: CoinChain): CoinLedger {
  const { transactions, coins, blocks } = contents;
  const byTxid = new Map(transactions.map((transaction) => [transaction.txid, transaction]));
  const byAccount = coinsByAccount(coins, chain);
  const coinsOf = (account: Account) =>
    (byAccount.get(keyOf(account.key)) ?? []).filter((coin) => coin.script !== null && account.accepts(coin.script));
  const at =
    <Item>(items: readonly Item[], what: string) =>
    (id: number) => {
      const item = items[id];
      if (item === undefined) throw new IdRangeError({ what, id, count: items.length });
      return item;
    };
  const transactionAt = at(transactions, "transaction");
  const coinAt = at(coins, "coin");
  return {
    summary: async () => contents.summary,
    transaction: async (txid) => recordOf(byTxid.get(txid.toLowerCase())),
    transactionsById: async (ids) => ids.map((id) => recordOf(transactionAt(id))!),
    inputsOf: async (transaction) => transactionAt(transaction).inputs.map(coinAt),
    coinsById: async (ids) => ids.map(coinAt),
    coinsOfAccount: async (account, { after, limit }) => {
      const from = afterCursor(after);
      const items = coinsOf(account).filter((coin) => coin.id > from);
      const next = items.length > limit ? String(items[limit - 1]!.id) : null;
      return { items: items.slice(0, limit), next };
    },
    coinIdsOfAccounts: async (accounts) => {
      const ids = new Set(accounts.flatMap((account) => coinsOf(account).map((coin) => coin.id)));
      return Float64Array.from(ids).sort();
    },
    totalsOfAccount: async (account) => {
      const all = coinsOf(account);
      const held = all.filter((coin) => coin.spender === "unspent" || coin.spender === "not-known");
      const sum = (some: readonly CoinRecord[]) => some.reduce((total, coin) => total + (coin.value ?? 0n), 0n);
      return { coins: all.length, received: sum(all), held: held.length, balance: sum(held) };
    },
    block: async (where) => blocks.find((block) => block.height === where || block.hash === where) ?? null,
    rawTransaction: async (transaction) => transactionAt(transaction).raw,
    loadAll: async () => {
      const all = (items: readonly unknown[]) => items.map((_, id) => id);
      const part = partOf(contents, all(transactions), all(coins), contents.wholeBlocks);
      return { ...part, transactionIds: null, outputIds: null };
    },
    loadReach: async (request) => {
      const reached = reach(contents, request);
      if (reached === null) return null;
      const makes = new Set(reached);
      const foreign = new Set(
        [...reached.flatMap((t) => transactions[t]!.inputs), ...request.coins].filter(
          (coin) => !makes.has(coinAt(coin).maker ?? -1),
        ),
      );
      const outputs = reached.flatMap((t) => {
        const { firstOutput, outputCount } = transactions[t]!;
        return Array.from({ length: outputCount }, (_, vout) => firstOutput + vout);
      });
      return partOf(contents, reached, [...outputs, ...[...foreign].sort((a, b) => a - b)], false);
    },
    close: async () => {},
  };
}

/** The number of the coin that a page's cursor stands on; -1 before the first page. @throws CursorError */
export function afterCursor(cursor: string | null): number {
  if (cursor === null) return -1;
  if (!/^\d{1,15}$/u.test(cursor)) throw new CursorError({ cursor });
  return Number(cursor);
}

function recordOf(transaction: MemoryTransaction | undefined): TransactionRecord | null {
  if (transaction === undefined) return null;
  const { inputs, orderHeight, raw, ...record } = transaction;
  return record;
}

function keyOf(key: Uint8Array): string {
  return Buffer.from(key).toString("hex");
}

function coinsByAccount(coins: readonly CoinRecord[], chain: CoinChain): Map<string, CoinRecord[]> {
  const byAccount = new Map<string, CoinRecord[]>();
  const key = new Uint8Array(accountKeySize);
  for (const coin of coins) {
    if (coin.script === null) continue;
    chain.accountKey(coin.script, 0, coin.script.length, key, 0);
    const name = keyOf(key);
    const known = byAccount.get(name);
    if (known === undefined) byAccount.set(name, [coin]);
    else known.push(coin);
  }
  return byAccount;
}

function reach(
  { transactions, coins }: MemoryContents,
  request: Parameters<CoinLedger["loadReach"]>[0],
): number[] | null {
  const seeds = new Set(request.coins);
  const stops = new Set(request.stops).difference(seeds);
  const reached = new Set<number>();
  const queue = [...request.coins];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const coin = coins[id];
    if (coin === undefined) throw new IdRangeError({ what: "coin", id, count: coins.length });
    const t = request.direction === "forward" ? coin.spender : (coin.maker ?? "not-known");
    if (typeof t !== "number" || stops.has(id) || reached.has(t)) continue;
    reached.add(t);
    if (reached.size > request.transactionsMax) return null;
    const { firstOutput, outputCount, inputs } = transactions[t]!;
    if (request.direction === "backward") queue.push(...inputs);
    else for (let vout = 0; vout < outputCount; vout++) queue.push(firstOutput + vout);
  }
  return [...reached].sort((a, b) => a - b);
}

const spenders = {
  unspent: sentinels.unspent,
  "spent-elsewhere": sentinels.spentElsewhere,
  "not-known": sentinels.spendNotKnown,
} as const;

function shared<Column>(make: (buffer: SharedArrayBuffer) => Column, bytes: number): Column {
  return make(new SharedArrayBuffer(bytes));
}

const words = (count: number) => shared((buffer) => new Uint32Array(buffer), 4 * count);
const doubles = (count: number) => shared((buffer) => new Float64Array(buffer), 8 * count);

/** The columns of these transactions and coins; both numbered in the order given. */
function partOf(
  { transactions, coins }: MemoryContents,
  transactionIds: readonly number[],
  coinIds: readonly number[],
  wholeBlocks: boolean,
): LoadedCoins {
  const localTransaction = new Map(transactionIds.map((id, local) => [id, local]));
  const localCoin = new Map(coinIds.map((id, local) => [id, local]));
  const inputCount = transactionIds.reduce((sum, id) => sum + transactions[id]!.inputs.length, 0);
  const columns = {
    transactionCount: transactionIds.length,
    outputCount: coinIds.length,
    inputCount,
    txFirstOutput: words(transactionIds.length + 1),
    txFirstInput: words(transactionIds.length + 1),
    txHeight: words(transactionIds.length),
    inputOutput: words(inputCount),
    outputValue: doubles(coinIds.length),
    outputTx: words(coinIds.length),
    outputSpender: words(coinIds.length),
    wholeBlocks,
  };
  let outputs = 0;
  let inputs = 0;
  transactionIds.forEach((id, t) => {
    const transaction = transactions[id]!;
    columns.txHeight[t] = transaction.orderHeight ?? sentinels.heightNotKnown;
    for (const coin of transaction.inputs) columns.inputOutput[inputs++] = localCoin.get(coin)!;
    outputs += transaction.outputCount;
    columns.txFirstOutput[t + 1] = outputs;
    columns.txFirstInput[t + 1] = inputs;
  });
  coinIds.forEach((id, o) => {
    const { maker, value, spender } = coins[id]!;
    columns.outputValue[o] = value === null ? sentinels.valueNotKnown : Number(value);
    columns.outputTx[o] = localTransaction.get(maker ?? -1) ?? sentinels.makerAbsent;
    columns.outputSpender[o] =
      typeof spender === "number" ? (localTransaction.get(spender) ?? sentinels.spentElsewhere) : spenders[spender];
  });
  const ids = (given: readonly number[]) => {
    const column = doubles(given.length);
    column.set(given);
    return column;
  };
  return { columns, transactionIds: ids(transactionIds), outputIds: ids(coinIds) };
}
