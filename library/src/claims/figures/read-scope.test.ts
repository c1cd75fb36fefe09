import { expect, test } from "vitest";
import { findFigures } from "./find-figures.ts";

const scopes = (text: string) =>
  (findFigures(text)[0]?.scope ?? []).map(({ kind, text: words }) => `${kind}: ${words}`).sort();

test.each([
  ["35 instances in 17 countries", ["in: in 17 countries"]],
  ["at least 35 cases of thieves raiding banks in some 17 countries", ["in: in some 17 countries"]],
  ["proceeds to date put at $2bn", ["to date: to date"]],
  ["a total of $5m", ["total: total"]],
  ["$5m in all", ["total: in all"]],
  ["two each", []],
  ["two attacks each", ["each: each"]],
  ["$5 per share", ["each: per share"]],
  ["$5m from Bank Example", ["in: from Bank Example"]],
  ["Thieves took $5m from Bank Example and fled", ["in: from Bank Example"]],
  ["Thieves Took $5m From Harbour Bank and Fled", []],
  ["Arden Makes $5m from Phone-Fraud Rings", []],
  ["$5m from Bank-Example", []],
  ["$5m in 2016", ["in: in 2016"]],
  ["$5m. In all fairness", []],
])("%s", (text, expected) => {
  expect(scopes(text)).toEqual(expected);
});
