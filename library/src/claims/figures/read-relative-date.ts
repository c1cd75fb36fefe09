import { addMonths, type DateRead, dateOfDay, dayMonthsOn, type PartialDate, weekdayOf, weekOf } from "./calendar.ts";
import { smallNumberAt } from "./day-words.ts";
import { digitsAt } from "./read-day.ts";
import { openDate, readDayOfWeek, readShiftedWeekday } from "./read-weekday.ts";
import type { Token } from "./tokens.ts";

const near = new Map([
  ["yesterday", -1],
  ["today", 0],
  ["tonight", 0],
  ["tomorrow", 1],
]);
const shifts = new Map([
  ["last", -1],
  ["past", -1],
  ["previous", -1],
  ["this", 0],
  ["current", 0],
  ["next", 1],
  ["coming", 1],
  ["upcoming", 1],
]);
export type DateUnit = "day" | "week" | "month" | "quarter" | "year" | "decade";

const unitNames: readonly DateUnit[] = ["day", "week", "month", "quarter", "year", "decade"];
const units: ReadonlyMap<string, DateUnit> = new Map(
  unitNames.flatMap((unit): [string, DateUnit][] => [
    [unit, unit],
    [`${unit}s`, unit],
  ]),
);

/** The unit of time that a word names, in the singular or the plural. */
export const dateUnit = (lower: string): DateUnit | undefined => units.get(lower);

/** What a date that is counted from the publication begins with. */
export const relativeWords: readonly string[] = [...near.keys(), ...shifts.keys()];

/** "yesterday" and its like. */
export function readNearDay(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const days = near.get(tokens[first]?.lower ?? "");
  if (days === undefined) return null;
  return { date: published === null ? openDate("day") : dateOfDay(published + days, false), first, next: first + 1 };
}

/** "last Sunday", "last month", "last week on Sunday", "the last three months": open without a publication. */
export function readShifted(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const word = tokens[first]?.lower ?? "";
  const shift = shifts.get(word);
  const after = tokens[first + 1];
  if (shift === undefined || after === undefined || after.gap === 2) return null;
  const weekday = readShiftedWeekday(tokens, first, published);
  if (weekday !== null) return weekday;
  const stretch = readStretch(tokens, first, shift, published);
  if (stretch !== null) return stretch;
  if (after.lower === "weekend") return readWeekend(word, shift, first, first + 2, published);
  const unit = units.get(after.lower);
  // "the past year" is a stretch of time, "last day" the end of one.
  // "the last week of 2019" is a week of that year.
  if (tokens[first + 2]?.lower === "of" || after.kind !== "word") return null;
  if (unit === undefined || after.lower !== unit || unit === "day" || (word === "past" && unit !== "quarter"))
    return null;
  if (word === "current" && unit !== "quarter") return null;
  const day = unit === "week" ? readDayOfWeek(tokens, first, first + 2, published) : null;
  if (day !== null) return day;
  return { date: published === null ? openDate(unit) : moved(published, unit, shift), first, next: first + 2 };
}

/**
 * "the last three days", "the past 6 months": up to the day of publication. What lies ahead ("the next three days") may
 * be counted from what is told as well as from the publication, and stays a duration. Quarters are the calendar's.
 */
function readStretch(
  tokens: readonly Token[],
  first: number,
  shift: number,
  published: number | null,
): DateRead | null {
  const digits = digitsAt(tokens, first + 1, 3);
  const count = digits !== null ? { value: digits, next: first + 2 } : smallNumberAt(tokens, first + 1);
  if (count === null || count.value < 1 || shift !== -1) return null;
  const unit = dateUnit(tokens[count.next]?.lower ?? "");
  const next = count.next + 1;
  // Of "the last two months of 2019" the year decides; and without a publication it is a duration and no more.
  if (unit === undefined || unit === "decade" || published === null || tokens[next]?.lower === "of") return null;
  if (unit === "quarter") {
    return { date: moved(published, unit, -count.value), to: moved(published, unit, -1), first, next };
  }
  const start =
    unit === "day" || unit === "week"
      ? published - count.value * (unit === "day" ? 1 : 7)
      : dayMonthsOn(published, -count.value * (unit === "month" ? 1 : 12));
  return { date: dateOfDay(start, true), to: dateOfDay(published, true), first, next };
}

/**
 * A weekend is that of the week; "the weekend" of a report the last one that had begun by then. "This weekend" is open
 * between two of them: on a Monday it is mostly the one before, on a Friday the one to come.
 */
export function readWeekend(
  word: string,
  shift: number,
  first: number,
  next: number,
  published: number | null,
): DateRead | null {
  if (published === null) return { date: openDate("day"), first, next };
  const saturday = published - weekdayOf(published) + 6;
  if (word === "this" && weekdayOf(published) < 6) return { date: openDate("day"), first, next };
  const by = word === "" ? (weekdayOf(published) < 6 ? -7 : 0) : 7 * shift;
  return { date: dateOfDay(saturday + by, true), to: dateOfDay(saturday + by + 1, true), first, next };
}

/** The unit of time that is `by` units from the one that holds a day. */
export function moved(from: number, unit: DateUnit, by: number): PartialDate {
  const { year, month } = dateOfDay(from, false);
  const rest = { day: null, assumed: false };
  if (unit === "day") return dateOfDay(from + by, false);
  if (unit === "week") return weekOf(from + 7 * by);
  if (unit === "month") return { precision: "month", ...addMonths(year, month, by), ...rest };
  if (unit === "quarter")
    return { precision: "quarter", ...addMonths(year, month - ((month - 1) % 3), 3 * by), ...rest };
  if (unit === "year") return { precision: "year", year: year + by, month: null, ...rest };
  return { precision: "decade", year: Math.floor(year / 10) * 10 + 10 * by, month: null, ...rest };
}
