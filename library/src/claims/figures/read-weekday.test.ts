import { expect, test } from "vitest";
import { datesIn } from "./dates.fixture.ts";

test.each([
  ["on Friday", "2019-08-30 day"],
  ["on wednesday", "2019-09-04 day"],
  ["late Monday", "2019-09-02 day"],
  ["this Friday", "2019-09-06 day"],
  ["last Friday", "2019-08-30 day"],
  ["last Tuesday", "2019-08-27 day"],
  ["next Friday", "2019-09-13 day"],
  ["this past Friday", "2019-08-30 day"],
  ["this coming Monday", "2019-09-09 day"],
  ["on Tuesday of last week", "2019-08-27 day"],
  ["on Monday last week", "2019-08-26 day"],
  ["next week on Tuesday", "2019-09-10 day"],
  ["this week Tuesday", "2019-09-03 day"],
  ["on Tuesday the 27th", "2019-08-27 day"],
  ["on Tue 27th", "2019-08-27 day"],
  ["on Friday 13th", "2019-09-13 day"],
  ["this Friday, 6 September 2019", "2019-09-06 day"],
  ["on Friday (August 30)", "2019-08-30 day"],
  ["following Monday's raid", "2019-09-02 day"],
  ["from next Monday to Friday", "2019-09-09..2019-09-13 day"],
])("%s", (text, expected) => {
  expect(datesIn(text)).toEqual([expected]);
});

test.each(["on the following Friday", "the previous Monday", "the Friday before", "on Monday of the following week"])(
  "%s depends on what was told before",
  (text) => {
    expect(datesIn(text)).toEqual(["null day"]);
  },
);

test.each(["the Sunday Times", "it sat there", "the sun rose", "Wed in secret", "example.org/launched-on-saturday/"])(
  "%s is no date",
  (text) => {
    expect(datesIn(text)).toEqual([]);
  },
);
