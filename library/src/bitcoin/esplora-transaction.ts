import { instantOfSeconds } from "../money/instant.ts";
import { checkAddress, checkedRaw, type FoundAt, hasAll } from "./found-at.ts";
import {
  bytesIn,
  countIn,
  isObject,
  type JsonObject,
  listIn,
  objectIn,
  refuse,
  satoshiIn,
  txidIn,
  uint32In,
  versionIn,
} from "./json-field.ts";
import type { FoundTransaction, LooseInput, LooseOutput } from "./loose-transaction.ts";
import { isCoinbase, noTxid, noVout, type TransactionInput } from "./transaction.ts";

/** Whether an object looks like a transaction of Esplora's API (blockstream.info, mempool.space). */
export function looksLikeEsplora(json: JsonObject): boolean {
  const first = Array.isArray(json.vout) ? json.vout[0] : undefined;
  return Array.isArray(json.vin) && isObject(first) && "scriptpubkey" in first;
}

/**
 * Reads a transaction of Esplora's API. The txid is checked where the fields for it are all there, and computed where
 * none is stated. The values that its inputs spend are the source's word: no txid covers them.
 *
 * @param outspends the answer to `/tx/:txid/outspends` or the like; by default the transaction's own member, if any
 * @throws TransactionRefusedError
 */
export function readEsploraTransaction(json: JsonObject, at: FoundAt, outspends = json.outspends): FoundTransaction {
  const vin = listIn(json.vin, "vin").map((one, j) => objectIn(one, `vin[${j}]`));
  const vout = listIn(json.vout, "vout").map((one, j) => objectIn(one, `vout[${j}]`));
  if (vin.length === 0 || vout.length === 0) throw refuse("it has no inputs or no outputs");
  const inputs = vin.map(inputOf);
  const outputs = vout.map((one, j) => ({
    value: satoshiIn(one.value, `vout[${j}].value`),
    script: bytesIn(one.scriptpubkey, `vout[${j}].scriptpubkey`),
  }));
  const addressed = vout.findIndex((one) => typeof one.scriptpubkey_address === "string");
  if (addressed >= 0) checkAddress(at.network, vout[addressed]!.scriptpubkey_address, outputs[addressed]!.script);
  const given = hasAll(json, "txid") ? txidIn(json.txid, "txid") : null;
  const whole = hasAll(json, "version", "locktime") && vin.every((one) => hasAll(one, "sequence"));
  const scripts = vin.every((one) => typeof one.scriptsig === "string");
  if (given === null && !(whole && scripts)) throw refuse("it states no txid, and lacks fields to compute it from");
  const version = versionIn(json.version ?? 1, "version");
  const transaction = { version, inputs, outputs, locktime: uint32In(json.locktime ?? 0, "locktime") };
  const checked = whole && scripts ? checkedRaw(transaction, given) : null;
  const { height, time } = statusOf(json.status, at);
  const spends = outspends === undefined ? null : listIn(outspends, "outspends");
  return {
    transaction: {
      txid: checked?.txid ?? given!,
      height,
      time,
      position: at.block?.position ?? null,
      inputs: isCoinbase(transaction) ? [] : vin.map((one, j) => looseInput(one, inputs[j]!, j)),
      outputs: outputs.map((output, j) => ({ ...output, spent: spentOf(spends?.[j], j), alias: null })),
      raw: checked?.raw ?? null,
      source: { name: at.name, sha256: at.sha256 },
    },
    file: at.name,
    offset: at.offset,
    alias: null,
    unchecked: null,
  };
}

function inputOf(one: JsonObject, j: number): TransactionInput {
  const coinbase = one.is_coinbase === true;
  return {
    txid: coinbase ? noTxid : txidIn(one.txid, `vin[${j}].txid`),
    vout: coinbase ? noVout : uint32In(one.vout, `vin[${j}].vout`),
    scriptSig: bytesIn(one.scriptsig ?? "", `vin[${j}].scriptsig`),
    sequence: uint32In(one.sequence ?? 0xffff_ffff, `vin[${j}].sequence`),
    witness: listIn(one.witness ?? [], `vin[${j}].witness`).map((item) => bytesIn(item, `vin[${j}].witness`)),
  };
}

function looseInput(one: JsonObject, { txid, vout }: TransactionInput, j: number): LooseInput {
  const coin = `${txid}:${vout}`;
  if (one.prevout === undefined || one.prevout === null) return { coin, value: null, script: null };
  const prevout = objectIn(one.prevout, `vin[${j}].prevout`);
  return {
    coin,
    value: satoshiIn(prevout.value, `vin[${j}].prevout.value`),
    script: bytesIn(prevout.scriptpubkey, `vin[${j}].prevout.scriptpubkey`),
  };
}

function statusOf(status: unknown, at: FoundAt) {
  const known = status === undefined || status === null ? {} : objectIn(status, "status");
  const confirmed = known.confirmed !== false;
  const height = confirmed ? (countIn(known.block_height, "status.block_height") ?? at.block?.height ?? null) : null;
  const seconds = confirmed ? (countIn(known.block_time, "status.block_time") ?? at.block?.time ?? null) : null;
  return { height, time: seconds === null ? null : instantOfSeconds(seconds) };
}

function spentOf(outspend: unknown, j: number): LooseOutput["spent"] {
  if (outspend === undefined || outspend === null) return null;
  const { spent, txid } = objectIn(outspend, `outspends[${j}]`);
  if (typeof spent !== "boolean") throw refuse(`its outspends[${j}].spent is neither true nor false`);
  if (!spent) return { is: false, by: null };
  return { is: true, by: txid === undefined || txid === null ? null : txidIn(txid, `outspends[${j}].txid`) };
}
