import { type ColumnMemory, ownMemory } from "./column-memory.ts";
import { writeLeb128 } from "./native-format.ts";

const firstBytes = 1024;
/** Their size is one byte of LEB128. */
const shortMax = 64;
const asciiMax = 0x7f;

/** A growing column of texts as ClickHouse's Native format lays out `String`: each after its size as LEB128. */
export class StringColumn {
  readonly #memory: ColumnMemory;
  #bytes: Buffer;
  #length = 0;
  #count = 0;

  constructor(memory: ColumnMemory = ownMemory) {
    this.#memory = memory;
    this.#bytes = Buffer.from(memory(firstBytes));
  }

  get count(): number {
    return this.#count;
  }

  get byteLength(): number {
    return this.#length;
  }

  push(text: string): void {
    if (text.length <= shortMax && this.#pushPlain(text)) return;
    const size = Buffer.byteLength(text);
    const need = this.#length + size + 5;
    if (need > this.#bytes.length) {
      const larger = Buffer.from(this.#memory(2 * need));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    const at = writeLeb128(this.#bytes, this.#length, size);
    // Text in ASCII is copied as it is, which takes a fraction of encoding it.
    this.#length = at + (size === text.length ? this.#bytes.write(text, at, "latin1") : this.#bytes.write(text, at));
    this.#count++;
  }

  /** A short text in ASCII, one character after the other: to call the encoder costs more. */
  #pushPlain(text: string): boolean {
    const { length } = text;
    if (this.#length + length >= this.#bytes.length) return false;
    const start = this.#length + 1;
    for (let k = 0; k < length; k++) {
      const code = text.charCodeAt(k);
      if (code > asciiMax) return false;
      this.#bytes[start + k] = code;
    }
    this.#bytes[this.#length] = length;
    this.#length = start + length;
    this.#count++;
    return true;
  }

  /** In place: to be used before the next push. */
  data(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    this.#count = 0;
  }
}
