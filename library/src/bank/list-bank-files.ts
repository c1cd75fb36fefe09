import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { BankFileError } from "../errors/bank.ts";

// Turns a whole disk, given by mistake, into an error.
const filesMax = 1_000_000;

/**
 * Files in the order of the paths; a folder's by name, those of its folders included, hidden ones left out.
 * @throws BankFileError where a path cannot be read, or there are more than a million files
 */
export async function listBankFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  const waiting = paths.toReversed();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    try {
      if (!(await stat(path)).isDirectory()) files.push(path);
      else {
        const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith("."));
        const names = entries.filter((entry) => entry.isFile() || entry.isDirectory()).map(({ name }) => name);
        for (const name of names.sort().reverse()) waiting.push(join(path, name));
      }
    } catch (error) {
      throw new BankFileError({ file: path, why: reasonOf(error) }, error);
    }
    if (files.length + waiting.length > filesMax) {
      throw new BankFileError({ file: path, why: `there are more than ${filesMax} files` });
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
