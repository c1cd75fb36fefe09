import { isAscii, isUtf8 } from "node:buffer";

/** Text of a file, decoded, with the place that it was decoded from. */
export interface TextPiece {
  readonly text: string;
  /** Of its first character among all characters of the file, and of its first byte among all bytes. */
  readonly charStart: number;
  readonly byteStart: number;
  /** Bytes a character; `utf-8`: as many as the character needs. */
  readonly width: 1 | 2 | "utf-8";
  /** Characters of the file, rising, that are U+FFFD in place of a byte that cannot be decoded; others' too. */
  readonly bad: readonly number[];
  readonly bytes: Uint8Array;
}

type Encoding = "utf-8" | "us-ascii" | "iso-8859-1" | "iso-8859-15" | "windows-1252" | "utf-16le" | "utf-16be";

const names = new Map<string, Encoding | "utf-16">(
  Object.entries({
    "utf-8": "utf-8",
    utf8: "utf-8",
    "us-ascii": "us-ascii",
    ascii: "us-ascii",
    "iso-8859-1": "iso-8859-1",
    iso8859_1: "iso-8859-1",
    latin1: "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "windows-1252",
    cp1252: "windows-1252",
    "utf-16": "utf-16",
    "utf-16le": "utf-16le",
    "utf-16be": "utf-16be",
  } as const),
);

const known = "UTF-8, UTF-16, US-ASCII, ISO-8859-1, ISO-8859-15, windows-1252";

/** Bytes decoded at once: long enough to be fast, short enough that little is read again after an error. */
export const pieceBytes = 1 << 16;

const noneBad: readonly number[] = [];

/**
 * Decodes the bytes of an XML file. By its byte order mark it is UTF-16 or UTF-8, else UTF-8 until an XML declaration
 * says otherwise (XML 1.0, appendix F). A byte that cannot be decoded is named in its piece, and decoding goes on.
 */
export class XmlDecoder {
  #encoding: Encoding = "utf-8";
  /** A byte order mark, or how `<` is written, leaves no choice. */
  #isFixed = false;
  #isStart = true;
  #rest: Uint8Array = new Uint8Array(0);
  #byteStart = 0;
  #charStart = 0;
  /** Why nothing of the file can be decoded; null where it can. */
  refusal: string | null = null;

  /** The byte after the last one that was decoded. */
  get offset(): number {
    return this.#byteStart;
  }

  get encoding(): string {
    return this.#encoding.toUpperCase();
  }

  take(bytes: Uint8Array): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
  }

  /** The next piece of what was taken; null where the next character is not complete yet. */
  next(isEnd: boolean): TextPiece | null {
    if (this.#isStart) {
      if (this.#rest.length < 4 && !isEnd) return null;
      this.#isStart = false;
      this.#begin();
    }
    if (this.refusal !== null) this.#skip(this.#rest.length);
    const bytes = this.#rest.subarray(0, pieceBytes);
    const whole = this.#wholeLength(bytes, isEnd && bytes.length === this.#rest.length);
    return whole === 0 ? null : this.#decode(bytes.subarray(0, whole));
  }

  /**
   * Compares what an XML declaration says with how the file is read.
   * @param name null where it names no encoding
   * @returns `problem`: a clause, where that contradicts the bytes, or is not known
   */
  check(name: string | null): { readonly isSame: boolean; readonly problem: string | null } {
    const said = this.#said(name);
    const now = this.#encoding;
    if (said === now || (said === "utf-16" && now.startsWith("utf-16"))) return { isSame: true, problem: null };
    const says = `it says that its encoding is ${String(name).slice(0, 40)}`;
    const problem =
      said === undefined
        ? `${says}, which is none of ${known}`
        : this.#isFixed || said.startsWith("utf-16")
          ? `${says}, and its bytes are ${this.encoding}`
          : null;
    return { isSame: false, problem };
  }

  /** Reads in another encoding from now on. @param back what is to be given again, by `next`, in that encoding */
  change(name: string | null, back: readonly TextPiece[]): void {
    this.#rest = Buffer.concat([...back.map(({ bytes }) => bytes), this.#rest]);
    this.#byteStart = back[0]?.byteStart ?? this.#byteStart;
    this.#charStart = back[0]?.charStart ?? this.#charStart;
    this.#encoding = this.#said(name) as Encoding;
  }

  #said(name: string | null): Encoding | "utf-16" | undefined {
    if (name === null) return this.#isFixed ? this.#encoding : "utf-8";
    return names.get(name.toLowerCase());
  }

  #begin(): void {
    const [a = 0, b = 0, c = 0, d = 0] = this.#rest;
    const fix = (encoding: Encoding, markBytes: number) => {
      this.#encoding = encoding;
      this.#isFixed = true;
      this.#skip(markBytes);
    };
    if (a === 0xef && b === 0xbb && c === 0xbf) fix("utf-8", 3);
    else if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
      this.refusal = "it is UTF-32; convert it to UTF-8";
    } else if (a === 0xff && b === 0xfe) fix("utf-16le", 2);
    else if (a === 0xfe && b === 0xff) fix("utf-16be", 2);
    else if (a === 0x3c && b === 0 && c !== 0) fix("utf-16le", 0);
    else if (a === 0 && b === 0x3c) fix("utf-16be", 0);
    else if (a === 0x4c && b === 0x6f && c === 0xa7) this.refusal = "it is EBCDIC; convert it to UTF-8";
  }

  #skip(bytes: number): void {
    this.#rest = this.#rest.subarray(bytes);
    this.#byteStart += bytes;
  }

  /** How many bytes end with a whole character. */
  #wholeLength(bytes: Uint8Array, isLast: boolean): number {
    const { length } = bytes;
    if (isLast) return length;
    if (this.#encoding.startsWith("utf-16")) {
      const even = length & ~1;
      const high = even === 0 ? 0 : bytes[even - (this.#encoding === "utf-16le" ? 1 : 2)]!;
      return (high & 0xfc) === 0xd8 ? even - 2 : even;
    }
    if (this.#encoding !== "utf-8") return length;
    for (let back = 1; back <= 3 && back <= length; back++) {
      const byte = bytes[length - back]!;
      if (byte < 0x80) return length;
      if (byte >= 0xc0) return utf8Size(byte) > back ? length - back : length;
    }
    return length;
  }

  #decode(bytes: Uint8Array): TextPiece {
    const at = { charStart: this.#charStart, byteStart: this.#byteStart };
    const { text, width, bad } = decodeBytes(this.#encoding, bytes);
    const badChars = bad.length === 0 ? bad : bad.map((index) => at.charStart + index);
    const piece = { ...at, text, width, bad: badChars, bytes };
    this.#skip(bytes.length);
    this.#charStart += piece.text.length;
    return piece;
  }
}

function decodeBytes(encoding: Encoding, bytes: Uint8Array): Pick<TextPiece, "text" | "width" | "bad"> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (encoding === "utf-16le" || encoding === "utf-16be") return decodeUtf16(encoding, buffer);
  if (encoding === "iso-8859-1" || isAscii(buffer)) return { text: buffer.toString("latin1"), width: 1, bad: noneBad };
  if (encoding === "utf-8") {
    return isUtf8(buffer) ? { text: buffer.toString("utf8"), width: "utf-8", bad: noneBad } : decodeDamagedUtf8(buffer);
  }
  if (encoding !== "us-ascii") return { text: new TextDecoder(encoding).decode(buffer), width: 1, bad: noneBad };
  const text = buffer.toString("latin1");
  const bad: number[] = [];
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) bad.push(i);
  return { text, width: 1, bad };
}

function decodeUtf16(encoding: "utf-16le" | "utf-16be", buffer: Buffer): Pick<TextPiece, "text" | "width" | "bad"> {
  const copy = Buffer.alloc(buffer.length + (buffer.length & 1));
  copy.set(buffer);
  const text = (encoding === "utf-16be" ? copy.swap16() : copy).toString("utf16le");
  const bad = text.isWellFormed() ? [] : loneSurrogates(text);
  // Half a character, at the end of the file.
  if ((buffer.length & 1) === 1) bad.push(text.length - 1);
  return { text: text.toWellFormed(), width: 2, bad };
}

function decodeDamagedUtf8(buffer: Buffer): Pick<TextPiece, "text" | "width" | "bad"> {
  let text = "";
  let good = 0;
  const bad: number[] = [];
  for (let i = 0; i < buffer.length; ) {
    const size = buffer[i]! < 0x80 ? 1 : utf8Size(buffer[i]!);
    if (size === 1 && buffer[i]! < 0x80) i++;
    else if (size > 1 && i + size <= buffer.length && isUtf8(buffer.subarray(i, i + size))) i += size;
    else {
      text += buffer.toString("utf8", good, i);
      bad.push(text.length);
      text += "\ufffd";
      good = ++i;
    }
  }
  return { text: text + buffer.toString("utf8", good), width: "utf-8", bad };
}

/** Bytes of the character that a byte from 0xC0 on begins; 1: it begins none. */
function utf8Size(byte: number): number {
  if (byte >= 0xf0) return byte < 0xf8 ? 4 : 1;
  return byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
}

function loneSurrogates(text: string): number[] {
  const lone: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = text.charCodeAt(i + 1);
    if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) i++;
    else lone.push(i);
  }
  return lone;
}

/**
 * The byte of the file at which a character of a piece begins.
 * @param from an earlier character of the piece and its byte, to count on from
 */
export function byteOffsetIn(piece: TextPiece, index: number, from = { index: 0, byte: piece.byteStart }): number {
  const { text, charStart, width, bad } = piece;
  if (width !== "utf-8") return piece.byteStart + width * index;
  const bytes = from.byte + Buffer.byteLength(text.slice(from.index, index));
  if (bad.length === 0) return bytes;
  // U+FFFD has three bytes in UTF-8, and the byte that it stands for was one.
  return bytes - 2 * (firstNotBelow(bad, charStart + index) - firstNotBelow(bad, charStart + from.index));
}

/** A piece from a character on. */
export function pieceFrom(piece: TextPiece, index: number): TextPiece {
  if (index === 0) return piece;
  const byteStart = byteOffsetIn(piece, index);
  const { text, charStart, width, bad, bytes } = piece;
  const rest = bytes.subarray(byteStart - piece.byteStart);
  return { text: text.slice(index), charStart: charStart + index, byteStart, width, bad, bytes: rest };
}

/** Two pieces, one after the other, as one. */
export function joinPieces(first: TextPiece, second: TextPiece): TextPiece {
  const { charStart, byteStart } = first;
  const bytes = Buffer.concat([first.bytes, second.bytes]);
  const width = first.width === second.width ? first.width : "utf-8";
  return { text: first.text + second.text, charStart, byteStart, width, bad: [...first.bad, ...second.bad], bytes };
}

/** The index of the first number that is not below `least`, in numbers that rise. */
export function firstNotBelow(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
