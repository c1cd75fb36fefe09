import { createHash } from "node:crypto";

/**
 * Indices for transfers of exports that do not say which of a transaction's transfers a row is. The same transfer must
 * get the same index from the export of who paid it and of who got it, also when they are read on different days; so it
 * is made of what the transfer says, and of how many like it came before in the file.
 */
export class ListedIndices {
  readonly #first: number;
  readonly #count: number;
  /** How many rows say the same, in this file; and who has an index of a transaction. */
  readonly #alike = new Map<string, number>();
  readonly #taken = new Map<string, string>();

  constructor(range: { readonly first: number; readonly count: number }) {
    this.#first = range.first;
    this.#count = range.count;
  }

  indexOf(transaction: string, content: string): number {
    const said = `${transaction} ${content}`;
    const alike = this.#alike.get(said) ?? 0;
    this.#alike.set(said, alike + 1);
    const digest = createHash("sha256").update(`${content} ${alike}`).digest();
    let index = this.#first + (digest.readUInt32LE(0) % this.#count);
    const own = `${content} ${alike}`;
    // Two of one transaction with one index: one in a million for calls, one in a thousand million for tokens.
    for (;;) {
      const key = `${transaction} ${index}`;
      const holder = this.#taken.get(key);
      if (holder === undefined || holder === own) {
        this.#taken.set(key, own);
        return index;
      }
      index = index + 1 < this.#first + this.#count ? index + 1 : this.#first;
    }
  }

  /** The next file counts alike rows anew. */
  nextFile(): void {
    this.#alike.clear();
  }
}
