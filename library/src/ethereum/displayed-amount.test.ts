import fc from "fast-check";
import { expect, test } from "vitest";
import { displayedAmount } from "./displayed-amount.ts";

test.each([
  ["1,234.5", 18, 1_234_500_000_000_000_000_000n],
  ["0.000000000000000001", 18, 1n],
  ["5E-05", 18, 50_000_000_000_000n],
  ["1.5e2", 0, 150n],
  ["0.044 ETH", 18, 44_000_000_000_000_000n],
  ["12.", 2, 1200n],
  ["1.500", 1, 15n],
  ["0", 18, 0n],
])("%s with %i places is %s", (text, decimals, units) => {
  expect(displayedAmount(text, decimals, "it")).toBe(units);
});

test.each(["", "-1", "1,23", "1.5.5", "0x10", "1e999", "abc", "1 234", "9".repeat(100_000)])(
  "%s is refused",
  (text) => {
    expect(() => displayedAmount(text, 18, "the amount")).toThrow(/the amount ".*" is no amount/u);
  },
);

test("what is no whole number of smallest units is refused, not rounded", () => {
  expect(() => displayedAmount("0.1234567", 6, "the amount")).toThrow(/has more than 6 decimal places/u);
});

test("an amount comes back from how it is displayed", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: 0, max: 30 }), (units, decimals) => {
      const digits = String(units).padStart(decimals + 1, "0");
      const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/gu, ",");
      const text = decimals === 0 ? whole : `${whole}.${digits.slice(digits.length - decimals)}`;
      expect(displayedAmount(text, decimals, "it")).toBe(units);
    }),
  );
});
