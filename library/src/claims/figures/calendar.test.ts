import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOfDay, dayNumber, daysOf, isDate, printDate, publicationDay, weekdayOf } from "./calendar.ts";

test("days, weekdays and ISO weeks agree with Temporal's calendar", () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 60_000 }), (day) => {
      const oracle = Temporal.PlainDate.from("1970-01-01").add({ days: day });
      const date = dateOfDay(day, false);
      expect(printDate(date)).toBe(oracle.toString());
      expect(dayNumber(date.year, date.month, date.day)).toBe(day);
      expect(weekdayOf(day)).toBe(oracle.dayOfWeek);
      const week = `${oracle.yearOfWeek}-W${String(oracle.weekOfYear).padStart(2, "0")}`;
      expect(printDate({ ...date, precision: "week" })).toBe(week);
      const span = daysOf(week);
      expect(span !== null && span.first <= day && day <= span.last).toBe(true);
    }),
    { seed: 12 },
  );
});

test("a date stands for all of its days", () => {
  expect(daysOf("2016")).toEqual({ first: dayNumber(2016, 1, 1), last: dayNumber(2016, 12, 31) });
  expect(daysOf("2016-02")).toEqual({ first: dayNumber(2016, 2, 1), last: dayNumber(2016, 2, 29) });
  expect(daysOf("199X")).toEqual({ first: dayNumber(1990, 1, 1), last: dayNumber(1999, 12, 31) });
  expect(daysOf("XXXX-08")).toBeNull();
});

test("a publication is a real day in ISO 8601, or none", () => {
  expect(publicationDay("2019-09-01T10:00:00Z")).toBe(dayNumber(2019, 9, 1));
  for (const text of [null, "", "2019", "2019-02-30", "1 Sept 2019"]) expect(publicationDay(text)).toBeNull();
  expect(isDate(2019, 2, 29)).toBe(false);
});
