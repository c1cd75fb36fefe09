import { scriptAccountHash, scriptsOfAddress } from "./address.ts";
import { hash160, sha256 } from "./hash.ts";
import type { Network } from "./networks.ts";
import { keyOfP2pk, scriptKind } from "./script.ts";

/** Bytes of an account key. */
export const accountKeySize = 16;

// The first byte of the key of a script that has an address; witness versions from 1 on add themselves.
const p2pkhMark = 1;
const p2shMark = 2;
const witness0Mark = 3;

/**
 * Writes the 16 bytes by which an index finds an account's coins. Two scripts of one account have the same key: P2PK
 * gets that of the P2PKH of its key. No hashing but for P2PK and for scripts without an address.
 *
 * The first byte says the kind, the other 15 begin the hash or program; of a script without an address they are the
 * first 16 bytes of its SHA-256. Two accounts may share a key, by chance or malice: compare `accountOfScript`.
 *
 * @param at where the key goes in `into`
 * @returns false for data, which belongs to nobody: its key is all zeros and no account has it
 */
export function accountKey(bytes: Uint8Array, offset: number, size: number, into: Uint8Array, at: number): boolean {
  switch (scriptKind(bytes, offset, size)) {
    case "p2pkh":
      return take(bytes, offset + 3, 15, p2pkhMark, into, at);
    case "p2sh":
      return take(bytes, offset + 2, 15, p2shMark, into, at);
    case "p2wpkh":
    case "p2wsh":
      return take(bytes, offset + 2, 15, witness0Mark, into, at);
    case "p2tr":
      return take(bytes, offset + 2, 15, witness0Mark + 1, into, at);
    case "witness":
      return take(bytes, offset + 2, Math.min(15, size - 2), witness0Mark + bytes[offset]! - 0x50, into, at);
    case "p2pk":
      hash160(keyOfP2pk(bytes, offset, size), scratch, 0);
      return take(scratch, 0, 15, p2pkhMark, into, at);
    case "data":
      into.fill(0, at, at + accountKeySize);
      return false;
    default:
      sha256(bytes.subarray(offset, offset + size), scratch, 0);
      return take(scratch, 1, 15, scratch[0]!, into, at);
  }
}

const scratch = new Uint8Array(32);

function take(from: Uint8Array, offset: number, size: number, mark: number, into: Uint8Array, at: number): true {
  into[at] = mark;
  for (let i = 0; i < size; i++) into[at + 1 + i] = from[offset + i]!;
  for (let i = size; i < 15; i++) into[at + 1 + i] = 0;
  return true;
}

/**
 * The key under which an index holds the coins of an address or a `script:` account.
 * @throws AddressError
 */
export function accountKeyOfAddress(network: Network, account: string): Uint8Array {
  const key = new Uint8Array(accountKeySize);
  const hash = scriptAccountHash(account);
  if (hash !== null) return hash.slice(0, accountKeySize);
  for (const script of scriptsOfAddress(network, account)) accountKey(script, 0, script.length, key, 0);
  return key;
}

/**
 * Whether a script is one of the account's, to be asked of each coin that an index found by its key.
 * @throws AddressError where the account is not one of the network's
 */
export function accountHolds(network: Network, account: string): (script: Uint8Array) => boolean {
  const hash = scriptAccountHash(account);
  if (hash !== null) return (candidate) => addressless(candidate) && same(hash, hashed(sha256, candidate));
  const [script] = scriptsOfAddress(network, account);
  const keyHash = scriptKind(script!, 0, script!.length) === "p2pkh" ? script!.subarray(3, 23) : null;
  return (candidate) => {
    if (same(script!, candidate)) return true;
    if (keyHash === null || scriptKind(candidate, 0, candidate.length) !== "p2pk") return false;
    return same(keyHash, hashed(hash160, keyOfP2pk(candidate, 0, candidate.length)));
  };
}

function addressless(script: Uint8Array): boolean {
  const kind = scriptKind(script, 0, script.length);
  return kind === "multisig" || kind === "nonstandard";
}

function hashed(hash: typeof sha256, bytes: Uint8Array): Uint8Array {
  hash(bytes, scratch, 0);
  return scratch;
}

/** Whether `b` begins with all of `a` and, but for the scratch, ends with it. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length && b !== scratch) return false;
  return a.every((byte, i) => byte === b[i]);
}
