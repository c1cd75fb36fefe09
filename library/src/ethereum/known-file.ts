import { EthereumFileError } from "../errors/ethereum.ts";
import { listFiles } from "../files/list-files.ts";
import type { RowKind } from "./row-kind.ts";

export interface KnownFile {
  readonly path: string;
  readonly bytes: number;
  /** Kinds of rows in it; null before it was looked at. */
  kinds: ReadonlySet<RowKind> | null;
  /** The first of its logs that are left for later, by its row; null: none are. */
  logsLeft: number | null;
}

const filesMax = 100_000;

/** The files of paths, none of them looked at. @throws EthereumFileError */
export async function listKnownFiles(paths: readonly string[]): Promise<KnownFile[]> {
  const files = await listFiles(paths, filesMax, (data, cause) => new EthereumFileError(data, cause));
  return files.map((file) => ({ ...file, kinds: null, logsLeft: null }));
}
