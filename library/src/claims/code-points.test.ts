import fc from "fast-check";
import { expect, test } from "vitest";
import { codePoints } from "./code-points.ts";

test("a pair of surrogates is one code point, and both its units belong to it", () => {
  const points = codePoints("a💰b");
  expect(points.length).toBe(3);
  expect([0, 1, 2, 3, 4].map((unit) => points.pointAt(unit))).toEqual([0, 1, 1, 2, 3]);
  expect([0, 1, 2, 3].map((point) => points.unitAt(point))).toEqual([0, 1, 3, 4]);
  expect(points.slice({ start: 1, end: 2 })).toBe("💰");
  expect(points.span(1, 3)).toEqual({ start: 1, end: 2 });
});

test("offsets and slices are those of an array of code points", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "é", "한", "💰", "\ud83d", "\udc00", "\n") });
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (value, from, to) => {
      const oracle = [...value];
      const points = codePoints(value);
      expect(points.length).toBe(oracle.length);
      const [start, end] = [from % (oracle.length + 1), to % (oracle.length + 1)].sort((a, b) => a - b) as [
        number,
        number,
      ];
      expect(points.unitAt(start)).toBe(oracle.slice(0, start).join("").length);
      expect(points.pointAt(points.unitAt(start))).toBe(start);
      expect(points.slice({ start, end })).toBe(oracle.slice(start, end).join(""));
    }),
    { seed: 4 },
  );
});

test.each([-1, 0.5, 4])("an offset outside of the text is refused: %s", (offset) => {
  expect(() => codePoints("abc").pointAt(offset)).toThrow(RangeError);
  expect(() => codePoints("abc").unitAt(offset)).toThrow(RangeError);
});
