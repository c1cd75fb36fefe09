import { SpoorError } from "../errors/base.ts";
import { DecodeError } from "../errors/bitcoin.ts";
import { TransactionRefusedError } from "../errors/bitcoin-sources.ts";
import type { SkippedPlace } from "./block-source.ts";
import { looksLikeBlockchainInfo, readBlockchainInfoTransaction } from "./blockchain-info-transaction.ts";
import { looksLikeCore, parseWithAmountsAsText, readCoreTransaction } from "./core-transaction.ts";
import { decodeTransaction } from "./decode-transaction.ts";
import { looksLikeEsplora, readEsploraTransaction } from "./esplora-transaction.ts";
import type { FoundAt } from "./found-at.ts";
import { bytesIn, isObject, refuse } from "./json-field.ts";
import { holdsArray, holdsObject, type JsonSpan, jsonElements, jsonMembers, jsonValues, textOf } from "./json-span.ts";
import type { FoundTransaction } from "./loose-transaction.ts";
import type { Network } from "./networks.ts";
import { readRawTransaction } from "./raw-transaction.ts";

/** What the bytes of one file or answer are called. */
export interface Source {
  readonly network: Network;
  readonly name: string;
  readonly sha256: string;
}

/** Members of an object that hold a list of transactions: an address's, a block's. */
const containers = ["txs", "tx", "transactions"] as const;
/** Lists in lists, and results in results, are no form that anything writes. */
const depthMax = 4;
/** More reasons than these from one file tell nobody anything. */
const skippedMax = 1000;
/** A block is 4 MB at most, and its JSON perhaps twenty times that. */
const transactionBytesMax = 100 << 20;

/**
 * Appends all transactions of a file in any of the forms to `found`, and what cannot be used, with its offset, to
 * `skipped`. Never throws for what the bytes are.
 */
export function findTransactions(
  bytes: Uint8Array,
  source: Source,
  found: FoundTransaction[],
  skipped: SkippedPlace[],
): void {
  const finder = new Finder(bytes, source, found, skipped);
  const first = bytes.find((byte) => byte > 0x20);
  if (first === undefined) finder.skip(null, "the file is empty");
  // A byte order mark is 0xef; nothing else of these begins a list of hex lines.
  else if (first === 0x7b || first === 0x5b || first === 0x22 || first === 0xef) finder.readJson();
  else finder.readHexLines();
  finder.finish();
}

class Finder {
  readonly #bytes: Uint8Array;
  readonly #source: Source;
  readonly #found: FoundTransaction[];
  readonly #skipped: SkippedPlace[];
  readonly #foundBefore: number;
  #refused = 0;

  constructor(bytes: Uint8Array, source: Source, found: FoundTransaction[], skipped: SkippedPlace[]) {
    this.#bytes = bytes;
    this.#source = source;
    this.#found = found;
    this.#skipped = skipped;
    this.#foundBefore = found.length;
  }

  finish(): void {
    if (this.#found.length === this.#foundBefore && this.#refused === 0) {
      this.skip(null, "the file holds no transactions");
    }
  }

  skip(offset: number | null, reason: string): void {
    this.#refused++;
    if (this.#refused < skippedMax) this.#skipped.push({ file: this.#source.name, offset, reason });
    else if (this.#refused === skippedMax) {
      const more = "there are more places that cannot be used; they are left out of this list";
      this.#skipped.push({ file: this.#source.name, offset, reason: more });
    }
  }

  /** Runs `read`, and sets aside what it refuses. */
  #attempt(offset: number, read: () => FoundTransaction): void {
    try {
      this.#found.push(read());
    } catch (error) {
      if (error instanceof TransactionRefusedError) this.skip(offset, error.why);
      else if (error instanceof DecodeError) this.skip(offset, `${error.what}, at its byte ${error.data.offset}`);
      else if (error instanceof SpoorError) this.skip(offset, error.what);
      else throw error;
    }
  }

  readJson(): void {
    const bytes = this.#bytes;
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    if (marked) bytes.fill(0x20, 0, 3);
    for (const span of jsonValues(bytes)) this.#readValue(span, null, 0);
  }

  #readValue(span: JsonSpan, block: FoundAt["block"], depth: number): void {
    if (depth > depthMax) this.skip(span.from, "its lists are nested too deep to be transactions");
    else if (holdsArray(this.#bytes, span)) this.#readList(span, null, depth);
    else if (holdsObject(this.#bytes, span)) this.#readObject(span, block, depth);
    else this.#readHexString(span, block);
  }

  #readList(span: JsonSpan, block: FoundAt["block"], depth: number): void {
    let position = 0;
    for (const element of jsonElements(this.#bytes, span)) {
      this.#readValue(element, block === null ? null : { ...block, position }, depth + 1);
      position++;
    }
  }

  #readObject(span: JsonSpan, block: FoundAt["block"], depth: number): void {
    const members = jsonMembers(this.#bytes, span);
    if ((members.has("vin") && members.has("vout")) || (members.has("inputs") && members.has("out"))) {
      this.#readTransaction(span, block);
      return;
    }
    for (const name of containers) {
      const list = members.get(name);
      if (list === undefined || !holdsArray(this.#bytes, list)) continue;
      this.#readList(list, this.#blockOf(members), depth);
      return;
    }
    const result = members.get("result");
    if (result !== undefined) {
      this.#readValue(result, block, depth + 1);
      return;
    }
    const names = [...members.keys()].slice(0, 5).map((name) => name.replace(/\p{C}/gu, "·").slice(0, 30));
    const what = names.length === 0 ? "without members" : `with ${names.join(", ")}`;
    this.skip(span.from, `it holds no transaction in a known form, but an object ${what}`);
  }

  /** What a block says to all its transactions. Other containers, such as an address's, have no merkle root. */
  #blockOf(members: ReadonlyMap<string, JsonSpan>): FoundAt["block"] {
    if (!members.has("merkleroot") && !members.has("mrkl_root")) return null;
    const count = (name: string) => {
      const span = members.get(name);
      const value = span === undefined ? Number.NaN : Number(textOf(this.#bytes, span));
      return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff ? value : null;
    };
    return { height: count("height"), time: count("time"), position: 0 };
  }

  #readTransaction(span: JsonSpan, block: FoundAt["block"]): void {
    this.#attempt(span.from, () => {
      if (span.to - span.from > transactionBytesMax) throw refuse(`it is longer than ${transactionBytesMax} bytes`);
      const text = textOf(this.#bytes, span);
      const json = parsed(text, JSON.parse);
      const at = { ...this.#source, offset: span.from, block };
      if (looksLikeBlockchainInfo(json)) return readBlockchainInfoTransaction(json, at);
      if (looksLikeEsplora(json)) return readEsploraTransaction(json, at);
      if (looksLikeCore(json)) return readCoreTransaction(parsed(text, parseWithAmountsAsText), at);
      throw refuse("it has inputs and outputs, but in no known form");
    });
  }

  #readHexString(span: JsonSpan, block: FoundAt["block"]): void {
    this.#attempt(span.from, () => {
      const text = textOf(this.#bytes, { from: span.from, to: Math.min(span.to, span.from + transactionBytesMax) });
      const hex = /^"([0-9a-f]+)"$/iu.exec(text)?.[1];
      if (hex === undefined) throw refuse(`it holds "${short(text)}" where a transaction should stand`);
      return readRawTransaction(bytesIn(hex, "hex"), { ...this.#source, offset: span.from, block });
    });
  }

  /** One raw transaction a line, or one broken over several lines. */
  readHexLines(): void {
    const bytes = this.#bytes;
    const lines = linesOf(bytes);
    const alone = lines.length === 1 || isTransaction(bytes, lines[0]!);
    if (!alone && bytes.length < transactionBytesMax) {
      const whole = hexOf(bytes, { from: 0, to: bytes.length });
      if (whole !== null && this.#tryWhole(whole)) return;
    }
    for (const line of lines) {
      const hex = hexOf(bytes, line);
      if (hex === null) {
        this.skip(line.from, `it is neither JSON nor hex: "${short(textOf(bytes, line))}"`);
        // A file of another kind has thousands of such lines; one of hex lines has few that are not.
        if (line === lines[0]) return;
        continue;
      }
      this.#attempt(line.from, () => readRawTransaction(hex, { ...this.#source, offset: line.from, block: null }));
    }
  }

  #tryWhole(hex: Uint8Array): boolean {
    try {
      this.#found.push(readRawTransaction(hex, { ...this.#source, offset: 0, block: null }));
      return true;
    } catch (error) {
      if (error instanceof DecodeError) return false;
      throw error;
    }
  }
}

function parsed(text: string, parse: (text: string) => unknown) {
  let json: unknown;
  try {
    json = parse(text);
  } catch {
    throw refuse("it is not valid JSON, or cut off");
  }
  if (!isObject(json)) throw refuse("it is not an object");
  return json;
}

function isTransaction(bytes: Uint8Array, line: JsonSpan): boolean {
  const hex = hexOf(bytes, line);
  if (hex === null) return true;
  try {
    decodeTransaction(hex);
    return true;
  } catch {
    return false;
  }
}

function linesOf(bytes: Uint8Array): JsonSpan[] {
  const lines: JsonSpan[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    const to = end === -1 ? bytes.length : end;
    if (bytes.subarray(from, to).some((byte) => byte > 0x20)) lines.push({ from, to });
    from = to + 1;
  }
  return lines;
}

/** The bytes that hex digits with white space between them stand for; null where anything else stands there. */
function hexOf(bytes: Uint8Array, span: JsonSpan): Uint8Array | null {
  if (span.to - span.from > transactionBytesMax) return null;
  const text = textOf(bytes, span).replace(/\s+/gu, "");
  const hex = Buffer.from(text, "hex");
  return hex.length > 0 && hex.length * 2 === text.length ? hex : null;
}

function short(text: string): string {
  const line = text.replace(/[\p{C}\s]+/gu, " ").trim();
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
