/** One row of a file, whatever its format: fields by slot, see `row-kind.ts`. Valid until the next row is read. */
export interface Row {
  /** The field as ASCII; empty where there is none. */
  text(slot: number): string;
  /** The field as UTF-8, for names that people gave. */
  words(slot: number): string;
  /** Whether the field begins with this ASCII text; quicker than asking for the field. */
  startsWith(slot: number, text: Uint8Array): boolean;
  /** 1 for the first row after the header. */
  readonly number: number;
  /** Of the row's first byte in the (unpacked) file. */
  readonly offset: number;
}

/** Takes bytes as they come and gives rows on. */
export interface RowSplitter {
  push(bytes: Buffer): void;
  /** There are no more bytes. */
  end(): void;
}

/** What a splitter could not make a row of. */
export type OnBroken = (place: { row: number; offset: number }, reason: string) => void;

/** Longest row that is read; the longest transaction that Ethereum's gas allows is below 4 MB of hex. */
export const rowBytesMax = 16 << 20;
