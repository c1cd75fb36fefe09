import { expect, test } from "vitest";
import { frameOf } from "./frames.fixture.ts";
import { nounPhraseAfter, nounPhraseBefore, type Range } from "./noun-phrases.ts";

const cut = (text: string, items: ReturnType<typeof frameOf>["items"], range: Range | null) =>
  range === null ? null : text.slice(items[range.first]?.from, items[range.last]?.to);

test.each([
  ["Ana Cole, the head of the bank, said no.", "Ana Cole, the head of the bank"],
  ["Ana Cole, who heads the bank, said no.", "Ana Cole, who heads the bank"],
  ["A report seen by the Tribune said no.", "A report seen by the Tribune"],
  [
    "A spokesman for the Ministry of Ports (MOP) in Arden said no.",
    "A spokesman for the Ministry of Ports (MOP) in Arden",
  ],
  ["The state-run Arden Times said no.", "The state-run Arden Times"],
  ["It was empty, her lawyer said.", "her lawyer"],
  ["The bank, in a letter to the court, said no.", "The bank"],
  ["In a speech, the minister on Monday said no.", "the minister"],
  ["Two officials and a guard said no.", "Two officials and a guard"],
])("the subject of: %s", (text, expected) => {
  const { items } = frameOf(text);
  const said = items.findIndex(({ text: word }) => word === "said");
  expect(cut(text, items, nounPhraseBefore(items, said))).toBe(expected);
});

test.each([
  ["It is gone, according to Ana Cole, the head of the bank.", "Ana Cole, the head of the bank"],
  ["It is gone, according to the ministry, the banks will pay.", "the ministry"],
  ["It is gone, according to two people last week.", "two people"],
])("whom it is according to: %s", (text, expected) => {
  const { items } = frameOf(text);
  const to = items.findIndex(({ text: word }) => word === "to");
  expect(cut(text, items, nounPhraseAfter(items, to + 1))).toBe(expected);
});
