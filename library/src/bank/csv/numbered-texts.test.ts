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

test("many texts whose hashes are made to be the same are told apart all the same", () => {
  // Found by counting: the low ten bits of their hashes are equal.
  const hashOf = (text: string) => {
    let hash = 0x811c9dc5;
    for (const one of text) hash = Math.imul(hash ^ one.charCodeAt(0), 0x01000193);
    return (hash ^ (hash >>> 15)) & 0xffff;
  };
  const alike = Array.from({ length: 3_000_000 }, (_, n) => `x${n}`).filter((text) => hashOf(text) === 7);
  const numbered = new NumberedTexts();
  const others = Array.from({ length: 5000 }, (_, n) => `y${n}`);
  for (const text of [...alike, ...others]) numbered.add(text);
  [...alike, ...others].forEach((text, number) => {
    expect(numbered.find(text)).toBe(number);
  });
  expect(alike.length).toBeGreaterThan(20);
});
