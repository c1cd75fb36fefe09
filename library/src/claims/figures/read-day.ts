import { type DateRead, dateOfDay, dayNumber, isDate, type PartialDate } from "./calendar.ts";
import { isClosed, ordinalAt, smallNumberAt, yearWordsAt } from "./day-words.ts";
import { scaleOf } from "./number-words.ts";
import type { Token } from "./tokens.ts";

type Parts = Pick<PartialDate, "year" | "month" | "day">;

/** A date among tokens by its parts; its precision is that of the last part that is known. */
export function found(parts: Parts, first: number, next: number, assumed = false): DateRead {
  const precision = parts.day !== null ? "day" : parts.month !== null ? "month" : "year";
  return { date: { precision, ...parts, assumed }, first, next };
}

export function digitsAt(tokens: readonly Token[], at: number, width: number): number | null {
  const token = tokens[at];
  return token?.kind === "digits" && token.text.length <= width ? Number(token.text) : null;
}

/** A day of a month: "4", "4th", "fourth", "twenty-fourth", and before nothing else "twenty four". */
export function readDay(tokens: readonly Token[], at: number): { day: number; next: number } | null {
  const token = tokens[at];
  if (token === undefined || token.gap === 2) return null;
  const ordinal = ordinalAt(tokens, at);
  if (ordinal !== null)
    return ordinal.value < 1 || ordinal.value > 31 ? null : { day: ordinal.value, next: ordinal.next };
  if (token.kind === "word") {
    const spelled = smallNumberAt(tokens, at);
    // "In May twenty men …" counts men; "in March one, …" is hardly a day.
    if (spelled === null || spelled.value < 10 || spelled.value > 31) return null;
    const closed = isClosed(tokens, spelled.next) || yearWordsAt(tokens, spelled.next) !== null;
    return closed ? { day: spelled.value, next: spelled.next } : null;
  }
  const day = digitsAt(tokens, at, 2);
  if (day === null || day < 1 || day > 31) return null;
  const after = tokens[at + 1];
  if (after?.kind === "word" && scaleOf(after.lower) !== undefined) return null;
  // "May 5%", "May 5.5", "May 10:30", "May 5,000"
  const joined = after?.gap === 0 && (/^[%:]$/.test(after.text) || after.kind === "word");
  const figure =
    after?.gap === 0 && tokens[at + 2]?.kind === "digits" && tokens[at + 2]?.gap === 0 && /^[.,:]$/.test(after.text);
  return joined || figure ? null : { day, next: at + 1 };
}

/** ", 2019", " 2019", " of 2019", " nineteen ninety-six", " of '87": the year of a month that stands before it. */
export function readYearAfter(tokens: readonly Token[], at: number): { year: number; next: number } | null {
  const linked = /^(?:,|of|in)$/.test(tokens[at]?.lower ?? "");
  const start = linked ? at + 1 : at;
  const token = tokens[start];
  if (token === undefined || token.gap === 2) return null;
  if (token.kind === "word") {
    const spelled = tokens[at]?.text === "," ? null : yearWordsAt(tokens, start);
    return spelled === null || !isClosed(tokens, spelled.next) ? null : { year: spelled.value, next: spelled.next };
  }
  const short = /^['’]$/.test(token.text) ? start + 1 : tokens[at]?.lower === "of" ? start : null;
  if (short !== null && tokens[short]?.text.length === 2 && tokens[short]?.kind === "digits") {
    const isShort = (short === start || tokens[short]?.gap === 0) && isClosed(tokens, short + 1);
    return isShort ? { year: fullYear(Number(tokens[short]?.text)), next: short + 1 } : null;
  }
  if (token.kind !== "digits" || token.text.length !== 4) return null;
  const year = Number(token.text);
  return year < 1000 || year > 2999 ? null : { year, next: start + 1 };
}

/** Two digits stand for the last century from 40 on: what is traced here is hardly older, or that far off. */
export const fullYear = (short: number): number => (short < 40 ? 2000 : 1900) + short;

/** Reports tell of the past more often: a day ahead is as far as three days back. */
const aheadWeight = 3;

/** Of several days that are meant by one name, the one nearest to the publication. */
export function nearestOf(days: readonly number[], published: number): number | undefined {
  const distance = (day: number) => (day > published ? aheadWeight * (day - published) : published - day);
  return days.reduce<number | undefined>(
    (best, day) => (best === undefined || distance(day) < distance(best) ? day : best),
    undefined,
  );
}

/** A day without its year is the one nearest to the publication; without a publication the year stays open. */
export function nearest(
  month: number,
  day: number,
  first: number,
  next: number,
  published: number | null,
): DateRead | null {
  if (!isDate(2000, month, day)) return null;
  if (published === null) return { ...found({ year: null, month, day }, first, next), yearless: true };
  const { year } = dateOfDay(published, false);
  const years = [year - 4, year - 1, year, year + 1, year + 4].filter((one) => isDate(one, month, day));
  const best = nearestOf(
    years.map((one) => dayNumber(one, month, day)),
    published,
  );
  return best === undefined ? null : { date: dateOfDay(best, true), first, next, yearless: true };
}
