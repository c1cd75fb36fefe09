import fc from "fast-check";
import { expect, test } from "vitest";
import { formatInstant, type Instant, instantOfSeconds, parseInstant } from "./instant.ts";

test("an instant prints as ISO 8601 and comes back", () => {
  expect(formatInstant(instantOfSeconds(1501729812))).toBe("2017-08-03T03:10:12Z");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (milliseconds) => {
      const instant = milliseconds as Instant;
      expect(parseInstant(formatInstant(instant))).toBe(instant);
    }),
  );
});

test("a date alone is its first moment in UTC", () => {
  expect(parseInstant("2016-02-04")).toBe(parseInstant("2016-02-04T00:00:00Z"));
});

test.each(["", "yesterday", "2016-02-30", "2016-02-04T20:57", "2016-02-04 20:57Z", "1501729812"])(
  "%s is refused",
  (text) => {
    expect(() => parseInstant(text)).toThrow(/not a point in time/u);
  },
);
