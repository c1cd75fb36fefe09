import {
  type AccountFact,
  type AccountLedgerFacts,
  type AssetFact,
  type BalanceRecord,
  coverageNames,
  type OpeningFact,
} from "../account-contract.ts";
import { unknown32 } from "../account-schema.ts";
import { isBalance } from "../amount-column.ts";
import { compareNames } from "../compare-names.ts";
import type { ToldTransaction } from "./arrange-tellings.ts";

/** What an account holds in an asset, with every transfer of it. */
export interface MemoryHolding {
  readonly account: string;
  readonly asset: string;
  readonly moves: readonly { readonly height: number; readonly gained: bigint; readonly paid: bigint }[];
  /** Before the first transfer; null where no fact, or no undisputed fact, says. */
  readonly opening: bigint | null;
}

interface GatheredHolding {
  readonly account: string;
  readonly asset: string;
  readonly moves: MemoryHolding["moves"][number][];
  readonly claims: Set<bigint>;
}

/** Something of each holding, found by its account and asset. */
export class HoldingMap<Value> {
  readonly #byAsset = new Map<string, Map<string, Value>>();

  get(account: string, asset: string): Value | undefined {
    return this.#byAsset.get(asset)?.get(account);
  }

  set(account: string, asset: string, value: Value): Value {
    const known = this.#byAsset.get(asset);
    if (known === undefined) this.#byAsset.set(asset, new Map([[account, value]]));
    else known.set(account, value);
    return value;
  }

  values(): Value[] {
    return [...this.#byAsset.values()].flatMap((byAccount) => [...byAccount.values()]);
  }
}

/** Holdings by account, then asset. */
export function memoryHoldings(
  transactions: readonly ToldTransaction[],
  openings: readonly OpeningFact[],
  partial: boolean,
): MemoryHolding[] {
  const holdings = new HoldingMap<GatheredHolding>();
  const holdingOf = (account: string, asset: string) =>
    holdings.get(account, asset) ?? holdings.set(account, asset, { account, asset, moves: [], claims: new Set() });
  for (const { height, transfers } of transactions) {
    for (const { from, to, asset, amount } of transfers) {
      if (from !== null && from === to) holdingOf(from, asset).moves.push({ height, gained: amount, paid: amount });
      else {
        if (from !== null) holdingOf(from, asset).moves.push({ height, gained: 0n, paid: amount });
        if (to !== null) holdingOf(to, asset).moves.push({ height, gained: amount, paid: 0n });
      }
    }
  }
  for (const fact of openings) {
    const { moves, claims } = holdingOf(fact.account, fact.asset);
    const before = moves.filter(
      ({ height }) => height !== unknown32 && fact.height !== undefined && fact.height !== null && height < fact.height,
    );
    if (before.length > 0 && partial) continue;
    const opening = before.reduce((balance, { gained, paid }) => balance - gained + paid, fact.amount);
    if (isBalance(opening)) claims.add(opening);
  }
  return holdings
    .values()
    .map(({ claims, ...holding }) => {
      const [opening = null, ...others] = claims;
      return { ...holding, opening: others.length > 0 ? null : opening };
    })
    .sort((a, b) => compareNames(a.account, b.account) || compareNames(a.asset, b.asset));
}

/** Accounts by name: those with holdings and those that facts name; newer facts add to older ones. */
export function memoryAccounts(
  holdings: readonly MemoryHolding[],
  facts: readonly AccountFact[],
): Map<string, Omit<AccountFact, "account">> {
  const known = new Map<string, Omit<AccountFact, "account">>();
  for (const { account } of holdings) known.set(account, { coverage: null, about: null });
  for (const { account, coverage, about } of facts) {
    const before = known.get(account);
    known.set(account, {
      coverage: coverage ?? before?.coverage ?? null,
      about: about?.toWellFormed() ?? before?.about ?? null,
    });
  }
  return new Map([...known].sort(([a], [b]) => compareNames(a, b)));
}

/** Assets by name, likewise. */
export function memoryAssets(
  transactions: readonly ToldTransaction[],
  holdings: readonly MemoryHolding[],
  { assets = [] }: AccountLedgerFacts,
): AssetFact[] {
  const known = new Map<string, AssetFact>();
  const name = (asset: string) => known.set(asset, { asset, decimals: null, symbol: null });
  for (const { transfers } of transactions) for (const { asset } of transfers) name(asset);
  for (const { asset } of holdings) name(asset);
  for (const { asset, decimals, symbol } of assets) {
    const before = known.get(asset);
    known.set(asset, {
      asset,
      decimals: decimals ?? before?.decimals ?? null,
      symbol: symbol?.toWellFormed() ?? before?.symbol ?? null,
    });
  }
  return [...known.values()].sort((a, b) => compareNames(a.asset, b.asset));
}

/** A holding's place in `coverageNames`: what a fact says, else by whether the ledger is partial. */
export function coverageOf(fact: AccountFact["coverage"], partial: boolean): number {
  return coverageNames.indexOf(fact ?? (partial ? "partly" : "covered"));
}

export function balanceOf(
  holding: MemoryHolding,
  { fromGenesis, isCovered }: { fromGenesis: boolean; isCovered: boolean },
): BalanceRecord {
  const received = holding.moves.reduce((sum, { gained }) => sum + gained, 0n);
  const paid = holding.moves.reduce((sum, move) => sum + move.paid, 0n);
  const opening = holding.opening ?? (fromGenesis ? 0n : null);
  const balance = opening !== null && isCovered ? opening + received - paid : null;
  return { asset: holding.asset, transfers: holding.moves.length, received, paid, opening, balance };
}
