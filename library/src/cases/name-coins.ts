import { accountOfScript } from "../bitcoin/address.ts";
import type { Network } from "../bitcoin/networks.ts";
import { scriptKind } from "../bitcoin/script.ts";
import type { CoinLedger, CoinRecord, LoadedCoins } from "../ledger/contract.ts";
import type { NamedCoin, NamedTransaction, TrailNames } from "../trace/assemble-trail.ts";

/** Ids that are asked for in one query: 7 µs a coin, against 12 with a tenth of them. */
const idsAtOnce = 50_000;

interface NamesWanted {
  readonly ledger: CoinLedger;
  readonly network: Network;
  readonly loaded: LoadedCoins;
  /** Places in the loaded columns. */
  readonly wanted: { readonly transactions: Uint32Array; readonly coins: Uint32Array };
  /** Why an account is a stop. */
  readonly stopReasons: ReadonlyMap<string, string>;
}

/** Asks a ledger for the names of what a trace found: txids, times, coins, accounts, and what is special about them. */
export async function nameCoins(request: NamesWanted): Promise<TrailNames> {
  const { ledger, network, loaded, wanted, stopReasons } = request;
  const idOf = (ids: Float64Array | null, place: number) => ids?.[place] ?? place;
  const transactions = new Map<number, NamedTransaction>();
  for (const places of chunks(wanted.transactions)) {
    const ids = places.map((place) => idOf(loaded.transactionIds, place));
    const records = await ledger.transactionsById(ids);
    records.forEach(({ txid, height, time }, n) => {
      transactions.set(places[n]!, { txid, height, time });
    });
  }
  const coins = new Map<number, NamedCoin>();
  for (const places of chunks(wanted.coins)) {
    const ids = places.map((place) => idOf(loaded.outputIds, place));
    const records = await ledger.coinsById(ids);
    records.forEach((record, n) => {
      coins.set(places[n]!, named(record, network, stopReasons));
    });
  }
  return { transactions, coins };
}

function* chunks(places: Uint32Array): Generator<number[]> {
  for (let from = 0; from < places.length; from += idsAtOnce) yield Array.from(places.subarray(from, from + idsAtOnce));
}

/** Who a coin is locked to; null where its script is not known or names nobody. */
export function accountOfCoin({ script }: CoinRecord, network: Network): string | null {
  return script === null ? null : accountOfScript(network, script);
}

function named(record: CoinRecord, network: Network, stopReasons: ReadonlyMap<string, string>): NamedCoin {
  const { name, value } = record;
  const account = accountOfCoin(record, network);
  const stop = account === null ? undefined : stopReasons.get(account);
  const unspendable = whyUnspendable(record);
  const coin = { coin: name, account, value };
  if (stop === undefined && unspendable === null) return coin;
  return { ...coin, ...(stop !== undefined && { stop }), ...(unspendable !== null && { unspendable }) };
}

function whyUnspendable({ script, maker, id }: CoinRecord): string | null {
  // The genesis block's coin was never entered among those that can be spent (Bitcoin Core, validation.cpp).
  if (maker === 0 && id === 0) return "nobody can spend the genesis block's coin";
  if (script !== null && scriptKind(script, 0, script.length) === "data")
    return "a data output, which nobody can spend";
  return null;
}
