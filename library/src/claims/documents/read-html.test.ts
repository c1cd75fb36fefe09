import { describe, expect, test } from "vitest";
import { DocumentTooLargeError } from "../../errors/claims.ts";
import { readDocument } from "./read-document.ts";

const sentence = "The harbour bank of Port Alder said on Thursday that four million crowns had left its vault by wire";
const paragraph = (n: number) => `<p>${sentence}, in part ${n} of a longer account, and nobody was at the desk.</p>`;

const page = `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Bank robbed by wire | Port Alder Gazette</title>
<meta property="og:site_name" content="Port Alder Gazette">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},
{"@type":"NewsArticle","headline":"Bank robbed by wire","datePublished":"2021-03-04T05:06:00+01:00",
"author":[{"@type":"Person","name":"Ada Moreau"}],"publisher":{"name":"Port Alder Gazette"}}]}</script>
<script>globalThis.ranFromAPage = true; document.title = "no";</script></head>
<body onload="globalThis.ranFromAPage = true"><nav><a href="/">Home</a> <a href="/b">Business</a></nav>
<h1>Bank robbed by wire</h1><div class="byline">By Ada Moreau</div>
<article><figure><img src="http://127.0.0.1:9/x.png"><figcaption>The bank, seen from the sea</figcaption></figure>
${paragraph(1)}<p>He called it <q>a bad day</q>&nbsp;&mdash; twice.</p>${paragraph(2)}<h2>The guards</h2>${paragraph(3)}
<aside class="related"><h3>Related stories</h3><ul><li><a href="/l">Lighthouse sold to a brewery</a></li></ul></aside>
${paragraph(4)}<p style="display:none">unseen words</p></article>
<div class="more-stories"><a href="/x">Harbour dredging begins</a></div>
<footer>&copy; 2021 Port Alder Gazette</footer></body></html>`;

const read = (html: string, name = "https://gazette.example/bank") =>
  readDocument(Buffer.from(html), { name, mediaType: "text/html", capturedAt: "2021-03-05T00:00:00Z" });

test("a page of news: title, outlet, author, time, and what each block is", async () => {
  const document = await read(page);
  expect(document).toMatchObject({
    format: "html",
    title: "Bank robbed by wire",
    outlet: { name: "Port Alder Gazette", domain: "gazette.example", family: null, basis: "metadata" },
    author: "Ada Moreau",
    published: { value: "2021-03-04T05:06:00+01:00", precision: "second", zoned: true, basis: "json-ld" },
    language: "en",
    analysed: true,
  });
  const points = [...document.text];
  const kinds = document.blocks.map(
    ({ kind, start, end }) => `${kind}: ${points.slice(start, end).join("").slice(0, 28)}`,
  );
  expect(kinds).toEqual([
    "boilerplate: Home Business",
    "title: Bank robbed by wire",
    "byline: By Ada Moreau",
    "caption: The bank, seen from the sea",
    "paragraph: The harbour bank of Port Ald",
    "paragraph: He called it “a bad day” — t",
    "paragraph: The harbour bank of Port Ald",
    "heading: The guards",
    "paragraph: The harbour bank of Port Ald",
    "teaser: Related stories",
    "teaser: Lighthouse sold to a brewery",
    "paragraph: The harbour bank of Port Ald",
    "teaser: Harbour dredging begins",
    "boilerplate: © 2021 Port Alder Gazette",
  ]);
  expect(document.text).not.toContain("unseen");
});

test("nothing of a page is run", async () => {
  await read(page);
  expect("ranFromAPage" in globalThis).toBe(false);
});

test("a page without html, body or head is read all the same", async () => {
  const document = await read(`<h1>Bank robbed</h1>${paragraph(1)}${paragraph(2)}`);
  expect(document.title).toBe("Bank robbed");
  expect(document.blocks.filter(({ kind }) => kind === "paragraph").length).toBe(2);
});

test("a story in an element that is named like a list of others is still the story", async () => {
  const body = [1, 2, 3, 4].map(paragraph).join("");
  const document = await read(`<html><body><div class="most-popular"><h1>Bank robbed</h1>${body}</div></body></html>`);
  expect(document.blocks.filter(({ kind }) => kind === "paragraph").length).toBe(4);
});

describe("pages that are made to cost much", () => {
  test.each([
    ["elements inside one another", "<div>".repeat(100_000)],
    ["many elements", "<b></b>".repeat(150_000)],
    ["many attributes", `<p ${Array.from({ length: 5_000 }, (_, at) => `a${at}=1`).join(" ")}>x</p>`],
    ["entities", `<p>${"&amp;".repeat(1_000_000)}`],
    ["comments", "<!-- x -->".repeat(300_000)],
    ["a tag that never ends", `<p ${"a".repeat(5_000_000)}`],
    ["a hundred megabytes", "<p>x</p>".repeat(12_500_000)],
    ["nine million letters", "x".repeat(9_000_000)],
  ])("%s: refused with the name of the limit", async (_, html) => {
    await expect(read(html)).rejects.toThrow(DocumentTooLargeError);
  });

  test("entities are not expanded into one another", async () => {
    const type = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
    const bomb = `${type}<html><body>${paragraph(1)}<p>&b; ${"&amp;".repeat(20_000)}</p></body></html>`;
    const document = await read(bomb);
    expect(document.text).toContain("&b;");
    expect(document.text.length).toBeLessThan(bomb.length);
  });
});
