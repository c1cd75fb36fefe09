import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codePoints } from "../code-points.ts";
import { analysisOf, pairOf } from "./lineage.fixture.ts";
import { traceWording, wordingConfidence } from "./trace-wording.ts";

const told =
  "Thieves opened the vault of the old customs house twice in one night and carried the gold down to the quay before " +
  "the tide turned, while the guards slept in a room that nobody had locked.";
const quoted = "we heard the bells ring twice and thought that the harbour was on fire, so nobody went to look";

describe("an edge", () => {
  test("of text: the same words outside of quotation marks, from the earlier document", () => {
    const [edge, ...others] = traceWording(pairOf(`${told} A clerk was held.`, `From our own staff. ${told}`));
    expect(others).toEqual([]);
    expect(edge).toMatchObject({ from: "earlier", to: "later", basis: "text", directed: true });
    expect(edge!.because).toMatch(/^36 words outside of quotation marks are the same in both: 90 % of what the later/u);
    const { length } = told.slice(0, -1);
    expect(edge!.proof).toEqual([
      { document: "earlier", start: 0, end: length },
      { document: "later", start: 20, end: 20 + length },
    ]);
    expect(edge!.confidence).toBeGreaterThan(0.8);
  });

  test("of quotation: weak, for both may have it from the one who spoke", () => {
    const [edge, ...others] = traceWording(
      pairOf(`“${quoted},” said a fisherman.`, `A man on the quay told the court: "${quoted}."`),
    );
    expect(others).toEqual([]);
    expect(edge).toMatchObject({ basis: "quotation", directed: true });
    expect(edge!.confidence).toBeLessThan(wordingConfidence.quotation.most);
    expect(edge!.because).toBe("Both quote the same 19 words, which shows that these have one origin, and no more.");
  });

  test("of quotation: stronger where the later document quotes what the earlier one prints as its own", () => {
    const [edge] = traceWording(pairOf(told, `The paper wrote: “${told}”`));
    expect(edge).toMatchObject({ basis: "quotation", directed: true });
    expect(edge!.because).toMatch(/later document quotes 36 words that the other prints as its own/u);
    expect(edge!.confidence).toBeGreaterThan(wordingConfidence.quotation.most);
  });

  test("of figures: two in one sentence on both sides", () => {
    const [edge, ...others] = traceWording(
      pairOf(
        "The panel counted 35 robberies in 17 countries. Most were never solved.",
        "Across 17 countries, at least 35 vaults were emptied, it is said. The panel goes on.",
      ),
    );
    expect(others).toEqual([]);
    expect(edge).toMatchObject({ basis: "figure", directed: true });
    expect(edge!.proof).toHaveLength(4);
    expect(edge!.confidence).toBeLessThan(wordingConfidence.quotation.most);
    expect(edge!.because).toBe(
      'Both have the same figures outside of any wording that they share: "17 countries", "35 vaults".',
    );
  });

  test.each([
    ["an exact amount", "The loss came to $81.47 million.", "Some $81.47 million is gone, the court heard.", 1],
    ["an exact count", "It took 1,734 coins.", "In all 1,734 coins were missing.", 1],
    ["the same number of other things", "It took 1,734 coins.", "In all 1,734 people came.", 0],
    ["round money", "The loss came to $80 million.", "Some $80 million is gone, the court heard.", 0],
    ["small counts", "Two men with 3 bags were seen.", "There were 3 bags and two men in the boat.", 0],
    ["years", "It was below 2005 levels.", "Trade fell under 2005 levels.", 0],
  ])("of figures: %s", (_, earlier, later, edges) => {
    expect(traceWording(pairOf(earlier, later))).toHaveLength(edges);
  });

  test("of figures: round money that few of many have", () => {
    const texts = (n: number) => (n % 200 === 7 ? "The loss came to $83 million." : `Number ${n} says nothing of it.`);
    const analyses = Array.from({ length: 400 }, (_, n) => analysisOf({ id: String(n), blocks: [texts(n)] }));
    expect(traceWording(analyses)).toMatchObject([{ from: "7", to: "207", basis: "figure", confidence: 0.14 }]);
    expect(traceWording(analyses.slice(0, 300))).toEqual([]);
  });
});

describe("edges", () => {
  test("of each basis, where a pair has all three; a figure in shared words is no evidence of its own", () => {
    const rest = "The court will hear on Friday of 1,734 coins.";
    const [earlier, later] = [
      `${told} It took 913 bars. “${quoted},” he said.`,
      `“${quoted},” he said. ${told} It took 913 bars.`,
    ];
    const bases = (analyses: ReturnType<typeof pairOf>) => traceWording(analyses).map(({ basis }) => basis);
    expect(bases(pairOf(earlier, later))).toEqual(["text", "quotation"]);
    expect(bases(pairOf(`${earlier} ${rest}`, `Of 1,734 coins nobody knows. ${later}`))).toEqual([
      "text",
      "quotation",
      "figure",
    ]);
  });

  test("are not directed where time does not tell", () => {
    const article = (id: string, published?: string) =>
      analysisOf({ id, blocks: [told], ...(published === undefined ? {} : { published }) });
    const directions = (...analyses: ReturnType<typeof article>[]) =>
      traceWording(analyses).map(({ from, to, directed }) => [from, to, directed]);
    expect(directions(article("a", "2031-05-04"), article("b", "2031-05-04"))).toEqual([["a", "b", false]]);
    expect(directions(article("a"), article("b", "2031-05-04"))).toEqual([["b", "a", false]]);
    expect(directions(article("a"), article("b"))).toEqual([["a", "b", false]]);
    expect(directions(article("a", "2031-05-06"), article("b", "2031-05-04"))).toEqual([["b", "a", true]]);
  });
});

describe("no edge", () => {
  test("leads over what is not the story", () => {
    const beside = (kind: "teaser" | "boilerplate" | "caption" | "byline") =>
      ["a", "b"].map((id) => analysisOf({ id, blocks: [`Nothing but ${id} is told here.`, [kind, told]] }));
    for (const kind of ["teaser", "boilerplate", "caption", "byline"] as const) {
      expect(traceWording(beside(kind))).toEqual([]);
    }
  });

  test("has a proof that runs over a teaser", () => {
    const [first, second] = [told.slice(0, 80), told.slice(81)];
    const parted = analysisOf({ id: "parted", blocks: [first, ["teaser", "Also of interest: six boats"], second] });
    const [edge] = traceWording([parted, analysisOf({ id: "whole", blocks: [told] })]);
    const points = codePoints(parted.document.text);
    const spans = edge!.proof.filter(({ document }) => document === "parted");
    expect(spans.map((span) => points.slice(span))).toEqual([first.trim(), second.slice(0, -1).trim()]);
  });

  test.each(["", "word", "\u202eשלום\u0000", "한국어 문장 하나"])("comes of %j", (text) => {
    expect(traceWording([])).toEqual([]);
    expect(traceWording(["a", "b"].map((id) => analysisOf({ id, blocks: [text], language: "und" })))).toEqual([]);
  });

  test("joins a document with itself", () => {
    const analysis = analysisOf({ id: "a", blocks: [told] });
    expect(traceWording([analysis, analysis])).toEqual([]);
  });
});

test("a language whose statements are not read is compared all the same, quotation marks too", () => {
  const russian = "воры дважды за ночь открыли хранилище старой таможни и унесли золото к причалу до начала прилива";
  const article = (id: string, text: string) => analysisOf({ id, blocks: [text], language: "ru" });
  expect(traceWording([article("a", russian), article("b", `Как сообщалось, ${russian}.`)])).toMatchObject([
    { basis: "text" },
  ]);
  expect(traceWording([article("a", `«${russian}»`), article("b", `Он сказал: «${russian}».`)])).toMatchObject([
    { basis: "quotation" },
  ]);
});

test("many copies have few edges each, and long equal documents one", () => {
  const copies = Array.from({ length: 60 }, (_, n) => analysisOf({ id: String(n), blocks: [told, `Copy ${n}.`] }));
  const edges = traceWording(copies);
  expect(edges.length).toBeLessThanOrEqual(60 * 8);
  expect(edges.filter(({ to }) => to === "59").map(({ from }) => from)).toEqual(expect.arrayContaining(["0", "58"]));
  const long = Array.from({ length: 30_000 }, (_, n) => `w${n % 977}x${n % 31}`).join(" ");
  expect(traceWording(["a", "b"].map((id) => analysisOf({ id, blocks: [long], language: "und" })))).toHaveLength(1);
});

/** Slow and obvious: the longest run of equal words in two lists. */
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

test("a text edge joins all that share a run of eight words, and none that share no three", () => {
  const words = fc.array(fc.constantFrom(..."money moved bank night through vault abroad quietly gold".split(" ")), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(fc.array(words, { minLength: 2, maxLength: 5 }), (texts) => {
      const analyses = texts.map((text, n) => analysisOf({ id: String(n), blocks: [text.join(" ")] }));
      const joined = new Set(traceWording(analyses).map(({ from, to }) => `${from} ${to}`));
      texts.forEach((a, x) => {
        texts.slice(0, x).forEach((b, y) => {
          const run = longestRun(a, b);
          if (run >= 8) expect(joined.has(`${y} ${x}`)).toBe(true);
          if (run < 3) expect(joined.has(`${y} ${x}`)).toBe(false);
        });
      });
    }),
    { seed: 4, numRuns: 200 },
  );
});

test("edges do not hang on the order in which dated documents are given, and prove what they say", () => {
  const parts = fc.array(fc.constantFrom(told, `“${quoted},” he said.`, "It took 913 bars.", "A clerk was held."), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(fc.array(parts, { minLength: 2, maxLength: 4 }), (articles) => {
      const analyses = articles.map((blocks, n) => analysisOf({ id: `${n}`, blocks, published: `2031-05-0${n + 1}` }));
      const edges = traceWording(analyses);
      expect(traceWording([...analyses].reverse())).toEqual(edges);
      const texts = new Map(analyses.map(({ document }) => [document.id, document.text]));
      for (const { from, to, basis, directed, confidence, proof } of edges) {
        expect([directed, from < to]).toEqual([true, true]);
        const { least, most } = { ...wordingConfidence, attribution: { least: 1, most: 0 } }[basis];
        expect(confidence).toBeGreaterThanOrEqual(least);
        expect(confidence).toBeLessThanOrEqual(basis === "quotation" ? wordingConfidence.quotedByTheLater.most : most);
        expect(new Set(proof.map(({ document }) => document))).toEqual(new Set([from, to]));
        for (const { document, start, end } of proof) {
          expect(codePoints(texts.get(document)!).slice({ start, end })).toMatch(/^[\p{L}\p{N}].*[\p{L}\p{N}]$/su);
        }
      }
    }),
    { seed: 4, numRuns: 200 },
  );
});
