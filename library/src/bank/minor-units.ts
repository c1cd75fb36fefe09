import { currency } from "../money/asset.ts";

/** More digits than any amount of money has; FIN allows 15 characters. */
const digitsMax = 30;

const decimalsOf = new Map<string, number>();
/** Amounts of one currency mostly stand together. */
let lastCode = "";
let lastDecimals = -1;

/** How many decimals a currency has; -1 where the text is no currency code. */
function decimalPlaces(code: string): number {
  if (code === lastCode) return lastDecimals;
  let decimals = decimalsOf.get(code);
  if (decimals === undefined) {
    decimals = /^[A-Z]{3}$/u.test(code) ? currency(code).decimals : -1;
    // Codes are few; a file that makes them up must not fill the memory.
    if (decimalsOf.size < 1000) decimalsOf.set(code, decimals);
  }
  lastCode = code;
  lastDecimals = decimals;
  return decimals;
}

/** Whether a text has the form of an ISO 4217 code. */
export const isCurrency = (code: string): boolean => decimalPlaces(code) >= 0;

/**
 * An amount's digits before and after its decimal sign as minor units, exactly.
 *
 * @param code ISO 4217
 * @returns decimal digits without leading zeros; null where there are digits that the currency has no unit for, none
 * at all, or too many
 */
export function minorUnits(whole: string, fraction: string, code: string): string | null {
  const decimals = decimalPlaces(code);
  if (decimals < 0 || whole.length + fraction.length > digitsMax || whole + fraction === "") return null;
  let digits = whole;
  for (let at = 0; at < decimals || at < fraction.length; at++) {
    const digit = at < fraction.length ? fraction[at]! : "0";
    if (at < decimals) digits += digit;
    else if (digit !== "0") return null;
  }
  return plainDigits(digits);
}

/** Digits without leading zeros; null where there is none or something else. */
function plainDigits(digits: string): string | null {
  if (digits === "") return null;
  let zeros = 0;
  for (let at = 0; at < digits.length; at++) {
    const code = digits.charCodeAt(at);
    if (code < 48 || code > 57) return null;
    if (code === 48 && zeros === at && at < digits.length - 1) zeros++;
  }
  return zeros === 0 ? digits : digits.slice(zeros);
}
