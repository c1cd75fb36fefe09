import fc from "fast-check";
import { expect, test } from "vitest";
import { codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import { readStatements } from "./read-statements.ts";
import type { StatementsOfText } from "./statement.ts";
import { linesOf, statementsIn } from "./statements.fixture.ts";

const article = [
  "Arden’s port authority denied on Monday that its clerks took part in the theft of up to 40 " + "million crowns.",
  "A report by the audit chamber, seen by the Harbour Herald, said that “at least nine clerks” had " +
    "opened the vault. The report named none of them.",
  "“We found the doors open,” said Ana Cole, the chamber’s chief auditor. “Nobody could say why.”",
  "Cole added that the cameras allegedly failed twice. She said the tapes were gone.",
  "“These are baseless rumours,” the authority said in a statement carried by the Arden News " + "Agency.",
  "A spokesman for the mayor declined to comment. Two councillors called on the governor to " + "resign.",
].join("\n");

test("an article: who says what, with which act, on whose word", () => {
  const shown = statementsIn(article).map(({ who, means, act, form, what }) => [
    who,
    means,
    act,
    form,
    what.join(" … "),
  ]);
  expect(shown).toEqual([
    [
      "Arden’s port authority",
      null,
      "denies",
      "indirect",
      "its clerks took part in the theft of up to 40 million crowns",
    ],
    [
      "A report by the audit chamber, seen by the Harbour Herald",
      null,
      "states",
      "indirect",
      "“at least nine clerks” had opened the vault",
    ],
    [
      "Ana Cole, the chamber’s chief auditor",
      null,
      "states",
      "direct",
      "We found the doors open, … Nobody could say why.",
    ],
    ["Cole", "Ana Cole", "states", "indirect", "the cameras allegedly failed twice"],
    ["She", "Ana Cole", "states", "indirect", "the tapes were gone"],
    ["the authority", null, "denies", "direct", "These are baseless rumours,"],
    ["A spokesman for the mayor", null, "declines to comment", "indirect", ""],
    ["Two councillors", null, "calls on", "indirect", "the governor to resign"],
  ]);
});

test("hedges, passages and what is denied keep their words", () => {
  const [denial, report, , added, , statement] = statementsIn(article);
  expect(denial?.denied).toEqual(["its clerks took part in the theft of up to 40 million crowns"]);
  expect(denial?.words).toEqual(["hedge: up to"]);
  expect(report?.words).toEqual(["hedge: at least"]);
  expect(report?.via).toEqual(["seen by the Harbour Herald"]);
  expect(added?.words).toEqual(["hedge: allegedly"]);
  expect(statement?.via).toEqual(["carried by the Arden News Agency"]);
});

/** What has to hold of anything that is found in a text. */
function complaints(text: string, paragraphs: readonly Span[], found: StatementsOfText): string[] {
  const wrong: string[] = [];
  const inside = ({ start, end }: Span) => 0 <= start && start <= end && end <= codePoints(text).length;
  const inParagraph = (span: Span) => paragraphs.some(({ start, end }) => start <= span.start && span.end <= end);
  const spans = found.statements.flatMap(({ span, source, cue, content, denied, qualifiers, passages }) => [
    span,
    cue,
    ...content,
    ...denied,
    ...qualifiers.map((one) => one.span),
    ...passages.flatMap((one) => [one.cue, one.party]),
    ...(source === null ? [] : [source.span]),
  ]);
  if (!spans.every(inside)) wrong.push("a span lies outside of the text");
  if (![...found.sentences, ...found.quotations.flatMap((one) => one.spans)].every(inParagraph)) {
    wrong.push("a sentence or a quotation lies outside of the paragraphs");
  }
  for (const { span, content, cue, denied } of found.statements) {
    if (![cue, ...content].every(({ start, end }) => span.start <= start && end <= span.end))
      wrong.push("a part lies outside");
    if (!denied.every((one) => content.some(({ start, end }) => start <= one.start && one.end <= end))) {
      wrong.push("what is denied is not said");
    }
  }
  const words = found.sentences.map(({ start, end }) => codePoints(text).slice({ start, end })).join("");
  const all = paragraphs.map((one) => codePoints(text).slice(one)).join("");
  if (words.replace(/\s/g, "") !== all.replace(/\s/g, "")) wrong.push("the sentences are not the text");
  return wrong;
}

const pieces = [
  ...article.split(/(?<=\s)/),
  "“",
  "”",
  '"',
  "''",
  "‘",
  "said ",
  "he ",
  "denied ",
  "that ",
  ", ",
  ": ",
  "\n",
  "💰",
  "한국 ",
  "اللص ",
];

test("whatever the text, spans lie in it and sentences are all of it", () => {
  const mutated = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string({ unit: "binary", maxLength: 200 })), (text) => {
      const paragraphs = linesOf(text);
      const found = readStatements(text, paragraphs);
      expect(complaints(text, paragraphs, found)).toEqual([]);
      expect(readStatements(text, paragraphs)).toEqual(found);
    }),
    { seed: 4, numRuns: 200 },
  );
});

test("canary: the property sees a span in UTF-16 units, and a sentence that is lost", () => {
  const text = "💰💰 He said the vault was empty.";
  const paragraphs = linesOf(text);
  const found = readStatements(text, paragraphs);
  const shift = ({ start, end }: Span) => ({ start: start + 2, end: end + 2 });
  const broken = { ...found, statements: found.statements.map((one) => ({ ...one, content: one.content.map(shift) })) };
  expect(found.statements).toHaveLength(1);
  expect(complaints(text, paragraphs, broken)).not.toEqual([]);
  expect(complaints(text, paragraphs, { ...found, sentences: [] })).not.toEqual([]);
});

test("text before and after does not move what is found", () => {
  const alone = statementsIn("Ana Cole said the vault was empty.");
  expect(statementsIn("💰💰\nAna Cole said the vault was empty.\n한국어")).toEqual(alone);
});

test.each([
  ["nothing", ""],
  ["white space", " \n\t\n "],
  ["Korean", "은행은 “돈이 사라졌다”고 말했다."],
  ["Russian", "Банк сообщил: «Деньги исчезли»."],
  ["Arabic", "قال البنك: «اختفت الأموال»."],
  ["Hebrew", 'הבנק אמר: "הכסף נעלם".'],
])("a text that is not read gives no statements: %s", (_name, text) => {
  expect(statementsIn(text)).toEqual([]);
});

// A square of a million would not end within the test's time.
test.each([
  ["straight marks", '"'],
  ["opening marks", "“"],
  ["apostrophes", "'"],
  ["full stops", "."],
  ["marks after stops", '."'],
  ["pairs", "“a” "],
  ["cues", "said "],
  ["commas", "said, "],
])(
  "a megabyte of %s",
  (_name, piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    const found = readStatements(text, [{ start: 0, end: text.length }]);
    expect(found.statements).toEqual([]);
    expect(found.unread).toHaveLength(1);
  },
  20_000,
);

test("a paragraph outside of the text, or out of order, is a bug of the caller", () => {
  expect(() => readStatements("abc", [{ start: 0, end: 4 }])).toThrow(RangeError);
  expect(() =>
    readStatements("abc", [
      { start: 1, end: 2 },
      { start: 0, end: 1 },
    ]),
  ).toThrow(RangeError);
});

test("a sentence that ends in a quotation is told, with what stands before the mark", () => {
  const text = "The bank “moved the money to hide its losses,” the auditor said.";
  const [statement] = readStatements(text, [{ start: 0, end: text.length }]).statements;
  expect(statement?.form).toBe("indirect");
  expect(statement?.content.map(({ start, end }) => text.slice(start, end))).toEqual([
    "The bank “moved the money to hide its losses,”",
  ]);
});
