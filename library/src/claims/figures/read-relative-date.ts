import { addMonths, type DateRead, dateOfDay, type PartialDate, weekdayOf } from "./calendar.ts";
import { smallWords } from "./number-words.ts";
import type { Token } from "./tokens.ts";

const weekdays = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
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
]);
const units = new Map([
  ["day", "day"],
  ["week", "week"],
  ["month", "month"],
  ["year", "year"],
  ["decade", "decade"],
] as const);

type Unit = "day" | "week" | "month" | "year" | "decade";

const open = (precision: PartialDate["precision"]): PartialDate => ({
  precision,
  year: null,
  month: null,
  day: null,
  assumed: false,
});

/** "yesterday", "on Sunday", "last month", "three weeks ago": open where the day of publication is not known. */
export function readRelativeDate(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const token = tokens[first] as Token;
  const days = near.get(token.lower);
  if (days !== undefined) {
    return { date: published === null ? open("day") : dateOfDay(published + days, false), first, next: first + 1 };
  }
  const weekday = weekdays.indexOf(token.lower);
  if (weekday >= 0 && token.text !== token.lower) return readWeekday(weekday + 1, "", first, first + 1, published);
  return readShifted(tokens, first, published) ?? readAgo(tokens, first, published);
}

/** A weekday in a report is the last one up to its publication; "next" is the one after it. */
function readWeekday(weekday: number, word: string, first: number, next: number, published: number | null): DateRead {
  if (published === null) return { date: open("day"), first, next };
  const back = (weekdayOf(published) - weekday + 7) % 7;
  const ahead = word === "next" || word === "coming" ? 7 : word === "last" && back === 0 ? -7 : 0;
  return { date: dateOfDay(published - back + ahead, true), first, next };
}

function readShifted(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const word = tokens[first]?.lower ?? "";
  const shift = shifts.get(word);
  const after = tokens[first + 1];
  if (shift === undefined || after?.kind !== "word" || after.gap === 2) return null;
  const weekday = weekdays.indexOf(after.lower);
  if (weekday >= 0) return readWeekday(weekday + 1, word, first, first + 2, published);
  const unit = units.get(after.lower as "day");
  // "the past year" is a stretch of time, "last day" the end of one.
  // "the last week of 2019" is a week of that year.
  if (tokens[first + 2]?.lower === "of") return null;
  if (unit === undefined || unit === "day" || word === "past" || word === "current") return null;
  return { date: published === null ? open(unit) : moved(published, unit, shift), first, next: first + 2 };
}

/** "three weeks ago", "a year earlier" is left open: earlier than what? */
function readAgo(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const word = tokens[first]?.lower ?? "";
  const count = word === "a" || word === "an" ? 1 : smallWords.get(word);
  return count === undefined ? null : agoFrom(tokens, first, count, published);
}

/** The same with its count in digits: "3 weeks ago". */
export function agoFrom(
  tokens: readonly Token[],
  first: number,
  count: number,
  published: number | null,
): DateRead | null {
  const unit = units.get((tokens[first + 1]?.lower ?? "").replace(/s$/, "") as "day");
  if (unit === undefined || tokens[first + 2]?.lower !== "ago") return null;
  return { date: published === null ? open(unit) : moved(published, unit, -count), first, next: first + 3 };
}

function moved(published: number, unit: Unit, by: number): PartialDate {
  const { year, month } = dateOfDay(published, false);
  if (unit === "day") return dateOfDay(published + by, false);
  if (unit === "week") return { ...dateOfDay(published + 7 * by, false), precision: "week" };
  if (unit === "month") return { precision: "month", ...addMonths(year, month, by), day: null, assumed: false };
  if (unit === "year") return { precision: "year", year: year + by, month: null, day: null, assumed: false };
  return { precision: "decade", year: Math.floor(year / 10) * 10 + 10 * by, month: null, day: null, assumed: false };
}
