import type { Place } from "../claims/claim.ts";

/** A place in an entry of a register that was imported: a field of a file, which has no words in a story. */
export interface EntryPlace {
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** The name of the file. */
  readonly file: string;
  /** Who keeps the register: "MITRE ATT&CK", "MISP galaxy: Threat Actor", "write-up". */
  readonly register: string;
  /** Where in the file: a JSON path, `$.objects[0].aliases[2]`, or the name of a field, `loss`. */
  readonly path: string;
  /** What stands there. */
  readonly text: string;
}

/** A value with all that states it. Two different values of one thing are two of these, side by side. */
export interface Stated<T> {
  readonly value: T;
  /** Spans of documents that say so. */
  readonly places: readonly Place[];
  /** Entries of imported registers that say so. */
  readonly entries: readonly EntryPlace[];
}

/**
 * Joins statements of the same value, by what `keyOf` makes of it; the order is that of the first statement of each.
 */
export function gatherStated<T>(all: Iterable<Stated<T>>, keyOf: (value: T) => string): Stated<T>[] {
  const found = new Map<string, { value: T; places: Place[]; entries: EntryPlace[] }>();
  for (const { value, places, entries } of all) {
    const key = keyOf(value);
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { value, places: [...places], entries: [...entries] });
      continue;
    }
    for (const place of places) if (!known.places.some((one) => samePlace(one, place))) known.places.push(place);
    for (const entry of entries) if (!known.entries.some((one) => sameEntry(one, entry))) known.entries.push(entry);
  }
  return [...found.values()];
}

export const samePlace = (a: Place, b: Place): boolean =>
  a.document === b.document && a.start === b.start && a.end === b.end;

const sameEntry = (a: EntryPlace, b: EntryPlace): boolean => a.sha256 === b.sha256 && a.path === b.path;
