import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { pdfOf } from "./pdf.fixture.ts";
import { type ReadFile, readDocumentFiles } from "./read-document-files.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "spoor-documents-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

async function readAll(...paths: string[]): Promise<ReadFile[]> {
  return Array.fromAsync(readDocumentFiles(paths, { capturedAt: "2021-03-05T00:00:00Z" }));
}

const story = "Bank robbed by wire\n\nThe bank of Port Alder denied on Thursday that it had been robbed by wire.";

test("a folder: what can be read is read, one bad file is set aside with its reason", async () => {
  const folder = folderOf({
    "a.txt": story,
    "b.bin": new Uint8Array(100),
    "c/d.html": `<html><body><h1>Bank</h1><p>${story}</p></body></html>`,
    "c/e.pdf": pdfOf([story.split("\n")]),
    "c/f.pdf": pdfOf([[]]),
    "c/g.md": `# Bank\n\n${story}`,
    "h.txt": story,
    "i.txt": "",
    ".hidden/x.txt": story,
  });
  symlinkSync("/", join(folder, "link"));
  const found = await readAll(folder, join(folder, "none.txt"));
  const shown = found.map((one) => {
    if (one.kind === "document") return [one.document.source.slice(folder.length + 1), one.document.format];
    return [one.source.slice(folder.length + 1), one.kind === "repeat" ? "repeat" : one.reason.replace(/[:;(].*/u, "")];
  });
  expect(shown).toEqual([
    [".hidden", "It is hidden. Name it to read it."],
    ["a.txt", "text"],
    ["b.bin", "This is no text, HTML, Markdown or PDF"],
    ["c/d.html", "html"],
    ["c/e.pdf", "pdf"],
    ["c/f.pdf", "The PDF has no text on its 1 pages"],
    ["c/g.md", "markdown"],
    ["h.txt", "repeat"],
    ["i.txt", "There is nothing to read"],
    ["link", "It is a link, which is not followed. Name what it leads to."],
    ["none.txt", "The document cannot be read"],
  ]);
});

test("a file over the limit is not read into memory", async () => {
  const folder = folderOf({ "a.txt": "x" });
  truncateSync(join(folder, "a.txt"), 80_000_000_000);
  expect(await readAll(folder)).toMatchObject([{ kind: "skipped", reason: expect.stringContaining("bytesMax") }]);
});
