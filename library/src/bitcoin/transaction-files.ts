import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { SpoorError } from "../errors/base.ts";
import { TransactionFileError } from "../errors/bitcoin-sources.ts";
import { listFiles, reasonOf } from "../files/list-files.ts";
import type { SkippedPlace } from "./block-source.ts";
import { findTransactions } from "./find-transactions.ts";
import type { FoundTransaction, LooseTransaction } from "./loose-transaction.ts";
import type { Network } from "./networks.ts";
import { settleTransactions } from "./settle-transactions.ts";

export interface TransactionFiles {
  /** In the order of the files; each txid once. */
  readonly transactions: LooseTransaction[];
  /** Files and transactions that were set aside, and why. */
  readonly skipped: SkippedPlace[];
  readonly files: number;
  /** Transactions whose txid could not be checked, because the source leaves out what it is the hash of. */
  readonly notChecked: number;
}

export interface TransactionFileOptions {
  /**
   * Larger files are set aside. A file is held as bytes while its transactions are parsed one at a time; 1 GB by
   * default, below what Node reads at once.
   */
  readonly fileBytesMax?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each file. */
  readonly onFile?: (done: { files: number; of: number; transactions: number }) => void;
}

const fileBytesMaxDefault = 1 << 30;
const filesMax = 1_000_000;

/**
 * Reads a partial ledger from files: Esplora's JSON, blockchain.info's JSON, Bitcoin Core's verbose JSON (one
 * transaction, a list, one a line, or a container such as an address's or a block's), raw transactions in hex. A folder
 * means all files in it. What cannot be used is set aside with its reason; all transactions together stay in memory.
 *
 * @throws TransactionFileError where a path does not exist, or a folder holds more than a million files
 */
export async function readTransactionFiles(
  paths: readonly string[],
  network: Network,
  options: TransactionFileOptions = {},
): Promise<TransactionFiles> {
  const files = await listFiles(paths, filesMax, (data, cause) => new TransactionFileError(data, cause));
  const found: FoundTransaction[] = [];
  const skipped: SkippedPlace[] = [];
  for (const [j, { path: file }] of files.entries()) {
    options.signal?.throwIfAborted();
    try {
      const bytes = await readBounded(file, options.fileBytesMax ?? fileBytesMaxDefault);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      findTransactions(bytes, { network, name: file, sha256 }, found, skipped);
    } catch (error) {
      if (!(error instanceof SpoorError)) throw error;
      skipped.push({ file, offset: null, reason: error.what });
    }
    options.onFile?.({ files: j + 1, of: files.length, transactions: found.length });
  }
  const settled = settleTransactions(found);
  return { ...settled, skipped: skipped.concat(settled.skipped), files: files.length };
}

async function readBounded(file: string, bytesMax: number): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size <= bytesMax) return await readFile(file);
  } catch (error) {
    throw new TransactionFileError({ file, why: reasonOf(error) }, error);
  }
  throw new TransactionFileError({ file, why: `it is larger than ${bytesMax} bytes; split it` });
}
