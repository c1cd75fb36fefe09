import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyseDocument, type DocumentAnalysis, readDocument } from "../library/src/claims/index.ts";
import { looksLikeWriteUp, readWriteUp, type WriteUp } from "../library/src/registers/index.ts";

/** A write-up's fields, and its title and text read without them. */
export interface KnownWriteUp {
  readonly fields: WriteUp;
  readonly told: DocumentAnalysis;
}

/** Reads the write-ups of a folder. What is known of each stands in its fields, which its text is read without. */
export async function readWriteUps(folder: string): Promise<KnownWriteUp[]> {
  const found: KnownWriteUp[] = [];
  for (const name of readdirSync(folder).sort()) {
    const bytes = readFileSync(join(folder, name));
    if (!name.endsWith(".md") || !looksLikeWriteUp(bytes)) continue;
    const fields = readWriteUp(bytes, { name });
    const body = bytes.toString("utf8").replace(/^---\r?\n[\s\S]*?\n---\r?\n/u, "");
    const text = new TextEncoder().encode(`# ${fields.title ?? ""}\n\n${body}`);
    const document = await readDocument(text, { name: "text.md", capturedAt: "2026-01-01T00:00:00Z" });
    found.push({ fields, told: analyseDocument(document) });
  }
  return found;
}
