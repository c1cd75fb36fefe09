/** Sets of numbers 0 to n - 1 that only ever grow together (union-find with path halving and union by size). */
export class DisjointSets {
  readonly #parent: Uint32Array;
  readonly #size: Uint32Array;

  constructor(count: number) {
    this.#parent = Uint32Array.from({ length: count }, (_, i) => i);
    this.#size = new Uint32Array(count).fill(1);
  }

  find(one: number): number {
    let at = one;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at]!]!;
      at = this.#parent[at]!;
    }
    return at;
  }

  join(a: number, b: number): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA === rootB) return;
    const [large, small] = this.#size[rootA]! >= this.#size[rootB]! ? [rootA, rootB] : [rootB, rootA];
    this.#parent[small] = large;
    this.#size[large] = this.#size[large]! + this.#size[small]!;
  }
}
