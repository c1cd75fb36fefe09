import { refused } from "./field.ts";

const pattern = /^(\d{1,60})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,3}))?$/u;
const exponentMax = 60;

/**
 * Smallest units from an amount as an export displays it: `1,234.5`, `0.000000000000000001`, `5E-05`, with a unit
 * behind or not. Exact: what is no whole number of smallest units is refused.
 *
 * @param decimals places of the asset
 * @throws EthereumRefusedError
 */
export function displayedAmount(text: string, decimals: number, name: string): bigint {
  const plain = text.trim().replace(/\s*[A-Za-z]{2,10}$/u, "");
  const fail = (why: string) => refused(`${name} "${text.slice(0, 60)}" ${why}`);
  const match = /^\d{1,3}(?:,\d{3})+(?:\.|$)/u.test(plain)
    ? pattern.exec(plain.replaceAll(",", ""))
    : pattern.exec(plain);
  if (match === null) throw fail("is no amount");
  const [, whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > exponentMax) throw fail("is no amount");
  // whole.fraction · 10^(exponent + decimals), as a shift of the decimal point.
  const shift = exponent + decimals - fraction.length;
  const digits = BigInt(whole + fraction);
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  if (digits % divisor !== 0n) throw fail(`has more than ${decimals} decimal places`);
  return digits / divisor;
}
