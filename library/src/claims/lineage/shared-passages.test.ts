import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codePoints } from "../code-points.ts";
import { fingerprintsOf, runWordsFound } from "./fingerprints.ts";
import { sharedPassages } from "./shared-passages.ts";
import { wordsOf } from "./words.ts";

const wire =
  "Harbour City — The port's bank said on Monday that thieves had moved about nine million dollars to three accounts " +
  "abroad before anybody noticed. A spokeswoman said that the money was frozen within hours.";
const paper =
  "News in brief. According to a report, “thieves had moved about nine million dollars to three foreign accounts " +
  "abroad before anybody noticed”, and an inquiry has begun.";

describe("passages that two documents share", () => {
  test("are found with their spans, over marks and a changed word", () => {
    const [shared, ...others] = sharedPassages([
      { id: "wire", text: wire },
      { id: "paper", text: paper },
    ]);
    expect(others).toEqual([]);
    expect(shared).toMatchObject({ earlier: "wire", later: "paper" });
    const [passage, ...more] = shared!.passages;
    expect(more).toEqual([]);
    expect(codePoints(wire).slice(passage!.earlier)).toBe(
      "thieves had moved about nine million dollars to three accounts abroad before anybody noticed",
    );
    expect(codePoints(paper).slice(passage!.later)).toBe(
      "thieves had moved about nine million dollars to three foreign accounts abroad before anybody noticed",
    );
    expect(passage!.words).toBe(14);
  });

  test("count code points, whatever stands before them", () => {
    const moved = `💰💰 ${paper}`;
    const [shared] = sharedPassages([
      { id: "wire", text: wire },
      { id: "paper", text: moved },
    ]);
    expect(codePoints(moved).slice(shared!.passages[0]!.later)).toMatch(/^thieves had moved/u);
  });

  test("are not names of offices, however long", () => {
    const name = "the National Coordination Council of the Republic for the Supervision of Banks and Exchanges";
    const texts = [`Yesterday ${name} met in a hall.`, `A letter from ${name} came late.`];
    expect(sharedPassages(texts.map((text, n) => ({ id: `${n}`, text })))).toEqual([]);
  });

  test("of many copies lead to the first and the latest before each, so that work stays linear", () => {
    const copies = Array.from({ length: 100 }, (_, n) => ({ id: `${n}`, text: `Copy ${n}: ${wire}` }));
    const shared = sharedPassages(copies);
    expect(shared.length).toBeLessThan(1000);
    const ofLast = shared.filter(({ later }) => later === "99").map(({ earlier }) => earlier);
    expect(ofLast).toEqual(expect.arrayContaining(["0", "1", "97", "98"]));
  });

  test.each(["", "word", "one two three", "\u202e\u0000", "한국어 문장 하나"])("of %j are none", (text) => {
    expect(
      sharedPassages([
        { id: "a", text },
        { id: "b", text },
      ]),
    ).toEqual([]);
  });
});

/** Slow and obvious: the longest run of equal words that two lists share. */
function longestRun(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let length = 0;
      while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length++;
      longest = Math.max(longest, length);
    }
  }
  return longest;
}

const vocabulary = fc.constantFrom("money", "moved", "bank", "night", "through", "accounts", "abroad", "quietly");
const sentence = fc.array(vocabulary, { minLength: 0, maxLength: 60 });

test("two texts that share a run as long as promised have a fingerprint in common, and a passage", () => {
  fc.assert(
    fc.property(sentence, sentence, (a, b) => {
      const isPromised = longestRun(a, b) >= runWordsFound;
      const prints = [a, b].map((words) => new Set(fingerprintsOf(wordsOf(words.join(" "))).hashes));
      const meet = [...prints[0]!].some((hash) => prints[1]!.has(hash));
      const shared = sharedPassages([a, b].map((words, n) => ({ id: `${n}`, text: words.join(" ") })));
      if (isPromised) expect([meet, shared.length]).toEqual([true, 1]);
      for (const { passages } of shared) {
        for (const passage of passages) expect(passage.words).toBeGreaterThanOrEqual(runWordsFound);
      }
    }),
    { seed: 4, numRuns: 500 },
  );
});

test("every passage is in the same words on both sides, but for its gaps", () => {
  fc.assert(
    fc.property(sentence, sentence, sentence, (before, common, after) => {
      const texts = [[...before, ...common].join(" "), [...common, "and", ...after].join(", ")];
      for (const { passages } of sharedPassages(texts.map((text, n) => ({ id: `${n}`, text })))) {
        for (const { earlier, later, words } of passages) {
          const [x, y] = [codePoints(texts[0]!).slice(earlier), codePoints(texts[1]!).slice(later)].map((text) =>
            text.split(/[ ,]+/u),
          );
          expect(longestCommonSubsequence(x!, y!)).toBeGreaterThanOrEqual(words);
          expect(x![0]).toBe(y![0]);
          expect(x!.at(-1)).toBe(y!.at(-1));
        }
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  const best = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      best[i]![j] = a[i - 1] === b[j - 1] ? best[i - 1]![j - 1]! + 1 : Math.max(best[i - 1]![j]!, best[i]![j - 1]!);
    }
  }
  return best[a.length]![b.length]!;
}
