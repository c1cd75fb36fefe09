import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOfDay, printDate } from "./calendar.ts";
import { findFigures } from "./find-figures.ts";

// 4 September 2019 was a Wednesday.
const dates = (text: string, published: string | null = "2019-09-04") =>
  findFigures(text, published)
    .filter(({ kind }) => kind === "date")
    .map(({ value, to, unit }) => `${value}${to === null ? "" : `..${to}`} ${unit}`);

test.each([
  ["in 2016", "2016 year"],
  ["the 2015 raid", "2015 year"],
  ["in February 2016", "2016-02 month"],
  ["on Feb. 4, 2016", "2016-02-04 day"],
  ["on the 4th of February 2016", "2016-02-04 day"],
  ["on 4 february, 2016", "2016-02-04 day"],
  ["2016-02-04", "2016-02-04 day"],
  ["24/02/2016", "2016-02-24 day"],
  ["04/02/2016", "2016 year"],
  ["in the 1990s", "199X decade"],
  ["in the second quarter of 2018", "2018-04..2018-06 quarter"],
  ["between 2015 and 2018", "2015..2018 year"],
  ["2015-2018", "2015..2018 year"],
  ["from May to July 2018", "2018-05..2018-07 month"],
  ["yesterday", "2019-09-03 day"],
  ["on Sunday", "2019-09-01 day"],
  ["on Wednesday", "2019-09-04 day"],
  ["next Monday", "2019-09-09 day"],
  ["last month", "2019-08 month"],
  ["last week", "2019-W35 week"],
  ["in July this year", "2019-07 month"],
  ["in November", "2018-11 month"],
  ["on Aug. 27", "2019-08-27 day"],
  ["three weeks ago", "2019-W33 week"],
  ["2 years ago", "2017 year"],
  ["on Thursday, 4 February 2016", "2016-02-04 day"],
  ["on Jan. 26-27, 2018", "2018-01-26..2018-01-27 day"],
  ["on Feb. 21", "2019-02-21 day"],
  ["the bank’s 2016 report", "2016 year"],
])("%s", (text, expected) => {
  expect(dates(text)).toEqual([expected]);
});

test("a year behind a list is the year of all of it", () => {
  expect(dates("in April and December 2017")).toEqual(["2017-04 month", "2017-12 month"]);
  expect(dates("in April, in May and June 2016")).toEqual(["2016-04 month", "2016-05 month", "2016-06 month"]);
  expect(dates("on May 5, or on June 7, 2016")).toEqual(["2016-05-05 day", "2016-06-07 day"]);
  expect(dates("on Aug. 27 and June 7, 2018")).toEqual(["2019-08-27 day", "2018-06-07 day"]);
  expect(dates("in July. In August 2018")).toEqual(["2019-07 month", "2018-08 month"]);
});

test("without a publication what is relative stays open", () => {
  expect(dates("last month", null)).toEqual(["null month"]);
  expect(dates("on Sunday", null)).toEqual(["null day"]);
  expect(dates("on Aug. 27", null)).toEqual(["XXXX-08-27 day"]);
  expect(dates("in August", null)).toEqual(["XXXX-08 month"]);
});

test.each(["they may strike", "march on", "2000 hackers", "at 20:16", "192.168.20.16", "build 2016.1", "may 5.5"])(
  "%s is no date",
  (text) => {
    expect(dates(text)).toEqual([]);
  },
);

const months = "January February March April May June July August September October November December".split(" ");

test("a day printed in any of its forms reads back", () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 40_000 }), fc.integer({ min: 0, max: 4 }), (number, form) => {
      const { year, month, day } = dateOfDay(number, false);
      const name = months[month - 1] as string;
      const iso = printDate(dateOfDay(number, false)) as string;
      const forms = [
        `${name} ${day}, ${year}`,
        `${day} ${name} ${year}`,
        `${month === 5 ? name : `${name.slice(0, 3)}.`} ${day}, ${year}`,
        `the ${day}th of ${name} ${year}`,
        iso,
      ];
      expect(dates(`It began on ${forms[form]}.`)).toEqual([`${iso} day`]);
    }),
    { seed: 16 },
  );
});
