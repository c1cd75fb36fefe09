import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOfDay, dayNumber, isDate, printDate } from "./calendar.ts";
import { datesIn } from "./dates.fixture.ts";

test.each([
  ["from August to October", "2019-08..2019-10 month"],
  ["from July to August", "2019-07..2019-08 month"],
  ["from November to February", "2018-11..2019-02 month"],
  ["in Nov-Feb 2017", "2016-11..2017-02 month"],
  ["from March to May", "2019-03..2019-05 month"],
  ["from this May to October 2020", "2019-05..2020-10 month"],
  ["May 5 to May 7, 2018", "2018-05-05..2018-05-07 day"],
  ["26 June to 28 June in 2018", "2018-06-26..2018-06-28 day"],
  ["Dec. 30 to Jan. 2, 2018", "2017-12-30..2018-01-02 day"],
  ["April 9th through 17th", "2019-04-09..2019-04-17 day"],
  ["between March 3 and 5", "2019-03-03..2019-03-05 day"],
  ["from April 27 to the 3rd", "2019-04-27..2019-05-03 day"],
  ["between 3 and 12 of June", "2019-06-03..2019-06-12 day"],
  ["from the 4th to the 22nd of last month", "2019-08-04..2019-08-22 day"],
  ["9-12 June 2018", "2018-06-09..2018-06-12 day"],
  ["Feb. 4/5, 2016", "2016-02-04..2016-02-05 day"],
  ["Feb. 4 and 5, 2016", "2016-02-04..2016-02-05 day"],
  ["May 5, 2018 to date", "2018-05-05..2019-09-04 day"],
  ["between January 2019 and now", "2019-01..2019-09-04 month"],
  ["between now and November 15", "2019-09-04..2019-11-15 day"],
  ["from 2012 until earlier this year", "2012..2019-09-04 year"],
])("%s", (text, expected) => {
  expect(datesIn(text)).toEqual([expected]);
});

test("two days with one month are two days", () => {
  expect(datesIn("on 4 and 6 February 2016")).toEqual(["2016-02-04 day", "2016-02-06 day"]);
});

test("opening times and counts are no stretches", () => {
  expect(datesIn("open Monday to Friday")).toEqual(["2019-09-02 day", "2019-08-30 day"]);
  for (const text of ["between 5 and 7 people", "from 3 to 4", "10-12 coins", "3 and 4 of them"])
    expect(datesIn(text)).toEqual([]);
});

const months = "January February March April May June July August September October November December".split(" ");

test("a stretch of days reads back in any of its forms", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30_000 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 6 }),
      (first, length, form) => {
        const [from, to] = [dateOfDay(first, false), dateOfDay(first + length, false)];
        const name = (month: number) => months[month - 1] as string;
        const year = from.year === to.year ? "" : ` ${from.year}`;
        const whole = [
          `from ${from.day} ${name(from.month)}${year} to ${to.day} ${name(to.month)} ${to.year}`,
          `between ${name(from.month)} ${from.day}, ${from.year} and ${name(to.month)} ${to.day}, ${to.year}`,
          `${name(from.month)} ${from.day}${year && `,${year}`} – ${name(to.month)} ${to.day}, ${to.year}`,
        ];
        const short = [
          `from the ${from.day}th to the ${to.day}th of ${name(to.month)} ${to.year}`,
          `between ${from.day} and ${to.day} ${name(to.month)} ${to.year}`,
          `${name(from.month)} ${from.day}-${to.day}, ${to.year}`,
          `${from.day} to ${to.day} ${name(to.month)} ${to.year}`,
        ];
        const forms = from.month === to.month ? [...whole, ...short] : whole;
        const expected = `${printDate(from)}..${printDate(to)} day`;
        expect(datesIn(`It ran ${forms[form % forms.length]}.`)).toEqual([expected]);
      },
    ),
    { seed: 24 },
  );
});

test("the end of a stretch never lies before its start", () => {
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })),
      fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })),
      fc.integer({ min: 10_000, max: 20_000 }),
      ([m, d], [n, e], published) => {
        const text = `from ${months[m - 1]} ${d} to ${months[n - 1]} ${e}`;
        const [found = ""] = datesIn(text, printDate(dateOfDay(published, false)));
        const [a, b] = [...found.matchAll(/(\d{4})-(\d\d)-(\d\d)/g)].map(([, y, mm, dd]) =>
          dayNumber(Number(y), Number(mm), Number(dd)),
        );
        expect(isDate(2019, m, d) && (a as number) <= (b as number)).toBe(true);
        expect((b as number) - (a as number)).toBeLessThan(366);
      },
    ),
    { seed: 25 },
  );
});
