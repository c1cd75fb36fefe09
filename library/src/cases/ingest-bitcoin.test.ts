import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hasBitcoind, startBitcoind } from "../bitcoin/bitcoind.fixture.ts";
import { payment, rawHex } from "../bitcoin/explorer-json.fixture.ts";
import { displayHash } from "../bitcoin/hash.ts";
import {
  blockFile,
  makeBlock,
  makeBlocks,
  makeCoinbase,
  makeGenesis,
  makeTransaction,
} from "../bitcoin/made-chain.fixture.ts";
import { ingestBitcoin } from "./ingest-bitcoin.ts";
import { listLedgers, withLedger } from "./open-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "spoor-cases-"));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const freshFolder = () => join(folder, String(made++));

const demoBlocks = join(import.meta.dirname, "../../../scenarios/hot-wallet-theft/blk00000.dat");
const fromFile = (path: string) => ({ kind: "blocks", path, network: null, overlay: 0 }) as const;

const onNode = test.skipIf(!hasBitcoind);
const note = hasBitcoind ? "" : " (skipped: bitcoind-regtest brings no node for this platform)";

test("block files give a whole ledger; again changes nothing, with the same hash", async () => {
  const data = freshFolder();
  const first = await ingestBitcoin({ data, ledger: "demo", from: fromFile(demoBlocks) });
  expect(first.summary).toMatchObject({ blocks: 162, transactions: 197, network: "regtest", partial: false });
  expect(first.skipped).toEqual([]);
  const again = await ingestBitcoin({ data, ledger: "demo", from: fromFile(demoBlocks) });
  expect(again).toEqual(first);
});

test("a truncated tail is reported with its offset, and whole files go on from there", async () => {
  const data = freshFolder();
  mkdirSync(data, { recursive: true });
  const bytes = readFileSync(demoBlocks);
  const cut = join(data, "blk00000.dat");
  writeFileSync(cut, bytes.subarray(0, bytes.length - 100));
  const short = await ingestBitcoin({ data, ledger: "demo", from: fromFile(cut) });
  expect(short.summary.blocks).toBe(161);
  expect(short.skipped).toHaveLength(1);
  expect(short.skipped[0]).toMatchObject({ file: cut, reason: expect.stringMatching(/trunc|ends/iu) });
  expect(short.skipped[0]!.offset).toBeGreaterThan(0);
  copyFileSync(demoBlocks, cut);
  const whole = await ingestBitcoin({ data, ledger: "demo", from: fromFile(cut) });
  expect(whole.summary.tip?.height).toBe(161);
});

test("a block that spends a coin that is not there is set aside with its reason; what came before stays", async () => {
  const data = freshFolder();
  mkdirSync(data, { recursive: true });
  const genesis = makeGenesis();
  const good = makeBlocks(genesis, 1, 3);
  const parent = good.at(-1)!;
  const bad = makeBlock({
    previous: parent.hash,
    time: 1_700_000_000,
    transactions: [makeCoinbase(4), makeTransaction(7)],
  });
  const path = join(data, "blk00000.dat");
  writeFileSync(path, blockFile([genesis, ...good, bad, ...makeBlocks(bad, 5, 2)].map(({ bytes }) => bytes)));
  const { summary, skipped } = await ingestBitcoin({ data, ledger: "bad", from: fromFile(path) });
  expect(summary.tip?.height).toBe(3);
  expect(skipped.map(({ reason }) => reason).join("\n")).toMatch(
    /not in the ledger|no transaction|parent|not unspent/iu,
  );
});

onNode(`a node's chain, its newest blocks beside the store, and a reorganisation${note}`, async () => {
  await using node = await startBitcoind();
  const data = freshFolder();
  const from = { kind: "rpc", url: node.url, cookie: node.cookieFile, network: null, overlay: 6 } as const;
  const hashes = await node.generate(120);
  const first = await ingestBitcoin({ data, ledger: "node", from });
  expect(first.summary).toMatchObject({ blocks: 121, tip: { height: 120, hash: hashes.at(-1) } });

  // Less deep than the overlay: nothing stored is touched, and nobody is told.
  await node.rpc.call("invalidateblock", hashes[117]);
  const shallow = await node.generate(5);
  const second = await ingestBitcoin({ data, ledger: "node", from });
  expect(second.summary.tip).toEqual({ height: 122, hash: shallow.at(-1) });
  expect(second.notes).toEqual([]);

  // Deeper: stored blocks are taken away, and it is said.
  await node.rpc.call("invalidateblock", hashes[99]);
  const deep = await node.generate(30);
  const third = await ingestBitcoin({ data, ledger: "node", from });
  expect(third.summary).toMatchObject({ blocks: 130, tip: { height: 129, hash: deep.at(-1) } });
  expect(third.notes.join()).toMatch(/blocks 100 to 116 were replaced/u);
  await withLedger(data, "node", async (ledger) => {
    expect((await ledger.block(100))?.hash).toBe(deep[0]);
    expect(await ledger.block(hashes[99]!)).toBeNull();
    const { transactionCount } = (await ledger.loadAll()).columns;
    expect(transactionCount).toBe(130);
  });
});

onNode(`a branch with less work changes nothing, and it is said${note}`, async () => {
  await using node = await startBitcoind();
  const data = freshFolder();
  const from = { kind: "rpc", url: node.url, cookie: node.cookieFile, network: null, overlay: 0 } as const;
  const hashes = await node.generate(20);
  await ingestBitcoin({ data, ledger: "node", from });
  await node.rpc.call("invalidateblock", hashes[9]);
  await node.generate(3);
  const { summary, notes } = await ingestBitcoin({ data, ledger: "node", from });
  expect(summary.tip?.hash).toBe(hashes.at(-1));
  expect(notes.join()).toMatch(/has no more work/u);
});

test("a ledger of another network, or of another kind, is refused and left alone", async () => {
  const data = freshFolder();
  await ingestBitcoin({ data, ledger: "demo", from: fromFile(demoBlocks) });
  const file = join(data, "transaction.hex");
  writeFileSync(file, rawHex(payment([], [[1, 5000]])));
  const files = { kind: "transactions", files: [file], network: "regtest" } as const;
  await expect(ingestBitcoin({ data, ledger: "demo", from: files })).rejects.toThrow(
    /ledger of whole blocks of regtest/u,
  );
  await expect(ingestBitcoin({ data, ledger: "demo", from: { ...files, network: "mainnet" } })).rejects.toThrow(
    /regtest/u,
  );
  await withLedger(data, "demo", async (ledger) => expect((await ledger.summary()).blocks).toBe(162));
});

test("files without a transaction are refused, and make no ledger", async () => {
  const data = freshFolder();
  const from = { kind: "transactions", files: [demoBlocks], network: "regtest" } as const;
  await expect(ingestBitcoin({ data, ledger: "none", from })).rejects.toThrow(/Nothing could be read/u);
  expect(await listLedgers(data)).toEqual([]);
});

test("stopping leaves what was read, and the next run goes on from there", async () => {
  const data = freshFolder();
  const controller = new AbortController();
  const stopped = await ingestBitcoin({
    data,
    ledger: "demo",
    from: fromFile(demoBlocks),
    signal: controller.signal,
    onProgress: ({ what, done }) => {
      if (what === "blocks" && done === 50) controller.abort();
    },
  });
  expect(stopped.summary.blocks).toBe(50);
  const whole = await ingestBitcoin({ data, ledger: "demo", from: fromFile(demoBlocks) });
  expect(whole.summary.blocks).toBe(162);
});

test("wherever a long branch leaves the ledger, what both share stays and the rest is replaced", async () => {
  const data = freshFolder();
  mkdirSync(data, { recursive: true });
  const path = join(data, "blk00000.dat");
  const write = (blocks: readonly { bytes: Uint8Array }[]) =>
    writeFileSync(path, blockFile(blocks.map(({ bytes }) => bytes)));
  const genesis = makeGenesis();
  const trunk = [genesis, ...makeBlocks(genesis, 1, 40)];
  for (const parting of [0, 1, 17, 39, 40]) {
    const parent = trunk[parting]!;
    write([...trunk.slice(0, parting + 1), ...makeBlocks(parent, parting + 1, 60, 1)]);
    await ingestBitcoin({ data, ledger: `b-${parting}`, from: fromFile(path) });
    const other = makeBlocks(parent, parting + 1, 61, 2);
    write([...trunk.slice(0, parting + 1), ...other]);
    const { summary, notes } = await ingestBitcoin({ data, ledger: `b-${parting}`, from: fromFile(path) });
    expect(summary.tip?.hash).toBe(displayHash(other.at(-1)!.hash));
    expect(notes.join()).toContain(`blocks ${parting + 1} to ${parting + 60} were replaced`);
  }
});

test("a source that holds fewer blocks, or fails, leaves the overlay of the one before as it is", async () => {
  const data = freshFolder();
  mkdirSync(data, { recursive: true });
  const path = join(data, "blk00000.dat");
  const genesis = makeGenesis();
  const chain = [genesis, ...makeBlocks(genesis, 1, 20)];
  const ingest = async (blocks: readonly { bytes: Uint8Array }[], overlay: number) => {
    writeFileSync(path, blockFile(blocks.map(({ bytes }) => bytes)));
    return (await ingestBitcoin({ data, ledger: "x", from: { kind: "blocks", path, network: null, overlay } })).summary
      .blocks;
  };
  for (const overlay of [6, 0, 30]) {
    expect(await ingest(chain.slice(0, 16), 6)).toBe(16);
    expect(await ingest(chain.slice(0, 12), overlay)).toBe(16);
    expect(await ingest(chain.slice(0, 5), overlay)).toBe(16);
    const damaged = chain[10]!.bytes.slice();
    damaged[100]! ^= 1;
    expect(await ingest([...chain.slice(0, 10), { bytes: damaged }, ...chain.slice(11)], overlay)).toBe(16);
    // A branch with less work than the overlay's.
    expect(await ingest([...chain.slice(0, 13), ...makeBlocks(chain[12]!, 13, 2, 9)], overlay)).toBe(16);
  }
  expect(await ingest(chain.slice(0, 18), 6)).toBe(18);
  expect(await ingest([...chain.slice(0, 15), ...makeBlocks(chain[14]!, 15, 5, 9)], 6)).toBe(20);
});
