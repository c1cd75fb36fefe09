import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { displayHash } from "./hash.ts";
import { bitsOfTarget, decodeHeader, hex, targetOfBits, workOfBits } from "./header.ts";
import { findBestChain, type HeaderChain } from "./header-chain.ts";
import { addHeader, createHeaderTable, type HeaderTable } from "./header-table.ts";
import { type MadeBlock, makeBlocks, makeGenesis, makeHeader, seeded } from "./made-chain.fixture.ts";
import { type NetworkName, networks } from "./networks.ts";
import { realData, titled } from "./real-data.fixture.ts";
import { type Ancestry, isRegular, nextBits, warpsTime } from "./retarget.ts";

// Vectors of Bitcoin Core's arith_uint256 and pow tests.
test.each([
  [0x01123456, 0x12n],
  [0x02123456, 0x1234n],
  [0x03123456, 0x123456n],
  [0x04123456, 0x12345600n],
  [0x05009234, 0x92340000n],
  [0x20123456, 0x123456n << 232n],
  [0x1d00ffff, 0xffffn << 208n],
])("bits %o are a target", (bits, target) => {
  expect(targetOfBits(bits)).toBe(target);
});

test.each([
  [0x01fedcba, /negative/u],
  [0x04923456, /negative/u],
  [0x00000000, /zero/u],
  [0x00123456, /zero/u],
  [0xff123456, /do not fit/u],
  [0x23000001, /do not fit/u],
  [0x21010000, /do not fit/u],
])("bits %o are refused: %s", (bits, why) => {
  expect(() => targetOfBits(bits)).toThrow(why);
});

test("a target's bits are the highest that are not over it", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n << 24n, max: 1n << 254n }), (target) => {
      const bits = bitsOfTarget(target);
      expect(targetOfBits(bits)).toBeLessThanOrEqual(target);
      expect(bitsOfTarget(targetOfBits(bits))).toBe(bits);
      if ((bits & 0x7f_ffff) !== 0x7f_ffff) expect(targetOfBits(bits + 1)).toBeGreaterThan(target);
    }),
  );
  expect(workOfBits(0x1d00ffff)).toBe(0x100010001n);
});

/** A table of headers that are nowhere but in it: one period whose first and last block are given. */
function period(first: { time: number; bits: number }, last: { height: number; time: number; bits: number }): Ancestry {
  const table: HeaderTable = {
    ...createHeaderTable(),
    count: 2016,
    time: new Uint32Array(2016).fill(first.time),
    bits: new Uint32Array(2016).fill(last.bits),
  };
  table.bits[0] = first.bits;
  table.time[2015] = last.time;
  const rows = Int32Array.from({ length: 2016 }, (_, row) => row);
  return {
    table,
    parent: rows.map((row) => row - 1),
    height: rows.map((row) => last.height - 2015 + row),
    regular: rows,
  };
}

test.each([
  [1_261_130_161, 32_255, 1_262_152_739, 0x1d00ffff, 0x1d00d86a],
  [1_231_006_505, 2015, 1_233_061_996, 0x1d00ffff, 0x1d00ffff],
  [1_279_008_237, 68_543, 1_279_297_671, 0x1c05a3f4, 0x1c0168fd],
  [1_263_163_443, 46_367, 1_269_211_443, 0x1c387f6f, 0x1d00e1fd],
])("Core's pow_tests: a period from %i, ending at height %i", (from, height, time, bits, expected) => {
  expect(hex(nextBits(networks.mainnet, period({ time: from, bits }, { height, time, bits }), 2015, time + 600))).toBe(
    hex(expected),
  );
});

test("BIP 94 goes by the first block of a period, testnet3 by the last, which may be at the lowest difficulty", () => {
  const slow = period({ time: 0, bits: 0x1b0404cb }, { height: 4031, time: 1_209_600, bits: 0x1d00ffff });
  expect(hex(nextBits(networks.testnet4, slow, 2015, 1_209_700))).toBe("1b0404cb");
  expect(hex(nextBits(networks.testnet, slow, 2015, 1_209_700))).toBe("1d00ffff");
  expect(warpsTime(networks.testnet4, slow, 2015, 1_209_000)).toBe(false);
  expect(warpsTime(networks.testnet4, slow, 2015, 1_208_999)).toBe(true);
  expect(warpsTime(networks.testnet, slow, 2015, 0)).toBe(false);
});

test("the 20-minute rule: lowest difficulty after a slow block, and back to the last regular bits after it", () => {
  const blocks = period({ time: 5000, bits: 0x1b0404cb }, { height: 4031, time: 5000, bits: 0x1d00ffff });
  blocks.table.bits.fill(0x1b0404cb, 0, 100);
  for (let row = 1; row < 2016; row++) {
    const regular = isRegular(networks.testnet, blocks.height[row]!, blocks.table.bits[row]!);
    blocks.regular[row] = regular ? row : blocks.regular[row - 1]!;
  }
  const bitsAfter = (name: NetworkName, time: number) => hex(nextBits(networks[name], blocks, 1000, time));
  expect(bitsAfter("testnet", 5000 + 1200)).toBe("1b0404cb");
  expect(bitsAfter("testnet", 5000 + 1201)).toBe("1d00ffff");
  expect(bitsAfter("testnet4", 5000 + 1200)).toBe("1b0404cb");
  expect(bitsAfter("mainnet", 5000 + 1201)).toBe("1d00ffff");
  expect(bitsAfter("regtest", 5000)).toBe("207fffff");
});

const boundaries = ["2015", "32255", "403199"];
const folder = realData("btc-blocks-with-prevouts");
test.skipIf(folder === null).each(boundaries)(titled("the bits after mainnet's block %s", folder), (height) => {
  const { chain_state: before, blocks } = JSON.parse(readFileSync(`${folder}/full_${height}.json`, "utf8"));
  const bits = bitsOfTarget(BigInt(before.current_target));
  const ending = { height: Number(height), time: before.prev_timestamps.at(-1), bits };
  const ancestry = period({ time: before.epoch_start_time, bits }, ending);
  expect(hex(nextBits(networks.mainnet, ancestry, 2015, blocks[0].header.time))).toBe(hex(blocks[0].header.bits));
});

const genesis = makeGenesis();
const main = makeBlocks(genesis, 1, 12);
const branch = makeBlocks(main[3]!, 5, 5, 1);

function chainOf(blocks: readonly MadeBlock[]): HeaderChain {
  const table = createHeaderTable();
  blocks.forEach(({ bytes }, at) => {
    addHeader(table, bytes, 0, { file: 0, offset: 1000 * at, size: bytes.length });
  });
  return findBestChain(table, networks.regtest);
}

test("the made genesis block is regtest's", () => {
  expect(decodeHeader(genesis.bytes).hash).toBe(networks.regtest.genesisHash);
});

test("headers in any order, with a stale branch, orphans and repetitions: the chain with most work", () => {
  const orphans = makeBlocks({ hash: new Uint8Array(32).fill(5), bytes: genesis.bytes }, 40, 3);
  const all = [genesis, ...main, ...branch, ...orphans, main[2]!, main[2]!, orphans[0]!];
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = seeded(seed);
      const shuffled = all.map((block) => ({ block, key: random.below(2 ** 31) })).sort((a, b) => a.key - b.key);
      const blocks = shuffled.map(({ block }) => block);
      const chain = chainOf(blocks);
      expect([...chain.rows].map((row) => blocks[row])).toEqual([genesis, ...main]);
      expect([chain.height, chain.stale, chain.orphans, chain.unusable, chain.repeated]).toEqual([12, 5, 3, 0, 3]);
      expect(chain.work).toBe(13n * workOfBits(0x207fffff));
      const reasons = chain.findings.map(({ reason }) => reason);
      expect(reasons).toEqual([
        `Block ${displayHash(branch[0]!.hash)} at height 5: a stale branch of 5 blocks with less work`,
        `Block ${displayHash(orphans[0]!.hash)}: it and 2 more that build on it are left out: its parent ` +
          `${"05".repeat(32)} is absent`,
      ]);
    }),
    { numRuns: 50 },
  );
});

/** The slow, obvious way: each block's height by walking up, the highest wins, of the highest the first seen. */
function oracle(seen: readonly MadeBlock[]): { best: MadeBlock[]; stale: number; orphans: number } {
  const byName = new Map(seen.map((block) => [displayHash(block.hash), block]));
  const branchOf = (block: MadeBlock): MadeBlock[] | null => {
    if (block === genesis) return [genesis];
    const parent = byName.get(displayHash(block.bytes, 4));
    const above = parent === undefined ? null : branchOf(parent);
    return above === null ? null : [...above, block];
  };
  const branches = seen.map(branchOf);
  const reached = branches.filter((one) => one !== null);
  const best = reached.reduce((longest, one) => (one.length > longest.length ? one : longest), []);
  return { best, stale: reached.length - best.length, orphans: seen.length - reached.length };
}

test("random trees of headers, seen in any order with some absent: as the slow way finds it", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 30 }), (seed, size) => {
      const random = seeded(seed);
      const tree = [genesis];
      for (let leaf = 1; leaf <= size; leaf++) {
        const parent = random.below(3) === 0 ? random.below(leaf) : leaf - 1;
        const previous = tree[parent]!.hash;
        tree.push(makeHeader({ previous, root: random.bytes(32), time: 1_400_000_000 }));
      }
      const kept = tree.filter((_, leaf) => leaf === 0 || random.below(12) > 0);
      const seen = kept.map((block) => ({ block, at: random.below(2 ** 31) })).sort((a, b) => a.at - b.at);
      const blocks = seen.map(({ block }) => block);
      const chain = chainOf(blocks);
      const expected = oracle(blocks);
      expect([...chain.rows].map((row) => blocks[row])).toEqual(expected.best);
      expect([chain.stale, chain.orphans, chain.unusable]).toEqual([expected.stale, expected.orphans, 0]);
      expect(chain.work).toBe(BigInt(expected.best.length) * workOfBits(0x207fffff));
    }),
    { numRuns: 150 },
  );
});

test("of two branches with the same work the one seen first wins, and it is said", () => {
  const tail = main.slice(4, 9);
  const first = chainOf([genesis, ...main.slice(0, 4), ...tail, ...branch]);
  expect(first.rows[9]).toBe(9);
  expect(first.findings[0]!.reason).toMatch(/5 blocks with as much work as the best chain, seen later/u);
  const second = chainOf([genesis, ...main.slice(0, 4), ...branch, ...tail]);
  expect([...second.rows].slice(5)).toEqual([5, 6, 7, 8, 9]);
  expect(second.findings[0]!.index).toBe(10);
});

test("a header without the work, or with bits that the rule does not give, ends the chain before it", () => {
  const lazy = main[5]!.bytes.slice();
  const bits = makeHeader({ previous: main[4]!.hash, root: new Uint8Array(32), time: 1_400_000_000, bits: 0x207ffffe });
  for (let nonce = 0; ; nonce++) {
    new DataView(lazy.buffer).setUint32(76, nonce, true);
    // Half of all hashes meet regtest's target; this one must not.
    if (chainOf([{ bytes: lazy, hash: genesis.hash }]).orphans === 1 && isLazy(lazy)) break;
  }
  const chain = chainOf([genesis, ...main.slice(0, 5), { bytes: lazy, hash: genesis.hash }, bits]);
  expect(chain.height).toBe(5);
  expect(chain.unusable).toBe(2);
  const reasons = chain.findings.map(({ reason }) => reason);
  expect(reasons[0]).toMatch(/at height 6: its hash does not meet its bits 207fffff/u);
  expect(reasons[1]).toMatch(/at height 6: its bits are 207ffffe, and the retarget rule of regtest asks for 207fffff/u);
});

function isLazy(header: Uint8Array): boolean {
  return BigInt(`0x${decodeHeader(header).hash}`) > targetOfBits(0x207fffff);
}

test("what builds on a header that breaks a rule is unusable, not an orphan", () => {
  const wrong = makeHeader({
    previous: main[0]!.hash,
    root: new Uint8Array(32),
    time: 1_400_000_000,
    bits: 0x207ffffe,
  });
  const chain = chainOf([genesis, main[0]!, wrong, ...makeBlocks(wrong, 3, 4)]);
  expect([chain.height, chain.unusable, chain.orphans]).toEqual([1, 5, 0]);
});

test("without the genesis block there is no chain", () => {
  expect(chainOf(main).height).toBe(-1);
  expect(chainOf([]).height).toBe(-1);
});

test("a refused block gives way to its copy, then to the other branch, then to nothing", () => {
  const chain = chainOf([genesis, ...main, ...branch, main[6]!]);
  expect(chain.refuse(7, "its body is bad")).toBe(6);
  expect([chain.height, chain.rows[7], chain.rows[8]]).toEqual([12, 18, 8]);
  expect(chain.refuse(7, "its copy too")).toBe(4);
  expect([chain.height, chain.stale, chain.unusable]).toEqual([9, 2, 6]);
  expect(chain.findings.slice(0, 2).map(({ index }) => index)).toEqual([7, 18]);
  expect(chain.refuse(1, "all is bad")).toBe(0);
  expect(chain.height).toBe(0);
  expect(chain.refuse(0, "even the genesis block")).toBe(-1);
  expect(chain.height).toBe(-1);
});
