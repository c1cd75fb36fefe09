import { currency as currencyAsset } from "../money/asset.ts";

/** Minor units as a person reads them, `-12.50 USD`; where the currency is not one of ISO 4217, `1250 minor units of X`. */
export function spokenMoney(amount: bigint, currency: string): string {
  if (!/^[A-Z]{3}$/u.test(currency)) return `${amount} minor units of ${currency.slice(0, 12)}`;
  const { decimals } = currencyAsset(currency);
  const digits = String(amount < 0n ? -amount : amount).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const plain = decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return `${amount < 0n ? "-" : ""}${plain} ${currency}`;
}
