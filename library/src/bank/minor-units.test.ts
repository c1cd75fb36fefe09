import fc from "fast-check";
import { expect, test } from "vitest";
import { currency } from "../money/asset.ts";
import { isCurrency, minorUnits } from "./minor-units.ts";

test("ISO 4217: as many decimals as the currency has, and no more but zeros", () => {
  expect(minorUnits("1234", "5", "EUR")).toBe("123450");
  expect(minorUnits("1000", "", "JPY")).toBe("1000");
  expect(minorUnits("1000", "00", "JPY")).toBe("1000");
  expect(minorUnits("1000", "5", "JPY")).toBeNull();
  expect(minorUnits("1", "2345", "KWD")).toBeNull();
  expect(minorUnits("1", "234", "KWD")).toBe("1234");
  expect(minorUnits("", "5", "EUR")).toBe("50");
  expect(minorUnits("000", "00", "EUR")).toBe("0");
});

test("what is no number or no currency is none", () => {
  for (const [whole, fraction, code] of [
    ["", "", "EUR"],
    ["1a", "", "EUR"],
    ["1", "-", "EUR"],
    ["1", "0", "eur"],
    ["1".repeat(31), "", "EUR"],
  ]) {
    expect(minorUnits(whole!, fraction!, code!)).toBeNull();
  }
  expect(isCurrency("EUR")).toBe(true);
  expect(isCurrency("EU")).toBe(false);
});

test("no digit is lost: the units are the number times ten to the decimals", () => {
  const code = fc.constantFrom("EUR", "JPY", "KWD", "CLF");
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), code, (units, of) => {
      const { decimals } = currency(of);
      const digits = String(units).padStart(decimals + 1, "0");
      const cut = digits.length - decimals;
      expect(minorUnits(`00${digits.slice(0, cut)}`, digits.slice(cut), of)).toBe(String(units));
    }),
  );
});
