import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  addressOfScript,
  decodeBlock,
  decodeTransaction,
  networks,
  openBlockFiles,
  type Transaction,
  transactionId,
} from "../../library/src/bitcoin/index.ts";
import { readTags } from "../../library/src/identity/index.ts";

const { regtest } = networks;
const file = (name: string) => readFileSync(new URL(name, import.meta.url));
const story = JSON.parse(file("story.json").toString("utf8")) as {
  network: string;
  blocks: number;
  stolen: string;
  seeds: string[];
  happened: { height: number; time: string; transaction: string; what: string }[];
  actors: { name: string; role: string; addresses: string[] }[];
  tagged: { address: string; label: string; category: string; source: string }[];
};

interface Block {
  readonly time: number;
  readonly transactions: Transaction[];
}

/** By the source that the demo itself uses, which checks links, work and merkle roots. */
async function readBlocks(): Promise<Block[]> {
  const source = await openBlockFiles({ path: fileURLToPath(new URL("blk00000.dat", import.meta.url)) });
  const blocks: Block[] = [];
  for await (const { header, bytes, columns } of source.blocks(0, source.tip().height)) {
    const { txOffset, txSize, transactionCount } = columns ?? decodeBlock(bytes);
    const transactions = Array.from({ length: transactionCount }, (_, j) =>
      decodeTransaction(bytes.subarray(txOffset[j]!, txOffset[j]! + txSize[j]!)),
    );
    blocks.push({ time: Buffer.from(header).readUInt32LE(68), transactions });
  }
  expect(source.network.name).toBe(story.network);
  expect(source.skipped).toEqual([]);
  await source.close();
  return blocks;
}

const blocks = await readBlocks();
const made = new Map<string, { height: number; transaction: Transaction }>();
blocks.forEach(({ transactions }, height) => {
  for (const transaction of transactions) made.set(transactionId(transaction), { height, transaction });
});
const coin = (name: string) => {
  const [txid, vout] = name.split(":");
  return made.get(txid!)!.transaction.outputs[Number(vout)]!;
};
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);

test("the file holds as many blocks as the story says, and no padding", () => {
  expect(blocks).toHaveLength(story.blocks);
  expect(file("blk00000.dat").length).toBeLessThan(100_000);
});

test("the seeds are four coins of the victim, 480 BTC together, and one transaction takes them all", () => {
  expect(story.stolen).toBe("48000000000");
  expect(sum(story.seeds.map((seed) => coin(seed).value))).toBe(48_000_000_000n);
  const victim = story.actors.find(({ role }) => role === "victim")!;
  for (const seed of story.seeds) expect(victim.addresses).toContain(addressOfScript(regtest, coin(seed).script));
  const theft = made.get(story.happened[0]!.transaction)!;
  expect(theft.transaction.inputs.map(({ txid, vout }) => `${txid}:${vout}`)).toEqual(story.seeds);
});

test("everything that happened stands on the chain where the story says, in order", () => {
  expect(story.happened.length).toBeGreaterThan(20);
  let before = 0;
  for (const { height, time, transaction } of story.happened) {
    expect(made.get(transaction)!.height).toBe(height);
    expect(blocks[height]!.time).toBe(Date.parse(time) / 1000);
    expect(height).toBeGreaterThanOrEqual(before);
    before = height;
  }
});

test("there is a chain of nine peels, and one mix of six equal outputs", () => {
  const peels = story.happened.filter(({ what }) => what.startsWith("Peel "));
  expect(peels).toHaveLength(9);
  for (let j = 1; j < peels.length; j++) {
    const { inputs, outputs } = made.get(peels[j]!.transaction)!.transaction;
    expect(inputs.map(({ txid }) => txid)).toEqual([peels[j - 1]!.transaction]);
    expect(outputs).toHaveLength(2);
  }
  const mixes = [...made.values()].filter(
    ({ transaction }) => transaction.outputs.filter(({ value }) => value === 1_000_000_000n).length === 6,
  );
  expect(mixes).toHaveLength(1);
  expect(mixes[0]!.transaction.inputs).toHaveLength(6);
});

test("the tags are of addresses that were paid, and the CSV says the same as the story", () => {
  const paid = new Set<string | null>();
  for (const { transaction } of made.values()) {
    for (const { script } of transaction.outputs) paid.add(addressOfScript(regtest, script));
  }
  for (const { address } of story.tagged) expect(paid).toContain(address);
  expect(readTags(file("tags.csv").toString("utf8"), "tags.csv")).toEqual({ tags: story.tagged, refused: [] });
  // No stop stands at the beginning of the trail, nor with the thief.
  const own = story.actors.filter(({ role }) => role === "victim" || role === "thief").flatMap((a) => a.addresses);
  for (const { address } of story.tagged) expect(own).not.toContain(address);
});

test("what is spent was made before, and fees are small", () => {
  for (const { transaction } of made.values()) {
    if (made.get(transaction.inputs[0]!.txid) === undefined) continue;
    const given = sum(transaction.inputs.map(({ txid, vout }) => coin(`${txid}:${vout}`).value));
    const fee = given - sum(transaction.outputs.map(({ value }) => value));
    expect(fee).toBeGreaterThanOrEqual(20_000n);
    expect(fee).toBeLessThanOrEqual(180_000n);
  }
});
