import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DocumentUnreadableError } from "../../errors/claims.ts";
import { FolderNotWritableError } from "../../errors/ledger.ts";
import { analyseDocument } from "../analyse-document.ts";
import type { Judgement } from "../judgement.ts";
import { ClaimsStore, claimsFileName } from "./claims-store.ts";
import { articleText, madeUp } from "./store.fixture.ts";

let folder: string;
let store: ClaimsStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-claims-"));
  store = ClaimsStore.open(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const day = (n: number) => `2031-05-0${n}T10:00:00.000Z`;

test("a document comes back as it was read, with its bytes and every capture of them", async () => {
  const first = await madeUp(articleText(4), { name: "a.md", at: day(1) });
  const second = await madeUp(articleText(4), { name: "https://tribune.example/a", at: day(2) });
  expect(await store.addDocument(first)).toBe(true);
  const warc = Buffer.from("WARC/1.1 …");
  const url = "https://tribune.example/old";
  expect(await store.addDocument({ ...second, mediaType: "text/markdown", requested: url, warc })).toBe(false);
  store.addCapture(first.document, { source: "b.md", at: day(3) });
  const { documents } = await store.documents();
  expect(documents).toHaveLength(1);
  expect(documents[0]?.document).toEqual(first.document);
  expect(documents[0]?.captures).toMatchObject([
    { source: "a.md", capturedAt: day(1), warc: null },
    { source: "https://tribune.example/a", requested: url, mediaType: "text/markdown" },
    { source: "b.md", addedAt: day(3) },
  ]);
  expect(await store.bytesOf(first.document.sha256)).toEqual(first.bytes);
  expect(await store.bytesOf(documents[0]?.captures[1]?.warc ?? "")).toEqual(warc);
});

test("bytes that are not those of the document are a caller's mistake", async () => {
  const article = await madeUp(articleText(4), { name: "a.md", at: day(1) });
  await expect(store.addDocument({ ...article, bytes: Buffer.from("other") })).rejects.toThrow(RangeError);
  expect((await store.documents()).documents).toEqual([]);
});

test("as of a day and as known at a time are two questions; what has no time is left out and named", async () => {
  const published = ["2031-04-01", "2031-04-17", null];
  for (const [index, date] of published.entries()) {
    await store.addDocument(await madeUp(articleText(index + 1, date), { name: `${index}.md`, at: day(index + 1) }));
  }
  const then = async (asOf: string | null, knownAt: string | null) => {
    const found = await store.documents({ asOf, knownAt });
    const names = (list: typeof found.documents) => list.map(({ document }) => document.source);
    return [names(found.documents), names(found.undated)];
  };
  expect(await then(null, null)).toEqual([["0.md", "1.md", "2.md"], []]);
  expect(await then("2031-04-01", null)).toEqual([["0.md"], ["2.md"]]);
  expect(await then("2032", null)).toEqual([["0.md", "1.md"], ["2.md"]]);
  expect(await then(null, day(2))).toEqual([["0.md", "1.md"], []]);
  expect(await then("2031-04-01", day(3))).toEqual([["0.md"], ["2.md"]]);
  expect(await then(null, "2031-04-30T00:00:00.000Z")).toEqual([[], []]);
});

test("judgements come back in the order they were made, up to a time", () => {
  const made = { by: "Ana Brook", reason: "read “the report”\n" };
  const judgements: Judgement[] = [
    { kind: "confirm", of: "claim-1", at: day(1), ...made },
    { kind: "reject", of: "aa:1-2:declines to comment", at: day(2), ...made },
    { kind: "merge", into: "claim-1", claim: "claim-2", at: day(3), ...made },
    { kind: "grade", claim: "claim-1", act: "denies", reliability: "B", credibility: 4, at: day(4), ...made },
  ];
  for (const one of judgements) store.addJudgement(one);
  expect(store.judgements()).toEqual(judgements);
  expect(store.judgements({ knownAt: day(2) })).toEqual(judgements.slice(0, 2));
});

test("files of registers come back with their bytes, each once", async () => {
  const bytes = Buffer.from('{"type":"bundle"}');
  expect(await store.addImport(bytes, { format: "stix", name: "bundle.json", at: day(1) })).toBe(true);
  expect(await store.addImport(bytes, { format: "stix", name: "again.json", at: day(2) })).toBe(false);
  expect(await store.addImport(bytes, { format: "misp", name: "bundle.json", at: day(3) })).toBe(true);
  const all = store.imports();
  expect(all).toMatchObject([
    { format: "stix", name: "bundle.json", addedAt: day(1) },
    { format: "misp", addedAt: day(3) },
  ]);
  for (const { sha256 } of all) expect(await store.bytesOf(sha256)).toEqual(bytes);
  expect(store.imports({ knownAt: day(2) })).toHaveLength(1);
});

test("an analysis that was kept is the one that was made", async () => {
  const articles = await Promise.all([1, 2, 3].map((n) => madeUp(articleText(n), { name: `${n}.md`, at: day(1) })));
  for (const article of articles) await store.addDocument(article);
  const documents = (await store.documents()).documents.map(({ document }) => document);
  const counts: number[] = [];
  const made = store.analyses(documents, (done) => counts.push(done));
  const kept = store.analyses(documents, (done) => counts.push(done));
  expect(counts).toEqual([1, 2, 3]);
  expect(made).toEqual(documents.map(analyseDocument));
  expect(kept).toEqual(made);
  expect(made[0]?.events.length).toBeGreaterThan(0);
  // Whoever compares figures by themselves finds them.
  for (const { events, figures } of kept) for (const { figure } of events) expect(figures).toContain(figure);
});

test("what another reader read, and what the disk changed, is read anew from the kept bytes", async () => {
  const article = await madeUp(articleText(4), { name: "a.md", at: day(1) });
  await store.addDocument(article);
  store.analyses([article.document]);
  const raw = new DatabaseSync(join(folder, claimsFileName));
  for (const change of ["reader = 'older', document = '{}', analysis = '{}'", "document = '{'", "analysis = '{'"]) {
    raw.exec(`UPDATE readings SET ${change}`);
    const [found] = (await store.documents()).documents;
    expect(found?.document).toEqual(article.document);
    expect(store.analyses([article.document])).toEqual([analyseDocument(article.document)]);
  }
  raw.close();
});

test("bytes that were changed beside the store are not read as the document", async () => {
  const { document, ...article } = await madeUp(articleText(4), { name: "a.md", at: day(1) });
  await store.addDocument({ document, ...article });
  const raw = new DatabaseSync(join(folder, claimsFileName));
  raw.exec("UPDATE readings SET reader = 'older'");
  raw.close();
  writeFileSync(join(folder, "documents", document.sha256.slice(0, 2), document.sha256), "forged");
  // What was read of them when they were whole stays, so that one lost file does not take all documents away.
  expect((await store.documents()).documents.map((one) => one.document)).toEqual([document]);
  await expect(store.bytesOf(document.sha256)).rejects.toThrow(DocumentUnreadableError);
  const emptied = new DatabaseSync(join(folder, claimsFileName));
  emptied.exec("DELETE FROM readings");
  emptied.close();
  await expect(store.documents()).rejects.toThrow(DocumentUnreadableError);
  await store.addDocument({ document, ...article });
  expect((await store.documents()).documents.map((one) => one.document)).toEqual([document]);
});

test("where bytes cannot be kept no row names them", async () => {
  writeFileSync(join(folder, "documents"), "a file is in the way");
  const article = await madeUp(articleText(4), { name: "a.md", at: day(1) });
  await expect(store.addDocument(article)).rejects.toThrow(FolderNotWritableError);
  expect((await store.documents()).documents).toEqual([]);
  expect(readdirSync(folder)).toContain(claimsFileName);
});
