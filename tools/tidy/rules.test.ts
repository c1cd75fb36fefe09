import { expect, test } from "vitest";
import { tidyProblems } from "./rules.ts";

const problemsOf = (path: string, text: string) =>
  tidyProblems([{ path, bytes: text.length, text }]).filter((problem) => !problem.includes("imported by nobody"));

test.each([
  ["library/src/trace/a.ts", 'import { x } from "../ledger/x.ts";', /trace may not import ledger/u],
  ["library/src/money/a.ts", 'import fs from "node:fs";', /money imports nothing/u],
  ["library/src/trace/a.ts", "const t = Date.now();", /reads no clock/u],
  ["library/src/newroom/a.ts", 'import { x } from "../money/x.ts";', /has no arrows yet/u],
  ["library/src/cases/a.ts", 'const q = "SELECT 1";', /ledger room/u],
  ["library/src/cases/a.ts", "throw new Error('x');", /SpoorError/u],
  ["cli/src/a.ts", 'import { x } from "../../library/src/money/x.ts";', /import "spoor\/money"/u],
  ["library/src/money/a.test.ts", "await sleep(3);", /do not sleep/u],
  ["bench/a.bench.ts", `// ${"x".repeat(130)}`, /columns long/u],
  ["bench/a.bench.ts", "\n".repeat(500), /split it/u],
  ["README.md", `look in ${"/ro"}ot/x`, /path of one machine/u],
])("%s: %s", (path, text, problem) => {
  expect(problemsOf(path, text).join("\n")).toMatch(problem);
});

test("a program takes of a room's files what the room hands out", () => {
  const file = (path: string, text: string) => ({ path, bytes: text.length, text });
  const index = file("library/src/trace/index.ts", 'export { type Rule, rules } from "./rule.ts";');
  const rule = file("library/src/trace/rule.ts", "export const rules = []; export const inner = 1;");
  const program = (names: string) => file("cli/src/main.ts", `import { ${names} } from "spoor/trace/rule";`);
  expect(tidyProblems([index, rule, program("type Rule, rules")])).toEqual([]);
  expect(tidyProblems([index, rule, program("inner, rules")])).toEqual([
    expect.stringMatching(/^cli\/src\/main\.ts imports inner of .*rule\.ts, which no room hands out/u),
  ]);
});

test("what is in order passes, and a file that nobody imports does not", () => {
  const used = { path: "library/src/money/used.ts", bytes: 10, text: "export const a = 1;" };
  const entry = { path: "library/src/money/index.ts", bytes: 10, text: 'export { a } from "./used.ts";' };
  expect(tidyProblems([used, entry])).toEqual([]);
  expect(tidyProblems([used])).toEqual(["library/src/money/used.ts is imported by nobody; remove it"]);
});
