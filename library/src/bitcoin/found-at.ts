import { addressOfScript } from "./address.ts";
import { encodeTransaction, transactionId } from "./encode-transaction.ts";
import { type JsonObject, refuse } from "./json-field.ts";
import { type Network, networkNames, networks } from "./networks.ts";
import type { Transaction } from "./transaction.ts";

/** Where a transaction was found, and what is known of it from there. */
export interface FoundAt {
  readonly network: Network;
  /** A file's path, or a URL. */
  readonly name: string;
  /** SHA-256 (hex) of the file or the answer. */
  readonly sha256: string;
  readonly offset: number | null;
  /** What the block that it was found in says; null where it was found in none. */
  readonly block: { readonly height: number | null; readonly time: number | null; readonly position: number } | null;
}

/**
 * The serialised transaction and its txid, where all fields are there.
 * @param given the txid that the source states, if any
 * @throws TransactionRefusedError where the fields have another txid than the one that is stated
 */
export function checkedRaw(transaction: Transaction, given: string | null): { txid: string; raw: Uint8Array } {
  const txid = transactionId(transaction);
  if (given !== null && given !== txid) throw refuse(`it is called ${given}, but its fields have the txid ${txid}`);
  return { txid, raw: encodeTransaction(transaction) };
}

/**
 * Holds an address that a source states against the script it stands beside: sources of another network are found so.
 * @throws TransactionRefusedError
 */
export function checkAddress(network: Network, address: unknown, script: Uint8Array): void {
  const own = addressOfScript(network, script);
  if (typeof address !== "string" || own === null || own === address) return;
  const other = networkNames.find((name) => addressOfScript(networks[name], script) === address);
  throw refuse(
    other === undefined
      ? `its script has the address ${own}, but "${address.slice(0, 100)}" stands beside it`
      : `it is of ${other}, not of ${network.name}: ${address}`,
  );
}

/** Whether an object has all these members, whatever they are. */
export function hasAll(object: JsonObject, ...names: readonly string[]): boolean {
  return names.every((name) => object[name] !== undefined && object[name] !== null);
}
