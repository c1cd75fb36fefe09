import { addMonths, type DateRead, dateOfDay, dayNumber } from "./calendar.ts";
import { isClosed, ordinalAt, smallNumberAt } from "./day-words.ts";
import { monthAt } from "./month-names.ts";
import { digitsAt, found, nearest, nearestOf, readDay, readYearAfter } from "./read-day.ts";
import { readFeast } from "./read-feast.ts";
import { readNumericDate } from "./read-numeric-date.ts";
import { readNearDay, readShifted } from "./read-relative-date.ts";
import { openDate, readWeekday } from "./read-weekday.ts";
import { readCentury, readNamedYear, readYear, readYearWords } from "./read-year.ts";
import type { Token } from "./tokens.ts";

/**
 * A day, week, month or year that is named by itself, at a token: "4 February 2016", "last month", "in 2015"; null
 * where none is. What is made of others ("the end of 2015", "two days after Christmas") is built on these.
 */
export function readPlainDate(tokens: readonly Token[], at: number, published: number | null): DateRead | null {
  const token = tokens[at];
  if (token === undefined || token.kind === "mark" || isGlued(tokens, at)) return null;
  if (token.kind === "digits") {
    return (
      readNumericDate(tokens, at) ??
      readDayMonth(tokens, at, published) ??
      readDayOfMonth(tokens, at, published) ??
      readCentury(tokens, at) ??
      readYearMonth(tokens, at) ??
      readYear(tokens, at)
    );
  }
  return (
    readMonthDay(tokens, at, published) ??
    readDayMonth(tokens, at, published) ??
    readNearDay(tokens, at, published) ??
    readShifted(tokens, at, published) ??
    readWeekday(tokens, at, published) ??
    readFeast(tokens, at, published) ??
    (token.lower === "year" ? readNamedYear(tokens, at) : null) ??
    readYearWords(tokens, at) ??
    readCentury(tokens, at)
  );
}

/** Whether a token goes on with what stands before it: a name, a number, an address. */
export const isGlued = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.gap === 0 && at > 0 && /^[./:#_$€£@=&?%\\]$|\p{L}|\d/u.test(tokens[at - 1]?.text ?? "");

/** "August 27th, 2020", "Aug. 27", "March 2019", "in July this year"; a month alone needs a word before it. */
function readMonthDay(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const named = monthAt(tokens, first);
  if (named === null) return null;
  const { month } = named;
  const marked = readNumericDate(tokens, first);
  if (marked !== null) return marked;
  const day = readDayBehind(tokens, named.next);
  if (day !== null) {
    const pair = readDayPair(tokens, first, month, day, published);
    if (pair !== null) return pair;
    const year = readYearAfter(tokens, day.next);
    if (year !== null && !isDayOf(year.year, month, day.day)) return null;
    return year === null
      ? nearest(month, day.day, first, day.next, published)
      : found({ year: year.year, month, day: day.day }, first, year.next);
  }
  const year = readYearAfter(tokens, named.next);
  if (year !== null) return found({ year: year.year, month, day: null }, first, year.next);
  return monthAlone(tokens, first, named, published);
}

const isDayOf = (year: number, month: number, day: number): boolean =>
  day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/** " 4", " the 4th", ", 4th" behind the name of a month. */
function readDayBehind(tokens: readonly Token[], at: number): { day: number; next: number } | null {
  const linked = /^(?:the|,)$/.test(tokens[at]?.lower ?? "");
  const day = readDay(tokens, linked ? at + 1 : at);
  if (!linked || day === null) return day;
  // "In May, 5 people …", "in May the first suspect …": behind a comma or "the" only what can be nothing but a day.
  return tokens[day.next - 2]?.kind === "digits" && day.next === at + 3
    ? day
    : closesDay(tokens, day.next)
      ? day
      : null;
}

const closesDay = (tokens: readonly Token[], at: number): boolean => {
  const [token, day] = [tokens[at], tokens[at - 1]];
  if (day?.kind !== "word") return false;
  return token === undefined || token.kind !== "word" || /^(?:and|to|till|until|through)$/.test(token.lower);
};

/** "Jan. 26-27, 2018", "Jan. 26-27", "Feb. 4/5", "Feb. 4 and 5, 2016": two days of one month. */
function readDayPair(
  tokens: readonly Token[],
  first: number,
  month: number,
  from: { day: number; next: number },
  published: number | null,
): DateRead | null {
  const [joint, after] = [tokens[from.next], tokens[from.next + 1]];
  const isMark = /^[-–/]$/.test(joint?.text ?? "") && joint?.gap === 0 && after?.gap === 0;
  const until = isMark || joint?.lower === "and" ? readDay(tokens, from.next + 1) : null;
  if (until === null || until.day <= from.day) return null;
  // "Feb. 4 and 5" are all the days from one to the other where nothing lies between.
  const isNext = until.day === from.day + 1 && (isMark || isClosed(tokens, until.next));
  if (!isNext && !/^[-–]$/.test(joint?.text ?? "")) return null;
  const year = readYearAfter(tokens, until.next);
  const end =
    year === null
      ? nearest(month, until.day, first, until.next, published)
      : found({ year: year.year, month, day: until.day }, first, year.next);
  if (end === null || (end.date.year !== null && !isDayOf(end.date.year, month, until.day))) return null;
  return { ...end, date: { ...end.date, day: from.day }, to: end.date };
}

const beforeMonth = new Set(
  (
    "in since until till by during from last this next early late mid of between and to through before after every " +
    "beginning starting on"
  ).split(" "),
);

/** "The end of May" is a month, "the words of May" are hers. */
const beforeOf = /^(?:end|start|beginning|middle|close|week|weeks|days|half)$/;

function monthAlone(
  tokens: readonly Token[],
  first: number,
  { month, next }: { month: number; next: number },
  published: number | null,
): DateRead | null {
  const before = tokens[first - 1]?.text === "-" ? tokens[first - 2] : tokens[first - 1];
  const word = before?.lower ?? "";
  const shift = /^(?:last|this|next)$/.test(word) && tokens[first - 1] === before;
  const at = shift ? first - 1 : first;
  const relative = /^(?:this|last|next)$/.exec(tokens[next]?.lower ?? "");
  const year = relative !== null && tokens[next + 1]?.lower === "year" ? relative[0] : null;
  if (!beforeMonth.has(word) && !shift && year === null && !leadsToMonth(tokens, next)) return null;
  const ofPart = word === "of" && beforeOf.test(tokens[first - 2]?.lower ?? "");
  if (tokens[first]?.lower === "may" && /^(?:and|to|of|by|on)$/.test(word) && year === null && !ofPart) return null;
  // "on March 5" is read before; "on August" is rather the name of a woman.
  if (word === "on" && !/^(?:starting|beginning)$/.test(tokens[first - 2]?.lower ?? "")) return null;
  const end = year === null ? next : next + 2;
  if (published === null) return { ...found({ year: null, month, day: null }, at, end), yearless: true };
  const now = dateOfDay(published, false);
  const by = { this: 0, last: -1, next: 1 };
  if (year !== null) return found({ year: now.year + by[year as "this"], month, day: null }, at, end);
  const past = month <= now.month ? now.year : now.year - 1;
  const last = word === "last" && month === now.month ? past - 1 : past;
  const named = word === "next" ? (month > now.month ? now.year : now.year + 1) : word === "this" ? now.year : last;
  const read = found({ year: named, month, day: null }, at, end, true);
  return shift ? read : { ...read, yearless: true };
}

/** "Nov-Feb 2017", "October to December 2018": the month behind, and its year, make a month of the one before. */
function leadsToMonth(tokens: readonly Token[], at: number): boolean {
  if (!/^(?:[-–—]|to|through)$/.test(tokens[at]?.lower ?? "") || tokens[at + 1]?.gap === 2) return false;
  const named = monthAt(tokens, at + 1);
  if (named === null) return false;
  const day = readDay(tokens, named.next);
  return readYearAfter(tokens, day?.next ?? named.next) !== null;
}

/** "14 May 2019", "the 2nd of August 2016", "first of May", "the 23rd day of September" */
function readDayMonth(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const day = readDay(tokens, first) ?? readSpelledDay(tokens, first);
  if (day === null) return null;
  const behind = tokens[day.next]?.lower === "day" && tokens[day.next + 1]?.lower === "of" ? day.next + 1 : day.next;
  const of = tokens[behind]?.lower === "of" ? behind + 1 : behind;
  // "the third May protest": an ordinal in words is a day where "of" says so.
  if (tokens[first]?.kind === "word" && of === day.next && readYearOfMonth(tokens, of) === null) return null;
  const hyphen = tokens[of]?.text === "-" && tokens[of]?.gap === 0 ? of + 1 : of;
  const named = monthAt(tokens, hyphen);
  if (named === null || tokens[hyphen]?.gap === 2) return null;
  const comma = tokens[named.next]?.text === "-" ? named.next + 1 : named.next;
  const year = readYearAfter(tokens, comma);
  // "Chile in 2 May raids": a day before a month that is a word needs its year or "of".
  if (year === null) return nearest(named.month, day.day, first, named.next, published);
  return isDayOf(year.year, named.month, day.day)
    ? found({ year: year.year, month: named.month, day: day.day }, first, year.next)
    : null;
}

const readYearOfMonth = (tokens: readonly Token[], at: number) => {
  const named = monthAt(tokens, at);
  return named === null ? null : readYearAfter(tokens, named.next);
};

/** "fifteen August nineteen ninety-three": a day in plain words, where a year follows the month. */
function readSpelledDay(tokens: readonly Token[], first: number): { day: number; next: number } | null {
  const spelled = tokens[first]?.kind === "word" ? smallNumberAt(tokens, first) : null;
  if (spelled === null || spelled.value < 1 || spelled.value > 31) return null;
  return readYearOfMonth(tokens, spelled.next) === null ? null : { day: spelled.value, next: spelled.next };
}

const afterDay = /^(?:and|or|at|when|as|but|while|by|in|that|to|until|till|through|for|from|with)$/;

/** "on the 18th": a day of the month of the publication or of one beside it, where nothing is counted by it. */
function readDayOfMonth(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const nth = ordinalAt(tokens, first);
  const spoken =
    tokens[first - 1]?.lower === "the" &&
    /^(?:on|since|until|till|by|before|after)$/.test(tokens[first - 2]?.lower ?? "");
  if (!spoken || nth === null || nth.value < 1 || nth.value > 31) return null;
  const after = tokens[nth.next];
  const ends = after === undefined || after.gap === 2 || (after.kind === "mark" && /^[.,;)!?]$/.test(after.text));
  if (!ends && !(after.kind === "word" && afterDay.test(after.lower))) return null;
  if (published === null) return { date: openDate("day"), first, next: nth.next };
  const { year, month } = dateOfDay(published, false);
  const days = [-2, -1, 0, 1, 2].flatMap((by) => {
    const one = addMonths(year, month, by);
    return isDayOf(one.year, one.month, nth.value) ? [dayNumber(one.year, one.month, nth.value)] : [];
  });
  const best = nearestOf(days, published);
  return best === undefined ? null : { date: dateOfDay(best, true), first, next: nth.next };
}

/** "2017 April", where a year leads. */
function readYearMonth(tokens: readonly Token[], first: number): DateRead | null {
  const year = digitsAt(tokens, first, 4);
  if (year === null || year < 1900 || year > 2099 || tokens[first + 1]?.gap !== 1) return null;
  const named = monthAt(tokens, first + 1);
  // "In 2017 April Jones …", "in 2016 May said …", "2017 April 4"
  if (named === null || !isClosed(tokens, named.next) || tokens[first + 1]?.lower === "may") return null;
  return found({ year, month: named.month, day: null }, first, named.next);
}
