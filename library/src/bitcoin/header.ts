import { DecodeError } from "../errors/bitcoin.ts";
import { type Instant, instantOfSeconds } from "../money/instant.ts";
import { displayHash, doubleSha256 } from "./hash.ts";

/** Bytes of a block header. */
export const headerSize = 80;

export interface Header {
  /** Signed 32 bits. */
  readonly version: number;
  /** Hashes as displayed. */
  readonly hash: string;
  readonly previous: string;
  readonly merkleRoot: string;
  /** As the miner stated it: it may be up to two hours late, and earlier than the parent's. */
  readonly time: Instant;
  /** The target in compact form. */
  readonly bits: number;
  readonly nonce: number;
}

/** Reads the 80 bytes at `at`. @throws DecodeError where there are fewer */
export function decodeHeader(bytes: Uint8Array, at = 0): Header {
  if (bytes.length - at < headerSize) {
    throw new DecodeError({ thing: "header", why: `it has ${bytes.length - at} of 80 bytes`, offset: at });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, headerSize);
  const hash = new Uint8Array(32);
  doubleSha256(bytes.subarray(at, at + headerSize), hash, 0);
  return {
    version: view.getInt32(0, true),
    hash: displayHash(hash),
    previous: displayHash(bytes, at + 4),
    merkleRoot: displayHash(bytes, at + 36),
    time: instantOfSeconds(view.getUint32(68, true)),
    bits: view.getUint32(72, true),
    nonce: view.getUint32(76, true),
  };
}

/**
 * The target that a header's hash, as a number, must not exceed. Bits are a floating-point number of base 256: an
 * exponent of one byte, a sign, and 23 bits.
 *
 * @throws DecodeError where the bits are negative, zero, or do not fit 256 bits, all of which nodes refuse
 */
export function targetOfBits(bits: number): bigint {
  const size = bits >>> 24;
  const word = bits & 0x7f_ffff;
  const fail = (why: string) => new DecodeError({ thing: "header", why: `its bits ${hex(bits)} ${why}`, offset: 72 });
  if (word !== 0 && (bits & 0x80_0000) !== 0) throw fail("are negative");
  if (word !== 0 && (size > 34 || (word > 0xff && size > 33) || (word > 0xffff && size > 32))) {
    throw fail("do not fit 256 bits");
  }
  const target = size <= 3 ? BigInt(word >>> (8 * (3 - size))) : BigInt(word) << BigInt(8 * (size - 3));
  if (target === 0n) throw fail("are zero: nothing could meet them");
  return target;
}

/** The compact form of a target, rounded down to it. */
export function bitsOfTarget(target: bigint): number {
  let size = Math.ceil(target.toString(16).length / 2);
  let word = Number(size <= 3 ? target << BigInt(8 * (3 - size)) : target >> BigInt(8 * (size - 3)));
  // The highest bit is the sign: it is kept free by one more byte of size.
  if (word >= 0x80_0000) {
    word >>>= 8;
    size += 1;
  }
  return ((size << 24) | word) >>> 0;
}

/** The number of hashes that are tried, on average, before one meets the target of these bits. */
export function workOfBits(bits: number): bigint {
  return (1n << 256n) / (targetOfBits(bits) + 1n);
}

/** A target as 32 bytes in internal order, to be compared with hashes as they stand. @throws DecodeError */
export function targetBytes(bits: number): Uint8Array {
  return Uint8Array.fromHex(targetOfBits(bits).toString(16).padStart(64, "0")).reverse();
}

/** Whether the hash at `at`, as a number, is not over the target of {@link targetBytes}. */
export function meetsTarget(hashes: Uint8Array, at: number, target: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    if (hashes[at + i] !== target[i]) return hashes[at + i]! < target[i]!;
  }
  return true;
}

/** Bits as they are displayed: eight hex digits. */
export function hex(bits: number): string {
  return bits.toString(16).padStart(8, "0");
}
