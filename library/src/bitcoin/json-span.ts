/** A run of bytes that holds one JSON value, or begins one that the end cuts off. */
export interface JsonSpan {
  readonly from: number;
  readonly to: number;
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const openBrace = 0x7b;

/*
 * Finds where the values of a JSON text stand without building them, so that a file of hundreds of megabytes is parsed
 * one transaction at a time, and one that is broken or cut off costs only itself. What stands between is not checked:
 * JSON.parse does that to each value that is used.
 */

/** The values of a text that holds one, or several one after the other, as in files with a value a line. */
export function* jsonValues(bytes: Uint8Array): Generator<JsonSpan> {
  for (let at = skipSpace(bytes, 0); at < bytes.length; ) {
    const to = endOfValue(bytes, at);
    yield { from: at, to };
    at = skipSpace(bytes, to);
  }
}

/** The elements of the array that a span holds. */
export function* jsonElements(bytes: Uint8Array, array: JsonSpan): Generator<JsonSpan> {
  for (let at = skipSpace(bytes, array.from + 1); at < array.to && !isClosing(bytes[at]!); ) {
    if (bytes[at] === comma) {
      at = skipSpace(bytes, at + 1);
      continue;
    }
    const to = Math.min(endOfValue(bytes, at), array.to);
    yield { from: at, to };
    at = skipSpace(bytes, to);
  }
}

/** The members of the object that a span holds; of two with one name the later one, as JSON.parse has it. */
export function jsonMembers(bytes: Uint8Array, object: JsonSpan): Map<string, JsonSpan> {
  const members = new Map<string, JsonSpan>();
  for (let at = skipSpace(bytes, object.from + 1); at < object.to && !isClosing(bytes[at]!); ) {
    if (bytes[at] !== quote) {
      at = skipSpace(bytes, bytes[at] === comma ? at + 1 : endOfValue(bytes, at));
      continue;
    }
    const keyEnd = endOfValue(bytes, at);
    const key = textOf(bytes, { from: at + 1, to: Math.max(at + 1, keyEnd - 1) });
    at = skipSpace(bytes, keyEnd);
    if (bytes[at] !== colon) continue;
    const from = skipSpace(bytes, at + 1);
    if (from >= object.to) break;
    const to = Math.min(endOfValue(bytes, from), object.to);
    members.set(key, { from, to });
    at = skipSpace(bytes, to);
  }
  return members;
}

export const holdsArray = (bytes: Uint8Array, { from }: JsonSpan): boolean => bytes[from] === openBracket;
export const holdsObject = (bytes: Uint8Array, { from }: JsonSpan): boolean => bytes[from] === openBrace;

export function textOf(bytes: Uint8Array, { from, to }: JsonSpan): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8");
}

function skipSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  while (next < bytes.length && bytes[next]! <= 0x20) next++;
  return next;
}

const isClosing = (byte: number) => byte === 0x5d || byte === 0x7d;
const isOpening = (byte: number) => byte === openBracket || byte === openBrace;

/** Always past `at`, so that every loop over values ends. */
function endOfValue(bytes: Uint8Array, at: number): number {
  if (bytes[at] === quote) return endOfString(bytes, at);
  if (!isOpening(bytes[at]!)) return endOfWord(bytes, at);
  let depth = 0;
  for (let next = at; next < bytes.length; ) {
    const byte = bytes[next]!;
    if (byte === quote) {
      next = endOfString(bytes, next);
      continue;
    }
    next++;
    if (isOpening(byte)) depth++;
    else if (isClosing(byte) && --depth === 0) return next;
  }
  return bytes.length;
}

function endOfString(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  while (next < bytes.length) {
    const byte = bytes[next]!;
    if (byte === quote) return next + 1;
    next += byte === backslash ? 2 : 1;
  }
  return bytes.length;
}

/** A number, `true`, `null`, or what does not belong here. */
function endOfWord(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  while (next < bytes.length) {
    const byte = bytes[next]!;
    if (byte <= 0x20 || byte === comma || byte === colon || byte === quote || isOpening(byte) || isClosing(byte)) break;
    next++;
  }
  return next;
}
