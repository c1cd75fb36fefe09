import fc from "fast-check";
import { expect, test } from "vitest";
import { reads, readTokens } from "./tokens.ts";

test("tokens hold all of the text but its spaces, in order", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "É", "7", "$", " ", "\n", "💰", "한", "\u00a0", "\ud83d", ".") });
  fc.assert(
    fc.property(text, (value) => {
      const tokens = readTokens(value);
      expect(tokens.map((token) => token.text).join("")).toBe(value.replace(/[ \n\u00a0]/g, ""));
      for (const { start, end, text: words } of tokens) expect(value.slice(start, end)).toBe(words);
    }),
    { seed: 13 },
  );
});

test("digits, letters and marks part, and gaps tell spaces from lines", () => {
  const tokens = readTokens("US$5m\nup to");
  expect(tokens.map(({ text, gap }) => `${gap}${text}`)).toEqual(["0US", "0$", "05", "0m", "2up", "1to"]);
  expect(reads(tokens, 4, ["up", "to"])).toBe(true);
  expect(reads(tokens, 3, ["m", "up"])).toBe(false);
});
