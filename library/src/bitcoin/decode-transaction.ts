import { DecodeError } from "../errors/bitcoin.ts";
import { displayHash } from "./hash.ts";
import { maxMoney, type Transaction, type TransactionInput, type TransactionOutput } from "./transaction.ts";

// The fewest bytes that one of them takes: a count that cannot fit is refused before anything is allocated.
const inputSizeMin = 41;
const outputSizeMin = 9;
// The weight limit of a block (BIP 141): no transaction of the chain is larger. Each byte may become an object.
const transactionSizeMax = 4_000_000;
const nothing = new Uint8Array(0);

/**
 * Reads one serialised transaction, with or without witnesses (BIP 144), that fills `bytes` exactly. Fields are copies.
 *
 * @throws DecodeError where bytes are missing or left over, a size is not in its shortest form, a transaction has no
 *   inputs or outputs, announces witnesses and has none, or pays more than 21 million BTC
 */
export function decodeTransaction(bytes: Uint8Array): Transaction {
  const reader = new TransactionReader(bytes);
  if (bytes.length > transactionSizeMax) throw reader.error(`it has over ${transactionSizeMax} bytes`, 0);
  const version = reader.uint32() | 0;
  const hasWitness = bytes[4] === 0;
  if (hasWitness) {
    reader.at += 1;
    if (reader.byte() !== 1) throw reader.error("it has no inputs, or an unknown flag after a zero", reader.at - 1);
  }
  const bare = reader.list(inputSizeMin, "inputs", () => input(reader));
  const outputs = reader.list(outputSizeMin, "outputs", () => output(reader));
  if (outputs.reduce((sum, { value }) => sum + value, 0n) > BigInt(maxMoney)) {
    throw reader.error("its outputs add up to more than 21 million BTC", reader.at);
  }
  const inputs = hasWitness ? bare.map((one) => ({ ...one, witness: witness(reader) })) : bare;
  if (hasWitness && inputs.every((one) => one.witness.length === 0)) {
    throw reader.error("it announces witnesses and has none", 4);
  }
  const locktime = reader.uint32();
  if (reader.at !== bytes.length) throw reader.error(`${bytes.length - reader.at} bytes are left over`, reader.at);
  return { version, inputs, outputs, locktime };
}

function input(reader: TransactionReader): TransactionInput {
  const txid = displayHash(reader.bytes, reader.skip(32));
  const vout = reader.uint32();
  const scriptSig = reader.string();
  return { txid, vout, scriptSig, sequence: reader.uint32(), witness: [] };
}

function output(reader: TransactionReader): TransactionOutput {
  const at = reader.at;
  const low = reader.uint32();
  const value = (BigInt(reader.uint32()) << 32n) | BigInt(low);
  if (value > BigInt(maxMoney)) throw reader.error("an output pays more than 21 million BTC", at);
  return { value, script: reader.string() };
}

function witness(reader: TransactionReader): Uint8Array[] {
  const count = reader.count(1);
  return Array.from({ length: count }, () => reader.string());
}

class TransactionReader {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  error(why: string, offset: number): DecodeError {
    return new DecodeError({ thing: "transaction", why, offset });
  }

  /** Steps over `size` bytes and returns where they begin. */
  skip(size: number): number {
    const from = this.at;
    if (size > this.bytes.length - from) throw this.error(`it ends after ${this.bytes.length} bytes`, from);
    this.at += size;
    return from;
  }

  byte(): number {
    return this.bytes[this.skip(1)]!;
  }

  uint16(): number {
    return this.byte() | (this.byte() << 8);
  }

  uint32(): number {
    return (this.uint16() | (this.uint16() << 16)) >>> 0;
  }

  compactSize(): number {
    const from = this.at;
    const first = this.byte();
    if (first < 0xfd) return first;
    if (first === 0xff) throw this.error("a size is over 4 GB", from);
    const size = first === 0xfd ? this.uint16() : this.uint32();
    if (size < (first === 0xfd ? 0xfd : 0x1_0000)) throw this.error("a size is not in its shortest form", from);
    return size;
  }

  /** A number of things that take at least `sizeMin` bytes each. */
  count(sizeMin: number): number {
    const from = this.at;
    const count = this.compactSize();
    if (count > (this.bytes.length - this.at) / sizeMin) {
      throw this.error(`it announces ${count} things, more than its bytes can hold`, from);
    }
    return count;
  }

  list<Item>(sizeMin: number, name: string, one: () => Item): Item[] {
    const from = this.at;
    const count = this.count(sizeMin);
    if (count === 0) throw this.error(`it has no ${name}`, from);
    return Array.from({ length: count }, one);
  }

  string(): Uint8Array {
    const size = this.count(1);
    if (size === 0) return nothing;
    const from = this.skip(size);
    return new Uint8Array(this.bytes.subarray(from, from + size));
  }
}
