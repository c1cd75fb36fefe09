/**
 * Names with a dense number each, in the order in which they were first given. They are found by a hash: a `Map` makes
 * each name that it is asked for a unique one of the whole process first, which costs many times what the look-up does.
 */
export class NumberedNames {
  readonly names: string[] = [];
  readonly #byHash = new Map<number, number>();
  /** Those whose hash another one has. */
  readonly #others = new Map<string, number>();

  /** Its number, a new one where it has none yet. */
  give(name: string): number {
    const hash = hashOf(name);
    const first = this.#byHash.get(hash);
    if (first !== undefined && this.names[first] === name) return first;
    const known = first === undefined ? undefined : this.#others.get(name);
    if (known !== undefined) return known;
    const number = this.names.push(name) - 1;
    if (first === undefined) this.#byHash.set(hash, number);
    else this.#others.set(name, number);
    return number;
  }

  find(name: string): number | undefined {
    const first = this.#byHash.get(hashOf(name));
    if (first === undefined) return undefined;
    return this.names[first] === name ? first : this.#others.get(name);
  }
}

/** FNV-1a over the code units, of 30 bits: a small integer. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 2;
}
