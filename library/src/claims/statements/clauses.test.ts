import { expect, test } from "vitest";
import { hasFiniteVerb, onlyCircumstance, standsAtEnd } from "./clauses.ts";
import { frameOf } from "./frames.fixture.ts";

const last = (text: string) => frameOf(text).items.length - 1;

test("a verb that carries a clause is not a gerund and not after to", () => {
  expect(hasFiniteVerb(frameOf("The vault was empty.").items, 0, last("The vault was empty."))).toBe(true);
  expect(hasFiniteVerb(frameOf("to take the money").items, 0, last("to take the money"))).toBe(false);
});

test("when, where and to whom say nothing themselves", () => {
  const { items } = frameOf("in an interview with the Herald on Monday");
  expect(onlyCircumstance(items, 0, items.length - 1)).toBe(true);
  const clause = frameOf("that the vault was empty").items;
  expect(onlyCircumstance(clause, 0, clause.length - 1)).toBe(false);
});

test("a cue with nothing said after it stands at the end", () => {
  const after = (text: string) => {
    const { items } = frameOf(text);
    return standsAtEnd(items, items.findIndex(({ text: word }) => word === "said") + 1);
  };
  expect(after("It was empty, Cole said on Monday.")).toBe(true);
  expect(after("Cole said it was empty.")).toBe(false);
});
