import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseBlock } from "./normalise-block.ts";

test.each([
  ["white space of all kinds is one space", " a\u00a0\t b\r\nc\u2003d ", "a b c d"],
  ["marks of direction and zero-width spaces go", "a\u202eb\u200bc\ufeff", "abc"],
  ["joiners that words need stay", "می\u200cخواهم", "می\u200cخواهم"],
  ["composed form", "e\u0301", "é"],
  ["a lone surrogate is a replacement character", "a\ud83d", "a\ufffd"],
  ["controls go", "a\u0000\u0007b", "ab"],
])("%s", (_, given, kept) => {
  expect(normaliseBlock(given)).toBe(kept);
});

test("twice is once", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(" ", "\u200b", "\u0301", "\ud83d", "\u00ad", "\u1100", "\u1161", "\n"),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const once = normaliseBlock(pieces.join(""));
      expect(normaliseBlock(once)).toBe(once);
      expect(once).not.toMatch(/\s{2}|^\s|\s$|[\ud800-\udfff](?![\udc00-\udfff])(?<![\ud800-\udbff].)/u);
    }),
    { seed: 11 },
  );
});
