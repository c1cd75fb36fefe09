import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Figure, skippedFigure } from "../bench/figure.ts";
import { openBlockFiles } from "../library/src/bitcoin/block-files.ts";
import { networks } from "../library/src/bitcoin/networks.ts";
import { readTransactionFiles } from "../library/src/bitcoin/transaction-files.ts";

export const names = [
  "bitcoin.blocks.refused",
  "bitcoin.esplora-json.wrong-txids",
  "bitcoin.blockchain-info.refused",
] as const;

const data = join(import.meta.dirname, "../../shared/data");
const figure = { unit: "of 1", better: "lower", floor: 0, against: null } as const;

/**
 * How often reading goes wrong on real mainnet data: blocks refused, transactions whose txid is not the one that they
 * were published under, transactions refused.
 */
export async function figures(): Promise<Figure[]> {
  return [await refusedBlocks(), await wrongTxids(), await refusedTransactions()];
}

async function refusedBlocks(): Promise<Figure> {
  const path = join(data, "btc-blocks-mainnet/blk00000-first-4313-blocks.dat");
  const about = { ...figure, name: names[0], against: "mainnet's first 4,313 blocks" };
  if (!existsSync(path)) return skippedFigure(about, "../shared/data is absent");
  const source = await openBlockFiles({ path });
  let blocks = 0;
  for await (const block of source.blocks(0, source.tip().height)) blocks += block.columns === null ? 0 : 1;
  await source.close();
  return { ...about, value: 1 - blocks / 4313, skipped: null };
}

async function wrongTxids(): Promise<Figure> {
  const archive = join(data, "btc-mempool-2024/mempool.tar.gz");
  const about = { ...figure, name: names[1], against: "8,131 mainnet transactions of 2024, serialised anew" };
  if (!existsSync(archive)) return skippedFigure(about, "../shared/data is absent");
  const folder = mkdtempSync(join(tmpdir(), "spoor-evaluate-"));
  try {
    execFileSync("tar", ["-xzf", archive, "-C", folder]);
    const { transactions, files } = await readTransactionFiles([folder], networks.mainnet);
    // Each file is named by the SHA-256 of its txid, so a right name needs every byte right.
    const right = transactions.filter(({ txid, source }) => {
      const name = createHash("sha256").update(Buffer.from(txid, "hex")).digest("hex");
      return basename(source.name, ".json") === name;
    });
    return { ...about, value: 1 - right.length / files, skipped: null };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function refusedTransactions(): Promise<Figure> {
  const files = [1, 2, 3].map((n) => join(data, `btc-wannacry/address${n}.json`));
  const about = { ...figure, name: names[2], against: "341 transactions of the WannaCry addresses" };
  if (!files.every((file) => existsSync(file))) return skippedFigure(about, "../shared/data is absent");
  const { transactions } = await readTransactionFiles(files, networks.mainnet);
  return { ...about, value: 1 - transactions.length / 341, skipped: null };
}
