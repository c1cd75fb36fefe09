import { LedgerNameError } from "../errors/ledger.ts";

/** Raised with every change of the tables; a ledger of a newer version is refused. */
export const schemaVersion = 1;

const namePattern = /^[a-z0-9][a-z0-9-]{0,62}$/u;
const databasePrefix = "spoor_";

/**
 * The database that holds a ledger. Names have no underscore, so that no two ledgers share a database.
 * @throws LedgerNameError
 */
export function databaseOf(name: string): string {
  if (!namePattern.test(name)) throw new LedgerNameError({ name });
  return databasePrefix + name.replaceAll("-", "_");
}

/** The ledger that a database holds; null where it is no ledger's. */
export function ledgerOf(database: string): string | null {
  if (!database.startsWith(databasePrefix)) return null;
  const name = database.slice(databasePrefix.length).replaceAll("_", "-");
  return namePattern.test(name) ? name : null;
}

// A committed batch outlives a power cut; and a lookup of one row reads at most 2048.
const durable = "fsync_after_insert = 1, fsync_part_directory = 1";
const lookup = `SETTINGS ${durable}, index_granularity = 2048`;
/** Blocks less deep than the bound are a partition of their own, which is dropped whole at the next ingest. */
const overlay = "overlay UInt8 DEFAULT 0 CODEC(ZSTD(1))";
const rising = "UInt64 CODEC(Delta, ZSTD(1))";

function mergeTree(orderBy: string): string {
  return `ENGINE = MergeTree PARTITION BY overlay ORDER BY ${orderBy} ${lookup}`;
}

/** What every ledger has, whatever its kind. */
export function createAbout(database: string): string[] {
  return [
    `CREATE DATABASE IF NOT EXISTS ${database}`,
    `CREATE TABLE IF NOT EXISTS ${database}.about (version UInt32, kind String, network String, partial UInt8)
     ENGINE = MergeTree ORDER BY tuple() SETTINGS ${durable}`,
  ];
}

/**
 * A chain made from blocks. Transactions, outputs and inputs have dense ids in the chain's order. `batches` is the
 * journal: rows beyond what its newest mark counts do not count, and are taken away at the next opening.
 */
export function createCoinTables(database: string): string[] {
  const table = (name: string, columns: string, orderBy: string) =>
    `CREATE TABLE IF NOT EXISTS ${database}.${name} (${columns}, ${overlay}) ${mergeTree(orderBy)}`;
  return [
    `CREATE TABLE IF NOT EXISTS ${database}.batches
     (sequence UInt64, kind String, blocks UInt64, raw_blocks UInt64, transactions UInt64, inputs UInt64,
      outputs UInt64)
     ENGINE = MergeTree ORDER BY sequence SETTINGS ${durable}`,
    table(
      "blocks",
      `height UInt32, hash FixedString(32), header FixedString(80), first_transaction UInt64, transactions UInt32,
       first_output UInt64, outputs UInt32, first_input UInt64, inputs UInt32,
       place_file String, place_offset UInt64, place_size UInt32, place_xor String`,
      "height",
    ),
    table("raw_blocks", "height UInt32, bytes String CODEC(ZSTD(1))", "height"),
    table(
      "transactions",
      `id ${rising}, txid FixedString(32) CODEC(NONE), height UInt32 CODEC(Delta, ZSTD(1)),
       first_output ${rising}, outputs UInt32 CODEC(ZSTD(1)), first_input ${rising}, inputs UInt32 CODEC(ZSTD(1)),
       raw_offset UInt32 CODEC(Delta, ZSTD(1)), raw_size UInt32 CODEC(ZSTD(1))`,
      "id",
    ),
    // Eight bytes lead to few transactions; which of them it is, their txid says.
    table("txids", `prefix UInt64 CODEC(Delta, LZ4), id UInt64 CODEC(LZ4)`, "prefix"),
    table(
      "outputs",
      `id ${rising}, transaction ${rising}, value UInt64 CODEC(ZSTD(1)), script String CODEC(LZ4)`,
      "id",
    ),
    table("inputs", `id ${rising}, transaction ${rising}, output UInt64 CODEC(LZ4)`, "id"),
    table("spends", `output ${rising}, transaction UInt64 CODEC(LZ4)`, "output"),
    table("coins_by_account", "account FixedString(16) CODEC(LZ4), output UInt64 CODEC(LZ4)", "(account, output)"),
  ];
}

/** Transactions told by a few files or an explorer, each telling kept; `batches` says which tellings count. */
export function createLooseTables(database: string): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${database}.batches (sequence UInt64, tellings UInt64)
     ENGINE = MergeTree ORDER BY sequence SETTINGS ${durable}`,
    `CREATE TABLE IF NOT EXISTS ${database}.tellings (batch UInt64, number UInt64, record String CODEC(ZSTD(3)))
     ENGINE = MergeTree ORDER BY (batch, number) SETTINGS ${durable}`,
  ];
}
