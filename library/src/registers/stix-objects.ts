import { createHash } from "node:crypto";

/** A STIX object as JSON. */
export type StixObject = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** Of Spoor's own objects; STIX keeps its namespace for observables. */
const namespace = "7c0a5b0e-61a5-4e0e-9d35-0f1d6a3a2c77";

/** A UUID of version 5 (RFC 9562, 5.5) over the parts: the same parts have the same id everywhere. */
export function uuid5(...parts: readonly string[]): string {
  const hash = createHash("sha1");
  hash.update(Buffer.from(namespace.replaceAll("-", ""), "hex"));
  const bytes = hash.update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export const stixId = (type: string, ...parts: readonly string[]): string => `${type}--${uuid5(type, ...parts)}`;

/** When what an object says was first and last known. */
export interface Known {
  readonly created: string;
  readonly modified: string;
}

/**
 * What a custom property holds, as the standard wants it: without lists that are empty and values that are missing.
 * Source: STIX 2.1, on the type list: "Empty lists are prohibited"; its JSON has no null.
 */
export function withoutGaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGaps);
  if (typeof value !== "object" || value === null) return value;
  const isThere = (one: unknown) => one !== null && one !== undefined && !(Array.isArray(one) && one.length === 0);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (isThere(one) ? [[key, withoutGaps(one)]] : [])),
  );
}

/** A domain object or relationship of STIX 2.1 with its common properties. */
export function stixObject(
  type: string,
  parts: readonly string[],
  known: Known,
  fields: Readonly<Record<string, unknown>>,
): StixObject {
  return {
    type,
    spec_version: "2.1",
    id: stixId(type, ...parts),
    created: known.created,
    modified: known.modified,
    ...fields,
  };
}

export function relationship(from: StixObject, how: string, to: StixObject, known: Known, fields = {}): StixObject {
  const ends = { relationship_type: how, source_ref: from.id, target_ref: to.id };
  return stixObject("relationship", [from.id, how, to.id], known, { ...ends, ...fields });
}

/** STIX wants times to the second, in UTC. What is less precise is given as its beginning; null where it is no time. */
export function stixTime(stated: string): string | null {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(.+))?$/u.exec(stated);
  if (match === null) return null;
  const [, year, month = "01", day = "01", clock] = match;
  const zoned = clock !== undefined && /(?:Z|[+-]\d{2}:?\d{2})$/u.test(clock);
  const full = /^\d{2}:\d{2}/u.test(clock ?? "") ? clock : "00:00:00";
  const time = Date.parse(`${year}-${month}-${day}T${full}${zoned ? "" : "Z"}`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
