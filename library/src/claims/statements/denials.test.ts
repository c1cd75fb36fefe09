import { expect, test } from "vitest";
import { denialOf } from "./denials.ts";
import type { SpeechAct } from "./statement.ts";

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
