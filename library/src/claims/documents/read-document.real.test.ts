import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codePoints } from "../code-points.ts";
import { readDocument } from "./read-document.ts";

const seeds = join(import.meta.dirname, "../../../../../shared/seeds");

/** Five real reports as plain text, some with what stood around them on the page. */
describe.skipIf(!existsSync(seeds))("five reports of one story (../shared/seeds)", () => {
  const names = existsSync(seeds) ? readdirSync(seeds).sort() : [];
  const read = async (at: number) => {
    const name = names[at] ?? "";
    const bytes = readFileSync(join(seeds, name));
    const document = await readDocument(bytes, { name, capturedAt: "2026-01-01T00:00:00Z" });
    const points = codePoints(document.text);
    const count = (kind: string) => document.blocks.filter((block) => block.kind === kind).length;
    const last = document.blocks.findLast(({ kind }) => kind === "paragraph");
    return { document, count, lastParagraph: last === undefined ? "" : points.slice(last) };
  };

  test.each([
    [0, 8, 0, true, "Infosecurity Magazine"],
    [1, 7, 2, true, "Cointelegraph"],
    [2, 8, 0, true, "bdnews24.com"],
    [3, 10, 0, true, "Inside Bitcoins"],
    [4, 8, 0, false, null],
  ])("report %i: %i paragraphs, %i headings, title %s, outlet %s", async (at, paragraphs, headings, titled, outlet) => {
    const { document, count } = await read(at);
    expect([count("paragraph"), count("heading"), document.title !== null]).toEqual([paragraphs, headings, titled]);
    expect(document.outlet?.name ?? null).toBe(outlet);
    expect(document).toMatchObject({ language: "en", analysed: true });
  });

  test("the second: five teasers with their summaries are not the story", async () => {
    const { document, count, lastParagraph } = await read(1);
    expect(count("teaser")).toBe(16);
    expect(lastParagraph).toMatch(/\bIndia\b.*three attacks\.$/u);
    expect(document.published).toEqual({ value: "2019-09-01", precision: "day", zoned: false, basis: "text" });
  });

  test("the third: an agency's text, to the minute, with a widget in its middle", async () => {
    const { document, lastParagraph } = await read(2);
    expect(document).toMatchObject({ credit: "Reuters", published: { value: "2019-09-01T20:16+06:00" } });
    expect(lastParagraph).toMatch(/Hollywood studio\.$/u);
  });
});
