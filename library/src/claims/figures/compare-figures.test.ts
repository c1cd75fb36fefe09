import { expect, test } from "vitest";
import { compareFigures } from "./compare-figures.ts";
import type { Figure } from "./figure.ts";
import { findFigures } from "./find-figures.ts";

const figure = (text: string) => findFigures(text, "2019-09-04")[0] as Figure;
const verdict = (a: string, b: string) => compareFigures(figure(a), figure(b)).verdict;

test.each([
  ["$81m", "81 million US dollars", "equal"],
  ["up to $2bn", "as much as two billion dollars", "equal"],
  ["up to $2bn", "$2bn", "compatible"],
  ["up to $2bn", "at least $1bn", "compatible"],
  ["up to $2bn", "more than $2bn", "contradictory"],
  ["up to $2bn", "$2.5bn", "contradictory"],
  ["$81m", "$80.9m", "compatible"],
  ["$81m", "$100m", "contradictory"],
  ["about $80m", "$85m", "compatible"],
  ["35 thefts", "36 thefts", "contradictory"],
  ["between 30 and 40 thefts", "35 thefts", "compatible"],
  ["$5", "€5", "incomparable"],
  ["35 thefts", "$35", "incomparable"],
  ["in 2016", "in February 2016", "compatible"],
  ["in 2016", "the 2015 raid", "contradictory"],
  ["since 2015", "in 2016", "compatible"],
  ["after 2016", "in 2016", "contradictory"],
  ["before 2016", "in 2015", "compatible"],
  ["between 2014 and 2016", "the 2015 raid", "compatible"],
] as const)("%s and %s are %s", (a, b, expected) => {
  expect(verdict(a, b)).toBe(expected);
  expect(verdict(b, a)).toBe(expected);
});

test("what is left open is compared with nothing", () => {
  const open = findFigures("last month")[0] as Figure;
  expect(compareFigures(open, figure("in 2016")).verdict).toBe("incomparable");
  expect(compareFigures(open, open).verdict).toBe("incomparable");
});

test("the reason names both sides in plain words", () => {
  expect(compareFigures(figure("up to $2bn"), figure("more than $2bn")).why).toBe(
    "at most 2000000000 USD excludes more than 2000000000 USD",
  );
});
