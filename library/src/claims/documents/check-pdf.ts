import { inflateSync } from "node:zlib";
import { DocumentTooLargeError } from "../../errors/claims.ts";
import { documentLimits } from "./limits.ts";

const start = Buffer.from("stream");
const end = Buffer.from("endstream");
/** Streams packed several times over are how small files become very large. */
const layersMax = 3;

/**
 * Unpacks every deflated stream of a PDF against one budget, before a parser that has none sees it. Streams that are
 * damaged, or packed another way (those grow far less), are left to the parser.
 * @throws DocumentTooLargeError
 */
export function checkPdf(bytes: Uint8Array, source: string): void {
  const { pdfUnpackedBytesMax: max } = documentLimits;
  const refuse = (): never => {
    throw new DocumentTooLargeError({ source, limit: "pdfUnpackedBytesMax", max, unit: "bytes when unpacked" });
  };
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let left = max;
  for (let at = file.indexOf(start); at >= 0; at = file.indexOf(start, at)) {
    at += start.length;
    if (file[at] === 0x0d) at++;
    if (file[at] === 0x0a) at++;
    const to = file.indexOf(end, at);
    let packed: Buffer = file.subarray(at, to < 0 ? file.length : to);
    for (let layer = 0; layer < layersMax && looksDeflated(packed); layer++) {
      const unpacked = inflate(packed, left + 1);
      if (unpacked === "too large" || (unpacked !== null && unpacked.length > left)) refuse();
      if (unpacked === null || unpacked === "too large") break;
      left -= unpacked.length;
      packed = unpacked;
    }
    if (to < 0) return;
    at = to + end.length;
  }
}

/** RFC 1950: method 8, and a header that is a multiple of 31. */
function looksDeflated(bytes: Buffer): boolean {
  return bytes.length > 2 && ((bytes[0] as number) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

function inflate(bytes: Buffer, max: number): Buffer | "too large" | null {
  try {
    return inflateSync(bytes, { maxOutputLength: Math.max(1, max), finishFlush: 2 });
  } catch (error) {
    return (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? "too large" : null;
  }
}
