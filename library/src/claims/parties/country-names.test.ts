import { expect, test } from "vitest";
import { countryName, countryOfName, countryOfWords } from "./country-names.ts";

test.each([
  ["South Korea", "KR"],
  ["Korea (Democratic People's Republic of)", "KP"],
  ["Côte d’Ivoire", "CI"],
  ["the Netherlands", "NL"],
  ["U.S.", "US"],
  ["Türkiye", "TR"],
  ["Turkey", "TR"],
  ["Yugoslavia", null],
  ["Northwind", null],
])("%s", (name, code) => {
  expect(countryOfName(name)).toBe(code);
});

test.each([
  ["South Korean", "KR"],
  ["Bangladeshi", "BD"],
  ["Swiss", "CH"],
  ["us", null],
  ["Korean", null],
])("of a people: %s", (words, code) => {
  expect(countryOfWords(words)).toBe(code);
});

test("names come from the runtime", () => {
  expect(countryName("BD")).toBe("Bangladesh");
});
