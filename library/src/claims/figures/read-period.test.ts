import { expect, test } from "vitest";
import { datesIn } from "./dates.fixture.ts";

test.each([
  ["in the first week of 2015", "2015-W01 week"],
  ["in the last week of 2016", "2016-W52 week"],
  ["in the second week of March 2018", "2018-W10 week"],
  ["in the first two weeks of 2021", "2021-W01..2021-W02 week"],
  ["in the last four months of 2018", "2018-09..2018-12 month"],
  ["in the first ten days of last month", "2019-08-01..2019-08-10 day"],
  ["in the third month of 2018", "2018-03 month"],
  ["on the last day of February 2016", "2016-02-29 day"],
  ["in the second half of 2018", "2018-07..2018-12 month"],
  ["in the first half of March 2018", "2018-03-01..2018-03-15 day"],
  ["in the first quarter of last year", "2018-01..2018-03 quarter"],
  ["in Q3 2018", "2018-07..2018-09 quarter"],
  ["in 2018 Q3", "2018-07..2018-09 quarter"],
  ["in H1 2018", "2018-01..2018-06 month"],
  ["from Q1 2017 to Q2 2018", "2017-01..2018-06 quarter"],
  ["last quarter", "2019-04..2019-06 quarter"],
  ["in the last two quarters", "2019-01..2019-06 quarter"],
  ["in late 2016", "2016-07..2016-12 month"],
  ["in mid-February", "2019-02-08..2019-02-23 day"],
  ["in the early 1990s", "1990..1994 year"],
  ["late last month", "2019-08-16..2019-08-31 day"],
  ["at the end of May 2018", "2018-05-16..2018-05-31 day"],
  ["by the end of 2017", "at most 2017-12-31 day"],
  ["since late 2016", "at least 2016-07-01 day"],
  ["after the end of 2016", "strictly at least 2016-12-31 day"],
  ["since the beginning of 2018", "at least 2018-01-01 day"],
  ["from 2007 to the end of 2008", "2007..2008-12-31 year"],
  ["between late 2014 and early 2015", "2014-07..2015-06 month"],
  ["earlier this month", "2019-09-01..2019-09-04 day"],
  ["later this week", "2019-09-04..2019-09-08 day"],
  ["in the week of April 10, 2018", "2018-W15 week"],
  ["the week beginning 4 March 2019", "2019-W10 week"],
  ["in week 3 of 2019", "2019-W03 week"],
  ["over the weekend", "2019-08-31..2019-09-01 day"],
  ["last weekend", "2019-08-31..2019-09-01 day"],
  ["the weekend of May 5, 2018", "2018-05-05..2018-05-06 day"],
  ["on the 21st of last month", "2019-08-21 day"],
  ["the 15th day of next month", "2019-10-15 day"],
])("%s", (text, expected) => {
  expect(datesIn(text)).toEqual([expected]);
});

test("whose weekend it is on a Wednesday, nobody can say", () => {
  expect(datesIn("this weekend")).toEqual(["null day"]);
  expect(datesIn("this weekend", "2019-09-07")).toEqual(["2019-09-07..2019-09-08 day"]);
});

test.each([
  "the second quarter-final",
  "the first half of the match",
  "the first quarter of the game",
  "Q3 of the game",
  "the third day of the trial",
  "the last of the three days",
  "an early riser",
  "the end of the affair",
  "over the weekend of the raid",
  "for a week starting soon",
  "tx/QAKVOXES2Q3IKV",
])("%s is no date", (text) => {
  expect(datesIn(text)).toEqual([]);
});
