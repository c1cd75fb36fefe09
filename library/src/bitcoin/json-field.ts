import { TransactionRefusedError } from "../errors/bitcoin-sources.ts";
import { maxMoney } from "./transaction.ts";

/*
 * Fields of a transaction that came as JSON. Each function takes the value and the field's name for the reason that is
 * given where it is wrong, and throws TransactionRefusedError.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export const refuse = (why: string) => new TransactionRefusedError({ why });

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectIn(value: unknown, field: string): JsonObject {
  if (!isObject(value)) throw refuse(`its ${field} is ${shown(value)}, not an object`);
  return value;
}

export function listIn(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw refuse(`its ${field} is ${shown(value)}, not a list`);
  return value;
}

export function bytesIn(value: unknown, field: string): Uint8Array {
  if (typeof value !== "string") throw refuse(`its ${field} is ${shown(value)}, not hex`);
  const bytes = Buffer.from(value, "hex");
  // Node stops at the first character that is no hex, and at an odd one.
  if (bytes.length * 2 !== value.length) throw refuse(`its ${field} is ${shown(value)}, not hex`);
  return bytes;
}

export function txidIn(value: unknown, field: string): string {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/iu.test(value)) {
    throw refuse(`its ${field} is ${shown(value)}, not a txid of 64 hex digits`);
  }
  return value.toLowerCase();
}

/** Satoshi as a whole number: fractions, and numbers that a double does not hold exactly, are no amounts. */
export function satoshiIn(value: unknown, field: string): bigint {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > maxMoney) {
    throw refuse(`its ${field} is ${shown(value)}, not a whole number of satoshi up to 21 million BTC`);
  }
  return BigInt(value as number);
}

/**
 * Satoshi of an amount in BTC that is written as a JSON number: `12.5`, `0.00000001`, `1e-8`. Read from its digits.
 */
export function satoshiOfDecimal(text: unknown, field: string): bigint {
  const match = typeof text === "string" ? /^(\d{1,20})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?$/u.exec(text) : null;
  if (match === null) throw refuse(`its ${field} is ${shown(text)}, not an amount in BTC`);
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const digits = BigInt(whole + fraction);
  // The number is digits × 10^places satoshi.
  const places = 8 + Number(exponent) - fraction.length;
  const divisor = 10n ** BigInt(Math.max(0, -places));
  if (digits % divisor !== 0n) throw refuse(`its ${field} is ${shown(text)} BTC, which is no whole number of satoshi`);
  const value = (digits * 10n ** BigInt(Math.max(0, places))) / divisor;
  if (value > BigInt(maxMoney)) throw refuse(`its ${field} is ${shown(text)} BTC, over 21 million`);
  return value;
}

export function uint32In(value: unknown, field: string): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 0xffff_ffff) {
    throw refuse(`its ${field} is ${shown(value)}, not a whole number of 32 bits`);
  }
  return value as number;
}

/** A version: signed in some sources, unsigned in others; signed here. */
export function versionIn(value: unknown, field: string): number {
  if (!Number.isInteger(value) || (value as number) < -0x8000_0000 || (value as number) > 0xffff_ffff) {
    throw refuse(`its ${field} is ${shown(value)}, not a whole number of 32 bits`);
  }
  return (value as number) | 0;
}

/** A height or a time in seconds; null where there is none. */
export function countIn(value: unknown, field: string): number | null {
  if (value === undefined || value === null) return null;
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 0xffff_ffff) {
    throw refuse(`its ${field} is ${shown(value)}, not a whole number`);
  }
  return value as number;
}

/** A value as it may stand in a message: short, in one line. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = JSON.stringify(value) ?? typeof value;
  const line = text.replace(/\p{C}/gu, "·");
  return line.length > 50 ? `${line.slice(0, 50)}…` : line;
}
