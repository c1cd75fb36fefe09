import { type DateRead, dateOfDay, dayNumber, type PartialDate, spanOf, weekdayOf, weekOf } from "./calendar.ts";
import { ordinalAt, smallNumberAt } from "./day-words.ts";
import { digitsAt, found, readYearAfter } from "./read-day.ts";
import { readPlainDate } from "./read-plain-date.ts";
import { type DateUnit, dateUnit, moved, readWeekend } from "./read-relative-date.ts";
import type { Token } from "./tokens.ts";

/** "the second quarter of 2019", "the last week of March", "the first ten days of 2018": a period's units. */
export function readNth(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const nth = nthAt(tokens, first);
  if (nth === null) return null;
  const count = countAt(tokens, nth.next);
  const hyphen = tokens[count.next]?.text === "-" ? count.next + 1 : count.next;
  const word = tokens[hyphen]?.lower ?? "";
  if (tokens[hyphen]?.gap === 2) return null;
  if (word === "half") return readHalf(tokens, first, hyphen + 1, nth.value, published);
  const unit = dateUnit(word);
  // "the second quarter-final"
  if (tokens[hyphen + 1]?.text === "-" && tokens[hyphen + 1]?.gap === 0) return null;
  if (unit === undefined) return readDayOfShifted(tokens, first, nth, published);
  // "last quarter" is the one before this; "the first quarter" one of this year.
  const base = baseOf(tokens, hyphen + 1, published, unit === "quarter" && nth.value > 0);
  if (base === null) return null;
  const days = spanOf(base.date);
  if (base.date.precision === "day" || base.to !== undefined) return null;
  const read = days === null ? null : unitsOf(base.date, unit, nth.value, count.value);
  return read === null ? null : { ...read, first, next: base.next };
}

/** "first", "3rd", "last", "final": counted from the end where it is below nought. */
function nthAt(tokens: readonly Token[], first: number): { value: number; next: number } | null {
  return /^(?:last|final)$/.test(tokens[first]?.lower ?? "")
    ? { value: -1, next: first + 1 }
    : ordinalAt(tokens, first);
}

function countAt(tokens: readonly Token[], at: number): { value: number; next: number } {
  const digits = tokens[at]?.gap === 1 ? digitsAt(tokens, at, 2) : null;
  return digits !== null ? { value: digits, next: at + 1 } : (smallNumberAt(tokens, at) ?? { value: 1, next: at });
}

/** The period behind " of" or " of the"; a quarter may lack "of", and, where the publication is known, its year. */
function baseOf(tokens: readonly Token[], at: number, published: number | null, mayLack: boolean): DateRead | null {
  const linked = /^(?:of|in)$/.test(tokens[at]?.lower ?? "");
  if (!linked && !mayLack) return null;
  const start = linked ? at + 1 : at;
  const the = tokens[start]?.lower === "the" ? start + 1 : start;
  const base = tokens[the]?.gap === 2 ? null : readPlainDate(tokens, the, published);
  if (base !== null && (linked || base.date.precision === "year")) return base;
  if (linked) return null;
  const year = readYearAfter(tokens, at);
  if (year !== null) return found({ year: year.year, month: null, day: null }, at, year.next);
  if (!mayLack || published === null) return null;
  return found({ year: dateOfDay(published, false).year, month: null, day: null }, at, at, true);
}

/** The nth unit of a period, or `count` of them from the nth on (or up to the end). */
function unitsOf(base: PartialDate, unit: DateUnit, nth: number, count: number): Pick<DateRead, "date" | "to"> | null {
  const days = spanOf(base);
  if (days === null || nth === 0 || count < 1 || (count > 1 && Math.abs(nth) !== 1)) return null;
  const span = unit === "week" ? thursdays(days) : days;
  const index = (edge: number, by: number) => moved(edge, unit, by);
  const start = nth > 0 ? index(span.first, nth - 1) : index(span.last, 1 - count);
  const end = nth > 0 ? index(span.first, nth + count - 2) : index(span.last, 0);
  const [from, to] = [spanOf(start), spanOf(end)];
  // A week belongs to the period that holds its Thursday, as ISO 8601 has it of years.
  const slack = unit === "week" ? 6 : 0;
  if (from === null || to === null || from.first < days.first - slack || to.last > days.last + slack) return null;
  const assumed = base.assumed || (unit === "week" && base.precision !== "year");
  const date = { ...start, assumed };
  return count === 1 ? { date } : { date, to: { ...end, assumed } };
}

function thursdays({ first, last }: { first: number; last: number }): { first: number; last: number } {
  return { first: first + ((4 - weekdayOf(first) + 7) % 7), last: last - ((weekdayOf(last) - 4 + 7) % 7) };
}

/** "the first half of 2019", "the second half of last month" */
function readHalf(
  tokens: readonly Token[],
  first: number,
  at: number,
  nth: number,
  published: number | null,
): DateRead | null {
  const base = baseOf(tokens, at, published, false);
  if (base === null || base.to !== undefined || (nth !== 1 && nth !== 2 && nth !== -1)) return null;
  const part = partOf(base.date, nth === 1 ? "early" : "late");
  return part === null ? null : { ...part, first, next: base.next };
}

/** "the 21st of this month", "the 15th day of next month": `nth` is the day. */
function readDayOfShifted(
  tokens: readonly Token[],
  first: number,
  nth: { value: number; next: number },
  published: number | null,
): DateRead | null {
  const at = tokens[nth.next]?.lower === "of" ? nth.next + 1 : nth.next;
  if (nth.value < 1 || !/^(?:this|last|next)$/.test(tokens[at]?.lower ?? "") || tokens[at + 1]?.lower !== "month")
    return null;
  const month = published === null ? null : readPlainDate(tokens, at, published);
  const days = month === null ? null : spanOf(month.date);
  if (month === null || days === null || days.first + nth.value - 1 > days.last) return null;
  return { date: dateOfDay(days.first + nth.value - 1, false), first, next: at + 2 };
}

type Part = "early" | "mid" | "late";

const parts = new Map<string, Part>([
  ["early", "early"],
  ["mid", "mid"],
  ["late", "late"],
  ["beginning", "early"],
  ["start", "early"],
  ["middle", "mid"],
  ["end", "late"],
  ["close", "late"],
]);

/** Words behind which the end of a period is its last day, and the beginning its first. */
const upTo = /^(?:by|before|until|till|to|through|after)$/;
const startsAt = /^(?:since|from|before|until|till|to|by|after|between)$/;

/**
 * "early 2016", "mid-May", "the end of last year". How much of a period its end is, nobody says: half of it is taken,
 * so that none who say "late" of a day are contradicted. "By the end of 2016" has an edge, the last day, and "since
 * late 2016" begins with the half.
 */
export function readPart(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const word = tokens[first]?.lower ?? "";
  const part = parts.get(word);
  if (part === undefined) return null;
  const adverb = /^(?:early|mid|late)$/.test(word);
  const link = tokens[first + 1]?.lower ?? "";
  if (!adverb && link !== "of") return null;
  const at = /^(?:of|in|-|–)$/.test(link) ? first + 2 : first + 1;
  const the = tokens[at]?.lower === "the" ? at + 1 : at;
  const quoted = /^['’‘]$/.test(tokens[the]?.text ?? "") ? the + 1 : the;
  const base = tokens[the]?.gap === 2 ? null : readPlainDate(tokens, quoted, published);
  if (base === null || base.to !== undefined) return null;
  const days = spanOf(base.date);
  const read = partOf(base.date, part);
  const before = (tokens[first - 1]?.lower === "the" ? tokens[first - 2]?.lower : tokens[first - 1]?.lower) ?? "";
  const isLast = part === "late" && (upTo.test(before) || endsStretch(tokens, first));
  if (!adverb && days !== null && (isLast || (part === "early" && startsAt.test(before)))) {
    const day = part === "late" ? days.last : days.first;
    return { date: dateOfDay(day, base.date.assumed), first, next: base.next };
  }
  if (read === null) return null;
  const [start, end] = [spanOf(read.date), spanOf(read.to ?? read.date)];
  const [low, high] = [/^(?:since|before)$/.test(before), /^(?:by|until|till|through|after)$/.test(before)];
  if (start !== null && end !== null && (low || high))
    return { date: dateOfDay(low ? start.first : end.last, true), first, next: base.next };
  return { ...read, first, next: base.next, part: true };
}

const stretchMax = 9;

/** "between March and the end of 2008" */
function endsStretch(tokens: readonly Token[], first: number): boolean {
  const joint = tokens[first - 1]?.lower === "the" ? first - 2 : first - 1;
  if (tokens[joint]?.lower !== "and") return false;
  for (let at = joint - 1; at > joint - stretchMax; at--) if (tokens[at]?.lower === "between") return true;
  return false;
}

/** Half of a month, a year or a decade: its first, its middle or its last; null for what is not parted. */
function partOf(base: PartialDate, part: Part): Pick<DateRead, "date" | "to"> | null {
  const { precision, year, month } = base;
  if (year === null) return null;
  const date = (y: number, m: number | null, d: number | null): PartialDate => ({
    precision: d !== null ? "day" : m !== null ? "month" : "year",
    year: y,
    month: m,
    day: d,
    assumed: true,
  });
  const pick = <T>(early: T, mid: T, late: T): T => (part === "early" ? early : part === "mid" ? mid : late);
  if (precision === "year") {
    const [a, b] = pick([1, 6], [4, 9], [7, 12]) as [number, number];
    return { date: date(year, a, null), to: date(year, b, null) };
  }
  if (precision === "month" && month !== null) {
    const last = dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
    const [a, b] = pick([1, 15], [8, 23], [16, last]) as [number, number];
    return { date: date(year, month, a), to: date(year, month, b) };
  }
  if (precision !== "decade") return null;
  const [a, b] = pick([0, 4], [3, 6], [5, 9]) as [number, number];
  return { date: date(year + a, null, null), to: date(year + b, null, null) };
}

/** "earlier this month": from its first day to the publication; "later this month" to its last. */
export function readRestOf(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const word = tokens[first]?.lower ?? "";
  const at = tokens[first + 1]?.lower === "in" ? first + 2 : first + 1;
  const unit = dateUnit(tokens[at + 1]?.lower ?? "");
  const deictic = tokens[at]?.lower === "this" || (at === first + 2 && tokens[at]?.lower === "the");
  if (!deictic || unit === undefined || unit === "day" || published === null) return null;
  const days = spanOf(moved(published, unit, 0));
  if (days === null) return null;
  const [start, end] = word === "earlier" ? [days.first, published] : [published, days.last];
  return { date: dateOfDay(start, true), to: dateOfDay(end, true), first, next: at + 2 };
}

/** "Q2 2019", "H1 of 2019", "Q2-2019"; `first` is the letter. */
export function readShortPart(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const short = shortPartAt(tokens, first);
  if (short === null) return null;
  const hyphen = tokens[short.next]?.text === "-" && tokens[short.next]?.gap === 0 ? short.next + 1 : short.next;
  const year = readYearAfter(tokens, hyphen);
  if (year !== null) return { ...short.of(year.year, false), first, next: year.next };
  // "Q3 of the fiscal year" is another's year.
  const isOwn = tokens[first]?.text === "Q" && tokens[short.next]?.lower !== "of";
  if (!isOwn || published === null) return null;
  return { ...short.of(dateOfDay(published, false).year, true), first, next: short.next };
}

/** "2019 Q2", "2019-H1"; `first` is the year. */
export function readYearPart(tokens: readonly Token[], first: number): DateRead | null {
  const year = digitsAt(tokens, first, 4);
  if (year === null || year < 1900 || year > 2099) return null;
  const at = tokens[first + 1]?.text === "-" && tokens[first + 1]?.gap === 0 ? first + 2 : first + 1;
  const short = tokens[at]?.gap === 2 ? null : shortPartAt(tokens, at);
  return short === null ? null : { ...short.of(year, false), first, next: short.next };
}

function shortPartAt(tokens: readonly Token[], at: number) {
  const letter = tokens[at]?.lower;
  const number = tokens[at + 1]?.gap === 0 ? digitsAt(tokens, at + 1, 1) : null;
  if ((letter !== "q" && letter !== "h") || number === null || number < 1 || number > (letter === "q" ? 4 : 2))
    return null;
  const of = (year: number, assumed: boolean): Pick<DateRead, "date" | "to"> => {
    const month = letter === "q" ? 3 * number - 2 : 6 * number - 5;
    const date: PartialDate = { precision: "quarter", year, month, day: null, assumed };
    if (letter === "q") return { date };
    return { date: { ...date, precision: "month" }, to: { ...date, precision: "month", month: month + 5 } };
  };
  return { of, next: at + 2 };
}

/** "the week of April 10", "the week beginning May 4", "week 3 of 2019", "the weekend of May 4" */
export function readNamedWeek(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const number = digitsAt(tokens, first + 1, 2);
  if (number !== null) {
    const base = tokens[first + 2]?.lower === "of" ? baseOf(tokens, first + 2, published, false) : null;
    if (base?.date.precision !== "year") return null;
    const read = unitsOf(base.date, "week", number, 1);
    return read === null ? null : { ...read, first, next: base.next };
  }
  if (!/^(?:of|beginning|starting|commencing|ending)$/.test(tokens[first + 1]?.lower ?? "")) return null;
  // "for a week starting May 4" is seven days.
  if (/^(?:a|an|one|per)$/.test(tokens[first - 1]?.lower ?? "")) return null;
  const at = /^(?:on|the)$/.test(tokens[first + 2]?.lower ?? "") ? first + 3 : first + 2;
  const day = tokens[at]?.gap === 2 ? null : readPlainDate(tokens, at, published);
  const span = day?.date.precision === "day" && day.to === undefined ? spanOf(day.date) : null;
  if (day === null || span === null) return null;
  const { next, date } = day;
  if (tokens[first]?.lower === "weekend") return { ...(readWeekend("of", 0, first, next, span.first) as DateRead) };
  return { date: { ...weekOf(span.first), assumed: date.assumed }, first, next };
}
