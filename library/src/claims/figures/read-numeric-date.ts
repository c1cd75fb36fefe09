import { type DateRead, isDate } from "./calendar.ts";
import { monthAt, monthNumber } from "./month-names.ts";
import { digitsAt, found, fullYear } from "./read-day.ts";
import type { Token } from "./tokens.ts";

/** Dates whose parts are held together by marks: 2019-09-01, 13/04/2019, 04/18/19, 2019-Sep-01, 22/Jan/2019. */
export function readNumericDate(tokens: readonly Token[], first: number): DateRead | null {
  if (!glued(tokens, first + 1, /^[-/.]$/)) return null;
  if (versioned.test(tokens[first - 1]?.lower ?? "")) return null;
  if (tokens[first]?.kind === "word") return readNamed(tokens, first);
  if (tokens[first + 2]?.kind === "word") return readAroundName(tokens, first);
  return readIso(tokens, first) ?? readSlashed(tokens, first);
}

/** "version 2.10.2016" */
const versioned = /^(?:version|release|build|firmware|section|no)$/;

const glued = (tokens: readonly Token[], at: number, mark: RegExp): boolean =>
  mark.test(tokens[at]?.text ?? "") && tokens[at]?.gap === 0 && tokens[at + 1]?.gap === 0;

/** Whether the mark at `at` is the one at `as`, and holds parts of the same date together. */
const sameMark = (tokens: readonly Token[], at: number, as: number): boolean =>
  tokens[at]?.text === tokens[as]?.text && glued(tokens, at, /^[-/.]$/);

function yearAt(tokens: readonly Token[], at: number): number | null {
  const year = digitsAt(tokens, at, 4);
  return year === null || tokens[at]?.text.length !== 4 || year < 1000 || year > 2999 ? null : year;
}

/** 2019-09-01, 2019/09/01, 2019-09 */
function readIso(tokens: readonly Token[], first: number): DateRead | null {
  const year = digitsAt(tokens, first, 4);
  if (year === null || (tokens[first] as Token).text.length !== 4 || !/^[-/]$/.test(tokens[first + 1]?.text ?? ""))
    return null;
  const month = digitsAt(tokens, first + 2, 2);
  if (month === null || (tokens[first + 2] as Token).text.length !== 2 || month < 1 || month > 12) return null;
  const day = sameMark(tokens, first + 3, first + 1) ? digitsAt(tokens, first + 4, 2) : null;
  if (day === null)
    return glued(tokens, first + 3, /^[-/]$/) ? null : found({ year, month, day: null }, first, first + 3);
  return isDate(year, month, day) ? found({ year, month, day }, first, first + 5) : null;
}

/** 13/04/2019, 04/18/19. Where day and month could be either, only the year is sure. */
function readSlashed(tokens: readonly Token[], first: number): DateRead | null {
  const [a, b] = [digitsAt(tokens, first, 2), digitsAt(tokens, first + 2, 2)];
  if (a === null || b === null || !sameMark(tokens, first + 3, first + 1)) return null;
  const short = tokens[first + 1]?.text === "/" && tokens[first + 4]?.text.length === 2 && a * b > 0;
  const end = short ? digitsAt(tokens, first + 4, 2) : null;
  const year = end === null ? yearOf(tokens, first + 4) : fullYear(end);
  if (year === null || (glued(tokens, first + 5, /^[-/.]$/) === true && short)) return null;
  const next = first + 5;
  const assumed = end !== null;
  if (a === b) return isDate(year, a, b) ? found({ year, month: a, day: b }, first, next, assumed) : null;
  const monthFirst = a > 12 ? false : b > 12 ? true : orderOf(tokens);
  if (monthFirst === null)
    return isDate(year, a, b) ? found({ year, month: null, day: null }, first, next, true) : null;
  const [month, day] = monthFirst ? [a, b] : [b, a];
  if (!isDate(year, month, day)) return null;
  return found({ year, month, day }, first, next, assumed || (a <= 12 && b <= 12));
}

const yearOf = (tokens: readonly Token[], at: number): number | null =>
  tokens[at]?.text.length === 4 ? digitsAt(tokens, at, 4) : null;

const orders = new WeakMap<readonly Token[], { readonly monthFirst: boolean | null }>();

/**
 * Whether a text writes the month first, by its dates that can be read in one way only; null where it has none, or has
 * both. One pass over the text, when the first doubtful date is met.
 */
function orderOf(tokens: readonly Token[]): boolean | null {
  const known = orders.get(tokens);
  if (known !== undefined) return known.monthFirst;
  let [months, days] = [0, 0];
  for (let at = 0; at + 4 < tokens.length; at++) {
    if (tokens[at]?.kind !== "digits" || !glued(tokens, at + 1, /^[-/.]$/) || !sameMark(tokens, at + 3, at + 1))
      continue;
    const [a, b, year] = [digitsAt(tokens, at, 2), digitsAt(tokens, at + 2, 2), yearOf(tokens, at + 4)];
    if (a === null || b === null || year === null) continue;
    if (a > 12 && isDate(year, b, a)) days++;
    if (b > 12 && isDate(year, a, b)) months++;
  }
  const monthFirst = months > 0 === days > 0 ? null : months > 0;
  orders.set(tokens, { monthFirst });
  return monthFirst;
}

/** 2019-Sep-01, 22/Jan/2019 */
function readAroundName(tokens: readonly Token[], first: number): DateRead | null {
  const month = monthNumber(tokens[first + 2]?.lower ?? "");
  if (month === undefined || !sameMark(tokens, first + 3, first + 1)) return null;
  const leading = yearAt(tokens, first);
  const year = leading ?? yearAt(tokens, first + 4);
  const day = digitsAt(tokens, leading === null ? first : first + 4, 2);
  return year !== null && day !== null && isDate(year, month, day)
    ? found({ year, month, day }, first, first + 5)
    : null;
}

/** Dec-2018, Dec/2018, Sep-23-2020 */
function readNamed(tokens: readonly Token[], first: number): DateRead | null {
  const named = monthAt(tokens, first);
  if (named === null || named.next !== first + 1) return null;
  const { month } = named;
  const year = yearAt(tokens, first + 2);
  if (year !== null) return found({ year, month, day: null }, first, first + 3);
  const [day, late] = [digitsAt(tokens, first + 2, 2), yearAt(tokens, first + 4)];
  if (day === null || late === null || !sameMark(tokens, first + 3, first + 1) || !isDate(late, month, day))
    return null;
  return found({ year: late, month, day }, first, first + 5);
}
