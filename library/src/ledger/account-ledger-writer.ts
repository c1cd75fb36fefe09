import { StoreClosedError } from "../errors/ledger.ts";
import { AccountLedgerFullError } from "../errors/ledger-accounts.ts";
import type { AccountLedgerFacts, TransferTelling } from "./account-contract.ts";
import { AccountTables, unknown32 } from "./account-schema.ts";
import {
  type AccountState,
  dropOtherTables,
  markAccounts,
  type NumberKind,
  numberKinds,
  readAccountState,
  takeAwayUnmarkedRows,
} from "./account-state.ts";
import { beginEpoch } from "./begin-epoch.ts";
import { refuseBadFacts } from "./check-facts.ts";
import type { Connection } from "./connection.ts";
import type { FactColumns } from "./fact-columns.ts";
import { addRange, type HeightRange } from "./height-ranges.ts";
import { PackedPlaces } from "./place-packed.ts";
import { type SettledAccounts, type Supersedes, settleAccounts } from "./settle-accounts.ts";
import { readRecords, storeRecords } from "./source-records.ts";
import { type PackedTellings, TellingPacker } from "./telling-packer.ts";
import { eachInTwoLanes } from "./two-lanes.ts";

export interface AccountLedgerWriterOptions {
  readonly connection: Connection;
  readonly name: string;
  readonly network: string;
  readonly database: string;
  readonly partial: boolean;
  /** Transfers that are committed together. Two such batches are held in memory. */
  readonly transfersAtOnce?: number | undefined;
  /** Generations that somebody reads; they are dropped later. */
  readonly held: () => ReadonlySet<number>;
  /** Called once when the writer was finished or abandoned. */
  readonly onClosed?: () => void;
}

/** A way to give many tellings: batches of any size, from memory or as they are read. */
export type TellingBatches = AsyncIterable<readonly TransferTelling[]> | Iterable<readonly TransferTelling[]>;

/**
 * Takes what sources tell of an account ledger, and settles it into what readers read. What is told counts batch by
 * batch; readers see it after the next settlement. After a kill at any moment they read the settlement before.
 */
export class AccountLedgerWriter {
  readonly #options: AccountLedgerWriterOptions;
  /** What the ledger's next mark will say: it may be on its way. */
  #state: AccountState;
  /** What the numbers were when this writer was opened. */
  readonly #opened: AccountState;
  readonly #packer: TellingPacker;
  #places = new PackedPlaces();
  readonly #layers: Map<string, number>;
  #isStoring = false;
  #storing: Promise<void> = Promise.resolve();
  /** Something besides rows is to be marked. */
  #isChanged = false;
  /** What is stored belongs to an epoch that does not count yet. */
  #isUnmarked = false;
  #finished = false;

  private constructor(options: AccountLedgerWriterOptions, state: AccountState) {
    this.#options = options;
    this.#state = state;
    this.#opened = state;
    this.#packer = new TellingPacker({ ledger: options.name, transfersAtOnce: options.transfersAtOnce });
    this.#layers = new Map(state.layers.map((layer, code) => [layer, code]));
  }

  /** Takes away what an interrupted run left. @throws StoreDamagedError */
  static async open(options: AccountLedgerWriterOptions): Promise<AccountLedgerWriter> {
    const { connection, database, name } = options;
    const state = await readAccountState(connection, database);
    await dropOtherTables(connection, database, { epoch: state.epoch, generations: generationsOf(state, options) });
    for (const sql of new AccountTables(database, { epoch: state.epoch, generation: 0 }).createStaged()) {
      await connection.run(sql);
    }
    await takeAwayUnmarkedRows(connection, { name, database, state });
    return new AccountLedgerWriter(options, state);
  }

  /**
   * Stages transfers. What a caller gives in one call should be hundreds or more. The arrays may be reused once the
   * promise is settled.
   * @throws TellingRefusedError where one cannot be held: nothing of this call was taken; AccountLedgerFullError; and
   * what storing the batch before threw
   */
  async append(transfers: readonly TransferTelling[]): Promise<void> {
    this.#refuseWhereFinished();
    this.#packer.check(transfers);
    for (const telling of transfers) {
      if (this.#packer.isFull) await this.#store();
      this.#packer.push(telling);
    }
  }

  /** Whether a batch is on its way into the store: another one would have to wait for it. */
  get isStoring(): boolean {
    return this.#isStoring;
  }

  /**
   * A way in for what one other packer packs, in another thread perhaps, in its order. What it gives is on its way once
   * the promise is settled, and `onStored` is called once its columns may be used again. The caller waits for one call
   * of this writer before the next, and checks nothing: the packer has.
   */
  laneForPacked(): (packed: PackedTellings, onStored: () => void) => Promise<void> {
    const places = new PackedPlaces();
    const { epoch } = this.#state;
    return async (packed, onStored) => {
      this.#refuseWhereFinished();
      if (this.#state.epoch !== epoch) throw new RangeError("laneForPacked: its ledger was begun anew meanwhile");
      await this.#storing;
      this.#send(packed, places, null);
      this.#storing.then(onStored, () => {});
    };
  }

  /** Stages facts. @throws TellingRefusedError: nothing of this call was taken */
  async addFacts(facts: AccountLedgerFacts): Promise<void> {
    this.#refuseWhereFinished();
    refuseBadFacts(this.#options.name, facts);
    for (const fact of facts.assets ?? []) (await this.#roomy()).facts.pushAsset(fact);
    for (const fact of facts.accounts ?? []) (await this.#roomy()).facts.pushAccount(fact);
    for (const fact of facts.transactions ?? []) (await this.#roomy()).facts.pushTransaction(fact);
    for (const fact of facts.openings ?? []) (await this.#roomy()).pushOpening(fact);
    if (facts.fromGenesis !== undefined) this.#change({ fromGenesis: facts.fromGenesis });
  }

  /** What the ledger lacks, in words, in place of what was said before. */
  async setMissing(missing: readonly string[]): Promise<void> {
    this.#refuseWhereFinished();
    this.#change({ missing: [...missing] });
  }

  /** Notes that all blocks of a range, ends included, were appended. It counts with what was appended before it. */
  async markRange({ from, to }: { from: number; to: number }): Promise<void> {
    this.#refuseWhereFinished();
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to < unknown32)) {
      throw new RangeError(`markRange: ${from} to ${to} is no range of heights`);
    }
    this.#change({ ranges: addRange(this.#state.ranges, [from, to]) });
  }

  /** The highest unbroken range of blocks that is held: the next ingest goes on after it. Null where none was noted. */
  async heights(): Promise<{ from: number; to: number } | null> {
    const newest: HeightRange | undefined = this.#state.ranges.at(-1);
    return newest === undefined ? null : { from: newest[0], to: newest[1] };
  }

  /** Keeps records of a source as they are. A key that is known changes nothing, whatever stands beside it. */
  async appendRecords(records: readonly { readonly key: string; readonly json: string }[]): Promise<void> {
    this.#refuseWhereFinished();
    refuseBadFacts(this.#options.name, {
      transactions: records.map(({ key, json }) => ({ transaction: key, about: json })),
    });
    for (const record of records) (await this.#roomy()).facts.pushRecord(record);
  }

  /** All records, in the order in which they came. What was appended before this call is among them. */
  async *records(): AsyncGenerator<string> {
    await this.commit();
    yield* readRecords(this.#options, this.#state.next.record, this.#options.name);
  }

  /** Commits what was staged and waits for it. */
  async commit(): Promise<void> {
    this.#refuseWhereFinished();
    await this.#store();
    await this.#storing;
  }

  /**
   * Makes of all that is staged what readers read, and marks it: they see all of it or nothing. Where this throws, what
   * readers see stays as it was and the writer must be abandoned.
   * @throws AccountLedgerFullError, StoreMemoryError, DiskFullError
   */
  async settle(
    request: {
      /** Where a transaction has transfers of `layer`, those of layer `of` do not count. */
      readonly supersedes?: readonly Supersedes[];
      /** These count in place of all transfers staged so far, and of the facts those facts that this writer took. */
      readonly replaceTransfers?: TellingBatches;
      /** With those: facts that belong to them. Told here, they are stored once. */
      readonly replaceFacts?: AccountLedgerFacts | Iterable<AccountLedgerFacts>;
    } = {},
  ): Promise<SettledAccounts> {
    await this.commit();
    const { replaceTransfers, replaceFacts = [] } = request;
    if (replaceTransfers !== undefined) {
      await this.#replace(replaceTransfers, Symbol.iterator in replaceFacts ? replaceFacts : [replaceFacts]);
    }
    const { connection, database, name, network, partial } = this.#options;
    const source = { connection, database, name, network, partial };
    const { settled, result } = await settleAccounts(source, this.#state, request.supersedes ?? []);
    this.#state = { ...this.#state, sequence: this.#state.sequence + 1, settled };
    await markAccounts(connection, database, this.#state);
    this.#isUnmarked = false;
    const { epoch } = this.#state;
    await dropOtherTables(connection, database, { epoch, generations: generationsOf(this.#state, this.#options) });
    return result;
  }

  /** Commits what was staged. The writer cannot be used afterwards, whether that failed or not. */
  async finish(): Promise<void> {
    this.#refuseWhereFinished();
    try {
      await this.commit();
    } finally {
      this.#close();
    }
  }

  /** Waits for the batch on its way; what was not committed is forgotten. */
  async abandon(): Promise<void> {
    await this.#storing.catch(() => {});
    if (!this.#finished) this.#close();
  }

  #close(): void {
    this.#finished = true;
    this.#options.onClosed?.();
  }

  async #replace(batches: TellingBatches, facts: Iterable<AccountLedgerFacts>): Promise<void> {
    this.#state = await beginEpoch(this.#options, { opened: this.#opened, state: this.#state });
    this.#isUnmarked = true;
    this.#packer.restart();
    this.#places = new PackedPlaces();
    for (const some of facts) await this.addFacts(some);
    for await (const batch of batches) await this.append(batch);
    await this.commit();
  }

  #change(change: Partial<AccountState>): void {
    this.#state = { ...this.#state, ...change };
    this.#isChanged = true;
  }

  /** The packer, with room for the next row. */
  async #roomy(): Promise<TellingPacker> {
    if (this.#packer.isFull) await this.#store();
    return this.#packer;
  }

  /** Hands the batch to the store and goes on in the other one. */
  async #store(): Promise<void> {
    await this.#storing;
    if (this.#packer.isEmpty && !this.#isChanged) return;
    this.#isChanged = false;
    const { records, ...packed } = this.#packer.take();
    this.#send(packed, this.#places, records);
  }

  /** To be called where nothing is on its way. @throws AccountLedgerFullError */
  #send(packed: PackedTellings, places: PackedPlaces, records: FactColumns["records"] | null): void {
    const next = { ...this.#state.next };
    for (const kind of numberKinds) next[kind] += packed.counts[kind];
    this.#refuseWhereOver(next);
    places.place(packed, this.#state.next, { ledger: this.#options.name, layers: this.#layers });
    const rows = { ...this.#state.rows };
    for (const { table, rowCount } of packed.tables) rows[table] += rowCount;
    const sequence = this.#state.sequence + 1;
    this.#state = { ...this.#state, sequence, rows, next, layers: [...this.#layers.keys()] };
    this.#isStoring = true;
    this.#storing = this.#insert(packed, records, this.#state).finally(() => {
      this.#isStoring = false;
    });
    // Whoever waits for it next gets the error.
    this.#storing.catch(() => {});
  }

  /** @param state what the mark says, but for the records: which of them are new is seen only now */
  async #insert(
    { tables }: PackedTellings,
    records: FactColumns["records"] | null,
    state: AccountState,
  ): Promise<void> {
    const { connection, database } = this.#options;
    const names = new AccountTables(database, { epoch: state.epoch, generation: 0 });
    await eachInTwoLanes(connection, tables, (lane, { table, rowCount, columns }) =>
      lane.insert(names.staged(table), rowCount, columns),
    );
    const first = state.next.record;
    const record = records === null ? first : first + (await storeRecords(this.#options, records, first));
    this.#state = { ...this.#state, next: { ...this.#state.next, record } };
    if (this.#isUnmarked) return;
    await markAccounts(connection, database, { ...state, next: { ...state.next, record } });
  }

  #refuseWhereOver(next: Readonly<Record<NumberKind, number>>): void {
    for (const [what, number] of Object.entries(next)) {
      if (number > unknown32) {
        throw new AccountLedgerFullError({ ledger: this.#options.name, what: `${what} numbers`, max: unknown32 - 1 });
      }
    }
  }

  #refuseWhereFinished(): void {
    if (this.#finished) throw new StoreClosedError({ what: `The writer of the ledger ${this.#options.name}` });
  }
}

/** Those that readers read, or may read next. */
function generationsOf(state: AccountState, { held }: AccountLedgerWriterOptions): Set<number> {
  return new Set([...held(), ...(state.settled === null ? [] : [state.settled.generation])]);
}
