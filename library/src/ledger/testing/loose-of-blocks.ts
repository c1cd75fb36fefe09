import { instantOfSeconds } from "../../money/instant.ts";
import type { CoinBlock, LooseTransaction } from "../contract.ts";

const displayed = (bytes: Uint8Array) => Buffer.from(bytes.toReversed()).toString("hex");

/** The transactions of whole blocks as an explorer would tell them: every spend is known. */
export function looseOfBlocks(blocks: readonly CoinBlock[]): LooseTransaction[] {
  const coins = new Map<string, { value: bigint; script: Uint8Array }>();
  const spentBy = new Map<string, string>();
  const plain = blocks.flatMap(({ height, header, bytes, columns }) =>
    Array.from({ length: columns.transactionCount }, (_, position) => {
      const txid = displayed(columns.txids.subarray(32 * position, 32 * position + 32));
      const inputs: string[] = [];
      for (let i = columns.txFirstInput[position]!; i < columns.txFirstInput[position + 1]!; i++) {
        const at = columns.inputOffset[i]!;
        const coin = `${displayed(bytes.subarray(at, at + 32))}:${Buffer.from(bytes).readUInt32LE(at + 32)}`;
        inputs.push(coin);
        spentBy.set(coin, txid);
      }
      const outputs = [];
      for (let o = columns.txFirstOutput[position]!; o < columns.txFirstOutput[position + 1]!; o++) {
        const from = columns.scriptOffset[o]!;
        const output = {
          value: BigInt(columns.outputValue[o]!),
          script: bytes.slice(from, from + columns.scriptSize[o]!),
        };
        coins.set(`${txid}:${outputs.length}`, output);
        outputs.push(output);
      }
      const at = columns.txOffset[position]!;
      const raw = bytes.slice(at, at + columns.txSize[position]!);
      const time = instantOfSeconds(Buffer.from(header).readUInt32LE(68));
      return { txid, height, time, position, inputs, outputs, raw };
    }),
  );
  return plain.map(({ inputs, outputs, ...rest }) => ({
    ...rest,
    inputs: inputs.map((coin) => ({ coin, ...coins.get(coin)! })),
    outputs: outputs.map((output, vout) => {
      const by = spentBy.get(`${rest.txid}:${vout}`) ?? null;
      return { ...output, spent: { is: by !== null, by }, alias: null };
    }),
    source: { name: "generated", sha256: "00" },
  }));
}
