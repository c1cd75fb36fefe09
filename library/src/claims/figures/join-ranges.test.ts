import { expect, test } from "vitest";
import { findFigures } from "./find-figures.ts";

const said = (text: string) => findFigures(text).map(({ value, to, unit }) => `${value}..${to} ${unit}`);

test.each([
  ["between 10 and 15 banks", ["10..15 bank"]],
  ["10 to 15 banks", ["10..15 bank"]],
  ["10-15% of it", ["10..15 %"]],
  ["$1 to $5 million", ["1000000..5000000 USD"]],
  ["$500 to $1 million", ["500..1000000 USD"]],
  ["€10–€15", ["10..15 EUR"]],
  ["ranging from 5 to 7 months", ["5..7 month"]],
])("%s is one range", (text, expected) => {
  expect(said(text)).toEqual(expected);
});

test.each([
  ["15 to 10 banks", ["10..null bank"]],
  ["10 banks and 15 exchanges", ["10..null bank", "15..null exchange"]],
  ["$10 and 15 banks", ["10..null USD", "15..null bank"]],
  ["from 5 banks to 7 banks", ["5..null bank", "7..null bank"]],
])("%s is none", (text, expected) => {
  expect(said(text)).toEqual(expected);
});
