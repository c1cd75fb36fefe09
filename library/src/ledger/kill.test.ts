import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DataFolder } from "./data-folder.ts";
import { buildChain, planChain, testChain } from "./testing/generated-chain.ts";
import { memoryFromBlocks } from "./testing/memory-from-blocks.ts";

const childPath = fileURLToPath(new URL("./testing/ingest-child.ts", import.meta.url));
const blockCount = 60;

/** Runs the child until it is done, or kills it with SIGKILL some milliseconds after its start. */
async function ingest(
  path: string,
  { args, killAfterMs }: { args: number[]; killAfterMs: number | null },
): Promise<void> {
  const child = fork(childPath, [path, ...args.map(String)], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: [],
    killSignal: "SIGKILL",
    ...(killAfterMs === null ? {} : { timeout: killAfterMs }),
  });
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on("exit", (...how) => resolve(how));
  });
  // A child that was quicker than its killer is a clean run.
  if (signal !== "SIGKILL" && code !== 0) throw new Error(`the child ended with ${code}: ${complaint}`);
}

const tables = "blocks raw_blocks transactions txids outputs coins_by_account inputs spends".split(" ");

/** What the store holds, to the last row. */
async function digest(path: string): Promise<{ counted: string; blocks: number; all: string }> {
  const folder = await DataFolder.open(path, { chainOf: () => testChain });
  try {
    if ((await folder.ledgers()).length === 0) return { counted: "", blocks: 0, all: "" };
    const ledger = await folder.ledger("killed");
    const summary = await ledger.summary();
    const counted = createHash("sha256").update(JSON.stringify(await ledger.loadAll()));
    for (let t = 0; t < summary.transactions; t += 151) counted.update((await ledger.rawTransaction(t))!);
    const sums: unknown[] = [];
    for (const table of tables) {
      sums.push(...(await folder.connection.rows(`SELECT count(), sum(cityHash64(*)) FROM spoor_killed.${table}`)));
    }
    return { counted: counted.digest("hex"), blocks: summary.blocks, all: JSON.stringify(sums) };
  } finally {
    await folder.close();
  }
}

async function cleanRun(count: number, { seed, salt }: { seed: number; salt: number }) {
  const path = await mkdtemp(join(tmpdir(), "spoor-clean-"));
  await ingest(path, { args: [seed, count, salt, -1], killAfterMs: null });
  const found = await digest(path);
  await rm(path, { recursive: true });
  return found;
}

test("after kills at any moment what counts is a clean run's, and going on ends in a clean run's store", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2 ** 30 }),
      fc.array(fc.integer({ min: 300, max: 1600 }), { minLength: 3, maxLength: 4 }),
      async (seed, kills) => {
        const path = await mkdtemp(join(tmpdir(), "spoor-kill-"));
        const args = [seed, blockCount, 0, -1];
        const chain = buildChain(planChain({ seed, blocks: blockCount, transactionsMax: 40 }));
        for (const killAfterMs of kills) {
          await ingest(path, { args, killAfterMs });
          const { blocks } = await digest(path);
          const folder = await DataFolder.open(path, { chainOf: () => testChain });
          if (blocks > 0) {
            const named = { name: "killed", network: "test" };
            const oracle = memoryFromBlocks(chain.slice(0, blocks), testChain, named);
            const ledger = await folder.ledger("killed");
            expect(await ledger.summary()).toEqual(await oracle.summary());
            expect(await ledger.loadAll()).toEqual(await oracle.loadAll());
          }
          await folder.close();
        }
        await ingest(path, { args, killAfterMs: null });
        expect(await digest(path)).toEqual(await cleanRun(blockCount, { seed, salt: 0 }));
        await rm(path, { recursive: true });
      },
    ),
    { numRuns: 2, endOnFailure: true },
  );
}, 180_000);

test("a rewind that is killed leaves the store as before it or after it, and can be gone on from", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2 ** 30 }),
      fc.integer({ min: 300, max: 1600 }),
      fc.integer({ min: 5, max: 30 }),
      async (seed, killAfterMs, rewindTo) => {
        const path = await mkdtemp(join(tmpdir(), "spoor-rewind-"));
        await ingest(path, { args: [seed, 40, 0, -1], killAfterMs: null });
        // The same chain again from an earlier block on: the child rewinds first.
        await ingest(path, { args: [seed, blockCount, 0, rewindTo], killAfterMs });
        await ingest(path, { args: [seed, blockCount, 0, rewindTo], killAfterMs: null });
        expect(await digest(path)).toEqual(await cleanRun(blockCount, { seed, salt: 0 }));
        await rm(path, { recursive: true });
      },
    ),
    { numRuns: 3, endOnFailure: true },
  );
}, 180_000);
