import { type FileHandle, open } from "node:fs/promises";
import { BlockFileReadError } from "../errors/bitcoin.ts";
import { applyXorKey } from "./xor-key.ts";

/** Files that are held open at once. */
const openFilesMax = 16;
/** Bytes that are read at once where blocks are small. */
const chunkSize = 1 << 20;
/** Chunks that are kept: a node writes blocks in the order in which they arrive, up to 1,024 heights apart. */
const chunksMax = 16;
/** Blocks up to this size come out of a chunk; larger ones are read alone. */
const smallSize = 1 << 16;
/** Large blocks whose bytes are good at once: one in use, one read ahead, one to spare. */
const largeBuffers = 3;

/** Reads blocks from files, clear, with at most 16 files and about 30 MB in use. */
export class BlockFileReader {
  readonly #files: readonly string[];
  readonly #key: Uint8Array;
  // A Map keeps the order of insertion: the first is the one that was not used for longest.
  readonly #handles = new Map<number, Promise<FileHandle>>();
  readonly #chunks = new Map<string, Promise<Uint8Array>>();
  readonly #large: Uint8Array[] = Array.from({ length: largeBuffers }, () => new Uint8Array(0));
  #nextLarge = 0;
  #reading = 0;

  constructor(files: readonly string[], key: Uint8Array) {
    this.#files = files;
    this.#key = key;
  }

  /**
   * The `size` bytes at `offset` of a file, good until the next but one are asked for.
   * @throws BlockFileReadError
   */
  async read(file: number, offset: number, size: number): Promise<Uint8Array> {
    if (size > smallSize) return this.#readLarge(file, offset, size);
    const number = Math.floor(offset / chunkSize);
    const chunk = await this.#chunk(file, number);
    const from = offset - number * chunkSize;
    if (from + size > chunk.length) throw this.#shorter(file, offset);
    return chunk.subarray(from, from + size);
  }

  async close(): Promise<void> {
    const handles = [...this.#handles.values()];
    this.#handles.clear();
    this.#chunks.clear();
    // What could not be opened was reported when it was asked for.
    await Promise.allSettled(handles.map(async (handle) => (await handle).close()));
  }

  async #readLarge(file: number, offset: number, size: number): Promise<Uint8Array> {
    const at = this.#nextLarge;
    this.#nextLarge = (at + 1) % largeBuffers;
    if (this.#large[at]!.length < size) this.#large[at] = new Uint8Array(Math.ceil(size * 1.25));
    const bytes = this.#large[at]!.subarray(0, size);
    if ((await this.#readInto(file, offset, bytes)) < size) throw this.#shorter(file, offset);
    return bytes;
  }

  #chunk(file: number, number: number): Promise<Uint8Array> {
    const name = `${file}:${number}`;
    const kept = this.#chunks.get(name) ?? this.#readChunk(file, number);
    kept.catch(() => this.#chunks.delete(name));
    this.#chunks.delete(name);
    this.#chunks.set(name, kept);
    for (const oldest of this.#chunks.keys()) {
      if (this.#chunks.size <= chunksMax) break;
      this.#chunks.delete(oldest);
    }
    return kept;
  }

  /** A chunk and what the last small block that begins in it may have beyond its end. */
  async #readChunk(file: number, number: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(chunkSize + smallSize);
    return bytes.subarray(0, await this.#readInto(file, number * chunkSize, bytes));
  }

  async #readInto(file: number, offset: number, bytes: Uint8Array): Promise<number> {
    this.#reading += 1;
    try {
      const handle = await this.#handle(file);
      let at = 0;
      while (at < bytes.length) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, offset + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      applyXorKey(bytes.subarray(0, at), offset, this.#key);
      return at;
    } catch (error) {
      // What could not be opened is tried again when it is asked for again.
      this.#handles.delete(file);
      throw new BlockFileReadError({ file: this.#files[file]!, offset, why: (error as Error).message }, error);
    } finally {
      this.#reading -= 1;
    }
  }

  async #handle(file: number): Promise<FileHandle> {
    const kept = this.#handles.get(file) ?? open(this.#files[file]!, "r");
    this.#handles.delete(file);
    this.#handles.set(file, kept);
    // Those that were asked for last may still be read from.
    for (const [oldest, handle] of this.#handles) {
      if (this.#handles.size <= openFilesMax + this.#reading) break;
      this.#handles.delete(oldest);
      await handle.then((opened) => opened.close());
    }
    return kept;
  }

  #shorter(file: number, offset: number): BlockFileReadError {
    return new BlockFileReadError({ file: this.#files[file]!, offset, why: "it became shorter" });
  }
}
