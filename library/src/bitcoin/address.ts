import { base58, bech32, bech32m } from "@scure/base";
import { AddressError } from "../errors/bitcoin.ts";
import { doubleSha256, hash160, sha256 } from "./hash.ts";
import { type Network, networkNames, networks } from "./networks.ts";
import { keyOfP2pk, p2pkhScript, p2shScript, type ScriptKind, scriptKind, witnessScript } from "./script.ts";

/**
 * The address of a locking script; null where it has none (bare multisig, data, nonstandard). A P2PK script has the
 * P2PKH address of its key, as nodes and explorers showed it when such coins were made.
 */
export function addressOfScript(network: Network, script: Uint8Array): string | null {
  return addressOf(network, script, scriptKind(script, 0, script.length));
}

/**
 * The account that owns a coin: its script's address, or `script:` and the script's SHA-256 (hex) where it has none.
 * Null for data, which nobody can spend.
 */
export function accountOfScript(network: Network, script: Uint8Array): string | null {
  const kind = scriptKind(script, 0, script.length);
  return kind === "data" ? null : (addressOf(network, script, kind) ?? `${scriptAccountPrefix}${sha256Hex(script)}`);
}

function addressOf(network: Network, script: Uint8Array, kind: ScriptKind): string | null {
  switch (kind) {
    case "p2pk":
      return base58Address(network.p2pkhVersion, hash160Of(keyOfP2pk(script, 0, script.length)));
    case "p2pkh":
      return base58Address(network.p2pkhVersion, script.subarray(3, 23));
    case "p2sh":
      return base58Address(network.p2shVersion, script.subarray(2, 22));
    case "p2wpkh":
    case "p2wsh":
    case "p2tr":
    case "witness":
      return witnessAddress(network, script);
    default:
      return null;
  }
}

/**
 * The locking scripts that are known from an address alone: always one; none for a `script:` account, whose hash does
 * not give its script. Coins that pay to the bare public key (P2PK) have the same address and another script, which
 * only the key gives: find those by `accountKeyOfAddress`, which is one and the same for both.
 *
 * @throws AddressError that says whether it is the network, the checksum, the case of letters or the form
 */
export function scriptsOfAddress(network: Network, text: string): Uint8Array[] {
  return scriptAccountHash(text) === null ? [scriptOfAddress(network, text)] : [];
}

const scriptAccountPrefix = "script:";

/** The 32 bytes of a `script:` account; null where the text is not one. */
export function scriptAccountHash(text: string): Uint8Array | null {
  if (!/^script:[0-9a-f]{64}$/u.test(text)) return null;
  return Uint8Array.fromHex(text.slice(scriptAccountPrefix.length));
}

// The longest bech32 address has 90 characters (BIP 173); a base58 address has at most 35.
const addressLengthMax = 90;

function scriptOfAddress(network: Network, text: string): Uint8Array {
  const fail = (why: string) =>
    new AddressError({ address: text.slice(0, addressLengthMax + 10), network: network.name, why });
  if (text.length > addressLengthMax) throw fail(`it is longer than ${addressLengthMax} characters`);
  if (text.length < 14) throw fail("it is too short");
  // A base58 address of a known version never begins so; a bech32 one of another network may begin otherwise.
  const separator = text.lastIndexOf("1");
  const prefix = separator < 1 ? "" : text.slice(0, separator).toLowerCase();
  const looksBech32 = networkNames.some((name) => networks[name].bech32Prefix === prefix);
  return looksBech32 ? scriptOfBech32(network, text, prefix, fail) : scriptOfBase58(network, text, fail);
}

type Fail = (why: string) => AddressError;

function scriptOfBech32(network: Network, text: string, prefix: string, fail: Fail): Uint8Array {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) throw fail("it mixes upper and lower case");
  const old = bech32.decodeUnsafe(lower);
  const decoded = old ?? bech32m.decodeUnsafe(lower);
  if (!decoded) throw fail("its checksum does not hold: a character is wrong or missing");
  if (prefix !== network.bech32Prefix) throw fail(`it belongs to ${networksWhere("bech32Prefix", prefix)}`);
  const [version, ...words] = decoded.words;
  if (version === undefined || version > 16) throw fail("it has no witness version from 0 to 16");
  if ((old !== undefined) !== (version === 0)) {
    throw fail(`witness version ${version} needs the ${version === 0 ? "bech32" : "bech32m"} checksum (BIP 350)`);
  }
  const program = bech32.fromWordsUnsafe(words);
  if (!program) throw fail("its last character holds more than padding");
  const sizes = version === 0 ? program.length === 20 || program.length === 32 : program.length >= 2;
  if (!sizes || program.length > 40) throw fail(`a program of ${program.length} bytes does not exist in its version`);
  return witnessScript(version, program);
}

function scriptOfBase58(network: Network, text: string, fail: Fail): Uint8Array {
  if (!/^[1-9A-HJ-NP-Za-km-z]*$/u.test(text)) throw fail("it has a character that no address has");
  const payload = base58.decode(text);
  const check = new Uint8Array(32);
  doubleSha256(payload.subarray(0, -4), check, 0);
  if (payload.length < 5 || payload.subarray(-4).some((byte, i) => byte !== check[i])) {
    throw fail("its checksum does not hold: a character is wrong or missing");
  }
  const version = payload[0]!;
  if (payload.length === 37 || payload.length === 38) {
    // A private key in wallet import format: it must not reach a log by way of a message.
    throw new AddressError({ address: "…", network: network.name, why: "it is a private key: keep it secret" });
  }
  if (payload.length !== 25) throw fail(`it holds ${payload.length - 5} bytes in place of a hash of 20`);
  const hash = payload.subarray(1, 21);
  if (version === network.p2pkhVersion) return p2pkhScript(hash);
  if (version === network.p2shVersion) return p2shScript(hash);
  const others = networksWhere("p2pkhVersion", version) || networksWhere("p2shVersion", version);
  throw fail(others === "" ? `its version ${version} is of no known network` : `it belongs to ${others}`);
}

function networksWhere(field: "bech32Prefix" | "p2pkhVersion" | "p2shVersion", value: string | number): string {
  return networkNames.filter((name) => networks[name][field] === value).join(", ");
}

function base58Address(version: number, hash: Uint8Array): string {
  const payload = new Uint8Array(25);
  payload[0] = version;
  payload.set(hash, 1);
  const check = new Uint8Array(32);
  doubleSha256(payload.subarray(0, 21), check, 0);
  payload.set(check.subarray(0, 4), 21);
  return base58.encode(payload);
}

function witnessAddress(network: Network, script: Uint8Array): string {
  const version = script[0] === 0 ? 0 : script[0]! - 0x50;
  const code = version === 0 ? bech32 : bech32m;
  return code.encode(network.bech32Prefix, [version, ...code.toWords(script.subarray(2))], addressLengthMax);
}

function hash160Of(bytes: Uint8Array): Uint8Array {
  const hash = new Uint8Array(20);
  hash160(bytes, hash, 0);
  return hash;
}

function sha256Hex(bytes: Uint8Array): string {
  const hash = new Uint8Array(32);
  sha256(bytes, hash, 0);
  return hash.toHex();
}
