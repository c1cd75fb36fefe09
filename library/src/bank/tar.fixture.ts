import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The files of a .tgz by their paths (POSIX ustar: headers of 512 bytes, the size in octal at 124, content padded). */
export function readTgz(path: string): Map<string, Uint8Array> {
  const bytes = gunzipSync(readFileSync(path));
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const name = bytes.toString("latin1", at, at + 100).split("\0", 1)[0]!;
    const size = Number.parseInt(bytes.toString("latin1", at + 124, at + 136), 8);
    if (bytes[at + 156] === 0x30) files.set(name, bytes.subarray(at + 512, at + 512 + size));
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return files;
}
