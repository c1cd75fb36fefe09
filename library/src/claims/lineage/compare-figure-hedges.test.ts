import { expect, test } from "vitest";
import type { FigureInClaim } from "../claim.ts";
import { findFigures } from "../figures/find-figures.ts";
import { compareFigureHedges } from "./compare-figure-hedges.ts";

function only(text: string, document: string): FigureInClaim {
  const [figure, ...others] = findFigures(text, "2031-05-04");
  expect(others).toEqual([]);
  return { figure: figure!, place: { document, ...figure!.span, text: figure!.text } };
}

test.each([
  ["up to two billion US dollars", "$2bn", "hedge lost"],
  ["$2bn", "up to two billion US dollars", "hedge added"],
  ["up to $2bn", "more than $2 billion", "hedge turned"],
  ["up to $2bn", "about $2 billion", "hedge turned"],
  ["about 40 banks", "at least 40 banks", "hedge turned"],
  ["at least 40 banks", "more than 40 banks", null],
  ["$2bn", "two billion US dollars", null],
  ["$80.9 million", "$81 million", null],
  ["$81 million", "$101 million", "number altered"],
  ["up to $81 million", "up to $101 million", "number altered"],
  ["40 banks", "44 banks", "number altered"],
  ["40 banks", "40 countries", null],
  ["40 banks", "$40", null],
  ["€2bn", "$2bn", null],
  ["between 5 and 7 million euros", "7 million euros", "hedge lost"],
  ["between 5 and 7 million euros", "up to 7 million euros", null],
  ["between 5 and 7 million euros", "more than 7 million euros", "hedge turned"],
  ["between 5 and 7 million euros", "9 million euros", "number altered"],
  ["between 5 and 7 million euros", "between 5 and 8 million euros", "number altered"],
  ["7 million euros", "between 5 and 7 million euros", "hedge added"],
  ["12 percent", "almost 12 %", "hedge added"],
])("%j, then %j: %s", (origin, retold, kind) => {
  const [from, to] = [only(`They took ${origin}.`, "origin"), only(`They took ${retold}.`, "retold")];
  const change = compareFigureHedges(from, to);
  expect(change).toEqual(kind === null ? null : { kind, from: from.place, to: to.place });
});
