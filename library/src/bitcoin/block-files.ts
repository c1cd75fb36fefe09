import { basename, resolve } from "node:path";
import { ChainChangedError, DecodeError, MissingGenesisError } from "../errors/bitcoin.ts";
import { frameSize, indexBlockFiles } from "./block-file-index.ts";
import { listBlockFiles } from "./block-file-list.ts";
import { BlockFileReader } from "./block-file-reader.ts";
import type { BlockSource, SkippedPlace, SourceBlock } from "./block-source.ts";
import { decodeBlock, emptyDecodedBlock } from "./decode-block.ts";
import { doubleSha256 } from "./hash.ts";
import { headerSize } from "./header.ts";
import { findBestChain, type HeaderChain } from "./header-chain.ts";
import type { HeaderTable } from "./header-table.ts";
import type { Network } from "./networks.ts";
import { readXorKey } from "./xor-key.ts";

/** Places that are listed as skipped; of what goes beyond it only the number is told. */
export const skippedMax = 1000;

export interface BlockFilesOptions {
  /** A folder with blk*.dat (or a node's data folder), or one such file. */
  readonly path: string;
  /** Where it is left out: the network of the first block. */
  readonly network?: Network | undefined;
  /** Called after each file of the first pass, which reads the headers. */
  readonly onFile?: ((done: number, all: number) => void) | undefined;
}

/** The blocks in a node's files. They come decoded, with their merkle root checked. */
export interface BlockFileSource extends BlockSource {
  readonly files: readonly string[];
  /** Blocks in the files, by what became of them; the best chain has those that are left. */
  readonly counts: { readonly blocks: number; readonly repeated: number; readonly stale: number } & {
    readonly orphans: number;
    readonly unusable: number;
  };
  /** The work of the best chain, in hashes tried on average. */
  readonly work: bigint;
  /**
   * Refuses the best chain's block at a height, which was found bad when it was used, with all that builds on it; where
   * the files hold another copy, or another branch, that takes its place.
   * @returns the height of the last block that both chains have: rewind to it, and read on after it up to the new tip
   */
  refuse(height: number, reason: string): number;
}

/**
 * Opens the block files of a Bitcoin Core node: reads all headers, and finds the chain with most work in them. Files
 * and blocks may stand in any order, with repetitions, stale branches, the XOR key of Core 28 and later (xor.dat beside
 * the files), zeros at the end, a truncated block, and bytes that are no blocks: what is left out is in `skipped`.
 *
 * A block whose body is bad (it does not decode, or has not the header's merkle root) is found when it is read. The
 * chain then ends before it, or goes on with another copy or branch from there. Where that is the genesis block,
 * reading throws MissingGenesisError.
 *
 * @throws NoBlockFilesError, UnknownMagicError, BlockFilesNetworkError, XorKeyError, MissingGenesisError,
 *   BlockFileReadError
 */
export async function openBlockFiles(options: BlockFilesOptions): Promise<BlockFileSource> {
  const { network: wanted = null, onFile } = options;
  // What was ingested is read again from other working directories.
  const path = resolve(options.path);
  const files = await listBlockFiles(path, wanted);
  const xorKey = await readXorKey(files[0]!);
  const index = await indexBlockFiles(files, { network: wanted, xorKey, path, onFile });
  const { network, table } = index;
  const chain = findBestChain(table, network);
  if (chain.height === -1) {
    throw missingGenesis({ path, files, network, table }, null);
  }
  return new Files({ path, files, xorKey, network, table, chain, scanned: index.skipped });
}

type Held = Pick<Parts, "path" | "files" | "network" | "table">;

function missingGenesis({ path, files, network, table }: Held, damaged: string | null): MissingGenesisError {
  const firstFile = basename(files[0]!);
  return new MissingGenesisError({ path, network: network.name, firstFile, blocks: table.count, damaged });
}

interface Parts {
  readonly path: string;
  readonly files: readonly string[];
  readonly xorKey: Uint8Array;
  readonly network: Network;
  readonly table: HeaderTable;
  readonly chain: HeaderChain;
  readonly scanned: readonly SkippedPlace[];
}

class Files implements BlockFileSource {
  readonly #parts: Parts;
  readonly #reader: BlockFileReader;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#reader = new BlockFileReader(parts.files, parts.xorKey);
  }

  get network(): Network {
    return this.#parts.network;
  }

  get files(): readonly string[] {
    return this.#parts.files;
  }

  get work(): bigint {
    return this.#parts.chain.work;
  }

  get counts() {
    const { table, chain } = this.#parts;
    const { repeated, stale, orphans, unusable } = chain;
    return { blocks: table.count, repeated, stale, orphans, unusable };
  }

  get skipped(): readonly SkippedPlace[] {
    const { scanned, chain, table, files } = this.#parts;
    const found = chain.findings.slice(0, skippedMax).map(({ index, reason }) => {
      return { file: files[table.file[index]!]!, offset: table.offset[index]! - frameSize, reason };
    });
    const all = [...scanned, ...found];
    const more = scanned.length + chain.findings.length - skippedMax;
    if (more <= 0) return all;
    const rest = {
      file: this.#parts.path,
      offset: null,
      reason: `${more} more places were left out and are not listed.`,
    };
    return [...all.slice(0, skippedMax), rest];
  }

  tip(): { height: number; hash: Uint8Array } {
    const { height } = this.#parts.chain;
    return { height, hash: this.#hash(height) };
  }

  async hashAt(height: number): Promise<Uint8Array> {
    return this.#hash(height);
  }

  refuse(height: number, reason: string): number {
    return this.#parts.chain.refuse(height, reason);
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  async *blocks(from: number, to: number): AsyncGenerator<SourceBlock> {
    const { chain, path } = this.#parts;
    const columns = emptyDecodedBlock();
    let ahead: { row: number; bytes: Promise<Uint8Array> } | null = null;
    for (let height = from; height <= Math.min(to, chain.height); ) {
      const row = chain.rows[height]!;
      const bytes: Uint8Array = await (ahead?.row === row ? ahead.bytes : this.#read(row));
      ahead = height < Math.min(to, chain.height) ? this.#readAhead(chain.rows[height + 1]!) : null;
      const bad = this.#fault(row, bytes, columns);
      if (bad === null) {
        const header = bytes.subarray(0, headerSize);
        yield { height, hash: this.#hash(height), header, bytes, place: this.#place(row), columns };
        height += 1;
        continue;
      }
      const shared = this.refuse(height, bad);
      if (chain.height === -1) throw missingGenesis(this.#parts, bad);
      if (shared < height - 1) throw new ChainChangedError({ source: path, height: shared, why: bad });
    }
  }

  #read(row: number): Promise<Uint8Array> {
    const { table } = this.#parts;
    return this.#reader.read(table.file[row]!, table.offset[row]!, table.size[row]!);
  }

  #readAhead(row: number): { row: number; bytes: Promise<Uint8Array> } {
    const bytes = this.#read(row);
    // Whoever stops before this block never sees that it could not be read.
    bytes.catch(() => undefined);
    return { row, bytes };
  }

  /** Why a block cannot be used; null where it can, and then it is decoded into `columns`. */
  #fault(row: number, bytes: Uint8Array, columns: ReturnType<typeof emptyDecodedBlock>): string | null {
    const { table } = this.#parts;
    doubleSha256(bytes.subarray(0, headerSize), scratch, 0);
    if (scratch.some((byte, i) => byte !== table.hash[32 * row + i])) return "the file was changed while it was read";
    try {
      decodeBlock(bytes, columns);
      return null;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return `${error.what} (${error.where} of the block)`;
    }
  }

  #place(row: number) {
    const { table, files, xorKey } = this.#parts;
    return { file: files[table.file[row]!]!, offset: table.offset[row]!, size: table.size[row]!, xorKey };
  }

  #hash(height: number): Uint8Array {
    const { chain, table } = this.#parts;
    const row = chain.rows[height];
    if (row === undefined) throw new RangeError(`The chain has heights 0 to ${chain.height}, not ${height}.`);
    return table.hash.slice(32 * row, 32 * row + 32);
  }
}

const scratch = new Uint8Array(32);
