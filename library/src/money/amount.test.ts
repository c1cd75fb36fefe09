import fc from "fast-check";
import { expect, test } from "vitest";
import { amount, formatAmount, parseAmount } from "./amount.ts";
import { bitcoin } from "./asset.ts";

test.each([
  ["150000000", 150000000n],
  ["1.5 BTC", 150000000n],
  ["1.5BTC", 150000000n],
  ["0.00000001 BTC", 1n],
  ["21000000 BTC", 2_100_000_000_000_000n],
  ["7 sat", 7n],
  ["2.5 mBTC", 250000n],
])("%s is %s satoshi", (text, units) => {
  expect(parseAmount(bitcoin, text)).toBe(units);
});

test.each([
  ["1.5", /needs a unit/u],
  ["0.000000001 BTC", /8 decimal places/u],
  ["1.5 sat", /0 decimal places/u],
  ["1 ETH", /unit is not one of BTC, mBTC, sat/u],
  ["-1", /not a decimal number/u],
  ["1e8", /not a decimal number/u],
  ["", /not a decimal number/u],
  ["0x10", /./u],
  ["9".repeat(1_000_000), /not a decimal number/u],
])("%s is refused with a reason", (text, reason) => {
  expect(() => parseAmount(bitcoin, text)).toThrow(reason);
});

test("an amount prints with all its decimals and comes back", () => {
  expect(formatAmount(bitcoin, 123_456_789_012n)).toBe("1,234.56789012 BTC");
  expect(formatAmount(bitcoin, -1n, "digits")).toBe("-0.00000001");
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 80n }), (units) => {
      const printed = formatAmount(bitcoin, units).replaceAll(",", "");
      expect(parseAmount(bitcoin, printed)).toBe(units);
    }),
  );
});

test("a negative amount is refused", () => {
  expect(() => amount(bitcoin, -1n)).toThrow(/negative/u);
});
