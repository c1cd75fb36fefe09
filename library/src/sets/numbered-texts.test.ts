import fc from "fast-check";
import { expect, test } from "vitest";
import { hashText } from "./hash-text.ts";
import { NumberedTexts } from "./numbered-texts.ts";

test("texts have the numbers that a map would have for them", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "é", "\u{1f600}"), maxLength: 8 }), {
    maxLength: 3000,
    size: "max",
  });
  fc.assert(
    fc.property(texts, (all) => {
      const numbered = new NumberedTexts();
      const map = new Map<string, number>();
      for (const text of all) {
        expect(numbered.find(text)).toBe(map.get(text) ?? -1);
        if (!map.has(text)) map.set(text, map.size);
        expect(numbered.give(text)).toBe(map.get(text));
      }
      expect(numbered.texts).toEqual([...map.keys()]);
      for (const [text, number] of map) expect(numbered.find(text)).toBe(number);
    }),
    { numRuns: 30 },
  );
});

test("texts made to have one hash are told apart, however many they are", () => {
  // Two ends that have one hash after one text have one after each text of that text's hash (Joux, 2004).
  let texts = ["7yzx", "e6ad"];
  for (let ends = 0; ends < 6; ends++) texts = texts.flatMap((text) => [`${text}33zx`, `${text}epad`]);
  expect(new Set(texts.map(hashText)).size).toBe(1);
  const numbered = new NumberedTexts();
  expect(texts.map((text) => numbered.give(text))).toEqual(texts.map((_, n) => n));
  expect(texts.map((text) => numbered.find(text))).toEqual(texts.map((_, n) => n));
  expect(numbered.find(`${texts[0]}!`)).toBe(-1);
});
