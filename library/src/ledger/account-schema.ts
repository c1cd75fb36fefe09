/**
 * The tables of an account ledger. *Staged* (`s3_…`, 3 is the epoch): what sources told, as it was told. *Settled*
 * (`g7_…`, 7 is the generation): what readers read, made anew of the staged tables by each settlement. *Scratch*
 * (`t7_…`): on the way from one to the other. `marks` says which epoch and which generation count; all others are
 * leftovers of a process that was killed, and are dropped when the ledger is next opened for writing.
 */

const durable = "fsync_after_insert = 1, fsync_part_directory = 1";
/** A lookup of one row reads at most 2048. */
const lookup = `${durable}, index_granularity = 2048`;

/** In place of a height or a position that is not known, of a fact's number of decimals, and of nobody's holding. */
export const unknown32 = 0xffff_ffff;
/** In place of a coverage that nobody told. */
export const coverageNotTold = 255;

const rising = "UInt32 CODEC(Delta, ZSTD(1))";
const packed = "UInt32 CODEC(ZSTD(1))";
const quick = "UInt32 CODEC(LZ4)";
const amount = "UInt256 CODEC(ZSTD(1))";
const text = "String CODEC(ZSTD(1))";
/** Of what is told: the next ingest of its kind replaces it, so time counts for more than space. */
const stagedText = "String CODEC(LZ4)";

/** Of time without a value: infinity, so that the least of several times is the one that is known. */
const moment = `height ${packed}, position ${packed}, time Float64 CODEC(ZSTD(1)), day_only UInt8`;

const staged = {
  // One row for each run of transfers of one transaction. `layers`: a bit for each layer that the run holds.
  runs: [`code ${rising}, name String CODEC(LZ4), ${moment}, layers UInt64 CODEC(ZSTD(1))`, "(name, code)"],
  transfers: [
    `number ${rising}, run ${rising}, layer UInt8 CODEC(ZSTD(1)), place ${packed}, payer ${quick}, payee ${quick},
     amount ${amount}, is_fee UInt8 CODEC(ZSTD(1)), returned ${packed}`,
    "number",
  ],
  // The same holding may have several codes.
  holdings: [`code ${quick}, account String CODEC(LZ4), asset String CODEC(LZ4)`, "(account, asset, code)"],
  returned: ["code UInt32, transaction String, layer UInt8, place UInt32", "code"],
  asset_facts: ["number UInt32, asset String, decimals UInt32, has_symbol UInt8, symbol String", "number"],
  account_facts: [
    `number UInt32, account String, coverage UInt8, has_about UInt8, about ${stagedText}`,
    "(account, number)",
  ],
  opening_facts: [
    `number UInt32, holding UInt32, height UInt32, negative UInt8, amount ${amount}, source ${stagedText}`,
    "number",
  ],
  transaction_facts: [`number UInt32, transaction String CODEC(LZ4), about ${stagedText}`, "(transaction, number)"],
} as const;

const byId = "INDEX by_id id TYPE minmax GRANULARITY 1";

const settled = {
  transactions: [`id ${rising}, name String CODEC(LZ4), ${moment}`, "id"],
  transaction_names: ["hash UInt64 CODEC(Delta, LZ4), id UInt32 CODEC(LZ4)", "hash"],
  transaction_abouts: [`transaction ${rising}, about ${text}`, "transaction"],
  transfers: [
    `id ${rising}, transaction ${rising}, layer UInt8 CODEC(ZSTD(1)), place ${packed}, payer ${quick}, payee ${quick},
     asset ${packed}, amount ${amount}, is_fee UInt8 CODEC(ZSTD(1)), returned ${packed},
     INDEX by_transaction transaction TYPE minmax GRANULARITY 1`,
    "id",
  ],
  returns: ["transfer UInt32, returned UInt32", "transfer"],
  // Ids rise with the names, byte by byte.
  accounts: [`id ${rising}, name String CODEC(LZ4), coverage UInt8, has_about UInt8, about ${text}, ${byId}`, "name"],
  assets: ["id UInt32, asset String, decimals UInt32, has_symbol UInt8, symbol String", "id"],
  // By account, then asset. Sums in two halves of 128 bits each: 2^128 transfers of 2^256 - 1 units fit.
  holdings: [
    `id ${rising}, account ${rising}, asset ${packed}, transfers ${packed}, received_low ${amount},
     received_high ${amount}, paid_low ${amount}, paid_high ${amount},
     INDEX by_account account TYPE minmax GRANULARITY 1`,
    "id",
  ],
  openings: ["holding UInt32, negative UInt8, amount UInt256", "holding"],
  transfers_by_account: ["account UInt32 CODEC(Delta, LZ4), transfer UInt32 CODEC(Delta, LZ4)", "(account, transfer)"],
} as const;

/** One row a transaction, with the codes of its runs. */
const joinedRuns = `name String CODEC(LZ4), ${moment}, layers UInt64 CODEC(ZSTD(1)), codes Array(UInt32),
  disagree UInt8`;

const scratch = {
  transactions: [`listed ${rising}, ${joinedRuns}`, "listed"],
  repeated_names: ["name String CODEC(LZ4)", "name"],
  anchors: ["listed UInt32, anchor UInt32", "listed"],
  places: ["listed UInt32, after UInt64, is_between UInt8, position UInt32, time Float64", "listed"],
  ordered: [`id ${rising}, ${joinedRuns}`, "id"],
  kept_holdings: ["code UInt32, account String CODEC(LZ4), asset String CODEC(LZ4)", "code"],
  // Each code with its holding; `is_first` once a holding.
  holding_ids: ["code UInt32, id UInt32, account UInt32, asset UInt32, is_first UInt8", "code"],
  returned_codes: ["code UInt32, first UInt32", "code"],
} as const;

export type StagedTable = keyof typeof staged;
export type SettledTable = keyof typeof settled;
export type ScratchTable = keyof typeof scratch;

export const stagedTables = Object.keys(staged) as StagedTable[];
export const settledTables = Object.keys(settled) as SettledTable[];

/** Whose facts a new epoch takes over; `holdings` hold the names that openings refer to. */
export const factTables = ["holdings", "asset_facts", "account_facts", "opening_facts", "transaction_facts"] as const;

/** The column by which rows of a staged table are counted, in the order in which they were told. */
export const countedBy: Readonly<Record<StagedTable, "code" | "number">> = {
  runs: "code",
  transfers: "number",
  holdings: "code",
  returned: "code",
  asset_facts: "number",
  account_facts: "number",
  opening_facts: "number",
  transaction_facts: "number",
};

/** The names of one epoch's and one generation's tables. */
export class AccountTables {
  readonly database: string;
  readonly epoch: number;
  readonly generation: number;

  constructor(database: string, { epoch, generation }: { epoch: number; generation: number }) {
    this.database = database;
    this.epoch = epoch;
    this.generation = generation;
  }

  staged(table: StagedTable): string {
    return `${this.database}.s${this.epoch}_${table}`;
  }

  settled(table: SettledTable): string {
    return `${this.database}.g${this.generation}_${table}`;
  }

  scratch(table: ScratchTable): string {
    return `${this.database}.t${this.generation}_${table}`;
  }

  createStaged(): string[] {
    return stagedTables.map((table) => create(this.staged(table), staged[table], lookup));
  }

  createSettled(): string[] {
    return settledTables.map((table) => create(this.settled(table), settled[table], lookup));
  }

  /** Nobody misses them after a power cut. */
  createScratch(table: ScratchTable): string {
    return create(this.scratch(table), scratch[table], "index_granularity = 8192");
  }
}

function create(table: string, [columns, orderBy]: readonly [string, string], settings: string): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (${columns}) ENGINE = MergeTree ORDER BY ${orderBy} SETTINGS ${settings}`;
}

/** What an account ledger has whatever it holds: its journal and the records of its source, kept verbatim. */
export function createAccountTables(database: string): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${database}.marks (sequence UInt64, state String)
     ENGINE = MergeTree ORDER BY sequence SETTINGS ${durable}`,
    `CREATE TABLE IF NOT EXISTS ${database}.records (number UInt32, key String, json ${text})
     ENGINE = MergeTree ORDER BY number SETTINGS ${durable}, index_granularity = 64`,
    `CREATE TABLE IF NOT EXISTS ${database}.records_incoming (number UInt32, key String, json ${text})
     ENGINE = MergeTree ORDER BY number`,
    ...new AccountTables(database, { epoch: 0, generation: 0 }).createStaged(),
  ];
}
