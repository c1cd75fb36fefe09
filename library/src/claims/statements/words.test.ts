import fc from "fast-check";
import { expect, test } from "vitest";
import { wordsOf } from "./words.ts";

test("words have tags and stand where they say", () => {
  const text = "Skip. The bank didn’t pay $5m.";
  const words = wordsOf(text, { from: 6, to: text.length });
  expect(words.map(({ text: word, tag }) => `${word}/${tag}`)).toContain("bank/NOUN");
  for (const { from, to, text: word } of words) expect(text.slice(from, to)).toBe(word);
});

test("words rise and lie in any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      let last = 0;
      for (const { from, to, text: word } of wordsOf(text, { from: 0, to: text.length })) {
        expect(from).toBeGreaterThanOrEqual(last);
        expect(text.slice(from, to)).toBe(word);
        last = to;
      }
    }),
    { seed: 4 },
  );
});

test("capitals tell a name from a pronoun", () => {
  const words = wordsOf("The US told us", { from: 0, to: 14 });
  expect(words.map(({ lower, tag }) => `${lower}/${tag}`)).toEqual(["the/DET", "US/PROPN", "told/VERB", "us/PRON"]);
});

test("a stop is no part of a unit", () => {
  const words = wordsOf("It lost $20m.", { from: 0, to: 13 });
  expect(words.slice(-2).map(({ text }) => text)).toEqual(["m", "."]);
});
