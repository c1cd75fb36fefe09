import fc from "fast-check";
import { expect, test } from "vitest";
import { readTime } from "./read-time.ts";

test.each([
  ["2021-03-04", "2021-03-04", "day", false],
  ["2021-03-04T05:06:07.890Z", "2021-03-04T05:06:07Z", "second", true],
  ["2021-03-04T05:06+0530", "2021-03-04T05:06+05:30", "minute", true],
  ["2021-03-04 05:06", "2021-03-04T05:06", "minute", false],
  ["March 4, 2021", "2021-03-04", "day", false],
  ["Sept. 14, 2020", "2020-09-14", "day", false],
  ["4th of March 2021", "2021-03-04", "day", false],
  ["Posted: 14 Sep 2020 08:16 PM", "2020-09-14T20:16", "minute", false],
  ["14 Sep 2020 12:05 am GMT", "2020-09-14T00:05Z", "minute", true],
  ["Mon, 14 Sep 2020 14:16:00 GMT", "2020-09-14T14:16:00Z", "second", true],
  ["September 14, 2020 at 9.05 p.m. EDT", "2020-09-14T21:05-04:00", "minute", true],
  ["14 September 2020 | 09:05 (UTC+8)", "2020-09-14T09:05+08:00", "minute", true],
  ["a zone that means several: 14 Sep 2020 09:05 IST", "2020-09-14T09:05", "minute", false],
  ["in March 2021 they", "2021-03", "month", false],
  ["30 Feb 2021, then 1 Mar 2021", "2021-03-01", "day", false],
])("%s is %s", (text, value, precision, zoned) => {
  expect(readTime(text)).toMatchObject({ value, precision, zoned });
});

test.each(["01/09/2019", "no date", "May Day 2020s", "30 February 2020", "version 2019-13-41", "14 Sep"])(
  "%s is not read",
  (text) => {
    expect(readTime(text)).toBeNull();
  },
);

test("any day comes back from any way of writing it", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1950-01-01"), max: new Date("2049-12-31"), noInvalidDate: true }),
      fc.constantFrom("en-GB", "en-US"),
      fc.constantFrom("long" as const, "short" as const),
      (date, locale, style) => {
        const text = new Intl.DateTimeFormat(locale, {
          day: "numeric",
          month: style,
          year: "numeric",
          timeZone: "UTC",
        }).format(date);
        expect(readTime(`on ${text}.`)?.value).toBe(date.toISOString().slice(0, 10));
      },
    ),
    { seed: 3 },
  );
});
