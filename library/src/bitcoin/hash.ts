import { hash } from "node:crypto";

const inner = new Uint8Array(32);

/**
 * SHA-256 of SHA-256, written to `into` at `at` (internal byte order).
 *
 * Native, and read back as a Latin-1 string: on Node 26 a digest of 250 bytes takes 0.4 µs that way and 1.6 µs as a
 * Buffer, which must be allocated.
 */
export function doubleSha256(bytes: Uint8Array, into: Uint8Array, at: number): void {
  writeLatin1(hash("sha256", bytes, "latin1"), inner, 0);
  writeLatin1(hash("sha256", inner, "latin1"), into, at);
}

/** SHA-256, written to `into` at `at`. */
export function sha256(bytes: Uint8Array, into: Uint8Array, at: number): void {
  writeLatin1(hash("sha256", bytes, "latin1"), into, at);
}

/** RIPEMD-160 of SHA-256 (20 bytes), written to `into` at `at`. */
export function hash160(bytes: Uint8Array, into: Uint8Array, at: number): void {
  writeLatin1(hash("sha256", bytes, "latin1"), inner, 0);
  writeLatin1(hash("ripemd160", inner, "latin1"), into, at);
}

function writeLatin1(text: string, into: Uint8Array, at: number): void {
  for (let i = 0; i < text.length; i++) into[at + i] = text.charCodeAt(i);
}

/** A hash of 32 bytes in internal order, as it is displayed: its bytes reversed, 64 hex digits. */
export function displayHash(bytes: Uint8Array, at = 0): string {
  let text = "";
  for (let i = at + 31; i >= at; i--) text += hexOfByte[bytes[i]!];
  return text;
}

/** The 32 bytes, in internal order, of a hash as displayed. @throws RangeError where it is not 64 hex digits */
export function internalHash(displayed: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/iu.test(displayed)) throw new RangeError(`internalHash: "${displayed.slice(0, 70)}"`);
  return Uint8Array.fromHex(displayed).reverse();
}

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
