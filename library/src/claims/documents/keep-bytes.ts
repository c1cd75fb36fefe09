import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DocumentUnreadableError } from "../../errors/claims.ts";

/**
 * Keeps bytes in a folder under their SHA-256 (`ab/ab12…`). They are there whole or not at all, also after a loss of
 * power; bytes that are there already, and are whole, are left alone.
 * @returns the SHA-256 in hexadecimal digits
 */
export async function keepBytes(folder: string, bytes: Uint8Array): Promise<string> {
  const sha256 = sha256Of(bytes);
  const path = pathOf(folder, sha256);
  // What the disk has changed is written anew by who gives the same bytes again.
  if ((await keptBytes(folder, sha256).catch(() => null)) !== null) return sha256;
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  try {
    const file = await open(part, "w");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  const parent = await open(dirname(path), "r");
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
  return sha256;
}

/**
 * The bytes that are kept under a hash, checked against it.
 * @throws DocumentUnreadableError where they are not there, or are no longer what they were
 */
export async function keptBytes(folder: string, sha256: string): Promise<Uint8Array> {
  if (!/^[\da-f]{64}$/u.test(sha256)) throw new RangeError(`${JSON.stringify(sha256)} is no SHA-256`);
  const path = pathOf(folder, sha256);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new DocumentUnreadableError({ source: path, why: "its bytes are not kept here" }, error);
  }
  if (sha256Of(bytes) !== sha256)
    throw new DocumentUnreadableError({ source: path, why: "its bytes were changed since they were kept" });
  return bytes;
}

function pathOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
