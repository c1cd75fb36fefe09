import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markBlocks } from "./mark-blocks.ts";
import { readPlainText } from "./read-plain-text.ts";

/** Each line is `kind: text`; the kinds are what `markBlocks` should find from the texts alone. */
function marked(written: string): void {
  const lines = written
    .trim()
    .split("\n")
    .map((line) => /^\s*(\w+): (.*)$/u.exec(line))
    .map((match) => ({ kind: match?.[1], text: match?.[2] ?? "" }));
  const found = markBlocks(readPlainText(lines.map(({ text }) => text).join("\n\n"), "a.txt"), null);
  expect(found.map(({ kind, text }) => `${kind}: ${text}`)).toEqual(lines.map(({ kind, text }) => `${kind}: ${text}`));
}

describe("a story among what stands around it", () => {
  test("ways through the site, byline, sharing, other stories with summaries", () => {
    marked(`
      boilerplate: Home > Business > Shipping
      title: Ferry line says thieves emptied its pension fund
      byline: By Ada Moreau
      byline: Published: 4 March 2021 09:15 AM GMT
      boilerplate: 128 shares
      boilerplate: Facebook Twitter WhatsApp Email
      paragraph: The ferry line of Port Alder said on Thursday that thieves had emptied its pension fund.
      heading: A letter from the bank
      paragraph: "We saw it on Monday," its treasurer said.
      paragraph: No.
      paragraph: The bank declined to comment.
      boilerplate: Tags
      boilerplate: Pensions
      boilerplate: Port Alder
      teaser: Related Posts
      teaser: Lighthouse to be sold to a brewery
      teaser: The keeper of the lighthouse at Port Alder has sold it to a brewery, according to papers seen by …
      teaser: Business / Feb. 11, 2021
      teaser: Harbour dredging begins
      teaser: A dredger arrived at the harbour on Tuesday and will stay until the summer.
      teaser: Business / Jan. 30, 2021`);
  });

  test("a widget in the middle that lost its entries hides nothing of the story", () => {
    marked(`
      title: Council admits to losing the town's savings
      paragraph: The council of Port Alder admitted on Friday that it had lost the savings of the town.
      teaser: Related Stories
      paragraph: It had been warned twice by its own auditor, a report seen by the Gazette shows.
      paragraph: The mayor denied that.`);
  });

  test("a list of bare headlines in the middle ends with the first running text", () => {
    marked(`
      title: Council admits to losing the town's savings
      paragraph: The council of Port Alder admitted on Friday that it had lost the savings of the town.
      teaser: Read more
      teaser: Lighthouse to be sold to a brewery
      teaser: Harbour dredging begins
      paragraph: It had been warned twice by its own auditor, a report seen by the Gazette shows.
      paragraph: The mayor denied that.`);
  });

  test("pointers in one line, notices, captions", () => {
    marked(`
      title: Council admits to losing the town's savings
      byline: (AP)
      caption: The town hall of Port Alder is seen in this file photo, May 2, 2019. REUTERS/Lin Berg
      paragraph: The council of Port Alder admitted on Friday that it had lost the savings of the town.
      teaser: READ MORE: Lighthouse to be sold to a brewery
      paragraph: It had been warned twice by its own auditor.
      boilerplate: Follow us on Twitter and join our channel
      boilerplate: Reporting by Ada Moreau; editing by Lin Berg
      boilerplate: © 2021 Port Alder Gazette. All rights reserved.`);
  });

  test("a text that begins with its first sentence has no title", () => {
    marked(`
      paragraph: The council of Port Alder admitted on Friday that it had lost the savings of the town.
      paragraph: The mayor denied that.`);
  });
});

test.each([
  "Search parties found the boat on Tuesday.",
  "Support for the mayor fell by half.",
  "Save the pensions, he told the council on Monday.",
  "More than 2,000 people lost their savings.",
  "The papers were seen by AFP.",
  "Share prices fell to a low on Monday, the exchange said.",
  "Register of ships and owners is kept by the port, which denied the claim.",
  "Print works were searched, said the police.",
])("running text that begins like furniture stays in the story: %s", (text) => {
  const before = "The council of Port Alder admitted on Friday that it had lost the savings of the town.";
  const found = markBlocks(readPlainText([before, text, before].join("\n\n"), "a.txt"), null);
  expect(found[1]).toEqual({ kind: "paragraph", text });
});

test("every block is marked, none is lost or changed", () => {
  const line = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom("Related Stories", "Tags", "By Ada Moreau", "4 March 2021", "He said no to all of it.", "A title"),
    fc.lorem({ mode: "sentences", maxCount: 2 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const raw = readPlainText(lines.join("\n\n"), "a.txt");
      const found = markBlocks(raw, null);
      expect(found.map(({ text }) => text)).toEqual(raw.map(({ text }) => text));
      expect(found.filter(({ kind }) => kind === "title").length).toBeLessThanOrEqual(1);
      expect(found.every(({ kind }) => typeof kind === "string")).toBe(true);
    }),
    { seed: 8 },
  );
});

test("lines that were wrapped are one paragraph, lines of a list are not", () => {
  const wrapped =
    "The council of Port Alder admitted on Friday that it\nhad lost the savings of the town, and that nobody\nknew.";
  expect(readPlainText(wrapped, "a").length).toBe(1);
  expect(readPlainText("Lighthouse to be sold to a brewery on the hill\nHarbour dredging begins", "a").length).toBe(2);
});
