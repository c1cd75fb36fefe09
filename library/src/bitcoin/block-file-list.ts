import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { NoBlockFilesError } from "../errors/bitcoin.ts";
import type { Network } from "./networks.ts";

const blockFileName = /^blk(\d{5,})\.dat$/u;

/**
 * The block files at a path, in the order of their numbers: the path itself where it is a file, else what stands in
 * the folder, in its `blocks`, or in the `blocks` of the network's data folder.
 *
 * @throws NoBlockFilesError
 */
export async function listBlockFiles(path: string, network: Network | null): Promise<string[]> {
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    found = await stat(path);
  } catch (error) {
    throw new NoBlockFilesError({ path, why: (error as Error).message });
  }
  if (!found.isDirectory()) return [path];
  const folders = [path, join(path, "blocks")];
  if (network !== null && network.dataFolder !== "") folders.push(join(path, network.dataFolder, "blocks"));
  for (const folder of folders) {
    const files = await blockFilesIn(folder);
    if (files.length > 0) return files;
  }
  throw new NoBlockFilesError({ path, why: "the folder has no file named blk00000.dat or the like" });
}

async function blockFilesIn(folder: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    // A folder that a node of another version or network would have.
    return [];
  }
  const numbered = names.flatMap((name) => {
    const number = blockFileName.exec(name)?.[1];
    return number === undefined ? [] : [{ name, number: Number(number) }];
  });
  return numbered.sort((a, b) => a.number - b.number).map(({ name }) => join(folder, name));
}
