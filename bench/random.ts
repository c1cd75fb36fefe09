/** Numbers that a seed gives again (xorshift32): fast, and good enough for a shape. */
export class Random {
  #state: number;
  readonly #pool: Uint8Array;

  constructor(seed: number) {
    // Zero is the one state that the generator never leaves.
    this.#state = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) | 1;
    this.#pool = new Uint8Array(1 << 20);
    const words = new Uint32Array(this.#pool.buffer);
    for (let word = 0; word < words.length; word++) words[word] = this.next();
  }

  /** 32 bits. */
  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * limit);
  }

  /** Bytes for signatures and keys, which nobody compares: a run of a pool that does not change. */
  run(size: number): { readonly bytes: Uint8Array; readonly offset: number } {
    return { bytes: this.#pool, offset: this.below(this.#pool.length - size) };
  }

  /** Fresh bytes, for hashes that must differ. `size` is a multiple of four. */
  fill(into: Uint8Array, at: number, size: number): void {
    for (let i = at; i < at + size; i += 4) {
      const word = this.next();
      into[i] = word;
      into[i + 1] = word >>> 8;
      into[i + 2] = word >>> 16;
      into[i + 3] = word >>> 24;
    }
  }
}
