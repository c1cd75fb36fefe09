import fc from "fast-check";
import { formatInstant, type Instant, instantOfSeconds } from "spoor/money";
import type { End, Movement, Traced, Trail } from "spoor/trace";
import { expect, test } from "vitest";
import { trailSchema } from "../contract/trail.ts";
import { trailJsonText } from "./trail.ts";

const place = { coin: `${"ab".repeat(32)}:0`, account: null };

function trailOf(count: number): Trail {
  const movement = (hops: number): Movement => ({
    ledger: "a",
    transaction: "ab".repeat(32),
    height: null,
    time: hops % 2 === 0 ? null : instantOfSeconds(1_500_000_000),
    hops,
    from: [place],
    to: [{ ...place, asset: "BTC", value: 2n ** 60n, traced: [] }],
  });
  return {
    id: "0".repeat(64),
    direction: "forward",
    rules: ["fifo"],
    ledgers: [],
    seeds: [],
    status: "complete",
    bounds: [],
    totals: [],
    ends: [],
    movements: Array.from({ length: count }, (_, n) => movement(n + 1)),
    links: [],
    alternatives: [],
  };
}

test.each([0, 1, 999, 1000, 1001, 2500])("%d movements come out whole, in pieces of bounded length", (count) => {
  const trail = trailOf(count);
  const pieces = [...trailJsonText(trail)];
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(1_000_000);
  const json = trailSchema.parse(JSON.parse(pieces.join("")));
  expect(json.movements.map(({ hops }) => hops)).toEqual(Array.from(trail.movements, ({ hops }) => hops));
  expect(json.movements[0]?.time ?? null).toBe(count === 0 ? null : "2017-07-14T02:40:00Z");
  expect(json.movements[0]?.to[0]?.value ?? "").toBe(count === 0 ? "" : "1152921504606846976");
});

/** The document as one object, each amount and time asked about on its own. */
function wholeJson(trail: Trail): string {
  return JSON.stringify(
    { spoor: "trail/1", ...trail, movements: [...trail.movements] },
    function (this: { dayOnly?: true }, key, value: unknown) {
      if (typeof value === "bigint") return value.toString();
      if (key === "dayOnly") return undefined;
      if (key !== "time" || typeof value !== "number") return value;
      return formatInstant(value as Instant).slice(0, this.dayOnly === true ? 10 : 20);
    },
  );
}

const text = fc.string({ unit: "binary", maxLength: 12 });
const amount = fc.bigInt({ min: 0n, max: 2n ** 256n });
const anyPlace = { coin: fc.option(text), account: fc.option(text) };
const traced: fc.Arbitrary<Traced[]> = fc.array(
  fc.record({ rule: fc.constantFrom("fifo", "poison"), label: text, amount, stolen: amount }),
  { maxLength: 4 },
);
const time = fc.option(fc.integer({ min: 0, max: 2 ** 32 }).map(instantOfSeconds));
const ended: fc.Arbitrary<End> = fc.record({
  kind: fc.constantFrom("unspent", "fee"),
  ledger: text,
  ...anyPlace,
  asset: text,
  value: fc.option(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 256n })),
  why: text,
  traced,
});
const moved: fc.Arbitrary<Movement> = fc.record(
  {
    ledger: text,
    transaction: text,
    height: fc.option(fc.nat()),
    time,
    dayOnly: fc.constant(true as const),
    hops: fc.integer({ min: 1 }),
    from: fc.array(fc.record({ ...anyPlace, ledger: text, asset: text }, { requiredKeys: ["coin", "account"] }), {
      maxLength: 3,
    }),
    to: fc.array(fc.record({ ...anyPlace, asset: text, value: amount, traced }), { maxLength: 3 }),
  },
  { requiredKeys: ["ledger", "transaction", "height", "time", "hops", "from", "to"] },
);

test("whatever a trail holds, the pieces are what the whole is at once, and keep to the schema", () => {
  fc.assert(
    fc.property(fc.array(ended, { maxLength: 5 }), fc.array(moved, { maxLength: 5 }), (ends, movements) => {
      const trail: Trail = { ...trailOf(0), ends, movements };
      const pieces = [...trailJsonText(trail)].join("");
      expect(pieces).toBe(wholeJson(trail));
      trailSchema.parse(JSON.parse(pieces));
    }),
    { seed: 20261130, numRuns: 300 },
  );
});

test("movements that are made on the way are gone through once, and no more are made than were asked for", () => {
  const trail = trailOf(5000);
  let made = 0;
  const onTheWay = {
    length: 5000,
    *[Symbol.iterator]() {
      for (const movement of trail.movements) {
        made++;
        yield movement;
      }
    },
  };
  const pieces = trailJsonText({ ...trail, movements: onTheWay });
  for (const piece of pieces) if (piece.includes('"hops":1,')) break;
  expect(made).toBeLessThan(1000);
  made = 0;
  expect([...trailJsonText({ ...trail, movements: onTheWay })].join("") === wholeJson(trail)).toBe(true);
  expect(made).toBe(5000);
});
