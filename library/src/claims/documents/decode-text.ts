import { DocumentEncodingError } from "../../errors/claims.ts";
import type { KeptEncoding } from "./document.ts";

/** How far into a page the encoding may be declared (HTML Standard: 1024 bytes; some pages write it later). */
const declarationBytesMax = 4096;
/** In Western text one letter in six or fewer lies outside of ASCII; in Cyrillic or Korean nearly all do. */
const westernShareMax = 0.17;
/** A stray byte among well-formed characters is a fault of the page; more is another encoding. */
const wellFormedPerStrayMin = 10;

export interface DecodedText {
  readonly text: string;
  readonly encoding: KeptEncoding;
}

/**
 * Decodes text: by its byte order mark, else by the charset of `mediaType`, else by what the markup declares (where
 * `isMarkup`), else as UTF-8, else as windows-1252 where the bytes look like Western text.
 * @throws DocumentEncodingError where none of that gives text
 */
export function decodeText(
  bytes: Uint8Array,
  about: { source: string; mediaType: string | null; isMarkup: boolean },
): DecodedText {
  const mark = byteOrderMark(bytes);
  if (mark !== null) return decodeAs(bytes, mark, "byte-order-mark", about.source);
  const named = knownLabel(/charset\s*=\s*["']?([\w.:-]+)/iu.exec(about.mediaType ?? "")?.[1]);
  if (named !== null) return decodeAs(bytes, named, "media-type", about.source);
  const zeros = utf16WithoutMark(bytes);
  if (zeros !== null) return decodeAs(bytes, zeros, "guess", about.source);
  const declared = about.isMarkup ? declaredLabel(bytes) : null;
  if (declared !== null) return decodeAs(bytes, declared, "markup", about.source);
  return decodeAs(bytes, "utf-8", "valid-utf-8", about.source);
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

function knownLabel(label: string | undefined): string | null {
  if (label === undefined) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** What `<meta charset>`, `<meta http-equiv>` or the XML declaration says. UTF-16 cannot be declared in ASCII. */
function declaredLabel(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, declarationBytesMax)).toString(
    "latin1",
  );
  const found =
    /<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)/iu.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/iu.exec(head)?.[1];
  const label = knownLabel(found);
  return label?.startsWith("utf-16") === true ? "utf-8" : label;
}

/** ASCII in UTF-16 has a zero in every second byte, and text has zeros nowhere else. */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, declarationBytesMax) & ~1;
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (odd > length * 0.2 && even < length * 0.02) return "utf-16le";
  if (even > length * 0.2 && odd < length * 0.02) return "utf-16be";
  return null;
}

function decodeAs(bytes: Uint8Array, label: string, basis: KeptEncoding["basis"], source: string): DecodedText {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return { text, encoding: { label, basis, replaced: 0 } };
  } catch {
    // Some bytes are not in that encoding: how many decides.
  }
  const text = new TextDecoder(label).decode(bytes);
  const stray = countOf(text, /\ufffd/gu);
  const wellFormed = countOf(text, /[\u0080-\ufffc]/gu);
  const mended = { text, encoding: { label, basis, replaced: stray } };
  if (label !== "utf-8") {
    if (stray <= Math.max(3, text.length / 1000)) return mended;
    throw new DocumentEncodingError({ source, encoding: label, why: `${stray} places are not` });
  }
  if (wellFormed >= stray * wellFormedPerStrayMin) return mended;
  if (looksWestern(bytes)) {
    const western = new TextDecoder("windows-1252").decode(bytes);
    return { text: western, encoding: { label: "windows-1252", basis: "guess", replaced: 0 } };
  }
  throw new DocumentEncodingError({ source, encoding: label, why: `${stray} places are not` });
}

function looksWestern(bytes: Uint8Array): boolean {
  let high = 0;
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) return false;
    high++;
  }
  return high <= bytes.length * westernShareMax;
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count++;
  return count;
}
