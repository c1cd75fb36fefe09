import { hashText } from "./hash-text.ts";

const firstTexts = 512;
/** Places for each text: few of them meet. */
const placesEach = 2;
/** As many places in a row are taken by chance less than once in a universe; by texts made for it, at once. */
const stepsMax = 100;

/**
 * Texts with a dense number each, in the order in which they were first given. A table with open addressing: a `Map`
 * makes each text that it is asked for a unique one of the whole process first, which costs many times what the
 * look-up does where every row brings its texts anew, and a `Map` of their hashes takes about four times as long as
 * this.
 */
export class NumberedTexts {
  /** By number. */
  readonly texts: string[] = [];
  /** By number. */
  #hashes = new Int32Array(firstTexts);
  /** [a power of two] Numbers, each at its hash or at the next free place; -1: nothing. */
  #places = new Int32Array(placesEach * firstTexts).fill(-1);
  /** Those for which there was no place near their hash. */
  readonly #others = new Map<string, number>();

  get count(): number {
    return this.texts.length;
  }

  /** Its number, or -1 where it has none. */
  find(text: string): number {
    return this.#find(text, spreadHash(text));
  }

  /** Its number, a new one where it has none yet. */
  give(text: string): number {
    const hash = spreadHash(text);
    const known = this.#find(text, hash);
    if (known >= 0) return known;
    const number = this.texts.push(text) - 1;
    if (number === this.#hashes.length) this.#grow();
    this.#hashes[number] = hash;
    this.#place(number);
    return number;
  }

  #find(text: string, hash: number): number {
    const last = this.#places.length - 1;
    for (let step = 0; step < stepsMax; step++) {
      const number = this.#places[(hash + step) & last]!;
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.texts[number] === text) return number;
    }
    return this.#others.size === 0 ? -1 : (this.#others.get(text) ?? -1);
  }

  #place(number: number): void {
    const last = this.#places.length - 1;
    const hash = this.#hashes[number]!;
    for (let step = 0; step < stepsMax; step++) {
      const place = (hash + step) & last;
      if (this.#places[place]! >= 0) continue;
      this.#places[place] = number;
      return;
    }
    this.#others.set(this.texts[number]!, number);
  }

  #grow(): void {
    const hashes = this.#hashes;
    this.#hashes = new Int32Array(2 * hashes.length);
    this.#hashes.set(hashes);
    this.#places = new Int32Array(placesEach * this.#hashes.length).fill(-1);
    for (let number = 0; number < hashes.length; number++) this.#place(number);
  }
}

/** The places are told by the low bits, to which the high ones add. */
function spreadHash(text: string): number {
  const hash = hashText(text);
  return (hash ^ (hash >>> 15)) | 0;
}
