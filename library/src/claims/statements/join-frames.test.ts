import { expect, test } from "vitest";
import { statementsIn } from "./statements.fixture.ts";

const shown = (text: string) => statementsIn(text).map(({ who, what }) => [who, ...what]);

test("a quotation alone in its sentence belongs to who spoke before it", () => {
  expect(shown("“We lost,” said Ana Cole. “We paid. We left.”")).toEqual([
    ["Ana Cole", "We lost,", "We paid. We left."],
  ]);
});

test("a colon hands on to the next paragraph, and all that the quotation runs over", () => {
  expect(shown("The auditor replied:\n“We paid for it.\n“We left at once.”")).toEqual([
    ["The auditor", "We paid for it.", "We left at once."],
  ]);
});

test("a quotation alone in its paragraph is nobody's for sure", () => {
  expect(shown("“We lost it,” said Ana Cole.\n“We paid for it all.”")).toEqual([["Ana Cole", "We lost it,"]]);
});

test("a quotation after a sentence of the writer's is nobody's", () => {
  expect(shown("“We lost it,” said Ana Cole. The hall was dark. “We paid for it all.”")).toEqual([
    ["Ana Cole", "We lost it,"],
  ]);
});
