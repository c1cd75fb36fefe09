import { type DateRead, dateOfDay, dayMonthsOn, spanOf } from "./calendar.ts";
import { smallNumberAt } from "./day-words.ts";
import { digitsAt } from "./read-day.ts";
import { readPlainDate } from "./read-plain-date.ts";
import { type DateUnit, dateUnit, moved } from "./read-relative-date.ts";
import { openDate } from "./read-weekday.ts";
import type { Token } from "./tokens.ts";

/**
 * "three weeks ago", "two days after Christmas", "3 months from tomorrow": a count of units from a day. It is as
 * precise as its unit: "two months ago" is a month. "A year earlier" is left out: earlier than what?
 */
export function readCountedDate(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const count = countAt(tokens, first);
  const unit = count === null ? undefined : dateUnit(tokens[count.next]?.lower ?? "");
  if (count === null || unit === undefined || tokens[count.next]?.gap === 2) return null;
  const at = count.next + 1;
  const word = tokens[at]?.lower ?? "";
  const isNow = word === "ago" || (word === "from" && tokens[at + 1]?.lower === "now");
  // "2 weeks and 3 days ago": the days are not all of it.
  const joined = tokens[first - 1]?.lower === "and" && dateUnit(tokens[first - 2]?.lower ?? "") !== undefined;
  const isOpen = joined || bounded.test(tokens[first - 1]?.lower ?? "");
  if (isNow) {
    const next = word === "ago" ? at + 1 : at + 2;
    if (published === null || isOpen) return { date: openDate(unit), first, next };
    return { date: moved(published, unit, word === "ago" ? -count.value : count.value), first, next };
  }
  if (!/^(?:after|before|from)$/.test(word) || unit === "quarter" || unit === "decade") return null;
  const anchor = anchorAt(tokens, at + 1, published);
  const day =
    anchor === null || anchor.date.precision !== "day" || anchor.to !== undefined ? null : spanOf(anchor.date);
  // "three days from Monday to Wednesday": a stretch and no count.
  if (
    anchor === null ||
    day === null ||
    (word === "from" && /^(?:to|until|till|through|[-–])$/.test(tokens[anchor.next]?.lower ?? ""))
  )
    return null;
  if (isOpen) return { date: openDate(unit), first, next: anchor.next };
  const by = word === "before" ? -count.value : count.value;
  return { date: { ...fromDay(day.first, unit, by), assumed: anchor.date.assumed }, first, next: anchor.next };
}

/** "More than a year ago" is no year; "up to two days before" no day. */
const bounded = /^(?:than|over|under|least|most|within|to)$/;

function fromDay(day: number, unit: DateUnit, by: number) {
  // From a known day even months lead to a day, though hardly to the very one.
  if (unit === "day") return dateOfDay(day + by, false);
  if (unit === "week") return moved(day, unit, by);
  const on = dayMonthsOn(day, unit === "year" ? 12 * by : by);
  return moved(on, "month", 0);
}

function anchorAt(tokens: readonly Token[], at: number, published: number | null): DateRead | null {
  return tokens[at]?.gap === 2 ? null : readPlainDate(tokens, tokens[at]?.lower === "the" ? at + 1 : at, published);
}

/** "3", "twenty-five", "a", "a couple of". */
function countAt(tokens: readonly Token[], at: number): { value: number; next: number } | null {
  const token = tokens[at] as Token;
  if (token.kind === "digits") {
    const value = digitsAt(tokens, at, 3);
    return value === null ? null : { value, next: at + 1 };
  }
  if (token.lower === "a" || token.lower === "an") return { value: 1, next: at + 1 };
  return smallNumberAt(tokens, at);
}
