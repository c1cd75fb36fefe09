import fc from "fast-check";
import { expect, test } from "vitest";
import { highOf, lowOf, widen, wideToBigint } from "./account-wide.ts";
import { wideShare } from "./wide-share.ts";

/** Amounts of every size up to 2^102, with those next to powers of two, where carries and rounding meet. */
const amounts = fc
  .tuple(
    fc.integer({ min: 1, max: 102 }),
    fc.bigInt({ min: 0n, max: 2n ** 102n - 1n }),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(([bits, random, near]) => {
    const amount = random < 2n ** 100n ? (1n << BigInt(bits)) + BigInt(near) : random >> BigInt(102 - bits);
    return amount < 1n ? 1n : amount >= 2n ** 102n ? 2n ** 102n - 1n : amount;
  });

const shareOf = (traced: bigint, part: bigint, whole: bigint): bigint => {
  const share = new Float64Array(2);
  wideShare(share, highOf(traced), lowOf(traced), highOf(part), lowOf(part), highOf(whole), lowOf(whole));
  return wideToBigint(share[0]!, share[1]!);
};

test("a wide share is the floor of the exact quotient", () => {
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 3, maxLength: 3 }), fc.boolean(), (three, isSwapped) => {
      const [a, b, whole] = [...three].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0)) as [bigint, bigint, bigint];
      const [traced, part] = isSwapped ? [b, a] : [a, b];
      expect(shareOf(traced, part, whole)).toBe((traced * part) / whole);
    }),
    { numRuns: 20_000 },
  );
});

test("a quotient that is whole, or misses it by the least there is, is not rounded over it", () => {
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 1n, max: 2n ** 40n }), fc.integer({ min: -1, max: 1 }), (a, scale, near) => {
      // traced * part = quotient * whole + near
      const whole = a + scale;
      const traced = whole - 1n;
      const part = whole / 2n;
      expect(shareOf(traced, part, whole)).toBe((traced * part) / whole);
      const even = scale * 2n;
      expect(shareOf(scale, even + BigInt(near) < 1n ? 1n : even + BigInt(near), even + 1n)).toBe(
        (scale * (even + BigInt(near) < 1n ? 1n : even + BigInt(near))) / (even + 1n),
      );
    }),
    { numRuns: 5000 },
  );
});

test("a column is the same number in two doubles, or none where they do not hold it", () => {
  fc.assert(
    fc.property(fc.array(amounts), (column) => {
      const { high, low } = widen(column)!;
      expect(column.map((_, x) => wideToBigint(high[x]!, low[x]!))).toEqual(column);
    }),
  );
  expect(widen([1n, 2n ** 102n])).toBeNull();
  expect(widen([1n, 2n ** 200n])).toBeNull();
  const doubles = widen(Float64Array.of(0, 7, 2 ** 53 - 1))!;
  expect(wideToBigint(doubles.high[2]!, doubles.low[2]!)).toBe(2n ** 53n - 1n);
});
