import fc from "fast-check";
import { expect, test } from "vitest";
import { codePoints } from "../claims/code-points.ts";
import { type Mark, markText } from "./claims-report-marks.ts";
import { html } from "./html.ts";
import { readMarkup, resolveEntities } from "./markup.fixture.ts";

const far = 10_000;
const mark = (start: number, end: number, more: Partial<Mark> = {}): Mark => {
  return { start, end, id: `m${start}-${end}`, kind: "said", after: null, ...more };
};
const marked = (text: string, marks: readonly Mark[], stretch = { start: 0, end: codePoints(text).length }) =>
  String(markText(codePoints(text), stretch, marks, far));

test("a mark stands around its words, with its way back behind the last of them", () => {
  const after = html`<sup>1</sup>`;
  expect(marked("one two three", [mark(4, 7, { after })])).toBe(
    'one <mark class="said" id="m4-7">two<sup>1</sup></mark> three',
  );
});

test("a mark inside of another stands inside of it", () => {
  expect(marked("one two three", [mark(4, 7, { kind: "figure" }), mark(0, 13)])).toBe(
    '<mark class="said" id="m0-13">one <mark class="figure" id="m4-7">two</mark> three</mark>',
  );
});

test("of two that overlap, the longer one goes on around the other, whose id stands once", () => {
  expect(marked("abcdef", [mark(0, 4), mark(2, 6)])).toBe(
    '<mark class="said" id="m0-4">ab<mark class="said" id="m2-6">cd</mark></mark><mark class="said">ef</mark>',
  );
});

test("offsets count code points, and an empty mark is a place between two", () => {
  expect(marked("🏦🏦 bank", [mark(1, 2), mark(3, 7), mark(3, 3)])).toBe(
    '🏦<mark class="said" id="m1-2">🏦</mark> <mark class="gap" id="m3-3"></mark>' +
      '<mark class="said" id="m3-7">bank</mark>',
  );
});

test("a mark that began before goes on without its id, and one that goes on ends without its way back", () => {
  const after = html`<sup>1</sup>`;
  expect(marked("one two three", [mark(0, 7, { after }), mark(8, 20, { after })], { start: 4, end: 13 })).toBe(
    '<mark class="said">two<sup>1</sup></mark> <mark class="said" id="m8-20">three</mark>',
  );
});

test("what is marked is text, whatever it says", () => {
  expect(marked("<b>&</b>", [mark(1, 5)])).toBe('&lt;<mark class="said" id="m1-5">b&gt;&amp;&lt;</mark>/b&gt;');
});

test("a long stretch without a mark is shortened in its middle, and says by how much", () => {
  const text = `${"a".repeat(5000)}b${"c".repeat(500)}`;
  const shown = String(markText(codePoints(text), { start: 0, end: 5501 }, [mark(5000, 5001)], 1000));
  expect(shown).toContain(`${"a".repeat(500)} <span`);
  expect(shown).toContain("[4,000 characters in which nothing is marked are left out here]");
  expect(shown).toContain(`">b</mark>${"c".repeat(500)}`);
});

/** The characters of marked text, each with the classes of the marks around it, and where each id begins. */
function readMarked(markup: string) {
  const covered: string[][] = [];
  const starts = new Map<string, number>();
  const open: string[] = [];
  let text = "";
  for (const [, tag, close, words] of markup.matchAll(/<mark ([^>]*)>|(<\/mark>)|([^<]+)/gu)) {
    if (close !== undefined) open.pop();
    else if (tag !== undefined) {
      open.push(/class="(\w+)"/u.exec(tag)![1]!);
      const id = /id="([^"]+)"/u.exec(tag)?.[1];
      if (id !== undefined && starts.has(id)) throw new RangeError(`${id} twice`);
      if (id !== undefined) starts.set(id, Array.from(text).length);
    } else {
      const plain = resolveEntities(words!);
      text += plain;
      for (const _ of plain) covered.push([...open].sort());
    }
  }
  return { text, covered, starts };
}

test("any marks: the text stays, every character is in the marks that hold it, every id at its start", () => {
  const kinds = ["said", "figure", "proof"] as const;
  const character = fc.constantFrom("a", "b", " ", "<", "&", '"', "🏦", "א", "한", "я", "中");
  const spans = fc.uniqueArray(fc.tuple(fc.nat(40), fc.nat(12), fc.nat(2)), {
    maxLength: 14,
    selector: ([start, length]) => `${start} ${length}`,
  });
  fc.assert(
    fc.property(fc.array(character, { minLength: 41, maxLength: 60 }), spans, (characters, drawn) => {
      const text = characters.join("");
      const end = characters.length;
      const marks = drawn.map(([start, length, kind]) =>
        mark(start, Math.min(end, start + length), { kind: kinds[kind]!, id: `m${start}-${length}` }),
      );
      const markup = marked(text, marks);
      readMarkup(markup);
      const read = readMarked(markup);
      expect(read.text).toBe(text);
      characters.forEach((_, at) => {
        const around = marks.filter((one) => one.start <= at && at < one.end).map(({ kind }) => kind);
        expect(read.covered[at]).toEqual(around.sort());
      });
      for (const one of marks) expect(read.starts.get(one.id)).toBe(one.start);
    }),
    { numRuns: 300, seed: 20_210_304 },
  );
});
