import { type OnBroken, type RowSplitter, rowBytesMax } from "./row.ts";

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const newline = 0x0a;

export interface JsonObject {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly number: number;
  readonly offset: number;
}

/**
 * Splits a text of JSON objects: one a line, one after the other, or in a list. Numbers past 2^53 come as bigints.
 * A line that is no object costs only itself where objects stand one a line.
 */
export class JsonSplitter implements RowSplitter {
  readonly #onObject: (object: JsonObject) => void;
  readonly #onBroken: OnBroken;
  #bytes: Buffer = Buffer.alloc(0);
  #base = 0;
  #number = 0;
  #isDropping = false;
  /** Objects that stand one a line, until one goes over its line's end. */
  #byLine = true;

  constructor(onObject: (object: JsonObject) => void, onBroken: OnBroken) {
    this.#onObject = onObject;
    this.#onBroken = onBroken;
  }

  push(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    this.#read(false);
  }

  end(): void {
    this.#read(true);
  }

  #read(isLast: boolean): void {
    let at = 0;
    for (;;) {
      if (this.#isDropping) {
        const end = this.#bytes.indexOf(newline, at);
        at = end < 0 ? this.#bytes.length : end + 1;
        this.#isDropping = end < 0;
        if (end < 0) break;
      }
      const from = this.#bytes.indexOf(openBrace, at);
      if (from < 0) {
        at = this.#bytes.length;
        break;
      }
      const end = this.#endOfRow(from);
      if (end < 0) {
        at = from;
        if (!isLast && this.#bytes.length - from <= rowBytesMax) break;
        this.#broken(from, "the object has no end");
        this.#isDropping = true;
        continue;
      }
      at = this.#tell(from, end);
    }
    this.#bytes = this.#bytes.subarray(at);
    this.#base += at;
  }

  /** @returns the place after the object that begins at `from`; -1 where it is not all there yet */
  #endOfRow(from: number): number {
    if (this.#byLine) {
      const lineEnd = this.#bytes.indexOf(newline, from);
      const end = this.#endOfObject(from, lineEnd < 0 ? this.#bytes.length : lineEnd);
      if (end >= 0) return end;
      if (lineEnd < 0) return -1;
      // The very first object goes over several lines: all may. Later on a line without its end is a broken one.
      if (this.#number > 0) return lineEnd;
      this.#byLine = false;
    }
    return this.#endOfObject(from, this.#bytes.length);
  }

  #endOfObject(from: number, to: number): number {
    const bytes = this.#bytes;
    let depth = 0;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (byte === quote) {
        for (at++; at < to && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++;
      } else if (byte === openBrace) {
        depth++;
      } else if (byte === closeBrace && --depth === 0) {
        return at + 1;
      }
    }
    return -1;
  }

  /** @returns where to go on: after the object, or after its first line where it is none */
  #tell(from: number, end: number): number {
    const text = this.#bytes.toString("utf8", from, end);
    let value: unknown;
    try {
      value = parseExactly(text);
    } catch {
      this.#broken(from, "it is no JSON");
      const lineEnd = this.#bytes.indexOf(newline, from);
      return lineEnd < 0 || lineEnd > end ? end : lineEnd;
    }
    this.#number++;
    const fields = value as Readonly<Record<string, unknown>>;
    this.#onObject({ fields, number: this.#number, offset: this.#base + from });
    return end;
  }

  #broken(from: number, reason: string): void {
    this.#number++;
    this.#onBroken({ row: this.#number, offset: this.#base + from }, reason);
  }
}

/** JSON.parse, but for whole numbers past 2^53, which are bigints. They stand without quotes in ethereum-etl's JSON. */
export function parseExactly(text: string): unknown {
  // Slower by far, so only where a long number may stand. A match inside a string does no harm.
  if (!/[:[,]\s*\d{16}/u.test(text)) return JSON.parse(text);
  return JSON.parse(text, exactNumber as (key: string, value: unknown) => unknown);
}

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^\d{1,78}$/u.test(source) ? BigInt(source) : value;
}
