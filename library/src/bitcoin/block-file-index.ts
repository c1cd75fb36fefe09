import { BlockFilesNetworkError, NoBlockFilesError, UnknownMagicError } from "../errors/bitcoin.ts";
import type { SkippedPlace } from "./block-source.ts";
import { FileWindow } from "./file-window.ts";
import { doubleSha256 } from "./hash.ts";
import { headerSize, meetsTarget, targetBytes, targetOfBits } from "./header.ts";
import { addHeader, createHeaderTable, type HeaderTable } from "./header-table.ts";
import { type Network, networkNames, networkOfMagic, networks } from "./networks.ts";

/** Magic and size before each block. */
export const frameSize = 8;
const blockSizeMin = headerSize + 61;
/** No block of the chain is larger (BIP 141, MAX_BLOCK_SERIALIZED_SIZE). */
export const blockSizeMax = 4_000_000;
/** Blocks larger than this are stepped over with a read of their own. */
const farSize = 1 << 15;

export interface BlockFileIndex {
  readonly network: Network;
  readonly table: HeaderTable;
  /** What is no block: truncated, foreign, or damaged. */
  readonly skipped: readonly SkippedPlace[];
}

export interface IndexOptions {
  /** Null: the network of the first block. */
  readonly network: Network | null;
  readonly xorKey: Uint8Array;
  /** The path that was asked for, for messages. */
  readonly path: string;
  /** Called after each file with the files that are done. */
  readonly onFile?: ((done: number, all: number) => void) | undefined;
}

/**
 * Reads the headers of all blocks in files, whose bodies it steps over. Zeros that a node wrote ahead are padding.
 * Where something is neither, it looks for the next magic that is followed by a possible size and a header with proof
 * of work, and reports what it left out.
 *
 * @throws NoBlockFilesError, UnknownMagicError, BlockFilesNetworkError, BlockFileReadError
 */
export async function indexBlockFiles(files: readonly string[], options: IndexOptions): Promise<BlockFileIndex> {
  const network = networkOfFiles(files, options);
  const table = createHeaderTable();
  const skipped: SkippedPlace[] = [];
  for (const [number, file] of files.entries()) {
    const window = new FileWindow(file, options.xorKey);
    try {
      scan(window, number, { network, table, skipped });
    } finally {
      window.close();
    }
    options.onFile?.(number + 1, files.length);
    // Reads are synchronous: between files others have their turn.
    await new Promise(setImmediate);
  }
  return { network, table, skipped };
}

function networkOfFiles(files: readonly string[], { network, xorKey, path }: IndexOptions): Network {
  let unknown: { file: string; magic: string } | null = null;
  let longest = 0;
  for (const file of files) {
    const window = new FileWindow(file, xorKey);
    try {
      longest = Math.max(longest, window.size);
      const first = window.bytes(0, frameSize + headerSize).slice();
      if (window.isPadding(0, first)) continue;
      // Within a file only once: under a key that is absent no file has a known magic anywhere.
      const found = networkOfMagic(uint32(first, 0)) ?? (unknown === null ? networkWithin(window) : null);
      if (found === null) unknown ??= { file, magic: first.subarray(0, 4).toHex() };
      else if (network === null || network === found) return found;
      else throw new BlockFilesNetworkError({ file, found: found.name, wanted: network.name });
    } finally {
      window.close();
    }
  }
  if (unknown === null)
    throw new NoBlockFilesError({ path, why: longest === 0 ? "it is empty" : "it holds only zeros" });
  throw new UnknownMagicError({ ...unknown, known: networkNames.join(", ") });
}

/** The network whose block is found first in a file that does not begin with one. */
function networkWithin(window: FileWindow): Network | null {
  let nearest: { network: Network; offset: number } | null = null;
  for (const name of networkNames) {
    const offset = nextBlock(window, networks[name], 0);
    if (offset !== -1 && (nearest === null || offset < nearest.offset)) nearest = { network: networks[name], offset };
  }
  return nearest?.network ?? null;
}

interface Scan {
  readonly network: Network;
  readonly table: HeaderTable;
  readonly skipped: SkippedPlace[];
}

function scan(window: FileWindow, number: number, { network, table, skipped }: Scan): void {
  const { file, size: end } = window;
  const report = (offset: number, reason: string) => skipped.push({ file, offset, reason });
  let far = false;
  let last = -1;
  for (let at = 0; at < end; ) {
    const frame = window.bytes(at, frameSize + headerSize, far);
    const size = frame.length < frameSize + headerSize ? 0 : uint32(frame, 4);
    const framed = frame.length >= frameSize && uint32(frame, 0) === network.magic;
    if (framed && size >= blockSizeMin && size <= blockSizeMax && at + frameSize + size <= end) {
      addHeader(table, frame, frameSize, { file: number, offset: at + frameSize, size });
      far = size > farSize;
      last = at;
      at += frameSize + size;
      continue;
    }
    if (window.isPadding(at, frame.subarray(0, frameSize))) {
      const padded = window.endOfPadding(at);
      if (padded < end) report(at, `${padded - at} zero bytes stand where a block should begin.`);
      at = padded;
      continue;
    }
    const what = whatStands(window.bytes(at, frameSize), at, end, network);
    // From within the block before: its size may be what is damaged.
    const next = nextBlock(window, network, last === -1 ? at + 1 : last + frameSize + headerSize);
    report(at, `${what} ${goesOn(next)}`);
    at = next === -1 ? end : next;
  }
}

function whatStands(frame: Uint8Array, at: number, end: number, network: Network): string {
  const magic = new Uint8Array(Uint32Array.of(network.magic).buffer);
  if (frame.subarray(0, 4).every((byte, i) => byte === magic[i])) {
    const size = frame.length < frameSize ? null : uint32(frame, 4);
    if (size === null) return `The file is truncated: it ends after ${frame.length} bytes of the next block.`;
    if (size >= blockSizeMin && size <= blockSizeMax) {
      const held = end - at - frameSize;
      return `The file is truncated: a block of ${size} bytes begins here, and ${held} of them are there.`;
    }
    return `A block states a size of ${size} bytes, which none has.`;
  }
  const other = frame.length >= 4 ? networkOfMagic(uint32(frame, 0)) : null;
  return other === null ? "What stands here is no block." : `A block of ${other.name} stands here.`;
}

function goesOn(next: number): string {
  return next === -1 ? "No block follows in this file." : `Reading goes on at offset ${next}.`;
}

/** Where the next block begins that has a possible size and a header with proof of work; -1 where there is none. */
function nextBlock(window: FileWindow, network: Network, from: number): number {
  const magic = new Uint8Array(Uint32Array.of(network.magic).buffer);
  for (let at = window.find(magic, from); at !== -1; at = window.find(magic, at + 1)) {
    const frame = window.bytes(at, frameSize + headerSize);
    if (frame.length < frameSize + headerSize) return -1;
    const size = uint32(frame, 4);
    const fits = size >= blockSizeMin && size <= blockSizeMax && at + frameSize + size <= window.size;
    if (fits && hasWork(frame.subarray(frameSize), network)) return at;
  }
  return -1;
}

const hash = new Uint8Array(32);

function hasWork(header: Uint8Array, network: Network): boolean {
  const bits = uint32(header, 72);
  try {
    if (targetOfBits(bits) > targetOfBits(network.powLimitBits)) return false;
  } catch {
    // Bits that are no target: what stands here only looks like a block.
    return false;
  }
  doubleSha256(header.subarray(0, headerSize), hash, 0);
  return meetsTarget(hash, 0, targetBytes(bits));
}

function uint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
