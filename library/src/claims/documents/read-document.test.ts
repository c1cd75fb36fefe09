import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SpoorError } from "../../errors/base.ts";
import { DocumentBinaryError, DocumentEmptyError, DocumentTooLargeError } from "../../errors/claims.ts";
import { codePoints } from "../code-points.ts";
import type { Document } from "./document.ts";
import { normaliseBlock } from "./normalise-block.ts";
import { readDocument } from "./read-document.ts";

const capturedAt = "2021-03-05T00:00:00Z";
const read = (content: string | Uint8Array, name = "a.txt", mediaType?: string) =>
  readDocument(typeof content === "string" ? Buffer.from(content) : content, { name, mediaType, capturedAt });

const story = `Bank robbed by wire at night

LISBON, March 4 (Reuters) - The harbour bank 🏦 said on Thursday that it had lost "up to four million" crowns.

The police denied that they had been told.`;

/** What holds of every document that is read. */
function expectSound(document: Document): void {
  const points = codePoints(document.text);
  let at = 0;
  for (const { start, end } of document.blocks) {
    expect(start).toBe(at);
    expect(end).toBeGreaterThan(start);
    const text = points.slice({ start, end });
    expect(normaliseBlock(text)).toBe(text);
    at = end + 2;
  }
  expect(at - 2).toBe(points.length);
  expect(document.id).toBe(document.sha256.slice(0, 16));
  expect(document.analysed).toBe(document.language === "en");
}

test("text: title, credit, words, blocks in code points", async () => {
  const document = await read(story);
  expectSound(document);
  expect(document).toMatchObject({
    title: "Bank robbed by wire at night",
    credit: "Reuters",
    language: "en",
    words: 33,
  });
  const [, first] = document.blocks;
  expect([...document.text].slice(first?.start, first?.end).join("")).toMatch(/^LISBON.*crowns\.$/u);
});

test("the same bytes are the same document, whatever they are called", async () => {
  const [one, two] = await Promise.all([read(story), read(story, "https://www.bbc.com/x")]);
  expect(two?.sha256).toBe(one?.sha256);
  expect(two?.text).toBe(one?.text);
  expect(two?.outlet?.name).toBe("BBC");
});

test("line ends and a byte order mark change the bytes and not the text", async () => {
  const other = await read(`\ufeff${story.replaceAll("\n", "\r\n")}`);
  expect(other.text).toBe((await read(story)).text);
});

describe("languages that are not read are kept and marked", () => {
  test.each([
    ["ru", "Банк в порту сообщил в четверг, что со счетов исчезли четыре миллиона. Полиция это отрицает."],
    ["ko", "항구 은행은 목요일에 금고에서 사백만 크라운이 사라졌다고 밝혔다. 경찰은 이를 부인했다."],
    ["ar", "قال بنك الميناء يوم الخميس إن أربعة ملايين كرونة اختفت من خزنته. ونفت الشرطة ذلك."],
    [
      "de",
      "Die Bank am Hafen teilte am Donnerstag mit, dass vier Millionen Kronen fehlen. Die Polizei bestreitet das.",
    ],
    ["fr", "La banque du port a déclaré jeudi que quatre millions de couronnes avaient disparu. La police le nie."],
  ])("%s", async (language, text) => {
    const document = await read(text);
    expectSound(document);
    expect(document).toMatchObject({ language, analysed: false, text: text.normalize("NFC") });
  });

  test("a text that is no language", async () => {
    expect(await read("4711 0815 12 %%")).toMatchObject({ language: "und", analysed: false });
  });
});

test("Markdown: front matter, headings, links, emphasis", async () => {
  const document = await read(
    `---
title: Ignored, the heading is the title
author: Ada Moreau
date: 2021-03-04
---
# Bank *robbed* by wire

The [harbour bank](https://bank.example/) said on **Thursday**
that it had lost \`four\` million crowns.

## The guards

- They saw nothing of it at all.
- They were asleep, the police said.`,
    "a.md",
  );
  expectSound(document);
  expect(document).toMatchObject({
    format: "markdown",
    title: "Bank robbed by wire",
    author: "Ada Moreau",
    published: { value: "2021-03-04", precision: "day", basis: "front-matter" },
  });
  expect(document.text).toContain("The harbour bank said on Thursday that it had lost four million crowns.");
  expect(document.blocks.map(({ kind }) => kind)).toEqual(["title", "paragraph", "heading", "paragraph", "paragraph"]);
});

describe("what cannot be read says why", () => {
  test.each([
    ["no bytes", new Uint8Array(0), DocumentEmptyError, "no bytes"],
    ["white space alone", Buffer.from(" \n\t\u200b\n"), DocumentEmptyError, "no visible text"],
    [
      "a page without text",
      Buffer.from("<html><body><script>1</script></body></html>"),
      DocumentEmptyError,
      "no visible",
    ],
    ["zeros", new Uint8Array(5_000), DocumentBinaryError, "binary data"],
    ["a ZIP archive", Buffer.from("PK\u0003\u0004rest"), DocumentBinaryError, "ZIP"],
    ["more than the limit", new Uint8Array(64_000_001), DocumentTooLargeError, "bytesMax"],
    ["too long a text", Buffer.alloc(8_000_001, "a "), DocumentTooLargeError, "textUnitsMax"],
  ])("%s", async (_, bytes, kind, message) => {
    await expect(read(bytes, "dir/a")).rejects.toThrow(kind);
    await expect(read(bytes, "dir/a")).rejects.toThrow(message);
    await expect(read(bytes, "dir/a")).rejects.toThrow("dir/a");
  });
});

test("damaged inputs end in a sound document or in an error of ours", async () => {
  const body = `<body><article><h1>Bank</h1><p>${story}</p></article></body>`;
  const html = `<html><head><title>Bank</title></head>${body}</html>`;
  const seeds = [story, html, `# Bank\n\n${story}`].map((text) => Buffer.from(text));
  const damage = fc.record({
    which: fc.nat({ max: 2 }),
    cuts: fc.array(fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }), drop: fc.nat({ max: 9 }) }), { maxLength: 8 }),
    name: fc.constantFrom("a.txt", "a.html", "a.md", "a"),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ which, cuts, name }) => {
      let bytes = Buffer.from(seeds[which] as Buffer);
      for (const { at, byte, drop } of cuts) {
        const place = at % bytes.length;
        bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from([byte]), bytes.subarray(place + drop)]);
      }
      try {
        expectSound(await read(bytes, name));
      } catch (error) {
        if (!(error instanceof SpoorError)) throw error;
      }
    }),
    { seed: 21, numRuns: 300 },
  );
});

test("the check of soundness catches offsets in UTF-16 units", async () => {
  const document = await read(story);
  const text = document.text;
  let from = 0;
  const wrong = document.blocks.map((block) => {
    const piece = codePoints(text).slice(block);
    const start = text.indexOf(piece, from);
    from = start + piece.length;
    return { ...block, start, end: from };
  });
  expect(() => expectSound({ ...document, blocks: wrong })).toThrow();
});

test.each([
  [
    "a name between the title and the day",
    "Money missing at the port\n\nNorthern Wire\n\n4 March 2024\n\nThe bank lost its keys.",
    "Northern Wire",
  ],
  [
    "a paper behind the author",
    "Money missing at the port\n\nBy Ana Cole | The Port Tribune\n\n4 March 2024\n\nThe bank lost its keys.",
    "The Port Tribune",
  ],
  [
    "a paper before the day",
    "Money missing at the port\n\nBy Ana Cole\n\nThe Quay Courier, 4 March 2024\n\nThe bank lost its keys.",
    "The Quay Courier",
  ],
  ["a town before the day", "Money missing at the port\n\nLisbon, 4 March 2024\n\nThe bank lost its keys.", null],
  ["the staff", "Money missing at the port\n\nBy Staff\n\n4 March 2024\n\nThe bank lost its keys.", null],
  [
    "a heading of the story",
    "Money missing at the port\n\nA Long Night\n\nThe bank lost its keys.\n\n4 March 2024",
    null,
  ],
])("text: the outlet above the story: %s", async (_, text, outlet) => {
  expect((await read(text)).outlet?.name ?? null).toBe(outlet);
});
