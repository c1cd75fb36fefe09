import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeHtml, hasUnseen, shellWord, shorten, visibleText } from "./text-safety.ts";

const text = fc.string({ unit: "binary", maxLength: 60 });

test.each([
  ["plain text, déjà vu, Биржа, 取引所 €", "plain text, déjà vu, Биржа, 取引所 €"],
  ["\u001b[31mred\u001b[0m", "␛[31mred␛[0m"],
  ["a\u0000b\u0007c\td\r\ne\u007f", "a␀b␇c␉d␍␊e␡"],
  ["\u0085\u009b31m", "⟨U+0085⟩⟨U+009B⟩31m"],
  ["invoice\u202efdp.exe", "invoice⟨U+202E⟩fdp.exe"],
  ["\u2066left\u2069\u200f", "⟨U+2066⟩left⟨U+2069⟩⟨U+200F⟩"],
  ["Exch\u200bange\u200d\ufeff", "Exch⟨U+200B⟩ange⟨U+200D⟩⟨U+FEFF⟩"],
  ["soft\u00adhyphen\u034f", "soft⟨U+00AD⟩hyphen⟨U+034F⟩"],
  ["a\ufe0f\u{e0041}\u{e0100}", "a⟨U+FE0F⟩⟨U+E0041⟩⟨U+E0100⟩"],
  ["\u2028\u2029\u3164\u2800", "⟨U+2028⟩⟨U+2029⟩⟨U+3164⟩⟨U+2800⟩"],
  ["half \ud83d pair, private \ue000", "half ⟨U+D83D⟩ pair, private ⟨U+E000⟩"],
  ["e\u0301", "e\u0301"],
  [`z${"\u0336".repeat(6)}`, `z${"\u0336".repeat(4)}⟨U+0336⟩⟨U+0336⟩`],
])("%j is shown as %j", (given, shown) => {
  expect(visibleText(given)).toBe(shown);
  expect(hasUnseen(given)).toBe(given !== shown);
});

test("what is shown has nothing unseen left, is one line, and stays as it is", () => {
  fc.assert(
    fc.property(text, (given) => {
      const shown = visibleText(given);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      expect(visibleText(shown)).toBe(shown);
    }),
  );
});

test("escaped text holds no markup and comes back", () => {
  expect(escapeHtml(`<img src=x onerror="a('b')">&amp;`)).toBe(
    "&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;amp;",
  );
  fc.assert(
    fc.property(text, (given) => {
      const escaped = escapeHtml(given);
      expect(escaped).not.toMatch(/[<>"']/u);
      const back = escaped
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&amp;", "&");
      expect(back).toBe(visibleText(given));
    }),
  );
});

test("a shortened text keeps both ends and its bound, and never half a character", () => {
  expect(shorten("abcdefghij", 10)).toBe("abcdefghij");
  expect(shorten("abcdefghijk", 10)).toBe("abcdef…ijk");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 2, max: 30 }), (given, max) => {
      const short = shorten(given, max);
      expect(Array.from(short).length).toBeLessThanOrEqual(max);
      expect(short).not.toMatch(/\p{Cs}/u);
    }),
  );
});

const hasBash = spawnSync("bash", ["-c", "true"]).status === 0;

test.skipIf(!hasBash)("a shell reads every word back as it was (skipped where there is no bash)", () => {
  const words = fc.sample(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).map((word) => word.replaceAll("\0", "")),
    { numRuns: 200, seed: 20 },
  );
  words.push("", "a b", "it's", "$(touch x)", "`x`", "\u202e", "\u001b[2J", "a\nb\\'c\u200b5", "-n", "~", "*");
  const command = `printf '%s\\0' ${words.map(shellWord).join(" ")}`;
  expect(visibleText(command)).toBe(command);
  const printed = execFileSync("bash", ["-c", command], { encoding: "utf8" });
  expect(printed.split("\0").slice(0, -1)).toEqual(words);
});
