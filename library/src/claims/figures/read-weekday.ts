import { type DateRead, dateOfDay, dayNumber, isDate, type PartialDate, weekdayOf } from "./calendar.ts";
import { ordinalAt } from "./day-words.ts";
import { monthAt } from "./month-names.ts";
import { digitsAt, nearestOf } from "./read-day.ts";
import type { Token } from "./tokens.ts";

const names = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const numbers: ReadonlyMap<string, number> = new Map(names.map((name, index) => [name, index + 1]));
const shortNumbers: ReadonlyMap<string, number> = new Map([
  ...names.map((name, index): [string, number] => [name.slice(0, 3), index + 1]),
  ["tues", 2],
  ["thur", 4],
  ["thurs", 4],
]);

export const weekdayWords: readonly string[] = [...numbers.keys(), ...shortNumbers.keys()];

/** Monday 1 to Sunday 7; undefined for other words. */
export const weekdayNumber = (lower: string): number | undefined => numbers.get(lower);

/** A date that a text speaks of and that nothing in it or around it fixes. */
export const openDate = (precision: PartialDate["precision"]): PartialDate => ({
  precision,
  year: null,
  month: null,
  day: null,
  assumed: false,
});

/** "The Sunday Times" names a paper and no day. */
const papers = /^(?:Times|Telegraph|Mail|Mirror|Express|Herald|Post|Guardian|Independent|Business)$/;

/** Words whose day depends on what was told before: "the following Friday". */
const told = new Set("following previous same that preceding".split(" "));

/** "Sunday", "last Sunday", "Tuesday of last week", "Sunday the 4th", "Mon 13th"; `first` is the first of its words. */
export function readWeekday(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const weekday = numbers.get(tokens[first]?.lower ?? "");
  if (weekday === undefined) return readShortWeekday(tokens, first, published);
  const before = tokens[first - 1]?.lower ?? "";
  if (before === "black" || before === "good") return null;
  // "…/launched-on-saturday": a word of an address.
  if (before === "-" && tokens[first]?.gap === 0 && tokens[first]?.text === tokens[first]?.lower) return null;
  const after = tokens[first + 1]?.text ?? "";
  if (papers.test(after)) return null;
  // "the Friday before"
  if (before === "the" && /^(?:before|after|following)$/.test(after))
    return { date: openDate("day"), first, next: first + 1 };
  const numbered = readNumbered(tokens, first, weekday, published);
  if (numbered !== undefined) return numbered;
  const ofWeek = weekAt(tokens, first + 1);
  if (ofWeek === "told") return { date: openDate("day"), first, next: first + 1 };
  if (ofWeek !== null) return inWeek(weekday, ofWeek.shift, first, ofWeek.next, published);
  // "Following Monday's raid" is after it, "the following Monday" is told from what was before.
  const shift = told.has(before) && /^(?:the|on|by|until)$/.test(tokens[first - 2]?.lower ?? "") ? "told" : "";
  return shifted(weekday, shift, first, first + 1, published);
}

/** "this Friday", "last Friday", "this coming Friday": `first` is the word before the weekday. */
export function readShiftedWeekday(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const [word, second] = [tokens[first]?.lower ?? "", tokens[first + 1]?.lower ?? ""];
  const doubled = word === "this" && /^(?:coming|upcoming|past|last|next)$/.test(second);
  const at = doubled ? first + 2 : first + 1;
  const weekday = numbers.get(tokens[at]?.lower ?? "");
  if (weekday === undefined || tokens[at]?.gap === 2) return null;
  const numbered = readNumbered(tokens, at, weekday, published);
  if (numbered !== undefined) return numbered === null ? null : { ...numbered, first };
  return shifted(weekday, doubled ? `this ${second}` : word, first, at + 1, published);
}

/**
 * A weekday in a report is the last one up to its publication. With "this", "last" and "next" it is that of this week,
 * of the week before and of the week after: who means the day just gone or just to come says "on Friday".
 */
function shifted(weekday: number, word: string, first: number, next: number, published: number | null): DateRead {
  if (published === null || word === "told" || word === "previous") return { date: openDate("day"), first, next };
  const back = (weekdayOf(published) - weekday + 7) % 7;
  if (word === "this") return inWeek(weekday, 0, first, next, published);
  if (word === "last") return inWeek(weekday, -1, first, next, published);
  if (word === "next") return inWeek(weekday, 1, first, next, published);
  const past = word === "past" || word === "this past" || word === "this last";
  const by = past ? (back === 0 ? -7 : -back) : word === "" ? -back : 7 - back;
  return { date: dateOfDay(published + by, true), first, next };
}

function inWeek(weekday: number, shift: number, first: number, next: number, published: number | null): DateRead {
  if (published === null) return { date: openDate("day"), first, next };
  const monday = published - weekdayOf(published) + 1;
  return { date: dateOfDay(monday + weekday - 1 + 7 * shift, true), first, next };
}

const weekShifts = new Map([
  ["last", -1],
  ["previous", -1],
  ["this", 0],
  ["next", 1],
]);

/** " of last week", " last week" behind a weekday. */
function weekAt(tokens: readonly Token[], at: number): { shift: number; next: number } | "told" | null {
  if (tokens[at]?.lower === "of" && tokens[at + 1]?.lower === "the" && told.has(tokens[at + 2]?.lower ?? ""))
    return "told";
  const start = /^(?:of|in)$/.test(tokens[at]?.lower ?? "") ? at + 1 : at;
  const shift = weekShifts.get(tokens[start]?.lower ?? "");
  if (shift === undefined || tokens[start]?.gap === 2 || tokens[start + 1]?.lower !== "week") return null;
  return { shift, next: start + 2 };
}

/** "last week on Tuesday", "this week Monday": `next` stands behind "week". */
export function readDayOfWeek(
  tokens: readonly Token[],
  first: number,
  next: number,
  published: number | null,
): DateRead | null {
  const shift = weekShifts.get(tokens[first]?.lower ?? "");
  const at = /^(?:on|-|–|,)$/.test(tokens[next]?.lower ?? "") ? next + 1 : next;
  const weekday = numbers.get(tokens[at]?.lower ?? "") ?? shortNumbers.get(tokens[at]?.lower ?? "");
  if (shift === undefined || weekday === undefined || tokens[at]?.gap === 2) return null;
  // "next week, Monday's papers"
  if (/^['’]$/.test(tokens[at + 1]?.text ?? "") || /^(?:sun|sat|wed|mon)$/.test(tokens[at]?.text ?? "")) return null;
  return inWeek(weekday, shift, first, at + 1, published);
}

/**
 * "Sunday the 4th", "Friday 31": the nearest day of the month that falls on that weekday. Undefined where no number
 * follows, null where it is something else: with a month the date behind says more.
 */
function readNumbered(
  tokens: readonly Token[],
  first: number,
  weekday: number,
  published: number | null,
): DateRead | null | undefined {
  const comma = tokens[first + 1]?.text === "," ? first + 2 : first + 1;
  const at = tokens[comma]?.lower === "the" ? comma + 1 : comma;
  const bare = tokens[at]?.gap === 1 && comma === at && comma === first + 1 ? digitsAt(tokens, at, 2) : null;
  const ends = bare !== null && /^[.,;)!?]$/.test(tokens[at + 1]?.text ?? ".") && tokens[at + 2]?.gap !== 0;
  const nth = tokens[at]?.gap === 2 ? null : ends ? { value: bare, next: at + 1 } : ordinalAt(tokens, at);
  if (nth === null) {
    // "Friday 5/12": a date that can be read in two ways.
    const slashed = tokens[at]?.kind === "digits" && /^[/.]$/.test(tokens[at + 1]?.text ?? "");
    return slashed && tokens[at + 1]?.gap === 0 && tokens[at + 2]?.gap === 0 ? null : undefined;
  }
  const [after, further] = [tokens[nth.next]?.lower ?? "", nth.next + 1];
  if (monthAt(tokens, nth.next) !== null || (after === "of" && monthAt(tokens, further) !== null)) return undefined;
  // "on Friday the third suspect": an ordinal in words or with "the" may be another's.
  if (tokens[nth.next]?.kind === "word" && tokens[nth.next]?.gap === 1 && !/^(?:at|in|and|or|when|as|the)$/.test(after))
    return undefined;
  return dayOnWeekday(weekday, nth.value, first, nth.next, published);
}

function readShortWeekday(tokens: readonly Token[], first: number, published: number | null): DateRead | null {
  const { text, lower } = tokens[first] as Token;
  const weekday = text === lower ? undefined : shortNumbers.get(lower);
  if (weekday === undefined) return null;
  const at = tokens[first + 1]?.text === "." && tokens[first + 1]?.gap === 0 ? first + 2 : first + 1;
  const nth = tokens[at]?.kind === "digits" && tokens[at]?.gap === 1 ? ordinalAt(tokens, at) : null;
  if (nth === null || monthAt(tokens, nth.next) !== null || tokens[nth.next]?.lower === "of") return null;
  return dayOnWeekday(weekday, nth.value, first, nth.next, published);
}

/** The years in which a day of the month falls on a weekday come round soon enough for a year to either side. */
function dayOnWeekday(weekday: number, day: number, first: number, next: number, published: number | null) {
  if (day < 1 || day > 31) return null;
  if (published === null) return { date: openDate("day"), first, next };
  const { year, month } = dateOfDay(published, false);
  const days: number[] = [];
  for (let by = -14; by <= 14; by++) {
    const count = year * 12 + month - 1 + by;
    const [y, m] = [Math.floor(count / 12), (count % 12) + 1];
    if (isDate(y, m, day) && weekdayOf(dayNumber(y, m, day)) === weekday) days.push(dayNumber(y, m, day));
  }
  const best = nearestOf(days, published);
  return best === undefined ? null : { date: dateOfDay(best, true), first, next };
}
