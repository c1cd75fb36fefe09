import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOfDay, printDate } from "./calendar.ts";
import { datesIn } from "./dates.fixture.ts";

test.each([
  ["a week ago", "2019-W35 week"],
  ["twenty-two years ago", "1997 year"],
  ["six weeks from now", "2019-W42 week"],
  ["3 days after January 12, 2018", "2018-01-15 day"],
  ["two weeks before May 13, 2018", "2018-W17 week"],
  ["four months from today", "2020-01 month"],
  ["two days before yesterday", "2019-09-01 day"],
  ["in the last three days", "2019-09-01..2019-09-04 day"],
  ["over the past 6 months", "2019-03-04..2019-09-04 day"],
])("%s", (text, expected) => {
  expect(datesIn(text)).toEqual([expected]);
});

test.each(["more than a year ago", "less than two days after May 5, 2018", "2 weeks and 3 days ago"])(
  "%s is a date that is not known",
  (text) => {
    expect(datesIn(text)).toEqual([expect.stringMatching(/^null /)]);
  },
);

test.each(["in two weeks", "within 3 days", "a year earlier", "two days later", "the next three weeks", "a day"])(
  "%s may be counted from what is told, and is no date",
  (text) => {
    expect(datesIn(text)).toEqual([]);
  },
);

test("days counted from a day are the calendar's", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30_000 }),
      fc.integer({ min: 1, max: 99 }),
      fc.boolean(),
      (day, by, isAfter) => {
        const from = printDate(dateOfDay(day, false)) as string;
        const days = Temporal.Duration.from({ days: isAfter ? by : -by });
        const expected = Temporal.PlainDate.from(from).add(days).toString();
        expect(datesIn(`${by} days ${isAfter ? "after" : "before"} ${from}`)).toEqual([`${expected} day`]);
      },
    ),
    { seed: 22 },
  );
});
