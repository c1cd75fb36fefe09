import { refused } from "./field.ts";

const datePattern = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?: ?(?:UTC|Z|\+00:00))?$/u;

/** Whole seconds since 1970 from such a number, or from a date and time in UTC; null for an empty field. */
export function secondsOrNull(text: string, name: string): number | null {
  if (text === "") return null;
  if (/^\d{1,11}$/u.test(text)) return Number(text);
  const [, year, month, day, hour, minute, second] = datePattern.exec(text) ?? [];
  const ms = year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // Date.parse rolls 30 February over into March.
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day)) {
    throw refused(`${name} "${text.slice(0, 40)}" is neither seconds since 1970 nor a date and time in UTC`);
  }
  return ms / 1000;
}
