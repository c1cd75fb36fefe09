import fc from "fast-check";
import { expect, test } from "vitest";
import { codePoints } from "../code-points.ts";
import { findBreakdowns } from "./find-breakdowns.ts";
import { findDates } from "./find-dates.ts";
import { findFigureEvents } from "./find-events.ts";
import { findFigures } from "./find-figures.ts";
import { findNumbers } from "./find-numbers.ts";
import { ratioOf } from "./ratio.ts";
import { readTokens } from "./tokens.ts";

const words = (
  "$ € 5 12 1,234 2016 million bn two hundred and a half dozen to - between up at least more than percent % May 4 " +
  "last week days ago , . \n BTC USD US dollars cents each others countries attacks Freedonia hack of in 💰 한 / ^ " +
  "e9 : ½"
).split(" ");
const mixed = fc
  .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(" ", "", "\n")), { maxLength: 60 })
  .map((parts) => parts.flat().join(""));

/** Whether figures are the text at their spans, in order and apart, with values that can be calculated with. */
function spansHold(find: typeof findFigures) {
  return fc.property(fc.oneof(mixed, fc.string({ unit: "grapheme", maxLength: 200 })), (text) => {
    const points = codePoints(text);
    let last = 0;
    for (const { kind, span, text: own, value, to, hedge, scope } of find(text, "2019-09-04")) {
      if (span.start < last || span.end <= span.start || points.slice(span) !== own) return false;
      for (const one of scope) if (points.slice(one.span) !== one.text) return false;
      if (hedge !== null && hedge.end > points.length) return false;
      if (kind !== "date") for (const one of [value, to]) if (one !== null) ratioOf(one);
      last = span.end;
    }
    const figures = find(text, null);
    findBreakdowns(text, figures);
    findFigureEvents(text, figures);
    return true;
  });
}

test("spans are code points of the text, in order and apart, whatever the text", () => {
  fc.assert(spansHold(findFigures), { seed: 17, numRuns: 2000 });
});

test("canary: spans in UTF-16 units are caught", () => {
  const broken: typeof findFigures = (text, published) => {
    const points = codePoints(text);
    return findFigures(text, published).map((figure) => ({
      ...figure,
      span: { start: points.unitAt(figure.span.start), end: points.unitAt(figure.span.end) },
    }));
  };
  expect(fc.check(spansHold(broken), { seed: 17, numRuns: 2000 }).failed).toBe(true);
});

/** How many times tokens are looked at: work, counted without a clock. */
function looks(text: string): number {
  let count = 0;
  const tokens = new Proxy(readTokens(text), {
    get(target, key) {
      count++;
      return Reflect.get(target, key) as unknown;
    },
  });
  findNumbers(tokens);
  findDates(tokens, 18_000);
  return count;
}

test.each([
  "1",
  "1,",
  "1.",
  "1 000 ",
  "one ",
  "million ",
  "two hundred and ",
  "two thousand ",
  "1/",
  "half a ",
  "May 5, ",
  "one and a half million ",
  "-1",
  "between 1 and ",
  "crore lakh ",
  "$",
  "2015-",
  "last week ",
  "the end of ",
  "3 days after ",
  "first week of ",
  "from 5 to ",
  "May 5 to ",
  "04/02/2016 ",
  "late ",
  "twenty ",
  "1^2",
  "^",
  "five - ",
])("twice the text of %j takes about twice the work", (unit) => {
  const [once, twice] = [looks(unit.repeat(400)), looks(unit.repeat(800))];
  expect(twice / once).toBeLessThan(2.2);
});

test("a megabyte of digits holds no figure", () => {
  expect(findFigures("7".repeat(1_000_000))).toEqual([]);
  expect(findFigures("$".repeat(100_000))).toEqual([]);
});

test("figures of all kinds come in the order of the text", () => {
  const text = "In 2016 thieves took $5m, 36% of it, from 3 banks within 25 minutes.";
  expect(findFigures(text).map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    "date 2016",
    "money 5000000",
    "percentage 36",
    "count 3",
    "duration 25",
  ]);
});

test("what has no definite value is left out", () => {
  expect(findFigures("Dozens of thieves took several million dollars, hundreds of coins and a few boxes.")).toEqual([]);
});
