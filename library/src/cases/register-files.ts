import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { SpoorError } from "../errors/base.ts";
import { RegisterFileError, RegisterTooLargeError } from "../errors/registers.ts";
import { registerLimits } from "../registers/index.ts";

export interface RegisterFileRead {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** False where a folder was named that it stands in. */
  readonly isNamed: boolean;
}

/**
 * Reads files, and of folders those whose name ends in one of `endings`, in the order of their names.
 * @throws RegisterFileError, RegisterTooLargeError
 */
export async function registerFilesIn(
  paths: readonly string[],
  endings: readonly string[],
): Promise<RegisterFileRead[]> {
  const files: RegisterFileRead[] = [];
  for (const path of paths) {
    for (const name of await namesIn(path, endings))
      files.push({ name, bytes: await bytesOf(name), isNamed: name === path });
  }
  return files;
}

async function namesIn(path: string, endings: readonly string[]): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { withFileTypes: true });
    const wanted = ({ name }: { name: string }) =>
      !name.startsWith(".") && endings.some((ending) => name.endsWith(ending));
    const files = entries.filter((entry) => wanted(entry) && !entry.isDirectory());
    return files.map(({ name }) => join(path, name)).sort();
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Devices have no end, and no size to be refused by. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const { bytesMax: max } = registerLimits;
  try {
    const status = await stat(file);
    if (!status.isFile()) throw new RegisterFileError({ file, why: "it is neither a file nor a folder" });
    if (status.size > max) throw new RegisterTooLargeError({ file, limit: "bytesMax", max, unit: "bytes" });
    return await readFile(file);
  } catch (error) {
    throw error instanceof SpoorError ? error : fileError(file, error);
  }
}

function fileError(file: string, error: unknown): RegisterFileError {
  const { code, message } = error as { code?: string; message?: string };
  const why = code === "ENOENT" ? "there is no such file" : (message ?? String(error));
  return new RegisterFileError({ file, why }, error);
}
