import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ChainChangedError } from "../errors/bitcoin.ts";
import { BlockAbsentError } from "../errors/bitcoin-sources.ts";
import { type Bitcoind, hasBitcoind, startBitcoind } from "./bitcoind.fixture.ts";
import { openBlockFiles } from "./block-files.ts";
import { displayHash } from "./hash.ts";
import { networks } from "./networks.ts";
import { openRpcSource } from "./rpc-source.ts";

const onNode = test.skipIf(!hasBitcoind);
const note = hasBitcoind ? "" : " (skipped: bitcoind-regtest brings no node for this platform)";

const open = (node: Bitcoind) => openRpcSource({ url: node.url, cookieFile: node.cookieFile });

async function heightsOf(blocks: AsyncIterable<{ height: number }>): Promise<number[]> {
  const heights: number[] = [];
  for await (const { height } of blocks) heights.push(height);
  return heights;
}

onNode(`a real node's chain comes in order, linked, up to its tip${note}`, async () => {
  await using node = await startBitcoind();
  const hashes = await node.generate(120);
  const source = await open(node);
  expect(source.network.name).toBe("regtest");
  expect(source.tip().height).toBe(120);
  expect(displayHash(source.tip().hash)).toBe(hashes[119]);
  expect(displayHash(await source.hashAt(0))).toBe(networks.regtest.genesisHash);
  const seen: string[] = [];
  for await (const block of source.blocks(0, 120)) {
    expect(block.height).toBe(seen.length);
    expect(block.place).toBeNull();
    seen.push(displayHash(block.hash));
  }
  expect(seen).toEqual([networks.regtest.genesisHash, ...hashes]);
  // The node's own files tell the same blocks, byte for byte.
  const files = await openBlockFiles({ path: join(node.dataFolder, "regtest", "blocks") });
  const fromNode = source.blocks(0, 120)[Symbol.asyncIterator]();
  for await (const { height, bytes } of files.blocks(0, 120)) {
    const { value } = await fromNode.next();
    expect([value.height, Buffer.compare(value.bytes, bytes)]).toEqual([height, 0]);
  }
  await files.close();
  const [last] = await Array.fromAsync(source.blocks(120, 120));
  const raw = await node.rpc.call("getblock", hashes[119], false);
  expect(Buffer.from(last!.bytes).toString("hex")).toBe(raw);
  expect(await heightsOf(source.blocks(7, 6))).toEqual([]);
  expect(source.skipped).toEqual([]);
  await expect(source.hashAt(121)).rejects.toBeInstanceOf(BlockAbsentError);
  await source.close();
  await expect(source.hashAt(1)).rejects.toThrow(/closed/u);
});

onNode(`an answer that is too large is asked for in halves${note}`, async () => {
  await using node = await startBitcoind();
  await node.generate(40);
  // About 600 bytes of JSON a block: eight of them, the first batch, do not fit.
  const limits = { responseBytesMax: 3000 };
  const [user, password] = readFileSync(node.cookieFile, "utf8").split(":");
  const url = node.url.replace("//", `//${user}:${encodeURIComponent(password!)}@`);
  const source = await openRpcSource({ url, limits: { responseBytesMax: 1 << 20 } });
  const small = await openRpcSource({ url, limits });
  await expect(small.hashAt(40)).resolves.toEqual(await source.hashAt(40));
  expect(await heightsOf(small.blocks(5, 30))).toEqual(await heightsOf(source.blocks(5, 30)));
});

onNode(`a reorganisation during the read is told at the height where it shows${note}`, async () => {
  await using node = await startBitcoind();
  const hashes = await node.generate(30);
  const source = await openRpcSource({ url: node.url, cookieFile: node.cookieFile, parallel: 1 });
  const blocks = source.blocks(1, 30)[Symbol.asyncIterator]();
  await blocks.next();
  await node.rpc.call("invalidateblock", hashes[9]);
  // With nothing in the pool the new blocks would be the old ones again, but for their time.
  await node.rpc.call("setmocktime", 2_000_000_000);
  await node.generate(25);
  // The hashes were asked for before, so this read stays on the branch that is stale now: whole, in itself.
  let height = 1;
  for (let next = await blocks.next(); !next.done; next = await blocks.next()) height = next.value.height;
  expect(height).toBe(30);
  const again = await open(node);
  expect(again.tip().height).toBe(34);
  expect(displayHash(await again.hashAt(9))).toBe(hashes[8]);
  expect(displayHash(await again.hashAt(10))).not.toBe(hashes[9]);
  // Back to the first branch, which is shorter than the one whose tip was read.
  const fork = displayHash(await again.hashAt(10));
  await node.rpc.call("invalidateblock", fork);
  await node.rpc.call("reconsiderblock", hashes[9]);
  const error = await Array.fromAsync(again.blocks(5, 34)).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ChainChangedError);
  expect(again.tip().height).toBe(30);
  await expect(again.hashAt(34)).rejects.toBeInstanceOf(BlockAbsentError);
});

onNode(`a reorganisation past the hashes that were asked for shows in the links${note}`, async () => {
  await using node = await startBitcoind();
  const hashes = await node.generate(50);
  const { url, cookieFile } = node;
  const source = await openRpcSource({ url, cookieFile, parallel: 1, hashesPerBatch: 20 });
  const blocks = source.blocks(1, 50)[Symbol.asyncIterator]();
  await blocks.next();
  await node.rpc.call("invalidateblock", hashes[9]);
  await node.rpc.call("setmocktime", 2_000_000_000);
  await node.generate(60);
  const heights: number[] = [];
  const error = await (async () => {
    for (let next = await blocks.next(); !next.done; next = await blocks.next()) heights.push(next.value.height);
  })().catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ChainChangedError);
  expect(heights.at(-1)).toBe(20);
  // Block 10 was the first to be replaced.
  expect((error as ChainChangedError).data.height).toBe(9);
  expect(source.tip().height).toBe(69);
  expect(await heightsOf(source.blocks(10, 69))).toHaveLength(60);
});

onNode(`wrong credentials, another network and a node that was stopped are told apart${note}`, async () => {
  await using node = await startBitcoind();
  const wrong = node.url.replace("//", "//__cookie__:s3cret@");
  const refused = await openRpcSource({ url: wrong }).catch((e: unknown) => e);
  expect(String(refused)).toMatch(/status 401.*right user and password, or the cookie file/u);
  expect(String(refused) + JSON.stringify(refused)).not.toContain("s3cret");
  await expect(openRpcSource({ url: node.url, cookieFile: `${node.cookieFile}-not` })).rejects.toThrow(/cookie/u);
  await expect(openRpcSource({ url: node.url, dataFolder: node.dataFolder })).resolves.toHaveProperty("network.name");
  const { url, cookieFile } = node;
  await expect(openRpcSource({ url, cookieFile, network: networks.mainnet })).rejects.toThrow(
    /The server is on regtest, not on mainnet/u,
  );
  await node.stop();
  await expect(openRpcSource({ url, dataFolder: node.dataFolder })).rejects.toThrow(/no cookie in|is refused/u);
  await expect(openRpcSource({ url: wrong })).rejects.toThrow(/the connection is refused, tried once/u);
});
