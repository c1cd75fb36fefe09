import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Block as Reference } from "bitcoinjs-lib";
import { openBlockFiles } from "../library/src/bitcoin/block-files.ts";
import { ingestBitcoin } from "../library/src/cases/ingest-bitcoin.ts";
import { generateChain } from "./chain-generator.ts";
import { type Figure, median } from "./figure.ts";

export const names = [
  "ingest.bitcoin.tx-per-s",
  "ingest.bitcoin.vs-bitcoinjs",
  "ingest.bitcoin.peak-memory",
  "ingest.bitcoin.stored-bytes-per-tx",
] as const;

// 1 million transactions in the shape of chain-shape.ts, about 450 MB of blocks.
const shape = { blocks: 400, transactionsPerBlock: 2500, seed: 7 } as const;
const rounds = 3;

/**
 * From block files into a new store, everything checked, both cores; beside it bitcoinjs-lib decoding the same blocks
 * from memory and computing txids, in turns. Memory is the peak of this whole process, the engine's included.
 */
export async function figures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "spoor-bench-ingest-"));
  try {
    const blocks = join(folder, "blocks");
    const { transactions } = generateChain({ ...shape, dir: blocks });
    const times = { ours: [] as number[], reference: [] as number[] };
    let storedBytes = 0;
    for (let round = 0; round < rounds; round++) {
      const data = join(folder, `data-${round}`);
      times.ours.push(await timed(() => ingest(data, blocks)));
      storedBytes = bytesBelow(data);
      rmSync(data, { recursive: true });
      times.reference.push(await referenceMs(blocks));
    }
    const ours = median(times.ours);
    const figure = { better: "higher", floor: null, against: null, skipped: null } as const;
    return [
      { ...figure, name: names[0], value: (1000 * transactions) / ours, unit: "tx/s", floor: 60_000 },
      {
        ...figure,
        name: names[1],
        value: median(times.reference) / ours,
        unit: "x",
        floor: 1,
        against: "bitcoinjs-lib 7 decoding the same blocks from memory and computing txids, one thread",
      },
      {
        ...figure,
        name: names[2],
        value: process.resourceUsage().maxRSS / 1024,
        unit: "MiB",
        better: "lower",
        against: "the process that also generated the chain and ran the reference",
      },
      { ...figure, name: names[3], value: storedBytes / transactions, unit: "bytes", better: "lower" },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function ingest(data: string, path: string): Promise<void> {
  const { summary, skipped } = await ingestBitcoin({
    data,
    ledger: "bench",
    from: { kind: "blocks", path, network: null, overlay: 0 },
  });
  if (skipped.length > 0 || summary.blocks < shape.blocks) throw new Error(`ingest stopped: ${skipped[0]?.reason}`);
}

/** The time in which bitcoinjs-lib decodes the blocks; reading them is outside the clock. */
async function referenceMs(path: string): Promise<number> {
  const source = await openBlockFiles({ path });
  let ms = 0;
  for await (const { bytes } of source.blocks(0, source.tip().height)) {
    const started = performance.now();
    for (const transaction of Reference.fromBuffer(Buffer.from(bytes)).transactions ?? []) transaction.getId();
    ms += performance.now() - started;
  }
  await source.close();
  return ms;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function bytesBelow(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
