import { Instance, Memory, moduleOf, type WasmMemory, type WasmModule } from "../webassembly/webassembly.ts";
import { base64 } from "./kernels/delimiters.wasm.ts";

/** Bytes that are looked through at once: what is found in them stays in the processor's cache until it is used. */
const windowBytes = 1 << 16;
/** Where the bytes begin in the memory, after the places of a window that holds nothing but delimiters. */
const bytesStart = 4 * windowBytes;
const pageBytes = 1 << 16;
/** A row that is too long, and a chunk after it, fit. Not reserved before it is needed. */
const pagesMax = 1024;

type FindDelimiters = (from: number, to: number, base: number, into: number) => number;

let compiled: WasmModule | null = null;
/** One that nobody uses: files are read one after another, and each would touch new memory. */
let spare: DelimiterScan | null = null;

/**
 * Bytes in a WebAssembly memory, and where the commas, line ends and quotes stand in them: they are looked for sixteen
 * at a time (kernels/delimiters.as.ts), which takes a tenth of looking at each byte from JavaScript.
 */
export class DelimiterScan {
  /** The bytes are its first {@link length}; what comes after them means nothing. Another one once it has grown. */
  bytes: Buffer;
  length = 0;
  readonly #memory: WasmMemory;
  readonly #find: FindDelimiters;
  readonly #places: Uint32Array;
  /** Before it, what was found stands in `#places`; after it, nothing was looked at. */
  #seen = 0;
  #count = 0;
  #next = 0;

  private constructor() {
    compiled ??= moduleOf(base64);
    this.#memory = new Memory({ initial: bytesStart / pageBytes + 1, maximum: pagesMax, shared: true });
    const instance = new Instance(compiled, { env: { memory: this.#memory } });
    this.#find = instance.exports.findDelimiters as FindDelimiters;
    this.#places = new Uint32Array(this.#memory.buffer, 0, windowBytes);
    this.bytes = Buffer.from(this.#memory.buffer, bytesStart);
  }

  /** One without bytes. */
  static take(): DelimiterScan {
    const scan = spare ?? new DelimiterScan();
    spare = null;
    scan.length = 0;
    scan.seek(0);
    return scan;
  }

  /** Its user has no use for it any more. */
  release(): void {
    spare = this;
  }

  /** Drops the first `from` bytes and appends others; goes on at the first byte that is left. */
  feed(from: number, bytes: Uint8Array): void {
    const rest = this.length - from;
    this.bytes.copyWithin(0, from, this.length);
    const missing = rest + bytes.length - this.bytes.length;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / pageBytes));
      // What stands there stays where it is.
      this.bytes = Buffer.from(this.#memory.buffer, bytesStart);
    }
    this.bytes.set(bytes, rest);
    this.length = rest + bytes.length;
    this.seek(0);
  }

  /** Goes on at a byte. */
  seek(at: number): void {
    this.#seen = at;
    this.#count = 0;
    this.#next = 0;
  }

  /** The place of the next comma, line end or quote; where there is none, the length. */
  next(): number {
    while (this.#next === this.#count) {
      if (this.#seen >= this.length) return this.length;
      const to = Math.min(this.#seen + windowBytes, this.length);
      this.#count = this.#find(bytesStart + this.#seen, bytesStart + to, bytesStart, 0);
      this.#next = 0;
      this.#seen = to;
    }
    return this.#places[this.#next++]!;
  }
}
