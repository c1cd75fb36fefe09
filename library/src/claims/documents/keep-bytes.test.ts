import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DocumentUnreadableError } from "../../errors/claims.ts";
import { keepBytes, keptBytes } from "./keep-bytes.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-kept-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what is kept comes back, and the same bytes are kept once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), async (bytes) => {
      const sha256 = await keepBytes(folder, bytes);
      expect(await keepBytes(folder, bytes)).toBe(sha256);
      expect(await keptBytes(folder, sha256)).toEqual(Buffer.from(bytes));
    }),
    { seed: 9, numRuns: 20 },
  );
  const names = readdirSync(folder, { recursive: true }).map(String);
  expect(names.filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("the SHA-256 of abc is that of FIPS 180-4", async () => {
  const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(await keepBytes(folder, Buffer.from("abc"))).toBe(sha256);
});

test("bytes that were changed, or are not there, are not handed out", async () => {
  const sha256 = await keepBytes(folder, Buffer.from("abc"));
  writeFileSync(join(folder, "ba", sha256), "abd");
  await expect(keptBytes(folder, sha256)).rejects.toThrow(DocumentUnreadableError);
  await expect(keptBytes(folder, "0".repeat(64))).rejects.toThrow(/not kept here/u);
  await expect(keptBytes(folder, "../../secret")).rejects.toThrow(RangeError);
});

test.each(["a", "abd"])("a file that was changed to %j is written anew", async (changed) => {
  const sha256 = await keepBytes(folder, Buffer.from("abc"));
  writeFileSync(join(folder, "ba", sha256), changed);
  await keepBytes(folder, Buffer.from("abc"));
  expect(await keptBytes(folder, sha256)).toEqual(Buffer.from("abc"));
});
