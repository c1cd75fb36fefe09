import { compactSize, encodeTransaction } from "./encode-transaction.ts";
import { doubleSha256, internalHash } from "./hash.ts";
import { headerSize, meetsTarget, targetBytes } from "./header.ts";
import { merkleRoot } from "./merkle.ts";
import { type Network, networks, subsidyAt } from "./networks.ts";
import { noTxid, noVout, type Transaction } from "./transaction.ts";

/** Numbers that a seed gives again (mulberry32). */
export function seeded(seed: number): { below(limit: number): number; bytes(size: number): Uint8Array } {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return { below, bytes: (size) => Uint8Array.from({ length: size }, () => below(256)) };
}

export interface MadeBlock {
  readonly hash: Uint8Array;
  readonly bytes: Uint8Array;
}

const { regtest } = networks;
const genesisTime = 1_296_688_602;

/** A header with the nonce that meets its bits; `changed` bits or roots are for what must be refused. */
export function makeHeader(parts: { previous: Uint8Array; root: Uint8Array; time: number; bits?: number }): MadeBlock {
  const bytes = new Uint8Array(headerSize);
  const view = new DataView(bytes.buffer);
  const bits = parts.bits ?? regtest.powLimitBits;
  view.setUint32(0, 4, true);
  bytes.set(parts.previous, 4);
  bytes.set(parts.root, 36);
  view.setUint32(68, parts.time, true);
  view.setUint32(72, bits, true);
  const hash = new Uint8Array(32);
  const target = targetBytes(bits);
  for (let nonce = 0; ; nonce++) {
    view.setUint32(76, nonce, true);
    doubleSha256(bytes, hash, 0);
    if (meetsTarget(hash, 0, target)) return { hash, bytes };
  }
}

export function makeBlock(parts: {
  previous: Uint8Array;
  time: number;
  transactions: readonly Transaction[];
  bits?: number;
}): MadeBlock {
  const { transactions } = parts;
  const txids = new Uint8Array(32 * transactions.length);
  transactions.forEach((transaction, tx) => {
    doubleSha256(encodeTransaction(transaction, "stripped"), txids, 32 * tx);
  });
  const root = new Uint8Array(32);
  merkleRoot(txids, transactions.length, root);
  const header = makeHeader({ ...parts, root });
  const bodies = transactions.map((transaction) => encodeTransaction(transaction));
  return { hash: header.hash, bytes: joined([header.bytes, compactSize(transactions.length), ...bodies]) };
}

/** A coinbase that differs by height and `branch`. */
export function makeCoinbase(height: number, branch = 0): Transaction {
  const scriptSig = Uint8Array.of(4, height & 0xff, (height >>> 8) & 0xff, (height >>> 16) & 0xff, 0, 1, branch);
  const outputs = [{ value: BigInt(subsidyAt(regtest, height)), script: Uint8Array.of(0x51) }];
  const input = { txid: noTxid, vout: noVout, scriptSig, sequence: 0xffff_ffff, witness: [] };
  return { version: 1, inputs: [input], outputs, locktime: 0 };
}

/** The regtest genesis block: its coinbase is the one of all networks but testnet4. */
export function makeGenesis(): MadeBlock {
  const words = "The Times 03/Jan/2009 Chancellor on brink of second bailout for banks";
  const key =
    "04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d" +
    "578a4c702b6bf11d5f";
  const scriptSig = Uint8Array.of(4, 0xff, 0xff, 0, 0x1d, 1, 4, words.length, ...new TextEncoder().encode(words));
  const coinbase: Transaction = {
    version: 1,
    inputs: [{ txid: noTxid, vout: noVout, scriptSig, sequence: 0xffff_ffff, witness: [] }],
    outputs: [{ value: 5_000_000_000n, script: Uint8Array.of(65, ...Uint8Array.fromHex(key), 0xac) }],
    locktime: 0,
  };
  const made = makeBlock({ previous: new Uint8Array(32), time: genesisTime, transactions: [coinbase] });
  // Its version is 1 where made headers have 4, and its nonce 2.
  const bytes = made.bytes.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 1, true);
  view.setUint32(76, 2, true);
  return { bytes, hash: internalHash(regtest.genesisHash) };
}

/** Blocks with a coinbase each, the first of them at `from` on top of `parent`. */
export function makeBlocks(parent: MadeBlock, from: number, count: number, branch = 0): MadeBlock[] {
  const blocks: MadeBlock[] = [];
  for (let height = from; height < from + count; height++) {
    const previous = (blocks.at(-1) ?? parent).hash;
    const time = genesisTime + 600 * height + branch;
    blocks.push(makeBlock({ previous, time, transactions: [makeCoinbase(height, branch)] }));
  }
  return blocks;
}

/** A transaction of random shape that spends coins which nobody made: real in form, not in history. */
export function makeTransaction(seed: number): Transaction {
  const random = seeded(seed);
  const hasWitness = random.below(3) > 0;
  const inputs = Array.from({ length: 1 + random.below(4) }, () => ({
    txid: random.bytes(32).toHex(),
    vout: random.below(10),
    scriptSig: random.bytes(hasWitness ? 0 : 107),
    sequence: 0xffff_fffd,
    witness: hasWitness ? [random.bytes(71), random.bytes(33)] : [],
  }));
  const scripts = [`76a914${"11".repeat(20)}88ac`, `0014${"22".repeat(20)}`, `5120${"33".repeat(32)}`, "6a0401020304"];
  const outputs = Array.from({ length: 1 + random.below(5) }, () => ({
    value: BigInt(random.below(2 ** 31)) * BigInt(1 + random.below(1000)),
    script: Uint8Array.fromHex(scripts[random.below(scripts.length)]!),
  }));
  return { version: 2, inputs, outputs, locktime: random.below(2 ** 32) };
}

/** Blocks as a node's file holds them: magic, size, block; each byte XORed with the key at its place in the file. */
export function blockFile(blocks: readonly Uint8Array[], options: { network?: Network; xorKey?: Uint8Array } = {}) {
  const magic = (options.network ?? regtest).magic;
  const parts = blocks.flatMap((bytes) => {
    const frame = new Uint8Array(8);
    new DataView(frame.buffer).setUint32(0, magic, true);
    new DataView(frame.buffer).setUint32(4, bytes.length, true);
    return [frame, bytes];
  });
  const file = joined(parts);
  const { xorKey } = options;
  if (xorKey !== undefined) for (let at = 0; at < file.length; at++) file[at]! ^= xorKey[at % xorKey.length]!;
  return file;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
