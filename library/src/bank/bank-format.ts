import { builtInMapping } from "./csv/csv-built-in.ts";

/** How a file of bank messages is written. */
export type BankFormat = "iso20022" | "mt" | "csv";

/** Bytes from which the format is told. */
export const sniffedBytes = 1 << 16;

/** The first lines of a file in which an MT's first field stands, after what banks put before it. */
const preambleCharacters = 4000;

/**
 * Tells the format of a file by how it begins.
 *
 * @param first its first bytes, up to {@link sniffedBytes}
 * @param hasMapping what is neither XML nor MT may then be CSV
 * @returns `reason`: a clause that says why it is none
 */
export function bankFormat(
  first: Uint8Array,
  hasMapping: boolean,
): { readonly format: BankFormat } | { readonly format: null; readonly reason: string } {
  const none = (reason: string) => ({ format: null, reason });
  const [a, b, c, d] = first;
  if (a === undefined) return none("it is empty");
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return none("it is a ZIP archive; unpack it first");
  const text = textOf(first);
  if (text.startsWith("<")) return { format: "iso20022" };
  const start = text.slice(0, preambleCharacters);
  if (/^[$\s]*\{[1-5]:/u.test(start) || /(?:^|\n):(?:20|13D|25P?|28C?):/u.test(start)) return { format: "mt" };
  if (/<(?:\?xml|(?:[\w.-]{1,40}:)?(?:Document|AppHdr))[\s/>]/u.test(text)) return { format: "iso20022" };
  const [line = ""] = text.split("\n", 1);
  if (hasMapping || builtInMapping(line) !== null) return { format: "csv" };
  return none("it is neither ISO 20022 XML nor SWIFT MT; a CSV needs a mapping");
}

function textOf(first: Uint8Array): string {
  const bytes = Buffer.from(first.buffer, first.byteOffset, Math.min(first.length, sniffedBytes));
  const text = decoded(bytes);
  let start = 0;
  // White space, a byte order mark, and the SOH before a message in DOS-PCC.
  while (start < text.length && (text.charCodeAt(start) <= 32 || text[start] === "\ufeff")) start++;
  return text.slice(start);
}

function decoded(bytes: Buffer): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return bytes.toString("utf16le");
  const isBigEndian = (a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c);
  if (isBigEndian)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString("utf16le");
  const text = bytes.toString("latin1");
  return text.startsWith("\u00ef\u00bb\u00bf") ? text.slice(3) : text;
}
