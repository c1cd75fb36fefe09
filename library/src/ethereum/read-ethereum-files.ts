import { factsOfFiles, missingOfFiles } from "./file-facts.ts";
import { GroupReaders, type Pass } from "./file-reading.ts";
import { type FileState, fileState } from "./file-state.ts";
import { type KnownFile, listKnownFiles } from "./known-file.ts";
import { networkNamed } from "./networks.ts";
import { type FilesRead, noteTimes, readPass, takeBatch } from "./read-pass.ts";
import { type TracesTold, takeTraces, tracePass } from "./read-traces.ts";
import type { RowKind } from "./row-kind.ts";
import type { EthereumSource } from "./source.ts";
import type { EthereumTransfer } from "./transfer.ts";

export interface EthereumFileOptions {
  /** `ethereum` (the default) or `eip155:N`: files do not say of which chain they are. */
  readonly network?: string;
  /** Further contracts that wrap the native asset one to one, beside those known. */
  readonly wrapped?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Called now and then: bytes read so far, of all that will be read. */
  readonly onProgress?: (done: { bytes: number; of: number }) => void;
  /**
   * Where the traces in the files are read by themselves (`readTraces`), in another thread perhaps: waits for that and
   * tells what came of it. They are left out here.
   */
  readonly tracesApart?: () => Promise<TracesTold>;
}

const logKinds: ReadonlySet<RowKind> = new Set(["log"]);

/** Rows that others need come first; logs that need nothing of traces before these, which another thread may read. */
const passes: readonly Pass[] = [
  { kinds: new Set(["block", "token", "contract", "receipt"]), isFirst: true },
  { kinds: logKinds, untimedLogs: "left" },
  tracePass,
  { kinds: new Set(["transaction"]) },
  { kinds: logKinds, untimedLogs: "read" },
  { kinds: new Set(["token_transfer"]) },
  {
    kinds: new Set(["explorer_normal", "explorer_internal", "explorer_token", "explorer_thing", "explorer_withdrawal"]),
  },
  { kinds: new Set(["edge"]) },
];

/**
 * Reads transfers from files: ethereum-etl's and GraphSense's exports (blocks, transactions, receipts, logs, token
 * transfers, traces, tokens, contracts; CSV, JSON lines, lists of JSON), Etherscan's CSV exports, and plain lists of
 * transfers. Each file is known by its columns; the order of the files does not matter; gzip is unpacked; a folder
 * means all files in it. Read as a stream: what stays in memory is a few bytes a block, and receipts that stand in
 * files of their own. A row that cannot be used is set aside with its place and the reason.
 *
 * @throws EthereumFileError where a path does not exist; while the batches are read also EthereumLimitError
 * @throws RangeError where the network is none
 */
export async function readEthereumFiles(
  paths: readonly string[],
  options: EthereumFileOptions = {},
): Promise<EthereumSource> {
  const network = networkNamed(options.network ?? "ethereum");
  if (network === null) throw new RangeError(`readEthereumFiles: "${options.network}" is no network`);
  const files = await listKnownFiles(paths);
  const state = fileState(network, options.wrapped ?? []);
  return {
    network: network.name,
    get partial() {
      return missingOfFiles(state).partial;
    },
    get missing() {
      return missingOfFiles(state).missing;
    },
    batches: readFiles(state, files, options),
    facts: async () => factsOfFiles(state),
    counts: state.counts,
    skipped: state.skipped,
    close: async () => {},
  };
}

async function* readFiles(
  state: FileState,
  files: readonly KnownFile[],
  { signal, onProgress, tracesApart }: EthereumFileOptions,
): AsyncGenerator<EthereumTransfer[]> {
  const reading: FilesRead = {
    state,
    files,
    readers: new GroupReaders(state),
    signal,
    others: tracesApart === undefined ? new Set() : tracePass.kinds,
    progress: { bytes: 0, of: files.reduce((sum, { bytes }) => sum + bytes, 0) },
    onProgress,
  };
  for (const pass of passes) {
    if (pass !== tracePass || tracesApart === undefined) yield* readPass(reading, pass);
    else takeTraces(state, await tracesApart());
    if (pass.isFirst === true) await noteTimes(reading);
  }
  if (state.batch.length > 0) yield takeBatch(state);
}
