import fc from "fast-check";
import { expect, test } from "vitest";
import { findQuotations, type Stretch } from "./quotations.ts";

function paragraphsOf(text: string): Stretch[] {
  let from = 0;
  return text.split("\n").map((line) => {
    const paragraph = { from, to: from + line.length };
    from += line.length + 1;
    return paragraph;
  });
}

function quoted(text: string): string[] {
  return findQuotations(text, paragraphsOf(text)).map(({ parts, within }) => {
    const words = parts.map(({ from, to }) => text.slice(from, to)).join(" / ");
    return within === null ? words : `(${words})`;
  });
}

test.each([
  ["curly", "“We paid,” she said.", ["We paid,"]],
  ["straight", 'She said: "We paid." "Twice."', ["We paid.", "Twice."]],
  ["two apostrophes for a mark", "''We paid,'' she said.", ["We paid,"]],
  ["guillemets", "Elle a dit : «Nous avons payé.»", ["Nous avons payé."]],
  ["single, as in British print", "‘We don’t pay,’ she said.", ["We don’t pay,"]],
  ["nested", "“He told us ‘never again’ and left,” she said.", ["He told us ‘never again’ and left,", "(never again)"]],
  [
    "nested straight",
    "\"He told us 'never again' and left,\" she said.",
    ["He told us 'never again' and left,", "(never again)"],
  ],
  ["broken by who speaks", "“We paid,” she said, “and left.”", ["We paid,", "and left."]],
  ["over paragraphs", "“We paid.\n“We left.\n“We lost,” she said.", ["We paid. / We left. / We lost,"]],
  ["an apostrophe is no mark", "The bank’s clients’ money isn't there.", []],
  ["an inch is no mark", 'A 6" pipe and a 9" pipe.', []],
  ["a stray mark quotes nothing", "“We paid.\nShe left.", []],
  ["a stray mark takes nothing from the next", "“We paid and “we left,” she said.", ["we left,"]],
  ["nothing between marks", 'He wrote "" and “”.', []],
])("%s", (_name, text, expected) => {
  expect(quoted(text)).toEqual(expected);
});

test("quotations lie in their paragraphs, in order, and within one another or apart", () => {
  const text = fc.string({ unit: fc.constantFrom('"', "“", "”", "'", "‘", "’", "«", "»", "a", " ", ".", "\n", "💰") });
  fc.assert(
    fc.property(text, (value) => {
      const paragraphs = paragraphsOf(value);
      const found = findQuotations(value, paragraphs);
      for (const { parts, within } of found) {
        expect(within === null || found.includes(within)).toBe(true);
        for (const part of parts) {
          expect(part.from).toBeLessThanOrEqual(part.to);
          expect(paragraphs.some(({ from, to }) => from <= part.from && part.to <= to)).toBe(true);
        }
      }
      const outer = found.filter(({ within }) => within === null).flatMap(({ parts }) => parts);
      for (const [index, part] of outer.entries()) {
        if (index > 0) expect(part.from).toBeGreaterThanOrEqual((outer[index - 1] as Stretch).to);
      }
    }),
    { seed: 4, numRuns: 500 },
  );
});
