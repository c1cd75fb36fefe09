import { expect, test } from "vitest";
import { dateOfDay, printDate, weekdayOf } from "./calendar.ts";
import { datesIn } from "./dates.fixture.ts";
import { easterOf } from "./read-feast.ts";

/** Gauss's rule with the corrections for the Gregorian calendar, which shares no step with the reader's. */
function easterByGauss(year: number): string {
  const [k, a, b, c] = [Math.floor(year / 100), year % 19, year % 4, year % 7];
  const p = Math.floor((13 + 8 * k) / 25);
  const q = Math.floor(k / 4);
  const m = (15 - p + k - q) % 30;
  const n = (4 + k - q) % 7;
  const d = (19 * a + m) % 30;
  const e = (2 * b + 4 * c + 6 * d + n) % 7;
  const late = d === 29 && e === 6 ? 50 : d === 28 && e === 6 && a > 10 ? 49 : 22 + d + e;
  return new Date(Date.UTC(year, 2, late)).toISOString().slice(0, 10);
}

test("Easter agrees with Gauss's rule and is a Sunday", () => {
  for (let year = 1900; year <= 2199; year++) {
    expect(printDate(dateOfDay(easterOf(year), false))).toBe(easterByGauss(year));
    expect(weekdayOf(easterOf(year))).toBe(7);
  }
});

test.each([
  ["on Christmas Day 2015", "2015-12-25 day"],
  ["on Christmas Eve", "2018-12-24 day"],
  ["on New Year’s Eve 2017", "2017-12-31 day"],
  ["on St. Patrick's Day 2018", "2018-03-17 day"],
  ["on Thanksgiving 2016", "2016-11-24 day"],
  ["on Black Friday 2016", "2016-11-25 day"],
  ["on Memorial Day 2018", "2018-05-28 day"],
  ["on Labor Day 2018", "2018-09-03 day"],
  ["over Good Friday 2019", "2019-04-19 day"],
  ["last Easter", "2019-04-21 day"],
  ["next Easter", "2020-04-12 day"],
  ["before Halloween", "strictly at most 2019-10-31 day"],
  ["two days after Christmas 2017", "2017-12-27 day"],
])("%s", (text, expected) => {
  expect(datesIn(text)).toEqual([expected]);
});

test.each(["the Christmas party", "a Christmas bonus", "Easter eggs", "the Halloween raiders"])(
  "%s is no date",
  (text) => {
    expect(datesIn(text)).toEqual([]);
  },
);

test("without a publication a feast without a year stays open", () => {
  expect(datesIn("on Christmas Day", null)).toEqual(["null day"]);
});
