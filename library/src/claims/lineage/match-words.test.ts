import fc from "fast-check";
import { expect, test } from "vitest";
import { type Match, matchWords } from "./match-words.ts";

/** Slow and obvious: by every way there is. */
function most(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return 1 + most(restA, restB);
  return Math.max(most(restA, b), most(a, restB));
}

const words = fc.array(fc.constantFrom("the", "money", "was", "gone"), { maxLength: 9 });

test("as many words as can be are matched, in order, each once", () => {
  fc.assert(
    fc.property(words, words, (a, b) => {
      const matches = matchWords(a, b);
      expect(matches.length).toBe(most(a, b));
      expect(matches.every(([x, y]) => a[x] === b[y])).toBe(true);
      const rises = (side: 0 | 1) =>
        matches.every((match, at) => at === 0 || (matches[at - 1] as Match)[side] < match[side]);
      expect([rises(0), rises(1)]).toEqual([true, true]);
    }),
    { seed: 4, numRuns: 500 },
  );
});

test("texts that are too long for it are matched at their ends", () => {
  const [a, b] = ["a", "b"].map((side) => [
    "same",
    ...Array.from({ length: 5000 }, (_, n) => `${side}${n % 7}`),
    "end",
  ]);
  expect(matchWords(a!, b!)).toEqual([
    [0, 0],
    [5001, 5001],
  ]);
});
