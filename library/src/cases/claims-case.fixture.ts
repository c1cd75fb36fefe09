import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Three made-up articles of one made-up story; nothing in them happened. */
export const articles = {
  "tribune.md": `---
title: Panel says Ostmark robbed the Harbour Bank
url: https://valdoriatribune.com/a
date: 2031-04-17
---

A report by the Lintel Panel alleged on Thursday that the Ostmark Company had stolen up to $90 million from the Harbour
Bank of Valdoria in 2030. The report, seen by the Tribune, counts at least 14 attacks in 6 countries.

A spokesman for the Ostmark Company denied that it had stolen $90 million from the Harbour Bank of Valdoria.
`,
  "gazette.md": `---
title: Ostmark denies robbing bank
url: https://northfieldgazette.com/b
date: 2031-04-18
---

The Ostmark Company stole more than $90 million from the Harbour Bank of Valdoria in 2030, the Lintel Panel alleged,
the Valdoria Tribune reported.

The Ostmark Company denied on Friday that it had stolen $90 million from the Harbour Bank of Valdoria. "This is a plain
invention," its spokesman said.
`,
  "undated.txt": `Harbour Bank counts its losses

The Lintel Panel alleged that the Ostmark Company had stolen $90 million from the Harbour Bank of Valdoria in 2029.
`,
} as const;

/** Writes the articles into a folder. */
export function writeArticles(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(articles)) writeFileSync(join(folder, name), text);
  return folder;
}

/** A clock that goes on by a second each time it is read. */
export function tickingClock(from = "2031-05-01T00:00:00Z"): { now: () => number } {
  let at = Date.parse(from);
  return { now: () => (at += 1000) };
}
