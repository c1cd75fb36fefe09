import { expect, test } from "vitest";
import { datesIn } from "./dates.fixture.ts";

test.each([
  ["before the year 2019", "strictly at most 2019 year"],
  ["in nineteen ninety-six", "1996 year"],
  ["in two thousand and fifteen", "2015 year"],
  ["the late '90s", "1995..1999 year"],
  ["in the 15th century", "1400..1499 year"],
  ["later than 2018", "strictly at least 2018 year"],
  ["no later than 2018", "at most 2018 year"],
  ["in spring 2017", "2017 year"],
])("%s", (text, expected) => {
  expect(datesIn(text)).toEqual([expected]);
});

test.each([
  "fiscal year 2019",
  "FY2019",
  "in two thousand and fifteen cases",
  "in two thousand boxes",
  "in twenty twenty-dollar notes",
  "2,016 coins",
  "$2016",
])("%s is no year of the calendar", (text) => {
  expect(datesIn(text)).toEqual([]);
});
