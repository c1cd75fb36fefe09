import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Block as Reference } from "bitcoinjs-lib";
import { accountKey, accountKeySize } from "../library/src/bitcoin/account-key.ts";
import { openBlockFiles } from "../library/src/bitcoin/block-files.ts";
import { decodeBlock, decodeTransactions, emptyDecodedBlock } from "../library/src/bitcoin/decode-block.ts";
import type { DecodedBlock } from "../library/src/bitcoin/decoded-block.ts";
import { generateChain } from "./chain-generator.ts";
import { type Figure, median } from "./figure.ts";

export const names = [
  "bitcoin.decode.tx-per-s",
  "bitcoin.decode.vs-bitcoinjs",
  "bitcoin.block-files.tx-per-s",
] as const;

const shape = { blocks: 24, transactionsPerBlock: 2500, seed: 1 } as const;
const rounds = 5;

/**
 * One thread, on blocks of the shape of `chain-shape.ts`. `decode` is everything that a block needs before it is
 * stored: columns, txids, merkle root, and the account key of each output. `vs-bitcoinjs` compares columns and txids
 * with Block.fromBuffer and getId on the same bytes, rounds interleaved. `block-files` adds reading the files: headers,
 * best chain, blocks in order.
 */
export async function figures(): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), "spoor-bench-decode-"));
  try {
    const made = generateChain({ ...shape, dir });
    const blocks = await fullBlocks(dir);
    const transactions = blocks.reduce((sum, bytes) => sum + decodeBlock(bytes).transactionCount, 0);
    const times = { all: [] as number[], ids: [] as number[], reference: [] as number[], files: [] as number[] };
    const block = emptyDecodedBlock();
    for (let round = 0; round <= rounds; round++) {
      const all = timed(blocks, (bytes) => decodeAll(bytes, block));
      const ids = timed(blocks, (bytes) => decodeTransactions(bytes, block));
      const reference = timed(blocks, decodeByReference);
      const files = await timedAsync(() => readFiles(dir));
      // The first round warms the compiler up.
      if (round === 0) continue;
      times.all.push(all);
      times.ids.push(ids);
      times.reference.push(reference);
      times.files.push(files);
    }
    const perSecond = (count: number, milliseconds: readonly number[]) => (1000 * count) / median(milliseconds);
    const figure = { unit: "tx/s", better: "higher", against: null, skipped: null } as const;
    return [
      { ...figure, name: names[0], value: perSecond(transactions, times.all), floor: 150_000 },
      {
        ...figure,
        name: names[1],
        value: median(times.reference) / median(times.ids),
        unit: "x",
        floor: 1,
        against: "bitcoinjs-lib 7: Block.fromBuffer and getId of each transaction",
      },
      { ...figure, name: names[2], value: perSecond(made.transactions, times.files), floor: null },
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function fullBlocks(dir: string): Promise<Uint8Array[]> {
  const source = await openBlockFiles({ path: dir });
  const blocks: Uint8Array[] = [];
  const tip = source.tip().height;
  for await (const { bytes } of source.blocks(tip - shape.blocks + 1, tip)) blocks.push(bytes.slice());
  await source.close();
  return blocks;
}

let keys = new Uint8Array(0);

function decodeAll(bytes: Uint8Array, block: DecodedBlock): void {
  decodeBlock(bytes, block);
  if (keys.length < accountKeySize * block.outputCount) keys = new Uint8Array(2 * accountKeySize * block.outputCount);
  for (let output = 0; output < block.outputCount; output++) {
    accountKey(bytes, block.scriptOffset[output]!, block.scriptSize[output]!, keys, accountKeySize * output);
  }
}

function decodeByReference(bytes: Uint8Array): void {
  for (const transaction of Reference.fromBuffer(bytes).transactions!) transaction.getId();
}

async function readFiles(dir: string): Promise<void> {
  const source = await openBlockFiles({ path: dir });
  let blocks = 0;
  for await (const { columns } of source.blocks(0, source.tip().height)) blocks += columns === null ? 0 : 1;
  if (blocks !== source.tip().height + 1) throw new RangeError(`${blocks} blocks were read`);
  await source.close();
}

function timed(blocks: readonly Uint8Array[], run: (bytes: Uint8Array) => void): number {
  const from = performance.now();
  for (const bytes of blocks) run(bytes);
  return performance.now() - from;
}

async function timedAsync(run: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}
