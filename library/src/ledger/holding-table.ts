/** Slots a table has, a power of two; half of them are filled at most. */
const slots = 1 << 20;
/** Holdings that a table remembers. */
export const rememberedMax = slots / 2;
/** UTF-16 code units of their names. */
const charsMax = 48_000_000;
const charsFirst = 1 << 16;
/** Slots looked at for one name. Names made to collide are not remembered, which costs a row each and no time. */
const probesMax = 64;

/**
 * The numbers of holdings by asset (a number) and account (a text), in typed arrays: a `Map` of half a million texts
 * took four times as long a lookup, and its texts kept the collector busy. It forgets nothing and takes no more when it
 * is full.
 */
export class HoldingTable {
  readonly #hash = new Uint32Array(slots);
  readonly #asset = new Uint32Array(slots);
  readonly #code = new Uint32Array(slots);
  readonly #start = new Uint32Array(slots);
  readonly #length = new Uint16Array(slots);
  #chars = new Uint16Array(charsFirst);
  #charCount = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count >= rememberedMax || this.#charCount >= charsMax;
  }

  /** 0 where it is not known. @param hash of {@link hashOfHolding} */
  find(hash: number, asset: number, account: string): number {
    for (let slot = hash & (slots - 1), probe = 0; probe < probesMax; slot = (slot + 1) & (slots - 1), probe++) {
      const there = this.#hash[slot]!;
      if (there === 0) return 0;
      if (there === hash && this.#asset[slot] === asset && this.#isName(slot, account)) return this.#code[slot]!;
    }
    return 0;
  }

  /** The caller has seen that it is not there and that the table is not full. */
  put(hash: number, { asset, account, code }: { asset: number; account: string; code: number }): void {
    let slot = hash & (slots - 1);
    for (let probe = 0; this.#hash[slot] !== 0; slot = (slot + 1) & (slots - 1)) if (++probe === probesMax) return;
    const start = this.#charCount;
    this.#charCount += account.length;
    if (this.#charCount > this.#chars.length) {
      const larger = new Uint16Array(2 * this.#charCount);
      larger.set(this.#chars);
      this.#chars = larger;
    }
    for (let k = 0; k < account.length; k++) this.#chars[start + k] = account.charCodeAt(k);
    this.#hash[slot] = hash;
    this.#asset[slot] = asset;
    this.#code[slot] = code;
    this.#start[slot] = start;
    this.#length[slot] = account.length;
    this.#count++;
  }

  clear(): void {
    this.#hash.fill(0);
    this.#charCount = 0;
    this.#count = 0;
  }

  #isName(slot: number, account: string): boolean {
    if (this.#length[slot] !== account.length) return false;
    const start = this.#start[slot]!;
    for (let k = 0; k < account.length; k++) if (this.#chars[start + k] !== account.charCodeAt(k)) return false;
    return true;
  }
}

/** FNV-1a over the code units, never 0. */
export function hashOfHolding(asset: number, account: string): number {
  let hash = 0x811c_9dc5 ^ asset;
  for (let k = 0; k < account.length; k++) hash = Math.imul(hash ^ account.charCodeAt(k), 0x0100_0193);
  // The low bits alone choose the slot.
  hash ^= hash >>> 15;
  return hash >>> 0 || 1;
}
