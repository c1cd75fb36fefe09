import { expect, test } from "vitest";
import { doubtfulForms, verbForms } from "./reporting-verbs.ts";

test.each([
  ["says", "third"],
  ["denied", "past"],
  ["denies", "third"],
  ["denying", "gerund"],
  ["admitted", "past"],
  ["wrote", "past"],
  ["agreeing", "gerund"],
  ["accused", "past"],
])("%s is the %s of a verb of saying", (word, form) => {
  expect(verbForms.get(word)?.form).toBe(form);
});

test("every doubtful form is a form", () => {
  expect([...doubtfulForms].filter((form) => !verbForms.has(form))).toEqual([]);
});

test("acts", () => {
  const act = (word: string) => verbForms.get(word)?.verb.act;
  expect([act("alleged"), act("rejects"), act("reiterated"), act("corrected"), act("retracted"), act("urged")]).toEqual(
    ["alleges", "denies", "repeats", "corrects", "retracts", "calls on"],
  );
});
