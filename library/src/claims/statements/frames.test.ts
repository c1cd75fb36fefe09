import { expect, test } from "vitest";
import { framesOf } from "./frames.fixture.ts";
import { findFrames, sentenceUnitsMax } from "./frames.ts";

const shown = (text: string) =>
  framesOf(text).map(({ items }) => items.map(({ tag, text: word }) => (tag === "QUOTE" ? "Q" : word)).join(" "));

test("a quotation that stands for itself is one item, however many sentences it holds", () => {
  expect(shown("“We lost it. We shall pay,” Ana Cole said.")).toEqual(["Q Ana Cole said ."]);
});

test("a word or two within the writer's sentence are words of it, and marked as quoted", () => {
  const [frame] = framesOf("The bank called the report “deeply unfair” on Monday.");
  expect(frame?.items.filter(({ quoted }) => quoted).map(({ text }) => text)).toEqual(["deeply", "unfair"]);
});

test("a question that is quoted goes on to its speaker, and ends before a new sentence", () => {
  expect(shown("“Who paid?” Miller asked. He left.")).toEqual(["Q Miller asked .", "He left ."]);
  expect(shown("“Who paid for it?” The room was silent.")).toEqual(["Q", "The room was silent ."]);
});

test("within a sentence a capital makes a name of what could be a verb", () => {
  const [frame] = framesOf("The money was gone, the Harbour Herald reported.");
  expect(frame?.items.find(({ text }) => text === "Herald")?.tag).toBe("PROPN");
});

test("a sentence that is longer than any is not read, and named", () => {
  const text = "word ".repeat(sentenceUnitsMax / 5 + 1);
  const { frames, unread } = findFrames(text, [{ from: 0, to: text.length }], []);
  expect([frames.length, unread]).toEqual([0, [{ from: 0, to: text.length - 1 }]]);
});
