import { AmountSyntaxError } from "../errors/money.ts";
import type { Asset } from "./asset.ts";

declare const assetOfAmount: unique symbol;

/**
 * A number of smallest units of one asset (satoshi, wei, cent). The brand keeps the assets apart for the compiler;
 * arithmetic gives a plain bigint back, which {@link amount} brands again.
 */
export type Amount<Id extends string = string> = bigint & { readonly [assetOfAmount]: Id };

/** Satoshi. */
export type Satoshi = Amount<"BTC">;

/** Says that `units` counts smallest units of `asset`. Negative numbers are refused: a ledger knows no debts here. */
export function amount<Id extends string>(asset: Asset<Id>, units: bigint | number): Amount<Id> {
  const value = BigInt(units);
  if (value < 0n) throw new AmountSyntaxError({ text: String(units), asset: asset.id, why: "it is negative" });
  return value as Amount<Id>;
}

// Longer than any real amount; keeps a pasted file from becoming a bigint.
const amountTextMax = 80;
const amountPattern = /^(\d{1,60})(?:\.(\d{1,30}))?(?:\s*([A-Za-z]+))?$/u;

/**
 * Reads an amount: `150000000` (smallest units), `1.5 BTC`, `1.5BTC`, `150000000 sat`.
 * A number with decimals needs its unit, and no more decimals than the unit has.
 * @throws AmountSyntaxError
 */
export function parseAmount<Id extends string>(asset: Asset<Id>, text: string): Amount<Id> {
  const fail = (why: string) => new AmountSyntaxError({ text: text.slice(0, amountTextMax), asset: asset.id, why });
  const match = text.length <= amountTextMax ? amountPattern.exec(text.trim()) : null;
  if (match === null) throw fail("it is not a decimal number with an optional unit");
  const [, whole = "", fraction = "", unit] = match;
  if (unit === undefined && fraction !== "") throw fail("a number with decimals needs a unit");
  const decimals = unit === undefined ? 0 : asset.units[unit];
  if (decimals === undefined) throw fail(`the unit is not one of ${Object.keys(asset.units).join(", ")}`);
  if (fraction.length > decimals) throw fail(`${unit} has ${decimals} decimal places`);
  return BigInt(whole + fraction.padEnd(decimals, "0")) as Amount<Id>;
}

/** Prints an amount in the asset's main unit with all its decimals: `1.50000000 BTC`. `digits` alone: no unit. */
export function formatAmount(asset: Asset, units: bigint, style: "unit" | "digits" = "unit"): string {
  const sign = units < 0n ? "-" : "";
  const digits = String(units < 0n ? -units : units).padStart(asset.decimals + 1, "0");
  const cut = digits.length - asset.decimals;
  const whole = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/gu, ",");
  const number = asset.decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(cut)}`;
  return style === "unit" ? `${number} ${asset.id}` : number;
}
