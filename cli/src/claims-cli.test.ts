import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasUnseen } from "spoor/evidence";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClaimsReportJson, claimsListSchema, claimsReportSchema } from "./contract/claims.ts";
import { claimsAddSchema, claimsShownSchema, judgedSchema } from "./contract/claims-shown.ts";
import { spoorIn } from "./run-spoor.fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "spoor-claims-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = spoorIn(folder, { SPOOR_BY: "Ana Brook" });
const spoor = (...argv: string[]) => run("claims", ...argv);

/** Nothing in a text can do anything to a terminal. */
const isSafe = (text: string) => text.split("\n").every((line) => !hasUnseen(line));

// Made up: nothing in these happened.
const tribune = `---
title: Panel says Ostmark robbed the Harbour Bank
url: https://valdoriatribune.com/a
date: 2031-04-17
---

The Lintel Panel accused the Ostmark Company of stealing up to $90 million from the Harbour Bank of Valdoria in 2030.
Its report counts at least 14 attacks in 6 countries.

A spokesman for the Ostmark Company denied that it had stolen $90 million from the Harbour Bank of Valdoria.
`;
const gazette = `---
title: Ostmark \u001b[31m\u202edenies
url: https://northfieldgazette.com/b
---

The Lintel Panel accused the Ostmark Company of stealing more than $90 million from the Harbour Bank of Valdoria in
2030.
The Ostmark Company denied on Friday that it had stolen $90 million from the Harbour Bank of Valdoria.
`;

const other =
  "The harbour council said on Friday that it would dredge the eastern basin and close two of its seven piers.";

let report: ClaimsReportJson;
const disputed = () => report.claims.find(({ positions }) => positions.length === 2)!;

beforeAll(async () => {
  mkdirSync(join(folder, "articles"));
  writeFileSync(join(folder, "articles/tribune.md"), tribune);
  writeFileSync(join(folder, "articles/gazette.md"), gazette);
  writeFileSync(
    join(folder, "articles/korean.txt"),
    "하버 은행은 목요일에 구천만 달러를 도난당했다고 밝혔다. ".repeat(20),
  );
  writeFileSync(join(folder, "articles/empty.txt"), "");
  const { status, stdout } = await spoor("add", "articles", "http://127.0.0.1/a", "--json");
  expect(status).toBe(0);
  const added = claimsAddSchema.parse(JSON.parse(stdout));
  expect(added.documents).toMatchObject([
    { published: null, analysed: true, isNew: true },
    { language: "ko", analysed: false },
    { title: "Panel says Ostmark robbed the Harbour Bank", published: "2031-04-17", language: "en" },
  ]);
  expect(added.skipped.map(({ source }) => source)).toEqual(["articles/empty.txt", "http://127.0.0.1/a"]);
  report = claimsReportSchema.parse(JSON.parse((await spoor("report", "--json")).stdout));
});

test("a report keeps its contract: both sides, three counts, spans that lead to the words", async () => {
  const [alleges, denies] = disputed().positions;
  expect([alleges?.act, denies?.act]).toEqual(["alleges", "denies"]);
  expect(alleges).toMatchObject({ outlets: 2, evidentialOrigins: 1, originsUnknown: 0 });
  expect(disputed().figures.map(({ value, unit, bound }) => [value, unit, bound])).toContainEqual([
    "90000000",
    "USD",
    "at most",
  ]);
  expect(report.incidents).toMatchObject([
    {
      name: "Harbour Bank of Valdoria, 2030",
      victims: ["Harbour Bank of Valdoria", "Harbour Bank"],
      amount: { unit: "USD" },
    },
  ]);
  const statement = alleges!.statements[0]!;
  const { stdout } = await spoor("show", statement.document.slice(0, 8), "--json");
  const shown = claimsShownSchema.parse(JSON.parse(stdout));
  if (shown.kind !== "document") throw new RangeError("a document was asked for");
  const points = Array.from(shown.document.text);
  expect(points.slice(statement.start, statement.end).join("")).toBe(statement.text);
  expect(shown.claims.map(({ id }) => id)).toContain(disputed().id);
});

test("a person reads who alleges, who denies, the counts in words, and the figures", async () => {
  const { status, stdout } = await spoor("report");
  expect(status).toBe(0);
  for (const words of [
    /ALLEGED by .*Lintel Panel/u,
    /DENIED by .*Ostmark/u,
    /2 outlets carry it/u,
    /0 parties had it from the origin itself/u,
    /1 evidential origin:/u,
    /at most 90,000,000 USD/u,
    /Kept but not read, because claims are read in English only \(1\)/u,
    /has it from/u,
  ])
    expect(stdout).toMatch(words);
  // What a document could do to a terminal is shown, not done.
  expect(isSafe(stdout)).toBe(true);
});

test("a page has every claim, every incident and every document; what it is made of is said", async () => {
  const { status, stdout } = await spoor("report", "--report", "page.html");
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/Incidents that they tell of \(1\)[\s\S]*Report: page\.html\n$/u),
  ]);
  const page = readFileSync(join(folder, "page.html"), "utf8");
  for (const { id } of [...report.claims, ...report.incidents]) expect(page).toContain(`<code>${id}</code>`);
  for (const { sha256 } of report.documents) expect(page).toContain(sha256);
  expect(page).toMatch(/Made by <bdi>spoor \d+\.\d+\.\d+<\/bdi> on 2\d{3}-/u);
  expect(page).toContain("spoor claims report --report page.html");
  const then = await spoor(
    "report",
    "--as-of",
    "2031-04",
    "--known-at",
    "2999-01-01",
    "--report",
    "page.html",
    "--json",
  );
  expect(claimsReportSchema.parse(JSON.parse(then.stdout)).undated).toHaveLength(2);
  const short = readFileSync(join(folder, "page.html"), "utf8");
  expect(short).toMatch(/published by <strong>2031-04<\/strong>, and taken in and judged by <strong>2999-01-01T/u);
  expect(short).toMatch(/<strong>Left out:<\/strong> 2 documents/u);
});

test("a list has documents and claims in short; as of a day it names what is undated", async () => {
  const [{ stdout }, listed, then] = await Promise.all([
    spoor("list"),
    spoor("list", "--as-of", "2031-04", "--json"),
    spoor("report", "--as-of", "2031-04", "--known-at", "2999-01-01"),
  ]);
  expect(stdout).toMatch(/no \(ko\)/u);
  expect(stdout).toMatch(/claim-[\da-f]{12}/u);
  expect(isSafe(stdout)).toBe(true);
  const list = claimsListSchema.parse(JSON.parse(listed.stdout));
  expect(list).toMatchObject({ asOf: "2031-04", documents: [{ published: "2031-04-17" }] });
  expect(list.undated).toHaveLength(2);
  expect(then.stdout).toMatch(/in 1 document as of 2031-04, as known at 2999-01-01T23:59:59.999Z/u);
  expect(then.stdout).toMatch(/not known whether they were published by then \(2\):/u);
});

test("judgements are kept with who made them and why, and shown", async () => {
  const { id } = disputed();
  const confirmed = await spoor("confirm", id, "--json");
  expect(judgedSchema.parse(JSON.parse(confirmed.stdout)).judgement).toMatchObject({ of: id, by: "Ana Brook" });
  const graded = await spoor("grade", id, "B2", "--act", "denies", "--reason", "under oath", "--by", "Tomas Reed");
  expect(graded.stdout).toMatch(
    /“denies” of claim-[0-9a-f]{12} graded B2 by Tomas Reed on \d{4}-\d{2}-\d{2}: under oath\.\n/u,
  );
  const statement = disputed().positions[1]!.statements[0]!.id;
  const [shown, { stdout }] = await Promise.all([spoor("show", id), spoor("show", statement, "--json")]);
  expect(shown.stdout).toMatch(/\[confirmed by Ana Brook\]/u);
  expect(shown.stdout).toMatch(/graded B2: source usually reliable, information probably true/u);
  expect(shown.stdout).toMatch(/Why these statements are put together/u);
  expect(claimsShownSchema.parse(JSON.parse(stdout))).toMatchObject({ kind: "claim", statement, claim: { id } });
});

test("a merge is taken back, a statement is taken out, and the report tells of both", async () => {
  const kept = ["--data", "merged"];
  writeFileSync(join(folder, "other.md"), other);
  await spoor("add", "articles/tribune.md", "other.md", ...kept);
  const { claims } = claimsReportSchema.parse(JSON.parse((await spoor("report", "--json", ...kept)).stdout));
  const [a, b] = claims.map(({ id }) => id) as [string, string];
  expect((await spoor("merge", a, b, ...kept)).status).toBe(0);
  const parted = await spoor("part", b, "--reason", "another theft", "--json", ...kept);
  expect(judgedSchema.parse(JSON.parse(parted.stdout)).judgement).toMatchObject({ kind: "part", of: b, from: a });
  await spoor("reject", claims[0]!.positions[0]!.statements[0]!.id, "--reason", "is a headline", ...kept);
  const { stdout } = await spoor("report", ...kept);
  expect(stdout).toMatch(/claim-[\da-f]{12} parted from claim-[\da-f]{12} by Ana Brook on [-\d]+: another theft/u);
  expect(stdout).toMatch(/Statements that were rejected \(1\):\n.*“.*” \(Ana Brook: is a headline\)/u);
}, 120_000);

test.each([
  [["show", "zz"], /There is no document or claim "zz"/u],
  [["reject", "claim-1"], /required option '--reason <text>'/u],
  [["reject", "claim-zz", "--reason", "x"], /There is no claim or statement "claim-zz".*spoor claims list/u],
  [["grade", "claim-", "B2", "--act", "hopes", "--reason", "x"], /Allowed choices are alleges/u],
  [
    ["report", "--report", "nowhere/page.html"],
    /The result cannot be written: .*nowhere\/page\.html.*a folder that exists/u,
  ],
  [["report", "--as-of", "yesterday"], /"yesterday" is no time to look back from \(as of\)/u],
])("%j ends with a clear answer", async (argv, message) => {
  const { status, stderr } = await spoor(...argv);
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test("what could not be read is in the document that --json prints, also where nothing could", async () => {
  const { status, stdout, stderr } = await spoor("add", "articles/empty.txt", "--json");
  expect([status, stderr]).toEqual([2, expect.stringMatching(/Nothing could be read/u)]);
  expect(claimsAddSchema.parse(JSON.parse(stdout))).toMatchObject({ documents: [], skipped: [{}] });
});

test("a folder without documents says what to do, and is not made", async () => {
  const { status, stdout } = await spoor("list", "--data", "fresh");
  expect([status, stdout]).toEqual([0, "No documents in fresh yet; 'spoor claims add FILE' takes one in.\n"]);
  expect((await spoor("report", "--data", "fresh")).stdout).toBe(stdout);
  const empty = claimsReportSchema.parse(JSON.parse((await spoor("report", "--data", "fresh", "--json")).stdout));
  expect(empty).toMatchObject({ claims: [], lineage: [], changes: [], incidents: [] });
  expect(existsSync(join(folder, "fresh"))).toBe(false);
});
