import type { Instant } from "../money/instant.ts";

/** Days since 1970-01-01, in UTC. */
export type Day = number;

export const dayMs = 86_400_000;
const known = new Map<string, Day | null>();
/** Days of 270 years; what is past it is not kept. */
const knownMax = 100_000;

/** `YYYY-MM-DD`; null where it is no day that exists. */
export function dayOfDate(date: string | null): Day | null {
  if (date === null) return null;
  const before = known.get(date);
  if (before !== undefined) return before;
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/u.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(date);
  const day = exists ? milliseconds / dayMs : null;
  if (known.size < knownMax) known.set(date, day);
  return day;
}

export function dayOfInstant(instant: Instant | null): Day | null {
  return instant === null ? null : Math.floor(instant / dayMs);
}

export function instantOfDay(day: Day): Instant {
  return (day * dayMs) as Instant;
}

export function dateOfDay(day: Day | null): string | null {
  return day === null ? null : new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Both known, and no further apart than that; true where one is not known. */
export function isNear(a: Day | null, b: Day | null, daysMax: number): boolean {
  return a === null || b === null || Math.abs(a - b) <= daysMax;
}

/** The first moment of a day, in UTC. */
export const startOfDay = (day: string): Instant => Date.parse(day) as Instant;
