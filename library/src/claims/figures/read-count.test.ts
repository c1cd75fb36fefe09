import { expect, test } from "vitest";
import { findFigures } from "./find-figures.ts";

const said = (text: string) => findFigures(text).map(({ kind, value, unit }) => `${kind} ${value} ${unit}`);

test.each([
  ["35 purported Ruritanian cyberattacks", ["count 35 cyberattack"]],
  ["17 countries", ["count 17 country"]],
  ["some 280 different digital asset accounts", ["count 280 account"]],
  ["over a dozen other countries", ["count 12 country"]],
  ["of which 10 were banks", ["count 10 null"]],
  ["two Freedonian nationals", ["count 2 national"]],
  ["the 1,700-member group", ["count 1700 member"]],
  ["3.5m users", ["count 3500000 user"]],
  ["one attack", ["count 1 attack"]],
  ["5,000 people and 3 women", ["count 5000 person", "count 3 woman"]],
  ["a 36% share, or 36 per cent, or thirty-six percent", ["percentage 36 %", "percentage 36 %", "percentage 36 %"]],
  ["for 25 minutes", ["duration 25 minute"]],
  ["a two-year campaign", ["duration 2 year"]],
])("%s", (text, expected) => {
  expect(said(text)).toEqual(expected);
});

test.each([
  "SCP-173 entities",
  "room 12",
  "Block 630,000 holds",
  "Resolution 1718 lists",
  "a 35-year-old man",
  "10.0.0.1 hosts",
  "https://example.org/2000-thefts-of-50-banks",
  "one of the exchanges",
  "Unit 180's members",
  "bc1qxy2kgdygjrsqtzq2n0yrf2493p83kkfjhx0wlh coins",
])("%s counts nothing", (text) => {
  expect(said(text)).toEqual([]);
});
