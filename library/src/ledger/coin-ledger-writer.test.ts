import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appendBlock, SpentCoins } from "./append-block.ts";
import { BatchRows } from "./batch-rows.ts";
import { CoinIndex } from "./coin-index.ts";
import { expectSameLedger } from "./coin-ledger.conformance.ts";
import type { CoinBlock } from "./contract.ts";
import { DataFolder } from "./data-folder.ts";
import { accountOf, buildChain, type PlannedBlock, planChain, scripts, testChain } from "./testing/generated-chain.ts";
import { memoryFromBlocks } from "./testing/memory-from-blocks.ts";

let path: string;
let folder: DataFolder;
const network = "test";
const script = scripts[0]!;
const subsidy = 50;

beforeAll(async () => {
  path = await mkdtemp(join(tmpdir(), "spoor-writer-"));
  folder = await DataFolder.open(path, { chainOf: () => testChain });
});

afterAll(async () => {
  await folder.close();
  await rm(path, { recursive: true });
});

const coinbase = (value = subsidy) => ({ inputs: [], outputs: [{ value, script }] });
const block = (...transactions: PlannedBlock["transactions"]): PlannedBlock => ({ transactions, subsidy, salt: 1 });
const spend = (transaction: number, values: number[], vout = 0) => ({
  inputs: [{ transaction, vout }],
  outputs: values.map((value) => ({ value, script })),
});

/** Appends all blocks but the last, expects the last to be refused, and that the ledger goes on as if it never came. */
async function refuses(plan: PlannedBlock[], code: RegExp, { name, good }: { name: string; good: PlannedBlock }) {
  const blocks = buildChain(plan);
  const writer = await folder.coinLedgerWriter({ name, network, overlayBlocks: 0 });
  for (const one of blocks.slice(0, -1)) await writer.append(one);
  const before = writer.memory();
  await expect(writer.append(blocks.at(-1)!)).rejects.toMatchObject({ code: expect.stringMatching(code) });
  expect(writer.memory()?.coins).toBe(before?.coins);
  const better = buildChain([...plan.slice(0, -1), good]);
  await writer.append(better.at(-1)!);
  await writer.finish();
  const oracle = memoryFromBlocks(better, testChain, { name, network });
  expect(await (await folder.ledger(name)).loadAll()).toEqual(await oracle.loadAll());
}

const two = [block(coinbase()), block(coinbase())];

test.each<[string, PlannedBlock[], RegExp]>([
  ["spends a coin nobody made", [...two, block(coinbase(), spend(99, [1]))], /missing-parent/u],
  ["spends an output that its maker does not have", [...two, block(coinbase(), spend(1, [1], 7))], /missing-parent/u],
  ["spends a coin before it is made", [...two, block(coinbase(), spend(4, [1]), spend(1, [1]))], /missing-parent/u],
  ["spends a coin twice in a block", [...two, block(coinbase(), spend(1, [1]), spend(1, [2]))], /coin-not-unspent/u],
  [
    "spends a coin that an earlier block spent",
    [...two, block(coinbase()), block(coinbase(), spend(2, [1])), block(coinbase(), spend(2, [1]))],
    /coin-not-unspent/u,
  ],
  ["spends the genesis coin", [...two, block(coinbase(), spend(0, [1]))], /coin-not-unspent/u],
  ["gives more than it takes", [...two, block(coinbase(), spend(1, [30, 21]))], /value-created/u],
  ["claims more than subsidy and fees", [...two, block(coinbase(52), spend(1, [49]))], /value-created/u],
  ["repeats a coinbase with an unspent coin", [...two, block({ ...coinbase(), repeats: 1 })], /duplicate-transaction/u],
])("a block that %s is refused and leaves no trace", async (what, plan, code) => {
  const name = `refuses-${what.replaceAll(" ", "-")}`.slice(0, 60);
  await refuses(plan, code, { name, good: block(coinbase(51), spend(1, [20, 29])) });
});

test("a coin can be spent in the block that made it, and fees are claimed", async () => {
  const plan = [...two, block(coinbase(53), spend(1, [40, 9]), spend(3, [38]))];
  const blocks = buildChain(plan);
  const writer = await folder.coinLedgerWriter({ name: "same-block", network, overlayBlocks: 0 });
  for (const one of blocks) await writer.append(one);
  await writer.finish();
  const oracle = memoryFromBlocks(blocks, testChain, { name: "same-block", network });
  await expectSameLedger(await folder.ledger("same-block"), oracle, { accountKey: accountOf, scripts: [script] });
});

test("BIP 30: at the named heights a coinbase may repeat one, and the later coin can be spent", async () => {
  const plan = [...two, block(coinbase(49)), block({ ...coinbase(), repeats: 1 }), block(coinbase(), spend(3, [50]))];
  const blocks = buildChain(plan);
  const name = "bip30";
  let writer = await folder.coinLedgerWriter({ name, network, overlayBlocks: 0 });
  for (const one of blocks.slice(0, 4)) await writer.append(one);
  await writer.finish();
  // The index is rebuilt from the store in between.
  writer = await folder.coinLedgerWriter({ name, network, overlayBlocks: 0 });
  await writer.append(blocks[4]!);
  expect(writer.memory()?.coins).toBe(3);
  await writer.finish();
  const ledger = await folder.ledger(name);
  const [spent] = await ledger.inputsOf(5);
  expect(spent).toMatchObject({ id: 3, maker: 3, spender: 5 });
  expect((await ledger.coinsById([1]))[0]).toMatchObject({ maker: 1, spender: "unspent" });
  expect(await ledger.transaction((await ledger.transactionsById([1]))[0]!.txid)).toMatchObject({ id: 3 });
});

test("another branch is refused with both hashes, and after a rewind it is taken", async () => {
  const name = "reorganised";
  const old = planChain({ seed: 5, blocks: 14, transactionsMax: 6 });
  const branch = planChain({ seed: 5, blocks: 16, transactionsMax: 6 }).map((one, height) => ({
    ...one,
    salt: height < 9 ? one.salt : one.salt + 100,
  }));
  const oldBlocks = buildChain(old);
  const newBlocks = buildChain(branch);
  const writer = await folder.coinLedgerWriter({ name, network, overlayBlocks: 2, room: smallRoom });
  for (const one of oldBlocks) await writer.append(one);
  await expect(writer.append(newBlocks[14]!)).rejects.toMatchObject({
    code: "ledger/block-link",
    data: { tip: hashOf(oldBlocks[13]!), previous: hashOf(newBlocks[13]!) },
  });
  expect(await writer.hashAt(8)).toBe(hashOf(newBlocks[8]!));
  await writer.rewind(8);
  for (const one of newBlocks.slice(writer.nextHeight())) await writer.append(one);
  await writer.finish();
  const oracle = memoryFromBlocks(newBlocks, testChain, { name, network });
  await expectSameLedger(await folder.ledger(name), oracle, { accountKey: accountOf, scripts: scripts.slice(0, 3) });
});

const smallRoom = { transactions: 20, outputs: 60, inputs: 60, scriptBytes: 4000 };
const hashOf = (one: CoinBlock) => Buffer.from(one.hash.toReversed()).toString("hex");

test("a stored block is refused, and so is one that leaves some out", async () => {
  const blocks = buildChain(planChain({ seed: 9, blocks: 5, transactionsMax: 2 }));
  const writer = await folder.coinLedgerWriter({ name: "heights", network, overlayBlocks: 0 });
  for (const one of blocks.slice(0, 3)) await writer.append(one);
  await expect(writer.append(blocks[1]!)).rejects.toThrow(/Block 1 is stored already/u);
  await expect(writer.append(blocks[4]!)).rejects.toThrow(/leaves out the blocks from 3 on/u);
  await expect(folder.coinLedgerWriter({ name: "heights", network })).rejects.toThrow(/being written already/u);
  await writer.finish();
  await expect(writer.append(blocks[3]!)).rejects.toThrow(/after it was closed/u);
});

test("raw transactions come from the block file, XOR key and all; a lost file is an error", async () => {
  const key = Uint8Array.from([3, 1, 4, 1, 5, 9, 2, 6]);
  const file = join(path, "blk00000.dat");
  const blocks = buildChain(planChain({ seed: 11, blocks: 6, transactionsMax: 4 }));
  let offset = 13;
  const placed = blocks.map((one): CoinBlock => {
    const place = { file, offset, size: one.bytes.length, xorKey: key };
    offset += one.bytes.length + 5;
    return { ...one, place };
  });
  const bytes = new Uint8Array(offset);
  for (const one of placed) bytes.set(one.bytes, one.place!.offset);
  await writeFile(
    file,
    bytes.map((byte, at) => byte ^ key[at % 8]!),
  );
  const writer = await folder.coinLedgerWriter({ name: "placed", network, overlayBlocks: 1 });
  for (const one of placed) await writer.append(one);
  await writer.finish();
  const ledger = await folder.ledger("placed");
  const oracle = memoryFromBlocks(blocks, testChain, { name: "placed", network });
  const { transactions } = await oracle.summary();
  for (let t = 0; t < transactions; t++) expect(await ledger.rawTransaction(t)).toEqual(await oracle.rawTransaction(t));
  await writeFile(file, bytes);
  await expect(ledger.rawTransaction(0)).rejects.toThrow(/what stands there is transaction/u);
  await rm(file);
  await expect(ledger.rawTransaction(0)).rejects.toThrow(/cannot be had.*blk00000\.dat/u);
});

test("BIP 30: once the later coin is spent the earlier one never comes back, in memory or from the store", async () => {
  const plan = [...two, block(coinbase(49)), block({ ...coinbase(), repeats: 1 }), block(coinbase(), spend(3, [50]))];
  const twice = [...plan, block(coinbase(), spend(1, [50]))];
  for (const isRebuilt of [false, true]) {
    const blocks = buildChain(twice);
    const request = { name: `bip30-spent-${isRebuilt}`, network, overlayBlocks: 0 };
    let writer = await folder.coinLedgerWriter(request);
    for (const one of blocks.slice(0, 5)) await writer.append(one);
    if (isRebuilt) {
      await writer.finish();
      writer = await folder.coinLedgerWriter(request);
    }
    await expect(writer.append(blocks[5]!)).rejects.toMatchObject({ code: "ledger/coin-not-unspent" });
    await writer.finish();
  }
});

test("a writer that could not finish gives its ledger free", async () => {
  const name = "unfinished";
  const writer = await folder.coinLedgerWriter({ name, network, overlayBlocks: 0 });
  for (const one of buildChain(planChain({ seed: 3, blocks: 3, transactionsMax: 3 }))) await writer.append(one);
  await folder.connection.run("RENAME TABLE spoor_unfinished.outputs TO spoor_unfinished.away");
  await expect(writer.finish()).rejects.toMatchObject({ code: "ledger/query" });
  await expect(writer.finish()).rejects.toMatchObject({ code: "ledger/closed" });
  await folder.connection.run("RENAME TABLE spoor_unfinished.away TO spoor_unfinished.outputs");
  const again = await folder.coinLedgerWriter({ name, network, overlayBlocks: 0 });
  expect(again.tip()).toBe(null);
  await again.finish();
});

test("a ledger that lost rows is not read as if it were whole", async () => {
  const blocks = buildChain(planChain({ seed: 4, blocks: 6, transactionsMax: 4 }));
  for (const [name, overlayBlocks] of [
    ["lost-stored", 0],
    ["lost-overlay", 6],
  ] as const) {
    const writer = await folder.coinLedgerWriter({ name, network, overlayBlocks });
    for (const one of blocks) await writer.append(one);
    await writer.finish();
    const whole = await folder.ledger(name);
    const table = `spoor_${name.replace("-", "_")}.outputs`;
    await folder.connection.run(`ALTER TABLE ${table} DELETE WHERE id = 3 SETTINGS mutations_sync = 2`);
    await expect(whole.loadAll()).rejects.toMatchObject({ code: "ledger/damaged", data: { table: "outputs" } });
    await expect(folder.ledger(name)).rejects.toMatchObject({
      code: "ledger/damaged",
      data: { name, table: "outputs" },
    });
  }
});

test("blocks without a place are stored once they fill the room for their bytes, and are counted exactly", async () => {
  const rows = new BatchRows({ transactions: 99, outputs: 99, inputs: 99, scriptBytes: 9999 });
  const blocks = buildChain(planChain({ seed: 6, blocks: 4, transactionsMax: 3 }));
  const [index, spent] = [new CoinIndex(), new SpentCoins()];
  for (const one of blocks) appendBlock({ block: one, rows, index, chain: testChain, spent });
  expect(rows.rawBytes).toBe(blocks.reduce((sum, one) => sum + one.bytes.length, 0));
  const next = new BatchRows(rows.room);
  next.restart(rows, 3);
  expect(next.rawBytes).toBe(blocks[3]!.bytes.length);
  next.begin({ transactions: 0, outputs: 0, inputs: 0 });
  expect(next.rawBytes).toBe(0);
});
