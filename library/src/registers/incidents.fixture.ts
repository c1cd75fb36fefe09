import { analyseDocument, type DocumentAnalysis } from "../claims/analyse-document.ts";
import { readDocument } from "../claims/documents/read-document.ts";

/** An article of our own making, read as any document. */
export async function article(text: string, name = "article.md"): Promise<DocumentAnalysis> {
  const bytes = new TextEncoder().encode(text);
  return analyseDocument(await readDocument(bytes, { name, capturedAt: "2026-01-02T03:04:05Z" }));
}

/** Long enough that its language is told, and about nothing. */
export const filler =
  "The company said in a statement on its website that it was working with the authorities and that it would tell " +
  "its customers more as soon as it knew more about what had happened and how it could be made good.";
