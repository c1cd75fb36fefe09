/** Which generations of which ledgers somebody reads: their tables stay until the last reader is closed. */
export class HeldGenerations {
  readonly #readers = new Map<string, Map<number, number>>();

  of(database: string): ReadonlySet<number> {
    return new Set(this.#readers.get(database)?.keys());
  }

  hold(database: string, generation: number): void {
    const readers = this.#readers.get(database) ?? new Map<number, number>();
    readers.set(generation, (readers.get(generation) ?? 0) + 1);
    this.#readers.set(database, readers);
  }

  /** Its tables are dropped at the next settlement or opening for writing, where it counts no more. */
  release(database: string, generation: number): void {
    const readers = this.#readers.get(database);
    const left = (readers?.get(generation) ?? 1) - 1;
    if (left === 0) readers?.delete(generation);
    else readers?.set(generation, left);
  }
}
