import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { RegisterFileError } from "../errors/registers.ts";

/**
 * Reads files, and of folders those whose name ends in one of `endings`, in the order of their names.
 * @throws RegisterFileError
 */
export async function registerFilesIn(
  paths: readonly string[],
  endings: readonly string[],
): Promise<{ name: string; bytes: Uint8Array }[]> {
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const path of paths)
    for (const name of await namesIn(path, endings)) files.push({ name, bytes: await bytesOf(name) });
  return files;
}

async function namesIn(path: string, endings: readonly string[]): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).sort();
    const wanted = (name: string) => !name.startsWith(".") && endings.some((ending) => name.endsWith(ending));
    return names.filter(wanted).map((name) => join(path, name));
  } catch (error) {
    throw fileError(path, error);
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw fileError(file, error);
  }
}

function fileError(file: string, error: unknown): RegisterFileError {
  const { code, message } = error as { code?: string; message?: string };
  const why = code === "ENOENT" ? "there is no such file" : (message ?? String(error));
  return new RegisterFileError({ file, why }, error);
}
