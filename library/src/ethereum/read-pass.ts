import { type FileChunk, fileChunks } from "./file-chunks.ts";
import { FileReading, GroupReaders, type Pass } from "./file-reading.ts";
import { type FileState, fileState, setAside } from "./file-state.ts";
import type { KnownFile } from "./known-file.ts";
import type { RowKind } from "./row-kind.ts";
import type { EthereumTransfer } from "./transfer.ts";

const chunkBytes = 1 << 20;
/** Transfers that are given on at once, about. */
const batchSize = 1024;

/** Files that are gone over several times. */
export interface FilesRead {
  readonly state: FileState;
  readonly files: readonly KnownFile[];
  readonly readers: GroupReaders;
  readonly signal: AbortSignal | undefined;
  /** Kinds of rows that no pass reads here. */
  readonly others: ReadonlySet<RowKind>;
  readonly progress: { bytes: number; of: number };
  readonly onProgress: ((done: { bytes: number; of: number }) => void) | undefined;
}

/** Goes over all files once. What is read last may still be in the state's batch. */
export async function* readPass(
  { state, files, readers, signal, others, progress, onProgress }: FilesRead,
  pass: Pass,
): AsyncGenerator<EthereumTransfer[]> {
  for (const file of files) {
    // A CSV file has one kind of rows, which its header tells: it is read past that in that kind's pass only.
    if (file.kinds !== null && pass.kinds.isDisjointFrom(file.kinds)) continue;
    if (pass.untimedLogs === "read" && file.logsLeft === null) continue;
    const reading = new FileReading(state, file, pass, readers);
    const end = progress.bytes + file.bytes;
    for await (const chunk of chunksOf(state, file.path, signal)) {
      reading.push(chunk.bytes);
      progress.bytes += chunk.packedBytes;
      onProgress?.({ bytes: progress.bytes, of: Math.max(progress.of, progress.bytes) });
      if (reading.isOfNoUse) break;
      if (state.batch.length >= batchSize) yield takeBatch(state);
    }
    reading.end();
    // What is read again in a later pass is counted again.
    const left = reading.kinds.difference(pass.kinds).difference(others);
    if ((file.kinds === null && left.size > 0) || reading.logsLeft !== null) progress.of += file.bytes;
    progress.bytes = end;
    file.kinds ??= reading.kinds;
    if (pass.untimedLogs === "left") file.logsLeft = reading.logsLeft;
  }
}

const timesPass: Pass = { kinds: new Set(["transaction"]), timesOnly: true };

/** Where no blocks are among the files, transactions tell when they were made; traces and logs may not. */
export async function noteTimes(reading: FilesRead): Promise<void> {
  const { blocks, network } = reading.state;
  if (blocks.known > 0) return;
  // What else is in the rows, and what is wrong with them, is told when they are read for what they move.
  const state = { ...fileState(network, []), blocks };
  const progress = { bytes: 0, of: 0 };
  const readers = new GroupReaders(state);
  await Array.fromAsync(readPass({ ...reading, state, readers, progress, onProgress: undefined }, timesPass));
}

export function takeBatch(state: FileState): EthereumTransfer[] {
  const { batch } = state;
  state.batch = [];
  state.counts.transfers += batch.length;
  return batch;
}

/** Where a file breaks off, that is set aside and what came is kept. */
export async function* chunksOf(
  state: FileState,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<FileChunk> {
  let offset = 0;
  try {
    for await (const chunk of fileChunks(path, chunkBytes)) {
      signal?.throwIfAborted();
      offset += chunk.bytes.length;
      yield chunk;
    }
  } catch (error) {
    signal?.throwIfAborted();
    const reason = `it cannot be read on: ${error instanceof Error ? error.message : String(error)}`;
    setAside(state, path, offset === 0 ? null : { number: 0, offset }, reason);
  }
}
