import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { BlockFileReadError } from "../errors/bitcoin.ts";
import { applyXorKey } from "./xor-key.ts";

const windowSize = 1 << 16;
/** Enough for what is read at the start of a block: large blocks are stepped over, not read. */
const smallWindowSize = 1 << 12;

/**
 * A file seen through a window that moves: for a pass that reads little of it, forward. Synchronous: a read from the
 * page cache takes 3 µs so and 50 µs as a promise, and a full chain needs 900,000 of them.
 */
export class FileWindow {
  readonly file: string;
  readonly size: number;
  readonly #fd: number;
  readonly #key: Uint8Array;
  readonly #room = new Uint8Array(windowSize);
  #from = 0;
  #until = 0;

  /** @throws BlockFileReadError */
  constructor(file: string, key: Uint8Array) {
    this.file = file;
    this.#key = key;
    try {
      this.#fd = openSync(file, "r");
    } catch (error) {
      throw new BlockFileReadError({ file, offset: 0, why: (error as Error).message }, error);
    }
    this.size = fstatSync(this.#fd).size;
  }

  /**
   * The clear bytes from `offset` to `offset + size`, fewer at the file's end; good until the next call.
   * @param far whether the next bytes that are asked for will probably stand far away
   */
  bytes(offset: number, size: number, far = false): Uint8Array {
    const until = Math.min(offset + size, this.size);
    if (offset < this.#from || until > this.#until) this.#move(offset, far ? smallWindowSize : windowSize);
    return this.#room.subarray(offset - this.#from, Math.max(until, offset) - this.#from);
  }

  /** Whether the file itself, under its key, holds only zeros there: a node makes room ahead with such bytes. */
  isPadding(offset: number, bytes: Uint8Array): boolean {
    const key = this.#key;
    for (let i = 0; i < bytes.length; i++) {
      const hidden = key.length === 0 ? 0 : key[(offset + i) % key.length]!;
      if (bytes[i] !== hidden) return false;
    }
    return true;
  }

  /** Where the zeros that begin at `offset` end. */
  endOfPadding(offset: number): number {
    for (let at = offset; at < this.size; at += windowSize) {
      const bytes = this.bytes(at, windowSize);
      if (this.isPadding(at, bytes)) continue;
      for (let i = 0; i < bytes.length; i++) if (!this.isPadding(at + i, bytes.subarray(i, i + 1))) return at + i;
    }
    return this.size;
  }

  /** Where these four clear bytes stand next, from `offset` on; -1 where they do not. */
  find(four: Uint8Array, offset: number): number {
    for (let at = offset; at < this.size; ) {
      const bytes = this.#ahead(at);
      for (let i = bytes.indexOf(four[0]!); i >= 0; i = bytes.indexOf(four[0]!, i + 1)) {
        if (four.every((byte, j) => bytes[i + j] === byte)) return at + i;
      }
      // The last three bytes may begin what goes on in the next window.
      at += Math.max(1, bytes.length - 3);
    }
    return -1;
  }

  /** What the window shows from `offset` on, at least four bytes: a search does not read anew for each thing found. */
  #ahead(offset: number): Uint8Array {
    if (offset < this.#from || offset + 4 > this.#until) this.#move(offset, windowSize);
    return this.#room.subarray(offset - this.#from, this.#until - this.#from);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #move(offset: number, size: number): void {
    const wanted = Math.min(size, this.size - offset);
    let read = 0;
    while (read < wanted) {
      const more = this.#read(read, wanted - read, offset + read);
      if (more === 0) throw this.#error(offset + read, "it became shorter");
      read += more;
    }
    this.#from = offset;
    this.#until = offset + Math.max(wanted, 0);
    applyXorKey(this.#room.subarray(0, Math.max(wanted, 0)), offset, this.#key);
  }

  #read(at: number, size: number, position: number): number {
    try {
      return readSync(this.#fd, this.#room, at, size, position);
    } catch (error) {
      throw this.#error(position, (error as Error).message, error);
    }
  }

  #error(offset: number, why: string, cause?: unknown): BlockFileReadError {
    return new BlockFileReadError({ file: this.file, offset, why }, cause);
  }
}
