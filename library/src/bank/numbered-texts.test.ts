import fc from "fast-check";
import { expect, test } from "vitest";
import { NumberedTexts } from "./numbered-texts.ts";

test("texts have the numbers that a map would have for them", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "é", "\u{1f600}"), maxLength: 6 }), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(texts, (all) => {
      const numbered = new NumberedTexts();
      const map = new Map<string, number>();
      for (const text of all) {
        expect(numbered.find(text)).toBe(map.get(text) ?? -1);
        if (!map.has(text)) map.set(text, numbered.add(text));
      }
      expect(numbered.count).toBe(map.size);
    }),
  );
});

test("texts whose hashes are the same are told apart", () => {
  // Two such pairs, found by trying texts one after the other, among others.
  const texts = ["pgatkmv", "blxgyvl", "eetktuo", "rjyfgvt", "another"];
  const numbered = new NumberedTexts();
  expect(texts.map((text) => numbered.add(text))).toEqual(texts.map((_, n) => n));
  expect(texts.map((text) => numbered.find(text))).toEqual(texts.map((_, n) => n));
});
