import { type DateRead, dateOfDay, dayNumber, weekdayOf } from "./calendar.ts";
import { nearestOf, readYearAfter } from "./read-day.ts";
import { openDate } from "./read-weekday.ts";
import type { Token } from "./tokens.ts";

type DayOfYear = (year: number) => number;

const fixed =
  (month: number, day: number): DayOfYear =>
  (year) =>
    dayNumber(year, month, day);

/** The nth such weekday of a month; below nought counted from its end. */
const nthWeekday =
  (month: number, weekday: number, nth: number): DayOfYear =>
  (year) => {
    if (nth < 0) {
      const last = dayNumber(year, month + 1, 1) - 1;
      return last - ((weekdayOf(last) - weekday + 7) % 7);
    }
    const first = dayNumber(year, month, 1);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
  };

/** Easter Sunday of the Gregorian calendar (Nature, 20 April 1876; Meeus, Astronomical Algorithms). */
export function easterOf(year: number): number {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const count = h + l - 7 * m + 114;
  return dayNumber(year, Math.floor(count / 31), (count % 31) + 1);
}

const easter =
  (by: number): DayOfYear =>
  (year) =>
    easterOf(year) + by;

/**
 * Days that English-speaking reports call by name, by their words in small letters without apostrophes. Left out: those
 * that fall on other days in other countries ("Independence Day", "Mother's Day", "Labour Day").
 */
const feasts: readonly (readonly [string, DayOfYear])[] = [
  ["christmas eve", fixed(12, 24)],
  ["christmas day", fixed(12, 25)],
  ["christmas", fixed(12, 25)],
  ["boxing day", fixed(12, 26)],
  ["new year s eve", fixed(12, 31)],
  ["new years eve", fixed(12, 31)],
  ["new year s day", fixed(1, 1)],
  ["new years day", fixed(1, 1)],
  ["new year day", fixed(1, 1)],
  ["valentine s day", fixed(2, 14)],
  ["valentines day", fixed(2, 14)],
  ["st patrick s day", fixed(3, 17)],
  ["saint patrick s day", fixed(3, 17)],
  ["april fools day", fixed(4, 1)],
  ["april fool s day", fixed(4, 1)],
  ["earth day", fixed(4, 22)],
  ["international workers day", fixed(5, 1)],
  ["bastille day", fixed(7, 14)],
  ["halloween", fixed(10, 31)],
  ["good friday", easter(-2)],
  ["easter sunday", easter(0)],
  ["easter monday", easter(1)],
  ["easter", easter(0)],
  ["memorial day", nthWeekday(5, 1, -1)],
  ["labor day", nthWeekday(9, 1, 1)],
  ["thanksgiving day", nthWeekday(11, 4, 4)],
  ["thanksgiving", nthWeekday(11, 4, 4)],
  ["black friday", (year) => nthWeekday(11, 4, 4)(year) + 1],
];

interface Feast {
  readonly words: readonly string[];
  readonly dayOf: DayOfYear;
}

const byFirst: ReadonlyMap<string, readonly Feast[]> = Map.groupBy(
  feasts.map(([name, dayOf]) => ({ words: name.split(" "), dayOf })),
  ({ words }) => words[0] as string,
);

export const feastWords: readonly string[] = [...byFirst.keys()];

/** A name that is also a season or the head of other names is a day only behind one of these. */
const beforeDay = /^(?:on|before|after|since|until|till|by|around|last|this|next|of|following|previous)$/;
const shifts = new Map([
  ["last", -1],
  ["previous", -1],
  ["next", 1],
]);

/** "Christmas Day 2015", "last Easter", "on Black Friday": a day by its name, the nearest where no year stands. */
export function readFeast(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  for (const { words, dayOf } of byFirst.get(tokens[first]?.lower ?? "") ?? []) {
    const next = nextOf(tokens, first, words);
    if (next === null) continue;
    const year = readYearAfter(tokens, next);
    if (year !== null && tokens[year.next]?.lower === "weekend") return null;
    if (year !== null) return { date: dateOfDay(dayOf(year.year), false), first, next: year.next };
    const before = tokens[first - 1]?.lower ?? "";
    if (tokens[next]?.lower === "weekend") return null;
    if (words.length === 1 && !beforeDay.test(before)) return null;
    const after = tokens[next];
    // "the Christmas party", "after Easter sales": the day gives its name to something else.
    if (
      words.length === 1 &&
      after?.kind === "word" &&
      after.gap === 1 &&
      !/^(?:and|or|on|in|as|when|to)$/.test(after.lower)
    )
      return null;
    if (/^(?:following|previous)$/.test(before) || published === null) return { date: openDate("day"), first, next };
    const now = dateOfDay(published, false).year;
    const days = [now - 1, now, now + 1].map(dayOf);
    const shift = shifts.get(before);
    const day =
      shift === undefined
        ? nearestOf(days, published)
        : shift < 0
          ? days.findLast((one) => one < published)
          : days.find((one) => one > published);
    if (day === undefined) return null;
    return { date: dateOfDay(day, true), first: shift === undefined ? first : first - 1, next };
  }
  return null;
}

/** The token behind the name, whose apostrophes and dots may stand or be left out; null where it is another. */
function nextOf(tokens: readonly Token[], first: number, words: readonly string[]): number | null {
  let at = first;
  for (const word of words) {
    if (/^['’.]$/.test(tokens[at]?.text ?? "") && tokens[at]?.gap === 0) at++;
    if (tokens[at]?.lower !== word || (at > first && tokens[at]?.gap === 2)) return null;
    at++;
  }
  return at;
}
