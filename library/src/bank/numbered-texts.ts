/**
 * Texts with a dense number each. A `Map` makes each text that it is asked for a unique one of the whole process
 * first, which costs many times what the look-up does where every row brings its texts anew; so it is asked for their
 * hashes.
 */
export class NumberedTexts {
  readonly #texts: string[] = [];
  readonly #byHash = new Map<number, number>();
  /** Those whose hash another one has. */
  readonly #others = new Map<string, number>();

  get count(): number {
    return this.#texts.length;
  }

  /** Its number, or -1 where it has none. */
  find(text: string): number {
    const first = this.#byHash.get(hashOf(text));
    if (first === undefined) return -1;
    return this.#texts[first] === text ? first : (this.#others.get(text) ?? -1);
  }

  /** Gives it the next number. It must not have one. */
  add(text: string): number {
    const number = this.#texts.push(text) - 1;
    const hash = hashOf(text);
    if (this.#byHash.has(hash)) this.#others.set(text, number);
    else this.#byHash.set(hash, number);
    return number;
  }
}

/** FNV-1a over the code units, of 30 bits: a small integer. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 2;
}
