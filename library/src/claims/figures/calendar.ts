/** A date as far as it is known. A week stands without a month; a decade has the year it begins with. */
export interface PartialDate {
  readonly precision: "day" | "week" | "month" | "quarter" | "year" | "decade";
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** True where the text leaves something open and the likely reading was taken. */
  readonly assumed: boolean;
}

/** Days, both included, as day numbers. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/** A date among tokens, from `first` to before `next`. */
export interface DateRead {
  readonly date: PartialDate;
  /** The last part of a stretch that is written as one date: "Jan. 26-27, 2018", "late 2016". */
  readonly to?: PartialDate;
  /** True where the text gives no year, so that the other end of a stretch may. */
  readonly yearless?: true | undefined;
  /** True of "late 2016" and its like, which can be the start of a longer stretch. */
  readonly part?: true;
  readonly first: number;
  readonly next: number;
}

/** Days since 1970-01-01, which sort and add; the calendar is the Gregorian one. */
export const dayNumber = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / 86_400_000;

/** The date of a day number. */
export function dateOfDay(
  number: number,
  assumed: boolean,
): PartialDate & { year: number; month: number; day: number } {
  const date = new Date(number * 86_400_000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return { precision: "day", year, month, day, assumed };
}

/** Monday 1 to Sunday 7. */
export const weekdayOf = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1;

export const isDate = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The day on which a document came out, as a day number; null where the text gives none. */
export function publicationDay(published: string | null): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/.exec(published ?? "");
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return isDate(year, month, day) ? dayNumber(year, month, day) : null;
}

/** ISO 8601, with X for digits that are not known; null where nothing is. */
export function printDate(date: PartialDate): string | null {
  const { precision, year, month, day } = date;
  const y = year === null ? "XXXX" : pad(year, 4);
  if (precision === "decade") return year === null ? null : `${y.slice(0, 3)}X`;
  if (precision === "week") return year === null || day === null ? null : isoWeek(dayNumber(year, month ?? 1, day));
  if (precision === "year" || month === null) return year === null ? null : y;
  return precision === "day" && day !== null ? `${y}-${pad(month, 2)}-${pad(day, 2)}` : `${y}-${pad(month, 2)}`;
}

const pad = (value: number, width: number) => String(value).padStart(width, "0");

/** ISO 8601 weeks begin on Monday; the first holds the year's first Thursday. */
function isoWeek(day: number): string {
  const thursday = day - weekdayOf(day) + 4;
  const { year } = dateOfDay(thursday, false);
  return `${pad(year, 4)}-W${pad(Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1, 2)}`;
}

/** A month counted from another: `by` may be negative. */
export function addMonths(year: number, month: number, by: number): { year: number; month: number } {
  const count = year * 12 + month - 1 + by;
  return { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
}

/** The days that a date stands for; null where a part of it is open. */
export function spanOf(date: PartialDate): DaySpan | null {
  const printed = printDate(date);
  const days = printed === null ? null : daysOf(printed);
  if (date.precision !== "quarter" || days === null || date.year === null || date.month === null) return days;
  return { first: days.first, last: dayNumber(date.year, date.month + 3, 1) - 1 };
}

/** The Monday of the week of a day. */
export const weekOf = (day: number, assumed = false): PartialDate => ({
  ...dateOfDay(day - weekdayOf(day) + 1, assumed),
  precision: "week",
});

/** The same day of the month some months on, or that month's last. */
export function dayMonthsOn(day: number, by: number): number {
  const from = dateOfDay(day, false);
  const { year, month } = addMonths(from.year, from.month, by);
  return dayNumber(year, month, 1) - 1 + Math.min(from.day, dayNumber(year, month + 1, 1) - dayNumber(year, month, 1));
}

/** The first and the last day, as day numbers, of a printed date; null where a part is open. */
export function daysOf(printed: string): DaySpan | null {
  const week = /^(\d{4})-W(\d{2})$/.exec(printed);
  if (week !== null) {
    const fourth = dayNumber(Number(week[1]), 1, 4);
    const first = fourth - weekdayOf(fourth) + 1 + 7 * (Number(week[2]) - 1);
    return { first, last: first + 6 };
  }
  const decade = /^(\d{3})X$/.exec(printed);
  if (decade !== null) {
    const year = Number(decade[1]) * 10;
    return { first: dayNumber(year, 1, 1), last: dayNumber(year + 10, 1, 1) - 1 };
  }
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(printed);
  if (match === null) return null;
  const year = Number(match[1]);
  if (match[2] === undefined) return { first: dayNumber(year, 1, 1), last: dayNumber(year + 1, 1, 1) - 1 };
  const month = Number(match[2]);
  if (match[3] !== undefined) {
    const day = dayNumber(year, month, Number(match[3]));
    return { first: day, last: day };
  }
  return { first: dayNumber(year, month, 1), last: dayNumber(year, month + 1, 1) - 1 };
}
