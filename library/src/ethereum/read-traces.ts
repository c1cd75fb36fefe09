import type { BlockTable, NotedBlocks } from "./block-table.ts";
import { FileReading, GroupReaders, type Pass } from "./file-reading.ts";
import { type FileState, fileState } from "./file-state.ts";
import { type KnownFile, listKnownFiles } from "./known-file.ts";
import { networkNamed } from "./networks.ts";
import { chunksOf, type FilesRead, noteTimes, readPass, takeBatch } from "./read-pass.ts";
import { type SkippedRow, skippedMax } from "./source.ts";
import type { EthereumTransfer } from "./transfer.ts";

export const tracePass: Pass = { kinds: new Set(["trace"]) };

/** What traces that were read by themselves tell beside their transfers. Plain data: it can be sent between threads. */
export interface TracesTold {
  /** Whether there were any. */
  readonly areThere: boolean;
  readonly traces: number;
  readonly transfers: number;
  readonly skipped: { readonly count: number; readonly listed: readonly SkippedRow[] };
  /** Of their notes (see `Seen`). */
  readonly tracesApart: number;
  readonly genesis: boolean;
  readonly blocks: NotedBlocks;
}

export interface TraceReading {
  /** To be read once. */
  readonly batches: AsyncIterable<EthereumTransfer[]>;
  /** To be asked once the batches are read. */
  told(): TracesTold;
}

/**
 * Reads the traces of files, and of the other rows only what traces need: the times of blocks. `readEthereumFiles` with
 * `tracesApart` reads the rest.
 * @throws EthereumFileError where a path does not exist
 * @throws RangeError where the network is none
 */
export async function readTraces(
  paths: readonly string[],
  options: { readonly network: string; readonly signal?: AbortSignal | undefined },
): Promise<TraceReading> {
  const network = networkNamed(options.network);
  if (network === null) throw new RangeError(`readTraces: "${options.network}" is no network`);
  const files = await listKnownFiles(paths);
  const blocks = await readBlocks(readingOf(files, options.signal, fileState(network, [])));
  const state: FileState = { ...fileState(network, []), blocks };
  return {
    batches: readTracesOf(readingOf(files, options.signal, state)),
    told: () => ({
      areThere: state.seen.kinds.has("trace"),
      traces: state.counts.traces,
      transfers: state.counts.transfers,
      skipped: { count: state.counts.skipped, listed: state.skipped },
      tracesApart: state.seen.tracesApart,
      genesis: state.seen.genesis,
      blocks: blocks.notedByTraces(),
    }),
  };
}

/** What else their rows tell, and what is wrong with them, is for whoever reads the rest. */
async function readBlocks(reading: FilesRead): Promise<BlockTable> {
  const { state } = reading;
  for await (const _ of readPass(reading, { kinds: new Set(["block"]) })) state.batch.length = 0;
  await noteTimes(reading);
  return state.blocks;
}

async function* readTracesOf(reading: FilesRead): AsyncGenerator<EthereumTransfer[]> {
  yield* readPass(reading, tracePass);
  if (reading.state.batch.length > 0) yield takeBatch(reading.state);
}

function readingOf(files: readonly KnownFile[], signal: AbortSignal | undefined, state: FileState): FilesRead {
  const progress = { bytes: 0, of: 0 };
  return { state, files, readers: new GroupReaders(state), signal, others: new Set(), progress, onProgress: undefined };
}

/** Takes over what traces told that were read by themselves. */
export function takeTraces(state: FileState, told: TracesTold): void {
  const { counts, seen, skipped, blocks } = state;
  if (told.areThere) seen.kinds.add("trace");
  seen.tracesApart += told.tracesApart;
  seen.genesis ||= told.genesis;
  counts.traces += told.traces;
  counts.transfers += told.transfers;
  counts.skipped += told.skipped.count;
  skipped.push(...told.skipped.listed.slice(0, skippedMax - skipped.length));
  blocks.takeNoted(told.blocks);
}

/** How many bytes the files have, as they stand there, that begin with traces. One that cannot be read has none. */
export async function traceBytesOf(paths: readonly string[]): Promise<number> {
  // Of which chain they are changes nothing.
  const network = networkNamed("ethereum")!;
  let bytes = 0;
  for (const file of await listKnownFiles(paths)) {
    const state = fileState(network, []);
    const reading = new FileReading(state, file, { kinds: new Set() }, new GroupReaders(state));
    for await (const chunk of chunksOf(state, file.path, undefined)) {
      reading.push(chunk.bytes);
      break;
    }
    reading.end();
    if (reading.kinds.has("trace")) bytes += file.bytes;
  }
  return bytes;
}
