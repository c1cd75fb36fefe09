import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { ChainChangedError } from "../errors/bitcoin.ts";
import { type BlockFileSource, type BlockFilesOptions, openBlockFiles, skippedMax } from "./block-files.ts";
import { displayHash } from "./hash.ts";
import {
  blockFile,
  joined,
  type MadeBlock,
  makeBlock,
  makeBlocks,
  makeCoinbase,
  makeGenesis,
  makeTransaction,
  seeded,
} from "./made-chain.fixture.ts";
import { networks } from "./networks.ts";
import { realData, titled } from "./real-data.fixture.ts";

const root = mkdtempSync(join(tmpdir(), "spoor-block-files-"));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

/** A folder with these files. */
function folderOf(files: Record<string, Uint8Array>): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

async function using<Result>(options: BlockFilesOptions, use: (source: BlockFileSource) => Promise<Result>) {
  const source = await openBlockFiles(options);
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}

/** Heights and hashes that a source delivers, with each place read again and compared. */
async function deliveredBy(source: BlockFileSource, from = 0, to = 1000): Promise<string[]> {
  const delivered: string[] = [];
  for await (const block of source.blocks(from, to)) {
    delivered.push(displayHash(block.hash));
    expect(block.height).toBe(from + delivered.length - 1);
    const { file, offset, size, xorKey } = block.place!;
    const again = readFileSync(file).subarray(offset, offset + size);
    const clear = again.map((byte, at) => (xorKey.length === 0 ? byte : byte ^ xorKey[(offset + at) % 8]!));
    expect(new Uint8Array(clear)).toEqual(block.bytes);
    expect(block.header).toEqual(block.bytes.subarray(0, 80));
    expect(block.columns!.transactionCount).toBeGreaterThan(0);
  }
  return delivered;
}

const names = (blocks: readonly MadeBlock[]) => blocks.map(({ hash }) => displayHash(hash));
const raw = (blocks: readonly MadeBlock[]) => blocks.map(({ bytes }) => bytes);
const genesis = makeGenesis();
const main = [genesis, ...makeBlocks(genesis, 1, 20)];
const branch = makeBlocks(main[15]!, 16, 3, 1);
const key = Uint8Array.fromHex("a1b2c3d4e5f60718");

/** A block of over 64 KB, which is read alone. */
const large = makeBlock({
  previous: main.at(-1)!.hash,
  time: 1_400_000_000,
  transactions: [makeCoinbase(21), ...Array.from({ length: 300 }, (_, j) => makeTransaction(j))],
});

test.each([
  ["plain", undefined],
  ["with the XOR key of Core 28", key],
])("%s: files and blocks in any order, a stale branch, repetitions, padding", async (_, xorKey) => {
  const all = [...main, ...branch, large, main[3]!, large];
  const random = seeded(7);
  const shuffled = all.map((block) => ({ block, at: random.below(2 ** 31) })).sort((a, b) => a.at - b.at);
  const blocks = shuffled.map(({ block }) => block.bytes);
  const options = xorKey === undefined ? {} : { xorKey };
  const path = folderOf({
    "blk00000.dat": blockFile(blocks.slice(0, 9), options),
    "blk00001.dat": joined([blockFile(blocks.slice(9, 20), options), new Uint8Array(100_000)]),
    "blk00002.dat": new Uint8Array(50_000),
    "blk00010.dat": blockFile(blocks.slice(20), options),
    "rev00000.dat": seeded(1).bytes(500),
    ...(xorKey === undefined ? {} : { "xor.dat": xorKey }),
  });
  await using({ path }, async (source) => {
    expect(source.network).toBe(networks.regtest);
    expect(await deliveredBy(source)).toEqual(names([...main, large]));
    expect(await deliveredBy(source, 5, 6)).toEqual(names(main.slice(5, 7)));
    expect(displayHash(source.tip().hash)).toBe(names([large])[0]);
    expect(source.tip().height).toBe(21);
    expect(displayHash(await source.hashAt(4))).toBe(names(main)[4]);
    await expect(source.hashAt(22)).rejects.toThrow(/heights 0 to 21, not 22/u);
    expect(source.counts).toEqual({ blocks: 27, repeated: 2, stale: 3, orphans: 0, unusable: 0 });
    expect(source.skipped.map(({ reason }) => reason)).toEqual([
      `Block ${names(branch)[0]} at height 16: a stale branch of 3 blocks with less work`,
    ]);
  });
});

test("a data folder is as good as its blocks folder", async () => {
  const path = folderOf({});
  mkdirSync(join(path, "regtest", "blocks"), { recursive: true });
  writeFileSync(join(path, "regtest", "blocks", "blk00000.dat"), blockFile(raw(main)));
  await using({ path, network: networks.regtest }, async (source) => expect(source.tip().height).toBe(20));
});

test("a truncated tail is reported with its offset, and all before it is there", async () => {
  const whole = blockFile(raw(main));
  const before = blockFile(raw(main.slice(0, -1))).length;
  const { length } = main.at(-1)!.bytes;
  for (const cut of [before + 1, before + 7, before + 8, before + 50, before + 100, whole.length - 1]) {
    const path = join(folderOf({ "blk00000.dat": whole.subarray(0, cut) }), "blk00000.dat");
    await using({ path }, async (source) => {
      expect(await deliveredBy(source)).toEqual(names(main.slice(0, -1)));
      const held = cut - before - 8;
      const what =
        held < 0
          ? `it ends after ${cut - before} bytes of the next block.`
          : `a block of ${length} bytes begins here, and ${held} of them are there.`;
      const reason = `The file is truncated: ${what} No block follows in this file.`;
      expect(source.skipped).toEqual([{ file: path, offset: before, reason }]);
    });
  }
});

test("garbage between blocks is stepped over and reported", async () => {
  const head = blockFile(raw(main.slice(0, 5)));
  const tail = blockFile(raw(main.slice(5)));
  for (const garbage of [
    seeded(3).bytes(70_000),
    joined([seeded(4).bytes(3), new Uint8Array(9)]),
    tail.subarray(0, 5),
  ]) {
    const path = folderOf({ "blk00000.dat": joined([head, garbage, tail]) });
    await using({ path }, async (source) => {
      expect(await deliveredBy(source)).toEqual(names(main));
      expect(source.skipped).toHaveLength(1);
      expect(source.skipped[0]!.offset).toBe(head.length);
      expect(source.skipped[0]!.reason).toContain(`Reading goes on at offset ${head.length + garbage.length}.`);
    });
  }
});

test("a block with a damaged size is lost, not those after it", async () => {
  const whole = blockFile(raw([...main, main[5]!]));
  const at = blockFile(raw(main.slice(0, 5))).length;
  for (const size of [0, 1, 50, 500, 5_000_000, 0xffff_ffff]) {
    const damaged = whole.slice();
    new DataView(damaged.buffer).setUint32(at + 4, size, true);
    await using({ path: folderOf({ "blk00000.dat": damaged }) }, async (source) => {
      // Its copy at the end takes its place.
      expect(await deliveredBy(source)).toEqual(names(main));
      expect(source.skipped.length).toBeGreaterThan(0);
    });
  }
});

test("a bad merkle root ends the chain before the block, or hands over to a copy or another branch", async () => {
  const badBody = (block: MadeBlock) => {
    const bytes = block.bytes.slice();
    bytes[bytes.length - 10]! ^= 1;
    return { ...block, bytes };
  };
  const damaged = [...main.slice(0, 17), badBody(main[17]!), ...main.slice(18)];
  await using({ path: folderOf({ "blk00000.dat": blockFile(raw(damaged)) }) }, async (source) => {
    expect(source.tip().height).toBe(20);
    expect(await deliveredBy(source)).toEqual(names(main.slice(0, 17)));
    expect(source.tip().height).toBe(16);
    expect(source.counts.unusable).toBe(4);
    expect(source.skipped).toEqual([
      {
        file: source.files[0],
        offset: blockFile(raw(main.slice(0, 17))).length,
        reason: expect.stringMatching(/^Block [0-9a-f]{64} at height 17: .*its header states the merkle root/u),
      },
    ]);
  });
  await using({ path: folderOf({ "blk00000.dat": blockFile(raw([...damaged, main[17]!])) }) }, async (source) => {
    expect(await deliveredBy(source)).toEqual(names(main));
    expect(source.skipped).toHaveLength(1);
  });
  const forked = [...main.slice(0, 16), badBody(main[16]!), ...main.slice(17), ...branch];
  await using({ path: folderOf({ "blk00000.dat": blockFile(raw(forked)) }) }, async (source) => {
    expect(await deliveredBy(source)).toEqual(names([...main.slice(0, 16), ...branch]));
    expect(source.tip().height).toBe(18);
  });
  const deeper = [...damaged, ...branch];
  await using({ path: folderOf({ "blk00000.dat": blockFile(raw(deeper)) }) }, async (source) => {
    const error = await deliveredBy(source).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChainChangedError);
    expect((error as ChainChangedError).data.height).toBe(15);
    expect(await deliveredBy(source, 16)).toEqual(names(branch));
  });
});

test("a block that was found bad when it was used is refused with what builds on it", async () => {
  await using({ path: folderOf({ "blk00000.dat": blockFile(raw([...main, ...branch])) }) }, async (source) => {
    expect(source.refuse(18, "it spends a coin twice")).toBe(15);
    expect(source.tip().height).toBe(18);
    expect(await deliveredBy(source, 16)).toEqual(names(branch));
    expect(source.skipped[0]!.reason).toMatch(/at height 18: it spends a coin twice/u);
  });
});

test.each([
  ["an absent path", () => join(root, "absent"), /no such file/iu],
  ["an empty folder", () => folderOf({}), /no file named blk00000\.dat/u],
  ["an empty file", () => folderOf({ "blk00000.dat": new Uint8Array(0) }), /it is empty/u],
  ["zeros", () => folderOf({ "blk00000.dat": new Uint8Array(1000) }), /only zeros/u],
  [
    "another coin's blocks",
    () => folderOf({ "blk00000.dat": Uint8Array.fromHex(`fbc0b6db${"11".repeat(300)}`) }),
    /fbc0b6db, .* no known network \(mainnet, testnet/u,
  ],
  [
    "hidden blocks without their key",
    () => folderOf({ "blk00000.dat": blockFile(raw(main), { xorKey: key }) }),
    /put the xor\.dat of their folder beside them/u,
  ],
  [
    "a short key",
    () => folderOf({ "blk00000.dat": blockFile(raw(main)), "xor.dat": key.subarray(1) }),
    /7 bytes in place of 8/u,
  ],
  [
    "no genesis block",
    () => folderOf({ "blk00000.dat": blockFile(raw(main.slice(1))) }),
    /hold 20 blocks, but not the first block of regtest/u,
  ],
  [
    "a pruned node's files",
    () => folderOf({ "blk00007.dat": blockFile(raw(main.slice(1))) }),
    /begin with blk00007\.dat.*pruned node/u,
  ],
])("%s: an error that says what to do", async (_, path, why) => {
  const error = await openBlockFiles({ path: path() }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SpoorError);
  expect((error as SpoorError).message).toMatch(why);
});

test("blocks of another network than the one that was asked for", async () => {
  const path = folderOf({ "blk00000.dat": blockFile(raw(main)) });
  await expect(openBlockFiles({ path, network: networks.mainnet })).rejects.toThrow(
    /of regtest, and mainnet was asked/u,
  );
});

test("a file that shrinks after it was indexed is an error, not a hole", async () => {
  const path = join(folderOf({ "blk00000.dat": blockFile(raw(main)) }), "blk00000.dat");
  await using({ path }, async (source) => {
    truncateSync(path, 3000);
    await expect(deliveredBy(source)).rejects.toThrow(/it became shorter .*blk00000\.dat, offset \d+/u);
  });
});

test("of many places that are left out the first thousand are listed, and how many more there are", async () => {
  const orphans = Array.from({ length: skippedMax + 5 }, (_, j) => {
    const parent = { hash: seeded(j).bytes(32), bytes: new Uint8Array(0) };
    return makeBlocks(parent, 1, 1)[0]!;
  });
  await using({ path: folderOf({ "blk00000.dat": blockFile(raw([...main, ...orphans])) }) }, async (source) => {
    expect(source.skipped).toHaveLength(skippedMax + 1);
    expect(source.skipped.at(-1)!.reason).toBe("5 more places were left out and are not listed.");
  });
});

test("a file full of magics that begin no block is read through in one pass", async () => {
  const magic = blockFile([genesis.bytes]).subarray(0, 4);
  const magics = joined(Array.from({ length: 500_000 }, () => magic));
  const path = folderOf({ "blk00000.dat": joined([blockFile(raw(main)), magics, blockFile(raw([large]))]) });
  await using({ path }, async (source) => {
    expect(source.tip().height).toBe(21);
    expect(source.skipped).toHaveLength(1);
  });
});

test("damaged files: the chain up to the damage, or a typed error, and never anything else", async () => {
  const whole = blockFile(raw([...main, ...branch]));
  const all = new Set(names([...main, ...branch]));
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const random = seeded(seed);
      const damaged = whole.slice(0, random.below(4) === 0 ? random.below(whole.length) : whole.length);
      for (let change = 0; change < 1 + random.below(4) && damaged.length > 0; change++) {
        const at = random.below(damaged.length);
        damaged.fill(random.below(256), at, at + random.below(300));
      }
      const path = join(root, "damaged.dat");
      writeFileSync(path, damaged);
      try {
        await using({ path }, async (source) => {
          const delivered = await deliveredBy(source);
          // Half of all damaged headers still meet regtest's target: then the last block is a new one.
          const known =
            delivered.at(-1) !== undefined && all.has(delivered.at(-1)!) ? delivered : delivered.slice(0, -1);
          const onMain = names(main).slice(0, known.length);
          const onBranch = names([...main.slice(0, 16), ...branch]).slice(0, known.length);
          expect([onMain, onBranch]).toContainEqual(known);
        });
      } catch (error) {
        if (!(error instanceof SpoorError)) throw error;
      }
    }),
    { numRuns: 150, examples: [[3_279_256]] },
  );
});

const mainnetFile = realData("btc-blocks-mainnet/blk00000-first-4313-blocks.dat");

test.skipIf(mainnetFile === null)(
  titled("mainnet's first block file: 4,313 blocks, 4,371 transactions, 247 spends", mainnetFile),
  async () => {
    await using({ path: mainnetFile! }, async (source) => {
      expect(source.network).toBe(networks.mainnet);
      let [blocks, transactions, spends] = [0, 0, 0];
      for await (const { height, columns } of source.blocks(0, source.tip().height)) {
        expect(height).toBe(blocks);
        blocks += 1;
        transactions += columns!.transactionCount;
        spends += columns!.inputCount;
      }
      expect([blocks, transactions, spends]).toEqual([4313, 4371, 247]);
      expect(displayHash(source.tip().hash)).toBe(displayHash(await source.hashAt(4312)));
      // Its last block is whole: it ends with the file.
      expect(source.skipped).toEqual([]);
    });
  },
);

test.skipIf(mainnetFile === null)(
  titled("the same file one byte shorter: one block less, and its truncated tail reported", mainnetFile),
  async () => {
    const whole = readFileSync(mainnetFile!);
    const path = join(folderOf({ "blk00000.dat": whole.subarray(0, -1) }), "blk00000.dat");
    await using({ path }, async (source) => {
      expect(source.tip().height).toBe(4311);
      const reason =
        "The file is truncated: a block of 215 bytes begins here, and 214 of them are there. " +
        "No block follows in this file.";
      expect(source.skipped).toEqual([{ file: path, offset: whole.length - 223, reason }]);
    });
  },
);

const first256 = realData("btc-blocks-mainnet/blocks1-256.bz2");
const hasBzip2 = spawnSync("bzip2", ["--version"], { stdio: "ignore" }).status === 0;
const skipZipped = first256 === null || mainnetFile === null || !hasBzip2;

test.skipIf(skipZipped)(
  titled("mainnet's blocks 1 to 255 from one file follow the genesis block in another", first256, hasBzip2 ? "" : null),
  async () => {
    const blocks = execFileSync("bzip2", ["-dc", first256!], { maxBuffer: 1 << 24 });
    const genesisOnly = readFileSync(mainnetFile!).subarray(0, 8 + 285);
    const path = folderOf({ "blk00000.dat": blocks, "blk00001.dat": genesisOnly });
    await using({ path }, async (source) => {
      expect(await deliveredBy(source)).toHaveLength(256);
      expect(source.skipped).toEqual([]);
      expect(displayHash(await source.hashAt(170))).toBe(
        "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee",
      );
    });
  },
);

test("places are absolute, so that raw blocks are found from another working directory", async () => {
  const folder = folderOf({ "blk00000.dat": blockFile([makeGenesis().bytes]) });
  await using({ path: relative(process.cwd(), folder) }, async (source) => {
    for await (const { place } of source.blocks(0, 0)) expect(place?.file).toBe(join(folder, "blk00000.dat"));
  });
});

test("a first block whose body is damaged is told as such; a whole copy takes its place", async () => {
  const genesis = makeGenesis();
  const damaged = genesis.bytes.slice();
  damaged[damaged.length - 1] = 1;
  const rest = makeBlocks(genesis, 1, 2).map(({ bytes }) => bytes);
  await using({ path: folderOf({ "blk00000.dat": blockFile([damaged, ...rest]) }) }, async (source) => {
    const error = await Array.fromAsync(source.blocks(0, 2)).catch((cause: unknown) => cause);
    expect(String(error)).toMatch(/first block of regtest is damaged: .*merkle root/u);
  });
  await using({ path: folderOf({ "blk00000.dat": blockFile([damaged, ...rest, genesis.bytes]) }) }, async (source) => {
    expect(await Array.fromAsync(source.blocks(0, 2), ({ height }) => height)).toEqual([0, 1, 2]);
  });
});
