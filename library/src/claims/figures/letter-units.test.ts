import { expect, test } from "vitest";
import { findFigures } from "./find-figures.ts";

const money = (text: string) => findFigures(text, null).map(({ unit, value }) => `${unit} ${value}`);

test.each([
  ["In Lagos he took N24bn, of which N1.9bn is back.", ["NGN 24000000000", "NGN 1900000000"]],
  ["Johannesburg: R290 million is gone, and not R420m.", ["ZAR 290000000", "ZAR 420000000"]],
  ["The firm in Kuala Lumpur lost RM5.2m.", ["MYR 5200000"]],
  ["Seoul's exchange lost W4.5 billion.", ["KRW 4500000000"]],
])("a letter before an amount is the currency of the country spoken of: %s", (text, expected) => {
  expect(money(text)).toEqual(expected);
});

test("without the country it is none, and what multiplies it is no number", () => {
  expect(money("Masks of type N95 and R290 million in a box")).toEqual([]);
});
