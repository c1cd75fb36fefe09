import type { Instant } from "../../money/instant.ts";

/** What a cell says of when: its day, and the instant where it has a time. */
export interface CsvTime {
  readonly day: string;
  readonly time: Instant | null;
}

/** Reads a cell; null where it is no date of this format. */
export type DayFormat = (text: string) => CsvTime | null;

const millisecondsOfDay = 86_400_000;
/** Days repeat from row to row. */
const remembered = 10_000;
/** Longer cells hold something else. */
const dateCharactersMax = 60;
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/**
 * A reader of dates: `ISO` (ISO 8601, a day or a day and a time), `days` or `steps` since `epoch`, `unix` (seconds),
 * `unix-ms`, or a pattern of YYYY YY MMM MM M DD D HH H mm ss A with other signs as they stand.
 *
 * @param zone of times that name none, `+01:00`
 * @returns the reader, or what is wrong with the format
 */
export function dayFormat(format: string, { epoch, zone }: { epoch: string | null; zone: string }): DayFormat | string {
  const ahead = minutesAhead(zone);
  if (ahead === null) return "needs a `zone` such as +01:00 or UTC";
  if (format === "days" || format === "steps") {
    const first = epoch === null || !/^\d{4}-\d{2}-\d{2}$/u.test(epoch) ? Number.NaN : Date.parse(epoch);
    if (Number.isNaN(first)) return "counts days, so it needs an `epoch`, the day 0, as YYYY-MM-DD";
    return remember((text) => countedDay(text, first));
  }
  if (format === "unix") return remember((text) => countedTime(text, 1000));
  if (format === "unix-ms") return remember((text) => countedTime(text, 1));
  if (format === "ISO") return remember((text) => isoTime(text, ahead));
  const pattern = patternOf(format);
  return typeof pattern === "string" ? pattern : remember((text) => patternTime(text, pattern, ahead));
}

function remember(read: DayFormat): DayFormat {
  const known = new Map<string, CsvTime | null>();
  // Rows of one day mostly stand together.
  let last = "";
  let lastMade = read("");
  return (text) => {
    if (text === last) return lastMade;
    if (text.length > dateCharactersMax) return null;
    last = text;
    lastMade = made(text);
    return lastMade;
  };
  function made(text: string): CsvTime | null {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= remembered) known.clear();
    const time = read(text);
    known.set(text, time);
    return time;
  }
}

/** Minutes that a zone is ahead of UTC; null where the text names no offset. */
function minutesAhead(zone: string): number | null {
  if (zone === "UTC" || zone === "Z" || zone === "") return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/u.exec(zone) ?? [];
  if (hours === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  return (sign === "-" ? -1 : 1) * (60 * Number(hours) + Number(minutes));
}

function countedDay(text: string, first: number): CsvTime | null {
  if (!/^\d{1,7}$/u.test(text)) return null;
  const at = first + Number(text) * millisecondsOfDay;
  // Four digits hold the year.
  return at < Date.parse("9999-12-31") ? { day: new Date(at).toISOString().slice(0, 10), time: null } : null;
}

function countedTime(text: string, unit: number): CsvTime | null {
  if (!/^\d{1,14}$/u.test(text)) return null;
  const at = Number(text) * unit;
  return at < Date.parse("9999-12-31") ? { day: new Date(at).toISOString().slice(0, 10), time: at as Instant } : null;
}

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/u;

function isoTime(text: string, ahead: number): CsvTime | null {
  const match = isoPattern.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = "00", fraction = "", zone] = match;
  const parts = { year: Number(year), month: Number(month), day: Number(day) };
  if (hour === undefined) return timeOf(parts, null, 0);
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  const offset = zone === undefined ? ahead : minutesAhead(zone);
  if (offset === null) return null;
  return timeOf(parts, { ...clock, milliseconds: Number(fraction.slice(0, 3).padEnd(3, "0")) }, offset);
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milliseconds: number;
}

/** The day as it is written, which may be another one in UTC. */
function timeOf({ year, month, day }: Day, clock: Clock | null, ahead: number): CsvTime | null {
  const first = Date.UTC(year, month - 1, day);
  const written = new Date(first);
  // Date.UTC rolls 30 February over into March.
  if (month < 1 || month > 12 || written.getUTCDate() !== day || written.getUTCFullYear() !== year) return null;
  const text = written.toISOString().slice(0, 10);
  if (clock === null) return { day: text, time: null };
  const { hour, minute, second, milliseconds } = clock;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const at = first + 1000 * (60 * (60 * hour + minute - ahead) + second) + milliseconds;
  return { day: text, time: at as Instant };
}

interface Pattern {
  readonly regexp: RegExp;
  /** The token of each group. */
  readonly tokens: readonly string[];
}

const tokenPatterns: Readonly<Record<string, string>> = {
  YYYY: "(\\d{4})",
  YY: "(\\d{2})",
  MMM: "([A-Za-z]{3})",
  MM: "(\\d{2})",
  M: "(\\d{1,2})",
  DD: "(\\d{2})",
  D: "(\\d{1,2})",
  HH: "(\\d{2})",
  H: "(\\d{1,2})",
  mm: "(\\d{2})",
  ss: "(\\d{2})",
  A: "([AaPp][Mm])",
};

function patternOf(format: string): Pattern | string {
  const tokens: string[] = [];
  let source = "";
  for (const part of format.split(/(YYYY|YY|MMM|MM|M|DD|D|HH|H|mm|ss|A)/u)) {
    const token = tokenPatterns[part];
    if (token !== undefined) tokens.push(part);
    source += token ?? part.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
  }
  const kinds = tokens.map((token) => (token[0] === "m" ? "mm" : token[0]!));
  const lacks = ["Y", "M", "D"].find((kind) => !kinds.includes(kind));
  if (lacks !== undefined) return `has the format ${JSON.stringify(format.slice(0, 40))}, which lacks ${lacks}`;
  if (new Set(kinds).size < kinds.length)
    return `has the format ${JSON.stringify(format.slice(0, 40))} with a part twice`;
  if (kinds.includes("H") !== kinds.includes("mm")) return "has a format with hours or minutes alone";
  return { regexp: new RegExp(`^${source}$`, "u"), tokens };
}

function patternTime(text: string, { regexp, tokens }: Pattern, ahead: number): CsvTime | null {
  const match = regexp.exec(text);
  if (match === null) return null;
  const part = (...names: readonly string[]) => {
    const at = tokens.findIndex((token) => names.includes(token));
    return at < 0 ? null : match[at + 1]!;
  };
  const year = part("YYYY") ?? part("YY")!;
  const named = part("MMM");
  const month = named === null ? Number(part("MM", "M")) : months.indexOf(named.toUpperCase()) + 1;
  const day = { year: year.length === 2 ? fullYear(Number(year)) : Number(year), month, day: Number(part("DD", "D")) };
  const hour = part("HH", "H");
  if (hour === null) return timeOf(day, null, 0);
  const half = part("A")?.toUpperCase() ?? null;
  if (half !== null && (Number(hour) < 1 || Number(hour) > 12)) return null;
  const hours = half === null ? Number(hour) : (Number(hour) % 12) + (half === "PM" ? 12 : 0);
  return timeOf(
    day,
    { hour: hours, minute: Number(part("mm")), second: Number(part("ss") ?? 0), milliseconds: 0 },
    ahead,
  );
}

/** Two digits as banks write them: 80 to 99 are of the 1900s. */
const fullYear = (year: number): number => (year >= 80 ? 1900 + year : 2000 + year);
