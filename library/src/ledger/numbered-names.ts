/** Names with a dense number each, in the order in which they were first given. */
export class NumberedNames {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** Its number, a new one where it has none yet. */
  give(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }

  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }
}
