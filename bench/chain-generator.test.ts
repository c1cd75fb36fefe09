import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Block as Reference } from "bitcoinjs-lib";
import { expect, test } from "vitest";
import { openBlockFiles } from "../library/src/bitcoin/block-files.ts";
import type { SourceBlock } from "../library/src/bitcoin/block-source.ts";
import { displayHash } from "../library/src/bitcoin/hash.ts";
import { networks, subsidyAt } from "../library/src/bitcoin/networks.ts";
import { scriptKind } from "../library/src/bitcoin/script.ts";
import { generateChain, warmUpBlocks } from "./chain-generator.ts";

test("a made chain reads as it was told: links, work, roots, and every input spends a coin that is there", async () => {
  const dir = mkdtempSync(join(tmpdir(), "spoor-chain-"));
  try {
    const made = generateChain({ dir, blocks: 30, transactionsPerBlock: 200, seed: 1 });
    const source = await openBlockFiles({ path: dir });
    expect(source.network).toBe(networks.regtest);
    expect(source.tip()).toEqual({ height: made.height, hash: made.tip });
    expect(made.height).toBe(warmUpBlocks + 30);
    const coins = new Map<string, number>();
    const kinds = new Set<string>();
    let [transactions, inputs, outputs] = [0, 0, 0];
    for await (const block of source.blocks(0, made.height)) {
      spendAndMake(block, coins, kinds);
      // The merkle root and the witness commitment, by another's code.
      if (block.height % 50 === 0) expect(Reference.fromBuffer(block.bytes).checkTxRoots()).toBe(true);
      transactions += block.columns!.transactionCount;
      inputs += block.columns!.inputCount;
      outputs += block.columns!.outputCount;
    }
    expect([transactions, inputs, outputs]).toEqual([made.transactions, made.inputs, made.outputs]);
    expect(source.skipped).toEqual([]);
    expect([...kinds].sort()).toEqual(["data", "p2pk", "p2pkh", "p2sh", "p2tr", "p2wpkh", "p2wsh"]);
    await source.close();
    const again = join(dir, "again");
    const twin = generateChain({ dir: again, blocks: 30, transactionsPerBlock: 200, seed: 1 });
    expect(readFileSync(twin.files[0]!).equals(readFileSync(made.files[0]!))).toBe(true);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

/** Plays a block on the coins that are there, and checks what it pays. */
function spendAndMake({ height, bytes, columns }: SourceBlock, coins: Map<string, number>, kinds: Set<string>): void {
  const block = columns!;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let minted = 0;
  let fees = 0;
  for (let tx = 0; tx < block.transactionCount; tx++) {
    let value = 0;
    for (let input = block.txFirstInput[tx]!; input < block.txFirstInput[tx + 1]!; input++) {
      const at = block.inputOffset[input]!;
      const coin = `${displayHash(bytes, at)}:${view.getUint32(at + 32, true)}`;
      expect(coins.has(coin)).toBe(true);
      value += coins.get(coin)!;
      coins.delete(coin);
    }
    const txid = displayHash(block.txids, 32 * tx);
    const first = block.txFirstOutput[tx]!;
    for (let output = first; output < block.txFirstOutput[tx + 1]!; output++) {
      value -= block.outputValue[output]!;
      coins.set(`${txid}:${output - first}`, block.outputValue[output]!);
      kinds.add(scriptKind(bytes, block.scriptOffset[output]!, block.scriptSize[output]!));
    }
    if (tx === 0) minted = -value;
    else {
      expect(value).toBeGreaterThanOrEqual(0);
      fees += value;
    }
  }
  expect(minted).toBe(subsidyAt(networks.regtest, height) + fees);
}
