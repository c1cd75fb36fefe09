import { expect, test } from "vitest";
import { firmsSpokenOf, isFirm, namesPublicBody } from "./own-papers.ts";

test.each([
  ["The exchange Fenwick was robbed.", "Fenwick", true],
  ["Tracing firm Kolm Labs found it.", "Kolm Labs", true],
  ["“We paid,” Kolm CEO Ana Cole said.", "Kolm", true],
  ["Fenwick, one of Ruritania's largest exchanges, is shut.", "Fenwick", true],
  ["The exchange Fenwick Markets was robbed.", "Fenwick", false],
  ["Fenwick reported that the exchange was robbed.", "Fenwick", false],
])("%s: %s is a firm: %s", (text, name, is) => {
  expect(isFirm(name, firmsSpokenOf([{ text, outlet: "The Quay Gazette" }]))).toBe(is);
});

test("what an outlet calls itself shows nothing", () => {
  const text = "The exchange Fenwick was robbed.";
  expect(isFirm("Fenwick", firmsSpokenOf([{ text, outlet: "Fenwick" }]))).toBe(false);
});

test.each([
  ["Federal Bureau of Investigation", true],
  ["Town of Ostrava Bay", true],
  ["Europol", true],
  ["Attorney General's Office of Ruritania", true],
  ["Ostrava Institute", true],
  ["Centre for Harbour Studies", true],
  ["Kestrel Pay GmbH", true],
  ["Nordhavn A/S", true],
  ["Ostrava News Bureau", false],
  ["Press Association of Ruritania", false],
  ["Ostrava Today", false],
  ["The Town Centre Post", false],
])("%s is a public body: %s", (name, is) => {
  expect(namesPublicBody(name)).toBe(is);
});
