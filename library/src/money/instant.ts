import { InstantSyntaxError } from "../errors/money.ts";

declare const instantBrand: unique symbol;

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time). */
export type Instant = number & { readonly [instantBrand]: true };

/** From whole seconds since 1970, as block headers hold them. */
export function instantOfSeconds(seconds: number): Instant {
  return (seconds * 1000) as Instant;
}

const isoPattern = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/u;

/**
 * Reads ISO 8601 with a time zone; a date alone is its first moment in UTC. A day that does not exist is refused.
 * @throws InstantSyntaxError
 */
export function parseInstant(text: string): Instant {
  const milliseconds = isoPattern.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse rolls 30 February over into March.
  const day = text.slice(0, 10);
  if (Number.isNaN(milliseconds) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) {
    throw new InstantSyntaxError({ text: text.slice(0, 60) });
  }
  return milliseconds as Instant;
}

/** Prints ISO 8601 in UTC, with milliseconds only where there are any: `2017-08-03T03:10:12Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
