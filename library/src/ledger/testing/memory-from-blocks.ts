import { instantOfSeconds } from "../../money/instant.ts";
import type { BlockRecord, CoinBlock, CoinChain, CoinLedger, CoinRecord } from "../contract.ts";
import { type MemoryTransaction, memoryCoinLedger } from "../memory-coin-ledger.ts";

const displayed = (bytes: Uint8Array) => Buffer.from(bytes.toReversed()).toString("hex");

/** The slow and obvious ledger of some blocks: the oracle of the stored one. */
export function memoryFromBlocks(
  blocks: readonly CoinBlock[],
  chain: CoinChain,
  named: { name: string; network: string },
): CoinLedger {
  const transactions: MemoryTransaction[] = [];
  const coins: CoinRecord[] = [];
  const records: BlockRecord[] = [];
  const byOutpoint = new Map<string, number>();
  let inputTotal = 0;
  for (const { height, hash, header, bytes, columns } of blocks) {
    const time = instantOfSeconds(Buffer.from(header).readUInt32LE(68));
    records.push({
      height,
      hash: displayed(hash),
      previous: displayed(header.subarray(4, 36)),
      time,
      header: new Uint8Array(header),
      firstTransaction: transactions.length,
      transactions: columns.transactionCount,
    });
    for (let t = 0; t < columns.transactionCount; t++) {
      const id = transactions.length;
      const txid = displayed(columns.txids.subarray(32 * t, 32 * t + 32));
      const inputs: number[] = [];
      for (let i = columns.txFirstInput[t]!; i < columns.txFirstInput[t + 1]!; i++) {
        const at = columns.inputOffset[i]!;
        const outpoint = `${displayed(bytes.subarray(at, at + 32))}:${Buffer.from(bytes).readUInt32LE(at + 32)}`;
        const coin = byOutpoint.get(outpoint)!;
        inputs.push(coin);
        coins[coin] = { ...coins[coin]!, spender: id };
      }
      const firstOutput = coins.length;
      for (let o = columns.txFirstOutput[t]!; o < columns.txFirstOutput[t + 1]!; o++) {
        const name = `${txid}:${coins.length - firstOutput}`;
        const from = columns.scriptOffset[o]!;
        byOutpoint.set(name, coins.length);
        coins.push({
          id: coins.length,
          name,
          maker: id,
          value: BigInt(columns.outputValue[o]!),
          script: bytes.slice(from, from + columns.scriptSize[o]!),
          spender: "unspent",
        });
      }
      inputTotal += inputs.length;
      transactions.push({
        id,
        txid,
        height,
        position: t,
        time,
        firstOutput,
        outputCount: coins.length - firstOutput,
        inputCount: inputs.length,
        inputs,
        orderHeight: height,
        raw: bytes.slice(columns.txOffset[t]!, columns.txOffset[t]! + columns.txSize[t]!),
      });
    }
  }
  const last = records.at(-1);
  const summary = {
    ...named,
    kind: "coin" as const,
    partial: false,
    blocks: blocks.length,
    transactions: transactions.length,
    inputs: inputTotal,
    outputs: coins.length,
    tip: last === undefined ? null : { height: last.height, hash: last.hash },
  };
  return memoryCoinLedger({ summary, blocks: records, transactions, coins, wholeBlocks: true }, chain);
}
