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
  const found = new Map<string, { value: T; places: Map<string, Place>; entries: Map<string, EntryPlace> }>();
  for (const { value, places, entries } of all) {
    const key = keyOf(value);
    const known = found.get(key) ?? { value, places: new Map(), entries: new Map() };
    found.set(key, known);
    for (const place of places) if (!known.places.has(placeKey(place))) known.places.set(placeKey(place), place);
    for (const entry of entries) {
      const at = `${entry.sha256} ${entry.path}`;
      if (!known.entries.has(at)) known.entries.set(at, entry);
    }
  }
  return [...found.values()].map(({ value, places, entries }) => ({
    value,
    places: [...places.values()],
    entries: [...entries.values()],
  }));
}

/** Places with the same key are the same. */
export const placeKey = ({ document, start, end }: Place): string => `${document}:${start}-${end}`;
