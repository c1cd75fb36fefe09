import fc from "fast-check";
import { expect, test } from "vitest";
import { compareRatios, decimalOf, plus, ratio, ratioOf, tenTo, times } from "./ratio.ts";

test("a plain decimal comes back from its fraction, whatever its length", () => {
  const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(decimal, ([n, places]) => {
      const printed = decimalOf({ n, d: 10n ** BigInt(places) });
      const back = ratioOf(printed);
      expect(compareRatios(back, { n, d: 10n ** BigInt(places) })).toBe(0);
      expect(printed).not.toMatch(/\.\d*0$|^-0$/);
    }),
    { seed: 11 },
  );
});

test("what does not end is rounded to 15 places, half up", () => {
  expect(decimalOf(ratio(2n, 3n))).toBe("0.666666666666667");
  expect(decimalOf(ratio(-1n, 3n))).toBe("-0.333333333333333");
  expect(decimalOf(ratio(1n, -8n))).toBe("-0.125");
});

test("a tenth and two tenths are three tenths, which doubles are not", () => {
  expect(decimalOf(plus(ratioOf("0.1"), ratioOf("0.2")))).toBe("0.3");
  expect(decimalOf(times(ratioOf("1.15"), tenTo(6)))).toBe("1150000");
});

test("what is no decimal is refused", () => {
  for (const text of ["", "1e3", "1,000", ".5", "--1"]) expect(() => ratioOf(text)).toThrow(RangeError);
});
