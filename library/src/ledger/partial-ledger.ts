import { LedgerBusyError, LooseConflictError, StoreDamagedError } from "../errors/ledger.ts";
import { arrangeLoose } from "./arrange-loose.ts";
import type { Connection } from "./connection.ts";
import type { CoinChain, CoinLedger, LooseTransaction } from "./contract.ts";
import { readLoose, writeLoose } from "./loose-record.ts";
import { memoryCoinLedger } from "./memory-coin-ledger.ts";
import { mergeLoose } from "./merge-loose.ts";
import { readNativeBlocks, stringsOf, writeLeb128 } from "./native-format.ts";

export interface PartialLedgerSource {
  readonly connection: Connection;
  readonly name: string;
  readonly network: string;
  readonly database: string;
  readonly chain: CoinChain;
}

/** Opens a partial ledger for reading. It is read into memory whole. */
export async function openPartialLedger(source: PartialLedgerSource): Promise<CoinLedger> {
  const { transactions } = await readTellings(source);
  return memoryCoinLedger(arrangeLoose(transactions.values(), source), source.chain);
}

export interface Appended {
  /** Transactions that are new to the ledger. */
  readonly added: number;
  /** Transactions of which something new was told. */
  readonly enriched: number;
  /** Transactions of which nothing new was told: nothing was stored. */
  readonly unchanged: number;
}

/** Appends what a few files or an explorer tell of transactions. */
export class PartialLedgerWriter {
  readonly #source: PartialLedgerSource;
  #transactions: Map<string, LooseTransaction>;
  #sequence: number;

  private constructor(
    source: PartialLedgerSource,
    stored: { transactions: Map<string, LooseTransaction>; sequence: number },
  ) {
    this.#source = source;
    this.#transactions = stored.transactions;
    this.#sequence = stored.sequence;
  }

  /** @throws StoreDamagedError */
  static async open(source: PartialLedgerSource): Promise<PartialLedgerWriter> {
    return new PartialLedgerWriter(source, await readTellings(source));
  }

  /** What is known of a transaction. @param txid as displayed */
  known(txid: string): LooseTransaction | null {
    return this.#transactions.get(txid) ?? null;
  }

  /**
   * Stores all of these tellings or none. The same transaction again adds what is new about it; the same telling again
   * changes nothing.
   * @throws LooseConflictError, LooseCycleError, LedgerBusyError where another writer stored meanwhile: nothing was
   * stored
   */
  async append(transactions: readonly LooseTransaction[]): Promise<Appended> {
    const merged = new Map(this.#transactions);
    const tellings: string[] = [];
    const counts = { added: 0, enriched: 0, unchanged: 0 };
    for (const transaction of transactions) {
      this.#refuseForeignBytes(transaction);
      const before = merged.get(transaction.txid);
      const after = before === undefined ? transaction : mergeLoose(before, transaction);
      if (before === undefined) counts.added++;
      else if (writeLoose(before) === writeLoose(after)) counts.unchanged++;
      else counts.enriched++;
      if (before !== undefined && writeLoose(before) === writeLoose(after)) continue;
      merged.set(transaction.txid, after);
      tellings.push(writeLoose(transaction));
    }
    if (tellings.length === 0) return counts;
    arrangeLoose(merged.values(), this.#source);
    await this.#store(tellings);
    this.#transactions = merged;
    return counts;
  }

  /** Sources check this too; here it is the store that must not hold bytes of another transaction. */
  #refuseForeignBytes({ txid, raw, source }: LooseTransaction): void {
    if (raw === null) return;
    const fail = (why: string) => new LooseConflictError({ txid, other: null, source: source.name, why });
    let found: string;
    try {
      found = Buffer.from(this.#source.chain.transactionId(raw).toReversed()).toString("hex");
    } catch {
      throw fail("is told with bytes that are no transaction");
    }
    if (found !== txid) throw fail(`is told with the bytes of ${found}`);
  }

  /** The batch counts once its mark is there; what a kill leaves without one is never read. */
  async #store(tellings: readonly string[]): Promise<void> {
    const { connection, database, name } = this.#source;
    const batch = this.#sequence + 1;
    const [newest] = await connection.rows<{ sequence: string }>(
      `SELECT max(sequence) AS sequence FROM ${database}.batches`,
    );
    if (Number(newest?.sequence ?? 0) !== this.#sequence) throw new LedgerBusyError({ name });
    await this.#takeAwayUnmarked(batch);
    const count = tellings.length;
    await connection.insert(`${database}.tellings`, count, [
      { name: "batch", type: "UInt64", data: bytesOf(new BigUint64Array(count).fill(BigInt(batch))) },
      { name: "number", type: "UInt64", data: bytesOf(BigUint64Array.from(tellings, (_, n) => BigInt(n))) },
      { name: "record", type: "String", data: Buffer.concat(tellings.flatMap(sized)) },
    ]);
    await connection.run(`INSERT INTO ${database}.batches SELECT {sequence:UInt64}, {tellings:UInt64}`, {
      sequence: batch,
      tellings: count,
    });
    this.#sequence = batch;
  }

  /** The number of a batch that was never marked is taken again: its leftovers must go first. */
  async #takeAwayUnmarked(batch: number): Promise<void> {
    const { connection, database } = this.#source;
    const [left] = await connection.rows<{ tellings: string }>(
      `SELECT count() AS tellings FROM ${database}.tellings WHERE batch >= {batch:UInt64}`,
      { batch },
    );
    if (Number(left?.tellings ?? 0) === 0) return;
    // A server would do it later, when the new tellings of that number are already there.
    await connection.run(`ALTER TABLE ${database}.tellings DELETE WHERE batch >= ${batch} SETTINGS mutations_sync = 2`);
  }
}

function bytesOf(column: BigUint64Array): Uint8Array {
  return new Uint8Array(column.buffer);
}

function sized(text: string): Uint8Array[] {
  const bytes = Buffer.from(text, "utf8");
  const size = new Uint8Array(5);
  return [size.subarray(0, writeLeb128(size, 0, bytes.length)), bytes];
}

/** Tellings read at once, a bound on what stands in memory beside the ledger itself. */
const tellingsAtOnce = 20_000;

/** All tellings that count, merged in the order in which they came. @throws StoreDamagedError where some are missing */
async function readTellings({ connection, database, name }: PartialLedgerSource) {
  const batches = await connection.rows<{ sequence: string; tellings: string }>(
    `SELECT sequence, tellings FROM ${database}.batches ORDER BY sequence`,
  );
  const transactions = new Map<string, LooseTransaction>();
  for (const { sequence, tellings } of batches) {
    let read = 0;
    for (let from = 0; from < Number(tellings); from += tellingsAtOnce) {
      const bytes = await connection.native(
        `SELECT record FROM ${database}.tellings WHERE batch = {batch:UInt64} AND number >= {from:UInt64}
         AND number < {to:UInt64} ORDER BY number`,
        { batch: Number(sequence), from, to: from + tellingsAtOnce },
      );
      for (const { columns } of readNativeBlocks(bytes)) {
        for (const record of stringsOf(columns[0]!)) {
          read++;
          const told = readLoose(Buffer.from(record).toString("utf8"));
          const before = transactions.get(told.txid);
          transactions.set(told.txid, before === undefined ? told : mergeLoose(before, told));
        }
      }
    }
    const expected = Number(tellings);
    if (read !== expected) throw new StoreDamagedError({ name, table: "tellings", has: read, expected });
  }
  return { transactions, sequence: Number(batches.at(-1)?.sequence ?? 0) };
}
