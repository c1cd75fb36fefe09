import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { doubleSha256 } from "../library/src/bitcoin/hash.ts";
import { headerSize, meetsTarget, targetBytes } from "../library/src/bitcoin/header.ts";
import { merkleRoot } from "../library/src/bitcoin/merkle.ts";
import { networks, subsidyAt } from "../library/src/bitcoin/networks.ts";
import { ByteWriter } from "./byte-writer.ts";
import { coinKinds } from "./chain-shape.ts";
import { CoinPool } from "./coin-pool.ts";
import { TransactionMaker } from "./made-transaction.ts";
import { Random } from "./random.ts";

export interface ChainOptions {
  /** A folder that is made where it does not exist. */
  readonly dir: string;
  /** Full blocks. Before them come the genesis block and {@link warmUpBlocks} that make the first coins. */
  readonly blocks: number;
  /** Coinbase not counted; fewer where the weight limit of a block is met first. */
  readonly transactionsPerBlock: number;
  readonly seed: number;
}

export interface MadeChain {
  readonly files: readonly string[];
  readonly height: number;
  readonly blocks: number;
  readonly transactions: number;
  /** Inputs that spend a coin. */
  readonly inputs: number;
  readonly outputs: number;
  /** Of the files. */
  readonly bytes: number;
  /** Of the last block, internal byte order. */
  readonly tip: Uint8Array;
}

/** Coinbases that a block may not spend yet. */
const maturity = 100;
const fannedOut = 40;
const fanOutOutputs = 1000;
export const warmUpBlocks = maturity + fannedOut;

const fileSizeMax = 128 << 20;
const weightMax = 3_990_000;
const { regtest } = networks;
const genesisTime = 1_296_688_602;

const genesisBlock =
  "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51" +
  "323a9fb8aa4b1e5e4adae5494dffff7f20020000000101000000010000000000000000000000000000000000000000000000000000000000000000" +
  "ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f662073" +
  "65636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828" +
  "e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

/**
 * Writes the block files of a regtest chain that was never mined: headers with regtest's proof of work, links, merkle
 * roots, witness commitments, coinbases of subsidy and fees; every input spends a coin that is there. Signatures are
 * random bytes: no script would pass. The same seed gives the same bytes.
 */
export function generateChain(options: ChainOptions): MadeChain {
  mkdirSync(options.dir, { recursive: true });
  const writer = new ChainWriter(options);
  try {
    for (let block = 0; block < warmUpBlocks + options.blocks; block++) writer.block();
  } finally {
    writer.close();
  }
  return writer.made();
}

class ChainWriter {
  readonly #options: ChainOptions;
  readonly #pool = new CoinPool();
  readonly #maker: TransactionMaker;
  readonly #block = new ByteWriter();
  readonly #body = new ByteWriter();
  readonly #coinbases: { txid: Uint8Array; value: number }[] = [];
  readonly #files: string[] = [];
  readonly #tip = Uint8Array.fromHex(regtest.genesisHash).reverse();
  #txids: Uint8Array;
  #wtxids: Uint8Array;
  #fd = -1;
  #fileBytes = 0;
  #height = 0;
  #transactions = 1;
  #inputs = 0;
  #outputs = 1;
  #bytes = 0;

  constructor(options: ChainOptions) {
    this.#options = options;
    this.#maker = new TransactionMaker(new Random(options.seed), this.#pool);
    const room = Math.max(options.transactionsPerBlock, fannedOut) + 1;
    this.#txids = new Uint8Array(32 * room);
    this.#wtxids = new Uint8Array(32 * room);
    this.#append(Uint8Array.fromHex(genesisBlock));
  }

  block(): void {
    const height = ++this.#height;
    this.#mature(height);
    const body = this.#body;
    body.at = 0;
    let [fees, weight, count] = [0, 4000, 1];
    const wanted = this.#wanted(height);
    for (; count <= wanted && weight < weightMax; count++) {
      const from = body.at;
      const made =
        height <= warmUpBlocks
          ? this.#maker.fanOut(fanOutOutputs, body, this.#txids, this.#wtxids, 32 * count)
          : this.#maker.make(body, this.#txids, this.#wtxids, 32 * count);
      weight += made.weight;
      fees += made.fee;
      this.#inputs += made.inputs;
      this.#outputs += made.outputs;
      if (body.at === from) throw new RangeError("a transaction without bytes");
    }
    this.#finish(height, count, fees);
  }

  made(): MadeChain {
    return {
      files: this.#files,
      height: this.#height,
      blocks: this.#height + 1,
      transactions: this.#transactions,
      inputs: this.#inputs,
      outputs: this.#outputs,
      bytes: this.#bytes,
      tip: this.#tip.slice(),
    };
  }

  close(): void {
    if (this.#fd !== -1) closeSync(this.#fd);
    this.#fd = -1;
  }

  /** One coinbase ripens a block; those of the warm-up are fanned out as soon as they are ripe. */
  #wanted(height: number): number {
    if (height > warmUpBlocks) return this.#options.transactionsPerBlock;
    return height > maturity ? 1 : 0;
  }

  #mature(height: number): void {
    const ripe = this.#coinbases[height - maturity - 1];
    if (ripe !== undefined) this.#pool.add(ripe.txid, 0, 0, ripe.value, coinKinds.indexOf("p2wpkh"));
  }

  #finish(height: number, count: number, fees: number): void {
    const value = subsidyAt(regtest, height) + fees;
    const block = this.#block;
    block.at = headerSize;
    block.compactSize(count);
    const txid = this.#writeCoinbase(height, value, count);
    this.#coinbases.push({ txid, value });
    block.copy(this.#body.bytes, 0, this.#body.at);
    this.#mine(height, count);
    this.#append(block.bytes.subarray(0, block.at));
    this.#transactions += count;
    this.#outputs += 2;
  }

  #writeCoinbase(height: number, value: number, count: number): Uint8Array {
    const commitment = new Uint8Array(64);
    this.#wtxids.fill(0, 0, 32);
    merkleRoot(this.#wtxids, count, commitment);
    doubleSha256(commitment, commitment, 0);
    const stripped = new ByteWriter();
    stripped.uint32(2);
    stripped.byte(1);
    stripped.room(36);
    stripped.at += 32;
    stripped.uint32(0xffff_ffff);
    stripped.byte(6);
    stripped.byte(4);
    stripped.uint32(height);
    stripped.byte(0);
    stripped.uint32(0xffff_ffff);
    stripped.byte(2);
    stripped.uint64(value);
    stripped.byte(22);
    stripped.byte(0);
    stripped.byte(20);
    stripped.copy(this.#tip, 0, 20);
    stripped.uint64(0);
    stripped.byte(38);
    stripped.copy(Uint8Array.fromHex("6a24aa21a9ed"), 0, 6);
    stripped.copy(commitment, 0, 32);
    const block = this.#block;
    block.copy(stripped.bytes, 0, 4);
    block.byte(0);
    block.byte(1);
    block.copy(stripped.bytes, 4, stripped.at - 4);
    // The witness that the commitment is made with: one item of 32 zeros.
    block.byte(1);
    block.byte(32);
    block.copy(new Uint8Array(32), 0, 32);
    block.uint32(0);
    stripped.uint32(0);
    const txid = new Uint8Array(32);
    doubleSha256(stripped.bytes.subarray(0, stripped.at), txid, 0);
    this.#txids.set(txid, 0);
    return txid;
  }

  #mine(height: number, count: number): void {
    const { bytes } = this.#block;
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 0x2000_0000, true);
    bytes.set(this.#tip, 4);
    const root = new Uint8Array(32);
    merkleRoot(this.#txids, count, root);
    bytes.set(root, 36);
    view.setUint32(68, genesisTime + 600 * height, true);
    view.setUint32(72, regtest.powLimitBits, true);
    const target = targetBytes(regtest.powLimitBits);
    for (let nonce = 0; ; nonce++) {
      view.setUint32(76, nonce, true);
      doubleSha256(bytes.subarray(0, headerSize), this.#tip, 0);
      if (meetsTarget(this.#tip, 0, target)) return;
    }
  }

  #append(block: Uint8Array): void {
    if (this.#fd === -1 || this.#fileBytes + block.length + 8 > fileSizeMax) {
      this.close();
      const file = join(this.#options.dir, `blk${String(this.#files.length).padStart(5, "0")}.dat`);
      this.#files.push(file);
      this.#fd = openSync(file, "w");
      this.#fileBytes = 0;
    }
    const frame = new Uint32Array([regtest.magic, block.length]);
    writeAll(this.#fd, new Uint8Array(frame.buffer));
    writeAll(this.#fd, block);
    this.#fileBytes += block.length + 8;
    this.#bytes += block.length + 8;
  }
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at);
}
