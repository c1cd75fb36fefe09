import { type DateRead, dateOfDay, dayNumber, isDate, type PartialDate } from "./calendar.ts";
import { scaleOf } from "./number-words.ts";
import { agoFrom, readRelativeDate } from "./read-relative-date.ts";
import { reads, type Token } from "./tokens.ts";

const monthNames = "january february march april may june july august september october november december".split(" ");
const shortMonths = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const ordinalDays = new Map(
  "first second third fourth fifth sixth seventh eighth ninth tenth"
    .split(" ")
    .map((word, i): [string, number] => [word, i + 1]),
);

// Months that are no other words, so that small letters do.
const plainMonths = new Set("january february april june july september october november december sept".split(" "));

/** The month that a capitalised word names, with the token after it and after its dot; null where it names none. */
export function monthAt(tokens: readonly Token[], at: number): { month: number; next: number } | null {
  const token = tokens[at];
  if (token?.kind !== "word" || token.lower.length < 3) return null;
  if (token.text === token.lower && !plainMonths.has(token.lower)) return null;
  const long = monthNames.indexOf(token.lower);
  if (long >= 0) return { month: long + 1, next: at + 1 };
  const short = token.lower === "sept" ? 8 : shortMonths.indexOf(token.lower);
  if (short < 0) return null;
  const dotted = tokens[at + 1]?.text === "." && tokens[at + 1]?.gap === 0;
  return { month: short + 1, next: dotted ? at + 2 : at + 1 };
}

/** The date that starts at a token, resolved against the day of publication; null where none does. */
export function readDate(tokens: readonly Token[], at: number, published: number | null): DateRead | null {
  const token = tokens[at] as Token;
  if (token.kind === "mark" || (token.gap === 0 && isGlue(tokens[at - 1]))) return null;
  if (token.kind === "digits") {
    const count = digitsAt(tokens, at, 3);
    const ago = count === null ? null : agoFrom(tokens, at, count, published);
    const exact = ago ?? readIso(tokens, at) ?? readNumeric(tokens, at);
    return exact ?? readDayMonth(tokens, at, published) ?? readYear(tokens, at);
  }
  const quarter = readQuarter(tokens, at, published);
  return (
    quarter ??
    readMonthDay(tokens, at, published) ??
    readDayMonth(tokens, at, published) ??
    readRelativeDate(tokens, at, published)
  );
}

const isGlue = (token: Token | undefined): boolean =>
  token !== undefined && /^[./:#_$€£@=&?%\\]$|\p{L}|\d/u.test(token.text);

function digitsAt(tokens: readonly Token[], at: number, width: number): number | null {
  const token = tokens[at];
  return token?.kind === "digits" && token.text.length <= width ? Number(token.text) : null;
}

const glued = (tokens: readonly Token[], at: number, mark: RegExp): boolean =>
  mark.test(tokens[at]?.text ?? "") && tokens[at]?.gap === 0 && tokens[at + 1]?.gap === 0;

/** 2019-09-01, 2019/09/01, 2019-09 */
function readIso(tokens: readonly Token[], first: number): DateRead | null {
  const year = digitsAt(tokens, first, 4);
  if (year === null || (tokens[first] as Token).text.length !== 4 || !glued(tokens, first + 1, /^[-/]$/)) return null;
  const month = digitsAt(tokens, first + 2, 2);
  if (month === null || (tokens[first + 2] as Token).text.length !== 2 || month < 1 || month > 12) return null;
  const sameMark = tokens[first + 3]?.text === tokens[first + 1]?.text;
  const day = sameMark && glued(tokens, first + 3, /^[-/]$/) ? digitsAt(tokens, first + 4, 2) : null;
  if (day === null)
    return glued(tokens, first + 3, /^[-/]$/) ? null : found({ year, month, day: null }, first, first + 3);
  return isDate(year, month, day) ? found({ year, month, day }, first, first + 5) : null;
}

/** 13/04/2019. Where day and month could be either, only the year is sure. */
function readNumeric(tokens: readonly Token[], first: number): DateRead | null {
  const [a, b, year] = [digitsAt(tokens, first, 2), digitsAt(tokens, first + 2, 2), digitsAt(tokens, first + 4, 4)];
  if (a === null || b === null || year === null || (tokens[first + 4] as Token).text.length !== 4) return null;
  if (!glued(tokens, first + 1, /^[-/.]$/) || !glued(tokens, first + 3, /^[-/.]$/)) return null;
  const next = first + 5;
  if (a > 12 || a === b) return isDate(year, b, a) ? found({ year, month: b, day: a }, first, next) : null;
  if (b > 12) return isDate(year, a, b) ? found({ year, month: a, day: b }, first, next) : null;
  return isDate(year, a, b) ? found({ year, month: null, day: null }, first, next, true) : null;
}

/** "August 27th, 2020", "Aug. 27", "March 2019", "in July this year"; a month alone needs a word before it. */
function readMonthDay(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const named = monthAt(tokens, first);
  if (named === null) return null;
  const { month } = named;
  const day = readDay(tokens, named.next);
  if (day !== null) {
    const pair = readDayPair(tokens, first, month, day);
    if (pair !== null) return pair;
    const year = readYearAfter(tokens, day.next);
    if (year !== null && !isDate(year.year, month, day.day)) return null;
    return year === null
      ? nearest(month, day.day, first, day.next, published)
      : found({ year: year.year, month, day: day.day }, first, year.next);
  }
  const of = tokens[named.next]?.lower === "of" || tokens[named.next]?.lower === "in" ? named.next + 1 : named.next;
  const year = readYearAfter(tokens, of);
  if (year !== null) return found({ year: year.year, month, day: null }, first, year.next);
  return monthAlone(tokens, first, named, published);
}

/** "Jan. 26-27, 2018": two days of one month. */
function readDayPair(
  tokens: readonly Token[],
  first: number,
  month: number,
  from: { day: number; next: number },
): DateRead | null {
  if (!/^[-–]$/.test(tokens[from.next]?.text ?? "") || tokens[from.next]?.gap !== 0) return null;
  const until = tokens[from.next + 1]?.gap === 0 ? readDay(tokens, from.next + 1) : null;
  const year = until === null ? null : readYearAfter(tokens, until.next);
  if (until === null || year === null || until.day <= from.day || !isDate(year.year, month, until.day)) return null;
  const to = found({ year: year.year, month, day: until.day }, first, year.next).date;
  return { ...found({ year: year.year, month, day: from.day }, first, year.next), to };
}

const beforeMonth = new Set(
  (
    "in since until till by during from last this next early late mid of between and to through before after and " +
    "every"
  ).split(" "),
);

function monthAlone(
  tokens: readonly Token[],
  at: number,
  { month, next }: { month: number; next: number },
  published: number | null,
): DateRead | null {
  const before = tokens[at - 1]?.text === "-" ? tokens[at - 2] : tokens[at - 1];
  const word = before?.lower ?? "";
  const first = /^(?:last|this|next)$/.test(word) && tokens[at - 1] === before ? at - 1 : at;
  const relative = /^(?:this|last|next)$/.exec(tokens[next]?.lower ?? "");
  const year = relative !== null && tokens[next + 1]?.lower === "year" ? relative[0] : null;
  if (!beforeMonth.has(word) && year === null) return null;
  if (tokens[at]?.lower === "may" && /^(?:and|to|of|by)$/.test(word) && year === null) return null;
  const end = year === null ? next : next + 2;
  if (published === null) return found({ year: null, month, day: null }, first, end);
  const now = dateOfDay(published, false);
  const shift = { this: 0, last: -1, next: 1 };
  if (year !== null) return found({ year: now.year + shift[year as "this"], month, day: null }, first, end);
  const past = month <= now.month ? now.year : now.year - 1;
  const last = word === "last" && month === now.month ? past - 1 : past;
  const named = word === "next" ? (month > now.month ? now.year : now.year + 1) : word === "this" ? now.year : last;
  return found({ year: named, month, day: null }, first, end, true);
}

/** "14 May 2019", "the 2nd of August 2016", "first of May" */
function readDayMonth(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const day = readDay(tokens, first);
  if (day === null) return null;
  const of = tokens[day.next]?.lower === "of" ? day.next + 1 : day.next;
  const hyphen = tokens[of]?.text === "-" && tokens[of]?.gap === 0 ? of + 1 : of;
  const named = monthAt(tokens, hyphen);
  if (named === null || tokens[hyphen]?.gap === 2) return null;
  const comma = tokens[named.next]?.text === "-" ? named.next + 1 : named.next;
  const year = readYearAfter(tokens, comma);
  // "Chile in 2 May raids": a day before a month that is a word needs its year or "of".
  if (year === null) return nearest(named.month, day.day, first, named.next, published);
  return isDate(year.year, named.month, day.day)
    ? found({ year: year.year, month: named.month, day: day.day }, first, year.next)
    : null;
}

function readDay(tokens: readonly Token[], at: number): { day: number; next: number } | null {
  const token = tokens[at];
  if (token === undefined || token.gap === 2) return null;
  if (token.kind === "word") {
    const day = ordinalDays.get(token.lower);
    return day === undefined ? null : { day, next: at + 1 };
  }
  const day = digitsAt(tokens, at, 2);
  if (day === null || day < 1 || day > 31) return null;
  const after = tokens[at + 1];
  if (after?.gap === 0 && /^(?:st|nd|rd|th)$/.test(after.lower)) return { day, next: at + 2 };
  if (after?.kind === "word" && scaleOf(after.lower) !== undefined) return null;
  // "May 5%", "May 5.5", "May 10:30", "May 5,000"
  const joined = after?.gap === 0 && (/^[%:]$/.test(after.text) || after.kind === "word");
  const figure =
    after?.gap === 0 && tokens[at + 2]?.kind === "digits" && tokens[at + 2]?.gap === 0 && /^[.,:]$/.test(after.text);
  return joined || figure ? null : { day, next: at + 1 };
}

/** ", 2019" or " 2019" */
function readYearAfter(tokens: readonly Token[], at: number): { year: number; next: number } | null {
  const digits = /^(?:,|of|in)$/.test(tokens[at]?.lower ?? "") ? at + 1 : at;
  const token = tokens[digits];
  if (token?.kind !== "digits" || token.text.length !== 4 || token.gap === 2) return null;
  const year = Number(token.text);
  return year < 1000 || year > 2999 ? null : { year, next: digits + 1 };
}

const beforeYear = new Set(
  (
    "in since until till by during from early late mid of between and to through before after around circa the " +
    "year back throughout"
  ).split(" "),
);

/** "in 2016", "the 2015 attack", "1990s"; four digits alone are a year where something speaks for it. */
function readYear(tokens: readonly Token[], first: number): DateRead | null {
  const token = tokens[first] as Token;
  const year = Number(token.text);
  if (token.text.length !== 4 || year < 1900 || year > 2099) return null;
  const [before, after] = [tokens[first - 1], tokens[first + 1]];
  if (after?.gap === 0 && after.lower === "s" && year % 10 === 0) {
    return { date: { precision: "decade", year, month: null, day: null, assumed: false }, first, next: first + 2 };
  }
  if (
    after?.gap === 0 &&
    (after.kind === "word" ||
      (/^[.,:%/]$/.test(after.text) && tokens[first + 2]?.gap === 0 && tokens[first + 2]?.kind === "digits"))
  ) {
    return null;
  }
  if (after?.kind === "word" && after.gap < 2 && scaleOf(after.lower) !== undefined) return null;
  const opened = before === undefined || /^[(,–—-]$/.test(before.text) || token.gap === 2;
  const owned = before?.lower === "s" && /^['’]$/.test(tokens[first - 2]?.text ?? "");
  const spoken = owned || beforeYear.has(before?.lower ?? "") || /^(?:a|an)$/.test(before?.lower ?? "") || opened;
  const counted =
    after?.kind === "word" && after.gap === 1 && after.text === after.lower && /[^s]s$|^people$/.test(after.lower);
  const surely = /^(?:in|since|during|late|early|mid|the)$/.test(before?.lower ?? "");
  if (counted && !surely) return null;
  const pair = /^(?:-|–|to|through)$/.test(after?.lower ?? "") && /^(?:19|20)\d\d$/.test(tokens[first + 2]?.text ?? "");
  const closes = after === undefined || (after.kind === "mark" && after.text !== "-") || after.kind === "word";
  return pair || (spoken && closes) ? found({ year, month: null, day: null }, first, first + 1) : null;
}

const quarterWords = new Map([
  ["first", 1],
  ["second", 2],
  ["third", 3],
  ["fourth", 4],
]);

/** "the second quarter of 2019", "Q2 2019" */
function readQuarter(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const worded = quarterWords.get(tokens[first]?.lower ?? "");
  const spelled = worded !== undefined && reads(tokens, first + 1, ["quarter"]);
  const short = tokens[first]?.text === "Q" ? digitsAt(tokens, first + 1, 1) : null;
  const quarter = spelled ? worded : short;
  if (quarter === null || quarter === undefined || quarter < 1 || quarter > 4) return null;
  if (!spelled && tokens[first + 1]?.gap !== 0) return null;
  const at = tokens[first + 2]?.lower === "of" ? first + 3 : first + 2;
  const year = readYearAfter(tokens, at);
  if (year === null && spelled && published === null) return null;
  const now = published === null ? null : dateOfDay(published, false).year;
  const month = 3 * quarter - 2;
  const known = year?.year ?? now;
  if (known === null || known === undefined) return null;
  const date: PartialDate = { precision: "quarter", year: known, month, day: null, assumed: year === null };
  return { date, first, next: year?.next ?? first + 2 };
}

type Parts = Pick<PartialDate, "year" | "month" | "day">;

function found(parts: Parts, first: number, next: number, assumed = false): DateRead {
  const precision = parts.day !== null ? "day" : parts.month !== null ? "month" : "year";
  return { date: { precision, ...parts, assumed }, first, next };
}

/** Reports tell of the past more often: a day ahead is as far as three days back. */
const aheadWeight = 3;

/** A day without its year is the one nearest to the publication; without a publication the year stays open. */
function nearest(month: number, day: number, first: number, next: number, published: number | null): DateRead | null {
  if (!isDate(2000, month, day)) return null;
  if (published === null) return found({ year: null, month, day }, first, next);
  const { year } = dateOfDay(published, false);
  const years = [year - 1, year, year + 1].filter((one) => isDate(one, month, day));
  const distance = (one: number) => {
    const ahead = dayNumber(one, month, day) - published;
    return ahead > 0 ? aheadWeight * ahead : -ahead;
  };
  const best = years.reduce((a, b) => (distance(b) < distance(a) ? b : a), years[0] ?? year);
  return found({ year: best, month, day }, first, next, true);
}
