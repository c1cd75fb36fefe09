import type { NumberedTexts } from "../sets/numbered-texts.ts";
import type { AccountLedgerFacts } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";
import { compareNames } from "./compare-names.ts";
import type { TellingColumns } from "./telling-columns.ts";

/** Accounts, assets and holdings in a ledger's order, and what each transfer takes from and gives to. */
export interface NumberedHoldings {
  /** By id, the number among what was told; and back, where it counts. */
  readonly accounts: readonly number[];
  readonly accountIds: Uint32Array;
  readonly assets: readonly number[];
  readonly assetIds: Uint32Array;
  /** By account, then asset: ids. */
  readonly holdingAccount: Uint32Array;
  readonly holdingAsset: Uint32Array;
  /** Holdings by transfer; {@link unknown32} for nobody. */
  readonly transferFrom: Uint32Array;
  readonly transferTo: Uint32Array;
  /** Of names that a transfer or an opening has. */
  readonly holdingOf: (account: string, asset: string) => number;
}

/**
 * Numbers holdings by account and asset, accounts and assets by name: those of transfers that count and those that
 * facts name.
 */
export function numberHoldings(
  told: TellingColumns,
  tellings: Uint32Array,
  { accounts = [], assets = [], openings = [] }: AccountLedgerFacts,
): NumberedHoldings {
  const { from, to, asset: assetOf } = told;
  const opened = openings.map(({ account, asset }) => [told.accounts.give(account), told.assets.give(asset)] as const);
  const named = accounts.map(({ account }) => told.accounts.give(account));
  const isAsset = used(
    told.assets,
    assets.map(({ asset }) => told.assets.give(asset)),
  );
  const isAccount = used(told.accounts, named);
  const width = told.assets.texts.length;
  // Holdings in the order in which they are met, until all are known.
  const met = new Map<number, number>();
  const meet = (account: number, asset: number): number => {
    const key = account * width + asset;
    const known = met.get(key);
    if (known !== undefined) return known;
    isAccount[account] = 1;
    met.set(key, met.size);
    return met.size - 1;
  };
  const [metFrom, metTo] = [new Uint32Array(tellings.length), new Uint32Array(tellings.length)];
  for (let id = 0; id < tellings.length; id++) {
    const telling = tellings[id]!;
    const asset = assetOf[telling]!;
    isAsset[asset] = 1;
    metFrom[id] = from[telling] === unknown32 ? unknown32 : meet(from[telling]!, asset);
    metTo[id] = to[telling] === unknown32 ? unknown32 : meet(to[telling]!, asset);
  }
  for (const [account, asset] of opened) {
    isAsset[asset] = 1;
    meet(account, asset);
  }
  const byAccount = sortedBy(isAccount, told.accounts.texts);
  const byAsset = sortedBy(isAsset, told.assets.texts);
  const keys = Float64Array.from(met.keys(), (key) => {
    const asset = key % width;
    return byAccount.ids[(key - asset) / width]! * width + byAsset.ids[asset]!;
  });
  const order = new Uint32Array(keys.keys()).sort((a, b) => keys[a]! - keys[b]!);
  const places = new Uint32Array(order.length);
  order.forEach((holding, place) => {
    places[holding] = place;
  });
  const placeOf = (holding: number) => (holding === unknown32 ? unknown32 : places[holding]!);
  return {
    accounts: byAccount.sorted,
    accountIds: byAccount.ids,
    assets: byAsset.sorted,
    assetIds: byAsset.ids,
    holdingAccount: Uint32Array.from(order, (holding) => Math.floor(keys[holding]! / width)),
    holdingAsset: Uint32Array.from(order, (holding) => keys[holding]! % width),
    transferFrom: metFrom.map(placeOf),
    transferTo: metTo.map(placeOf),
    holdingOf: (account, asset) => placeOf(met.get(told.accounts.find(account) * width + told.assets.find(asset))!),
  };
}

/** A flag for each name, set for these. */
function used({ texts }: NumberedTexts, numbers: readonly number[]): Uint8Array {
  const flags = new Uint8Array(texts.length);
  for (const number of numbers) flags[number] = 1;
  return flags;
}

function sortedBy(isUsed: Uint8Array, names: readonly string[]) {
  const sorted = [...isUsed.keys()]
    .filter((number) => isUsed[number] === 1)
    .sort((a, b) => compareNames(names[a]!, names[b]!));
  const ids = new Uint32Array(names.length);
  sorted.forEach((number, id) => {
    ids[number] = id;
  });
  return { sorted, ids };
}
