import type { AssetFact } from "../ledger/account-contract.ts";
import { type Asset, currency, ether, token } from "../money/asset.ts";

/**
 * How amounts of an account ledger's asset are written. A token that says nothing of its decimals is counted in its
 * smallest units.
 */
export function assetOfFact({ asset, decimals, symbol }: AssetFact): Asset {
  if (asset === ether.id) return ether;
  if (/^[A-Z]{3}$/u.test(asset))
    return decimals === null ? currency(asset) : { ...currency(asset), decimals, units: { [asset]: decimals } };
  return token(asset, { decimals: decimals ?? 0, symbol });
}
