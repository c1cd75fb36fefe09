import { expect, test } from "vitest";
import { datesIn } from "./dates.fixture.ts";

test.each([
  ["on 2018-05-04", "2018-05-04 day"],
  ["in 2018-05", "2018-05 month"],
  ["on 2018/May/04", "2018-05-04 day"],
  ["on 22/Jan/2019", "2019-01-22 day"],
  ["on Sep-23-2018", "2018-09-23 day"],
  ["in Dec-2018", "2018-12 month"],
  ["on 24.02.2016", "2016-02-24 day"],
  ["on 04/18/19", "2019-04-18 day"],
  ["on 05/05/19", "2019-05-05 day"],
])("%s", (text, expected) => {
  expect(datesIn(text)).toEqual([expected]);
});

test("a date that can be read in two ways is read as the others of its text", () => {
  expect(datesIn("on 04/02/2016")).toEqual(["2016 year"]);
  expect(datesIn("from 04/02/2016, and again on 04/28/2016")).toEqual(["2016-04-02 day", "2016-04-28 day"]);
  expect(datesIn("on 04/02/2016, and again on 28/04/2016")).toEqual(["2016-02-04 day", "2016-04-28 day"]);
  expect(datesIn("on 04/02/2016, 04/28/2016 and 28/04/2016")).toEqual([
    "2016 year",
    "2016-04-28 day",
    "2016-04-28 day",
  ]);
});

test.each([
  "version 2.10.2016",
  "a score of 4/5",
  "24/7",
  "1/2 of it",
  "call 138-2010-2015",
  "docket 2010-2015-86",
  "case 133-03-03-2020",
  "No. 1:18-cv-2019",
  "2019-1234",
  "2016/17",
  "30/02/2016",
])("%s is no date", (text) => {
  expect(datesIn(text)).toEqual([]);
});
