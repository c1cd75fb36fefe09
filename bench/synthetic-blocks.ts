import type { CoinBlock } from "../library/src/ledger/contract.ts";
import { Random } from "./random.ts";

/**
 * Blocks for measuring the store alone: valid spends and amounts, random txids and scripts, and block bytes that hold
 * no more than the columns point at. Shape: 2.2 inputs and 2.7 outputs a transaction, 2,000 transactions a block, most
 * coins spent while young. The buffers of a block are used again for the next.
 */
export interface SyntheticShape {
  readonly transactions: number;
  readonly seed: number;
}

const perBlock = 2000;
const scriptSize = 25;
const outputsMax = perBlock * 12;
const inputsMax = perBlock * 12;
const subsidy = 5_000_000_000;
/** The account that takes one output in fifty, and the one that takes ten in all. */
export const largeOwner = 1;
export const smallOwner = 2;

export function* syntheticBlocks({ transactions, seed }: SyntheticShape): Generator<CoinBlock> {
  const maker = new BlockMaker(transactions, seed);
  for (let made = 0; made < transactions; made += perBlock) yield maker.next(Math.min(perBlock, transactions - made));
}

/** The locking script of one of the two known owners. */
export function scriptOfOwner(owner: number): Uint8Array {
  return Uint8Array.from([0x76, ...new Uint8Array(scriptSize - 1).fill(owner)]);
}

class BlockMaker {
  readonly #random: Random;
  #height = 0;
  #made = 0;
  #smallLeft = 10;
  #previous: Uint8Array = new Uint8Array(32);
  readonly #txids: Uint32Array;
  // The unspent coins, in no order.
  #unspent = 0;
  readonly #unspentTx: Uint32Array;
  readonly #unspentVout: Uint8Array;
  readonly #unspentValue: Float64Array;
  // The block that is being made.
  #at = 0;
  #inputs = 0;
  #outputs = 0;
  readonly #bytes = new Uint8Array(80 + inputsMax * 36 + outputsMax * scriptSize);
  readonly #view = new DataView(this.#bytes.buffer);
  readonly #txOffset = new Uint32Array(perBlock);
  readonly #txSize = new Uint32Array(perBlock).fill(250);
  readonly #txFirstOutput = new Uint32Array(perBlock + 1);
  readonly #txFirstInput = new Uint32Array(perBlock + 1);
  readonly #inputOffset = new Uint32Array(inputsMax);
  readonly #outputValue = new Float64Array(outputsMax);
  readonly #scriptOffset = new Uint32Array(outputsMax);
  readonly #scriptSize = new Uint32Array(outputsMax).fill(scriptSize);

  constructor(transactions: number, seed: number) {
    this.#random = new Random(seed);
    this.#txids = new Uint32Array(8 * (transactions + perBlock));
    this.#unspentTx = new Uint32Array(3 * transactions + 100);
    this.#unspentVout = new Uint8Array(this.#unspentTx.length);
    this.#unspentValue = new Float64Array(this.#unspentTx.length);
  }

  next(count: number): CoinBlock {
    this.#at = 80;
    this.#inputs = 0;
    this.#outputs = 0;
    for (let t = 0; t < count; t++) {
      const id = this.#made + t;
      this.#txOffset[t] = this.#at;
      this.#txFirstInput[t] = this.#inputs;
      this.#txFirstOutput[t] = this.#outputs;
      for (let k = 0; k < 8; k++) this.#txids[8 * id + k] = this.#random.next();
      this.#addOutputs(id, t === 0 ? subsidy : this.#addInputs());
    }
    this.#txFirstInput[count] = this.#inputs;
    this.#txFirstOutput[count] = this.#outputs;
    return this.#finish(count);
  }

  /** The value of what was spent. */
  #addInputs(): number {
    const r = this.#random.next() % 100;
    const wanted = r < 62 ? 1 : r < 82 ? 2 : r < 95 ? 3 + (this.#random.next() % 5) : 8 + (this.#random.next() % 5);
    let value = 0;
    for (let i = 0; i < wanted && this.#unspent > 0; i++) {
      const recent = Math.min(this.#unspent, 200_000);
      const isYoung = this.#random.next() % 10 < 7;
      const pick = isYoung ? this.#unspent - 1 - (this.#random.next() % recent) : this.#random.next() % this.#unspent;
      const tx = this.#unspentTx[pick]!;
      this.#inputOffset[this.#inputs++] = this.#at;
      for (let k = 0; k < 8; k++) this.#view.setUint32(this.#at + 4 * k, this.#txids[8 * tx + k]!, true);
      this.#view.setUint32(this.#at + 32, this.#unspentVout[pick]!, true);
      this.#at += 36;
      value += this.#unspentValue[pick]!;
      const last = --this.#unspent;
      this.#unspentTx[pick] = this.#unspentTx[last]!;
      this.#unspentVout[pick] = this.#unspentVout[last]!;
      this.#unspentValue[pick] = this.#unspentValue[last]!;
    }
    return value;
  }

  #addOutputs(id: number, value: number): void {
    const r = this.#random.next() % 100;
    const wanted = r < 12 ? 1 : r < 78 ? 2 : r < 94 ? 3 + (this.#random.next() % 4) : 7 + (this.#random.next() % 4);
    let left = value;
    for (let vout = 0; vout < wanted; vout++) {
      const share = vout === wanted - 1 ? left : Math.floor((left * (this.#random.next() % 700)) / 1000);
      left -= share;
      this.#outputValue[this.#outputs] = share;
      this.#scriptOffset[this.#outputs++] = this.#at;
      for (let k = 0; k < scriptSize - 1; k += 4) this.#view.setUint32(this.#at + k, this.#random.next(), true);
      const owner = this.#ownerOfNext();
      if (owner !== 0) this.#bytes.fill(owner, this.#at, this.#at + scriptSize);
      this.#bytes[this.#at] = 0x76;
      this.#at += scriptSize;
      this.#unspentTx[this.#unspent] = id;
      this.#unspentVout[this.#unspent] = vout;
      this.#unspentValue[this.#unspent++] = share;
    }
  }

  #ownerOfNext(): number {
    if (this.#random.next() % 50 === 0) return largeOwner;
    if (this.#smallLeft === 0 || this.#random.next() % 5000 !== 0) return 0;
    this.#smallLeft--;
    return smallOwner;
  }

  #finish(count: number): CoinBlock {
    const height = this.#height++;
    this.#bytes.set(this.#previous, 4);
    this.#view.setUint32(68, 1_300_000_000 + 600 * height, true);
    const hash = new Uint8Array(32);
    new DataView(hash.buffer).setUint32(0, height + 1, true);
    this.#previous = hash;
    const columns = {
      transactionCount: count,
      outputCount: this.#outputs,
      inputCount: this.#inputs,
      txids: new Uint8Array(this.#txids.buffer, 32 * this.#made, 32 * count),
      txOffset: this.#txOffset,
      txSize: this.#txSize,
      txFirstOutput: this.#txFirstOutput,
      txFirstInput: this.#txFirstInput,
      inputOffset: this.#inputOffset,
      outputValue: this.#outputValue,
      scriptOffset: this.#scriptOffset,
      scriptSize: this.#scriptSize,
    };
    this.#made += count;
    const header = this.#bytes.subarray(0, 80);
    const bytes = this.#bytes.subarray(0, this.#at);
    const place = { file: "blk00000.dat", offset: 1_000_000 * height, size: this.#at, xorKey: new Uint8Array(0) };
    return { height, hash, header, bytes, columns, subsidy, place };
  }
}
