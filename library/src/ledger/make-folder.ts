import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it. Node's own recursive `mkdir` never returns where the system answers that the
 * parent is absent though it is there, as Linux does below /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    // Somebody else made it meanwhile; a file in its place is told by whoever uses it.
    if (error.code !== "EEXIST") throw error;
  });
}
