import type { DateRead } from "./calendar.ts";
import { isClosed, ordinalAt, yearWordsAt } from "./day-words.ts";
import { scaleOf } from "./number-words.ts";
import { found } from "./read-day.ts";
import type { Token } from "./tokens.ts";

const beforeYear = new Set(
  (
    "in since until till by during from early late mid of between and to through before after around circa the " +
    "year back throughout spring summer autumn fall"
  ).split(" "),
);
/** Years that are not the calendar's: which days they hold, only their owner knows. */
const ownYears = new Set("fiscal financial school academic tax budget marketing crop".split(" "));

/** "in 2016", "the 2015 attack", "1990s"; four digits alone are a year where something speaks for it. */
export function readYear(tokens: readonly Token[], first: number): DateRead | null {
  const token = tokens[first] as Token;
  if (token.text.length === 2) return readShortDecade(tokens, first);
  const year = Number(token.text);
  if (token.text.length !== 4 || year < 1900 || year > 2099) return null;
  const [before, after] = [tokens[first - 1], tokens[first + 1]];
  if (after?.lower === "s" && after.gap !== 2 && year % 10 === 0) return decade(year, first, first + 2);
  if (before?.lower === "year" && ownYears.has(tokens[first - 2]?.lower ?? "")) return null;
  if (
    after?.gap === 0 &&
    (after.kind === "word" ||
      (/^[.,:%/]$/.test(after.text) && tokens[first + 2]?.gap === 0 && tokens[first + 2]?.kind === "digits"))
  ) {
    return null;
  }
  if (after?.kind === "word" && after.gap < 2 && scaleOf(after.lower) !== undefined) return null;
  if (isDocket(tokens, first)) return null;
  const than = before?.lower === "than" && /^(?:later|earlier)$/.test(tokens[first - 2]?.lower ?? "");
  const opened = than || before === undefined || /^[(,–—~-]$/.test(before.text) || token.gap === 2;
  const owned = before?.lower === "s" && /^['’]$/.test(tokens[first - 2]?.text ?? "");
  const spoken = owned || beforeYear.has(before?.lower ?? "") || /^(?:a|an)$/.test(before?.lower ?? "") || opened;
  const counted =
    after?.kind === "word" && after.gap === 1 && after.text === after.lower && /[^s]s$|^people$/.test(after.lower);
  const surely = /^(?:in|since|during|late|early|mid|the)$/.test(before?.lower ?? "");
  if (counted && !surely) return null;
  const pair =
    /^(?:-|–|~|to|through)$/.test(after?.lower ?? "") && /^(?:19|20)\d\d$/.test(tokens[first + 2]?.text ?? "");
  const later = after?.lower === "or" && /^(?:later|earlier|before|after)$/.test(tokens[first + 2]?.lower ?? "");
  const closes = after === undefined || (after.kind === "mark" && after.text !== "-") || after.kind === "word";
  return pair || later || (spoken && closes) ? found({ year, month: null, day: null }, first, first + 1) : null;
}

/** "1:18-cv-2019": the number of a case. */
const isDocket = (tokens: readonly Token[], at: number): boolean =>
  [at - 1, at - 3].every((one) => tokens[one]?.text === "-" && tokens[one]?.gap === 0 && tokens[one + 1]?.gap === 0) &&
  tokens[at - 4]?.kind === "digits";

const decade = (year: number, first: number, next: number, assumed = false): DateRead => ({
  date: { precision: "decade", year, month: null, day: null, assumed },
  first,
  next,
});

/** "the 90s", "the '90s" */
function readShortDecade(tokens: readonly Token[], first: number): DateRead | null {
  const [tens, after] = [Number(tokens[first]?.text), tokens[first + 1]];
  if (tens % 10 !== 0 || tens < 50 || after?.lower !== "s" || after.gap !== 0) return null;
  const quoted = /^['’‘]$/.test(tokens[first - 1]?.text ?? "") && tokens[first]?.gap === 0;
  return quoted && /^(?:the|early|mid|late)$/.test(tokens[first - 2]?.lower ?? "")
    ? decade(1900 + tens, first - 1, first + 2, true)
    : null;
}

/** "the year 2016", with the word, so that "before the year 2016" is bounded. */
export function readNamedYear(tokens: readonly Token[], first: number): DateRead | null {
  const token = tokens[first + 1];
  if (token?.kind !== "digits" || token.gap === 2) return null;
  const read = readYear(tokens, first + 1);
  return read?.date.precision === "year" ? { ...read, first } : null;
}

/** "in nineteen ninety-six", where nothing is counted behind it. */
export function readYearWords(tokens: readonly Token[], first: number): DateRead | null {
  const before = tokens[first - 1]?.lower ?? "";
  if (!/^(?:in|since|until|by|before|after|of|year|from)$/.test(before)) return null;
  const said = yearWordsAt(tokens, first);
  if (said === null || said.value < 1800 || said.value > 2099 || !isClosed(tokens, said.next)) return null;
  // "in two thousand and" may go on, "in nineteen hundred" is as often a count.
  return said.value % 100 === 0 ? null : found({ year: said.value, month: null, day: null }, first, said.next);
}

/** "the 15th century": from 1400 to 1499, as it is mostly meant. */
export function readCentury(tokens: readonly Token[], first: number): DateRead | null {
  const nth = ordinalAt(tokens, first);
  const word = nth === null ? undefined : tokens[nth.next];
  if (nth === null || word?.lower !== "century" || word.gap === 2 || nth.value < 10 || nth.value > 21) return null;
  const year = 100 * (nth.value - 1);
  const { date } = found({ year, month: null, day: null }, first, nth.next + 1, true);
  return { date, to: { ...date, year: year + 99 }, first, next: nth.next + 1 };
}
