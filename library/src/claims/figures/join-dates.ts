import { addMonths, type DateRead, dateOfDay, isDate, type PartialDate, spanOf } from "./calendar.ts";
import { ordinalAt } from "./day-words.ts";
import { monthAt } from "./month-names.ts";
import { readDate } from "./read-date.ts";
import { digitsAt, found, nearestOf, readDay } from "./read-day.ts";
import { weekdayNumber } from "./read-weekday.ts";
import type { Token } from "./tokens.ts";

const dash = /^[-–—~]$/;
const untilWord = /^(?:to|until|till|through)$/;

/** The second date of "between 2015 and 2018", "from May to July 2019", "2015–2018", "April 9th through 17th". */
export function readRangeEnd(tokens: readonly Token[], start: DateRead, published: number | null): DateRead | null {
  const word = tokens[start.next];
  const after = tokens[start.next + 1];
  if (word === undefined || word.gap === 2 || after === undefined) return null;
  const before = wordBefore(tokens, start.first);
  const opened = before === "between" || before === "from";
  const glued = dash.test(word.text) && word.gap === 0;
  const joins =
    (before === "between" && (word.lower === "and" || word.lower === "to")) ||
    (before !== "between" && opened && untilWord.test(word.lower)) ||
    dash.test(word.text) ||
    word.lower === "through" ||
    (word.lower === "to" && isFixed(start, tokens));
  if (!joins || (glued && after.gap !== 0)) return null;
  const the = after.lower === "the" ? start.next + 2 : start.next + 1;
  const end =
    readDate(tokens, the, published) ??
    readNow(tokens, the, published) ??
    readBareMonth(tokens, the, start) ??
    readBareDay(tokens, the, start, published);
  if (end === null || end.first < the) return null;
  // "the hearing of May 5 to March": without words around them two dates are a stretch where they are of one kind.
  if (!opened && word.lower === "to" && end.date.precision !== start.date.precision) return null;
  return end;
}

const wordBefore = (tokens: readonly Token[], first: number): string =>
  (tokens[first - 1]?.lower === "the" ? tokens[first - 2] : tokens[first - 1])?.lower ?? "";

/** "Open Monday to Friday" says no days. */
const isFixed = ({ date, to, next }: DateRead, tokens: readonly Token[]): boolean =>
  to === undefined &&
  weekdayNumber(tokens[next - 1]?.lower ?? "") === undefined &&
  (date.precision === "year" || date.precision === "month" || (date.precision === "day" && date.month !== null));

/** "between now and May 5": the day of publication, as the start of a stretch. */
export function readFromNow(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  if (tokens[first]?.lower !== "now" || !/^(?:between|from)$/.test(tokens[first - 1]?.lower ?? "")) return null;
  const read = published === null ? null : { date: dateOfDay(published, false), first, next: first + 1 };
  return read !== null && readRangeEnd(tokens, read, published) !== null ? read : null;
}

/** "now", "to date", "the present": the day of publication, as the end of a stretch. */
function readNow(tokens: readonly Token[], at: number, published: number | null): DateRead | null {
  const word = tokens[at]?.lower ?? "";
  if (published === null || !/^(?:now|date|present)$/.test(word)) return null;
  return { date: dateOfDay(published, false), first: at, next: at + 1 };
}

/** "from March to May": the month that is also a verb is a month behind another one. */
function readBareMonth(tokens: readonly Token[], at: number, { date }: DateRead): DateRead | null {
  const named = date.precision === "month" ? monthAt(tokens, at) : null;
  if (named === null) return null;
  return { ...found({ year: date.year, month: named.month, day: null }, at, named.next, date.assumed), yearless: true };
}

/** "April 9th through 17th", "between March 3 and 5": the end is of the same month, or of the one after it. */
function readBareDay(
  tokens: readonly Token[],
  at: number,
  { date }: DateRead,
  published: number | null,
): DateRead | null {
  if (date.precision !== "day" || date.month === null || date.day === null) return null;
  const nth = ordinalAt(tokens, at);
  const day = nth === null ? readDay(tokens, at) : { day: nth.value, next: nth.next };
  if (day === null || (nth === null && !endsNumber(tokens, day.next))) return null;
  if (
    nth !== null &&
    tokens[nth.next]?.kind === "word" &&
    tokens[nth.next]?.lower !== "of" &&
    !endsNumber(tokens, nth.next)
  )
    return null;
  const year = date.year ?? (published === null ? 2000 : dateOfDay(published, false).year);
  const on = day.day > date.day ? { year, month: date.month } : addMonths(year, date.month, 1);
  if (!isDate(on.year, on.month, day.day)) return null;
  const read = found(
    { year: date.year === null ? null : on.year, month: on.month, day: day.day },
    at,
    day.next,
    date.assumed,
  );
  return read;
}

const endsNumber = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at];
  if (token === undefined || token.gap === 2 || /^[.,;)!?]$/.test(token.text)) return tokens[at + 1]?.gap !== 0;
  return /^(?:when|while|as|and|at|by|but|in|the|a|on|for|with)$/.test(token.lower);
};

/** "between 3 and 12 of September", "from the 4th to the 22nd of next month", "9-12 June", "18 and 19 June". */
export function readDays(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const from = bareDayAt(tokens, first);
  const join = from === null ? undefined : tokens[from.next];
  if (from === null || join === undefined || join.gap === 2) return null;
  const opened = /^(?:between|from)$/.test(wordBefore(tokens, first));
  const isList = join.lower === "and" && wordBefore(tokens, first) !== "between";
  if (!isList && join.lower !== "and" && !dash.test(join.text) && !untilWord.test(join.lower)) return null;
  const the = tokens[from.next + 1]?.lower === "the" ? from.next + 2 : from.next + 1;
  const to = bareDayAt(tokens, the);
  if (to === null || tokens[the]?.gap === 2) return null;
  const end = endAt(tokens, the, to.next, opened, published);
  if (end === null || end.date.year === null || end.date.month === null || end.date.day === null) return null;
  const { year, month, day } = end.date;
  const on = from.day < day ? { year, month } : opened ? addMonths(year, month, -1) : null;
  if (on === null || !isDate(on.year, on.month, from.day)) return null;
  const date: PartialDate = { ...end.date, ...on, day: from.day };
  return isList ? { date, first, next: from.next } : { date, to: end.date, first, next: end.next };
}

/** The later day with its month; of a shifted one, "in next month" does where the stretch is opened by "from". */
function endAt(
  tokens: readonly Token[],
  at: number,
  next: number,
  opened: boolean,
  published: number | null,
): DateRead | null {
  const of = /^(?:of|in)$/.test(tokens[next]?.lower ?? "") ? next + 1 : next;
  const named = monthAt(tokens, of);
  if (named !== null) return readDate(tokens, at, published);
  if (!opened || of === next || tokens[of + 1]?.lower !== "month") return null;
  const month = readDate(tokens, of, published);
  const days = month === null ? null : spanOf(month.date);
  const day = ordinalAt(tokens, at)?.value ?? digitsAt(tokens, at, 2);
  if (month === null || days === null || day === null || days.first + day - 1 > days.last) return null;
  return { date: dateOfDay(days.first + day - 1, month.date.assumed), first: at, next: month.next };
}

function bareDayAt(tokens: readonly Token[], at: number): { day: number; next: number } | null {
  const nth = ordinalAt(tokens, at);
  if (nth !== null) return nth.value < 1 || nth.value > 31 ? null : { day: nth.value, next: nth.next };
  const day = digitsAt(tokens, at, 2);
  return day === null || day < 1 || day > 31 ? null : { day, next: at + 1 };
}

/**
 * The ends of a stretch with the years that they leave out: a start goes with its end where that one's year is known
 * ("from May to July 2019"), an end is the first such day or month behind its start ("from last August to October"),
 * and where neither has a year the end is the nearest one to the publication.
 */
export function alignEnds(
  start: DateRead,
  end: DateRead,
  tokens: readonly Token[],
  published: number | null,
): [PartialDate, PartialDate] {
  let [from, to] = [start.date, end.to ?? end.date];
  const first = tokens[end.first];
  // "from next Monday to Friday"
  if (weekdayNumber(first?.lower ?? "") !== undefined && end.next === end.first + 1 && from.precision === "day") {
    const [a, b] = [spanOf(from), spanOf(to)];
    if (a !== null && b !== null) return [from, dateOfDay(a.first + ((((b.first - a.first) % 7) + 7) % 7), true)];
  }
  if (from.month === null || to.month === null) return [from, to];
  const [fromOpen, toOpen] = [start.yearless === true, end.yearless === true];
  const wraps = from.month > to.month || (from.month === to.month && (from.day ?? 0) > (to.day ?? 31));
  if (fromOpen && toOpen && published !== null) to = nearestEnd(to, published);
  if (fromOpen) {
    from = { ...from, year: to.year === null ? null : to.year - (wraps ? 1 : 0) };
  } else if (toOpen && from.year !== null) {
    to = { ...to, year: from.year + (wraps ? 1 : 0) };
  }
  return [from, to];
}

function nearestEnd(to: PartialDate, published: number): PartialDate {
  const { year } = dateOfDay(published, false);
  const ends = [year - 1, year, year + 1].map((one) => ({ ...to, year: one }));
  const days = ends.map((one) => spanOf(one)?.last ?? published);
  const best = nearestOf(days, published);
  return ends[days.indexOf(best ?? published)] ?? to;
}
