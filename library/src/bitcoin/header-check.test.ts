import { expect, test } from "vitest";
import { openBlockFiles } from "./block-files.ts";
import { createHeaderCheck } from "./header-check.ts";
import { makeBlocks, makeGenesis, makeHeader } from "./made-chain.fixture.ts";
import { networks } from "./networks.ts";
import { realData, titled } from "./real-data.fixture.ts";

const { mainnet, regtest } = networks;
const fresh = { firstHeight: 0, headers: [] };

test("a chain from the genesis block passes, and goes on from the headers that were kept", () => {
  const genesis = makeGenesis();
  const blocks = [genesis, ...makeBlocks(genesis, 1, 20)];
  const check = createHeaderCheck(regtest, fresh);
  for (const { bytes, hash } of blocks) check(bytes.subarray(0, 80), hash);
  const resumed = createHeaderCheck(regtest, {
    firstHeight: 0,
    headers: blocks.slice(0, 11).map(({ bytes }) => bytes),
  });
  for (const { bytes, hash } of blocks.slice(11)) resumed(bytes.subarray(0, 80), hash);
});

test("another genesis block, other bits, and a hash that does not meet its bits are refused", () => {
  const genesis = makeGenesis();
  const [block] = makeBlocks(genesis, 1, 1);
  expect(() => createHeaderCheck(regtest, fresh)(block!.bytes, block!.hash)).toThrow(/not the genesis block/u);

  const kept = { firstHeight: 0, headers: [genesis.bytes] };
  const easier = makeHeader({
    previous: genesis.hash,
    root: new Uint8Array(32),
    time: 1_700_000_000,
    bits: 0x207ffffe,
  });
  expect(() => createHeaderCheck(regtest, kept)(easier.bytes, easier.hash)).toThrow(/retarget rule asks for 207fffff/u);
  expect(() => createHeaderCheck(regtest, kept)(block!.bytes, new Uint8Array(32).fill(0xff))).toThrow(/does not meet/u);
});

const file = realData("btc-blocks-mainnet/blk00000-first-4313-blocks.dat");

test.skipIf(file === null)(titled("mainnet's first two retargets hold", file), async () => {
  const source = await openBlockFiles({ path: file! });
  const headers: Uint8Array[] = [];
  const check = createHeaderCheck(mainnet, fresh);
  for await (const { header, hash } of source.blocks(0, source.tip().height)) {
    check(header, hash);
    headers.push(header.slice());
  }
  // Resumed in the middle of a period.
  const from = 4100;
  const resumed = createHeaderCheck(mainnet, { firstHeight: 4032, headers: headers.slice(4032, from) });
  for await (const { header, hash } of source.blocks(from, source.tip().height)) resumed(header, hash);
  await source.close();
  expect(headers).toHaveLength(4313);
});
