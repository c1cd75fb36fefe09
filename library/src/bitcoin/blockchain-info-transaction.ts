import { instantOfSeconds } from "../money/instant.ts";
import { checkAddress, type FoundAt, hasAll } from "./found-at.ts";
import {
  bytesIn,
  countIn,
  isObject,
  type JsonObject,
  listIn,
  objectIn,
  refuse,
  satoshiIn,
  shown,
  txidIn,
  uint32In,
  versionIn,
} from "./json-field.ts";
import type { FoundTransaction, LooseInput, LooseOutput, UncheckedFields } from "./loose-transaction.ts";
import { noVout } from "./transaction.ts";

/** Whether an object looks like a transaction of blockchain.info's API. */
export function looksLikeBlockchainInfo(json: JsonObject): boolean {
  return Array.isArray(json.inputs) && Array.isArray(json.out);
}

/**
 * Reads a transaction of blockchain.info's API (rawtx, or of rawaddr and rawblock). It names the coins that inputs
 * spend by an index of its own in place of a txid: here `tx_index-273801272:0`, to be resolved where the same set holds
 * the transaction of that index.
 *
 * @throws TransactionRefusedError
 */
export function readBlockchainInfoTransaction(json: JsonObject, at: FoundAt): FoundTransaction {
  const txid = txidIn(json.hash, "hash");
  const alias = hasAll(json, "tx_index") ? aliasOf(json.tx_index, "tx_index") : null;
  const given = listIn(json.inputs, "inputs").map((one, j) => objectIn(one, `inputs[${j}]`));
  const isCoinbase = given.length === 1 && spendsNothing(given[0]!);
  const out = listIn(json.out, "out").map((one, j) => objectIn(one, `out[${j}]`));
  if (given.length === 0 || out.length === 0) throw refuse("it has no inputs or no outputs");
  const outputs = out.map((one, j) => outputOf(one, j, alias));
  const addressed = out.findIndex((one) => typeof one.addr === "string");
  if (addressed >= 0) checkAddress(at.network, out[addressed]!.addr, outputs[addressed]!.script);
  const seconds = countIn(json.time, "time") ?? at.block?.time ?? null;
  return {
    transaction: {
      txid,
      height: countIn(json.block_height, "block_height") ?? at.block?.height ?? null,
      time: seconds === null ? null : instantOfSeconds(seconds),
      position: at.block?.position ?? null,
      inputs: isCoinbase ? [] : given.map(inputOf),
      outputs,
      raw: null,
      source: { name: at.name, sha256: at.sha256 },
    },
    file: at.name,
    offset: at.offset,
    alias,
    unchecked: uncheckedOf(json, given),
  };
}

/** Older answers leave a coinbase's `prev_out` out; newer ones give the outpoint that coinbases have, with no value. */
function spendsNothing(input: JsonObject): boolean {
  if (!hasAll(input, "prev_out")) return true;
  return isObject(input.prev_out) && input.prev_out.n === noVout && input.prev_out.value === 0;
}

/** Numbers of this source grew past 2^32, and stay below 2^53. */
function aliasOf(index: unknown, field: string): string {
  if (!Number.isSafeInteger(index) || (index as number) < 0) {
    throw refuse(`its ${field} is ${shown(index)}, not a whole number`);
  }
  return `tx_index-${index}`;
}

function inputOf(one: JsonObject, j: number): LooseInput {
  const spent = objectIn(one.prev_out, `inputs[${j}].prev_out`);
  const field = `inputs[${j}].prev_out`;
  const maker = hasAll(spent, "hash")
    ? txidIn(spent.hash, `${field}.hash`)
    : aliasOf(spent.tx_index, `${field}.tx_index`);
  return {
    coin: `${maker}:${uint32In(spent.n, `${field}.n`)}`,
    value: satoshiIn(spent.value, `${field}.value`),
    script: hasAll(spent, "script") ? bytesIn(spent.script, `${field}.script`) : null,
  };
}

function outputOf(one: JsonObject, j: number, alias: string | null): LooseOutput {
  if (one.n !== undefined && one.n !== j) throw refuse(`its out[${j}] is numbered otherwise`);
  return {
    value: satoshiIn(one.value, `out[${j}].value`),
    script: bytesIn(one.script, `out[${j}].script`),
    spent: typeof one.spent === "boolean" ? { is: one.spent, by: one.spent ? spenderOf(one, j) : null } : null,
    alias: alias === null ? null : `${alias}:${j}`,
  };
}

/** Later versions of the API say which transaction spends a coin, by its index. */
function spenderOf(one: JsonObject, j: number): string | null {
  const [first] = Array.isArray(one.spending_outpoints) ? one.spending_outpoints : [];
  if (!isObject(first) || !hasAll(first, "tx_index")) return null;
  return aliasOf(first.tx_index, `out[${j}].spending_outpoints[0].tx_index`);
}

function uncheckedOf(json: JsonObject, given: readonly JsonObject[]): UncheckedFields | null {
  if (!hasAll(json, "ver", "lock_time") || !given.every((one) => hasAll(one, "script", "sequence"))) return null;
  return {
    version: versionIn(json.ver, "ver"),
    locktime: uint32In(json.lock_time, "lock_time"),
    inputs: given.map((one, j) => ({
      scriptSig: bytesIn(one.script, `inputs[${j}].script`),
      sequence: uint32In(one.sequence, `inputs[${j}].sequence`),
    })),
  };
}
