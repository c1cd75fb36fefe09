import type { SetAside } from "../record.ts";

/** A message of FIN is at most 10,000 characters long, but banks write months of entries into one statement. */
export const messageBytesMax = 16 * 1024 * 1024;
/** Header and trailer blocks; the longest that are in use have some hundred characters. */
const blockCharactersMax = 20_000;
/** What banks put before the first field of a statement: who from, what type, a number. */
const preambleLinesMax = 10;
const preambleLineMax = 100;
/** Bytes that are searched at once: what is found in them is young enough to be collected cheaply. */
const searchBytesUsual = 1 << 16;
/** The longest beginning of a message that may be cut by the end of what is there. */
const beginningMax = 8;

/** One message as it stands in the file, a character a byte. */
export interface MtFrame {
  readonly text: string;
  /** Of the first byte and the first line (from 1) in the file. */
  readonly offset: number;
  readonly line: number;
  /** Its number in the file, from 1; what is set aside counts too. */
  readonly number: number;
}

/** What the search says of the text from a position on: where it ends, and what is wrong with it. */
interface Extent {
  readonly to: number;
  readonly problem: string | null;
}

/** The end is not there yet. */
const needsMore = null;

/**
 * Cuts a file into messages: FIN blocks one after another, RJE (`$` between), DOS-PCC (SOH, ETX, blanks to 512 bytes),
 * block 4 alone, LF or CRLF. What is between messages and is none, a message without an end, and one that is longer
 * than {@link messageBytesMax} are set aside, and the search goes on at the next beginning.
 */
export class MtFrames {
  readonly #file: string;
  readonly #searchBytes: number;
  readonly #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #text = "";
  /** How far `#text` is done with. */
  #at = 0;
  /** The position of `#text` in the file, and the line of `#at`. */
  #offset = 0;
  #line = 1;
  #number = 0;
  #isSkipping = false;

  constructor(file: string, searchBytes: number = searchBytesUsual) {
    this.#file = file;
    this.#searchBytes = searchBytes;
  }

  /** Takes bytes in, and gives the messages that are complete with them. The bytes may be reused afterwards. */
  *push(bytes: Uint8Array): Generator<MtFrame | SetAside> {
    for (let at = 0; at < bytes.length; at += this.#searchBytes) {
      const piece = Buffer.from(bytes.subarray(at, at + this.#searchBytes));
      this.#waiting.push(piece);
      this.#waitingBytes += piece.length;
      // As much again as a message that has begun: one in many pieces is searched a few times, not for each of them.
      if (this.#waitingBytes >= Math.max(this.#searchBytes, this.#text.length - this.#at)) yield* this.#search(false);
    }
  }

  /** Gives what is left: the file is at its end. */
  *end(): Generator<MtFrame | SetAside> {
    yield* this.#search(true);
  }

  *#search(isEnd: boolean): Generator<MtFrame | SetAside> {
    this.#text = this.#text.slice(this.#at) + Buffer.concat(this.#waiting).toString("latin1");
    this.#offset += this.#at;
    this.#at = 0;
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    if (this.#isSkipping) this.#skip();
    while (!this.#isSkipping) {
      this.#advance(endOfFiller(this.#text, this.#at));
      if (this.#at === this.#text.length) break;
      const extent = extentOf(this.#text, this.#at, isEnd);
      if (extent !== needsMore) {
        yield this.#found(extent);
      } else if (this.#text.length - this.#at > messageBytesMax) {
        const to = this.#text.length - beginningMax;
        yield this.#found({ to, problem: `it is longer than ${messageBytesMax} bytes, or has no end` });
        this.#skip();
      } else {
        break;
      }
    }
  }

  #found({ to, problem }: Extent): MtFrame | SetAside {
    const offset = this.#offset + this.#at;
    const line = this.#line;
    const text = problem === null ? this.#text.slice(this.#at, to) : "";
    this.#advance(to);
    this.#number++;
    if (problem === null) return { text, offset, line, number: this.#number };
    return { file: this.#file, offset, reason: `message ${this.#number}, line ${line}: ${problem}` };
  }

  /** Goes on to the next beginning of a message, which may come with later bytes. */
  #skip(): void {
    const beginning = nextBeginning(this.#text, this.#at);
    this.#isSkipping = beginning < 0;
    this.#advance(beginning < 0 ? Math.max(this.#at, this.#text.length - beginningMax) : beginning);
  }

  #advance(to: number): void {
    const text = this.#text;
    for (let at = text.indexOf("\n", this.#at); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) this.#line++;
    this.#at = to;
  }
}

const [soh, etx, tab, newline, carriageReturn, dosEnd] = [0x01, 0x03, 0x09, 0x0a, 0x0d, 0x1a];
const [space, dollar, minus, colon, openBrace, closeBrace] = [0x20, 0x24, 0x2d, 0x3a, 0x7b, 0x7d];

/** Past what stands between messages: blanks, line ends, RJE's `$`, DOS-PCC's SOH and ETX, a byte order mark. */
function endOfFiller(text: string, from: number): number {
  let at = text.startsWith("\u00ef\u00bb\u00bf", from) ? from + 3 : from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isFiller =
      code === space ||
      code === newline ||
      code === carriageReturn ||
      code === dollar ||
      code === tab ||
      code === soh ||
      code === etx ||
      code === dosEnd;
    if (!isFiller) break;
  }
  return at;
}

const extentOf = (text: string, from: number, isEnd: boolean): Extent | null =>
  text.charCodeAt(from) === openBrace ? finExtent(text, from, isEnd) : bareExtent(text, from, isEnd);

/** Where the next message begins, by its basic header or its first field; -1 where none is in sight. */
function nextBeginning(text: string, from: number): number {
  const header = text.indexOf("{1:F", from);
  const field = text.indexOf("\n:20:", from);
  return field >= 0 && (header < 0 || field < header) ? field + 1 : header;
}

/** What is no message, up to the next one that is. */
function junk(text: string, from: number, isEnd: boolean, problem: string): Extent | null {
  const beginning = nextBeginning(text, from + 1);
  if (beginning >= 0) return { to: beginning, problem };
  return isEnd ? { to: text.length, problem } : needsMore;
}

/** A message that the next one cuts off, or the end of the file. Its own fields are no beginning of another. */
function cutOff(text: string, from: number, isEnd: boolean, problem: string): Extent | null {
  const header = text.indexOf("{1:F", from + 1);
  if (header >= 0) return { to: header, problem };
  return isEnd ? { to: text.length, problem } : needsMore;
}

/**
 * Blocks one after another, `{1:…}{2:…}{3:…}{4:…-}{5:…}`, until something else comes or another block 1. After the text
 * only trailers belong to it, and a damaged one does not cost the message.
 */
function finExtent(text: string, from: number, isEnd: boolean): Extent | null {
  let to = from;
  let hasText = false;
  for (let at = from; text.charCodeAt(at) === openBrace; at = endOfBlank(text, to)) {
    if (at > from && (text.startsWith("{1:", at) || (hasText && !isTrailer(text, at)))) return { to, problem: null };
    const isText = text.startsWith("{4:", at) && text.charCodeAt(at + 3) !== openBrace;
    const end = isText ? endOfTextBlock(text, at) : endOfBlock(text, at);
    // A trailer is of one line of text: what is longer lost a brace, and holds something else.
    if (hasText && (end < 0 || hasControl(text.slice(at, end)))) {
      // Its end may come with the bytes after these.
      if (end < 0 && !isEnd && text.length - at < blockCharactersMax) return needsMore;
      return { to, problem: null };
    }
    if (end < 0) return cutOff(text, at, isEnd, isText ? "its block 4 has no end (-})" : "a block of it has no end");
    to = end;
    hasText ||= isText;
  }
  // Another block may come with the bytes after these.
  return endOfBlank(text, to) === text.length && !isEnd ? needsMore : { to, problem: null };
}

/** Line ends among them; the tab is text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const hasControl = (text: string): boolean => /[\u0000-\u0008\u000a-\u001f\u007f]/u.test(text);

/** Blocks 5 and S; at the end of what is there, the beginning of one. */
const isTrailer = (text: string, at: number): boolean =>
  text.startsWith("{5:", at) || text.startsWith("{S:", at) || text.length - at < 3;

function endOfBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== space && code !== newline && code !== carriageReturn) break;
    at++;
  }
  return at;
}

/** After the `-}` that ends the text block beginning at `from`; -1 where another message, or nothing, comes first. */
function endOfTextBlock(text: string, from: number): number {
  const end = text.indexOf("\n-}", from);
  if (end < 0) return -1;
  return text.slice(from, end).includes("{1:F") ? -1 : end + 3;
}

/** After the brace that closes the one at `from`; -1 where there is none within the longest block. */
function endOfBlock(text: string, from: number): number {
  const last = Math.min(text.length, from + blockCharactersMax);
  let depth = 0;
  for (let at = from; at < last; at++) {
    const code = text.charCodeAt(at);
    if (code === openBrace) {
      // No block holds another message: this one lost its brace.
      if (depth++ > 0 && (text.startsWith("{1:", at) || text.startsWith("{4:", at))) return -1;
    } else if (code === closeBrace && --depth === 0) return at + 1;
  }
  return -1;
}

/**
 * Block 4 alone: lines from a field on, with what a bank may have put before it, to a line of `-`, `$`, another field
 * 20, a header, or the end. Requests for cancellation and answers hold a copy of another message with its field 20.
 */
function bareExtent(text: string, from: number, isEnd: boolean): Extent | null {
  let lines = 0;
  let hasField = false;
  let holdsCopy = false;
  for (let at = from; at < text.length; ) {
    const lineEnd = text.indexOf("\n", at);
    const isWhole = lineEnd >= 0 || isEnd;
    const to = lineEnd < 0 ? text.length : lineEnd;
    if (!isWhole && (hasField || to - at <= preambleLineMax)) return needsMore;
    const first = text.charCodeAt(at);
    if (first === openBrace && text.startsWith("{1:F", at)) {
      return hasField ? { to: at, problem: null } : { to: at, problem: "it is no message" };
    }
    if (first === colon && isTag(text, at)) {
      if (hasField && !holdsCopy && text.startsWith(":20:", at)) return { to: at, problem: null };
      hasField = true;
      holdsCopy ||= text.startsWith(":11", at);
    } else if (!hasField) {
      if (++lines > preambleLinesMax || to - at > preambleLineMax) return junk(text, from, isEnd, "it is no message");
    } else if (first === dollar || first === etx) {
      return { to: at, problem: null };
    } else if (first === minus && endsText(text, at, to)) {
      return { to, problem: null };
    }
    at = to + 1;
  }
  if (!isEnd) return needsMore;
  return { to: text.length, problem: hasField ? null : "it is no message" };
}

/** Whether a field begins here: `:20:`, `:32A:`. */
function isTag(text: string, at: number): boolean {
  if (!isDigit(text.charCodeAt(at + 1)) || !isDigit(text.charCodeAt(at + 2))) return false;
  const after = text.charCodeAt(at + 3);
  return after === colon || (after >= 0x41 && after <= 0x5a && text.charCodeAt(at + 4) === colon);
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;

/** Whether a line that begins with `-` is the end: nothing else is in it, or the block's brace. */
function endsText(text: string, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === closeBrace) return at === from + 1;
    if (code !== carriageReturn && code !== space && code !== etx && code !== dollar) return false;
  }
  return true;
}
