import type { StatedTime } from "./document.ts";

export interface FoundTime extends StatedTime {
  /** UTF-16 units of the text it was found in, end exclusive. */
  readonly from: number;
  readonly to: number;
}

const months = "january february march april may june july august september october november december".split(" ");
const month = [
  "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?",
  String.raw`|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`,
].join("");
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const year = String.raw`(?<year>(?:19|20)\d{2})`;

/** Names of zones that mean one offset in news; those that mean several (BST, IST, CST) are left out. */
const zones: Readonly<Record<string, string>> = {
  z: "Z",
  utc: "Z",
  gmt: "Z",
  est: "-05:00",
  edt: "-04:00",
  pst: "-08:00",
  pdt: "-07:00",
  cet: "+01:00",
  cest: "+02:00",
  msk: "+03:00",
  bdst: "+06:00",
  bdt: "+06:00",
  sgt: "+08:00",
  hkt: "+08:00",
  kst: "+09:00",
  jst: "+09:00",
  aedt: "+11:00",
};

const clock = new RegExp(
  [
    String.raw`^(?:\s*,?\s*(?:at|-|–|—|\||•|·)?\s*)`,
    String.raw`(?<hour>\d{1,2})[:.](?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?`,
    String.raw`(?:\s*(?<half>[ap])\.?m\b\.?)?`,
    String.raw`(?:\s*\(?(?<zone>[+-]\d{2}:?\d{2}|(?:utc|gmt)\s*[+-]\s*\d{1,2}(?::?\d{2})?|[a-z]{1,4}\b))?`,
  ].join(""),
  "iu",
);

const dates: readonly RegExp[] = [
  new RegExp(String.raw`\b${year}-(?<number>\d{2})-(?<day>\d{2})(?!\d)`, "giu"),
  new RegExp(String.raw`\b${day}(?:\s+|-)(?:of\s+)?${month}(?:\s*,\s*|\s+|-)${year}\b`, "giu"),
  new RegExp(String.raw`\b${month}\s+${day}\s*,?\s+${year}\b`, "giu"),
  new RegExp(String.raw`(?<!\d(?:st|nd|rd|th)?[\s-]+(?:of\s+)?)\b${month}\s*,?\s+${year}\b`, "giu"),
];

/**
 * The first date of a text, with its time of day where one follows. A date in figures whose order is not certain
 * (01/09/2019) is not read, and a day that does not exist is none.
 */
export function readTime(text: string): FoundTime | null {
  let first: { match: RegExpExecArray; date: string; isDay: boolean } | null = null;
  for (const pattern of dates) {
    for (const match of text.matchAll(pattern)) {
      if (first !== null && match.index >= first.match.index) break;
      const read = dateOf(match);
      if (read !== null) first = { match, ...read };
    }
  }
  if (first === null) return null;
  const from = first.match.index;
  const to = from + first.match[0].length;
  if (!first.isDay) return { value: first.date, precision: "month", zoned: false, from, to };
  const rest = text.slice(to).replace(/^T(?=\d)/u, " ");
  const time = clock.exec(rest);
  const read = time === null ? null : clockOf(time);
  if (time === null || read === null) return { value: first.date, precision: "day", zoned: false, from, to };
  return { ...read, value: `${first.date}T${read.value}`, from, to: to + time[0].length };
}

function dateOf(match: RegExpExecArray): { date: string; isDay: boolean } | null {
  const parts = match.groups ?? {};
  const number =
    parts.number !== undefined
      ? Number(parts.number)
      : months.findIndex((name) => name.startsWith((parts.month ?? "").slice(0, 3).toLowerCase())) + 1;
  const monthText = `${parts.year}-${String(number).padStart(2, "0")}`;
  if (parts.day === undefined) return { date: monthText, isDay: false };
  const date = `${monthText}-${parts.day.padStart(2, "0")}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
  return exists ? { date, isDay: true } : null;
}

function clockOf(match: RegExpExecArray): StatedTime | null {
  const { hour = "", minute = "", second, half, zone } = match.groups ?? {};
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  if (hours > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const offset = offsetOf(zone);
  const value = `${String(hours).padStart(2, "0")}:${minute}${second === undefined ? "" : `:${second}`}${offset ?? ""}`;
  return { value, precision: second === undefined ? "minute" : "second", zoned: offset !== null };
}

function offsetOf(zone: string | undefined): string | null {
  if (zone === undefined) return null;
  const named = zones[zone.toLowerCase()];
  if (named !== undefined) return named;
  const figures = /([+-])\s*(\d{1,2}):?(\d{2})?$/u.exec(zone);
  if (figures === null) return null;
  const [, sign, hours = "", minutes = "00"] = figures;
  return Number(hours) <= 14 && Number(minutes) < 60 ? `${sign}${hours.padStart(2, "0")}:${minutes}` : null;
}
