import { Memory, type WasmMemory } from "../webassembly/webassembly.ts";
import type { CoinColumns } from "./columns.ts";
import { keepPlaces } from "./places.ts";

/** Where the columns lie in one memory, and where the room for a sweep over them is. Byte addresses. */
export interface SharedRoom {
  readonly memory: WasmMemory;
  /** [outputCount] eight bytes, all zero when nobody has taken the room: what a coin holds, or where that is. */
  readonly total: number;
  /** [ceil(transactionCount / 32)] words, all zero likewise. */
  readonly pending: number;
  /** Free from here on. The memory grows as a sweep needs it, and keeps what it grew. */
  readonly arena: number;
}

const pageBytes = 65536;
/** What 32-bit addresses reach; larger ledgers are shared without a memory and swept by the other kernels. */
const memoryPagesMax = 65536;
const memoryBytesMax = memoryPagesMax * pageBytes;
const lockAt = 0;
const firstColumnAt = 64;

const rooms = new WeakMap<ArrayBufferLike, SharedRoom>();

export interface ShareOptions {
  /** What the memory may grow to, in bytes; default and at most 4 GiB. */
  readonly bytesMax?: number;
}

/**
 * Copies columns to where all threads see them: into one shared WebAssembly memory, with room for a sweep by one of
 * the WebAssembly kernels (8 bytes an output, a bit a transaction; fifo and lifo let the memory grow by 16 bytes for
 * each run of traced units), or past `bytesMax` into shared buffers. Keeps 4 bytes an output more for this
 * thread's sweeps, so that the pages of a long array need not be made for each. Traces run on any columns, with
 * the same results. Do it once for a ledger that is traced often: the copy is made at memory speed.
 */
export function shareColumns(columns: CoinColumns, { bytesMax = memoryBytesMax }: ShareOptions = {}): CoinColumns {
  const words = (columns.transactionCount + 31) >>> 5;
  const sources = [
    columns.txFirstOutput,
    columns.txFirstInput,
    columns.txHeight,
    columns.inputOutput,
    columns.outputValue,
    columns.outputTx,
    columns.outputSpender,
  ];
  const total = sources.reduce((sum, { byteLength }) => sum + aligned(byteLength), firstColumnAt);
  const pending = total + columns.outputCount * 8;
  const arena = aligned(pending + words * 4);
  // One byte of the arena at least, so that its address has 32 bits.
  const pages = Math.floor(arena / pageBytes) + 1;
  const maximum = Math.floor(Math.min(bytesMax, memoryBytesMax) / pageBytes);
  if (pages > maximum) {
    const copied = shareWithoutMemory(columns);
    keepPlaces(copied, columns.outputCount + 2);
    return copied;
  }
  const memory = new Memory({ initial: pages, maximum, shared: true });
  let at = firstColumnAt;
  const move = <Column extends Uint32Array | Float64Array>(source: Column): Column => {
    const copy = newOn(source, memory.buffer, at);
    copy.set(source);
    at += aligned(source.byteLength);
    return copy;
  };
  const shared = copyColumns(columns, move);
  keepPlaces(shared, columns.outputCount + 2);
  if (everyTransactionPays(columns)) adoptRoom(shared, { memory, total, pending, arena });
  return shared;
}

/** Tells this thread of the room of columns, which another one made. */
export function adoptRoom(columns: CoinColumns, room: SharedRoom): void {
  // Not the memory's buffer: it is another one once the memory has grown.
  rooms.set(columns.outputValue.buffer, room);
}

export function roomOf(columns: CoinColumns): SharedRoom | null {
  return rooms.get(columns.outputValue.buffer) ?? null;
}

export function isShared(columns: CoinColumns): boolean {
  return columns.outputValue.buffer instanceof SharedArrayBuffer;
}

/** Takes the room for one sweep; false where another thread sweeps in it. */
export function takeRoom({ memory }: SharedRoom): boolean {
  return Atomics.compareExchange(new Int32Array(memory.buffer), lockAt, 0, 1) === 0;
}

export function leaveRoom({ memory }: SharedRoom): void {
  Atomics.store(new Int32Array(memory.buffer), lockAt, 0);
}

function shareWithoutMemory(columns: CoinColumns): CoinColumns {
  return copyColumns(columns, (source) => {
    const copy = newOn(source, new SharedArrayBuffer(source.byteLength), 0);
    copy.set(source);
    return copy;
  });
}

type Move = <Column extends Uint32Array | Float64Array>(source: Column) => Column;

function copyColumns(columns: CoinColumns, move: Move): CoinColumns {
  return {
    ...columns,
    txFirstOutput: move(columns.txFirstOutput),
    txFirstInput: move(columns.txFirstInput),
    txHeight: move(columns.txHeight),
    inputOutput: move(columns.inputOutput),
    outputValue: move(columns.outputValue),
    outputTx: move(columns.outputTx),
    outputSpender: move(columns.outputSpender),
  };
}

function newOn<Column extends Uint32Array | Float64Array>(like: Column, buffer: SharedArrayBuffer, at: number): Column {
  const kind = like.constructor as new (buffer: SharedArrayBuffer, at: number, length: number) => Column;
  return new kind(buffer, at, like.length);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** The haircut kernel takes the last output of each transaction for granted. */
function everyTransactionPays({ txFirstOutput, transactionCount }: CoinColumns): boolean {
  for (let t = 0; t < transactionCount; t++) if (txFirstOutput[t] === txFirstOutput[t + 1]) return false;
  return true;
}
