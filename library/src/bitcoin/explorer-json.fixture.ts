import { addressOfScript } from "./address.ts";
import { encodeTransaction, transactionId } from "./encode-transaction.ts";
import { networks } from "./networks.ts";
import { p2pkhScript } from "./script.ts";
import { noTxid, noVout, type Transaction, type TransactionOutput } from "./transaction.ts";

const { mainnet } = networks;

/** A P2PKH script of one's own: the same number is the same owner. */
export const scriptOf = (owner: number) => p2pkhScript(new Uint8Array(20).fill(owner));
export const addressOf = (owner: number) => addressOfScript(mainnet, scriptOf(owner))!;

/** A transaction that spends `TXID:VOUT` coins (none: a coinbase) and pays satoshi to owners. */
export function payment(
  spends: readonly string[],
  pays: readonly (readonly [owner: number, value: number])[],
): Transaction {
  const inputs = (spends.length === 0 ? [`${noTxid}:${noVout}`] : spends).map((coin) => ({
    txid: coin.slice(0, 64),
    vout: Number(coin.slice(65)),
    scriptSig: Uint8Array.of(1, pays.length),
    sequence: 0xffff_fffe,
    witness: spends.length % 2 === 1 ? [Uint8Array.of(7, 8, 9)] : [],
  }));
  const outputs = pays.map(([owner, value]) => ({ value: BigInt(value), script: scriptOf(owner) }));
  return { version: 2, inputs, outputs, locktime: 17 };
}

export type OutputOf = (txid: string, vout: number) => TransactionOutput | undefined;

/** Looks up outputs in a set of transactions. */
export function outputsOf(transactions: readonly Transaction[]): OutputOf {
  const byTxid = new Map(transactions.map((one) => [transactionId(one), one]));
  return (txid, vout) => byTxid.get(txid)?.outputs[vout];
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** A transaction as Esplora tells it. */
export function esploraJson(transaction: Transaction, outputOf: OutputOf = () => undefined, height?: number) {
  const output = ({ value, script }: TransactionOutput) => ({
    scriptpubkey: hex(script),
    scriptpubkey_asm: "",
    scriptpubkey_type: "p2pkh",
    scriptpubkey_address: addressOfScript(mainnet, script),
    value: Number(value),
  });
  return {
    txid: transactionId(transaction),
    version: transaction.version,
    locktime: transaction.locktime,
    vin: transaction.inputs.map(({ txid, vout, scriptSig, sequence, witness }) => {
      const spent = outputOf(txid, vout);
      return {
        txid,
        vout,
        prevout: spent === undefined ? null : output(spent),
        scriptsig: hex(scriptSig),
        witness: witness.map(hex),
        is_coinbase: txid === noTxid,
        sequence,
      };
    }),
    vout: transaction.outputs.map(output),
    status:
      height === undefined
        ? { confirmed: false }
        : { confirmed: true, block_height: height, block_time: 1_500_000_000 + height, block_hash: "00".repeat(32) },
  };
}

/** A transaction as blockchain.info tells it: coins by index, not by txid. */
export function blockchainInfoJson(
  transaction: Transaction,
  options: {
    index: number;
    indexOf: (txid: string) => number;
    outputOf: OutputOf;
    spent?: (vout: number) => boolean;
    height?: number;
  },
) {
  const output = ({ value, script }: TransactionOutput, n: number, index: number) => ({
    type: 0,
    addr: addressOfScript(mainnet, script),
    value: Number(value),
    n,
    tx_index: index,
    script: hex(script),
  });
  return {
    ver: transaction.version,
    lock_time: transaction.locktime,
    hash: transactionId(transaction),
    tx_index: options.index,
    time: 1_490_000_000,
    block_height: options.height,
    inputs: transaction.inputs.map(({ txid, vout, scriptSig, sequence }) => ({
      sequence,
      witness: null,
      script: hex(scriptSig),
      ...(txid === noTxid
        ? {}
        : { prev_out: { spent: true, ...output(options.outputOf(txid, vout)!, vout, options.indexOf(txid)) } }),
    })),
    out: transaction.outputs.map((one, n) => ({
      spent: options.spent?.(n) ?? false,
      ...output(one, n, options.index),
    })),
  };
}

/** A transaction as Bitcoin Core tells it, as text, because its amounts are decimals. */
export function coreText(transaction: Transaction): string {
  const json = {
    txid: transactionId(transaction),
    version: transaction.version,
    locktime: transaction.locktime,
    vin: transaction.inputs.map(({ txid, vout, scriptSig, sequence, witness }) =>
      txid === noTxid
        ? { coinbase: hex(scriptSig), sequence, txinwitness: witness.map(hex) }
        : { txid, vout, scriptSig: { asm: "", hex: hex(scriptSig) }, sequence, txinwitness: witness.map(hex) },
    ),
    vout: transaction.outputs.map(({ value, script }, n) => ({
      value: `<${value}>`,
      n,
      scriptPubKey: { hex: hex(script), address: addressOfScript(mainnet, script) },
    })),
    blockhash: "00".repeat(32),
    blocktime: 1_600_000_000,
  };
  const btc = (_: string, value: string) => `${value.padStart(9, "0").replace(/(\d{8})$/u, ".$1")}`;
  return JSON.stringify(json).replace(/"<(\d+)>"/gu, btc);
}

export const rawHex = (transaction: Transaction) => hex(encodeTransaction(transaction));
