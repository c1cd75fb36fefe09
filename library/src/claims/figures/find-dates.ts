import { addMonths, type DateRead, type PartialDate, printDate } from "./calendar.ts";
import type { Draft } from "./draft.ts";
import { alignEnds, readDays, readFromNow, readRangeEnd } from "./join-dates.ts";
import { ratio } from "./ratio.ts";
import { beginsDate, readDate } from "./read-date.ts";
import { weekdayNumber } from "./read-weekday.ts";
import type { Token } from "./tokens.ts";

/** The dates of a text, in order; two that are joined by words of a range are one. */
export function findDates(tokens: readonly Token[], published: number | null): Draft[] {
  const found: { start: DateRead; end: DateRead | null }[] = [];
  for (let at = 0; at < tokens.length; ) {
    const begins = beginsDate(tokens[at] as Token);
    const read = !begins || isInNumber(tokens, at) ? null : readAt(tokens, at, published);
    if (read === null) {
      at++;
      continue;
    }
    const dated = endsInWeekday(tokens, read) ? dayBehind(tokens, read, published) : null;
    const start = dated === null ? read : { ...dated, first: at };
    const end = start.to === undefined || start.part === true ? readRangeEnd(tokens, start, published) : null;
    const next = (end ?? start).next;
    // "+86 2010-2015-86": a number that goes on is no date.
    if (!goesOn(tokens, next)) found.push({ start, end });
    at = next;
  }
  // From behind, because in "in April, May and June 2018" the last one has the year of all.
  for (let i = found.length - 2; i >= 0; i--) {
    const [one, after] = [found[i], found[i + 1]] as [(typeof found)[0], (typeof found)[0]];
    if (one.end === null) one.start = withYearOf(tokens, one.start, after.start);
  }
  return found.map(({ start, end }) => draftOf(tokens, start, end, published));
}

/** "on May 5 and June 7, 2018", "in April and in December 2017": a year behind a list is the year of all of it. */
function withYearOf(tokens: readonly Token[], one: DateRead, after: DateRead): DateRead {
  const { date, to, yearless, next } = one;
  const { precision, year, month } = after.date;
  if (yearless !== true || after.yearless === true || to !== undefined || precision !== date.precision) return one;
  if (year === null || month === null || date.month === null || date.month > month) return one;
  const between = tokens.slice(next, Math.min(after.first, next + linkMax + 1)).map(({ lower }) => lower);
  if (next + between.length !== after.first || !/^(?:,|,? ?(?:and|or))(?: in| on)?$/.test(between.join(" ")))
    return one;
  return { ...one, date: { ...date, year, assumed: false }, yearless: undefined };
}

/** The words that link two dates of a list: ", and in". */
const linkMax = 3;

const readAt = (tokens: readonly Token[], at: number, published: number | null): DateRead | null =>
  readDays(tokens, at, published) ?? readDate(tokens, at, published) ?? readFromNow(tokens, at, published);

/** "133-03-2020": behind digits and a hyphen no date begins. */
const isInNumber = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.gap === 0 &&
  tokens[at]?.kind === "digits" &&
  tokens[at - 1]?.text === "-" &&
  tokens[at - 1]?.gap === 0 &&
  tokens[at - 2]?.kind === "digits";

const goesOn = (tokens: readonly Token[], next: number): boolean =>
  tokens[next]?.text === "-" &&
  tokens[next]?.gap === 0 &&
  tokens[next + 1]?.kind === "digits" &&
  tokens[next + 1]?.gap === 0 &&
  tokens[next - 1]?.kind === "digits";

/** "Thursday", "this Thursday" */
const endsInWeekday = (tokens: readonly Token[], { next, date }: DateRead): boolean =>
  date.precision === "day" && weekdayNumber(tokens[next - 1]?.lower ?? "") !== undefined;

/** The date of "Thursday, 4 February 2016", which the weekday only repeats. */
function dayBehind(tokens: readonly Token[], weekday: DateRead, published: number | null): DateRead | null {
  const bracket = tokens[weekday.next]?.text === "(";
  const at = bracket || /^[,-]$/.test(tokens[weekday.next]?.text ?? "") ? weekday.next + 1 : weekday.next;
  if (at >= tokens.length || tokens[at]?.gap === 2) return null;
  const read = readDate(tokens, at, published);
  if (read?.date.precision !== "day" || read.date.month === null || read.next === at + 1) return null;
  if (endsInWeekday(tokens, read) || read.to !== undefined) return null;
  return bracket && tokens[read.next]?.text === ")" ? { ...read, next: read.next + 1 } : read;
}

function draftOf(tokens: readonly Token[], start: DateRead, end: DateRead | null, published: number | null): Draft {
  const zero = ratio(0n);
  const { date } = start;
  const [first, last]: [PartialDate, PartialDate | undefined] =
    end === null ? [date, start.to] : alignEnds(start, end, tokens, published);
  const from = printDate(first);
  let to = last === undefined ? null : printLast(last);
  if (last === undefined && date.precision === "quarter") to = printLast(date);
  return {
    kind: "date",
    value: zero,
    to: null,
    step: zero,
    power: 0,
    unit: date.precision,
    assumed: date.assumed || (end?.date.assumed ?? false),
    first: start.first,
    next: (end ?? start).next,
    date: { from, to },
    bound: to === null ? "exact" : "range",
  };
}

/** A quarter is printed by its months. */
function printLast(date: PartialDate): string | null {
  if (date.precision !== "quarter" || date.year === null || date.month === null) return printDate(date);
  return printDate({ ...date, ...addMonths(date.year, date.month, 2), precision: "month" });
}
