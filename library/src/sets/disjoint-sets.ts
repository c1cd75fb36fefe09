/** Sets of numbers that are joined two at a time (Galler and Fischer, 1964); the least number stands for its set. */
export class DisjointSets {
  readonly #parents: Int32Array;

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, i) => i);
  }

  find(one: number): number {
    let root = one;
    while (this.#parents[root] !== root) root = this.#parents[root]!;
    for (let at = one; at !== root; ) {
      const next = this.#parents[at]!;
      this.#parents[at] = root;
      at = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)];
    this.#parents[Math.max(x, y)] = Math.min(x, y);
  }
}
