import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BlockFileReadError, XorKeyError } from "../errors/bitcoin.ts";

/** No key: files as Bitcoin Core wrote them before version 28, or with -blocksxor=0. */
export const noXorKey: Uint8Array = new Uint8Array(0);

const keySize = 8;

/**
 * The key that stands in xor.dat beside a block file: each byte of the folder's files is XORed with the key's byte at
 * its place in the file modulo 8.
 *
 * @returns empty where there is no such file, or its key is all zeros
 * @throws XorKeyError, BlockFileReadError
 */
export async function readXorKey(blockFile: string): Promise<Uint8Array> {
  const file = join(dirname(blockFile), "xor.dat");
  let key: Uint8Array;
  try {
    key = new Uint8Array(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return noXorKey;
    throw new BlockFileReadError({ file, offset: 0, why: (error as Error).message }, error);
  }
  if (key.length !== keySize) throw new XorKeyError({ file, size: key.length });
  return key.some((byte) => byte !== 0) ? key : noXorKey;
}

/** XORs bytes that stand at `offset` of a file with its key: hidden bytes become clear, and clear ones hidden. */
export function applyXorKey(bytes: Uint8Array, offset: number, key: Uint8Array): void {
  if (key.length === 0) return;
  let at = 0;
  if (bytes.byteOffset % 4 === 0) {
    // Four at a time: the key, turned to where the bytes begin, is two words.
    const turned = Uint8Array.from({ length: keySize }, (_, i) => key[(offset + i) % keySize]!);
    const pair = new Uint32Array(turned.buffer);
    const even = pair[0]!;
    const odd = pair[1]!;
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, (bytes.length >>> 3) << 1);
    for (let word = 0; word < words.length; word += 2) {
      words[word]! ^= even;
      words[word + 1]! ^= odd;
    }
    at = 4 * words.length;
  }
  for (; at < bytes.length; at++) bytes[at]! ^= key[(offset + at) % keySize]!;
}
