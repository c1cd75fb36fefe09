import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { SpoorError } from "../../errors/base.ts";
import { DocumentTooLargeError, DocumentUnreadableError } from "../../errors/claims.ts";
import type { Document } from "./document.ts";
import { documentLimits } from "./limits.ts";
import { readDocument } from "./read-document.ts";

/** One file of those that were asked for. `bytes` are what `document.sha256` is of. */
export type ReadFile =
  | { readonly kind: "document"; readonly document: Document; readonly bytes: Uint8Array }
  /** The same bytes as a document before. */
  | { readonly kind: "repeat"; readonly source: string; readonly id: string }
  | { readonly kind: "skipped"; readonly source: string; readonly reason: string };

const folderDepthMax = 32;

/**
 * Reads files and folders, one document at a time, so that memory holds no more than that. A file that cannot be read
 * is set aside with its reason and the rest is read. In folders names are read in their order; links and hidden names
 * are not followed, and are set aside too.
 */
export async function* readDocumentFiles(
  paths: readonly string[],
  about: { readonly capturedAt: string },
): AsyncGenerator<ReadFile> {
  const seen = new Set<string>();
  for (const path of paths) {
    for await (const found of filesIn(path, 0)) {
      if ("reason" in found) {
        yield { kind: "skipped", ...found };
        continue;
      }
      yield await readOne(found.source, about.capturedAt, seen);
    }
  }
}

async function readOne(source: string, capturedAt: string, seen: Set<string>): Promise<ReadFile> {
  try {
    const bytes = await bytesOf(source);
    const document = await readDocument(bytes, { name: source, capturedAt });
    if (seen.has(document.sha256)) return { kind: "repeat", source, id: document.id };
    seen.add(document.sha256);
    return { kind: "document", document, bytes };
  } catch (error) {
    if (!(error instanceof SpoorError)) throw error;
    return { kind: "skipped", source, reason: error.message };
  }
}

async function bytesOf(source: string): Promise<Uint8Array> {
  const { bytesMax } = documentLimits;
  try {
    if ((await stat(source)).size <= bytesMax) return await readFile(source);
  } catch (error) {
    throw unreadable(source, error);
  }
  throw new DocumentTooLargeError({ source, limit: "bytesMax", max: bytesMax, unit: "bytes" });
}

type Found = { readonly source: string } | { readonly source: string; readonly reason: string };

async function* filesIn(path: string, depth: number): AsyncGenerator<Found> {
  const skipped = (reason: string): Found => ({ source: path, reason });
  try {
    // What a person names may be a link; what stands in a folder is not followed out of it.
    const status = depth === 0 ? await stat(path) : await lstat(path);
    if (status.isFile()) yield { source: path };
    else if (status.isSymbolicLink()) yield skipped("It is a link, which is not followed. Name what it leads to.");
    else if (!status.isDirectory()) yield skipped("It is neither a file nor a folder.");
    else if (depth > folderDepthMax)
      yield skipped(`It lies more than ${folderDepthMax} folders deep (folderDepthMax).`);
    else {
      const names = (await readdir(path)).sort();
      for (const name of names) {
        const inner = join(path, name);
        if (name.startsWith(".")) yield { source: inner, reason: "It is hidden. Name it to read it." };
        else yield* filesIn(inner, depth + 1);
      }
    }
  } catch (error) {
    yield skipped(unreadable(path, error).message);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "the permission is missing",
  EPERM: "the permission is missing",
  ENAMETOOLONG: "the name is too long",
};

function unreadable(source: string, error: unknown): DocumentUnreadableError {
  const { code, message } = error as { code?: string; message?: string };
  return new DocumentUnreadableError({ source, why: reasons[code ?? ""] ?? message ?? String(error) }, error);
}
