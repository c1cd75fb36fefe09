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
  satoshiOfDecimal,
  txidIn,
  uint32In,
  versionIn,
} from "./json-field.ts";
import type { FoundTransaction, LooseInput } from "./loose-transaction.ts";
import { noTxid, noVout, type Transaction, type TransactionInput } from "./transaction.ts";

/** Whether an object looks like what Bitcoin Core's getrawtransaction gives when it is asked to be verbose. */
export function looksLikeCore(json: JsonObject): boolean {
  const first = Array.isArray(json.vout) ? json.vout[0] : undefined;
  return Array.isArray(json.vin) && isObject(first) && "scriptPubKey" in first;
}

/** JSON.parse, but numbers called `value` stay as they are written: Bitcoin Core's amounts are in BTC with decimals. */
export function parseWithAmountsAsText(text: string): unknown {
  const keep = (key: string, value: unknown, context: { source?: string }) =>
    key === "value" && typeof value === "number" ? context.source : value;
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}

/**
 * Reads a transaction in Bitcoin Core's verbose form (getrawtransaction, or of a block with verbosity 2 or 3), whose
 * amounts are still text.
 * @throws TransactionRefusedError
 */
export function readCoreTransaction(json: JsonObject, at: FoundAt): FoundTransaction {
  const vin = listIn(json.vin, "vin").map((one, j) => objectIn(one, `vin[${j}]`));
  const vout = listIn(json.vout, "vout").map((one, j) => objectIn(one, `vout[${j}]`));
  if (vin.length === 0 || vout.length === 0) throw refuse("it has no inputs or no outputs");
  const scriptOf = (one: JsonObject, field: string) => objectIn(one.scriptPubKey, `${field}.scriptPubKey`);
  const outputs = vout.map((one, j) => {
    if (one.n !== undefined && one.n !== j) throw refuse(`its vout[${j}] is numbered otherwise`);
    const script = bytesIn(scriptOf(one, `vout[${j}]`).hex, `vout[${j}].scriptPubKey.hex`);
    return { value: satoshiOfDecimal(one.value, `vout[${j}].value`), script };
  });
  const { address, addresses } = scriptOf(vout[0]!, "vout[0]");
  checkAddress(at.network, address ?? (Array.isArray(addresses) ? addresses[0] : undefined), outputs[0]!.script);
  const transaction: Transaction = {
    version: versionIn(json.version, "version"),
    inputs: vin.map(inputOf),
    outputs,
    locktime: uint32In(json.locktime, "locktime"),
  };
  const given = hasAll(json, "txid") ? txidIn(json.txid, "txid") : null;
  const { txid, raw } = checkedRaw(transaction, given);
  const seconds = countIn(json.blocktime, "blocktime") ?? at.block?.time ?? null;
  const isFirst = vin.length === 1 && vin[0]!.coinbase !== undefined;
  return {
    transaction: {
      txid,
      height: at.block?.height ?? null,
      time: seconds === null ? null : instantOfSeconds(seconds),
      position: at.block?.position ?? null,
      inputs: isFirst ? [] : vin.map((one, j) => looseInput(one, transaction.inputs[j]!, j)),
      outputs: outputs.map((output) => ({ ...output, spent: null, alias: null })),
      raw,
      source: { name: at.name, sha256: at.sha256 },
    },
    file: at.name,
    offset: at.offset,
    alias: null,
    unchecked: null,
  };
}

function inputOf(one: JsonObject, j: number): TransactionInput {
  const coinbase = one.coinbase !== undefined;
  const script = coinbase ? one.coinbase : objectIn(one.scriptSig, `vin[${j}].scriptSig`).hex;
  return {
    txid: coinbase ? noTxid : txidIn(one.txid, `vin[${j}].txid`),
    vout: coinbase ? noVout : uint32In(one.vout, `vin[${j}].vout`),
    scriptSig: bytesIn(script, `vin[${j}].scriptSig`),
    sequence: uint32In(one.sequence, `vin[${j}].sequence`),
    witness: listIn(one.txinwitness ?? [], `vin[${j}].txinwitness`).map((item) => bytesIn(item, `vin[${j}]`)),
  };
}

function looseInput(one: JsonObject, { txid, vout }: TransactionInput, j: number): LooseInput {
  const coin = `${txid}:${vout}`;
  if (!isObject(one.prevout)) return { coin, value: null, script: null };
  const { value, scriptPubKey } = one.prevout;
  return {
    coin,
    value: satoshiOfDecimal(value, `vin[${j}].prevout.value`),
    script: bytesIn(objectIn(scriptPubKey, `vin[${j}].prevout.scriptPubKey`).hex, `vin[${j}].prevout.scriptPubKey`),
  };
}
