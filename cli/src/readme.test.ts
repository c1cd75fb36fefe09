import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "spoor-readme-"));
afterAll(() => rmSync(folder, { recursive: true }));

const readme = readFileSync(join(root, "README.md"), "utf8");
const run = promisify(execFile);

test("the README's commands print what the README says they print", async () => {
  const block = readme.split("```").find((part) => part.includes("$ npx spoor")) ?? "";
  const [, ingest = "", trace = "", output = ""] =
    /^\n\$ npx spoor (ingest [^\n]+)\n\$ npx spoor (trace [\s\S]+?)\n\n([\s\S]+)$/u.exec(block) ?? [];
  const options = { cwd: root, env: { ...process.env, SPOOR_DATA: join(folder, "data") } };
  const argv = (command: string) => command.replaceAll("\\\n", " ").split(/\s+/u);
  await run(join(root, "cli/bin/spoor"), argv(ingest), options);
  const traced = argv(trace).map((word) => (word === "theft.html" ? join(folder, word) : word));
  const { stdout } = await run(join(root, "cli/bin/spoor"), traced, options);
  expect(output.length).toBeGreaterThan(500);
  expect(stdout).toContain(output.trimEnd());
});

test("every file that the documents link to is there", () => {
  const documents = ["README.md", "ARCHITECTURE.md", "STYLE.md", "GLOSSARY.md", "docs/rules.md", "docs/links.md"];
  const sources = readdirSync(join(root, "docs/sources")).map((name) => `docs/sources/${name}`);
  for (const file of [...documents, ...sources]) {
    const text = readFileSync(join(root, file), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)#\s]+)/gu)) {
      expect([file, target, existsSync(join(root, dirname(file), target))]).toEqual([file, target, true]);
    }
  }
});
