import { instantOfSeconds } from "spoor/money";
import type { Movement, Trail } from "spoor/trace";
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
  expect(json.movements.map(({ hops }) => hops)).toEqual(trail.movements.map(({ hops }) => hops));
  expect(json.movements[0]?.time ?? null).toBe(count === 0 ? null : "2017-07-14T02:40:00Z");
  expect(json.movements[0]?.to[0]?.value ?? "").toBe(count === 0 ? "" : "1152921504606846976");
});
