import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { EthereumFileError } from "../errors/ethereum.ts";
import type { RowKind } from "./row-kind.ts";

export interface KnownFile {
  readonly path: string;
  readonly bytes: number;
  /** Kinds of rows in it; null before it was looked at. */
  kinds: ReadonlySet<RowKind> | null;
  /** The first of its logs that are left for later, by its row; null: none are. */
  logsLeft: number | null;
}

// Turns a whole disk, given by mistake, into an error.
const filesMax = 100_000;

/** Files in the order of the paths; a folder's by name, those of its folders included, hidden ones left out. */
export async function listFiles(paths: readonly string[]): Promise<KnownFile[]> {
  const files: KnownFile[] = [];
  const waiting = paths.toReversed();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    try {
      const info = await stat(path);
      if (info.isDirectory()) {
        const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith("."));
        const names = entries.filter((entry) => entry.isFile() || entry.isDirectory()).map(({ name }) => name);
        for (const name of names.sort().reverse()) waiting.push(join(path, name));
      } else {
        files.push({ path, bytes: info.size, kinds: null, logsLeft: null });
      }
    } catch (error) {
      throw new EthereumFileError({ file: path, why: reasonOf(error) }, error);
    }
    if (files.length + waiting.length > filesMax) {
      throw new EthereumFileError({ file: path, why: `there are more than ${filesMax} files` });
    }
  }
  return files;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "reading it is not permitted";
  return error instanceof Error ? error.message : String(error);
}
