import { EthereumRefusedError } from "../errors/ethereum.ts";
import {
  LogGroups,
  noteTransactionTime,
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
import { type FileState, setAside } from "./file-state.ts";
import { JsonRows } from "./json-rows.ts";
import type { KnownFile } from "./known-file.ts";
import type { Row, RowSplitter } from "./row.ts";
import { type RowKind, recognise } from "./row-kind.ts";
import { TraceGroups } from "./trace-groups.ts";

/** The readers of rows that belong together across files. */
export class GroupReaders {
  readonly logs: LogGroups;
  readonly explorer: ExplorerRows;
  readonly edges: EdgeRows;

  constructor(state: FileState) {
    this.logs = new LogGroups(state);
    this.explorer = new ExplorerRows(state);
    this.edges = new EdgeRows(state);
  }
}

/** What is read of each file, going once over all. */
export interface Pass {
  readonly kinds: ReadonlySet<RowKind>;
  /** What is wrong with a file as a whole is told now. */
  readonly isFirst?: boolean;
  /** Only the times are taken that the rows tell of their blocks. */
  readonly timesOnly?: boolean;
  /** Logs from the first on whose block's time is not known yet: they are left for later, or are what is read now. */
  readonly untimedLogs?: "left" | "read";
}

/** One pass over one file. */
export class FileReading {
  /** All kinds of rows that came. */
  readonly kinds = new Set<RowKind>();
  /** Nothing in the rest of the file is of this pass. */
  isOfNoUse = false;
  /** The first of the logs that are left for later, by its row; null: none are. */
  logsLeft: number | null = null;
  readonly #state: FileState;
  readonly #file: string;
  readonly #pass: Pass;
  readonly #readers: GroupReaders;
  readonly #traces: TraceGroups;
  /** Rows before this one were read before. */
  readonly #from: number;
  #splitter: RowSplitter | null = null;
  #csvKind: RowKind | null = null;
  #header = "";

  constructor(state: FileState, { path, logsLeft }: KnownFile, pass: Pass, readers: GroupReaders) {
    this.#state = state;
    this.#file = path;
    this.#pass = pass;
    this.#readers = readers;
    this.#traces = new TraceGroups(state, path);
    this.#from = pass.untimedLogs === "read" ? (logsLeft ?? Number.POSITIVE_INFINITY) : 0;
  }

  push(bytes: Buffer): void {
    this.#splitter ??= this.#choose(bytes);
    this.#splitter?.push(bytes);
  }

  end(): void {
    this.#splitter?.end();
    this.#readers.logs.flush();
    this.#traces.flush();
    if (this.#csvKind !== null && this.#pass.kinds.has(this.#csvKind)) this.#readers.explorer.endFile();
    if (this.kinds.size === 0 && this.#pass.isFirst === true) {
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
      if (this.#pass.isFirst === true)
        setAside(this.#state, this.#file, { number: place.row, offset: place.offset }, reason);
    };
    if (head.startsWith("{") || head.startsWith("[")) {
      const onRow = (kind: RowKind | null, row: Row) => this.#jsonRow(kind, row);
      return new JsonRows(onRow, onBroken).splitter;
    }
    let isHeader = true;
    const onCsvBroken = (place: { row: number; offset: number }, reason: string) => {
      if (isHeader ? this.#pass.isFirst === true : !this.isOfNoUse && place.row >= this.#from) {
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
    this.isOfNoUse = found === null || !this.#pass.kinds.has(found.kind);
    if (this.isOfNoUse || found === null) return;
    this.#state.seen.kinds.add(found.kind);
    this.#readers.explorer.beginFile(this.#file, found.kind);
    if (found.kind === "edge") this.#readers.edges.beginFile(columns);
  }

  #jsonRow(kind: RowKind | null, row: Row): void {
    if (kind === null || kind.startsWith("explorer") || kind === "edge") {
      const reason = "no kind of record is known that has these fields";
      if (this.#pass.isFirst === true) setAside(this.#state, this.#file, row, reason);
      return;
    }
    this.kinds.add(kind);
    if (!this.#pass.kinds.has(kind)) return;
    this.#state.seen.kinds.add(kind);
    this.#tryToRead(kind, row);
  }

  /** A row that is refused is set aside; what else is thrown is a fault. */
  #tryToRead(kind: RowKind, row: Row): void {
    if (row.number < this.#from) return;
    try {
      this.#read(kind, row);
    } catch (error) {
      if (!(error instanceof EthereumRefusedError)) throw error;
      setAside(this.#state, this.#file, row, error.why);
    }
  }

  #read(kind: RowKind, row: Row): void {
    const state = this.#state;
    if (kind === "log") this.#readLog(row);
    else if (kind === "trace") this.#traces.add(row);
    else if (this.#pass.timesOnly === true) noteTransactionTime(state, row);
    else if (kind === "transaction") readTransactionRow(state, row);
    else if (kind === "receipt") readReceiptRow(state, row);
    else if (kind === "block") readBlockRow(state, row);
    else if (kind === "token_transfer") readTokenTransferRow(state, row);
    else if (kind === "token") readTokenRow(state, row);
    else if (kind === "contract") readContractRow(state, row);
    else if (kind === "edge") this.#readers.edges.add(row);
    else this.#readers.explorer.add(row);
  }

  #readLog(row: Row): void {
    if (this.logsLeft !== null) return;
    const canWait = this.#pass.untimedLogs === "left";
    if (this.#readers.logs.add(row, canWait)) return;
    this.logsLeft = row.number;
    this.isOfNoUse = this.#csvKind !== null;
  }
}
