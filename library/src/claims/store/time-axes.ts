import { TimeAxisError } from "../../errors/claims.ts";
import { InstantSyntaxError } from "../../errors/money.ts";
import { parseInstant } from "../../money/instant.ts";
import type { Document } from "../documents/document.ts";

/** From when a question is asked. Both are open where they are null: all that is known now. */
export interface TimeAxes {
  /** Only what was published on or before this day, month or year (ISO 8601). */
  readonly asOf: string | null;
  /** Only what was taken in, and judged, at or before this moment (ISO 8601 in UTC, with milliseconds). */
  readonly knownAt: string | null;
}

export const now: TimeAxes = { asOf: null, knownAt: null };

/** @throws TimeAxisError */
export function parseAsOf(text: string): string {
  const refuse = (why: string) => new TimeAxisError({ text, axis: "as of", why });
  if (!/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u.test(text)) throw refuse("it is no day, month or year");
  try {
    parseInstant(`${text}-01-01`.slice(0, 10));
  } catch (error) {
    if (!(error instanceof InstantSyntaxError)) throw error;
    throw refuse("there is no such day");
  }
  return text;
}

/** The end of the day, minute or second that is written. @throws TimeAxisError */
export function parseKnownAt(text: string): string {
  try {
    const instant = parseInstant(text);
    return new Date(instant + unitOf(text) - 1).toISOString();
  } catch (error) {
    if (!(error instanceof InstantSyntaxError)) throw error;
    throw new TimeAxisError({ text, axis: "known at", why: "it is no day, and no time with a zone" });
  }
}

/** How long the last unit that is written lasts, milliseconds. */
function unitOf(text: string): number {
  if (text.length === 10) return 86_400_000;
  if (/T\d{2}:\d{2}(?:Z|[+-])/u.test(text)) return 60_000;
  return text.includes(".") ? 1 : 1_000;
}

/**
 * Whether a document was published by a day, month or year, in the calendar of the document itself; null where it says
 * no time, or one so vague that it may have been before or after.
 */
export function wasPublishedBy({ published }: Pick<Document, "published">, asOf: string): boolean | null {
  if (published === null) return null;
  const day = published.value.slice(0, 10);
  const length = Math.min(day.length, asOf.length);
  const stated = day.slice(0, length);
  const asked = asOf.slice(0, length);
  if (stated !== asked) return stated < asked;
  return day.length >= asOf.length ? true : null;
}
