import fc from "fast-check";
import { expect, test } from "vitest";
import { mulDiv } from "./mul-div.ts";
import { split } from "./split.ts";

const units = fc.bigInt({ min: 0n, max: 2n ** 100n });

test("the parts add up to the whole and differ from their exact share by less than one unit", () => {
  fc.assert(
    fc.property(units, fc.array(units, { minLength: 1, maxLength: 20 }), (total, weights) => {
      const whole = weights.reduce((sum, weight) => sum + weight, 0n);
      fc.pre(whole > 0n);
      const parts = split(total, weights);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total);
      parts.forEach((part, j) => {
        expect(part).toBeGreaterThanOrEqual(mulDiv(total, weights[j]!, whole, "floor"));
        expect(part).toBeLessThanOrEqual(mulDiv(total, weights[j]!, whole, "ceiling"));
      });
    }),
  );
});

test("where there is less to split than the weights add up to, no part exceeds its weight", () => {
  fc.assert(
    fc.property(units, fc.array(units, { minLength: 1, maxLength: 20 }), (less, weights) => {
      const whole = weights.reduce((sum, weight) => sum + weight, 0n);
      const parts = split(whole === 0n ? 0n : less % (whole + 1n), weights);
      parts.forEach((part, j) => {
        expect(part).toBeLessThanOrEqual(weights[j]!);
      });
    }),
  );
});

test("nothing to split gives nothing; something for nobody is a bug", () => {
  expect(split(0n, [0n, 0n])).toEqual([0n, 0n]);
  expect(() => split(1n, [0n])).toThrow(RangeError);
  expect(() => split(1n, [-1n, 3n])).toThrow(RangeError);
});

test("mulDiv rounds as it is told and refuses a wrong sign", () => {
  expect(mulDiv(7n, 3n, 2n, "floor")).toBe(10n);
  expect(mulDiv(7n, 3n, 2n, "ceiling")).toBe(11n);
  expect(() => mulDiv(1n, 1n, 0n, "floor")).toThrow(RangeError);
});
