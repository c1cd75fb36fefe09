import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Files in the order of the paths; a folder's by name, those of its folders included, hidden ones left out.
 * @param filesMax turns a whole disk, given by mistake, into an error
 * @param refuse makes the error that is thrown where a path cannot be read, or there are more files: a clause says why
 */
export async function listFiles(
  paths: readonly string[],
  filesMax: number,
  refuse: (data: { file: string; why: string }, cause?: unknown) => Error,
): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  const waiting = paths.toReversed();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    try {
      const info = await stat(path);
      if (!info.isDirectory()) files.push({ path, bytes: info.size });
      else {
        const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith("."));
        const names = entries.filter((entry) => entry.isFile() || entry.isDirectory()).map(({ name }) => name);
        for (const name of names.sort().reverse()) waiting.push(join(path, name));
      }
    } catch (error) {
      throw refuse({ file: path, why: reasonOf(error) }, error);
    }
    if (files.length + waiting.length > filesMax) {
      throw refuse({ file: path, why: `there are more than ${filesMax} files` });
    }
  }
  return files;
}

/** Why a file cannot be read, as a clause. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "reading it is not permitted";
  return error instanceof Error ? error.message : String(error);
}
