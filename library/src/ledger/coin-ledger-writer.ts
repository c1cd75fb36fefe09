import { BlockHeightError, BlockLinkError, RewindHeightError, StoreClosedError } from "../errors/ledger.ts";
import { appendBlock, displayed, type RefusedInput, refusal, SpentCoins } from "./append-block.ts";
import { type JournalState, mark, nothing, readJournal, type Totals, takeAwayUncounted } from "./batch-journal.ts";
import { type BatchRoom, BatchRows } from "./batch-rows.ts";
import type { CoinIndex } from "./coin-index.ts";
import type { Connection } from "./connection.ts";
import type { CoinBlock, CoinChain } from "./contract.ts";
import { rebuildCoinIndex } from "./rebuild-coin-index.ts";

export interface CoinLedgerWriterOptions {
  readonly connection: Connection;
  readonly name: string;
  readonly database: string;
  readonly chain: CoinChain;
  /**
   * How many of the newest blocks are kept as an overlay, which the next ingest replaces: a reorganisation less deep
   * than this touches nothing stored. 6 for nodes, 0 for files.
   */
  readonly overlayBlocks?: number | undefined;
  /** Rows that are committed together. Two such batches are held in memory, one filling while the other is stored. */
  readonly room?: BatchRoom | undefined;
  /** Called once when the writer was finished or abandoned. */
  readonly onClosed?: () => void;
}

export interface Tip {
  readonly height: number;
  /** As displayed. */
  readonly hash: string;
}

interface NewestBlock {
  readonly height: number;
  readonly hash: Uint8Array;
}

/** Bytes of blocks without a place that a batch holds before it is stored. */
const rawBytesMax = 64_000_000;

/** Two batches take about 250 MB. */
export const roomDefault: BatchRoom = {
  transactions: 400_000,
  outputs: 1_000_000,
  inputs: 1_000_000,
  scriptBytes: 48_000_000,
};

/**
 * Appends blocks to a stored coin ledger. Blocks count batch by batch: after a kill at any moment the ledger is what it
 * was when its last batch was committed. Every input must spend an unspent coin, no transaction gives more than it
 * takes, no coinbase claims more than subsidy and fees; a block that fails is refused and leaves no trace.
 */
export class CoinLedgerWriter {
  readonly #options: CoinLedgerWriterOptions;
  readonly #overlayBlocks: number;
  readonly #spent = new SpentCoins();
  #index: CoinIndex | null = null;
  #rows: BatchRows;
  #spare: BatchRows | null = null;
  /** The batch on its way into the store; rejects where that failed. */
  #storing: Promise<void> = Promise.resolve();
  #isStoring = false;
  #sequence: number;
  /** What is committed, or is on its way. */
  #stored: Totals;
  /** The newest block that is stored for good or held. */
  #tip: NewestBlock | null;
  /** The overlay of the ingest before, which counts until something takes its place. */
  #overlay: { readonly totals: Totals; readonly tip: NewestBlock } | null;
  #finished = false;

  private constructor(
    options: CoinLedgerWriterOptions,
    state: Pick<JournalState, "sequence" | "stored" | "all"> & {
      tip: NewestBlock | null;
      overlayTip: NewestBlock | null;
    },
  ) {
    this.#options = options;
    this.#overlayBlocks = options.overlayBlocks ?? 6;
    this.#rows = new BatchRows(options.room ?? roomDefault);
    this.#sequence = state.sequence;
    this.#stored = state.stored;
    this.#tip = state.tip;
    this.#overlay = state.overlayTip === null ? null : { totals: state.all, tip: state.overlayTip };
    this.#beginAt(state.stored);
  }

  /**
   * Takes away what an interrupted run left. The overlay stays until the first block that takes its place.
   * @throws StoreDamagedError
   */
  static async open(options: CoinLedgerWriterOptions): Promise<CoinLedgerWriter> {
    const { connection, database, name } = options;
    const state = await readJournal(connection, database);
    await takeAwayUncounted(connection, { name, database, state });
    const tip = await newestBlock(options, state.stored);
    const overlayTip = state.all.blocks > state.stored.blocks ? await newestBlock(options, state.all) : null;
    return new CoinLedgerWriter(options, { ...state, tip, overlayTip });
  }

  /** The newest block that counts. Null where there is none. */
  tip(): Tip | null {
    const tip = this.#overlay?.tip ?? this.#tip;
    return tip === null ? null : { height: tip.height, hash: displayed(tip.hash, 0) };
  }

  /**
   * The height to append next: after the newest block, or in place of the first one of the overlay that an ingest
   * before left.
   */
  nextHeight(): number {
    return this.#tip === null ? 0 : this.#tip.height + 1;
  }

  /** Unspent coins held in memory, and the bytes they take; null until the first block is appended. */
  memory(): { coins: number; bytes: number } | null {
    return this.#index === null ? null : { coins: this.#index.count, bytes: this.#index.byteLength };
  }

  /**
   * Reads the unspent coins from the store, as the first append does: for callers that show how long it takes.
   * `coins` are held in memory and take `bytes`.
   */
  async loadIndex(): Promise<{ coins: number; bytes: number }> {
    this.#refuseWhereFinished();
    const { connection, database, chain } = this.#options;
    this.#index ??= await rebuildCoinIndex({ connection, database, chain, totals: this.#stored });
    return { coins: this.#index.count, bytes: this.#index.byteLength };
  }

  /** The hash of a block as displayed; null where it is not held. */
  async hashAt(height: number): Promise<string | null> {
    const held = this.#rows.blocks.find((block) => block.height === height);
    if (held !== undefined) return displayed(held.hash, 0);
    await this.#storing;
    const [row] = await this.#options.connection.rows<{ hash: string }>(
      `SELECT lower(hex(reverse(hash))) AS hash FROM ${this.#options.database}.blocks WHERE height = {height:UInt32}
       AND first_transaction < {transactions:UInt64}`,
      { height, transactions: this.#counted.transactions },
    );
    return row?.hash ?? null;
  }

  /** The headers (80 bytes each) from a height to the newest block, in order. */
  async headers(from: number): Promise<Uint8Array[]> {
    await this.#storing;
    const stored = await this.#options.connection.rows<{ header: string }>(
      `SELECT hex(header) AS header FROM ${this.#options.database}.blocks WHERE height >= {from:UInt32}
       AND first_transaction < {transactions:UInt64} ORDER BY height`,
      { from, transactions: this.#counted.transactions },
    );
    const held = this.#rows.blocks.filter(({ height }) => height >= from);
    return [...stored.map(({ header }) => Uint8Array.fromHex(header)), ...held.map(({ header }) => header)];
  }

  /**
   * Appends one block. The block's buffers may be reused once the promise is settled.
   * @throws BlockHeightError, BlockLinkError, MissingParentError, CoinNotUnspentError, DuplicateTransactionError,
   * ValueCreatedError: the block is refused, the ledger as before; and what storing the batch before threw
   */
  async append(block: CoinBlock): Promise<void> {
    this.#refuseWhereFinished();
    this.#checkPlace(block);
    if (this.#index === null) await this.loadIndex();
    if (this.#overlay !== null) await this.#takeOverlayAway();
    const { transactionCount, outputCount, inputCount } = block.columns;
    // A script's length takes up to five bytes; scripts fill less than their block.
    const scriptBytes = block.bytes.length + 5 * outputCount;
    const need = { transactions: transactionCount, outputs: outputCount, inputs: inputCount, scriptBytes };
    if (!this.#rows.fits(need) || this.#rows.rawBytes > rawBytesMax) await this.#store();
    if (!this.#rows.fits(need)) this.#enlarge(need);
    const { chain } = this.#options;
    const refused = appendBlock({ block, rows: this.#rows, index: this.#index!, chain, spent: this.#spent });
    if (refused !== null) throw refusal(refused, { height: block.height, made: await this.#wasMade(refused, block) });
    this.#tip = { height: block.height, hash: new Uint8Array(block.hash) };
    // Appending alone never leaves the microtasks: without this the batch on its way would wait for the next.
    if (this.#isStoring) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Commits what was appended, but for the overlay, and waits for it. */
  async commit(): Promise<void> {
    this.#refuseWhereFinished();
    await this.#store();
    await this.#storing;
  }

  /**
   * Takes away the blocks above a height (and may take away some below it that were not stored yet: {@link tip} says
   * where to go on).
   * @throws RewindHeightError
   */
  async rewind(height: number): Promise<void> {
    this.#refuseWhereFinished();
    await this.#storing;
    const { connection, database, name } = this.#options;
    const tip = this.tip();
    if (tip === null || height > tip.height || height < -1) {
      throw new RewindHeightError({ height, tipHeight: tip?.height ?? null });
    }
    await this.#takeOverlayAway();
    const storedTo = await newestBlock(this.#options, this.#stored);
    if (storedTo !== null && height < storedTo.height) {
      const totals = await totalsTo(this.#options, height);
      if (totals === null) throw new RewindHeightError({ height, tipHeight: storedTo.height });
      await mark(connection, database, { sequence: ++this.#sequence, kind: "rewind", totals });
      const state = { sequence: this.#sequence, stored: totals, all: totals };
      await takeAwayUncounted(connection, { name, database, state });
      this.#stored = totals;
    }
    this.#index = null;
    this.#beginAt(this.#stored);
    this.#tip = await newestBlock(this.#options, this.#stored);
  }

  /**
   * Commits all blocks, the newest as an overlay; where none was appended the overlay before stays. The writer cannot
   * be used afterwards, whether that failed or not.
   */
  async finish(): Promise<void> {
    this.#refuseWhereFinished();
    const { connection, database } = this.#options;
    try {
      await this.commit();
      const count = this.#rows.blocks.length;
      if (count === 0) return;
      const totals = this.#totalsWith(this.#rows, count);
      await this.#insert(this.#rows, count, true);
      await mark(connection, database, { sequence: ++this.#sequence, kind: "overlay", totals });
    } finally {
      this.#finished = true;
      this.#options.onClosed?.();
    }
  }

  /** Waits for the batch on its way; blocks that were not committed are forgotten. */
  async abandon(): Promise<void> {
    this.#finished = true;
    await this.#storing.catch(() => {});
    this.#options.onClosed?.();
  }

  /** What counts in the store. */
  get #counted(): Totals {
    return this.#overlay?.totals ?? this.#stored;
  }

  async #takeOverlayAway(): Promise<void> {
    if (this.#overlay === null) return;
    const { connection, database, name } = this.#options;
    const [sequence, stored] = [++this.#sequence, this.#stored];
    await mark(connection, database, { sequence, kind: "rewind", totals: stored });
    await takeAwayUncounted(connection, { name, database, state: { sequence, stored, all: stored } });
    this.#overlay = null;
  }

  #refuseWhereFinished(): void {
    if (this.#finished) throw new StoreClosedError({ what: `The writer of the ledger ${this.#options.name}` });
  }

  #checkPlace(block: CoinBlock): void {
    const tip = this.#tip;
    const next = tip === null ? 0 : tip.height + 1;
    if (block.height !== next) throw new BlockHeightError({ height: block.height, next });
    if (tip === null) return;
    const previous = block.header.subarray(4, 36);
    if (Buffer.compare(previous, tip.hash) !== 0) {
      throw new BlockLinkError({
        height: block.height,
        previous: displayed(previous, 0),
        tip: displayed(tip.hash, 0),
        tipHeight: tip.height,
      });
    }
  }

  /** Hands all blocks but the newest `overlayBlocks` to the store and goes on in the other batch. */
  async #store(): Promise<void> {
    await this.#storing;
    const full = this.#rows;
    const count = full.blocks.length - this.#overlayBlocks;
    if (count <= 0) return;
    const next = this.#spare ?? new BatchRows(full.room);
    next.restart(full, count);
    this.#rows = next;
    this.#spare = full;
    this.#stored = this.#totalsWith(full, count);
    const entry = { sequence: ++this.#sequence, kind: "append", totals: this.#stored } as const;
    this.#isStoring = true;
    this.#storing = this.#insert(full, count, false)
      .then(() => mark(this.#options.connection, this.#options.database, entry))
      .finally(() => {
        this.#isStoring = false;
      });
    // Whoever waits for it next gets the error.
    this.#storing.catch(() => {});
  }

  async #insert(rows: BatchRows, count: number, overlay: boolean): Promise<void> {
    const { connection, database } = this.#options;
    for (const { table, rowCount, columns } of rows.tablesOf(0, count)) {
      const flags = { name: "overlay", type: "UInt8", data: new Uint8Array(overlay ? rowCount : 0).fill(1) };
      await connection.insert(`${database}.${table}`, rowCount, overlay ? [...columns, flags] : columns);
    }
  }

  #totalsWith(rows: BatchRows, count: number): Totals {
    const end = rows.startOf(count);
    return {
      blocks: this.#stored.blocks + count,
      rawBlocks: this.#stored.rawBlocks + rows.blocks.slice(0, count).filter((block) => block.raw !== null).length,
      transactions: rows.firstTransaction + end.transactions,
      inputs: rows.firstInput + end.inputs,
      outputs: rows.firstOutput + end.outputs,
    };
  }

  /** A single block, or the overlay, is larger than a batch: bounded by the blocks themselves. */
  #enlarge(need: { transactions: number; outputs: number; inputs: number; scriptBytes: number }): void {
    const { counts, room } = this.#rows;
    const larger = new BatchRows({
      transactions: Math.max(room.transactions, 2 * (counts.transactions + need.transactions)),
      outputs: Math.max(room.outputs, 2 * (counts.outputs + need.outputs)),
      inputs: Math.max(room.inputs, 2 * (counts.inputs + need.inputs)),
      scriptBytes: Math.max(room.scriptBytes, 2 * (counts.scriptBytes + need.scriptBytes)),
    });
    larger.restart(this.#rows, 0);
    this.#rows = larger;
    // The batch on its way keeps its own buffers until it is stored; the next one is made as large as this.
    this.#spare = null;
  }

  #beginAt(totals: Totals): void {
    this.#rows.begin(totals);
  }

  /** Whether a transaction before the refused one (stored, in a batch, or in its block) made the coin. */
  async #wasMade(refused: RefusedInput, block: CoinBlock): Promise<boolean> {
    const made = (txids: Uint8Array, count: number, outputs: (t: number) => number) => {
      for (let t = 0; t < count; t++) {
        const txid = txids.subarray(32 * t, 32 * t + 32);
        if (Buffer.compare(txid, refused.txid) === 0 && refused.vout < outputs(t)) return true;
      }
      return false;
    };
    const { columns } = block;
    const own = (t: number) => columns.txFirstOutput[t + 1]! - columns.txFirstOutput[t]!;
    const spender = Buffer.from(refused.spender, "hex").reverse();
    let before = 0;
    while (Buffer.compare(columns.txids.subarray(32 * before, 32 * before + 32), spender) !== 0) before++;
    const rows = this.#rows;
    if (made(columns.txids, before, own) || made(rows.txid, rows.transactionCount, (t) => rows.txOutputs[t]!))
      return true;
    await this.#storing;
    const { connection, database } = this.#options;
    const found = await connection.rows(
      `SELECT id FROM ${database}.transactions WHERE outputs > {vout:UInt32} AND txid = unhex({txid:String})
       AND id IN (SELECT id FROM ${database}.txids
                  WHERE prefix = reinterpretAsUInt64(substring(unhex({txid:String}), 1, 8)))`,
      { vout: refused.vout, txid: Buffer.from(refused.txid).toString("hex") },
    );
    return found.length > 0;
  }
}

type At = Pick<CoinLedgerWriterOptions, "connection" | "database">;

async function newestBlock({ connection, database }: At, totals: Totals) {
  if (totals.blocks === 0) return null;
  const [row] = await connection.rows<{ height: number; hash: string }>(
    `SELECT height, hex(hash) AS hash FROM ${database}.blocks WHERE first_transaction < {transactions:UInt64}
     ORDER BY height DESC LIMIT 1`,
    { transactions: totals.transactions },
  );
  return row === undefined ? null : { height: row.height, hash: new Uint8Array(Buffer.from(row.hash, "hex")) };
}

/** What the blocks up to a height hold; null where that height is not stored. */
async function totalsTo({ connection, database }: At, height: number): Promise<Totals | null> {
  if (height === -1) return nothing;
  const [row] = await connection.rows<Record<keyof Totals, string>>(
    `SELECT first_transaction + b.transactions AS transactions, first_output + b.outputs AS outputs,
       first_input + b.inputs AS inputs,
       (SELECT count() FROM ${database}.blocks WHERE height <= {height:UInt32}) AS blocks,
       (SELECT count() FROM ${database}.raw_blocks WHERE height <= {height:UInt32}) AS rawBlocks
     FROM ${database}.blocks AS b WHERE height = {height:UInt32}`,
    { height },
  );
  if (row === undefined) return null;
  return {
    blocks: Number(row.blocks),
    rawBlocks: Number(row.rawBlocks),
    transactions: Number(row.transactions),
    inputs: Number(row.inputs),
    outputs: Number(row.outputs),
  };
}
