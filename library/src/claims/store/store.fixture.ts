import { readDocument } from "../documents/read-document.ts";
import type { AddedDocument } from "./claims-store.ts";

/** A made-up article: nothing in it happened. */
export function articleText(number: number, published: string | null = "2031-04-17"): string {
  return `---
title: The bank of Valdoria loses ${number} million
${published === null ? "author: A. Brook" : `date: ${published}`}
---

A report by the Lintel Panel alleged on Monday that robbers had stolen up to ${number} million dollars from the Harbour
Bank of Valdoria in 2030. "We have seen the ledgers of all ${number} branches," said Ilse Varga, who leads the panel.

A spokesman for the Ostmark Company denied that it had taken part. "This is an invention," he told the Tribune.
`;
}

/** A document that can be added. */
export async function madeUp(text: string, about: { name: string; at: string }): Promise<AddedDocument> {
  const bytes = Buffer.from(text);
  const document = await readDocument(bytes, { name: about.name, capturedAt: about.at });
  return { document, bytes, addedAt: about.at };
}
