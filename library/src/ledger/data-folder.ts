import { LedgerBusyError, LedgerMismatchError, LedgerNotFoundError, SchemaVersionError } from "../errors/ledger.ts";
import { readJournal, refuseMissingRows } from "./batch-journal.ts";
import { CoinLedgerWriter, type CoinLedgerWriterOptions } from "./coin-ledger-writer.ts";
import type { Connection } from "./connection.ts";
import type { CoinChain, CoinLedger } from "./contract.ts";
import { type EmbeddedConnection, type EmbeddedOptions, openEmbedded } from "./embedded-connection.ts";
import { openPartialLedger, PartialLedgerWriter } from "./partial-ledger.ts";
import { createAbout, createCoinTables, createLooseTables, databaseOf, ledgerOf, schemaVersion } from "./schema.ts";
import { storedCoinLedger } from "./stored-coin-ledger.ts";

export interface LedgerEntry {
  readonly name: string;
  readonly kind: "coin";
  readonly network: string;
  /** Made of a few transactions rather than of blocks. */
  readonly partial: boolean;
}

export interface DataFolderOptions extends EmbeddedOptions {
  /** What a network's chain is like. Throws where it knows no such network. */
  readonly chainOf: (network: string) => CoinChain;
}

/** A folder of ledgers, owned by one process at a time. It drops none. */
export class DataFolder {
  readonly connection: EmbeddedConnection;
  readonly #chainOf: (network: string) => CoinChain;
  readonly #written = new Set<string>();

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
   * Opens a ledger for reading: a picture of what counts now.
   * @throws LedgerNameError, LedgerNotFoundError, SchemaVersionError, StoreDamagedError
   */
  async ledger(name: string): Promise<CoinLedger> {
    const database = databaseOf(name);
    const entry = await readAbout(this.connection, name);
    if (entry === null) {
      const known = (await this.ledgers()).map((ledger) => ledger.name);
      throw new LedgerNotFoundError({ name, folder: this.connection.folder, known });
    }
    const { connection } = this;
    const { network } = entry;
    const chain = this.#chainOf(network);
    if (entry.partial) return openPartialLedger({ connection, name, network, database, chain });
    const state = await readJournal(connection, database);
    await refuseMissingRows(connection, { name, database, state });
    return storedCoinLedger({ connection, name, network, database, chain, totals: state.all });
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
    const database = await this.#prepare({ name, network, partial: false });
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
    const database = await this.#prepare({ name, network, partial: true });
    this.#written.delete(name);
    const chain = this.#chainOf(network);
    return PartialLedgerWriter.open({ connection: this.connection, name, network, database, chain });
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  /** Makes a ledger's tables where they are not there, and refuses another kind of ledger under its name. */
  async #prepare({ name, network, partial }: { name: string; network: string; partial: boolean }): Promise<string> {
    const database = databaseOf(name);
    if (this.#written.has(name)) throw new LedgerBusyError({ name });
    const entry = await readAbout(this.connection, name);
    const describe = (of: { network: string; partial: boolean }) =>
      `a ${of.partial ? "partial ledger" : "ledger of whole blocks"} of ${of.network}`;
    if (entry !== null && (entry.network !== network || entry.partial !== partial)) {
      throw new LedgerMismatchError({ name, has: describe(entry), asked: describe({ network, partial }) });
    }
    if (entry === null) {
      const tables = partial ? createLooseTables(database) : createCoinTables(database);
      // The row about the ledger comes last: without it there is no ledger yet.
      for (const sql of [...createAbout(database), ...tables]) await this.connection.run(sql);
      await this.connection.run(
        `INSERT INTO ${database}.about SELECT {version:UInt32}, 'coin', {network:String}, {partial:UInt8}`,
        { version: schemaVersion, network, partial: partial ? 1 : 0 },
      );
    }
    this.#written.add(name);
    return database;
  }
}

/** What a ledger says of itself; null where it was never made, or not to the end. @throws SchemaVersionError */
async function readAbout(connection: Connection, name: string): Promise<LedgerEntry | null> {
  const database = databaseOf(name);
  const tables = await connection.rows(
    "SELECT name FROM system.tables WHERE database = {database:String} AND name = 'about'",
    { database },
  );
  if (tables.length === 0) return null;
  const [row] = await connection.rows<{ version: number; network: string; partial: number }>(
    `SELECT version, network, partial FROM ${database}.about LIMIT 1`,
  );
  if (row === undefined) return null;
  if (row.version > schemaVersion)
    throw new SchemaVersionError({ name, version: row.version, versionMax: schemaVersion });
  return { name, kind: "coin", network: row.network, partial: row.partial === 1 };
}
