import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actorsImportSchema, actorsSchema, aliasConflictsSchema, possibleActorsSchema } from "./contract/actors.ts";
import { claimsReportSchema } from "./contract/claims.ts";
import { incidentsSchema, totalSchema } from "./contract/incidents.ts";
import { spoorIn } from "./run-spoor.fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "spoor-registers-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const spoor = spoorIn(folder);

const set = (name: string, aliases: string[], digit: string) => ({
  type: "intrusion-set",
  id: `intrusion-set--${digit.repeat(8)}-1111-4111-8111-111111111111`,
  name,
  aliases,
  external_references: [{ source_name: "mitre-attack", external_id: `G900${digit}` }],
});
const more =
  "The company said in a statement that it was working with the authorities and would tell its customers more.";

beforeAll(() => {
  mkdirSync(join(folder, "reports"));
  mkdirSync(join(folder, "actors"));
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  write("reports/a.md", `Northwind, a Japanese exchange, was hacked on 12 July 2019 and lost $28 million. ${more}`);
  write("reports/b.md", `Northwind was hacked on July 12, 2019, and lost about $35 million. ${more}`);
  write("reports/broken.pdf", "%PDF-1.7 nothing");
  write("actors/a.json", JSON.stringify({ type: "bundle", objects: [set("Crimson Heron", ["Night Ferry"], "1")] }));
  write(
    "actors/b.json",
    JSON.stringify({ type: "threat-actor", values: [{ value: "Grey Moth", meta: { synonyms: ["Night Ferry"] } }] }),
  );
  write("bad.json", "{");
  write("northwind.md", "---\ntarget: Northwind\ndate: 2019-07-12\nloss: 35000000\n---\n\nText.\n");
});

test("incidents are listed, shown and added up, with what differs", async () => {
  const { status, stdout, stderr } = await spoor("incidents", "list", "--files", "reports", "--json");
  expect(status).toBe(0);
  expect(stderr).toContain("skipped reports/broken.pdf");
  const { incidents, skipped } = incidentsSchema.parse(JSON.parse(stdout));
  expect(skipped).toHaveLength(1);
  expect(incidents).toMatchObject([
    { name: "Northwind, 2019", from: "2019-07-12", countries: ["JP"], amount: { value: "28000000" } },
  ]);
  const id = incidents[0]!.id.slice(0, 14);
  const [page, list, total] = await Promise.all([
    spoor("incidents", "show", id, "--files", "reports"),
    spoor("incidents", "--files", "reports"),
    spoor("incidents", "total", "--files", "reports", "--json"),
  ]);
  expect(page.stdout).toMatch(/about 35,000,000 USD[\s\S]*Sources differ/u);
  expect(list.stdout).toContain("sources differ on the amount");
  expect(totalSchema.parse(JSON.parse(total.stdout))).toMatchObject({ lower: "28000000", upper: "38500000" });
}, 120_000);

test("incidents leave as STIX and CSV", async () => {
  const [stix, csv] = await Promise.all([
    spoor("incidents", "export", "--format", "stix", "--files", "reports", "--registers", "actors"),
    spoor("incidents", "export", "--format", "csv", "--files", "reports"),
  ]);
  expect(JSON.parse(stix.stdout)).toMatchObject({ type: "bundle" });
  expect(csv.stdout.split("\r\n")[0]).toMatch(/^"incident","name","field"/u);
});

test("actors are listed and looked up, and conflicts between registers are shown", async () => {
  const [list, shown, page, conflicts] = await Promise.all([
    spoor("actors", "list", "--files", "actors", "--json"),
    spoor("actors", "show", "night ferry", "--files", "actors", "--json"),
    spoor("actors", "show", "night ferry", "--files", "actors"),
    spoor("actors", "conflicts", "--files", "actors", "--json"),
  ]);
  expect(actorsSchema.parse(JSON.parse(list.stdout)).actors).toHaveLength(2);
  expect(possibleActorsSchema.parse(JSON.parse(shown.stdout)).possible).toHaveLength(2);
  expect(page.stdout).toContain("Crimson Heron (attack:G9001), says MITRE ATT&CK");
  const { conflicts: found } = aliasConflictsSchema.parse(JSON.parse(conflicts.stdout));
  expect(found.map(({ name }) => name)).toEqual(["Night Ferry"]);
}, 120_000);

test("a folder keeps documents and registers, and is asked as they were known", async () => {
  const kept = ["--data", "kept"];
  const nothing = await Promise.all([spoor("incidents", ...kept), spoor("actors", ...kept)]);
  expect(nothing.map(({ status, stdout }) => [status, stdout])).toEqual([
    [0, expect.stringContaining("No documents in kept yet; 'spoor claims add FILE' takes one in")],
    [0, "No registers in kept; 'spoor actors import FILE' keeps one.\n"],
  ]);
  expect((await spoor("claims", "add", "reports/a.md", ...kept)).status).toBe(0);
  const imports = ["actors", "import", "actors", "northwind.md", ...kept];
  const { imported } = actorsImportSchema.parse(JSON.parse((await spoor(...imports, "--json")).stdout));
  expect(imported.map(({ file, of, actors, isNew }) => [file, of, actors, isNew])).toEqual([
    ["actors/a.json", "MITRE ATT&CK", 1, true],
    ["actors/b.json", "MISP galaxy", 1, true],
    ["northwind.md", "Northwind", null, true],
  ]);
  expect((await spoor(...imports)).stdout.match(/\(kept before\)/gu)).toHaveLength(3);
  const [list, then, before, report, shown, early] = await Promise.all([
    spoor("incidents", "--json", ...kept),
    spoor("incidents", "--as-of", "2019-08", "--json", ...kept),
    spoor("incidents", "--known-at", "2020-01-01", "--json", ...kept),
    spoor("claims", "report", "--json", ...kept),
    spoor("actors", "show", "night ferry", "--json", ...kept),
    spoor("actors", "--as-of", "2019-08", "--json", ...kept),
  ]);
  const { incidents, skipped } = incidentsSchema.parse(JSON.parse(list.stdout));
  expect([incidents.length, skipped]).toEqual([1, []]);
  expect(incidents[0]?.amounts.map(({ value }) => value)).toEqual(["28000000", "35000000"]);
  expect(claimsReportSchema.parse(JSON.parse(report.stdout)).incidents).toEqual(incidents);
  // Neither the article nor the write-up says when it was published.
  const asOf = incidentsSchema.parse(JSON.parse(then.stdout));
  expect([asOf.incidents, asOf.skipped.map(({ source }) => source)]).toEqual([[], ["reports/a.md", "northwind.md"]]);
  expect(JSON.parse(before.stdout)).toEqual({ incidents: [], skipped: [] });
  expect(possibleActorsSchema.parse(JSON.parse(shown.stdout)).possible).toHaveLength(2);
  expect(actorsSchema.parse(JSON.parse(early.stdout))).toMatchObject({ actors: [], skipped: [{}, {}] });
  expect(early.stderr).toMatch(
    /skipped actors\/b\.json: 1 entry is left out: it does not say to have stood so by 2019-08/u,
  );
}, 120_000);

test.each([
  [["incidents", "show", "incident-x", "--files", "reports"], /no incident/u],
  [["incidents", "list", "--files", "reports", "--as-of", "2019"], /cannot be used with option '--as-of/u],
  [["actors", "import", "reports/a.md"], /neither JSON nor begins with fields.*reports\/a\.md/u],
  [["actors", "import", "actors", "bad.json"], /no JSON.*bad\.json/u],
  [["actors", "list", "--files", "bad.json"], /no JSON.*bad\.json/u],
  [["actors", "list", "--files", "missing.json"], /no such file/u],
  [["actors", "show", "nobody", "--files", "actors"], /knows an actor called/u],
])("%j is wrong use, and says why", async (argv, message) => {
  const { status, stderr } = await spoor(...argv);
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});
