import { EthereumLimitError } from "../errors/ethereum.ts";
import { refused } from "./field.ts";

export interface KnownReceipt {
  readonly succeeded: boolean | null;
  readonly gasUsed: bigint;
  readonly gasPrice: bigint | null;
  readonly created: string | null;
  readonly blobGasUsed: bigint;
  readonly blobGasPrice: bigint;
}

/** 64 bytes a receipt, in columns that double: about 2 GB with room to grow. */
export const receiptsMax = 20_000_000;
const positionsMax = 1_000_000;
const priceMax = 2n ** 64n - 1n;
const slotsAtFirst = 1 << 12;

/**
 * Receipts by block and position, for files that hold them apart from their transactions: an open hash table over typed
 * arrays, because a Map of objects takes four times the memory.
 */
export class ReceiptTable {
  size = 0;
  #keys = new Float64Array(slotsAtFirst).fill(-1);
  #entries = new Int32Array(slotsAtFirst);
  #gasUsed = new Float64Array(slotsAtFirst / 2);
  #gasPrice = new BigUint64Array(slotsAtFirst / 2);
  /** 0 failed, 1 succeeded, 2 not told; 4 added where a price is told. */
  #status = new Uint8Array(slotsAtFirst / 2);
  /** Made contracts and blobs are rare. */
  readonly #created = new Map<number, string>();
  readonly #blobs = new Map<number, { readonly used: bigint; readonly price: bigint }>();

  add(block: number, position: number, receipt: KnownReceipt): void {
    if (position >= positionsMax) throw refused(`its position ${position} is past ${positionsMax}`);
    const gasUsed = Number(receipt.gasUsed);
    if (!Number.isSafeInteger(gasUsed)) throw refused("its gas is past 2^53");
    if (receipt.gasPrice !== null && receipt.gasPrice > priceMax) throw refused("its gas price is past 2^64");
    const key = block * positionsMax + position;
    let slot = this.#find(key);
    if (this.#keys[slot] === key) return;
    if (this.size >= receiptsMax) {
      throw new EthereumLimitError({
        limit: "receiptsMax",
        max: receiptsMax,
        what: "There are too many receipts in files of their own to hold them",
        remedy: "Bring the files in by ranges of blocks, one after the other.",
      });
    }
    if (2 * (this.size + 1) > this.#keys.length) {
      this.#grow();
      slot = this.#find(key);
    }
    const entry = this.size++;
    this.#keys[slot] = key;
    this.#entries[slot] = entry;
    this.#gasUsed[entry] = gasUsed;
    this.#gasPrice[entry] = receipt.gasPrice ?? 0n;
    const status = receipt.succeeded === null ? 2 : receipt.succeeded ? 1 : 0;
    this.#status[entry] = status + (receipt.gasPrice === null ? 0 : 4);
    if (receipt.created !== null) this.#created.set(entry, receipt.created);
    if (receipt.blobGasUsed > 0n) {
      this.#blobs.set(entry, { used: receipt.blobGasUsed, price: receipt.blobGasPrice });
    }
  }

  get(block: number, position: number): KnownReceipt | null {
    const key = block * positionsMax + position;
    const slot = this.#find(key);
    if (this.#keys[slot] !== key) return null;
    const entry = this.#entries[slot]!;
    const status = this.#status[entry]! & 3;
    const blob = this.#blobs.get(entry);
    return {
      succeeded: status === 2 ? null : status === 1,
      gasUsed: BigInt(this.#gasUsed[entry]!),
      gasPrice: (this.#status[entry]! & 4) === 0 ? null : this.#gasPrice[entry]!,
      created: this.#created.get(entry) ?? null,
      blobGasUsed: blob?.used ?? 0n,
      blobGasPrice: blob?.price ?? 0n,
    };
  }

  /** The slot that holds the key, or the free one where it would stand. */
  #find(key: number): number {
    const mask = this.#keys.length - 1;
    // Keys of one block follow one another: the low bits alone would run together.
    let slot = (Math.imul(key % 0x7fffffff, 0x9e3779b1) >>> 5) & mask;
    while (this.#keys[slot]! >= 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const entries = this.#entries;
    this.#keys = new Float64Array(2 * keys.length).fill(-1);
    this.#entries = new Int32Array(2 * keys.length);
    for (let j = 0; j < keys.length; j++) {
      if (keys[j]! < 0) continue;
      const slot = this.#find(keys[j]!);
      this.#keys[slot] = keys[j]!;
      this.#entries[slot] = entries[j]!;
    }
    this.#gasUsed = grown(this.#gasUsed, new Float64Array(keys.length));
    this.#gasPrice = grown(this.#gasPrice, new BigUint64Array(keys.length));
    this.#status = grown(this.#status, new Uint8Array(keys.length));
  }
}

function grown<Column extends Float64Array | BigUint64Array | Uint8Array>(from: Column, into: Column): Column {
  (into as Float64Array).set(from as Float64Array);
  return into;
}
