import { EncodeError } from "../errors/bitcoin.ts";
import { displayHash, doubleSha256 } from "./hash.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Serialises a transaction: with the witnesses where it has any (BIP 144), or without them (`stripped`), which is what
 * its txid is the hash of.
 *
 * @throws EncodeError where a field does not fit its place
 */
export function encodeTransaction(transaction: Transaction, form: "full" | "stripped" = "full"): Uint8Array {
  const hasWitness = form === "full" && transaction.inputs.some((input) => input.witness.length > 0);
  const parts: Uint8Array[] = [uint32("version", transaction.version >>> 0, transaction.version)];
  if (hasWitness) parts.push(Uint8Array.of(0, 1));
  if (transaction.inputs.length === 0) throw new EncodeError({ field: "list of inputs", why: "is empty" });
  parts.push(compactSize(transaction.inputs.length));
  for (const input of transaction.inputs) {
    parts.push(txidBytes(input.txid), uint32("vout", input.vout));
    parts.push(compactSize(input.scriptSig.length), input.scriptSig, uint32("sequence", input.sequence));
  }
  parts.push(compactSize(transaction.outputs.length));
  for (const output of transaction.outputs) {
    parts.push(uint64("value", output.value), compactSize(output.script.length), output.script);
  }
  if (hasWitness) {
    for (const input of transaction.inputs) {
      parts.push(compactSize(input.witness.length));
      for (const item of input.witness) parts.push(compactSize(item.length), item);
    }
  }
  parts.push(uint32("locktime", transaction.locktime));
  return joined(parts);
}

/** The txid, as displayed. @throws EncodeError */
export function transactionId(transaction: Transaction): string {
  return hashOf(encodeTransaction(transaction, "stripped"));
}

/** The wtxid (BIP 141), as displayed: the txid where there are no witnesses. @throws EncodeError */
export function witnessTransactionId(transaction: Transaction): string {
  return hashOf(encodeTransaction(transaction, "full"));
}

/** A size in the form that blocks and transactions hold it in, shortest form. */
export function compactSize(size: number): Uint8Array {
  if (size < 0xfd) return Uint8Array.of(size);
  if (size <= 0xffff) return Uint8Array.of(0xfd, size & 0xff, size >>> 8);
  return Uint8Array.of(0xfe, size & 0xff, (size >>> 8) & 0xff, (size >>> 16) & 0xff, size >>> 24);
}

function hashOf(bytes: Uint8Array): string {
  const hash = new Uint8Array(32);
  doubleSha256(bytes, hash, 0);
  return displayHash(hash);
}

function txidBytes(txid: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/iu.test(txid)) throw new EncodeError({ field: "txid", why: "is not 64 hex digits" });
  return Uint8Array.fromHex(txid).reverse();
}

function uint32(field: string, value: number, given = value): Uint8Array {
  if (!Number.isInteger(given) || given < -0x8000_0000 || value < 0 || value > 0xffff_ffff || given > 0xffff_ffff) {
    throw new EncodeError({ field, why: `is ${given}, not a whole number of 32 bits` });
  }
  return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);
}

function uint64(field: string, value: bigint): Uint8Array {
  if (value < 0n || value >= 1n << 64n) throw new EncodeError({ field, why: `is ${value}, not one of 64 bits` });
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
