import { EthereumRefusedError } from "../errors/ethereum.ts";

/*
 * Fields as nodes and exports write them. Each function refuses what it does not know with an EthereumRefusedError that
 * names the field; the value is shown cut short, since it comes from outside.
 */

const shown = (value: unknown) => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return `"${text.replace(/[\p{C}]/gu, " ").slice(0, 60)}"`;
};

export function refused(why: string): EthereumRefusedError {
  return new EthereumRefusedError({ why });
}

/** By character code, 1 for 0-9 and a-f. */
const lowerHexDigits = new Uint8Array(128);
for (const digit of "0123456789abcdef") lowerHexDigits[digit.charCodeAt(0)] = 1;

/** Whether a text is so many hex digits in lower case, after what comes first. A pattern takes four times as long. */
export function isLowerHex(text: string, first: "" | "0x", digits: number): boolean {
  if (text.length !== first.length + digits || !text.startsWith(first)) return false;
  let all = 1;
  for (let j = first.length; j < text.length; j++) all &= lowerHexDigits[text.charCodeAt(j)]!;
  return all === 1;
}

const addressDigits = 40;
const hashDigits = 64;

/** An address, lower case. */
export function addressOf(value: unknown, name: string): string {
  if (typeof value === "string") {
    if (isLowerHex(value, "0x", addressDigits)) return value;
    const lower = value.toLowerCase();
    if (isLowerHex(lower, "0x", addressDigits)) return lower;
  }
  throw refused(`${name} ${shown(value)} is no address`);
}

export function addressOrNull(value: unknown, name: string): string | null {
  return value === null || value === undefined || value === "" ? null : addressOf(value, name);
}

/** A transaction's or block's hash, or another 32 bytes, lower case. */
export function hashOf(value: unknown, name: string): string {
  if (typeof value === "string") {
    if (isLowerHex(value, "0x", hashDigits)) return value;
    const lower = value.toLowerCase();
    if (isLowerHex(lower, "0x", hashDigits)) return lower;
  }
  throw refused(`${name} ${shown(value)} is no hash`);
}

// 2^256 - 1 has 78 decimal and 64 hex digits.
const decimalPattern = /^\d{1,78}$/u;
const hexPattern = /^0x[0-9a-fA-F]{1,64}$/u;
// GraphSense's files hold round numbers so. With a decimal point it would be a rounded one.
const powerPattern = /^(\d{1,40})[eE]\+?(\d{1,2})$/u;
const uint256Max = 2n ** 256n - 1n;

/**
 * A number from 0 to 2^256 - 1: decimal digits (`199e17` too), 0x hex, a bigint, or a whole number that a double holds
 * exactly.
 */
export function quantityOf(value: unknown, name: string): bigint {
  if (typeof value === "string") {
    // Most values are nothing.
    if (value === "0") return 0n;
    const number = decimalPattern.test(value) || hexPattern.test(value) ? BigInt(value) : roundNumber(value);
    if (number !== null && number <= uint256Max) return number;
  }
  if (typeof value === "bigint" && value >= 0n && value <= uint256Max) return value;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw refused(
    `${name} ${shown(typeof value === "bigint" ? String(value) : value)} is no whole number of wei or units`,
  );
}

function roundNumber(text: string): bigint | null {
  const [, digits, power] = powerPattern.exec(text) ?? [];
  return digits === undefined || power === undefined ? null : BigInt(digits) * 10n ** BigInt(power);
}

export function quantityOrNull(value: unknown, name: string): bigint | null {
  return value === null || value === undefined || value === "" ? null : quantityOf(value, name);
}

/** A height, an index, a time: a whole number below 2^53, as decimal digits, 0x hex or a number. */
export function countOf(value: unknown, name: string): number {
  if (typeof value === "string" && value.length < 16) {
    const number = digitsOf(value);
    if (number >= 0) return number;
  }
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  if (typeof value === "string" && (/^\d{1,16}$/u.test(value) || /^0x[0-9a-fA-F]{1,14}$/u.test(value))) {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
  }
  throw refused(`${name} ${shown(typeof value === "bigint" ? String(value) : value)} is no count`);
}

/**
 * The number of at most 15 decimal digits, without a pattern, which takes three times as long; -1 for anything else.
 */
function digitsOf(text: string): number {
  if (text.length === 0) return -1;
  let number = 0;
  for (let j = 0; j < text.length; j++) {
    const digit = text.charCodeAt(j) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = 10 * number + digit;
  }
  return number;
}

export function countOrNull(value: unknown, name: string): number | null {
  return value === null || value === undefined || value === "" ? null : countOf(value, name);
}

export function recordOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refused(`${name} is no object`);
  return value as Readonly<Record<string, unknown>>;
}

export function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw refused(`${name} is no list`);
  return value;
}
