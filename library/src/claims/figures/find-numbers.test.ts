import fc from "fast-check";
import { expect, test } from "vitest";
import { findNumbers } from "./find-numbers.ts";
import { decimalOf } from "./ratio.ts";
import { readTokens } from "./tokens.ts";

const values = (text: string) => findNumbers(readTokens(text)).map(({ value }) => decimalOf(value));

const small = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen"
).split(" ");
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const scales = ["", "thousand", "million", "billion", "trillion"];

/** Prints a number as a person would, with or without "and": the oracle, which shares nothing with the reader. */
function inWords(value: number, and: boolean): string {
  if (value < 20) return small[value] as string;
  if (value < 100) return `${tens[Math.floor(value / 10) - 2]}${value % 10 === 0 ? "" : `-${small[value % 10]}`}`;
  if (value < 1000) {
    const rest = value % 100 === 0 ? "" : `${and ? " and" : ""} ${inWords(value % 100, and)}`;
    return `${small[Math.floor(value / 100)]} hundred${rest}`;
  }
  const groups: string[] = [];
  for (let left = value, scale = 0; left > 0; left = Math.floor(left / 1000), scale++) {
    if (left % 1000 > 0) groups.unshift(`${inWords(left % 1000, and)} ${scales[scale]}`.trim());
  }
  return groups.join(" ");
}

/** Groups of a thousand and more leave the last group a hundred or more: below, "two million five" is two numbers. */
const readable = fc
  .integer({ min: 0, max: 10 ** 14 })
  .filter((value) => value < 1e6 || (value % 1000 === 0 && value % 1e6 >= 1e5) || value % 1000 >= 100);

const readsBack = (read: (text: string) => string[]) =>
  fc.property(readable, fc.boolean(), (value, and) => {
    const groups = String(value).match(/\d{1,3}(?=(?:\d{3})*$)/g) as string[];
    // Each group but the first holds a hundred or more, so that no reading is in doubt.
    fc.pre(value < 1000 || groups.slice(1).every((group) => Number(group) >= 100 || Number(group) === 0));
    return read(`${inWords(value, and)}.`).join(" ") === String(value);
  });

test("a number printed in words reads back as itself", () => {
  fc.assert(readsBack(values), { seed: 14 });
});

test("canary: a reader that keeps amounts in single precision is caught", () => {
  const broken = (text: string) => values(text).map((value) => String(Math.fround(Number(value))));
  expect(fc.check(readsBack(broken), { seed: 14 }).failed).toBe(true);
});

test("a number printed in digits, grouped in the English or the European way, reads back as itself", () => {
  const parts = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 1, max: 99 }), fc.boolean());
  fc.assert(
    fc.property(parts, ([whole, cents, european]) => {
      const grouped = whole.toString().replace(/\B(?=(\d{3})+$)/g, european ? "." : ",");
      const text = `${grouped}${european ? "," : "."}${String(cents).padStart(2, "0")}`;
      const value = `${whole}.${String(cents).padStart(2, "0")}`.replace(/0$/, "");
      expect(values(`worth ${text} in all`)).toEqual([value]);
    }),
    { seed: 15 },
  );
});

test.each([
  ["two hundred and two thousand", "202000"],
  ["half a million", "500000"],
  ["a quarter million", "250000"],
  ["five and a half million", "5500000"],
  ["one billion and a half million", "1000500000"],
  ["two thirds of a million", "666666.666666666666667"],
  ["a dozen", "12"],
  ["half a dozen", "6"],
  ["three dozen", "36"],
  ["two hundred point zero three", "200.03"],
  ["2.5 billion", "2500000000"],
  ["1.2b", "1200000000"],
  ["10k", "10000"],
  ["2½ million", "2500000"],
  ["3 1/4", "3.25"],
  ["1.3e6", "1300000"],
  ["minus five", "-5"],
  ["-1.5", "-1.5"],
  ["three lakh crore", "3000000000000"],
  ["2,5 Mio.", "2500000"],
])("%s is one number", (text, value) => {
  const read = values(text);
  expect(read).toHaveLength(1);
  expect(Number(read[0])).toBeCloseTo(Number(value), 9);
});

test.each([
  ["$2 million three times", ["2000000", "3"]],
  ["five million two weeks ago", ["5000000", "2"]],
  ["the 180ml bottle on the 4th", []],
  ["a twenty-first century theft", []],
  ["this one is a fifth attempt", []],
])("%s holds no number that was not meant", (text, expected) => {
  expect(values(text)).toEqual(expected);
});
