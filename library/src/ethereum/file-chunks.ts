import { type FileHandle, open } from "node:fs/promises";
import { createGunzip } from "node:zlib";

export interface FileChunk {
  /** Stays as it is until the second chunk after it is asked for. */
  readonly bytes: Buffer;
  /** How much of the file it takes. */
  readonly packedBytes: number;
}

const gzipMagic = Buffer.of(0x1f, 0x8b);

/** A file's bytes piece by piece, unpacked where gzip packed them; while one is used the next is read. */
export async function* fileChunks(path: string, chunkBytes: number): AsyncGenerator<FileChunk> {
  await using file = await open(path);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(gzipMagic.length), 0, gzipMagic.length, 0);
  const isPacked = buffer.subarray(0, bytesRead).equals(gzipMagic);
  yield* isPacked ? unpackedChunks(file, chunkBytes) : plainChunks(file, chunkBytes);
}

/** One is with its reader, one is what the reader may still look at, and one is filled meanwhile. */
const buffersCount = 3;

/** In the same memory again and again: new memory for each piece cost as much as a fourth of parsing it. */
async function* plainChunks(file: FileHandle, chunkBytes: number): AsyncGenerator<FileChunk> {
  const buffers = Array.from({ length: buffersCount }, () => Buffer.allocUnsafeSlow(chunkBytes));
  const read = (piece: number) => file.read(buffers[piece % buffersCount]!, 0, chunkBytes, null);
  let next = read(0);
  try {
    for (let piece = 1; ; piece++) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      next = read(piece);
      yield { bytes: buffer.subarray(0, bytesRead), packedBytes: bytesRead };
    }
  } finally {
    // The file must not be closed under a read, and a reader that has gone wants nothing of how it went.
    await next.catch(() => {});
  }
}

async function* unpackedChunks(file: FileHandle, chunkBytes: number): AsyncGenerator<FileChunk> {
  const source = file.createReadStream({ highWaterMark: chunkBytes });
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  // An error of the file reaches its reader through what unpacks it; one after the reader has gone reaches nobody.
  source.on("error", (error) => gunzip.destroy(error));
  gunzip.on("error", () => {});
  let told = 0;
  try {
    for await (const bytes of source.pipe(gunzip)) {
      yield { bytes: bytes as Buffer, packedBytes: source.bytesRead - told };
      told = source.bytesRead;
    }
  } finally {
    source.destroy();
  }
}
