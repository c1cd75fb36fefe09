/**
 * What a locking script asks of a spender.
 * - `witness`: a witness version that has no meaning yet, or pay-to-anchor; it has a bech32m address.
 * - `multisig`: bare m-of-n.
 * - `data`: begins with OP_RETURN; nobody can ever spend it.
 */
export type ScriptKind =
  | "p2pk"
  | "p2pkh"
  | "p2sh"
  | "p2wpkh"
  | "p2wsh"
  | "p2tr"
  | "witness"
  | "multisig"
  | "data"
  | "nonstandard";

const opReturn = 0x6a;
const opDup = 0x76;
const opEqual = 0x87;
const opEqualVerify = 0x88;
const opHash160 = 0xa9;
const opCheckSig = 0xac;
const opCheckMultisig = 0xae;
// OP_1 to OP_16 are this number more than what they push.
const opNumber = 0x50;

/**
 * Classifies the locking script that stands at `offset` (as Bitcoin Core's Solver, but that everything which begins
 * with OP_RETURN is data). Reads in place and allocates nothing.
 */
export function scriptKind(bytes: Uint8Array, offset: number, size: number): ScriptKind {
  if (size === 0) return "nonstandard";
  const first = bytes[offset]!;
  if (first === 0x00 || (first > opNumber && first <= opNumber + 16)) {
    if (size >= 4 && size <= 42 && bytes[offset + 1] === size - 2) return witnessKind(first, size);
    return first !== 0 && isMultisig(bytes, offset, size) ? "multisig" : "nonstandard";
  }
  if (first === opDup) return isP2pkh(bytes, offset, size) ? "p2pkh" : "nonstandard";
  if (first === opHash160) return isP2sh(bytes, offset, size) ? "p2sh" : "nonstandard";
  if (first === opReturn) return "data";
  return keySize(bytes, offset, offset + size - 1) === size - 2 && bytes[offset + size - 1] === opCheckSig
    ? "p2pk"
    : "nonstandard";
}

function witnessKind(versionOp: number, size: number): ScriptKind {
  if (versionOp === 0) return size === 22 ? "p2wpkh" : size === 34 ? "p2wsh" : "nonstandard";
  return versionOp === opNumber + 1 && size === 34 ? "p2tr" : "witness";
}

function isP2pkh(bytes: Uint8Array, offset: number, size: number): boolean {
  return (
    size === 25 &&
    bytes[offset + 1] === opHash160 &&
    bytes[offset + 2] === 20 &&
    bytes[offset + 23] === opEqualVerify &&
    bytes[offset + 24] === opCheckSig
  );
}

function isP2sh(bytes: Uint8Array, offset: number, size: number): boolean {
  return size === 23 && bytes[offset + 1] === 20 && bytes[offset + 22] === opEqual;
}

/** The size of the public key whose push stands at `at` and ends before `end`; 0 where there is none. */
function keySize(bytes: Uint8Array, at: number, end: number): number {
  const size = bytes[at]!;
  if ((size !== 33 && size !== 65) || at + size >= end) return 0;
  const form = bytes[at + 1]!;
  // 6 and 7 are the hybrid form of uncompressed keys, which nodes still accept.
  const fits = size === 33 ? form === 2 || form === 3 : form === 4 || form === 6 || form === 7;
  return fits ? size : 0;
}

function isMultisig(bytes: Uint8Array, offset: number, size: number): boolean {
  const end = offset + size;
  if (size < 3 || bytes[end - 1] !== opCheckMultisig) return false;
  const required = bytes[offset]! - opNumber;
  const keys = bytes[end - 2]! - opNumber;
  if (keys < required || keys > 16) return false;
  let at = offset + 1;
  for (let key = 0; key < keys; key++) {
    const one = keySize(bytes, at, end - 1);
    if (one === 0) return false;
    at += one + 1;
  }
  return at === end - 2;
}

/** Where the public key of a P2PK script stands: after the push, before OP_CHECKSIG. */
export function keyOfP2pk(bytes: Uint8Array, offset: number, size: number): Uint8Array {
  return bytes.subarray(offset + 1, offset + size - 1);
}

export function p2pkhScript(keyHash: Uint8Array): Uint8Array {
  return Uint8Array.of(opDup, opHash160, 20, ...keyHash, opEqualVerify, opCheckSig);
}

export function p2shScript(scriptHash: Uint8Array): Uint8Array {
  return Uint8Array.of(opHash160, 20, ...scriptHash, opEqual);
}

/** @param program 2 to 40 bytes: the key's or the script's hash, or the taproot output key */
export function witnessScript(version: number, program: Uint8Array): Uint8Array {
  return Uint8Array.of(version === 0 ? 0 : opNumber + version, program.length, ...program);
}
