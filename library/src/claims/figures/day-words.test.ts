import fc from "fast-check";
import { expect, test } from "vitest";
import { isClosed, ordinalAt, smallNumberAt, yearWordsAt } from "./day-words.ts";
import { readTokens } from "./tokens.ts";

const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
  "eighteen nineteen";
const words = small.split(" ");
const tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** A number below a hundred as it is written, by a way that shares nothing with the reader. */
const say = (value: number, joint: string): string =>
  value < 20
    ? (words[value] as string)
    : `${tens[Math.floor(value / 10)]}${value % 10 ? joint + words[value % 10] : ""}`;

test("a year as it is said reads back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1600, max: 2099 }), fc.constantFrom("-", " "), fc.boolean(), (year, joint, and) => {
      const [century, rest] = [Math.floor(year / 100), year % 100];
      const link = and ? " and " : " ";
      const said =
        century === 20
          ? `two thousand${rest ? link + say(rest, joint) : ""}`
          : rest < 10
            ? `${say(century, joint)} hundred${rest ? link + say(rest, joint) : ""}`
            : `${say(century, joint)} ${say(rest, joint)}`;
      const tokens = readTokens(said);
      expect(yearWordsAt(tokens, 0)).toEqual({ value: year, next: tokens.length });
    }),
    { seed: 21 },
  );
});

test("counts below a hundred read back", () => {
  for (let value = 0; value < 100; value++) {
    for (const joint of ["-", " "]) {
      const tokens = readTokens(say(value, joint));
      expect(smallNumberAt(tokens, 0)).toEqual({ value, next: tokens.length });
    }
  }
});

test.each([
  ["third", 3],
  ["twelfth", 12],
  ["twenty-third", 23],
  ["thirty first", 31],
  ["thirtieth", 30],
  ["22nd", 22],
])("%s is an ordinal", (text, value) => {
  expect(ordinalAt(readTokens(text), 0)?.value).toBe(value);
});

test.each(["twenty", "22", "three", "2019th", "22 nd"])("%s is none", (text) => {
  expect(ordinalAt(readTokens(text), 0)).toBeNull();
});

test("what is counted leaves a number open", () => {
  const [end, and, coins, dot] = ["", " and", " coins", ". It"].map((tail) => readTokens(`twenty${tail}`));
  expect([end, and, coins, dot].map((tokens) => isClosed(tokens ?? [], 1))).toEqual([true, true, false, true]);
});
