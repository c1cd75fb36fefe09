import { formatInstant } from "spoor/money";
import type { End, Movement, Traced, Trail } from "spoor/trace";
import type { TrailJson } from "../contract/trail.ts";

/** Characters after which a piece is handed on: a trail of a million movements is longer than the longest string. */
const pieceMin = 1 << 16;

/**
 * The JSON document of a trail, in pieces of bounded length: amounts as decimal strings, times in ISO 8601. Movements
 * and ends are most of it, and are copied for `JSON.stringify`: to be asked about each value takes it three times as
 * long.
 */
export function* trailJsonText(trail: Trail): Generator<string> {
  yield `{"spoor":"trail/1"`;
  for (const [name, value] of Object.entries(trail) as [string, unknown][]) {
    yield `,${JSON.stringify(name)}:`;
    if (name === "movements") yield* listText(trail.movements, movementJson);
    else if (name === "ends") yield* listText(trail.ends, endJson);
    else yield JSON.stringify(value, plain);
  }
  yield "}";
}

function* listText<Item>(items: Iterable<Item>, jsonOf: (item: Item) => object): Generator<string> {
  let piece = "[";
  let between = "";
  for (const item of items) {
    piece += between + JSON.stringify(jsonOf(item));
    between = ",";
    if (piece.length < pieceMin) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}]`;
}

function movementJson({ ledger, transaction, height, time, dayOnly, hops, from, to }: Movement) {
  const at = time === null ? null : formatInstant(time);
  return {
    ledger,
    transaction,
    height,
    time: dayOnly === true && at !== null ? at.slice(0, 10) : at,
    hops,
    from: [...from],
    to: to.map(({ coin, account, asset, value, traced }) => {
      return { coin, account, asset, value: String(value), traced: traced.map(tracedJson) };
    }),
  } satisfies TrailJson["movements"][number];
}

function endJson(end: End) {
  return {
    ...end,
    value: end.value === null ? null : String(end.value),
    traced: end.traced.map(tracedJson),
  } satisfies TrailJson["ends"][number];
}

function tracedJson({ rule, label, amount, stolen }: Traced) {
  return { rule, label, amount: String(amount), stolen: String(stolen) };
}

const plain = (_: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value);
