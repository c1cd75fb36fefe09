import { LedgerBusyError, LedgerMismatchError, LedgerNotFoundError, SchemaVersionError } from "../errors/ledger.ts";
import { LedgerKindError } from "../errors/ledger-accounts.ts";
import type { AccountLedger } from "./account-contract.ts";
import { AccountLedgerWriter, type AccountLedgerWriterOptions } from "./account-ledger-writer.ts";
import { createAccountTables } from "./account-schema.ts";
import { readJournal, refuseMissingRows } from "./batch-journal.ts";
import { CoinLedgerWriter, type CoinLedgerWriterOptions } from "./coin-ledger-writer.ts";
import type { Connection } from "./connection.ts";
import type { CoinChain, CoinLedger } from "./contract.ts";
import { type EmbeddedConnection, type EmbeddedOptions, openEmbedded } from "./embedded-connection.ts";
import { HeldGenerations } from "./held-generations.ts";
import { openAccountLedger } from "./open-account-ledger.ts";
import { openPartialLedger, PartialLedgerWriter } from "./partial-ledger.ts";
import { createAbout, createCoinTables, createLooseTables, databaseOf, ledgerOf, schemaVersion } from "./schema.ts";
import { storedCoinLedger } from "./stored-coin-ledger.ts";
import { runInTwoLanes } from "./two-lanes.ts";

export interface LedgerEntry {
  readonly name: string;
  readonly kind: "coin" | "account";
  readonly network: string;
  /** Made of a few transactions rather than of blocks; of accounts: of some transfers rather than of all. */
  readonly partial: boolean;
}

export interface DataFolderOptions extends EmbeddedOptions {
  /** What a network's chain is like. Throws where it knows no such network. */
  readonly chainOf: (network: string) => CoinChain;
}

/** A folder of ledgers, owned by one process at a time. It drops none but what it made itself and nothing went into. */
export class DataFolder {
  readonly connection: EmbeddedConnection;
  readonly #chainOf: (network: string) => CoinChain;
  readonly #written = new Set<string>();
  readonly #made = new Set<string>();
  readonly #held = new HeldGenerations();

  private constructor(connection: EmbeddedConnection, chainOf: (network: string) => CoinChain) {
    this.connection = connection;
    this.#chainOf = chainOf;
  }

  /** @throws FolderInUseError, FolderNotWritableError, OneFolderError */
  static async open(folder: string, options: DataFolderOptions): Promise<DataFolder> {
    return new DataFolder(await openEmbedded(folder, options), options.chainOf);
  }

  /** By name. */
  async ledgers(): Promise<LedgerEntry[]> {
    const databases = await this.connection.rows<{ name: string }>(
      "SELECT name FROM system.databases WHERE startsWith(name, 'spoor_') ORDER BY name",
    );
    const entries: LedgerEntry[] = [];
    for (const { name: database } of databases) {
      const name = ledgerOf(database);
      const entry = name === null ? null : await readAbout(this.connection, name);
      if (entry !== null) entries.push(entry);
    }
    return entries;
  }

  /**
   * Opens a ledger of coins for reading: a picture of what counts now.
   * @throws LedgerNameError, LedgerNotFoundError, LedgerKindError, SchemaVersionError, StoreDamagedError
   */
  async ledger(name: string): Promise<CoinLedger> {
    const database = databaseOf(name);
    const entry = await this.#entryOf(name, "coin");
    const { connection } = this;
    const { network } = entry;
    const chain = this.#chainOf(network);
    if (entry.partial) return openPartialLedger({ connection, name, network, database, chain });
    const state = await readJournal(connection, database);
    await refuseMissingRows(connection, { name, database, state });
    return storedCoinLedger({ connection, name, network, database, chain, totals: state.all });
  }

  /**
   * Opens a ledger of accounts for reading: a picture of its newest settlement.
   * @throws LedgerNameError, LedgerNotFoundError, LedgerKindError, SchemaVersionError, StoreDamagedError
   */
  async accountLedger(name: string): Promise<AccountLedger> {
    const database = databaseOf(name);
    const { network, partial } = await this.#entryOf(name, "account");
    return openAccountLedger({ connection: this.connection, name, network, partial, database, held: this.#held });
  }

  /**
   * Opens a ledger of accounts for more transfers, or makes it. Finish or abandon the writer before opening another.
   * @throws LedgerNameError, LedgerMismatchError, LedgerBusyError, SchemaVersionError, StoreDamagedError
   */
  async accountLedgerWriter(
    request: { readonly name: string; readonly network: string; readonly partial: boolean } & Pick<
      AccountLedgerWriterOptions,
      "transfersAtOnce"
    >,
  ): Promise<AccountLedgerWriter> {
    const { name } = request;
    const database = await this.#prepare({ ...request, kind: "account" });
    try {
      return await AccountLedgerWriter.open({
        ...request,
        connection: this.connection,
        database,
        held: () => this.#held.of(database),
        onClosed: () => this.#written.delete(name),
      });
    } catch (error) {
      this.#written.delete(name);
      throw error;
    }
  }

  /**
   * Opens a ledger made of blocks for appending, or makes it. Finish or abandon the writer before opening another.
   * @throws LedgerNameError, LedgerMismatchError, LedgerBusyError, SchemaVersionError, StoreDamagedError
   */
  async coinLedgerWriter(
    request: { readonly name: string; readonly network: string } & Pick<
      CoinLedgerWriterOptions,
      "overlayBlocks" | "room"
    >,
  ): Promise<CoinLedgerWriter> {
    const { name, network, ...options } = request;
    const database = await this.#prepare({ name, network, partial: false, kind: "coin" });
    const chain = this.#chainOf(network);
    try {
      return await CoinLedgerWriter.open({
        connection: this.connection,
        name,
        database,
        chain,
        ...options,
        onClosed: () => this.#written.delete(name),
      });
    } catch (error) {
      this.#written.delete(name);
      throw error;
    }
  }

  /**
   * Opens a partial ledger for more transactions, or makes it.
   * @throws LedgerNameError, LedgerMismatchError, LedgerBusyError, SchemaVersionError
   */
  async partialLedgerWriter({ name, network }: { name: string; network: string }): Promise<PartialLedgerWriter> {
    const database = await this.#prepare({ name, network, partial: true, kind: "coin" });
    this.#written.delete(name);
    const chain = this.#chainOf(network);
    return PartialLedgerWriter.open({ connection: this.connection, name, network, database, chain });
  }

  /** Takes away the ledgers that were made since the folder was opened and that hold nothing: work on them failed. */
  async dropEmpty(): Promise<void> {
    for (const name of this.#made) {
      const database = databaseOf(name);
      const [held] = await this.connection.rows<{ held: number }>(
        `SELECT count() AS held FROM system.tables
         WHERE database = {database:String} AND name != 'about' AND total_rows > 0`,
        { database },
      );
      if (Number(held?.held) === 0) await this.connection.run(`DROP DATABASE ${database}`);
    }
    this.#made.clear();
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  async #entryOf(name: string, kind: LedgerEntry["kind"]): Promise<LedgerEntry> {
    const entry = await readAbout(this.connection, name);
    if (entry === null) {
      const known = (await this.ledgers()).map((ledger) => ledger.name);
      throw new LedgerNotFoundError({ name, folder: this.connection.folder, known });
    }
    if (entry.kind !== kind) throw new LedgerKindError({ name, kind: entry.kind, asked: kind });
    return entry;
  }

  /** Makes a ledger's tables where they are not there, and refuses another kind of ledger under its name. */
  async #prepare({ name, network, partial, kind }: LedgerEntry): Promise<string> {
    const database = databaseOf(name);
    if (this.#written.has(name)) throw new LedgerBusyError({ name });
    const entry = await readAbout(this.connection, name);
    const asked = { name, network, partial, kind };
    if (entry !== null && (entry.network !== network || entry.partial !== partial || entry.kind !== kind)) {
      throw new LedgerMismatchError({ name, has: describe(entry), asked: describe(asked) });
    }
    if (entry === null) {
      // The row about the ledger comes last: without it there is no ledger yet.
      for (const sql of createAbout(database)) await this.connection.run(sql);
      await runInTwoLanes(this.connection, tablesOf(asked, database));
      await this.connection.run(
        `INSERT INTO ${database}.about SELECT {version:UInt32}, {kind:String}, {network:String}, {partial:UInt8}`,
        { version: schemaVersion, kind, network, partial: partial ? 1 : 0 },
      );
      this.#made.add(name);
    }
    this.#written.add(name);
    return database;
  }
}

function tablesOf({ kind, partial }: LedgerEntry, database: string): string[] {
  if (kind === "account") return createAccountTables(database);
  return partial ? createLooseTables(database) : createCoinTables(database);
}

function describe({ kind, network, partial }: LedgerEntry): string {
  if (kind === "account") return `a ${partial ? "partial ledger" : "ledger"} of accounts of ${network}`;
  return `a ${partial ? "partial ledger" : "ledger of whole blocks"} of ${network}`;
}

/** What a ledger says of itself; null where it was never made, or not to the end. @throws SchemaVersionError */
async function readAbout(connection: Connection, name: string): Promise<LedgerEntry | null> {
  const database = databaseOf(name);
  const tables = await connection.rows(
    "SELECT name FROM system.tables WHERE database = {database:String} AND name = 'about'",
    { database },
  );
  if (tables.length === 0) return null;
  const [row] = await connection.rows<{ version: number; kind: string; network: string; partial: number }>(
    `SELECT version, kind, network, partial FROM ${database}.about LIMIT 1`,
  );
  if (row === undefined) return null;
  if (row.version > schemaVersion)
    throw new SchemaVersionError({ name, version: row.version, versionMax: schemaVersion });
  return { name, kind: row.kind === "account" ? "account" : "coin", network: row.network, partial: row.partial === 1 };
}
