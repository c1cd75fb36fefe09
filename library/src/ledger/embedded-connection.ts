import "./engine-memory.ts";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { access, constants, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { QueryOptions, Session } from "chdb";
import {
  DiskFullError,
  FolderInUseError,
  FolderNotWritableError,
  OneFolderError,
  StoreClosedError,
  StoreMemoryError,
  StoreQueryError,
} from "../errors/ledger.ts";
import type { ColumnBytes, Connection, Lane, Parameters } from "./connection.ts";
import { lockFolder } from "./folder-lock.ts";
import { makeFolder } from "./make-folder.ts";
import { writeNativeBlock } from "./native-format.ts";

export interface EmbeddedConnection extends Connection {
  readonly folder: string;
}

export interface EmbeddedOptions {
  /** Where the engine stops a query rather than take more. Default 3 GB. */
  readonly memoryBytesMax?: number;
}

const memoryBytesDefault = 3_000_000_000;

/**
 * The rows of an insert become one part, so that the next reads meet few; and an insert never waits to be merged with
 * others. What an insert of more rows than this leaves after a kill is taken away by the journal (batch-journal.ts).
 */
const insertSettings =
  "SETTINGS max_insert_block_size = 10000000, min_insert_block_size_rows = 10000000, min_insert_block_size_bytes = 0";

/** The engine keeps one data folder a process. */
let folderOpen: string | null = null;

/**
 * Opens the ClickHouse that lives in this process on a data folder (made where it is not there), and makes the process
 * its owner.
 * @throws FolderInUseError where another process owns it, FolderNotWritableError, OneFolderError
 */
export async function openEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedConnection> {
  const path = resolve(folder);
  if (folderOpen === path) {
    throw new FolderInUseError({ folder: path, pid: process.pid, since: "earlier in this very process" });
  }
  if (folderOpen !== null) throw new OneFolderError({ folder: path, open: folderOpen });
  const incoming = join(path, "incoming");
  try {
    await makeFolder(path);
    await access(path, constants.W_OK);
  } catch (cause) {
    throw new FolderNotWritableError({ folder: path, why: (cause as Error).message, cause });
  }
  // Loaded here: the engine takes a fifth of a second and 150 MB, which who opens no folder is spared.
  const engine = await import("chdb");
  const unlock = lockFolder(path);
  folderOpen = path;
  try {
    await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming, { recursive: true });
    const memoryBytesMax = options.memoryBytesMax ?? memoryBytesDefault;
    const openSession = () =>
      new engine.Session(join(path, "store"), { connectionArgs: connectionArguments(memoryBytesMax) });
    return connectionOf({ openSession, drain: engine.drainPending, path, incoming, memoryBytesMax, unlock });
  } catch (cause) {
    folderOpen = null;
    unlock();
    throw new FolderNotWritableError({ folder: path, why: (cause as Error).message, cause });
  }
}

function connectionArguments(memoryBytesMax: number): string[] {
  return [
    `--max_server_memory_usage=${memoryBytesMax}`,
    "--mark_cache_size=134217728",
    "--output_format_json_quote_64bit_integers=1",
    // A statement that changes rows returns when they are changed.
    "--mutations_sync=2",
  ];
}

interface Opened {
  readonly openSession: () => Session;
  /** Waits for what the engine has not let go of yet. */
  readonly drain: () => Promise<void>;
  readonly path: string;
  readonly incoming: string;
  readonly memoryBytesMax: number;
  readonly unlock: () => void;
}

function connectionOf(opened: Opened): EmbeddedConnection {
  const { path } = opened;
  const first = opened.openSession();
  // Few need it, and opening it takes some milliseconds.
  let second: Session | null = null;
  let closed = false;
  const refuseWhereClosed = () => {
    if (closed) throw new StoreClosedError({ what: `The data folder ${path}` });
  };
  const secondSession = () => {
    refuseWhereClosed();
    second ??= opened.openSession();
    return second;
  };
  const firstSession = () => {
    refuseWhereClosed();
    return first;
  };
  return {
    folder: path,
    ...laneOf(opened, firstSession),
    beside: laneOf(opened, secondSession),
    close: async () => {
      if (closed) return;
      closed = true;
      first.close();
      second?.close();
      await opened.drain();
      folderOpen = null;
      opened.unlock();
    },
  };
}

/** Of all lanes, so that no two take one name. */
let inserts = 0;

/** The engine runs the statements of a session one after another, and those of two sessions at once. */
function laneOf(opened: Opened, sessionOf: () => Session): Lane {
  const ask = async (sql: string, parameters: Parameters | undefined, options: QueryOptions) => {
    const session = sessionOf();
    try {
      return parameters === undefined
        ? await session.queryAsync(sql, options)
        : await session.queryBindAsync(sql, parameters, options);
    } catch (error) {
      throw storeError(error, sql, opened);
    }
  };
  const insert = async (table: string, rowCount: number, columns: readonly ColumnBytes[]) => {
    if (rowCount === 0) return;
    const file = join(opened.incoming, `${process.pid}-${inserts++}.native`);
    try {
      writeFileOf(file, writeNativeBlock(rowCount, columns));
      const names = columns.map((column) => column.name).join(", ");
      const structure = columns.map((column) => `${column.name} ${column.type}`).join(", ");
      const source = "file({file:String}, 'Native', {structure:String})";
      await ask(
        `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${source} ${insertSettings}`,
        { file, structure },
        {},
      );
    } catch (error) {
      throw storeError(error, `INSERT INTO ${table}`, opened);
    } finally {
      rmSync(file, { force: true });
    }
  };
  return {
    insert,
    run: async (sql, parameters) => void (await ask(sql, parameters, {})),
    rows: async <Row>(sql: string, parameters?: Parameters) => {
      const text = (await ask(sql, parameters, { format: "JSONEachRow" })).text();
      return text === "" ? [] : (JSON.parse(`[${text.trimEnd().replaceAll("\n", ",")}]`) as Row[]);
    },
    native: async (sql, parameters) => (await ask(sql, parameters, { format: "Native" })).bytes(),
  };
}

/**
 * Without a turn of the event loop: the caller decodes blocks meanwhile and yields seldom, so that every turn the
 * insert needs is time in which the engine has nothing to do. The bytes go to the system's cache, 1 ms for 2 MB.
 */
function writeFileOf(file: string, pieces: readonly Uint8Array[]): void {
  const descriptor = openSync(file, "w");
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(descriptor, piece, at, piece.length - at);
    }
  } finally {
    closeSync(descriptor);
  }
}

const ownErrors = [DiskFullError, FolderNotWritableError, StoreMemoryError, StoreQueryError, StoreClosedError];

/** The engine says what went wrong in its text alone: `Code: 241. DB::Exception: …`. */
function storeError(error: unknown, sql: string, { path, memoryBytesMax }: Opened): unknown {
  if (ownErrors.some((type) => error instanceof type)) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = Number(/Code: (\d+)/u.exec(text)?.[1] ?? 0);
  const { code: errno } = error as NodeJS.ErrnoException;
  if (code === 243 || errno === "ENOSPC" || text.includes("No space left on device")) {
    return new DiskFullError({ folder: path, cause: error });
  }
  if (code === 241) return new StoreMemoryError({ limitBytes: memoryBytesMax, cause: error });
  if (errno === "EACCES" || errno === "EROFS" || /Permission denied|Read-only file system/u.test(text)) {
    return new FolderNotWritableError({ folder: path, why: text.slice(0, 200), cause: error });
  }
  return new StoreQueryError({ sql, engine: text, cause: error });
}
