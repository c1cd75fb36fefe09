import { dirname, normalize } from "node:path/posix";
import type { TreeFile } from "./tree.ts";

/** What each room of the library may import besides itself, `errors` and packages; as ARCHITECTURE draws it. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  sets: [],
  money: [],
  files: [],
  webassembly: [],
  bitcoin: ["money", "files"],
  ethereum: ["money", "files", "webassembly"],
  bank: ["money", "sets", "files"],
  ledger: ["money", "sets"],
  trace: ["money", "webassembly"],
  identity: ["money"],
  claims: ["money", "sets"],
  registers: ["money", "claims"],
  evidence: ["money", "trace", "claims"],
  cases: ["money", "bitcoin", "ethereum", "bank", "ledger", "trace", "identity", "claims", "registers", "evidence"],
};

interface Ban {
  readonly pattern: RegExp;
  readonly where: (path: string) => boolean;
  readonly instead: string;
}

const isTest = (path: string) =>
  /\.(test|fixture|conformance)\.ts$|(^|\/)(bench|evaluate|tools|scenarios)\//u.test(path);
// The test of these rules holds what they forbid.
const isTestFile = (path: string) => path.endsWith(".test.ts") && !path.startsWith("tools/tidy/");
const inLibrary = (path: string) => path.startsWith("library/src/") && !isTest(path);
const inRoom = (room: string) => (path: string) => path.startsWith(`library/src/${room}/`) && !isTest(path);

const keepsStore = (path: string) => /^library\/src\/(?:ledger|claims\/store)\//u.test(path);

const bans: readonly Ban[] = [
  { pattern: /\bMath\.random\(/u, where: inLibrary, instead: "take what you need as an argument" },
  { pattern: /\bconsole\./u, where: inLibrary, instead: "return it, or call what the caller gave for progress" },
  { pattern: /\bprocess\.exit\(/u, where: inLibrary, instead: "throw a SpoorError" },
  {
    pattern: /\bthrow new Error\(/u,
    where: inLibrary,
    instead: "throw a SpoorError, or a RangeError for a caller's bug",
  },
  {
    pattern: /\b(?:Date\.now|performance\.now)\(|new Date\(\)/u,
    where: inRoom("trace"),
    instead: "a trail reads no clock",
  },
  {
    pattern: /from "node:(?:fs|net|http|https|child_process)/u,
    where: inRoom("trace"),
    instead: "a trail does no input or output",
  },
  { pattern: /from "node:(?!crypto)/u, where: inRoom("money"), instead: "money imports nothing" },
  {
    pattern: /["'`]\s*(?:SELECT|INSERT INTO|CREATE TABLE|ALTER TABLE|TRUNCATE)\s/u,
    where: (path) => path.endsWith(".ts") && !keepsStore(path) && !isTest(path),
    instead: "SQL stands in the ledger room and in the store of claims",
  },
  { pattern: /\b(?:setTimeout|sleep)\(/u, where: isTestFile, instead: "tests do not sleep" },
  { pattern: /\.(?:only|retry)\(/u, where: isTestFile, instead: "all tests run, once" },
  // Split, so that this file does not hold what it forbids.
  {
    pattern: new RegExp(["/wor", "k/(?:main|shared)|/ro", "ot/|/tm", "p/"].join(""), "u"),
    where: (path) => !path.endsWith(".lock"),
    instead: "no path of one machine stands in the project",
  },
];

const lineLengthMax = 120;
const fileLinesMax = 400;
const blobBytesMax = 400_000;

/** Larger files, each with its reason. The limits only ever shrink. */
const largerFiles: Readonly<Record<string, string>> = {
  "package-lock.json": "written by npm",
  LICENSE: "the licence's own text",
};

/** Files that nothing imports because something else starts or compiles them. */
const entryPoint = new RegExp(
  [
    String.raw`\.(?:test|bench|evaluate|as)\.ts$`,
    String.raw`/(?:main|index)\.ts$`,
    String.raw`^vitest\.config\.ts$`,
    String.raw`^(?:tools/[\w-]+|bench/measure-module)\.ts$`,
    String.raw`worker\.ts$`,
    String.raw`^bench/[\w-]+/[\w-]+\.ts$`,
  ].join("|"),
  "u",
);

/** What is untidy, one line each: `path:line what; what to do`. */
export function tidyProblems(files: readonly TreeFile[]): string[] {
  const imported = new Set<string>();
  const problems: string[] = [];
  const handedOut = namesHandedOut(files);
  for (const file of files) {
    if (file.bytes > blobBytesMax && largerFiles[file.path] === undefined) {
      problems.push(
        `${file.path} has ${file.bytes} bytes (at most ${blobBytesMax}); make it smaller, or make it when needed`,
      );
    }
    if (file.text === null) continue;
    problems.push(...pastIndexProblems(file.path, file.text, handedOut));
    const lines = file.text.split("\n");
    const isCode = /\.(?:ts|mjs|cpp)$/u.test(file.path);
    if (isCode && lines.length > fileLinesMax && largerFiles[file.path] === undefined) {
      problems.push(`${file.path} has ${lines.length} lines (at most ${fileLinesMax}); split it by what it does`);
    }
    lines.forEach((line, at) => {
      const place = `${file.path}:${at + 1}`;
      if (isCode && line.length > lineLengthMax && !/https?:\/\/|[0-9a-f]{60}/u.test(line)) {
        problems.push(`${place} is ${line.length} columns long (at most ${lineLengthMax}); break it`);
      }
      for (const ban of bans) {
        if (ban.where(file.path) && ban.pattern.test(line))
          problems.push(`${place} ${line.trim().slice(0, 80)}; ${ban.instead}`);
      }
      for (const target of importsOf(file.path, line)) {
        imported.add(target);
        const problem = arrowProblem(file.path, target);
        if (problem !== null) problems.push(`${place} ${problem}`);
      }
    });
  }
  for (const { path } of files) {
    if (path.endsWith(".ts") && !entryPoint.test(path) && !imported.has(path))
      problems.push(`${path} is imported by nobody; remove it`);
  }
  return problems;
}

function* importsOf(path: string, line: string): Generator<string> {
  for (const [, target] of line.matchAll(/(?:from|import|new URL)\s*\(?\s*"(\.{1,2}\/[^"]+\.ts)"/gu)) {
    yield normalize(`${dirname(path)}/${target}`);
  }
}

/** `library/src/ROOM/FILE.ts NAME` for every name that the index.ts of a room hands on of a file; `*` for all. */
function namesHandedOut(files: readonly TreeFile[]): ReadonlySet<string> {
  const handedOut = new Set<string>();
  for (const { path, text } of files) {
    if (text === null || !/^library\/src\/\w+\/index\.ts$/u.test(path)) continue;
    for (const [, names = "*", target] of text.matchAll(/^export (?:type )?(?:\{([^}]*)\}|\*) from "([^"]+)";/gmu)) {
      for (const name of namesIn(names)) handedOut.add(`${normalize(`${dirname(path)}/${target}`)} ${name}`);
    }
  }
  return handedOut;
}

/** A program may import a file of a room alone, to start sooner; what it may take of it is what the room hands out. */
function* pastIndexProblems(path: string, text: string, handedOut: ReadonlySet<string>): Generator<string> {
  if (!path.startsWith("cli/")) return;
  const imports = /\{([^{}]*)\} (?:from |= await import\()"spoor\/(\w+\/[\w/-]+)"/gu;
  for (const [, names = "", file] of text.matchAll(imports)) {
    const target = `library/src/${file}.ts`;
    for (const name of namesIn(names)) {
      if (handedOut.has(`${target} ${name}`) || handedOut.has(`${target} *`)) continue;
      yield `${path} imports ${name} of ${target}, which no room hands out; add it to the room's index.ts`;
    }
  }
}

const namesIn = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim().replace(/^type /u, ""))
    .filter((name) => name !== "");

function arrowProblem(from: string, to: string): string | null {
  const [, fromRoom] = /^library\/src\/(\w+)\//u.exec(from) ?? [];
  const [, toRoom] = /^library\/src\/(\w+)\//u.exec(to) ?? [];
  if (toRoom === undefined)
    return fromRoom === undefined || isTest(from) ? null : `imports ${to}; the library imports only itself`;
  if (fromRoom === undefined) {
    return from.startsWith("cli/") ? `imports ${to} past the library's entry points; import "spoor/${toRoom}"` : null;
  }
  if (fromRoom === toRoom || toRoom === "errors" || isTest(from)) return null;
  const allowed = arrows[fromRoom];
  if (allowed === undefined)
    return `is in the room ${fromRoom}, which has no arrows yet; give it some in tools/tidy/rules.ts`;
  return allowed.includes(toRoom) ? null : `${fromRoom} may not import ${toRoom}; wire the two in cases`;
}
