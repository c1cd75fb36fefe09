import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DataFolder } from "./data-folder.ts";
import { transfersOfRounds } from "./testing/account-rounds.ts";
import { testChain } from "./testing/generated-chain.ts";
import { oracleAccountLedger } from "./testing/oracle-account-ledger.ts";

const childPath = fileURLToPath(new URL("./testing/account-ingest-child.ts", import.meta.url));
const rounds = 4;
const about = { name: "killed", network: "test", partial: false };

type Mode = "append" | "replace";

/** Runs the child until it is done, or kills it with SIGKILL some milliseconds after its start. */
async function ingest(path: string, { seed, mode }: { seed: number; mode: Mode }, killAfterMs: number | null) {
  const child = fork(childPath, [path, String(seed), String(rounds), mode], {
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

/** The rounds that readers see, checked against the oracle to the last transfer; null where there is no ledger yet. */
async function roundsSeen(path: string, seed: number): Promise<number | null> {
  const folder = await DataFolder.open(path, { chainOf: () => testChain });
  try {
    if ((await folder.ledgers()).length === 0) return null;
    const ledger = await folder.accountLedger("killed");
    const { tip } = await ledger.summary();
    for (let round = 0; round <= rounds; round++) {
      const oracle = oracleAccountLedger(transfersOfRounds(seed, round), {}, about);
      if ((await oracle.summary()).tip?.hash !== tip?.hash) continue;
      expect(await ledger.summary()).toEqual(await oracle.summary());
      expect(await ledger.load()).toEqual(await oracle.load());
      return round;
    }
    throw new RangeError(`readers see ${JSON.stringify(tip)}, which is no whole number of rounds`);
  } finally {
    await folder.close();
  }
}

/** Tables, with the rows of those that are not staged in batches. */
async function tablesOf(path: string): Promise<string[]> {
  const folder = await DataFolder.open(path, { chainOf: () => testChain });
  try {
    const writer = await folder.accountLedgerWriter(about);
    await writer.finish();
    const rows = await folder.connection.rows<{ name: string }>(
      "SELECT replaceRegexpOne(name, '^([sgt])[0-9]+_', '\\\\1_') AS name FROM system.tables " +
        "WHERE database = 'spoor_killed' ORDER BY name",
    );
    return rows.map(({ name }) => name);
  } finally {
    await folder.close();
  }
}

test.each(["append", "replace"] as const)(
  "after kills at any moment readers see a whole settlement, and going on ends in a clean run's: %s",
  async (mode) => {
    const clean = await mkdtemp(join(tmpdir(), "spoor-clean-"));
    await ingest(clean, { seed: 1, mode }, null);
    const tables = await tablesOf(clean);
    expect(tables.filter((name) => name.startsWith("t_"))).toEqual([]);
    await rm(clean, { recursive: true });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 2 ** 30 }),
        fc.array(fc.integer({ min: 400, max: 3500 }), { minLength: 3, maxLength: 4 }),
        async (seed, kills) => {
          const path = await mkdtemp(join(tmpdir(), "spoor-kill-"));
          let seen = 0;
          for (const killAfterMs of kills) {
            await ingest(path, { seed, mode }, killAfterMs);
            const now = (await roundsSeen(path, seed)) ?? 0;
            expect(now).toBeGreaterThanOrEqual(seen);
            seen = now;
          }
          await ingest(path, { seed, mode }, null);
          expect(await roundsSeen(path, seed)).toBe(rounds);
          expect(await tablesOf(path)).toEqual(tables);
          await rm(path, { recursive: true });
        },
      ),
      { numRuns: 2, endOnFailure: true },
    );
  },
  240_000,
);
