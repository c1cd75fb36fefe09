import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

const shown = (text: string) => statementsIn(text).map(({ act, who, what }) => [act, who, ...what]);

test("what stands in a paragraph headed as a correction corrects", () => {
  const text =
    "Correction: The Herald reported that Cole took $20m. The guards said she did not.\nThe bank said it paid.";
  expect(shown(text)).toEqual([
    ["corrects", "The Herald", "Cole took $20m"],
    ["corrects", "The guards", "she did not"],
    ["states", "The bank", "it paid"],
  ]);
});

test("the heading is no part of what is said, and the cue where nobody is named", () => {
  expect(shown("Clarification: The vault was empty, the guards said.")).toEqual([
    ["corrects", "the guards", "The vault was empty"],
  ]);
  expect(shown("Correction: The bank lost 20 crowns, not 30.")).toEqual([
    ["corrects", null, "The bank lost 20 crowns, not 30"],
  ]);
});

test("who takes back or corrects his own claim makes it no more", () => {
  expect(shown("The guards withdrew their claim that Cole took the gold.")).toEqual([
    ["retracts", "The guards", "Cole took the gold"],
  ]);
  expect(shown("The guards denied their own claim that Cole took the gold.").map(([act]) => act)).toEqual(["denies"]);
  expect(shown("The Herald corrected Ana Cole's claim that it was empty.").map(([act, who]) => [act, who])).toEqual([
    ["corrects", "The Herald"],
    ["alleges", "Ana Cole"],
  ]);
});

test.each([
  ["In May we reported that Acme was robbed. The report was wrong, and we retract it.", ["retracts: Acme was robbed"]],
  ["Last week we wrote that Acme was robbed. That was incorrect.", ["corrects: Acme was robbed"]],
  ["In May we reported that Acme was robbed. It has since been sold.", []],
])("what we reported is taken back where the paragraph says so: %s", (text, expected) => {
  expect(statementsIn(text).map(({ act, what }) => `${act}: ${what.join(" … ")}`)).toEqual(expected);
});

test("a body takes back in its own words what it said", () => {
  const [first] = statementsIn("We withdraw our statement of 3 May that no key had been lost.");
  expect([first?.act, first?.who, first?.what]).toEqual(["retracts", "We", ["no key had been lost"]]);
});
