import type { Instant } from "../../money/instant.ts";

const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1;
};

/**
 * `YYMMDD` as a day, `2016-02-04`; null where there is no such day. Years 80 to 99 are of the 1900s.
 * @see SWIFT format `6!n` as a date
 */
export function mtDate(text: string): string | null {
  if (text.length !== 6) return null;
  const year = twoDigits(text, 0);
  if (year < 0) return null;
  return dayOf(year >= 80 ? 1900 + year : 2000 + year, text.slice(2));
}

/**
 * The `MMDD` of an entry as a day. It has no year: of the years around the value date's, the one that brings it
 * nearest is meant, so an entry of `0102` with a value of 31 December is of the next year.
 * @see SWIFT field 61, subfield 2
 */
export function entryDay(monthDay: string, valueDay: string): string | null {
  const year = Number(valueDay.slice(0, 4));
  const value = Date.parse(valueDay);
  let best: string | null = null;
  for (const day of [dayOf(year, monthDay), dayOf(year - 1, monthDay), dayOf(year + 1, monthDay)]) {
    if (day === null) continue;
    if (best === null || Math.abs(Date.parse(day) - value) < Math.abs(Date.parse(best) - value)) best = day;
  }
  return best;
}

function dayOf(year: number, monthDay: string): string | null {
  const month = twoDigits(monthDay, 0);
  const day = twoDigits(monthDay, 2);
  if (monthDay.length !== 4 || month < 1 || month > 12 || day < 1 || day > daysInMonth[month - 1]!) return null;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return null;
  return `${year}-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`;
}

/**
 * A day and a clock's time in a zone (`1047`, `+0100`; no zone: UTC) as an instant; null where they are none.
 * @see SWIFT fields 13C, 13D
 */
export function mtInstant(day: string | null, clock: string, zone: string): Instant | null {
  const hours = twoDigits(clock, 0);
  const minutes = twoDigits(clock, 2);
  const match = /^([+-])(\d{2})(\d{2})$/u.exec(zone === "" ? "+0000" : zone);
  if (day === null || match === null || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null;
  const [, sign, zoneHours, zoneMinutes] = match;
  const ahead = 60 * Number(zoneHours) + Number(zoneMinutes);
  if (ahead > 14 * 60) return null;
  return (Date.parse(day) + 60_000 * (60 * hours + minutes - (sign === "-" ? -ahead : ahead))) as Instant;
}
