/** A statement that an address belongs to somebody, by a source. Tags that disagree stand side by side. */
export interface Tag {
  readonly address: string;
  /** Who is said to be behind the address; empty where the source names nobody. */
  readonly label: string;
  /** The kind of service or actor, in the source's own words; null where it says none. */
  readonly category: string | null;
  /** Who says so: a URL or name given in the file, else the file itself. */
  readonly source: string;
}

export interface TagFile {
  readonly tags: readonly Tag[];
  /** Entries that are not tags: which one (a line, or the n-th entry), and why. */
  readonly refused: readonly { readonly entry: number; readonly reason: string }[];
}
