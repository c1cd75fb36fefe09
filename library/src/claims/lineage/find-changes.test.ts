import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codePoints } from "../code-points.ts";
import { findChanges } from "./find-changes.ts";
import { analysisOf, pairOf } from "./lineage.fixture.ts";

/** What changed, in a line each. */
const told = (earlier: string, later: string): string[] =>
  findChanges(pairOf(earlier, later)).map(({ kind, from, to }) => `${kind}: ${from.text} > ${to.text}`);

/** A sentence with something else in its middle. */
const theft = (amount: string): string =>
  `The auditors found that thieves had taken ${amount} from the harbour bank during one night.`;
const clerk = (deed: string): string => `The clerk ${deed} the vault twice and carried the money down to the quay.`;
const moved = (by: string): string => `The money was moved at night by ${by} to three accounts that nobody watched.`;
const said = (words: string): string => `The cashier spoke after the hearing. ${words}`;

describe("along a passage that two documents share", () => {
  test.each([
    [theft("up to nine million crowns"), theft("more than nine million crowns"), "hedge turned"],
    [theft("up to nine million crowns"), theft("nine million crowns"), "hedge lost"],
    [theft("nine million crowns"), theft("about nine million crowns"), "hedge added"],
    [theft("nine million crowns"), theft("ninety million crowns"), "number altered"],
    [theft("at least 35 bars of gold"), theft("36 bars of gold"), "number altered"],
    [`The report, seen by us, says: ${theft("35 bars of gold")}`, theft("53 bars of gold"), "number altered"],
    [moved("Anton Holm, 34,"), moved("Anton Holm, 43,"), "number altered"],
    [clerk("allegedly opened"), clerk("opened"), "hedge lost"],
    [clerk("opened"), clerk("may have opened"), "hedge added"],
    [`Reportedly, ${clerk("opened")}`, clerk("opened"), "hedge lost"],
    [clerk("is likely to have opened"), clerk("is unlikely to have opened"), "hedge turned"],
    [moved("a clerk of Harbour Trust"), moved("a clerk of Northern Mutual"), "name altered"],
    [moved("Ana Kolar"), moved("Ida Kolar"), "name altered"],
    [moved("Inspector Reed"), moved("Inspector Reid"), "name altered"],
  ])("%s … %s … %s", (earlier, later, kind) => {
    expect(told(earlier, later).map((line) => line.split(":")[0])).toEqual([kind]);
  });

  test("a change names its words on both sides, and the place where they are missing", () => {
    const [change] = findChanges(pairOf(clerk("allegedly opened"), clerk("opened")));
    expect(change).toEqual({
      kind: "hedge lost",
      from: { document: "earlier", start: 10, end: 19, text: "allegedly" },
      to: { document: "later", start: 9, end: 9, text: "" },
    });
    expect(told(moved("Ana Kolar"), moved("Ida Kolar"))).toEqual(["name altered: Ana Kolar > Ida Kolar"]);
  });

  test.each([
    [theft("$9 million"), theft("$9m").replace("harbour", "harbor")],
    [theft("nine million dollars"), theft("$9 million")],
    [theft("1,000 gold coins"), theft("1000 gold coins")],
    [theft("12 per cent of its gold"), theft("12% of its gold")],
    [moved("Ana Kolar"), moved("Ana Kolár")],
    [moved("Ana Kolar"), moved("Ms. Kolar")],
    [moved("Kim Jong-un"), moved("KIM JONG UN")],
    [moved("the United Port Council"), moved("the UPC")],
    [moved("U.S. clerks"), moved("American clerks")],
    [moved("clerks from Russia"), moved("Russian clerks")],
    [clerk("allegedly opened"), clerk("is alleged to have opened")],
    // Of two things: the sentences have little but a form of words in common.
    [
      "Shares of Velde Bank fell 3 percent to 14.5 crowns on Monday after the bank said profits were down.",
      "Shares of Holm Line fell 12 percent to 88.1 crowns on Friday after the bank said profits were down.",
    ],
  ])("nothing changed: %s … %s", (earlier, later) => {
    expect(told(earlier, later)).toEqual([]);
  });

  test("reports of two events in one form of words are not compared", () => {
    const report = (bank: string, amount: string) =>
      `On the night in question ${bank} was robbed. ` +
      `Investigators do not know who it was that robbed ${bank} of gold. ` +
      `The identity of the thieves who opened the vault at ${bank} is still unknown. ` +
      `The loss was estimated at ${amount} by those who keep the books. Everything else is guessed.`;
    const reports = [
      report("Velde", "$4 million"),
      `${report("Holm", "$9 million")} ${"Nobody saw it happen. ".repeat(60)}`,
    ];
    expect(told(reports[0]!, reports[1]!)).toEqual([]);
    expect(told(reports[0]!, reports[0]!.replace("$4 million", "$9 million"))).toEqual([
      "number altered: estimated at $4 million > estimated at $9 million",
    ]);
  });
});

describe("quotations of the same words", () => {
  const words = "We moved the money at night to three accounts that nobody in the office watched";
  const whole = said(`“${words}, and we would do it again,” she said.`);

  test.each([
    ["its end", said(`“${words},” she said.`), ["quotation cut: and we would do it again > "]],
    ["its beginning", said(`She said they had “${whole.slice(whole.indexOf("moved"))}`), ["quotation cut: We > "]],
    [
      "words for an ellipsis",
      said(
        "“We moved the money at night to three accounts that nobody … watched, and we would do it again,” she said.",
      ),
      ["quotation cut: in the office > "],
    ],
  ])("are cut: %s", (_, cut, lines) => {
    expect(told(whole, cut)).toEqual(lines);
    // Whichever came first: the words are missing in the one that cut them.
    expect(told(cut, whole)).toEqual(lines);
  });

  test.each([
    ["a word put in", words.replace("three", "three hidden"), ["quotation altered:  > hidden"]],
    ["a word left out", words.replace("in the office ", ""), ["quotation altered: in the office > "]],
    ["another word", words.replace("night", "noon"), ["quotation altered: night > noon"]],
    ["another word at its end", words.replace("watched", "guarded"), ["quotation altered: watched > guarded"]],
  ])("are altered: %s", (_, others, lines) => {
    expect(told(said(`“${words},” she said.`), said(`“${others},” she said.`))).toEqual(lines);
  });

  test.each([
    ["an attribution breaks it", said(`“${words},” she said, “and we would do it again.”`)],
    ["other marks", said(`"${words}, and we would do it again", she said.`)],
    ["single marks and lines", said(`‘${words.replaceAll(" ", "\n")}, and we would do it again’, she said.`)],
    ["dashes", said(`“${words} — and we would do it again,” she said.`)],
    ["an ellipsis without words", said(`“${words}… and we would do it again…” she said.`)],
    ["a number in figures", said(`“${words.replace("three", "3")}, and we would do it again,” she said.`)],
    ["an insertion", said(`“${words.replace("We", "We [the cashiers]")}, and we would do it again,” she said.`)],
    ["a replacement", said(`“${words.replace("We", "[They]")}, and we would do it again,” she said.`)],
    ["a replacement within", said(`“${words.replace("the money", "[it]")}, and we would do it again,” she said.`)],
  ])("are the same: %s", (_, other) => {
    expect(told(whole, other)).toEqual([]);
    expect(told(other, whole)).toEqual([]);
  });

  test("without times, the wording that most documents have is taken for the one that was altered", () => {
    const undated = (id: string, quoted: string) => analysisOf({ id, blocks: [said(`“${quoted},” she said.`)] });
    const altered = words.replace("night", "noon");
    const analyses = [undated("odd", altered), undated("a", words), undated("b", words), undated("c", words)];
    expect(findChanges(analyses)).toMatchObject([
      { kind: "quotation altered", from: { text: "night" }, to: { document: "odd", text: "noon" } },
    ]);
  });
});

test("a document has not changed against itself, or against its copy in other typography", () => {
  const sentences = fc.shuffledSubarray(
    [
      theft("up to nine million crowns"),
      clerk("allegedly opened"),
      moved("a clerk of Harbour Trust"),
      "“We moved it to three accounts – not four – that nobody watched, and we would do it again,” she said.",
      "Some 40 people, the mayor’s office said, had “heard the bells ring twice” before the tide went out.",
    ],
    { minLength: 1 },
  );
  const noise = fc.constantFrom<readonly [RegExp, string]>(
    [/[“”]/gu, '"'],
    [/’/gu, "'"],
    [/ – /gu, " — "],
    [/ – /gu, " - "],
    [/ /gu, "\n"],
    [/ /gu, "\u00a0"],
    [/harbour/gu, "harbor"],
    [/\.$/gu, "…"],
  );
  fc.assert(
    fc.property(sentences, fc.array(noise, { maxLength: 4 }), (chosen, noises) => {
      const text = chosen.join(" ");
      const other = noises.reduce((noisy, [from, to]) => noisy.replace(from, to), text);
      expect(told(text, other)).toEqual([]);
    }),
    { seed: 4, numRuns: 200 },
  );
});

test("every place is in the words of its document", () => {
  const one = fc.array(
    fc.constantFrom(
      "up to",
      "nine",
      "40",
      "banks",
      "allegedly",
      "“",
      "”",
      "[it]",
      "…",
      "Velde",
      "moved",
      "money",
      "💰",
      ".",
    ),
    { minLength: 10, maxLength: 60 },
  );
  fc.assert(
    fc.property(one, one, one, (common, a, b) => {
      const analyses = pairOf([...common, ...a, ...common].join(" "), [...common, ...b, ...common].join(" "));
      const texts = new Map(analyses.map(({ document }) => [document.id, codePoints(document.text)]));
      for (const { from, to } of findChanges(analyses)) {
        for (const place of [from, to]) expect(texts.get(place.document)!.slice(place)).toBe(place.text);
        expect([from.text, to.text]).not.toEqual(["", ""]);
      }
    }),
    { seed: 4, numRuns: 300 },
  );
});

test.each([[[]], [["", ""]], [["한국어 문장 하나", "한국어 문장 하나"]], [["\u202eשלום עולם", "\u202eשלום עולם"]]])(
  "%j have no changes",
  (texts) => {
    const analyses = texts.map((text, at) => analysisOf({ id: String(at), blocks: [text], language: "und" }));
    expect(findChanges(analyses)).toEqual([]);
  },
);
