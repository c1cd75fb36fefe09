import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CacheFolderError } from "../errors/bitcoin-sources.ts";

export interface CachedAnswer {
  readonly body: Uint8Array;
  /** Of the body, hex. */
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
}

export interface ResponseCache {
  /** The last answer to a URL; null where there is none, or where it is damaged. */
  get(url: string): Promise<CachedAnswer | null>;
  /** @throws CacheFolderError */
  put(url: string, body: Uint8Array, fetchedAt: number): Promise<CachedAnswer>;
}

/**
 * Answers of a server on disk: each body as it came, under its SHA-256 (so that what was derived from it can be held
 * against it), and for each URL which body was the last and when. Bodies are never removed or changed. Every file is
 * written beside and moved into place, so a crash leaves whole files only, and two processes may share a folder.
 *
 *     bodies/1f/1f0c…       the bytes
 *     urls/9a/9a44….json    {"url", "sha256", "fetchedAt"}, under the SHA-256 of the URL
 */
export function openResponseCache(folder: string): ResponseCache {
  const pathOf = (kind: "bodies" | "urls", name: string) => join(folder, kind, name.slice(0, 2), name);
  const urlPath = (url: string) => `${pathOf("urls", sha256Of(Buffer.from(url)))}.json`;
  return {
    get: async (url) => {
      const entry = await readFile(urlPath(url), "utf8").then(parseEntry, () => null);
      if (entry === null || entry.url !== url) return null;
      const body = await readFile(pathOf("bodies", entry.sha256)).catch(() => null);
      if (body === null || sha256Of(body) !== entry.sha256) return null;
      return { body, sha256: entry.sha256, fetchedAt: entry.fetchedAt };
    },
    put: async (url, body, fetchedAt) => {
      const sha256 = sha256Of(body);
      try {
        await writeWhole(pathOf("bodies", sha256), body);
        await writeWhole(urlPath(url), JSON.stringify({ url, sha256, fetchedAt }));
      } catch (error) {
        throw new CacheFolderError({ folder, why: error instanceof Error ? error.message : String(error) }, error);
      }
      return { body, sha256, fetchedAt };
    },
  };
}

/** The same without a disk: nothing is found again. */
export const noCache: ResponseCache = {
  get: async () => null,
  put: async (_url, body, fetchedAt) => ({ body, sha256: sha256Of(body), fetchedAt }),
};

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function parseEntry(text: string): { url: string; sha256: string; fetchedAt: number } | null {
  try {
    const { url, sha256, fetchedAt } = JSON.parse(text) as Record<string, unknown>;
    if (typeof url !== "string" || typeof sha256 !== "string" || typeof fetchedAt !== "number") return null;
    return /^[0-9a-f]{64}$/u.test(sha256) ? { url, sha256, fetchedAt } : null;
  } catch {
    return null;
  }
}

async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, content, { flush: true });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
