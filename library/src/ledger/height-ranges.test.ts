import fc from "fast-check";
import { expect, test } from "vitest";
import { addRange, type HeightRange, rangesMax } from "./height-ranges.ts";

test("ranges that touch or overlap are one, whatever order they come in", () => {
  const range = fc.tuple(fc.nat(40), fc.nat(5)).map(([from, more]): HeightRange => [from, from + more]);
  fc.assert(
    fc.property(fc.array(range), (given) => {
      const held = new Set(given.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n)));
      const ranges = given.reduce<HeightRange[]>(addRange, []);
      const told = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n));
      expect(told).toEqual([...held].sort((a, b) => a - b));
      ranges.slice(1).forEach(([from], n) => {
        expect(from).toBeGreaterThan(ranges[n]![1] + 1);
      });
    }),
  );
});

test("of too many ranges the lowest are forgotten", () => {
  let ranges: HeightRange[] = [];
  for (let n = 0; n <= rangesMax; n++) ranges = addRange(ranges, [10 * n, 10 * n]);
  expect(ranges).toHaveLength(rangesMax);
  expect(ranges[0]).toEqual([10, 10]);
});
