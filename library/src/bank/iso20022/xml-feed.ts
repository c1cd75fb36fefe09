import { SaxesParser } from "saxes";
import { byteOffsetIn, firstNotBelow, pieceBytes, pieceFrom, type TextPiece, XmlDecoder } from "./xml-decoder.ts";
import { beginningOf, newlines, XmlSearch } from "./xml-search.ts";

/** ISO 20022 has some twenty levels; envelopes add a few. */
export const depthMax = 100;
/** An element of ISO 20022 has one attribute; envelopes declare some namespaces. */
export const attributesMax = 64;
/** Characters from one tag to the next: a longer text, comment or tag is refused. */
export const gapCharactersMax = 1 << 20;
/** Characters of a file that are read again after what held them turned out to be damaged: bounds the time. */
export const readAgainMax = 1 << 26;

/** What the elements of a file are given to, in their order. */
export interface XmlSink {
  /**
   * @param tag the name, with its prefix where it has one
   * @throws XmlStop
   */
  open(tag: string, attributes: Readonly<Record<string, string>>, line: number): void;
  /** @throws XmlStop */
  text(text: string): void;
  close(): void;
  /** The elements that are open will not be closed: the XML is damaged, or refused. */
  broken(offset: number, line: number, why: string): void;
}

/**
 * Thrown where XML is not to be read on. `isBeginning`: another document may begin where this one could not go on.
 * `isWhole`: nothing of this document is to be read, up to the next XML declaration.
 */
export class XmlStop {
  readonly why: string;
  readonly isBeginning: boolean;
  readonly isWhole: boolean;

  constructor(why: string, { isBeginning = false, isWhole = false } = {}) {
    this.why = why;
    this.isBeginning = isBeginning;
    this.isWhole = isWhole;
  }
}

const doctypeRefused = "it has a document type declaration (<!DOCTYPE), which no bank message has";
/** A file of a million damaged documents is read in a third of the time without a stack trace for each. */
class Parser extends SaxesParser<{ xmlns: false; position: false }> {
  override makeError(message: string): Error {
    return Object.assign(Object.create(Error.prototype) as Error, { message });
  }
}

/** Thrown to leave the parser where a document ended or its encoding was declared; nothing is wrong. */
const leave = Symbol("leave");

/**
 * Reads a file of any number of XML documents, one after another, by a strict parser. Where one is damaged its sink is
 * told, and reading goes on at the next XML declaration or element that begins a message; after a document type
 * declaration, which is refused, at the next XML declaration. Memory is bounded by {@link gapCharactersMax}.
 */
export class XmlFeed {
  readonly #sink: XmlSink;
  readonly #decoder = new XmlDecoder();
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #parser: SaxesParser | null = null;
  #search: XmlSearch | null = null;
  /** The pieces from the mark on; the last one is being read. */
  #kept: TextPiece[] = [];
  /** The character of the file at which the parser began, and the line of it. */
  #base = 0;
  #baseLine = 1;
  /**
   * Where the last tag ended, or the text after it, or, before the root, where the document begins: what comes from
   * there on is not understood yet.
   */
  #mark = 0;
  #markLine = 1;
  /** The line of what is read next, while there is no parser. */
  #line = 1;
  #depth = 0;
  /** The end tag that was read last is not handed on yet: it may be that of another element. */
  #isClosing = false;
  #isRootClosed = false;
  #hasRoot = false;
  #hasFailed = false;
  #readAgain = 0;
  #counted: { piece: TextPiece; index: number; byte: number } | null = null;

  readonly #pieceBytes: number;
  readonly #beginning: RegExp;

  /**
   * @param options.beginnings names of elements at which reading goes on after damage
   * @param options.pieceBytes bytes that are gathered before they are read; tests read fewer
   */
  constructor(sink: XmlSink, options: { beginnings?: readonly string[]; pieceBytes?: number } = {}) {
    this.#sink = sink;
    this.#beginning = beginningOf(options.beginnings ?? ["Document", "AppHdr"]);
    this.#pieceBytes = options.pieceBytes ?? pieceBytes;
  }

  /** The byte of the file at which the tag at hand begins; of a root, its document. */
  tagOffset(): number {
    return this.#offsetOf(this.#mark);
  }

  /** Takes the next bytes of the file; they are kept for a while, and must not be changed. */
  push(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= this.#pieceBytes) this.#readWaiting(false);
  }

  end(): void {
    this.#readWaiting(true);
    if (this.#decoder.refusal !== null) this.#sink.broken(0, 1, this.#decoder.refusal);
    while (this.#parser !== null || this.#search !== null) this.#readPieces(this.#endOfFile());
  }

  #readWaiting(isEnd: boolean): void {
    this.#decoder.take(this.#waiting.length === 1 ? this.#waiting[0]! : Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (let piece = this.#decoder.next(isEnd); piece !== null; piece = this.#decoder.next(isEnd)) {
      this.#readPieces([piece]);
    }
  }

  /** Reads pieces to their end. What must be read again, or is left of one, comes before the next. */
  #readPieces(pieces: readonly TextPiece[]): void {
    const waiting = pieces.toReversed();
    for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
      if (piece.text === "") continue;
      const left = this.#readPiece(piece, waiting);
      for (let i = left.length - 1; i >= 0; i--) waiting.push(left[i]!);
    }
  }

  #readPiece(piece: TextPiece, waiting: TextPiece[]): readonly TextPiece[] {
    if (this.#search !== null) return this.#found(piece);
    const isNew = this.#parser === null;
    if (isNew) {
      const space = leadingSpace(piece.text);
      this.#line += newlines(piece.text, 0, space);
      if (space === piece.text.length) return [];
      if (space > 0) return [pieceFrom(piece, space)];
      this.#begin(piece);
    }
    this.#kept.push(piece);
    if (isNew && piece.text[0] !== "<") {
      return this.#fail(new XmlStop("there is text outside of any document"), piece.charStart);
    }
    const { text, charStart, bad } = piece;
    const badChar = bad.length === 0 ? undefined : bad[firstNotBelow(bad, charStart)];
    const isDamaged = badChar !== undefined && badChar < charStart + text.length;
    const end = isDamaged ? badChar : charStart + text.length;
    // Where the parser is while it reads; afterwards it says something else.
    let read = () => this.#base + this.#parser!.position;
    try {
      this.#parser!.write(isDamaged ? text.slice(0, end - charStart) : text);
      read = () => end;
      this.#handOn();
      if (isDamaged) throw this.#notDecoded(badChar);
      if (end - this.#mark > gapCharactersMax) throw this.#tooLong();
    } catch (thrown) {
      if (thrown instanceof XmlStop) return this.#fail(thrown, read());
      if (thrown === leave) return this.#leave(waiting);
      throw thrown;
    }
    while (this.#kept.length > 1 && this.#kept[1]!.charStart <= this.#mark) this.#kept.shift();
    return [];
  }

  #found(piece: TextPiece): readonly TextPiece[] {
    const found = this.#search!.next(piece);
    this.#line = this.#search!.line;
    if (found === null) return [];
    this.#search = null;
    return found;
  }

  #notDecoded(at: number): XmlStop {
    const byte = `the byte at offset ${this.#offsetOf(at)}`;
    return new XmlStop(`${byte} is not ${this.#decoder.encoding}, which the file says or seems to be`);
  }

  #tooLong(): XmlStop {
    if (this.#unread().startsWith("<!DOCTYPE")) return new XmlStop(doctypeRefused, { isWhole: true });
    return new XmlStop(`there is no tag in ${gapCharactersMax} characters`);
  }

  /** What is kept from the mark on. */
  #unread(): string {
    const [first, ...others] = this.#kept;
    if (first === undefined) return "";
    return first.text.slice(this.#mark - first.charStart) + others.map(({ text }) => text).join("");
  }

  /** A document ended, or said in which encoding it is: what comes after that is read by another parser. */
  #leave(waiting: TextPiece[]): readonly TextPiece[] {
    const encoding = this.#isRootClosed ? undefined : (this.#parser!.xmlDecl.encoding ?? null);
    const rest = this.#keptFrom(this.#mark);
    this.#line = this.#markLine;
    this.#drop();
    if (encoding === undefined) return rest;
    this.#decoder.change(encoding, [...rest, ...waiting.toReversed()]);
    waiting.length = 0;
    return [];
  }

  #keptFrom(char: number): TextPiece[] {
    const kept = this.#kept.filter((piece) => piece.charStart + piece.text.length > char);
    return kept.map((piece) => pieceFrom(piece, Math.max(0, char - piece.charStart)));
  }

  /**
   * Tells the sink, and gives back the pieces in which the next document is to be looked for.
   * @param read how far the parser was
   */
  #fail(stop: XmlStop, read: number): readonly TextPiece[] {
    this.#hasFailed = true;
    // Before the root, the parser does not tell of an error at the character that it is about.
    const isKnown = this.#hasRoot;
    const readLine = this.#baseLine + this.#parser!.line - 1;
    this.#sink.broken(this.#offsetOf(isKnown ? read : this.#base), isKnown ? readLine : this.#baseLine, stop.why);
    const last = this.#kept.at(-1)!;
    const end = last.charStart + last.text.length;
    this.#readAgain += Math.max(0, read - this.#mark);
    const isTooMuch = this.#readAgain > readAgainMax;
    const start = isTooMuch ? Math.min(Math.max(read, this.#mark), end) : this.#mark;
    this.#search = new XmlSearch({
      // Never the beginning of this document again.
      from: Math.max(this.#base + 1, isTooMuch || stop.isBeginning ? start : start + 1),
      line: isTooMuch ? readLine : this.#markLine,
      beginning: stop.isWhole ? null : this.#beginning,
    });
    const kept = this.#keptFrom(start);
    this.#drop();
    return kept;
  }

  #drop(): void {
    this.#parser = null;
    this.#kept = [];
    this.#depth = 0;
    this.#isClosing = false;
    this.#isRootClosed = false;
    this.#hasRoot = false;
  }

  #endOfFile(): readonly TextPiece[] {
    if (this.#search !== null) {
      this.#search = null;
      return [];
    }
    try {
      if (this.#depth > 0) throw new XmlStop("the file ends before it does");
      this.#parser!.close();
    } catch (thrown) {
      const last = this.#kept.at(-1)!;
      if (thrown instanceof XmlStop) return this.#fail(thrown, last.charStart + last.text.length);
      throw thrown;
    }
    this.#drop();
    return [];
  }

  #offsetOf(char: number): number {
    const piece = this.#kept.findLast(({ charStart }) => charStart <= char);
    if (piece === undefined) return this.#decoder.offset;
    const index = char - piece.charStart;
    // Offsets are asked for in their order, mostly.
    const from = this.#counted?.piece === piece && this.#counted.index <= index ? this.#counted : undefined;
    const byte = byteOffsetIn(piece, index, from);
    this.#counted = { piece, index, byte };
    return byte;
  }

  #begin(piece: TextPiece): void {
    const parser = new Parser({ xmlns: false, position: false });
    this.#parser = parser;
    this.#base = piece.charStart;
    this.#baseLine = this.#line;
    this.#mark = piece.charStart;
    this.#markLine = this.#line;
    // No more handlers than are needed: with ten of them the parser's object turns into a slow one, and reading takes
    // six times as long (Node 26).
    parser.on("opentag", ({ name, attributes }) => this.#open(name, attributes));
    parser.on("closetag", () => this.#close());
    parser.on("text", (text) => this.#text(text, -1));
    parser.on("cdata", (text) => this.#text(text, 0));
    parser.on("doctype", () => {
      throw new XmlStop(doctypeRefused, { isWhole: true });
    });
    parser.on("error", ({ message }) => this.#error(message));
  }

  /** @param ahead characters from where the parser is to where the next markup can begin */
  #markAt(ahead: number): void {
    this.#handOn();
    this.#mark = this.#base + this.#parser!.position + ahead;
    this.#markLine = this.#baseLine + this.#parser!.line - 1;
  }

  #open(tag: string, attributes: Readonly<Record<string, string>>): void {
    this.#handOn();
    if (!this.#hasRoot) this.#openRoot();
    if (++this.#depth > depthMax) throw new XmlStop(`its elements are more than ${depthMax} deep`);
    let count = 0;
    for (const _ in attributes) count++;
    if (count > attributesMax) throw new XmlStop(`an element has more than ${attributesMax} attributes`);
    this.#sink.open(tag, attributes, this.#baseLine + this.#parser!.line - 1);
    this.#mark = this.#base + this.#parser!.position;
    this.#markLine = this.#baseLine + this.#parser!.line - 1;
  }

  /** @throws leave where the document said that it is in another encoding than what was read of it */
  #openRoot(): void {
    this.#hasRoot = true;
    const { version, encoding } = this.#parser!.xmlDecl;
    if (version === undefined) return;
    const { isSame, problem } = this.#decoder.check(encoding ?? null);
    if (problem !== null) throw new XmlStop(problem, { isWhole: true });
    if (!isSame) throw leave;
  }

  #text(text: string, ahead: number): void {
    this.#handOn();
    if (this.#depth === 0) return;
    this.#markAt(ahead);
    this.#sink.text(text);
  }

  #close(): void {
    this.#markAt(0);
    this.#isClosing = true;
  }

  /** Hands the last end tag on, now that the parser had nothing against it. @throws leave after that of the root */
  #handOn(): void {
    if (!this.#isClosing) return;
    this.#isClosing = false;
    this.#depth--;
    this.#sink.close();
    if (this.#depth > 0) return;
    this.#isRootClosed = true;
    throw leave;
  }

  #error(message: string): void {
    // At the end of the file: after the last document there may be comments.
    if (message.startsWith("document must contain a root")) return;
    // The one error that is about the end tag itself.
    const isOfEnd = message === "unexpected close tag.";
    if (!isOfEnd) this.#handOn();
    // What is left of an envelope whose message was damaged.
    if (this.#hasFailed && !this.#hasRoot && message.startsWith("unmatched closing tag")) {
      this.#markAt(0);
      this.#isRootClosed = true;
      throw leave;
    }
    // What comes may be sound: the mark is after the end tag, or at the declaration.
    const isBeginning = isOfEnd || message.startsWith("an XML declaration must be at the start");
    throw new XmlStop(`it is not well-formed XML: ${message.replace(/\.$/u, "").slice(0, 120)}`, { isBeginning });
  }
}

function leadingSpace(text: string): number {
  let at = 0;
  while (at < text.length && /[\s\ufeff]/u.test(text[at]!)) at++;
  return at;
}
