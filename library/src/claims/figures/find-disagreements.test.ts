import { expect, test } from "vitest";
import { differentValuesMax, findDisagreements } from "./find-disagreements.ts";
import { findFigureEvents } from "./find-events.ts";
import { findFigures } from "./find-figures.ts";

const disagree = (...texts: string[]) =>
  findDisagreements(texts.flatMap((text) => findFigureEvents(text, findFigures(text)))).map(
    ({ shared, why }) => `${shared.join("+")}: ${why}`,
  );

test("two years for one theft contradict each other, whatever the victim is called", () => {
  expect(
    disagree(
      "The $12m heist at the Ruritania central bank in 2016.",
      "The 2015 attack on the Central Bank of Ruritania.",
    ),
  ).toEqual(["ruritania: 2016 excludes 2015"]);
});

test("a month within the year, another victim, and a kind of its own do not", () => {
  expect(disagree("The 2016 hack of Northwind.", "The hack of Northwind in May 2016 took $5m.")).toEqual([]);
  expect(disagree("The 2016 hack of the Bank of Ruritania.", "The 2015 hack of the Bank of Sylvania.")).toEqual([]);
  expect(disagree("The 2016 hack of South Ruritania.", "The 2015 hack of North Sylvania.")).toEqual([]);
});

test("what is stated often is compared once", () => {
  expect(disagree(...Array(9).fill("The 2016 hack of Northwind."), "The 2015 hack of Northwind.")).toHaveLength(1);
});

test("a name with very many values is left out, and no time goes into its pairs", () => {
  const many = Array.from({ length: differentValuesMax + 1 }, (_, n) => `The ${1950 + n} hack of Northwind.`);
  expect(disagree(...many)).toEqual([]);
  expect(disagree(...many.slice(1))).toHaveLength((differentValuesMax * (differentValuesMax - 1)) / 2);
});
