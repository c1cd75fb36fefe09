import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOfDay, printDate } from "./calendar.ts";
import { datesIn } from "./dates.fixture.ts";

test.each([
  ["on the twenty-third of April 2018", "2018-04-23 day"],
  ["on the 23rd day of April, 2018", "2018-04-23 day"],
  ["on April the 23rd 2018", "2018-04-23 day"],
  ["on April twenty-third, 2018", "2018-04-23 day"],
  ["on 15 April of '87", "1987-04-15 day"],
  ["in April of 87", "1987-04 month"],
  ["on 13 September nineteen seventy-two", "1972-09-13 day"],
  ["on fifteen August nineteen ninety-three", "1993-08-15 day"],
  ["in October two thousand and five", "2005-10 month"],
  ["in 2017 April.", "2017-04 month"],
  ["on the 2nd.", "2019-09-02 day"],
  ["since the 28th, when it began", "at least 2019-08-28 day"],
  ["starting January 7", "at least 2019-01-07 day"],
  ["on May 5 and after the raid", "2019-05-05 day"],
  ["through the end of May", "at most 2019-05-31 day"],
])("%s", (text, expected) => {
  expect(datesIn(text)).toEqual([expected]);
});

test.each([
  "May said so",
  "the words of May",
  "at 10",
  "may 5 people come",
  "in the third March raid",
  "on the 4th floor",
  "on the 4th attempt",
  "the 4th Circuit",
  "he saw August leave",
])("%s is no date", (text) => {
  expect(datesIn(text)).toEqual([]);
});

test("what may be counted behind a month is no day", () => {
  expect(datesIn("In March, 5 men came.")).toEqual(["2019-03 month"]);
  expect(datesIn("In July twenty men came.")).toEqual(["2019-07 month"]);
  expect(datesIn("In July the first man came.")).toEqual(["2019-07 month"]);
});

const months = "January February March April May June July August September October November December".split(" ");
const ordinals =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth " +
  "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth " +
  "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first";

test("a day in words, with marks and with its weekday reads back", () => {
  const words = ordinals.split(" ");
  const weekdays = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 40_000 }), fc.integer({ min: 0, max: 6 }), (number, form) => {
      const { year, month, day } = dateOfDay(number, false);
      const [name, word] = [months[month - 1] as string, words[day - 1] as string];
      const weekday = weekdays.format(new Date(number * 86_400_000));
      const forms = [
        `the ${word} of ${name} ${year}`,
        `${name} the ${word}, ${year}`,
        `${weekday}, ${name} ${day}, ${year}`,
        `${weekday} ${day} ${name} ${year}`,
        `${day}-${name.slice(0, 3)}-${year}`,
        `${year}/${name.slice(0, 3)}/${day}`,
        `the ${word} day of ${name}, ${year}`,
      ];
      const iso = printDate(dateOfDay(number, false));
      expect(datesIn(`It began on ${forms[form]}.`)).toEqual([`${iso} day`]);
    }),
    { seed: 23 },
  );
});
