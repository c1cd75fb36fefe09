const firstSlots = 1024;

/**
 * Texts with a dense number each. A `Map` makes each text that it is asked for a unique one of the whole process
 * first, which costs ten times what the look-up does where every row brings its texts anew.
 */
export class NumberedTexts {
  /** Open addressing, half full at most: a text's number, or -1. */
  #slots = new Int32Array(firstSlots).fill(-1);
  readonly #texts: string[] = [];
  readonly #hashes: number[] = [];
  /** Those that share their way with too many others: nobody can make look-ups slow by choosing texts. */
  readonly #crowded = new Map<string, number>();

  get count(): number {
    return this.#texts.length;
  }

  /** Its number, or -1 where it has none. */
  find(text: string): number {
    const hash = hashOf(text);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask, probe = 0; probe < probesMax; slot = (slot + 1) & mask, probe++) {
      const number = this.#slots[slot]!;
      if (number < 0) return -1;
      if (this.#hashes[number] === hash && this.#texts[number] === text) return number;
    }
    return this.#crowded.get(text) ?? -1;
  }

  /** Gives it the next number. It must not have one. */
  add(text: string): number {
    const number = this.#texts.push(text) - 1;
    this.#hashes.push(hashOf(text));
    if (2 * number > this.#slots.length) this.#grow();
    else this.#place(number);
    return number;
  }

  #place(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[number]! & mask;
    for (let probe = 0; probe < probesMax; slot = (slot + 1) & mask, probe++) {
      if (this.#slots[slot]! >= 0) continue;
      this.#slots[slot] = number;
      return;
    }
    this.#crowded.set(this.#texts[number]!, number);
  }

  #grow(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    this.#crowded.clear();
    for (let number = 0; number < this.#texts.length; number++) this.#place(number);
  }
}

const probesMax = 64;

/** FNV-1a over the code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  // The low bits alone choose the slot.
  return hash ^ (hash >>> 15);
}
