import type { AccountFact, AccountLedgerFacts, AccountRecord, AssetFact, LoadedAccounts } from "./account-contract.ts";
import { coverageNames } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import { type ArrangedColumns, arrangeColumns } from "./arrange-columns.ts";
import { compareNames } from "./compare-names.ts";
import type { MemoryLedgerAbout } from "./memory-account-ledger.ts";
import { holdingOpenings } from "./memory-openings.ts";
import { type NumberedHoldings, numberHoldings } from "./number-holdings.ts";
import { pick, type TellingColumns } from "./telling-columns.ts";

/** Everything of a ledger in memory, by columns, in the ledger's order. */
export interface MemoryAccounts {
  readonly about: MemoryLedgerAbout & { readonly missing: readonly string[]; readonly fromGenesis: boolean };
  readonly transactionNames: readonly string[];
  readonly transactionOf: (name: string) => number | undefined;
  readonly txFirstTransfer: Uint32Array;
  /** {@link unknown32} where it is not known, as the position. */
  readonly txHeight: Uint32Array;
  readonly txPosition: Uint32Array;
  /** Infinity where it is not known. */
  readonly txTime: Float64Array;
  readonly txDayOnly: Uint8Array;
  readonly transferTransaction: Uint32Array;
  /** Layers that transfers have, sorted. */
  readonly layers: readonly string[];
  readonly transferLayer: Uint32Array;
  readonly transferIndex: Uint32Array;
  /** Holdings; {@link unknown32} for nobody. */
  readonly transferFrom: Uint32Array;
  readonly transferTo: Uint32Array;
  readonly transferAsset: Uint32Array;
  readonly amounts: readonly bigint[];
  readonly transferIsFee: Uint8Array;
  readonly returnOf: ReadonlyMap<number, number>;
  /** By account, then asset. */
  readonly holdingAccount: Uint32Array;
  readonly holdingAsset: Uint32Array;
  readonly holdingCoverage: Uint8Array;
  /** Before the first transfer, where a fact says it and no other fact says otherwise. */
  readonly openings: ReadonlyMap<number, bigint>;
  readonly accounts: readonly AccountRecord[];
  readonly assets: LoadedAccounts["assets"];
}

/** Puts what was told into a ledger's order. */
export function gatherAccounts(
  told: TellingColumns,
  facts: AccountLedgerFacts,
  about: MemoryLedgerAbout,
): MemoryAccounts {
  const arranged = arrangeColumns(told, about.supersedes ?? []);
  const { stands, transactions, firstTransfer, tellings } = arranged;
  const numbered = numberHoldings(told, tellings, facts);
  const accounts = accountsOf(told, numbered, facts.accounts ?? []);
  const coverages = accounts.map(({ coverage }) => coverageOf(coverage, about.partial));
  const [ofTransactions, ofTransfers] = [transactions.length, tellings.length];
  const txHeight = pick(stands.height, transactions, new Uint32Array(ofTransactions));
  const transferTransaction = new Uint32Array(ofTransfers);
  for (let t = 0; t < ofTransactions; t++) {
    transferTransaction.fill(t, firstTransfer[t], firstTransfer[t + 1]);
  }
  const { layers, transferLayer } = layersOf(told, tellings);
  const { transferFrom, transferTo, holdingAccount, holdingAsset } = numbered;
  const transferAsset = pick(
    numbered.assetIds,
    pick(told.asset, tellings, new Uint32Array(ofTransfers)),
    new Uint32Array(ofTransfers),
  );
  const moves = { told, tellings, transferTransaction, txHeight, transferFrom, transferTo };
  return {
    about: { ...about, missing: about.missing ?? [], fromGenesis: facts.fromGenesis ?? false },
    transactionNames: namesOf(told, transactions),
    transactionOf: transactionFinder(told, transactions),
    txFirstTransfer: firstTransfer,
    txHeight,
    txPosition: pick(stands.position, transactions, new Uint32Array(ofTransactions)),
    txTime: pick(stands.time, transactions, new Float64Array(ofTransactions)),
    txDayOnly: pick(stands.dayOnly, transactions, new Uint8Array(ofTransactions)),
    transferTransaction,
    layers,
    transferLayer,
    transferIndex: pick(told.index, tellings, new Uint32Array(ofTransfers)),
    transferFrom,
    transferTo,
    transferAsset,
    amounts: amountsOf(told, tellings),
    transferIsFee: pick(told.isFee, tellings, new Uint8Array(ofTransfers)),
    returnOf: returnsOf(told, arranged),
    holdingAccount,
    holdingAsset,
    holdingCoverage: Uint8Array.from(holdingAccount, (account) => coverages[account]!),
    openings: holdingOpenings(facts.openings ?? [], numbered.holdingOf, about.partial, moves),
    accounts,
    assets: assetsOf(told, numbered, facts.assets ?? []),
  };
}

function layersOf({ layers: { texts: names }, layer }: TellingColumns, tellings: Uint32Array) {
  const numbers = pick(layer, tellings, new Uint32Array(tellings.length));
  const isThere = new Uint8Array(names.length);
  for (let id = 0; id < numbers.length; id++) isThere[numbers[id]!] = 1;
  const sorted = [...names.keys()].filter((number) => isThere[number] === 1);
  sorted.sort((a, b) => compareNames(names[a]!, names[b]!));
  const places = new Uint32Array(names.length);
  sorted.forEach((number, place) => {
    places[number] = place;
  });
  const transferLayer = pick(places, numbers, new Uint32Array(tellings.length));
  return { layers: sorted.map((number) => names[number]!), transferLayer };
}

function namesOf({ transactions: { texts: names } }: TellingColumns, transactions: Uint32Array): string[] {
  const sorted: string[] = [];
  for (let t = 0; t < transactions.length; t++) sorted.push(names[transactions[t]!]!);
  return sorted;
}

function transactionFinder(told: TellingColumns, transactions: Uint32Array) {
  const places = new Uint32Array(transactions.length);
  for (let place = 0; place < transactions.length; place++) places[transactions[place]!] = place;
  return (name: string) => {
    const number = told.transactions.find(name);
    return number < 0 ? undefined : places[number];
  };
}

function amountsOf({ amount }: TellingColumns, tellings: Uint32Array): bigint[] {
  const amounts: bigint[] = [];
  for (let id = 0; id < tellings.length; id++) amounts.push(amount[tellings[id]!]!);
  return amounts;
}

/** Accounts by name; newer facts add to older ones. */
function accountsOf(
  told: TellingColumns,
  { accounts, accountIds }: NumberedHoldings,
  facts: readonly AccountFact[],
): AccountRecord[] {
  const records = Array.from(accounts, (number, id) => ({
    id,
    name: told.accounts.texts[number]!,
    coverage: null as AccountRecord["coverage"],
    about: null as string | null,
  }));
  for (const { account, coverage, about } of facts) {
    const record = records[accountIds[told.accounts.find(account)]!]!;
    record.coverage = coverage ?? record.coverage;
    record.about = about?.toWellFormed() ?? record.about;
  }
  return records;
}

/** Assets by name, likewise. */
function assetsOf(
  told: TellingColumns,
  { assets, assetIds }: NumberedHoldings,
  facts: readonly AssetFact[],
): AssetFact[] {
  const records = Array.from(assets, (number): AssetFact => {
    return { asset: told.assets.texts[number]!, decimals: null, symbol: null };
  });
  for (const { asset, decimals, symbol } of facts) {
    const id = assetIds[told.assets.find(asset)]!;
    const before = records[id]!;
    records[id] = {
      asset,
      decimals: decimals ?? before.decimals,
      symbol: symbol?.toWellFormed() ?? before.symbol,
    };
  }
  return records;
}

/** A holding's place in `coverageNames`: what a fact says, else by whether the ledger is partial. */
export function coverageOf(fact: AccountFact["coverage"], partial: boolean): number {
  return coverageNames.indexOf(fact ?? (partial ? "partly" : "covered"));
}

/** The transfer that each transfer gives back, where it is held and stands before. */
function returnsOf(told: TellingColumns, { transactions, firstTransfer, tellings }: ArrangedColumns) {
  const returnOf = new Map<number, number>();
  if (told.returns.size === 0) return returnOf;
  const keyOf = (of: { transaction: string; layer: string; index: number }) =>
    JSON.stringify([of.transaction, of.layer, of.index]);
  // Only what something names as given back has to be found by its name.
  const named = new Set([...told.returns.values()].map(({ transaction }) => told.transactions.find(transaction)));
  const ids = new Map<string, number>();
  transactions.forEach((number, place) => {
    for (let id = firstTransfer[place]!; id < firstTransfer[place + 1]!; id++) {
      const telling = tellings[id]!;
      const returns = told.returns.get(telling);
      const returned = returns === undefined ? undefined : ids.get(keyOf(returns));
      // One that stands later, or is the transfer itself, is not known yet, and cannot be given back.
      if (returned !== undefined) returnOf.set(id, returned);
      if (!named.has(number)) continue;
      const layer = told.layers.texts[told.layer[telling]!]!;
      ids.set(keyOf({ transaction: told.transactions.texts[number]!, layer, index: told.index[telling]! }), id);
    }
  });
  return returnOf;
}
