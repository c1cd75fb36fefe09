/** A binary heap of indexes, lowest rank first, ties by index. */
export class Ranked {
  readonly #rank: (i: number) => number;
  readonly #items: number[] = [];

  constructor(rank: (i: number) => number) {
    this.#rank = rank;
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#rank(a), this.#rank(b)];
    return x === y ? a < b : x < y;
  }

  add(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(item, items[parent]!)) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  take(): number | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.#before(items[child + 1]!, items[child]!)) child += 1;
      if (!this.#before(items[child]!, last)) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return first;
  }
}
