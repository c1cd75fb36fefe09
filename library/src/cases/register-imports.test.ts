import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ClaimsStore } from "../claims/store/claims-store.ts";
import { RegisterFormatError, RegisterJsonError, RegisterTooLargeError } from "../errors/registers.ts";
import { claimsReportHtml } from "../evidence/claims-report.ts";
import { addDocuments } from "./claims-add.ts";
import { tickingClock, writeArticles } from "./claims-case.fixture.ts";
import { claimsPage } from "./claims-page.ts";
import { reportClaims } from "./claims-report.ts";
import { importRegisters, keptActors, keptWriteUps } from "./register-imports.ts";
import { keptRegisterSources } from "./registers.ts";

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-imports-"));
  data = join(folder, "data");
});
afterEach(() => rmSync(folder, { recursive: true }));

const ever = { asOf: null, knownAt: null };
const clock = { now: () => Date.parse("2031-05-01T00:00:00Z") };

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const writeUp = (loss: number) => `---\ntarget: Northwind\ndate: 2030-07-12\nloss: ${loss}\n---\n\nText.\n`;
const attack = (modified: string) =>
  JSON.stringify({
    type: "intrusion-set",
    id: "intrusion-set--11111111-1111-4111-8111-111111111111",
    name: "Crimson Heron",
    modified,
    external_references: [{ source_name: "mitre-attack", external_id: "G9001" }],
  });

test("the same bytes twice are one import; another state of a file is one more telling of one incident", async () => {
  const file = write("northwind.md", writeUp(28_000_000));
  const { imported: first } = await importRegisters({ data, paths: [file], clock });
  const { imported: again } = await importRegisters({
    data,
    paths: [file, write("copy.md", writeUp(28_000_000))],
    clock,
  });
  expect([...first, ...again].map(({ isNew }) => isNew)).toEqual([true, false, false]);
  write("northwind.md", writeUp(35_000_000));
  await importRegisters({ data, paths: [file], clock });
  expect((await keptWriteUps({ data, axes: ever })).writeUps).toHaveLength(2);
  const { incidents } = await reportClaims({ data, axes: ever });
  expect(incidents).toHaveLength(1);
  expect(incidents[0]?.disagreements).toMatchObject([{ field: "amount" }]);
});

test("where one file is no register, none is kept", async () => {
  const paths = [write("northwind.md", writeUp(1)), write("notes.md", "Notes of nothing.")];
  await expect(importRegisters({ data, paths, clock })).rejects.toThrow(RegisterFormatError);
  expect((await keptWriteUps({ data, axes: ever })).writeUps).toEqual([]);
});

test("what is no file, or larger than any register, is refused before it is read", async () => {
  mkdirSync(join(folder, "files", "inner.json"), { recursive: true });
  writeFileSync(join(folder, "files/huge.json"), "");
  truncateSync(join(folder, "files/huge.json"), 3_000_000_000);
  await expect(importRegisters({ data, paths: [join(folder, "files")], clock })).rejects.toThrow(RegisterTooLargeError);
  await expect(importRegisters({ data, paths: ["/dev/zero"], clock })).rejects.toThrow(/neither a file nor a folder/u);
  rmSync(join(folder, "files/huge.json"));
  const nothing = { imported: [], skipped: [] };
  expect(await importRegisters({ data, paths: [join(folder, "files")], clock })).toEqual(nothing);
});

test("what stands in a folder and is no register is set aside; a register that is broken is not", async () => {
  mkdirSync(join(folder, "files"));
  write("files/_index.md", "---\ntitle: Thefts\n---\n");
  write("files/northwind.md", writeUp(1));
  const take = () => importRegisters({ data, paths: [join(folder, "files")], clock });
  expect(await take()).toMatchObject({
    imported: [{ name: join(folder, "files/northwind.md") }],
    skipped: [
      { source: join(folder, "files/_index.md"), reason: expect.stringMatching(/one of which names a target/u) },
    ],
  });
  await expect(importRegisters({ data, paths: [join(folder, "files/_index.md")], clock })).rejects.toThrow(
    RegisterFormatError,
  );
  write("files/broken.json", "{");
  await expect(take()).rejects.toThrow(RegisterJsonError);
});

test("as of a day an entry is there as it stood; as known before it was imported, it is not there", async () => {
  const paths = [write("old.json", attack("2029-01-01T00:00:00Z")), write("new.json", attack("2030-06-01T00:00:00Z"))];
  await importRegisters({ data, paths, clock });
  const states = async (axes: { asOf: string | null; knownAt: string | null }) => {
    const { register, skipped } = await keptActors({ data, axes });
    return [register.actors.map(({ modified }) => modified), skipped.length];
  };
  expect(await states(ever)).toEqual([["2030-06-01T00:00:00Z"], 0]);
  expect(await states({ asOf: "2029", knownAt: null })).toEqual([["2029-01-01T00:00:00Z"], 1]);
  expect(await states({ asOf: "2028", knownAt: null })).toEqual([[], 2]);
  expect(await states({ asOf: null, knownAt: "2031-04-30T00:00:00.000Z" })).toEqual([[], 0]);
});

test("a kept file that is read no more takes nothing else away", async () => {
  await importRegisters({ data, paths: [write("northwind.md", writeUp(1))], clock });
  const store = ClaimsStore.open(data);
  await store.addImport(new TextEncoder().encode("no"), { format: "write-up", name: "no.md", at: "2031-05-02" });
  store.close();
  const { imported } = await importRegisters({ data, paths: [write("lost.md", writeUp(2))], clock });
  const [lost] = imported;
  rmSync(join(data, "documents", lost!.sha256.slice(0, 2), lost!.sha256));
  const { writeUps, skipped } = await keptRegisterSources({ data, axes: ever });
  expect([writeUps.length, skipped.map(({ source }) => source)]).toEqual([1, ["no.md", join(folder, "lost.md")]]);
});

test("a page has the incidents with their places, entries and what differs, and when it was made", async () => {
  await addDocuments({ data, sources: [writeArticles(join(folder, "articles"))], clock: tickingClock() });
  const entry = "---\ntarget: Harbour Bank of Valdoria\ndate: 2030-02-03\nloss: 120000000\n---\n\nText.\n";
  await importRegisters({ data, paths: [write("harbour.md", entry)], clock });
  const page = claimsPage(await reportClaims({ data, axes: ever }), { engine: "spoor 9", command: ["spoor"], clock });
  expect(page.madeAt).toBe("2031-05-01T00:00:00.000Z");
  const harbour = page.incidents?.find(({ amount }) => amount.some(({ value }) => /120000000/u.test(value)));
  expect(harbour?.amount.map(({ value }) => value)).toContain("120000000 USD (unit assumed)");
  expect(harbour?.victims[0]?.places.length).toBeGreaterThan(0);
  // Each date stands with who says so; a range would hide that they differ.
  for (const { places, entries = [] } of harbour?.dates ?? [])
    expect(places.length + entries.length).toBeGreaterThan(0);
  expect(harbour?.dates.map(({ value }) => value)).toContain("2030-02-03");
  expect(harbour?.disagreements?.[0]).toMatch(/^(?:amount|date): /u);
  const html = claimsReportHtml(page);
  expect(html).toContain("harbour.md, loss: “120000000”");
  expect(html).toContain(page.incidents![0]!.id);
});
