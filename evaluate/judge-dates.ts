import { daysOf } from "../library/src/claims/figures/calendar.ts";
import type { Figure } from "../library/src/claims/figures/figure.ts";
import { findFigures } from "../library/src/claims/figures/find-figures.ts";

/** A date or a range of dates as the recognisers have it; `values` are the readings that they accept. */
export interface WantedDate {
  readonly Text: string;
  readonly Resolution: { readonly values?: readonly Reading[] } | null;
}

interface Reading {
  readonly timex?: string;
  readonly value?: string;
  readonly start?: string;
  readonly end?: string;
  readonly Mod?: string;
}

interface Days {
  /** As day numbers, both included; null where it is open to that side. */
  readonly first: number | null;
  readonly last: number | null;
}

export type Outcome = "matched" | "wrong" | "abstained";

/**
 * Compares the days that are meant, not spans. Where the letter of the recognisers' answer would count something as
 * wrong that is not, it is read so:
 *
 * - "not resolved" ("FY2008", "this summer", 30 February) asks for no days, and none are right.
 * - What is found and left open (a null value) is nothing found: it says no day that could be wrong.
 * - Of a range the end is exclusive, and the second date of a range may end it or be its last part: they let "from May
 *   to July" end with June.
 * - "After 15 August" begins with that day in their answer, "after 2016" with 2017; the day behind is right.
 * - "Two months ago" is a day in their answer, by an assistant's convention. The month that holds this day is right,
 *   and so are a week and a year where the text counts in those.
 * - How much of a year "the end of 2000" is, is a convention as well (they take four months here and six there). A
 *   stretch that holds all of theirs and is at most twice as long is right; all of the year is not.
 * - 10/1/2018 can be read in two ways. Its year, marked as assumed, is right and leaves something out: abstained.
 */
export function judgeDates(input: string, reference: string | null, results: readonly WantedDate[]): Outcome {
  const found = findFigures(input, reference).filter(({ kind, value }) => kind === "date" && value !== null);
  const wanted = results.filter(({ Resolution }) => (Resolution?.values ?? []).some(isResolved));
  const readings = wanted.flatMap(({ Text, Resolution }) =>
    (Resolution?.values ?? []).filter(isResolved).map((reading) => ({ text: Text, days: daysMeant(reading), reading })),
  );
  let exact = 0;
  for (const figure of found) {
    if (readings.some((one) => isRight(figure, one))) exact++;
    else if (!readings.some(({ days }) => isLessExact(figure, days))) return "wrong";
  }
  return exact < wanted.length ? "abstained" : "matched";
}

const isResolved = ({ value, start, end }: Reading): boolean =>
  [value, start, end].some((one) => one !== undefined && day(one) !== null);

const day = (iso: string | undefined) => daysOf((iso ?? "").slice(0, 10))?.first ?? null;

function daysMeant({ timex, value, start, end, Mod }: Reading): Days {
  if (value !== undefined) return { first: day(value), last: day(value) };
  const [first, last] = [day(start), day(end)];
  const behind = Mod === "after" && first !== null && /-\d\d-\d\d$/.test(timex ?? "") ? 1 : 0;
  return { first: first === null ? null : first + behind, last: last === null ? null : last - 1 };
}

function isRight(figure: Figure, { text, days, reading }: { text: string; days: Days; reading: Reading }): boolean {
  const said = daysSaid(figure);
  if (said.some(({ first, last }) => first === days.first && last === days.last)) return true;
  const [own] = said;
  if (own === undefined || !holds(own, days)) return false;
  if (reading.value !== undefined) {
    const counts = /\b(?:ago|after|before|from)\b/i.test(figure.text);
    return counts && figure.to === null && /^(?:week|month|year)$/.test(figure.unit ?? "");
  }
  const isPart = /\b(?:early|earlier|mid|middle|late|later|end|start|beginning)\b/i.test(text);
  return isPart && figure.to !== null && length(own) <= 2 * length(days);
}

const holds = (whole: Days, part: Days): boolean =>
  whole.first !== null &&
  whole.last !== null &&
  part.first !== null &&
  part.last !== null &&
  whole.first <= part.first &&
  whole.last >= part.last;

const length = ({ first, last }: Days): number => (last ?? Number.NaN) - (first ?? Number.NaN) + 1;

/** The year of a date in digits whose day and month can change places. */
const isLessExact = (figure: Figure, days: Days): boolean =>
  figure.assumed && /^\d\d?[/.-]\d\d?[/.-]\d/.test(figure.text) && daysSaid(figure).some((own) => holds(own, days));

/** The days that a date stands for; the second date of a range counts, or, as the recognisers have it, ends it. */
function daysSaid({ value, to, unit, bound, strict }: Figure): Days[] {
  const first = value === null ? null : daysOf(value);
  const last = daysOf(to ?? value ?? "");
  if (first === null || last === null) return [];
  if (bound === "at least") return [{ first: strict ? last.last + 1 : first.first, last: null }];
  if (bound === "at most") return [{ first: null, last: strict ? first.first - 1 : last.last }];
  const whole = { first: first.first, last: last.last };
  if (to === null) return [whole];
  const begin = unit === "quarter" ? (daysOf(quarterOf(to))?.first ?? last.first) : last.first;
  return [whole, { first: first.first, last: begin - 1 }];
}

/** The first month of the quarter that a month ends. */
const quarterOf = (month: string): string =>
  `${month.slice(0, 5)}${String(Number(month.slice(5, 7)) - 2).padStart(2, "0")}`;
