import fc from "fast-check";
import { expect, test } from "vitest";
import { comparePublication, isEarlier, publicationTime } from "./publication-time.ts";

const time = (value: string) => publicationTime({ value })!;

test.each([
  ["2031-05-04", "2031-05-05", true],
  ["2031-05-04", "2031-05-04", false],
  ["2031-05-04T09:00", "2031-05-04", false],
  ["2031-05-04T09:00", "2031-05-04T20:00", false],
  ["2031-05-04T23:50", "2031-05-05T00:10", false],
  ["2031-05-04T09:00", "2031-05-05T09:00", true],
  ["2031-05-04T09:00Z", "2031-05-04T09:01Z", true],
  ["2031-05-04T09:00Z", "2031-05-04T09:00:30Z", false],
  ["2031-05-04T20:00+06:00", "2031-05-04T15:00Z", true],
  ["2031-05-05T01:00+09:00", "2031-05-04T17:00Z", true],
  // Without a zone, the first may have come out after the second, which is of the fourth at Greenwich.
  ["2031-05-04", "2031-05-05T01:00+09:00", false],
  ["2031-05-04", "2031-05-05T12:00+02:00", true],
  ["2031-04", "2031-05-01", true],
  ["2031-05", "2031-05-20", false],
  ["2030", "2031-01", true],
  ["2031", "2031-05-01", false],
])("%s is earlier than %s: %s", (a, b, expected) => {
  expect(isEarlier(time(a), time(b))).toBe(expected);
  expect(isEarlier(time(b), time(a))).toBe(false);
});

test.each(["", "yesterday", "2031-5-4", "2031-05-04T09"])("%j is no time", (value) => {
  expect(publicationTime({ value })).toBeNull();
});

test("what is surely earlier stands first, and what states no time last", () => {
  const zone = fc.constantFrom("", "Z", "+09:00", "-05:00");
  const written = fc
    .tuple(fc.date({ min: new Date("2031-01-01"), max: new Date("2031-03-01"), noInvalidDate: true }), zone)
    .chain(([date, zoned]) => {
      const iso = date.toISOString();
      return fc.constantFrom(iso.slice(0, 4), iso.slice(0, 7), iso.slice(0, 10), iso.slice(0, 16) + zoned);
    });
  fc.assert(
    fc.property(written, written, (a, b) => {
      if (isEarlier(time(a), time(b))) expect(comparePublication(time(a), time(b))).toBeLessThan(0);
      expect(isEarlier(time(a), time(b)) && isEarlier(time(b), time(a))).toBe(false);
      expect(comparePublication(time(a), null)).toBeLessThan(0);
    }),
    { seed: 4, numRuns: 1000 },
  );
});
