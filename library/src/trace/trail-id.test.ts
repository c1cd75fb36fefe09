import { expect, test } from "vitest";
import { engine, trailId } from "./trail-id.ts";

test("the id is the SHA-256 of the RFC 8785 JSON, whatever the order of the members", () => {
  expect(engine).toBe("coin/1");
  // sha256sum of {"engine":"coin/1","source":{"a":["1",2,null],"z":"ü"}} in UTF-8.
  const known = "b3c846405729f48c411181605c574cf536522b2b2f6e226d71a0e021bbf02c92";
  expect(trailId({ z: "ü", a: [1n, 2, null] })).toBe(known);
  expect(trailId({ a: [1n, 2, null], gone: undefined, z: "ü" })).toBe(known);
});

test("what differs has another id, and a number that JSON cannot hold is refused", () => {
  expect(trailId({ seeds: ["a", "b"] })).not.toBe(trailId({ seeds: ["b", "a"] }));
  expect(trailId({ min: 1n })).not.toBe(trailId({ min: 2n }));
  expect(() => trailId({ min: Number.NaN })).toThrow(RangeError);
});
