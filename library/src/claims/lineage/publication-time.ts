import type { StatedTime } from "../documents/document.ts";

/** When a document came out, as far as it says; milliseconds since 1970 as its clock is written, end exclusive. */
export interface PublicationTime {
  readonly from: number;
  readonly to: number;
  /** Minutes to take off for UTC; null where the zone is not stated. */
  readonly zoneMinutes: number | null;
}

const hour = 3_600_000;
const day = 24 * hour;
/**
 * Times without a zone are compared as written; clocks of newsrooms differ by so many hours at most, but for few
 * (Seoul is 14 before New York in winter).
 */
const zoneSlack = 14 * hour;

const pattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?$/u;

/** Null where no time is stated, or none that can be read. */
export function publicationTime(published: Pick<StatedTime, "value"> | null): PublicationTime | null {
  const parts = pattern.exec(published?.value ?? "");
  if (parts === null) return null;
  const [year, month, date, hours, minutes, seconds] = parts.slice(1, 7).map((part) => Number(part));
  const from = Date.UTC(year!, (month || 1) - 1, date || 1, hours || 0, minutes || 0, seconds || 0);
  if (Number.isNaN(from)) return null;
  return { from, to: endOf(from, parts), zoneMinutes: zoneOf(parts[7]) };
}

function endOf(from: number, parts: RegExpExecArray): number {
  if (parts[6] !== undefined) return from + 1000;
  if (parts[5] !== undefined) return from + 60_000;
  if (parts[3] !== undefined) return from + day;
  const date = new Date(from);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return parts[2] === undefined ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month + 1, 1);
}

function zoneOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}

/**
 * Whether one document surely came out before another: two with a zone where the one's last moment lies before the
 * other's first; else where the days as written differ, and the middles of what is stated by {@link zoneSlack}. Two of
 * one day without a time are not in order.
 */
export function isEarlier(a: PublicationTime, b: PublicationTime): boolean {
  if (a.zoneMinutes !== null && b.zoneMinutes !== null) {
    return a.to - a.zoneMinutes * 60_000 <= b.from - b.zoneMinutes * 60_000;
  }
  return Math.floor((a.to - 1) / day) < Math.floor(b.from / day) && middleOf(b) - middleOf(a) >= zoneSlack;
}

/** Orders by the middle of what is stated, so that what is surely earlier stands first; what states nothing last. */
export function comparePublication(a: PublicationTime | null, b: PublicationTime | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return middleOf(a) - middleOf(b);
}

const middleOf = ({ from, to, zoneMinutes }: PublicationTime): number => (from + to) / 2 - (zoneMinutes ?? 0) * 60_000;
