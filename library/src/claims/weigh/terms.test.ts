import { expect, test } from "vitest";
import { findFigures } from "../figures/find-figures.ts";
import { termsOf } from "./terms.ts";

const terms = (text: string) => {
  const document = { text };
  return termsOf(document, [{ start: 0, end: [...text].length }], findFigures(text));
};

test.each([
  ["cyber-attacks on banks", "cyberattack on a bank"],
  ["two billion US dollars", "$2bn"],
  ["North Korean hackers", "the North Korea hack"],
  ["weapons programmes", "weapon programs"],
  ["the theft", "was stolen"],
  ["spreading rumours", "spread rumors"],
])("%s has the terms of %s", (a, b) => {
  expect([...terms(a)].sort()).toEqual([...terms(b)].sort());
});

test("'us' is no country", () => {
  expect([...terms("They told us about the bank.")]).not.toContain("@US");
  expect([...terms("The US told the bank.")]).toContain("@US");
});

test("figures are terms of their own, and their words are none", () => {
  expect([...terms("They took $81 million from 35 banks.")].sort()).toEqual([
    "#count 35",
    "#money USD 81000000",
    "bank",
    "take",
  ]);
});
