import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectSameLedger } from "./coin-ledger.conformance.ts";
import { DataFolder } from "./data-folder.ts";
import { accountOf, buildChain, planChain, plans, scripts, testChain } from "./testing/generated-chain.ts";
import { memoryFromBlocks } from "./testing/memory-from-blocks.ts";

let path: string;
let folder: DataFolder;
let ledgers = 0;
const network = "test";
const room = { transactions: 5, outputs: 12, inputs: 12, scriptBytes: 600 };

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "spoor-stored-"));
  folder = await DataFolder.open(path, { chainOf: () => testChain });
});

afterAll(async () => {
  await folder.close();
  await rm(path, { recursive: true });
});

test("a stored ledger of random blocks says what the oracle in memory says, with and without an overlay", async () => {
  await fc.assert(
    fc.asyncProperty(plans, fc.integer({ min: 0, max: 3 }), async (plan, overlayBlocks) => {
      const name = `random-${ledgers++}`;
      const blocks = buildChain(plan);
      const writer = await folder.coinLedgerWriter({ name, network, overlayBlocks, room });
      for (const block of blocks) await writer.append(block);
      await writer.finish();
      const oracle = memoryFromBlocks(blocks, testChain, { name, network });
      await expectSameLedger(await folder.ledger(name), oracle, { accountKey: accountOf, scripts });
    }),
    { numRuns: 6 },
  );
});

test("ingest that stops and resumes anywhere, overlay or not, gives the ledger of one run", async () => {
  const blocks = buildChain(planChain({ seed: 42, blocks: 12, transactionsMax: 5 }));
  const name = "resumed";
  for (const [upTo, overlayBlocks] of [
    [4, 2],
    [4, 2],
    [7, 0],
    [9, 6],
    [12, 3],
  ] as const) {
    const writer = await folder.coinLedgerWriter({ name, network, overlayBlocks, room });
    for (const block of blocks.slice(writer.nextHeight(), upTo)) await writer.append(block);
    await writer.finish();
    const oracle = memoryFromBlocks(blocks.slice(0, upTo), testChain, { name, network });
    await expectSameLedger(await folder.ledger(name), oracle, { accountKey: accountOf, scripts });
  }
  expect(await folder.ledgers()).toContainEqual({ name, kind: "coin", network, partial: false });
});
