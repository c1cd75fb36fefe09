import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { fileChunks } from "./file-chunks.ts";

const dir = mkdtempSync(join(tmpdir(), "spoor-chunks-"));
afterAll(() => rmSync(dir, { recursive: true }));
const path = join(dir, "bytes");

test("pieces are the file's bytes, packed or not, and each still stands when the next one is there", async () => {
  const content = fc.uint8Array({ maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(content, fc.integer({ min: 64, max: 100 }), fc.boolean(), async (bytes, chunkBytes, isPacked) => {
      const stored = isPacked ? gzipSync(bytes) : bytes;
      writeFileSync(path, stored);
      const copies: Buffer[] = [];
      let before: Buffer | null = null;
      let packed = 0;
      for await (const chunk of fileChunks(path, chunkBytes)) {
        // By now the next one is being read.
        await new Promise((resolve) => setImmediate(resolve));
        if (before !== null) expect(before).toEqual(copies.at(-1));
        copies.push(Buffer.from(chunk.bytes));
        before = chunk.bytes;
        packed += chunk.packedBytes;
      }
      expect(Buffer.concat(copies)).toEqual(Buffer.from(bytes));
      if (copies.length > 0) expect(packed).toBe(stored.length);
    }),
    { numRuns: 60 },
  );
});

const openFiles = "/proc/self/fd";

test.skipIf(!existsSync(openFiles)).each([
  ["plain", Buffer.alloc(10_000, 7)],
  ["packed", gzipSync(Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * i) >> 3)))],
])("who stops early leaves nothing open: %s", async (_, bytes) => {
  writeFileSync(path, bytes);
  const opened = () => readdirSync(openFiles).filter((fd) => targetOf(join(openFiles, fd)) === path).length;
  for await (const _chunk of fileChunks(path, 64)) {
    expect(opened()).toBe(1);
    break;
  }
  expect(opened()).toBe(0);
});

function targetOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    // What was listed may be closed by now.
    return null;
  }
}

test("what is packed and breaks off gives what came before, then says so", async () => {
  const whole = Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * i) >> 3));
  writeFileSync(path, gzipSync(whole).subarray(0, 900));
  const pieces: Buffer[] = [];
  const reading = async () => {
    for await (const { bytes } of fileChunks(path, 64)) pieces.push(Buffer.from(bytes));
  };
  await expect(reading()).rejects.toThrow("unexpected end of file");
  const came = Buffer.concat(pieces);
  expect(came.length).toBeGreaterThan(0);
  expect(came).toEqual(whole.subarray(0, came.length));
});
