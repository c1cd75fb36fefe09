import { formatInstant, type Instant } from "spoor/money";
import type { Trail } from "spoor/trace";

/** Items that are written at once: a trail of a million movements is longer than the longest string. */
const itemsAtOnce = 1000;

/** The JSON document of a trail, in pieces of bounded length: amounts as decimal strings, times in ISO 8601. */
export function* trailJsonText(trail: Trail): Generator<string> {
  yield `{"spoor":"trail/1"`;
  for (const [name, value] of Object.entries(trail) as [string, unknown][]) {
    yield `,${JSON.stringify(name)}:`;
    if (Array.isArray(value)) yield* listText(value);
    else yield JSON.stringify(value, plain);
  }
  yield "}";
}

function* listText(items: readonly unknown[]): Generator<string> {
  yield "[";
  for (let from = 0; from < items.length; from += itemsAtOnce) {
    const piece = JSON.stringify(items.slice(from, from + itemsAtOnce), plain).slice(1, -1);
    yield from === 0 ? piece : `,${piece}`;
  }
  yield "]";
}

function plain(this: { readonly dayOnly?: true }, key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (key === "dayOnly") return undefined;
  if (key !== "time" || typeof value !== "number") return value;
  const time = formatInstant(value as Instant);
  return this.dayOnly === true ? time.slice(0, 10) : time;
}
