import { addMonths, type DateRead, printDate } from "./calendar.ts";
import type { Draft } from "./draft.ts";
import { ratio } from "./ratio.ts";
import { readDate } from "./read-date.ts";
import type { Token } from "./tokens.ts";

/** The dates of a text, in order; two that are joined by words of a range are one. */
export function findDates(tokens: readonly Token[], published: number | null): Draft[] {
  const found: Draft[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = readDate(tokens, at, published);
    if (read === null) {
      at++;
      continue;
    }
    const dated = isWeekday(tokens, read) ? dayBehind(tokens, read, published) : null;
    if (dated !== null) {
      found.push(draftOf({ ...dated, first: at }, null));
      at = dated.next;
      continue;
    }
    const end = rangeEnd(tokens, read, published);
    found.push(draftOf(read, end));
    at = (end ?? read).next;
  }
  return found;
}

const isWeekday = (tokens: readonly Token[], { first, next }: DateRead): boolean =>
  next === first + 1 &&
  /day$/.test(tokens[first]?.lower ?? "") &&
  !/^(?:to|yester)day$/.test(tokens[first]?.lower ?? "");

/** The date of "Thursday, 4 February 2016", which the weekday only repeats. */
function dayBehind(tokens: readonly Token[], weekday: DateRead, published: number | null): DateRead | null {
  const at = tokens[weekday.next]?.text === "," ? weekday.next + 1 : weekday.next;
  if (at >= tokens.length || tokens[at]?.gap === 2) return null;
  const read = readDate(tokens, at, published);
  return read?.date.precision === "day" && !isWeekday(tokens, read) && read.date.month !== null && read.next > at + 1
    ? read
    : null;
}

/** The second date of "between 2015 and 2018", "from May to July 2019", "2015–2018". */
function rangeEnd(tokens: readonly Token[], start: DateRead, published: number | null): DateRead | null {
  const before = tokens[start.first - 1]?.lower ?? "";
  const word = tokens[start.next];
  if (word === undefined || word.gap === 2 || start.next + 1 >= tokens.length) return null;
  const joins =
    (before === "between" && word.lower === "and") ||
    (before === "from" && /^(?:to|until|till|through)$/.test(word.lower)) ||
    /^[-–—]$/.test(word.text) ||
    (/^(?:to|through)$/.test(word.lower) && /^\d{4}$/.test(tokens[start.next + 1]?.text ?? ""));
  if (!joins) return null;
  const glued = /^[-–—]$/.test(word.text) && word.gap === 0;
  const end = readDate(tokens, start.next + 1, published);
  return end === null || (glued && tokens[start.next + 1]?.gap !== 0) ? null : end;
}

function draftOf(start: DateRead, end: DateRead | null): Draft {
  const zero = ratio(0n);
  const { date } = start;
  const last = end?.date ?? start.to;
  let [from, to] = [printDate(date), last === undefined ? null : printDate(last)];
  // "from May to July 2019": the year stands once.
  if (end !== null && date.month !== null && (date.year === null || date.assumed)) {
    const crosses = date.month > (end.date.month ?? 12);
    from = printDate({ ...date, year: end.date.year === null ? null : end.date.year - (crosses ? 1 : 0) });
  }
  if (end === null && date.precision === "quarter" && date.year !== null && date.month !== null) {
    to = printDate({ ...date, ...addMonths(date.year, date.month, 2), precision: "month" });
  }
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
