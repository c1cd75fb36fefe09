/** Slots a table has, powers of two; half of them are filled at most. */
const slotsFirst = 1 << 12;
const slotsMax = 1 << 20;
/** Holdings that a table remembers. */
export const rememberedMax = slotsMax / 2;
/** UTF-16 code units of their names. */
const charsMax = 48_000_000;
const charsFirst = 1 << 16;
/** Slots looked at for one name. Names made to collide are not remembered, which costs a row each and no time. */
const probesMax = 64;

/**
 * The numbers of holdings by asset (a number) and account (a text), in typed arrays: a `Map` of half a million texts
 * took four times as long a lookup, and its texts kept the collector busy. It grows with what is in it: one of the
 * largest size took three times as long for 20,000 holdings, whose own fit into the cache. It forgets nothing and takes
 * no more when it is full.
 */
export class HoldingTable {
  /** Four words a slot, so that a look at it is one line of the cache: hash (0: empty), code, start of name, key. */
  #slots = new Uint32Array(4 * slotsFirst);
  /** Their number less one: the bits of a hash that choose one. */
  #mask = slotsFirst - 1;
  #chars = new Uint16Array(charsFirst);
  #charCount = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count >= rememberedMax || this.#charCount >= charsMax;
  }

  /** 0 where it is not known. @param hash of {@link hashOfHolding} @param asset below 2^22 */
  find(hash: number, asset: number, account: string): number {
    const key = keyOf(asset, account);
    const mask = this.#mask;
    for (let slot = hash & mask, probe = 0; probe < probesMax; slot = (slot + 1) & mask, probe++) {
      const at = 4 * slot;
      const there = this.#slots[at]!;
      if (there === 0) return 0;
      if (there === hash && this.#slots[at + 3] === key && this.#isName(this.#slots[at + 2]!, account)) {
        return this.#slots[at + 1]!;
      }
    }
    return 0;
  }

  /** The caller has seen that it is not there and that the table is not full. */
  put(hash: number, { asset, account, code }: { asset: number; account: string; code: number }): void {
    if (2 * this.#count > this.#mask && this.#mask + 1 < slotsMax) this.#grow();
    const at = this.#freeSlot(hash);
    if (at < 0) return;
    const start = this.#charCount;
    this.#charCount += account.length;
    if (this.#charCount > this.#chars.length) {
      const larger = new Uint16Array(2 * this.#charCount);
      larger.set(this.#chars);
      this.#chars = larger;
    }
    for (let k = 0; k < account.length; k++) this.#chars[start + k] = account.charCodeAt(k);
    this.#slots[at] = hash;
    this.#slots[at + 1] = code;
    this.#slots[at + 2] = start;
    this.#slots[at + 3] = keyOf(asset, account);
    this.#count++;
  }

  /** Where the slot begins that a name with this hash goes into; -1 where too many others stand before it. */
  #freeSlot(hash: number): number {
    let slot = hash & this.#mask;
    for (let probe = 0; this.#slots[4 * slot] !== 0; slot = (slot + 1) & this.#mask)
      if (++probe === probesMax) return -1;
    return 4 * slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    this.#mask = this.#slots.length / 4 - 1;
    for (let from = 0; from < old.length; from += 4) {
      if (old[from] === 0) continue;
      const at = this.#freeSlot(old[from]!);
      if (at < 0) this.#count--;
      else for (let word = 0; word < 4; word++) this.#slots[at + word] = old[from + word]!;
    }
  }

  clear(): void {
    this.#slots.fill(0);
    this.#charCount = 0;
    this.#count = 0;
  }

  #isName(start: number, account: string): boolean {
    for (let k = 0; k < account.length; k++) if (this.#chars[start + k] !== account.charCodeAt(k)) return false;
    return true;
  }
}

/** The asset and the length of the account's name, which is at most `nameLengthMax` (1000). */
function keyOf(asset: number, account: string): number {
  return ((asset << 10) | account.length) >>> 0;
}

/** FNV-1a over the code units, never 0. */
export function hashOfHolding(asset: number, account: string): number {
  let hash = 0x811c_9dc5 ^ asset;
  for (let k = 0; k < account.length; k++) hash = Math.imul(hash ^ account.charCodeAt(k), 0x0100_0193);
  // The low bits alone choose the slot.
  hash ^= hash >>> 15;
  return hash >>> 0 || 1;
}
