import { fork } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataFolder } from "./data-folder.ts";
import { testChain } from "./testing/generated-chain.ts";

const options = { chainOf: () => testChain };
let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "spoor-folder-"));
});

afterEach(async () => {
  await rm(path, { recursive: true, force: true });
});

const childPath = fileURLToPath(new URL("./testing/hold-folder-child.ts", import.meta.url));

/** A process that owns the folder until it is told to go. */
async function holder(argument = "") {
  const child = fork(childPath, [path, argument], { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on("exit", (code, signal) => resolve({ code, signal }));
  });
  await new Promise((resolve) => child.once("message", resolve));
  return { child, ended };
}

test("a second process is told who owns the folder; a dead owner's folder is taken over", async () => {
  const { child, ended } = await holder();
  await expect(DataFolder.open(path, options)).rejects.toMatchObject({
    code: "ledger/folder-in-use",
    data: { pid: child.pid },
  });
  child.kill("SIGKILL");
  await ended;
  const folder = await DataFolder.open(path, options);
  await folder.close();
});

test("a lock whose number belongs to another process by now is stale", async () => {
  const lock = { pid: process.pid, started: "another-boot:1", since: "2020-01-01T00:00:00Z" };
  await writeFile(join(path, "owner.lock"), JSON.stringify(lock));
  const folder = await DataFolder.open(path, options);
  expect(JSON.parse(await readFile(join(path, "owner.lock"), "utf8")).since).not.toBe(lock.since);
  await folder.close();
  expect((await readdir(path)).filter((name) => name.startsWith("owner.lock"))).toEqual([]);
});

test("what failed work made and put nothing into is taken away, and nothing else", async () => {
  const folder = await DataFolder.open(path, options);
  const accounts = { network: "bank", partial: true };
  const held = await folder.accountLedgerWriter({ name: "held", ...accounts });
  await held.appendRecords([{ key: "a", json: "{}" }]);
  await held.commit();
  await held.abandon();
  await (await folder.accountLedgerWriter({ name: "empty", ...accounts })).abandon();
  await (await folder.coinLedgerWriter({ name: "coins", network: "test" })).abandon();
  await folder.partialLedgerWriter({ name: "some-coins", network: "test" });
  await folder.dropEmpty();
  expect((await folder.ledgers()).map(({ name }) => name)).toEqual(["held"]);
  // It can be made anew, and what was there before stays.
  await (await folder.accountLedgerWriter({ name: "empty", ...accounts })).finish();
  await folder.close();
  const again = await DataFolder.open(path, options);
  await (await again.accountLedgerWriter({ name: "empty", ...accounts })).abandon();
  await again.dropEmpty();
  expect((await again.ledgers()).map(({ name }) => name)).toEqual(["empty", "held"]);
  await again.close();
});

test("on SIGTERM a process in the middle of a long query leaves at once, and its folder is taken over", async () => {
  const { child, ended } = await holder("busy");
  child.kill("SIGTERM");
  expect(await ended).toEqual({ code: null, signal: "SIGTERM" });
  const folder = await DataFolder.open(path, options);
  expect(await folder.ledgers()).toEqual([]);
  await folder.close();
  expect(await readdir(path)).not.toContain("owner.lock");
});

test("one process opens one folder, once", async () => {
  const folder = await DataFolder.open(path, options);
  await expect(DataFolder.open(path, options)).rejects.toMatchObject({ code: "ledger/folder-in-use" });
  await expect(DataFolder.open(join(path, "other"), options)).rejects.toMatchObject({ code: "ledger/one-folder" });
  await folder.close();
  await (await DataFolder.open(join(path, "other"), options)).close();
});

test.skipIf(process.getuid?.() === 0)(
  "a folder that cannot be written is named (skipped: root may write anywhere)",
  async () => {
    await chmod(path, 0o500);
    await expect(DataFolder.open(path, options)).rejects.toMatchObject({ code: "ledger/folder-not-writable" });
  },
);

test("a file in the folder's place is an error that says so", async () => {
  const file = join(path, "file");
  await writeFile(file, "");
  await expect(DataFolder.open(file, options)).rejects.toMatchObject({ code: "ledger/folder-not-writable" });
});

test("networks, kinds and versions are kept apart; what is not there is named", async () => {
  const folder = await DataFolder.open(path, options);
  await (await folder.coinLedgerWriter({ name: "a-1", network: "main" })).finish();
  await folder.partialLedgerWriter({ name: "b", network: "main" });
  expect(await folder.ledgers()).toEqual([
    { name: "a-1", kind: "coin", network: "main", partial: false },
    { name: "b", kind: "coin", network: "main", partial: true },
  ]);
  await expect(folder.coinLedgerWriter({ name: "a-1", network: "signet" })).rejects.toMatchObject({
    code: "ledger/mismatch",
  });
  await expect(folder.coinLedgerWriter({ name: "b", network: "main" })).rejects.toMatchObject({
    code: "ledger/mismatch",
  });
  await expect(folder.partialLedgerWriter({ name: "a-1", network: "main" })).rejects.toThrow(/ledger of whole blocks/u);
  await expect(folder.ledger("c")).rejects.toThrow(/holds a-1, b/u);
  for (const name of ["", "A", "a_b", "-a", "a".repeat(64), "a; DROP"]) {
    await expect(folder.ledger(name)).rejects.toMatchObject({ code: "ledger/name" });
  }
  expect(await (await folder.ledger("a-1")).summary()).toMatchObject({ blocks: 0, transactions: 0, tip: null });
  await folder.connection.run("ALTER TABLE spoor_b.about UPDATE version = 99 WHERE 1");
  await expect(folder.ledger("b")).rejects.toMatchObject({ code: "ledger/schema-version", data: { version: 99 } });
  await folder.close();
});

test("a query that the engine refuses is one error with the engine's words", async () => {
  const folder = await DataFolder.open(path, { ...options, memoryBytesMax: 400_000_000 });
  await expect(folder.connection.run("SELECT * FROM nowhere")).rejects.toMatchObject({ code: "ledger/query" });
  await expect(folder.connection.rows("SELECT uniqExact(number) AS n FROM numbers(100000000)")).rejects.toMatchObject({
    code: "ledger/memory",
    kind: "limit",
  });
  await folder.close();
  await expect(folder.connection.rows("SELECT 1")).rejects.toMatchObject({ code: "ledger/closed" });
});
