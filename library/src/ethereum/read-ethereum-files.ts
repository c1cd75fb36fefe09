import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { EthereumFileError, EthereumRefusedError } from "../errors/ethereum.ts";
import {
  LogGroups,
  readBlockRow,
  readContractRow,
  readReceiptRow,
  readTokenRow,
  readTokenTransferRow,
  readTransactionRow,
} from "./chain-rows.ts";
import { CsvSplitter } from "./csv-splitter.ts";
import { EdgeRows } from "./edge-rows.ts";
import { ExplorerRows } from "./explorer-rows.ts";
import { type FileChunk, fileChunks } from "./file-chunks.ts";
import { factsOfFiles, missingOfFiles } from "./file-facts.ts";
import { type FileState, fileState, setAside } from "./file-state.ts";
import { JsonRows } from "./json-rows.ts";
import { networkNamed } from "./networks.ts";
import type { Row, RowSplitter } from "./row.ts";
import { type RowKind, recognise } from "./row-kind.ts";
import type { EthereumSource } from "./source.ts";
import { TraceGroups } from "./trace-groups.ts";
import type { EthereumTransfer } from "./transfer.ts";

export interface EthereumFileOptions {
  /** `ethereum` (the default) or `eip155:N`: files do not say of which chain they are. */
  readonly network?: string;
  /** Further contracts that wrap the native asset one to one, beside those known. */
  readonly wrapped?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Called now and then: bytes read so far, of all that will be read. */
  readonly onProgress?: (done: { bytes: number; of: number }) => void;
}

// Turns a whole disk, given by mistake, into an error.
const filesMax = 100_000;
const chunkBytes = 1 << 20;
/** Transfers that are given on at once, about. */
const batchSize = 8192;

/** Rows that others need come first. */
const passes: readonly ReadonlySet<RowKind>[] = [
  new Set(["block", "token", "contract", "receipt"]),
  new Set(["trace"]),
  new Set(["transaction"]),
  new Set(["log"]),
  new Set(["token_transfer"]),
  new Set(["explorer_normal", "explorer_internal", "explorer_token", "explorer_thing", "explorer_withdrawal"]),
  new Set(["edge"]),
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
  const files = await listFiles(paths);
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

interface KnownFile {
  readonly path: string;
  readonly bytes: number;
  /** Kinds of rows in it; null before it was looked at. */
  kinds: Set<RowKind> | null;
}

async function* readFiles(
  state: FileState,
  files: readonly KnownFile[],
  options: EthereumFileOptions,
): AsyncGenerator<EthereumTransfer[]> {
  const progress = { bytes: 0, of: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  const readers: Readers = {
    logs: new LogGroups(state),
    explorer: new ExplorerRows(state),
    edges: new EdgeRows(state),
  };
  for (const pass of passes) {
    for (const file of files) {
      // A CSV file has one kind of rows, which its header tells: it is read past that in that kind's pass only.
      if (file.kinds !== null && pass.isDisjointFrom(file.kinds)) continue;
      const reading = new FileReading(state, file.path, pass, readers);
      const end = progress.bytes + file.bytes;
      for await (const chunk of chunksOf(state, file.path, options.signal)) {
        reading.push(chunk.bytes);
        progress.bytes += chunk.packedBytes;
        options.onProgress?.({ bytes: progress.bytes, of: Math.max(progress.of, progress.bytes) });
        if (reading.isOfNoUse) break;
        if (state.batch.length >= batchSize) yield takeBatch(state);
      }
      reading.end();
      // What is read again in a later pass is counted again.
      const isToBeReadAgain = file.kinds === null && !reading.kinds.isSubsetOf(pass);
      if (isToBeReadAgain) progress.of += file.bytes;
      progress.bytes = end;
      file.kinds ??= reading.kinds;
    }
  }
  if (state.batch.length > 0) yield takeBatch(state);
}

function takeBatch(state: FileState): EthereumTransfer[] {
  const { batch } = state;
  state.batch = [];
  state.counts.transfers += batch.length;
  return batch;
}

interface Readers {
  readonly logs: LogGroups;
  readonly explorer: ExplorerRows;
  readonly edges: EdgeRows;
}

/** One pass over one file. */
class FileReading {
  /** All kinds of rows that came. */
  readonly kinds = new Set<RowKind>();
  /** Nothing in the rest of the file is of this pass. */
  isOfNoUse = false;
  readonly #state: FileState;
  readonly #file: string;
  readonly #pass: ReadonlySet<RowKind>;
  readonly #readers: Readers;
  readonly #traces: TraceGroups;
  readonly #isFirst: boolean;
  #splitter: RowSplitter | null = null;
  #csvKind: RowKind | null = null;
  #header = "";

  constructor(state: FileState, file: string, pass: ReadonlySet<RowKind>, readers: Readers) {
    this.#state = state;
    this.#file = file;
    this.#pass = pass;
    this.#readers = readers;
    this.#traces = new TraceGroups(state, file);
    this.#isFirst = pass === passes[0];
  }

  push(bytes: Buffer): void {
    this.#splitter ??= this.#choose(bytes);
    this.#splitter?.push(bytes);
  }

  end(): void {
    if (!this.isOfNoUse) this.#splitter?.end();
    this.#readers.logs.flush();
    this.#traces.flush();
    if (this.#csvKind !== null && this.#pass.has(this.#csvKind)) this.#readers.explorer.endFile();
    if (this.kinds.size === 0 && this.#isFirst) {
      const what =
        this.#header === "" ? "it holds no rows" : `no kind of rows is known with the columns ${this.#header}`;
      setAside(this.#state, this.#file, null, what);
    }
  }

  /** By the first byte that is not space: `{` or `[` begins JSON. */
  #choose(bytes: Buffer): RowSplitter | null {
    const head = bytes
      .subarray(0, 4096)
      .toString("latin1")
      .replace(/^\u00ef\u00bb\u00bf/u, "")
      .trimStart();
    if (head === "") return null;
    // What is broken is broken in every pass; it is told once.
    const onBroken = (place: { row: number; offset: number }, reason: string) => {
      if (this.#isFirst) setAside(this.#state, this.#file, { number: place.row, offset: place.offset }, reason);
    };
    if (head.startsWith("{") || head.startsWith("[")) {
      const onRow = (kind: RowKind | null, row: Row) => this.#jsonRow(kind, row);
      return new JsonRows(onRow, onBroken).splitter;
    }
    let isHeader = true;
    const onCsvBroken = (place: { row: number; offset: number }, reason: string) => {
      if (isHeader ? this.#isFirst : !this.isOfNoUse) {
        setAside(this.#state, this.#file, { number: place.row, offset: place.offset }, reason);
      }
    };
    return new CsvSplitter((row) => {
      if (isHeader) {
        isHeader = false;
        this.#csvHeader(row);
        row.number = 0;
      } else if (!this.isOfNoUse && this.#csvKind !== null) {
        const kind = this.#csvKind;
        this.#tryToRead(kind, row);
      }
    }, onCsvBroken);
  }

  #csvHeader(row: CsvSplitter): void {
    const columns = Array.from({ length: row.fields }, (_, j) => row.field(j, "utf8"));
    this.#header = columns
      .map((column) => column.slice(0, 30))
      .join(",")
      .slice(0, 120);
    const found = recognise(columns);
    if (found !== null) {
      this.kinds.add(found.kind);
      this.#csvKind = found.kind;
      row.slots = found.slots;
    }
    this.isOfNoUse = found === null || !this.#pass.has(found.kind);
    if (this.isOfNoUse || found === null) return;
    this.#state.seen.kinds.add(found.kind);
    this.#readers.explorer.beginFile(this.#file, found.kind);
    if (found.kind === "edge") this.#readers.edges.beginFile(columns);
  }

  #jsonRow(kind: RowKind | null, row: Row): void {
    if (kind === null || kind.startsWith("explorer") || kind === "edge") {
      const reason = "no kind of record is known that has these fields";
      if (this.#isFirst) setAside(this.#state, this.#file, row, reason);
      return;
    }
    this.kinds.add(kind);
    if (!this.#pass.has(kind)) return;
    this.#state.seen.kinds.add(kind);
    this.#tryToRead(kind, row);
  }

  /** A row that is refused is set aside; what else is thrown is a fault. */
  #tryToRead(kind: RowKind, row: Row): void {
    try {
      this.#read(kind, row);
    } catch (error) {
      if (!(error instanceof EthereumRefusedError)) throw error;
      setAside(this.#state, this.#file, row, error.why);
    }
  }

  #read(kind: RowKind, row: Row): void {
    const state = this.#state;
    if (kind === "log") this.#readers.logs.add(row);
    else if (kind === "trace") this.#traces.add(row);
    else if (kind === "transaction") readTransactionRow(state, row);
    else if (kind === "receipt") readReceiptRow(state, row);
    else if (kind === "block") readBlockRow(state, row);
    else if (kind === "token_transfer") readTokenTransferRow(state, row);
    else if (kind === "token") readTokenRow(state, row);
    else if (kind === "contract") readContractRow(state, row);
    else if (kind === "edge") this.#readers.edges.add(row);
    else this.#readers.explorer.add(row);
  }
}

/** Where a file breaks off, that is set aside and what came is kept. */
async function* chunksOf(state: FileState, path: string, signal: AbortSignal | undefined): AsyncGenerator<FileChunk> {
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

/** Files in the order of the paths; a folder's by name, those of its folders included, hidden ones left out. */
async function listFiles(paths: readonly string[]): Promise<KnownFile[]> {
  const files: KnownFile[] = [];
  const waiting = paths.toReversed();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    try {
      const info = await stat(path);
      if (info.isDirectory()) {
        const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith("."));
        const names = entries.filter((entry) => entry.isFile() || entry.isDirectory()).map(({ name }) => name);
        for (const name of names.sort().reverse()) waiting.push(join(path, name));
      } else {
        files.push({ path, bytes: info.size, kinds: null });
      }
    } catch (error) {
      throw new EthereumFileError({ file: path, why: reasonOf(error) }, error);
    }
    if (files.length + waiting.length > filesMax) {
      throw new EthereumFileError({ file: path, why: `there are more than ${filesMax} files` });
    }
  }
  return files;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EACCES" || code === "EPERM") return "reading it is not permitted";
  return error instanceof Error ? error.message : String(error);
}
