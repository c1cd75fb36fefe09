import { formatAmount } from "../../money/amount.ts";
import { currency as currencyAsset } from "../../money/asset.ts";

/** Minor units as a person reads them, `-12.50 USD`; of what is no ISO 4217 code, `1250 minor units of X`. */
export function spokenMoney(amount: bigint, currency: string): string {
  if (!/^[A-Z]{3}$/u.test(currency)) return `${amount} minor units of ${currency.slice(0, 12)}`;
  return formatAmount(currencyAsset(currency), amount);
}
