import { doubleSha256 } from "../library/src/bitcoin/hash.ts";
import { ByteWriter } from "./byte-writer.ts";
import {
  type CoinKind,
  coinKinds,
  inputCount,
  kindOfOutput,
  outputCount,
  popularAccounts,
  popularWeight,
  recentCoins,
  recentWeight,
} from "./chain-shape.ts";
import type { CoinPool } from "./coin-pool.ts";
import type { Random } from "./random.ts";

const signatureSize = 71;
const keySize = 33;
const multisigSize = 105;
/** Coins that are never spent, so that there is a choice. */
const poolMin = 500;

export interface MadeTransaction {
  readonly inputs: number;
  readonly outputs: number;
  readonly fee: number;
  /** Weight units (BIP 141). */
  readonly weight: number;
}

/** Writes transactions that spend coins of a pool and add their outputs to it. Signatures are random bytes. */
export class TransactionMaker {
  readonly #random: Random;
  readonly #pool: CoinPool;
  readonly #body = new ByteWriter();
  readonly #witness = new ByteWriter();
  readonly #outpoint = new Uint8Array(36);
  readonly #program = new Uint8Array(32);
  readonly #popular: Uint8Array;

  constructor(random: Random, pool: CoinPool) {
    this.#random = random;
    this.#pool = pool;
    this.#popular = new Uint8Array(32 * popularAccounts);
    random.fill(this.#popular, 0, this.#popular.length);
  }

  /** Appends one transaction to `out`, its txid to `txids` at `at`, and its wtxid to `wtxids`. */
  make(out: ByteWriter, txids: Uint8Array, wtxids: Uint8Array, at: number): MadeTransaction {
    const inputs = Math.min(inputCount(this.#random), this.#pool.count - poolMin);
    const coins = Array.from({ length: inputs }, () => this.#coin());
    return this.#write(coins, outputCount(this.#random), { out, txids, wtxids, at });
  }

  /** As {@link make}, with so many outputs from the newest coin alone. */
  fanOut(outputs: number, out: ByteWriter, txids: Uint8Array, wtxids: Uint8Array, at: number): MadeTransaction {
    return this.#write([this.#pool.count - 1], outputs, { out, txids, wtxids, at });
  }

  #coin(): number {
    const { count } = this.#pool;
    if (this.#random.below(1000) < recentWeight) return count - 1 - this.#random.below(Math.min(count, recentCoins));
    return this.#random.below(count);
  }

  #write(
    coins: readonly number[],
    outputs: number,
    to: { out: ByteWriter; txids: Uint8Array; wtxids: Uint8Array; at: number },
  ): MadeTransaction {
    const body = this.#body;
    this.#witness.at = 0;
    body.at = 0;
    body.uint32(2);
    body.compactSize(coins.length);
    let value = 0;
    let hasWitness = false;
    for (const coin of coins) {
      // A coin drawn twice is gone: what took its place, or the newest, is spent.
      const spent = this.#pool.take(Math.min(coin, this.#pool.count - 1), this.#outpoint, 0);
      value += spent.value;
      body.copy(this.#outpoint, 0, 36);
      hasWitness = this.#unlock(coinKinds[spent.kind]!) || hasWitness;
      body.uint32(0xffff_fffd);
    }
    const fee = Math.min(Math.floor(value / 20), 150 * (coins.length + outputs));
    const made = this.#writeOutputs(outputs, value - fee);
    body.uint32(0);
    doubleSha256(body.bytes.subarray(0, body.at), to.txids, to.at);
    made.forEach(({ kind, value: worth }, vout) => {
      if (kind !== coinKinds.indexOf("data")) this.#pool.add(to.txids, to.at, vout, worth, kind);
    });
    const from = to.out.at;
    this.#assemble(to.out, hasWitness);
    if (hasWitness) doubleSha256(to.out.bytes.subarray(from, to.out.at), to.wtxids, to.at);
    else to.wtxids.set(to.txids.subarray(to.at, to.at + 32), to.at);
    return { inputs: coins.length, outputs, fee, weight: 3 * body.at + to.out.at - from };
  }

  #assemble(out: ByteWriter, hasWitness: boolean): void {
    const body = this.#body;
    if (!hasWitness) {
      out.copy(body.bytes, 0, body.at);
      return;
    }
    out.copy(body.bytes, 0, 4);
    out.byte(0);
    out.byte(1);
    out.copy(body.bytes, 4, body.at - 8);
    out.copy(this.#witness.bytes, 0, this.#witness.at);
    out.copy(body.bytes, body.at - 4, 4);
  }

  #writeOutputs(outputs: number, value: number): { kind: number; value: number }[] {
    const body = this.#body;
    body.compactSize(outputs);
    let left = value;
    return Array.from({ length: outputs }, (_, vout) => {
      // The last one is never data, so that nothing of value is lost.
      const last = vout === outputs - 1;
      const drawn = kindOfOutput(this.#random);
      const kind = last && drawn === "data" ? "p2wpkh" : drawn;
      const worth = last ? left : kind === "data" ? 0 : this.#part(left, outputs - vout);
      left -= worth;
      body.uint64(worth);
      this.#lock(kind);
      return { kind: coinKinds.indexOf(kind), value: worth };
    });
  }

  /** A part of what is left: half of an even share to half more than it. */
  #part(left: number, outputs: number): number {
    return Math.floor((left / outputs) * (0.5 + this.#random.next() / 0x1_0000_0000));
  }

  #lock(kind: CoinKind): void {
    const body = this.#body;
    const size = kind === "p2wsh" || kind === "p2tr" ? 32 : 20;
    let from: Uint8Array = this.#program;
    let at = 0;
    if (this.#random.below(1000) < popularWeight) {
      // Squared, so that few accounts take most payments.
      const u = this.#random.next() / 0x1_0000_0000;
      from = this.#popular;
      at = 32 * Math.floor(u * u * popularAccounts);
    } else this.#random.fill(from, 0, size);
    const [head, tail] = frames[kind];
    body.compactSize(head.length + size + tail.length);
    body.copy(head, 0, head.length);
    body.copy(from, at, size);
    body.copy(tail, 0, tail.length);
  }

  /** Writes the unlocking script and the witness of one input, and says whether it has one. */
  #unlock(kind: CoinKind): boolean {
    const body = this.#body;
    const nested = kind === "p2sh" && this.#random.below(1000) < 600;
    if (kind === "p2pkh") {
      body.byte(2 + signatureSize + keySize);
      this.#push(body, signatureSize);
      this.#push(body, keySize);
    } else if (kind === "p2sh" && !nested) {
      body.compactSize(1 + 2 * (1 + signatureSize) + 2 + multisigSize);
      body.byte(0);
      this.#push(body, signatureSize);
      this.#push(body, signatureSize);
      body.byte(0x4c);
      this.#push(body, multisigSize);
    } else if (nested) {
      body.byte(23);
      this.#push(body, 22);
    } else body.byte(0);
    return this.#writeWitness(nested ? "p2wpkh" : kind);
  }

  #writeWitness(kind: CoinKind): boolean {
    const items = witnessItems[kind];
    this.#witness.byte(items.length);
    for (const size of items) this.#push(this.#witness, size);
    return items.length > 0;
  }

  #push(to: ByteWriter, size: number): void {
    const { bytes, offset } = this.#random.run(size);
    to.byte(size);
    to.copy(bytes, offset, size);
  }
}

const witnessItems: Record<CoinKind, readonly number[]> = {
  p2pkh: [],
  p2sh: [],
  data: [],
  p2wpkh: [signatureSize, keySize],
  p2wsh: [0, signatureSize, signatureSize, multisigSize],
  p2tr: [64],
};

const hexBytes = (text: string): Uint8Array => Uint8Array.fromHex(text);

/** What stands before and after the hash, key or data of a locking script. */
const frames: Record<CoinKind, readonly [Uint8Array, Uint8Array]> = {
  p2pkh: [hexBytes("76a914"), hexBytes("88ac")],
  p2sh: [hexBytes("a914"), hexBytes("87")],
  p2wpkh: [hexBytes("0014"), hexBytes("")],
  p2wsh: [hexBytes("0020"), hexBytes("")],
  p2tr: [hexBytes("5120"), hexBytes("")],
  data: [hexBytes("6a14"), hexBytes("")],
};
