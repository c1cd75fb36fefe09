import { expect, test } from "vitest";
import { codePoints } from "../code-points.ts";
import { findFigures } from "./find-figures.ts";

const bounds = (text: string) =>
  findFigures(text).map(({ bound, strict, hedge }) => [
    `${bound}${strict ? ", strict" : ""}`,
    hedge === null ? null : codePoints(text).slice(hedge),
  ]);

test.each([
  ["up to $2 billion", "at most", "up to"],
  ["as much as $5m", "at most", "as much as"],
  ["no more than 5 thefts", "at most", "no more than"],
  ["less than $5m", "at most, strict", "less than"],
  ["at least 35 thefts", "at least", "at least"],
  ["more than $5m", "at least, strict", "more than"],
  ["over 100 banks", "at least, strict", "over"],
  ["three held over $5m raid", "exact", null],
  ["in excess of $5m", "at least, strict", "in excess of"],
  ["nearly $5m", "about", "nearly"],
  ["some 17 countries", "about", "some"],
  ["an estimated $5m", "about", "an estimated"],
  ["roughly a 36% cut", "about", "roughly"],
  ["$5m or more", "at least", "or more"],
  ["5 banks or so", "about", "or so"],
  ["since 2016", "at least", "since"],
  ["before May 2016", "at most, strict", "before"],
  ["2016 or later", "at least", "or later"],
  ["between $5m and $6m", "range", "between"],
  ["$5m", "exact", null],
  ["came from $5m", "exact", null],
  ["a dispute over $5m", "exact", null],
])("%s is %s", (text, bound, hedge) => {
  expect(bounds(text)).toEqual([[bound, hedge]]);
});

test("a date that another is counted from keeps its own bound", () => {
  expect(bounds("two days after May 5, 2016").at(-1)).toEqual(["exact", null]);
});
