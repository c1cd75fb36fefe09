import { existsSync, statSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import {
  ClaimsStoreBusyError,
  ClaimsStoreFailedError,
  ClaimsStoreUnreadableError,
  ClaimsStoreVersionError,
} from "../../errors/claims.ts";
import { DiskFullError, FolderNotWritableError } from "../../errors/ledger.ts";
import { type Migration, migrations } from "./migrations.ts";

/** A SQLite file that is open, with its tables up to date. */
export interface StoreFile {
  readonly path: string;
  /** False where the folder cannot be written: what is there is read, nothing is kept. */
  readonly writable: boolean;
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  /** @returns how many rows it changed */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** All of `work` happens or nothing of it; readers see the state of its beginning. `work` must not wait. */
  transaction<Result>(kind: "read" | "write", work: () => Result): Result;
  close(): void;
}

export interface StoreFileOptions {
  /** How long another process is waited for. Adding a document holds the file for some milliseconds. */
  readonly waitMs?: number;
  /** Up to which version: all of them, but in tests of the migrations. */
  readonly migrations?: readonly Migration[];
}

const waitMsDefault = 10_000;
/** "Spoo", in the file's header: other programs' databases are told apart, and `file` names ours. */
const applicationId = 0x53_70_6f_6f;

/**
 * Opens the store's file, makes it where it is not there, and brings its tables up to date. A kill at any moment leaves
 * it as it was after its last transaction; a loss of power does too (`synchronous=FULL`).
 * @throws ClaimsStoreUnreadableError, ClaimsStoreVersionError, ClaimsStoreBusyError, FolderNotWritableError,
 * DiskFullError
 */
export function openStoreFile(path: string, options: StoreFileOptions = {}): StoreFile {
  const waitMs = options.waitMs ?? waitMsDefault;
  try {
    return opened(path, { waitMs, chain: options.migrations ?? migrations, writable: true });
  } catch (error) {
    // A copy on a read-only medium has no journal beside it, and can be read as it stands.
    const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true && !existsSync(`${path}-wal`);
    if (!(error instanceof FolderNotWritableError && isThere)) throw error;
    return opened(path, { waitMs, chain: options.migrations ?? migrations, writable: false });
  }
}

interface How {
  readonly waitMs: number;
  readonly chain: readonly Migration[];
  readonly writable: boolean;
}

function opened(path: string, { waitMs, chain, writable }: How): StoreFile {
  const guarded = guardFor(path, waitMs);
  const database = guarded(() =>
    writable
      ? new DatabaseSync(path, { timeout: waitMs, enableForeignKeyConstraints: true, defensive: true })
      : new DatabaseSync(new URL(`${pathToFileURL(path).href}?immutable=1`), { readOnly: true, defensive: true }),
  );
  const statements = new Map<string, StatementSync>();
  const statement = (sql: string) => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const file: StoreFile = {
    path,
    writable,
    all: <Row>(sql: string, ...values: SQLInputValue[]) => guarded(() => statement(sql).all(...values) as Row[]),
    run: (sql, ...values) => guarded(() => Number(statement(sql).run(...values).changes)),
    transaction: (kind, work) => {
      guarded(() => database.exec(kind === "write" ? "BEGIN IMMEDIATE" : "BEGIN"));
      try {
        const result = work();
        guarded(() => database.exec("COMMIT"));
        return result;
      } catch (error) {
        if (database.isTransaction) guarded(() => database.exec("ROLLBACK"));
        throw error;
      }
    },
    close: () => guarded(() => database.close()),
  };
  try {
    refuseForeign(file);
    if (writable) {
      guarded(() => setUp(database));
      // Whoever reads need not wait for another process that writes.
      if (headerOf(file).version < chain.length)
        file.transaction("write", () => migrate(file, chain, (sql) => guarded(() => database.exec(sql))));
    }
    refuseNewer(file, chain);
    refuseDamaged(file);
    if (headerOf(file).version < chain.length)
      throw new FolderNotWritableError({ folder: path, why: "its tables are older and cannot be brought up to date" });
    return file;
  } catch (error) {
    database.close();
    throw error;
  }
}

function setUp(database: DatabaseSync): void {
  // Kept in the file: another process may be setting it at this very moment, and is not waited for by SQLite itself.
  const mode = () => (database.prepare("PRAGMA journal_mode").get() as { journal_mode: string }).journal_mode;
  if (mode() !== "wal") {
    database.exec("BEGIN IMMEDIATE; COMMIT");
    database.exec("PRAGMA journal_mode = WAL");
  }
  database.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA trusted_schema = OFF");
  database.exec("PRAGMA recursive_triggers = ON");
}

interface Header {
  readonly application: number;
  readonly version: number;
  readonly tables: number;
}

function headerOf(file: StoreFile): Header {
  const [header] = file.all<Header>(
    `SELECT (SELECT application_id FROM pragma_application_id) AS application,
      (SELECT user_version FROM pragma_user_version) AS version,
      (SELECT count(*) FROM sqlite_schema) AS tables`,
  );
  return header as Header;
}

function refuseForeign(file: StoreFile): void {
  const { application, tables } = headerOf(file);
  // A process that was killed while it made the file leaves an empty one.
  if (application === applicationId || (application === 0 && tables === 0)) return;
  throw new ClaimsStoreUnreadableError({ file: file.path, why: "it is a database of another program" });
}

function refuseNewer(file: StoreFile, chain: readonly Migration[]): void {
  const { version } = headerOf(file);
  if (version > chain.length) throw new ClaimsStoreVersionError({ file: file.path, version, versionMax: chain.length });
}

/** What cannot be made again is looked through at every opening: it is small. */
function refuseDamaged(file: StoreFile): void {
  const tables = file.all<{ name: string }>(
    `SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name IN ('documents', 'captures', 'judgements', 'imports')`,
  );
  for (const { name } of tables) {
    const [first] = file.all<{ quick_check: string }>(`PRAGMA quick_check(${name})`);
    if (first?.quick_check !== "ok") {
      const why = `it is damaged (${name}: ${first?.quick_check ?? "no answer"})`;
      throw new ClaimsStoreUnreadableError({ file: file.path, why });
    }
  }
}

function migrate(file: StoreFile, chain: readonly Migration[], execute: (sql: string) => void): void {
  // Another process may have done it meanwhile.
  const { version, application } = headerOf(file);
  for (const { sql } of chain.slice(version)) execute(sql);
  if (application === 0) execute(`PRAGMA application_id = ${applicationId}`);
  if (version < chain.length) execute(`PRAGMA user_version = ${chain.length}`);
}

/**
 * Writes what can be made again: where the disk is full or another process writes, it is made again next time.
 * @returns whether it was written; if not, trying further would only be waited for
 */
export function keepIfPossible(file: StoreFile, work: () => void): boolean {
  if (!file.writable) return false;
  try {
    file.transaction("write", work);
    return true;
  } catch (error) {
    if (error instanceof DiskFullError || error instanceof ClaimsStoreBusyError) return false;
    throw error;
  }
}

/** Wraps what asks the engine: its errors come out as ours. */
function guardFor(path: string, waitMs: number): <Result>(work: () => Result) => Result {
  return (work) => {
    try {
      return work();
    } catch (error) {
      throw storeError(error, path, waitMs);
    }
  };
}

// https://sqlite.org/rescode.html; the upper bits say more, which changes nothing for the reader.
const resultCode = { busy: 5, locked: 6, readOnly: 8, io: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

function storeError(error: unknown, path: string, waitMs: number): unknown {
  const { code, errcode, message } = error as { code?: string; errcode?: number; message: string };
  if (code !== "ERR_SQLITE_ERROR" || errcode === undefined) return error;
  switch (errcode & 0xff) {
    case resultCode.busy:
    case resultCode.locked:
      return new ClaimsStoreBusyError({ file: path, waitedMs: waitMs }, error);
    case resultCode.notADatabase:
      return new ClaimsStoreUnreadableError({ file: path, why: "it is no SQLite file" }, error);
    case resultCode.corrupt:
      return new ClaimsStoreUnreadableError({ file: path, why: `it is damaged (${message})` }, error);
    case resultCode.full:
      return new DiskFullError({ folder: path, cause: error });
    case resultCode.readOnly:
    case resultCode.cannotOpen:
      return new FolderNotWritableError({ folder: path, why: message, cause: error });
    case resultCode.io:
      return new ClaimsStoreUnreadableError({ file: path, why: `the disk failed (${message})` }, error);
    default:
      return new ClaimsStoreFailedError({ file: path, engine: message }, error);
  }
}
