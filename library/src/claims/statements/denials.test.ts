import { expect, test } from "vitest";
import { denialOf } from "./denials.ts";
import type { SpeechAct } from "./statement.ts";
import { statementsIn } from "./statements.fixture.ts";

function denied(act: SpeechAct, text: string, { naming = false, direct = false } = {}) {
  const denial = denialOf(text, { act, naming, direct, content: [{ from: 0, to: text.length }] });
  return [denial.act, ...denial.denied.map(({ from, to }) => text.slice(from, to))];
}

test("what follows the charge's name is denied", () => {
  expect(denied("denies", "the latest allegations that it took the money")).toEqual(["denies", "it took the money"]);
  expect(denied("denies", "any claim of theft")).toEqual(["denies", "theft"]);
  expect(denied("denies", "taking the money")).toEqual(["denies", "taking the money"]);
});

test("what is denied of an account is what it says, and of a plea the charge", () => {
  expect(denied("denies", "the police account that it took the money")).toEqual(["denies", "it took the money"]);
  expect(denied("denies", "the regulator's finding that it paid")).toEqual(["denies", "it paid"]);
  expect(denied("denies", "not guilty to theft")).toEqual(["denies", "theft"]);
  expect(denied("denies", "not guilty")).toEqual(["denies"]);
  expect(denied("denies", "any role in the theft")).toEqual(["denies", "any role in the theft"]);
});

test("what is denied as something is denied without its name", () => {
  expect(denied("denies", "the Herald's report as baseless")).toEqual(["denies", "the Herald's report"]);
});

test("there is no truth to what is denied", () => {
  expect(denied("states", "There is no truth to the claim that we paid")).toEqual(["denies", "we paid"]);
});

test("that it is untrue that something is so denies it", () => {
  expect(denied("states", "It is simply untrue that we paid")).toEqual(["denies", "we paid"]);
  expect(denied("states", "It's not true that we paid. We left", { direct: true })).toEqual(["denies", "we paid"]);
});

test("who denies in his own words does not say there what he denies", () => {
  expect(denied("denies", "We pay our debts,", { direct: true })).toEqual(["denies"]);
});

test("calling a charge untrue denies it", () => {
  expect(denied("states", "the claims that it took the money are entirely baseless")).toEqual([
    "denies",
    "it took the money",
  ]);
  expect(denied("states", "the report a fabrication", { naming: true })).toEqual(["denies", "the report"]);
  expect(denied("states", "they are spreading rumours that we took the money")).toEqual([
    "denies",
    "we took the money",
  ]);
  expect(denied("states", "such a shameless lie will not stand")).toEqual(["denies"]);
});

test("another act stays what it is", () => {
  expect(denied("states", "the claims are serious")).toEqual(["states"]);
  expect(denied("alleges", "the claims are false")).toEqual(["alleges"]);
});

test.each([
  ["Cole brushed aside claims that the vault was empty.", "the vault was empty"],
  ["The bank hit back at suggestions that the vault was empty.", "the vault was empty"],
  ["Acme pushed back against reports of a break-in.", "a break-in"],
  ["The auditor contradicted the claim that the vault was empty.", "the vault was empty"],
])("verbs of two words deny what is said: %s", (text, denied) => {
  const [first] = statementsIn(text);
  expect([first?.act, first?.denied]).toEqual(["denies", [denied]]);
});

test.each([
  ["“That is a plain lie,” Ana Cole said.", "denies"],
  ["“It’s simply false,” Ana Cole said.", "denies"],
  ["“That is not a lie,” Ana Cole said.", "states"],
  ["“That is a false floor,” Ana Cole said.", "states"],
])("what is said answers a charge: %s", (text, act) => {
  expect(statementsIn(text)[0]?.act).toBe(act);
});

test("who pushed back a chair denied nothing, nor who will plead", () => {
  expect(statementsIn("Cole pushed back against the wind.")).toEqual([]);
  expect(statementsIn("Her lawyer said she would plead not guilty.").map(({ act }) => act)).toEqual(["states"]);
});
