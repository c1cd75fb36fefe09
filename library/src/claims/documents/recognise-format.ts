import { DocumentBinaryError, DocumentMediaTypeError } from "../../errors/claims.ts";
import type { DocumentFormat } from "./document.ts";

// How files begin that people take for documents; the rest is found by its zeros.
const signatures: readonly (readonly [string, string])[] = [
  ["504b0304", "a ZIP archive (as Word, Excel and EPUB files are)"],
  ["d0cf11e0a1b11ae1", "an old Word or Excel file"],
  ["7b5c727466", "a Rich Text file"],
  ["89504e47", "a PNG picture"],
  ["ffd8ff", "a JPEG picture"],
  ["47494638", "a GIF picture"],
  ["52494646", "a WebP picture or a sound file"],
  ["49492a00", "a TIFF picture"],
  ["4d4d002a", "a TIFF picture"],
  ["1f8b", "a gzip archive"],
  ["fd377a585a00", "an xz archive"],
  ["28b52ffd", "a Zstandard archive"],
  ["377abcaf271c", "a 7-Zip archive"],
  ["7f454c46", "a program (ELF)"],
  ["cafebabe", "a program (Mach-O or Java)"],
  ["53514c69746520666f726d61742033", "an SQLite database"],
  ["25215053", "PostScript"],
];

/** PDF readers look for the header in the first 1024 bytes. */
const pdfHeaderBytesMax = 1024;

/**
 * What a document is: what the bytes show is preferred to the media type, and that to the name's ending.
 * @throws DocumentBinaryError, DocumentMediaTypeError
 */
export function recogniseFormat(
  bytes: Uint8Array,
  about: { source: string; mediaType: string | null },
): DocumentFormat {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, pdfHeaderBytesMax));
  if (head.includes("%PDF-")) return "pdf";
  const hex = head.subarray(0, 16).toString("hex");
  const signature = signatures.find(([start]) => hex.startsWith(start));
  if (signature !== undefined) throw new DocumentBinaryError({ source: about.source, looksLike: signature[1] });
  const mediaType = (about.mediaType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (mediaType === "text/html" || mediaType === "application/xhtml+xml") return "html";
  if (mediaType === "text/markdown" || mediaType === "text/x-markdown") return "markdown";
  if (mediaType === "application/pdf")
    throw new DocumentBinaryError({ source: about.source, looksLike: "no PDF, though it is called one" });
  if (mediaType.startsWith("text/") && mediaType !== "text/plain") return "text";
  if (mediaType !== "" && mediaType !== "text/plain" && mediaType !== "application/octet-stream")
    throw new DocumentMediaTypeError({ source: about.source, mediaType });
  return ofName(about.source) ?? (looksLikeHtml(head) ? "html" : "text");
}

function ofName(source: string): DocumentFormat | null {
  const ending = /\.(\w+)(?:[?#].*)?$/u.exec(source)?.[1]?.toLowerCase() ?? "";
  if (ending === "html" || ending === "htm" || ending === "xhtml") return "html";
  if (ending === "md" || ending === "markdown") return "markdown";
  return null;
}

function looksLikeHtml(head: Buffer): boolean {
  const label = head[0] === 0xff || head[0] === 0xfe || head[0] === 0 || head[1] === 0 ? "utf-16" : "latin1";
  const text = (
    label === "latin1" ? head.toString("latin1") : head.toString("latin1").replaceAll("\0", "")
  ).trimStart();
  const before = /^[\xef\xbb\xbf\xff\xfe\s]*(?:<!--[\s\S]{0,500}?-->\s*|<\?xml[^>]*>\s*)?/iu.exec(text)?.[0] ?? "";
  return /^<(?:!doctype html|html|head|body|title|meta|article)\b/iu.test(text.slice(before.length));
}
