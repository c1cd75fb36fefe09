import { accountOfScript } from "../bitcoin/address.ts";
import { type Network, networkNamed } from "../bitcoin/networks.ts";
import { NoSuchLedgerThingError } from "../errors/cases.ts";
import type { BlockRecord, CoinLedger, CoinRecord, TransactionRecord } from "../ledger/contract.ts";
import { accountQuery } from "./account-query.ts";

/** A coin with its owner, as it is shown. */
export interface ShownCoin {
  readonly coin: string;
  readonly account: string | null;
  /** Satoshi; null where the ledger does not know. */
  readonly value: bigint | null;
  /** The txid that spends it, or what the ledger knows instead. */
  readonly spentBy: string | null;
  readonly state: "spent" | "unspent" | "spent-elsewhere" | "not-known";
}

export type Shown =
  | {
      readonly kind: "transaction";
      readonly transaction: TransactionRecord;
      readonly inputs: readonly ShownCoin[];
      readonly outputs: readonly ShownCoin[];
      /** Satoshi; null for a coinbase and where the value of an input is not known. */
      readonly fee: bigint | null;
    }
  | {
      readonly kind: "block";
      readonly block: BlockRecord;
      readonly txids: readonly string[];
      readonly next: string | null;
    }
  | {
      readonly kind: "address";
      readonly account: string;
      /** In a partial ledger "not known to be spent" is not "unspent". */
      readonly partial: boolean;
      readonly totals: {
        readonly coins: number;
        readonly received: bigint;
        readonly held: number;
        readonly balance: bigint;
      };
      readonly coins: readonly ShownCoin[];
      readonly next: string | null;
    };

export interface ShowRequest {
  /** A txid, `TXID:VOUT`, a block's height or hash, or an address. */
  readonly text: string;
  /** Coins of an address or transactions of a block on one page. */
  readonly limit: number;
  /** Where the page before said `next`. */
  readonly after: string | null;
}

/**
 * Looks up what a text names in a ledger.
 * @throws NoSuchLedgerThingError
 */
export async function showInLedger(ledger: CoinLedger, request: ShowRequest): Promise<Shown> {
  const { name, network: networkName, partial } = await ledger.summary();
  const network = networkNamed(networkName);
  const { text } = request;
  const [, txid] = /^([0-9a-f]{64})(?::\d+)?$/iu.exec(text) ?? [];
  if (txid !== undefined) {
    const transaction = await ledger.transaction(txid.toLowerCase());
    if (transaction !== null) return showTransaction(ledger, network, transaction);
  }
  if (txid === text || /^\d{1,9}$/u.test(text)) {
    const block = await ledger.block(txid === text ? text.toLowerCase() : Number(text));
    if (block !== null) return showBlock(ledger, block, request);
  }
  if (txid !== undefined || /^\d{1,9}$/u.test(text)) {
    throw new NoSuchLedgerThingError({ text: text.slice(0, 100), ledger: name, network: networkName, kind: "coin" });
  }
  return showAddress(ledger, network, request, partial);
}

async function showTransaction(ledger: CoinLedger, network: Network, transaction: TransactionRecord): Promise<Shown> {
  const { firstOutput, outputCount } = transaction;
  const inputs = await ledger.inputsOf(transaction.id);
  const outputs = await ledger.coinsById(Array.from({ length: outputCount }, (_, vout) => firstOutput + vout));
  const isValued = inputs.length > 0 && inputs.every(({ value }) => value !== null);
  const sum = (coins: readonly CoinRecord[]) => coins.reduce((total, { value }) => total + (value ?? 0n), 0n);
  return {
    kind: "transaction",
    transaction,
    inputs: await shownCoins(ledger, network, inputs),
    outputs: await shownCoins(ledger, network, outputs),
    fee: isValued ? sum(inputs) - sum(outputs) : null,
  };
}

async function showBlock(ledger: CoinLedger, block: BlockRecord, { limit, after }: ShowRequest): Promise<Shown> {
  const from = after !== null && /^\d{1,9}$/u.test(after) ? Number(after) : 0;
  const to = Math.min(block.transactions, from + limit);
  const ids = Array.from({ length: Math.max(0, to - from) }, (_, i) => block.firstTransaction + from + i);
  const transactions = await ledger.transactionsById(ids);
  const next = to < block.transactions ? String(to) : null;
  return { kind: "block", block, txids: transactions.map(({ txid }) => txid), next };
}

async function showAddress(
  ledger: CoinLedger,
  network: Network,
  request: ShowRequest,
  partial: boolean,
): Promise<Shown> {
  const account = accountQuery(network, request.text);
  const totals = await ledger.totalsOfAccount(account);
  const page = await ledger.coinsOfAccount(account, { after: request.after, limit: request.limit });
  return {
    kind: "address",
    account: request.text,
    partial,
    totals,
    coins: await shownCoins(ledger, network, page.items),
    next: page.next,
  };
}

async function shownCoins(ledger: CoinLedger, network: Network, coins: readonly CoinRecord[]): Promise<ShownCoin[]> {
  const spenders = [...new Set(coins.map(({ spender }) => spender).filter((spender) => typeof spender === "number"))];
  const records = await ledger.transactionsById(spenders);
  const txids = new Map(records.map(({ id, txid }) => [id, txid]));
  return coins.map(({ name, script, value, spender }) => ({
    coin: name,
    account: script === null ? null : accountOfScript(network, script),
    value,
    spentBy: typeof spender === "number" ? (txids.get(spender) ?? null) : null,
    state: typeof spender === "number" ? "spent" : spender,
  }));
}
