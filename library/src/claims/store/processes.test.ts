import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ClaimsStore } from "./claims-store.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-processes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = fileURLToPath(new URL("./add-articles.fixture.ts", import.meta.url));

/** Adds articles in a process of its own, which is killed once it has said so many ids (null: never). */
function adding(about: { name: string; from: number; to: number; killAfter: number | null }) {
  const { name, from, to, killAfter } = about;
  const child = spawn(process.execPath, [program, folder, name, String(from), String(to)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    said.push(line);
    if (said.length === killAfter) child.kill("SIGKILL");
  });
  return new Promise<{ said: string[]; code: number | null }>((resolve) => {
    child.on("close", (code) => resolve({ said, code }));
  });
}

async function stored() {
  const store = ClaimsStore.open(folder);
  try {
    const { documents } = await store.documents();
    for (const { document } of documents) await store.bytesOf(document.sha256);
    return documents;
  } finally {
    store.close();
  }
}

test("a store survives kill -9 in the middle of adding, and the same again completes it", async () => {
  const known = new Set<string>();
  for (const killAfter of [1, 4]) {
    const { said, code } = await adding({ name: "a", from: 0, to: 40, killAfter });
    expect(code).toBeNull();
    for (const id of said) known.add(id);
    const ids = (await stored()).map(({ document }) => document.id);
    expect([...known].filter((id) => !ids.includes(id))).toEqual([]);
  }
  const { code, said } = await adding({ name: "a", from: 0, to: 40, killAfter: null });
  expect([code, said.length]).toEqual([0, 40]);
  const documents = await stored();
  expect(documents.map(({ document }) => document.id).sort()).toEqual([...said].sort());
});

test("several processes make one store and add to it at once: all of them succeed", async () => {
  const runs = await Promise.all(
    [0, 1, 2].map((n) => adding({ name: `p${n}`, from: n * 4, to: n * 4 + 8, killAfter: null })),
  );
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  const documents = await stored();
  expect(documents).toHaveLength(16);
  expect(documents.reduce((sum, { captures }) => sum + captures.length, 0)).toBe(24);
  expect(documents.find(({ captures }) => captures[0]?.source.endsWith("-5.md"))?.captures).toHaveLength(2);
});
