import { doubleSha256 } from "./hash.ts";
import { headerSize } from "./header.ts";

/** What a table holds in place of an index where there is none. */
export const none = -1;

/**
 * Headers in the order in which they were seen, as columns: 100 bytes a header here, and about 40 more for the chain
 * that is found in them. Buffers are longer than `count`.
 */
export interface HeaderTable {
  count: number;
  /** [32 × count] Internal byte order. */
  hash: Uint8Array;
  /** [32 × count] */
  previous: Uint8Array;
  /** [count] Seconds since 1970. */
  time: Uint32Array;
  bits: Uint32Array;
  /** [count] Where the block stands: the file's number in the caller's list, and the block's bytes in it. */
  file: Uint32Array;
  offset: Float64Array;
  size: Uint32Array;
}

export function createHeaderTable(): HeaderTable {
  return {
    count: 0,
    hash: new Uint8Array(0),
    previous: new Uint8Array(0),
    time: new Uint32Array(0),
    bits: new Uint32Array(0),
    file: new Uint32Array(0),
    offset: new Float64Array(0),
    size: new Uint32Array(0),
  };
}

/** Adds the header at `at`; its block has `size` bytes at `offset` of the file. */
export function addHeader(
  table: HeaderTable,
  bytes: Uint8Array,
  at: number,
  place: { file: number; offset: number; size: number },
): void {
  const index = table.count;
  if (index === table.time.length) grow(table);
  table.count += 1;
  doubleSha256(bytes.subarray(at, at + headerSize), table.hash, 32 * index);
  table.previous.set(bytes.subarray(at + 4, at + 36), 32 * index);
  table.time[index] = uint32(bytes, at + 68);
  table.bits[index] = uint32(bytes, at + 72);
  table.file[index] = place.file;
  table.offset[index] = place.offset;
  table.size[index] = place.size;
}

function uint32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function grow(table: HeaderTable): void {
  const room = Math.max(1024, 2 * table.count);
  const moved = <Column extends Uint8Array | Uint32Array | Float64Array>(column: Column, longer: Column): Column => {
    longer.set(column);
    return longer;
  };
  table.hash = moved(table.hash, new Uint8Array(32 * room));
  table.previous = moved(table.previous, new Uint8Array(32 * room));
  table.time = moved(table.time, new Uint32Array(room));
  table.bits = moved(table.bits, new Uint32Array(room));
  table.file = moved(table.file, new Uint32Array(room));
  table.offset = moved(table.offset, new Float64Array(room));
  table.size = moved(table.size, new Uint32Array(room));
}

/** Finds headers by their hash: open addressing over the table, at most half full. */
export interface HashIndex {
  /** The index of the first header with the hash at `at`; {@link none} where there is none. */
  find(hashes: Uint8Array, at: number): number;
  /** [count] The next header with the same hash; {@link none} after the last. */
  readonly nextCopy: Int32Array;
}

export function indexByHash({ hash, count }: HeaderTable): HashIndex {
  const mask = 2 ** Math.ceil(Math.log2(2 * count + 2)) - 1;
  const slots = new Int32Array(mask + 1).fill(none);
  const nextCopy = new Int32Array(count).fill(none);
  const lastCopy = new Int32Array(count);
  // The first bytes of a hash in internal order are its random ones; the zeros of the work stand at its end.
  const slotOf = (hashes: Uint8Array, at: number): number => {
    let slot = uint32(hashes, at) & mask;
    while (slots[slot] !== none && !sameHash(hash, 32 * slots[slot]!, hashes, at)) slot = (slot + 1) & mask;
    return slot;
  };
  for (let index = 0; index < count; index++) {
    const slot = slotOf(hash, 32 * index);
    const first = slots[slot]!;
    if (first === none) {
      slots[slot] = index;
      lastCopy[index] = index;
    } else {
      nextCopy[lastCopy[first]!] = index;
      lastCopy[first] = index;
    }
  }
  return { find: (hashes, at) => slots[slotOf(hashes, at)]!, nextCopy };
}

function sameHash(a: Uint8Array, from: number, b: Uint8Array, at: number): boolean {
  for (let i = 0; i < 32; i++) if (a[from + i] !== b[at + i]) return false;
  return true;
}
