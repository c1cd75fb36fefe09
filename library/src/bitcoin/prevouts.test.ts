import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeBlock } from "./decode-block.ts";
import { compactSize, encodeTransaction, transactionId } from "./encode-transaction.ts";
import { internalHash } from "./hash.ts";
import { decodeHeader, targetOfBits } from "./header.ts";
import { joined } from "./made-chain.fixture.ts";
import { merkleRoot } from "./merkle.ts";
import { networks, subsidyAt } from "./networks.ts";
import { realData, titled } from "./real-data.fixture.ts";
import type { Transaction } from "./transaction.ts";

interface BlockJson {
  chain_state: { block_height: number; best_block_hash: string };
  blocks: [
    { header: { version: number; time: number; bits: number; nonce: number }; data: { transactions: TxJson[] } },
  ];
}

interface TxJson {
  version: number;
  inputs: {
    script: string;
    sequence: number;
    previous_output: { txid: string; vout: number; data: { value: number } };
    witness: string[];
  }[];
  outputs: { value: number; pk_script: string }[];
  lock_time: number;
}

const bytesOf = (text: string) => Uint8Array.fromHex(text.slice(2));

function transactionOf(json: TxJson): Transaction {
  const inputs = json.inputs.map(({ script, sequence, previous_output: { txid, vout }, witness }) => ({
    txid,
    vout,
    scriptSig: bytesOf(script),
    sequence,
    witness: witness.map(bytesOf),
  }));
  const outputs = json.outputs.map((output) => ({ value: BigInt(output.value), script: bytesOf(output.pk_script) }));
  return { version: json.version, inputs, outputs, locktime: json.lock_time };
}

const folder = realData("btc-blocks-with-prevouts");

test.skipIf(folder === null)(
  titled("16 mainnet blocks: 1,589 transactions, work and merkle roots hold, and values are conserved", folder),
  () => {
    const files = readdirSync(folder!).filter((name) => name.endsWith(".json"));
    let transactions = 0;
    for (const file of files) {
      const json: BlockJson = JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
      transactions += checkBlock(json);
    }
    expect([files.length, transactions]).toEqual([16, 1589]);
  },
);

/** Serialises the block that the JSON tells, and checks it as the chain does. Returns its transactions. */
function checkBlock({ chain_state: before, blocks: [{ header, data }] }: BlockJson): number {
  const transactions = data.transactions.map(transactionOf);
  const bodies = transactions.map((transaction) => encodeTransaction(transaction));
  const head = new Uint8Array(80);
  const view = new DataView(head.buffer);
  view.setInt32(0, header.version, true);
  head.set(internalHash(before.best_block_hash), 4);
  view.setUint32(68, header.time, true);
  view.setUint32(72, header.bits, true);
  view.setUint32(76, header.nonce, true);
  const txids = joined(transactions.map((transaction) => internalHash(transactionId(transaction))));
  const root = new Uint8Array(32);
  merkleRoot(txids, transactions.length, root);
  head.set(root, 36);
  const block = decodeBlock(joined([head, compactSize(transactions.length), ...bodies]));
  // The root was computed here, so it is the proof of work that says that every txid is right.
  expect(BigInt(`0x${decodeHeader(head).hash}`)).toBeLessThanOrEqual(targetOfBits(header.bits));
  let fees = 0n;
  data.transactions.slice(1).forEach((json, j) => {
    const paidIn = json.inputs.reduce((sum, input) => sum + BigInt(input.previous_output.data.value), 0n);
    const fee = paidIn - transactions[j + 1]!.outputs.reduce((sum, { value }) => sum + value, 0n);
    expect(fee).toBeGreaterThanOrEqual(0n);
    fees += fee;
  });
  const height = before.block_height + 1;
  const claimed = block.outputValue.subarray(0, block.txFirstOutput[1]!).reduce((sum, value) => sum + value, 0);
  expect(BigInt(claimed)).toBeLessThanOrEqual(BigInt(subsidyAt(networks.mainnet, height)) + fees);
  return block.transactionCount;
}
