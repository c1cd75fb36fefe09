import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pdfOf } from "../claims/documents/pdf.fixture.ts";
import { ClaimsStoreUnreadableError } from "../errors/claims.ts";
import { FolderNotWritableError } from "../errors/ledger.ts";
import { addDocuments } from "./claims-add.ts";
import { articles, tickingClock, writeArticles } from "./claims-case.fixture.ts";
import { withClaimsRead } from "./claims-folder.ts";

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-add-"));
  data = join(folder, "data");
});
afterEach(() => rmSync(folder, { recursive: true }));

const stored = () => withClaimsRead(data, async (store) => (await store.documents()).documents);

test("a folder of mixed content: what can be read is taken in, the rest is set aside with its reason", async () => {
  const mixed = writeArticles(join(folder, "mixed"));
  mkdirSync(join(mixed, "inner"));
  writeFileSync(join(mixed, "inner/copy.md"), articles["tribune.md"]);
  writeFileSync(join(mixed, "inner/korean.txt"), "하버 은행은 목요일에 구천만 달러를 도난당했다고 밝혔다. ".repeat(20));
  writeFileSync(join(mixed, "empty.txt"), "");
  writeFileSync(join(mixed, "binary.dat"), Buffer.from(Array.from({ length: 4000 }, (_, n) => n % 32)));
  writeFileSync(join(mixed, "scan.pdf"), pdfOf([[""]]));
  writeFileSync(join(mixed, "huge.txt"), "");
  truncateSync(join(mixed, "huge.txt"), 70_000_000);
  writeFileSync(join(mixed, ".hidden"), "secret");
  symlinkSync("/etc", join(mixed, "link"));
  const { documents, skipped } = await addDocuments({ data, sources: [mixed], clock: tickingClock() });
  expect(documents.map(({ document, isNew }) => [document.source.slice(mixed.length + 1), isNew])).toEqual([
    ["gazette.md", true],
    ["inner/copy.md", true],
    ["inner/korean.txt", true],
    ["undated.txt", true],
  ]);
  expect(documents.map(({ document }) => document.analysed)).toEqual([true, true, false, true]);
  expect(Object.fromEntries(skipped.map(({ source, reason }) => [source.slice(mixed.length + 1), reason]))).toEqual({
    ".hidden": expect.stringMatching(/hidden/u),
    "binary.dat": expect.stringMatching(/no text, HTML, Markdown or PDF/u),
    "empty.txt": expect.stringMatching(/nothing to read/u),
    "huge.txt": expect.stringMatching(/more than 64000000 bytes \(bytesMax\)/u),
    link: expect.stringMatching(/link, which is not followed/u),
    "scan.pdf": expect.stringMatching(/it is a scan/u),
  });
  // The article that stands there twice is one document with two captures.
  const twice = (await stored())?.find(({ captures }) => captures.length === 2);
  expect(twice?.captures.map(({ source }) => source.slice(mixed.length + 1))).toEqual(["inner/copy.md", "tribune.md"]);
});

test("the same again changes nothing but that it was met again", async () => {
  const sources = [writeArticles(join(folder, "articles"))];
  const clock = tickingClock();
  await addDocuments({ data, sources, clock });
  const again = await addDocuments({ data, sources: [...sources, join(folder, "articles/tribune.md")], clock });
  expect(again.documents.map(({ isNew }) => isNew)).toEqual([false, false, false]);
  const documents = await stored();
  expect(documents?.map(({ captures }) => captures.length)).toEqual([2, 3, 2]);
  expect(documents?.map(({ addedAt }) => addedAt)).toEqual([
    "2031-05-01T00:00:02.000Z",
    "2031-05-01T00:00:03.000Z",
    "2031-05-01T00:00:04.000Z",
  ]);
});

test("a page of the web is kept with its exchange; dead, refused and redirected addresses are set aside", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/old") return void response.writeHead(302, { location: "/story" }).end();
    if (request.url === "/private") return void response.writeHead(302, { location: "http://10.0.0.1/" }).end();
    if (request.url === "/gone") return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/markdown; charset=utf-8" }).end(articles["tribune.md"]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const at = `http://127.0.0.1:${port}`;
  server.unref();
  const sources = [`${at}/old`, `${at}/private`, `${at}/gone`, "ftp://tribune.example/a", "file:///etc/passwd"];
  const capture = { allowLoopback: true };
  const added = await addDocuments({ data, sources, clock: tickingClock(), capture });
  server.close();
  expect(added.documents.map(({ document }) => document.source)).toEqual([`${at}/story`]);
  expect(added.skipped.map(({ source }) => source)).toEqual(sources.slice(1));
  expect(added.skipped.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/10\.0\.0\.1 is not on the public internet/u),
    expect.stringMatching(/answers 404/u),
    expect.stringMatching(/ftp: is not fetched/u),
    expect.stringMatching(/file: is not fetched/u),
  ]);
  const [document] = (await stored()) ?? [];
  expect(document?.captures).toMatchObject([{ requested: `${at}/old`, mediaType: "text/markdown; charset=utf-8" }]);
  const warc = await withClaimsRead(data, (store) => store.bytesOf(document?.captures[0]?.warc ?? ""));
  expect(Buffer.from(warc ?? []).toString()).toMatch(/^WARC\/1\.1/u);
  // Without what only tests can say, this machine is not asked.
  const refused = await addDocuments({ data, sources: [`${at}/story`] });
  expect(refused.skipped).toMatchObject([{ reason: expect.stringMatching(/this machine/u) }]);
});

test("what is not there, and a folder without documents, are set aside", async () => {
  mkdirSync(join(folder, "nothing"));
  const sources = [join(folder, "nowhere.txt"), join(folder, "nothing"), join(folder, "x".repeat(300))];
  const { documents, skipped } = await addDocuments({ data, sources });
  expect(documents).toEqual([]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/there is no such file/u),
    "The folder is empty.",
    expect.stringMatching(/the name is too long/u),
  ]);
});

test("a folder that cannot be made or written is an error, and so is a store that is none", async () => {
  writeFileSync(join(folder, "file"), "");
  const sources = [writeArticles(join(folder, "articles"))];
  for (const path of [
    join(folder, "file"),
    join(folder, "file/data"),
    "/proc/spoor/data",
    join(folder, "y".repeat(300)),
  ])
    await expect(addDocuments({ data: path, sources })).rejects.toThrow(FolderNotWritableError);
  mkdirSync(data);
  writeFileSync(join(data, "claims.sqlite"), "a letter ".repeat(1000));
  await expect(addDocuments({ data, sources })).rejects.toThrow(ClaimsStoreUnreadableError);
});

test("who stops it keeps what was taken in before", async () => {
  const stop = new AbortController();
  const sources = [writeArticles(join(folder, "articles"))];
  const { documents } = await addDocuments({ data, sources, signal: stop.signal, onProgress: () => stop.abort() });
  expect(documents).toHaveLength(1);
  expect(await stored()).toHaveLength(1);
});

test("reading a folder without documents leaves nothing behind", async () => {
  expect(await stored()).toBeNull();
  expect(existsSync(data)).toBe(false);
});

test("a password in an address is not told to anybody", async () => {
  const { skipped } = await addDocuments({ data, sources: ["https://ana:secret@example.org/a"] });
  expect(skipped).toMatchObject([{ source: "https://example.org/a", reason: expect.stringMatching(/a password/u) }]);
  expect(JSON.stringify(skipped)).not.toContain("secret");
});
