import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { spoorIn } from "./run-spoor.fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "spoor-start-"));
afterAll(() => rmSync(folder, { recursive: true }));

// What a start costs is counted, not timed: each process of these tests lists the modules that it loads.
const list = join(folder, "loaded");
const hook = join(folder, "hook.mjs");
writeFileSync(
  hook,
  `import { appendFileSync } from "node:fs";
  import { registerHooks } from "node:module";
  registerHooks({
    load(url, context, next) {
      appendFileSync(${JSON.stringify(list)}, url + "\\n");
      return next(url, context);
    },
  });`,
);

/** What a command loads in a folder where nothing is: packages by name, and modules of the project. */
async function loadedBy(words: string) {
  rmSync(list, { force: true });
  const spoor = spoorIn(mkdtempSync(join(folder, "run-")), { NODE_OPTIONS: `--import=${pathToFileURL(hook).href}` });
  await spoor(...words.split(" "));
  const urls = existsSync(list) ? readFileSync(list, "utf8").trim().split("\n") : [];
  const packages = new Set<string>();
  const own: string[] = [];
  for (const url of urls) {
    const [, name] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(url) ?? [];
    // The engine's own part for this platform.
    if (name !== undefined && !name.startsWith("@chdb/")) packages.add(name);
    else if (/\/(?:cli|library)\/src\//u.test(url)) own.push(url);
  }
  packages.delete("commander");
  return { packages: [...packages].sort().join(" "), own };
}

test.each([
  "--version",
  "--help",
  "no-such-command",
  "trace --no-such-option",
  "show --ledger a --limit 0 x",
  "ingest bitcoin --help",
  "ingest ethereum --help",
  "ingest bank --help",
  "trace --help",
  "show --help",
  "link add --help",
  "claims add --help",
  "claims list --help",
  "claims report --help",
  "claims grade --help",
  "ledgers --help",
  "incidents export --help",
  "actors import --help",
  "demo --help",
])("spoor %s loads what says what may be written, and nothing that does it", async (words) => {
  const { packages, own } = await loadedBy(words);
  expect(packages).toBe("");
  expect(own.filter((url) => /\/cli\/src\/(?:actions|json|print)\//u.test(url))).toEqual([]);
  expect(own.length).toBeGreaterThan(20);
  // Each costs two or three milliseconds where nothing is cached.
  expect(own.length).toBeLessThan(50);
});

// Where this fails, a command has come to load what another one needs: import the file of the room that it wants
// (`spoor/cases/claims-folder`), or load at first use what few need. See docs/decisions/0017.
test.each([
  ["claims list", "countries-list stemmer"],
  ["claims show x", "countries-list stemmer"],
  ["claims report", "countries-list stemmer"],
  ["claims confirm x", "countries-list stemmer"],
  ["claims add none.txt", "countries-list stemmer tldts"],
  ["incidents", "countries-list stemmer"],
  ["actors", "countries-list stemmer"],
  ["ledgers", "@scure/base"],
  ["show x --ledger a", "@scure/base"],
  ["link list", "@scure/base csv-parse"],
  ["trace --ledger a --seed x", "@scure/base canonicalize csv-parse"],
  ["trace --files none.csv --seed x", "@scure/base canonicalize csv-parse saxes xmlchars yaml"],
  ["ingest bitcoin --ledger a --transactions none.json", "@scure/base chdb"],
  ["ingest ethereum --ledger a --transactions none.csv", "@scure/base"],
  ["ingest bank --ledger a none.csv", "@scure/base chdb saxes xmlchars yaml"],
])("spoor %s loads of packages: %s", async (words, packages) => {
  expect((await loadedBy(words)).packages).toBe(packages);
});
