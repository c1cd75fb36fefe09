import { isUnnamedEnd } from "../bank/unnamed-end.ts";
import { bitcoin } from "../money/asset.ts";
import type { NamedTransaction } from "../trace/assemble-trail.ts";
import type { NamedPlace, PartNames } from "../trace/joint-trail-parts.ts";
import { nameCoins } from "./name-coins.ts";
import type { OrderedAccounts, TracedAccounts, TracedLedger } from "./traced-ledger.ts";

type Names = Omit<PartNames, "ledger">;

interface NamesAsked {
  readonly ordered: OrderedAccounts | null;
  /** Numbers in the columns. */
  readonly wanted: { readonly transactions: Uint32Array; readonly places: Uint32Array };
  /** Why an account is a stop. */
  readonly reasons: ReadonlyMap<string, string>;
}

const idsAtOnce = 50_000;

/** Asks a ledger for the names of what a trace found in it. */
export async function jointNames(traced: TracedLedger, asked: NamesAsked): Promise<Names> {
  if (traced.kind === "account") return nameAccounts(traced, asked);
  const { ledger, network, loaded } = traced;
  const { transactions, places } = asked.wanted;
  const wanted = { transactions, coins: places };
  const named = await nameCoins({ ledger, network, loaded, wanted, stopReasons: asked.reasons });
  const coins = [...named.coins].map(([place, coin]): [number, NamedPlace] => [place, { ...coin, asset: bitcoin.id }]);
  return { transactions: named.transactions, places: new Map(coins) };
}

async function nameAccounts({ ledger, loaded }: TracedAccounts, { ordered, wanted, reasons }: NamesAsked) {
  const transactions = new Map<number, NamedTransaction>();
  for (const numbers of chunks(wanted.transactions)) {
    const ids = numbers.map((number) => ordered?.transactionIds[number] ?? number);
    const records = await ledger.transactionsById(ids);
    records.forEach(({ name, height, time, dayOnly }, n) => {
      transactions.set(numbers[n]!, { txid: name, height, time, ...(dayOnly ? { dayOnly } : {}) });
    });
  }
  const places = new Map<number, NamedPlace>();
  for (const holdings of chunks(wanted.places)) {
    const ids = holdings.map((holding) => loaded.holdingAccount[holding]!);
    const records = await ledger.accountsById(ids);
    records.forEach(({ name, about }, n) => {
      const holding = holdings[n]!;
      const { asset } = loaded.assets[loaded.holdingAsset[holding]!]!;
      const stop = reasons.get(name);
      const agent = agentOf(about);
      places.set(holding, {
        coin: null,
        account: name,
        asset,
        ...(stop === undefined ? {} : { stop }),
        ...(agent === null ? {} : { agent }),
        ...(isUnnamedEnd(name) ? { isUnnamed: true } : {}),
      });
    });
  }
  return { transactions, places };
}

/** The bank that an account's facts name; other ledgers' accounts have none. */
function agentOf(about: string | null): string | null {
  if (about === null) return null;
  const { agent } = JSON.parse(about) as { agent?: { name?: string | null; bic?: string | null } | null };
  return agent?.name ?? agent?.bic ?? null;
}

function* chunks(places: Uint32Array): Generator<number[]> {
  for (let from = 0; from < places.length; from += idsAtOnce) yield Array.from(places.subarray(from, from + idsAtOnce));
}
