import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { storyNames } from "../commands/story-names.ts";
import { readStory } from "./demo-story.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "spoor-demo-test-"));
/** Each runs several commands, and each command opens a store of its own. */
const timeoutMs = 240_000;
afterAll(() => rmSync(folder, { recursive: true }));

const spoor = async (...argv: string[]) => {
  const env = { ...process.env, SPOOR_DATA: join(folder, "data"), NO_COLOR: "1" };
  return (await run(join(root, "cli/bin/spoor"), argv, { cwd: folder, env, maxBuffer: 64 << 20 })).stdout;
};

test("tells the first story at length and the others in brief, each with a report", {
  timeout: timeoutMs,
}, async () => {
  const stdout = await spoor("demo");
  const told = [];
  for (const name of storyNames) {
    const story = await readStory(name);
    if (story === null) continue;
    told.push(name === storyNames[0] ? "spoor-demo.html" : `spoor-demo-${name}.html`);
    if (story.articles !== undefined) told.push(`spoor-demo-${name}-claims.html`);
    expect(stdout).toContain(story.title);
    const isAtLength = story.happened.some(({ what }) => stdout.includes(what));
    expect([name, isAtLength]).toEqual([name, name === storyNames[0]]);
  }
  expect(
    readdirSync(folder)
      .filter((file) => file.endsWith(".html"))
      .sort(),
  ).toEqual(told.toSorted());
  for (const file of told) {
    expect(stdout).toContain(file);
    expect(readFileSync(join(folder, file), "utf8")).not.toMatch(/<script/iu);
  }
});

test("the commands that it shows do what it did", { timeout: timeoutMs }, async () => {
  const demo = await spoor("demo", "crossing", "--report", "told.html");
  const commands = [...demo.matchAll(/^ {2}\$ spoor ((?:.*\\\n)*.*)$/gmu)].map(([, words = ""]) =>
    words.replaceAll("\\\n", " ").trim().split(/\s+/u),
  );
  expect(commands.map(([first]) => first)).toEqual(["ingest", "ingest", "ingest", "trace", "claims", "claims"]);
  const pages = ["told.html", "told-claims.html"].map((name) => join(folder, name));
  for (const page of pages) rmSync(page);
  const results = [];
  for (const command of commands) results.push(await spoor(...command));
  expect(pages.filter((page) => existsSync(page))).toEqual(pages);
  const [traced = "", added = "", reported = ""] = results.slice(-3);
  const claims = reported.slice(0, reported.indexOf("\nReport: "));
  const trail = traced.slice(0, traced.indexOf("It does not show who is guilty."));
  for (const result of [trail, added, claims]) expect(demo).toContain(result);
  for (const result of [trail, claims]) expect(result.length).toBeGreaterThan(1000);
});

test("a story that there is none of is refused with those that there are", async () => {
  const failed = await spoor("demo", "nothing").catch((error: { stderr: string }) => error.stderr);
  for (const name of storyNames) expect(failed).toContain(name);
});
