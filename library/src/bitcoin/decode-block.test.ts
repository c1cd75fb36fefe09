import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Block as Reference } from "bitcoinjs-lib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeError } from "../errors/bitcoin.ts";
import { decodeBlock, emptyDecodedBlock } from "./decode-block.ts";
import { decodeTransaction } from "./decode-transaction.ts";
import type { DecodedBlock } from "./decoded-block.ts";
import { compactSize, encodeTransaction, transactionId } from "./encode-transaction.ts";
import { displayHash, doubleSha256 } from "./hash.ts";
import { decodeHeader, meetsTarget, targetBytes } from "./header.ts";
import { joined, makeBlock, makeCoinbase, makeTransaction, seeded } from "./made-chain.fixture.ts";
import { merkleRoot } from "./merkle.ts";
import { realData, titled } from "./real-data.fixture.ts";
import type { Transaction } from "./transaction.ts";

const previous = new Uint8Array(32).fill(7);
const madeBlock = (seed: number, count: number) => {
  const transactions = [
    makeCoinbase(seed % 1000),
    ...Array.from({ length: count }, (_, j) => makeTransaction(seed + j)),
  ];
  return { transactions, bytes: makeBlock({ previous, time: 1_600_000_000, transactions }).bytes };
};

/** The columns say the same as the transactions, one by one. */
function expectSame(bytes: Uint8Array, block: DecodedBlock, transactions: readonly Transaction[]): void {
  expect(block.transactionCount).toBe(transactions.length);
  let input = 0;
  let output = 0;
  transactions.forEach((transaction, tx) => {
    expect(displayHash(block.txids, 32 * tx)).toBe(transactionId(transaction));
    const from = block.txOffset[tx]!;
    expect(bytes.subarray(from, from + block.txSize[tx]!)).toEqual(encodeTransaction(transaction));
    expect([block.txFirstInput[tx], block.txFirstOutput[tx]]).toEqual([input, output]);
    for (const { txid, vout } of tx === 0 ? [] : transaction.inputs) {
      const at = block.inputOffset[input++]!;
      expect(displayHash(bytes, at)).toBe(txid);
      expect(new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 32, true)).toBe(vout);
    }
    for (const { value, script } of transaction.outputs) {
      expect(block.outputValue[output]).toBe(Number(value));
      const at = block.scriptOffset[output]!;
      expect(bytes.subarray(at, at + block.scriptSize[output++]!)).toEqual(script);
    }
  });
  expect([block.inputCount, block.outputCount]).toEqual([input, output]);
  expect([block.txFirstInput[transactions.length], block.txFirstOutput[transactions.length]]).toEqual([input, output]);
}

test("made blocks decode to what they were made of, with one set of buffers for all", () => {
  const block = emptyDecodedBlock();
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(12), (seed, count) => {
      const { transactions, bytes } = madeBlock(seed, count);
      expectSame(bytes, decodeBlock(bytes, block), transactions);
    }),
    { numRuns: 100 },
  );
});

test("sizes of three and five bytes, and a script longer than the scratch, decode", () => {
  const long = { ...makeTransaction(1), outputs: [{ value: 1n, script: new Uint8Array(70_000).fill(0x6a) }] };
  const many = {
    ...makeTransaction(2),
    outputs: Array.from({ length: 300 }, () => ({ value: 1n, script: new Uint8Array(253) })),
  };
  const transactions = [makeCoinbase(1), long, many];
  const { bytes } = makeBlock({ previous, time: 1, transactions });
  expectSame(bytes, decodeBlock(bytes), transactions);
});

test("outputs are decoded as they are for a block at an odd place of a larger buffer", () => {
  const { transactions, bytes } = madeBlock(5, 5);
  const larger = joined([new Uint8Array(13), bytes, new Uint8Array(5)]);
  const part = larger.subarray(13, 13 + bytes.length);
  expectSame(part, decodeBlock(part), transactions);
});

const header = new Uint8Array(80);
const coinbase = encodeTransaction(makeCoinbase(1));
const payment = encodeTransaction(makeTransaction(3));
const body = (...parts: (Uint8Array | number[])[]) => joined([header, ...parts.map((part) => Uint8Array.from(part))]);
const hexBytes = (hex: string) => [...Uint8Array.fromHex(hex.replaceAll(" ", ""))];
const out = (value: string) => `${value} 00`;
const plain = (outputs: string[]) =>
  hexBytes(`01000000 01 ${"11".repeat(36)} 00 ffffffff 0${outputs.length} ${outputs.join(" ")} 00000000`);

test.each([
  ["nothing", new Uint8Array(0), /ends after 0 bytes/u],
  ["a header alone", header, /ends after 80 bytes/u],
  ["no transactions", body([0]), /no transactions/u],
  ["more transactions than fit", body([0xfe, 0xff, 0xff, 0xff, 0x7f], coinbase), /more than the bytes that are left/u],
  ["a size in nine bytes", body([0xff, 1, 0, 0, 0, 0, 0, 0, 0], coinbase), /over 4 GB/u],
  ["a count that is not in its shortest form", body([0xfd, 1, 0], coinbase), /shortest form/u],
  ["a byte left over", body([1], coinbase, [0]), /1 bytes are left over/u],
  ["no coinbase", body([1], payment), /no coinbase/u],
  ["two coinbases", body([2], coinbase, coinbase), /not the first has the input of a coinbase/u],
  ["no inputs", body([2], coinbase, hexBytes(`01000000 00 00 ${"00".repeat(60)}`)), /no inputs/u],
  ["flag 2", body([2], coinbase, hexBytes(`01000000 00 02 ${"00".repeat(60)}`)), /unknown flag/u],
  ["no outputs", body([2], coinbase, plain([]), new Uint8Array(60)), /no outputs/u],
  ["too rich an output", body([2], coinbase, plain([out("0140075af0750700")])), /pays more than 21 million/u],
  ["an output of 2^64 - 1", body([2], coinbase, plain([out("ffffffffffffffff")])), /pays more than 21 million/u],
  [
    "too rich a sum",
    body([2], coinbase, plain([out("0040075af0750700"), out("0100000000000000")])),
    /add up to more than 21 million/u,
  ],
  [
    "witnesses announced and none there",
    body(
      [2],
      coinbase,
      hexBytes(`01000000 0001 01 ${"11".repeat(36)} 00 ffffffff 01 ${out("00".repeat(8))} 00 00000000`),
    ),
    /announces witnesses and has none/u,
  ],
  ["a wrong merkle root", body([1], coinbase), /states the merkle root 0{64}/u],
])("%s: refused with the offset", (_, bytes, why) => {
  expect(() => decodeBlock(bytes)).toThrow(why);
  expect(() => decodeBlock(bytes)).toThrow(DecodeError);
  expect(() => decodeBlock(bytes)).toThrow(/offset \d+/u);
});

test("21 million BTC in one output are accepted", () => {
  const transaction = decodeTransaction(Uint8Array.from(plain([out("0040075af0750700")])));
  const { bytes } = makeBlock({ previous, time: 1, transactions: [makeCoinbase(1), transaction] });
  expect(decodeBlock(bytes).outputValue[1]).toBe(2_100_000_000_000_000);
});

test("CVE-2012-2459: the last transactions again give the same merkle root, and are refused", () => {
  for (const [count, again] of [
    [2, 1],
    [5, 2],
  ] as const) {
    const { transactions, bytes } = madeBlock(9, count);
    const forged = [...transactions, ...transactions.slice(-again)];
    const double = joined([
      bytes.subarray(0, 80),
      compactSize(forged.length),
      ...forged.map((one) => encodeTransaction(one)),
    ]);
    expect(decodeBlock(bytes).transactionCount).toBe(count + 1);
    expect(() => decodeBlock(double)).toThrow(/repeats transactions/u);
  }
});

test("the merkle root of one hash is the hash, and of others what pairing by hand gives", () => {
  const hashes = seeded(1).bytes(96);
  const root = new Uint8Array(32);
  expect(merkleRoot(hashes, 1, root)).toEqual({ repeats: false });
  expect(root).toEqual(hashes.subarray(0, 32));
  const row = new Uint8Array(64);
  doubleSha256(hashes.subarray(0, 64), row, 0);
  doubleSha256(joined([hashes.subarray(64), hashes.subarray(64)]), row, 32);
  const expected = new Uint8Array(32);
  doubleSha256(row, expected, 0);
  merkleRoot(hashes, 3, root);
  expect(root).toEqual(expected);
});

// Damage of every kind ends in the typed error or in a block, in time, with buffers bounded by the bytes.
function decodeDamaged(bytes: Uint8Array): "block" | "error" {
  const block = emptyDecodedBlock();
  const outcome = outcomeOf(bytes, block);
  const columns = Object.values(block).filter((column) => ArrayBuffer.isView(column));
  const room = columns.reduce((sum, column) => sum + column.byteLength, 0);
  expect(room).toBeLessThanOrEqual(10 * bytes.length + 64);
  return outcome;
}

function outcomeOf(bytes: Uint8Array, block: DecodedBlock): "block" | "error" {
  try {
    decodeBlock(bytes, block);
    return "block";
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return "error";
  }
}

/** One to four changes: bits flipped, bytes set to the ends of their range, runs left out, repeated or moved. */
function damage(bytes: Uint8Array, seed: number): Uint8Array {
  const random = seeded(seed);
  let damaged: Uint8Array = bytes.slice();
  for (let change = 0; change <= random.below(4); change++) {
    const at = random.below(damaged.length);
    const size = random.below(Math.min(64, damaged.length - at));
    const kind = random.below(6);
    if (kind === 0) damaged[at]! ^= 1 << random.below(8);
    else if (kind === 1) damaged[at] = [0, 1, 0xfc, 0xfd, 0xfe, 0xff][random.below(6)]!;
    else if (kind === 2) damaged = joined([damaged.subarray(0, at), damaged.subarray(at + size)]);
    else if (kind === 3) damaged = joined([damaged.subarray(0, at + size), damaged.subarray(at)]);
    else if (kind === 4) damaged.copyWithin(random.below(damaged.length), at, at + size);
    else damaged = damaged.slice(0, at + 1);
  }
  return damaged;
}

test("damaged blocks: never anything but the typed error, and never accepted where a byte of the body differs", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(8), fc.nat(), (seed, count, change) => {
      const { bytes } = madeBlock(seed, count);
      const damaged = damage(bytes, change);
      if (decodeDamaged(damaged) === "error") return;
      // What is still accepted has the same txids: only witnesses and fields of the header may differ.
      const ids = (block: DecodedBlock) => block.txids.slice(0, 32 * block.transactionCount);
      expect(ids(decodeBlock(damaged))).toEqual(ids(decodeBlock(bytes)));
    }),
    { numRuns: 3000 },
  );
});

test("random bytes, and random bytes after a header: never anything but the typed error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), (random, headed) => {
      expect(decodeDamaged(headed ? joined([header, random]) : random)).toBe("error");
    }),
    { numRuns: 3000 },
  );
});

test("canary: the harness sees an error that is not the typed one, and a block that is accepted", () => {
  const { bytes } = madeBlock(1, 2);
  expect(decodeDamaged(bytes)).toBe("block");
  expect(() => decodeDamaged(undefined as unknown as Uint8Array)).toThrow(TypeError);
});

const folder = realData("btc-blocks-mainnet");
const hasBzip2 = spawnSync("bzip2", ["--version"], { stdio: "ignore" }).status === 0;
const unzipped = (file: string) => new Uint8Array(execFileSync("bzip2", ["-dc", file], { maxBuffer: 1 << 28 }));

function expectReal(raw: Uint8Array): void {
  const block = decodeBlock(raw);
  const { hash, bits } = decodeHeader(raw);
  expect(meetsTarget(Uint8Array.fromHex(hash).reverse(), 0, targetBytes(bits))).toBe(true);
  const reference = Reference.fromBuffer(raw);
  expect(reference.getId()).toBe(hash);
  const inputs = reference.transactions!.slice(1).flatMap((transaction) => transaction.ins);
  const outputs = reference.transactions!.flatMap((transaction) => transaction.outs);
  expect(block.transactionCount).toBe(reference.transactions!.length);
  expect([block.inputCount, block.outputCount]).toEqual([inputs.length, outputs.length]);
  reference.transactions!.forEach((transaction, tx) => {
    expect(displayHash(block.txids, 32 * tx)).toBe(transaction.getId());
  });
  inputs.forEach((input, at) => {
    const from = block.inputOffset[at]!;
    expect(raw.subarray(from, from + 32)).toEqual(new Uint8Array(input.hash));
  });
  outputs.forEach((output, at) => {
    const from = block.scriptOffset[at]!;
    expect(raw.subarray(from, from + block.scriptSize[at]!)).toEqual(new Uint8Array(output.script));
    expect(block.outputValue[at]).toBe(Number(output.value));
  });
}

test
  .skipIf(folder === null)
  .each([
    "block-0000000000000000001602407ac49862a7bca9d00f7f402db20b7be2f5de59d2.blk",
    "block-00000000000000000021868c2cefc52a480d173c849412fe81c4e5ab806f94ab.blk",
    "block169482.dat",
    "block227835.dat",
    "block227836.dat",
    "block300025.raw",
    "block363703.dat",
    "block370661.dat",
    "block383616.dat",
    "block426884.raw",
    "block481815.dat",
    "block481829.dat",
    "block482683.raw",
  ])(titled("%s decodes as by bitcoinjs-lib, with its proof of work", folder), (file) => {
  expectReal(new Uint8Array(readFileSync(`${folder}/${file}`)));
});

const skipZipped = folder === null || !hasBzip2;
test.skipIf(skipZipped)(titled("277647.dat.bz2 decodes after its 8 bytes", folder, hasBzip2 ? "" : null), () => {
  const raw = unzipped(`${folder}/277647.dat.bz2`).subarray(8);
  expectReal(raw);
});
