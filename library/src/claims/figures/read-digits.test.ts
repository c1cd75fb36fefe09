import { expect, test } from "vitest";
import { decimalOf } from "./ratio.ts";
import { digitsMax, readDigits } from "./read-digits.ts";
import { readTokens } from "./tokens.ts";

const read = (text: string) => {
  const tokens = readTokens(text);
  const number = readDigits(tokens, 0);
  return number === null ? null : [decimalOf(number.value), text.slice(0, tokens[number.next - 1]?.end)];
};

test.each([
  ["1,234.50", "1234.5"],
  ["1.234,50", "1234.5"],
  ["1.234.567", "1234567"],
  ["12,34,567.89", "1234567.89"],
  ["1 234 567", "1234567"],
  ["1\u202f234\u202f567.8", "1234567.8"],
  ["1'234'567", "1234567"],
  ["2,5", "2.5"],
  ["1.234", "1.234"],
  ["0,125", "0.125"],
  [".75", "0.75"],
  ["007", "7"],
])("%s is one number", (text, value) => {
  expect(read(text)).toEqual([value, text]);
});

test.each([
  ["22,24,26", "22"],
  ["10.0.0.1", "10"],
  ["1, 234", "1"],
  ["2019 300", "2019"],
  ["12 3456", "12"],
  ["5.", "5"],
])("%s begins with a number of its own", (text, first) => {
  expect(read(text)).toEqual([first, first]);
});

test("more digits than a number has are not read", () => {
  expect(read("9".repeat(digitsMax))?.[0]).toBe("9".repeat(digitsMax));
  expect(read("9".repeat(digitsMax + 1))).toBeNull();
});
