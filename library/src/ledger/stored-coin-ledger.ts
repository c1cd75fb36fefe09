import { IdRangeError } from "../errors/ledger.ts";
import { type Instant, instantOfSeconds } from "../money/instant.ts";
import type { Totals } from "./batch-journal.ts";
import type { Connection } from "./connection.ts";
import type {
  Account,
  BlockRecord,
  CoinChain,
  CoinLedger,
  CoinRecord,
  LedgerSummary,
  Page,
  TransactionRecord,
} from "./contract.ts";
import { loadColumns } from "./load-columns.ts";
import { loadReach } from "./load-reach.ts";
import { afterCursor } from "./memory-coin-ledger.ts";
import { idRuns, readNumbers } from "./read-numbers.ts";
import { readRawTransaction } from "./read-raw-transaction.ts";

export interface StoredCoinLedgerSource {
  readonly connection: Connection;
  readonly name: string;
  readonly network: string;
  readonly database: string;
  readonly chain: CoinChain;
  /** What counted when the ledger was opened: it stays a picture of that moment while more is appended. */
  readonly totals: Totals;
}

/** Queries that fill a page before it is given back short. */
const pageRoundsMax = 8;

/** A coin ledger kept in ClickHouse. Closing it leaves the connection open: that is the data folder's. */
export function storedCoinLedger(source: StoredCoinLedgerSource): CoinLedger {
  const { connection, database, totals } = source;
  return {
    summary: () => summaryOf(source),
    transaction: async (txid) => {
      if (!/^[0-9a-f]{64}$/iu.test(txid)) return null;
      const hex = Buffer.from(txid, "hex").reverse().toString("hex");
      const records = await readRecords(
        source,
        `txid = unhex({txid:String}) AND id IN (SELECT id FROM ${database}.txids
         WHERE prefix = reinterpretAsUInt64(substring(unhex({txid:String}), 1, 8))) AND id < {transactions:UInt64}`,
        { txid: hex, transactions: totals.transactions },
      );
      // Before BIP 30 two coinbases repeat earlier ones.
      return records.reduce<TransactionRecord | null>((last, one) => (last && last.id > one.id ? last : one), null);
    },
    transactionsById: async (ids) => {
      for (const id of ids) refuseOutside("transaction", id, totals.transactions);
      const byId = new Map<number, TransactionRecord>();
      for (const run of idRuns(ids)) {
        const records = await readRecords(source, "id IN {ids:Array(UInt64)}", { ids: run });
        for (const record of records) byId.set(record.id, record);
      }
      return ids.map((id) => byId.get(id)!);
    },
    inputsOf: async (transaction) => {
      refuseOutside("transaction", transaction, totals.transactions);
      const [row] = await connection.rows<{ first_input: string; inputs: number }>(
        `SELECT first_input, inputs FROM ${database}.transactions WHERE id = {id:UInt64}`,
        { id: transaction },
      );
      const from = Number(row?.first_input ?? 0);
      const [outputs] = await readNumbers(
        connection,
        `SELECT output FROM ${database}.inputs WHERE id >= {from:UInt64} AND id < {to:UInt64} ORDER BY id`,
        { from, to: from + (row?.inputs ?? 0) },
      );
      return readCoins(source, Array.from(outputs));
    },
    coinsById: (ids) => readCoins(source, ids),
    coinsOfAccount: (account, page) => pageOfAccount(source, account, page),
    coinIdsOfAccounts: async (accounts) => {
      const ids = new Set<number>();
      for (const account of accounts) for (const id of await idsOfAccount(source, account)) ids.add(id);
      return Float64Array.from(ids).sort();
    },
    totalsOfAccount: (account) => totalsOf(source, account),
    block: (at) => readBlock(source, at),
    rawTransaction: (transaction) => {
      refuseOutside("transaction", transaction, totals.transactions);
      return readRawTransaction(source, transaction);
    },
    loadAll: () => loadColumns(connection, database, totals),
    loadReach: async (request) => {
      for (const id of request.coins) refuseOutside("coin", id, totals.outputs);
      return loadReach({ connection, database, totals }, request);
    },
    close: async () => {},
  };
}

function refuseOutside(what: string, id: number, count: number): void {
  if (!Number.isInteger(id) || id < 0 || id >= count) throw new IdRangeError({ what, id, count });
}

async function summaryOf(source: StoredCoinLedgerSource): Promise<LedgerSummary> {
  const { connection, database, name, network, totals } = source;
  const { blocks, transactions, inputs, outputs } = totals;
  const [newest] = await connection.rows<{ height: number; hash: string }>(
    `SELECT height, lower(hex(reverse(hash))) AS hash FROM ${database}.blocks
     WHERE first_transaction < {transactions:UInt64} ORDER BY height DESC LIMIT 1`,
    { transactions },
  );
  const tip = newest === undefined ? null : { height: newest.height, hash: newest.hash };
  return { name, kind: "coin", network, partial: false, blocks, transactions, inputs, outputs, tip };
}

interface RecordRow {
  id: string;
  txid: string;
  height: number;
  first_output: string;
  outputs: number;
  inputs: number;
}

async function readRecords(
  { connection, database }: StoredCoinLedgerSource,
  where: string,
  parameters: Record<string, string | number | number[]>,
): Promise<TransactionRecord[]> {
  const rows = await connection.rows<RecordRow>(
    `SELECT id, lower(hex(reverse(txid))) AS txid, height, first_output, outputs, inputs
     FROM (SELECT * FROM ${database}.transactions WHERE ${where})`,
    parameters,
  );
  if (rows.length === 0) return [];
  const heights = [...new Set(rows.map((row) => row.height))];
  const blocks = new Map<number, { time: Instant; first: number }>();
  for (const run of idRuns(heights)) {
    const [height, time, first] = await readNumbers(
      connection,
      `SELECT height, reinterpretAsUInt32(substring(header, 69, 4)), first_transaction FROM ${database}.blocks
       WHERE height IN {heights:Array(UInt32)}`,
      { heights: run },
    );
    height.forEach((h, row) => {
      blocks.set(h, { time: instantOfSeconds(time[row]!), first: first[row]! });
    });
  }
  return rows.map((row) => ({
    id: Number(row.id),
    txid: row.txid,
    height: row.height,
    position: Number(row.id) - blocks.get(row.height)!.first,
    time: blocks.get(row.height)!.time,
    firstOutput: Number(row.first_output),
    outputCount: row.outputs,
    inputCount: row.inputs,
  }));
}

interface CoinRow {
  id: string;
  transaction: string;
  value: string;
  script: string;
}

/** The coins in the order of `ids`, which may name one twice. */
async function readCoins(source: StoredCoinLedgerSource, ids: readonly number[]): Promise<CoinRecord[]> {
  const { connection, database, totals } = source;
  for (const id of ids) refuseOutside("coin", id, totals.outputs);
  const coins = new Map<number, CoinRecord>();
  for (const run of idRuns(ids)) {
    const rows = await connection.rows<CoinRow>(
      `SELECT id, transaction, value, hex(script) AS script FROM ${database}.outputs WHERE id IN {ids:Array(UInt64)}`,
      { ids: run },
    );
    const makers = await connection.rows<{ id: string; txid: string; first_output: string }>(
      `SELECT id, lower(hex(reverse(txid))) AS txid, first_output FROM ${database}.transactions
       WHERE id IN {ids:Array(UInt64)}`,
      { ids: [...new Set(rows.map((row) => Number(row.transaction)))] },
    );
    const [spent, spender] = await readNumbers(
      connection,
      `SELECT output, transaction FROM ${database}.spends
       WHERE output IN {ids:Array(UInt64)} AND transaction < {transactions:UInt64}`,
      { ids: run, transactions: totals.transactions },
    );
    const makerOf = new Map(makers.map((maker) => [maker.id, maker]));
    const spenderOf = new Map(Array.from(spent, (output, row) => [output, spender[row]!]));
    for (const row of rows) {
      const id = Number(row.id);
      const maker = makerOf.get(row.transaction)!;
      coins.set(id, {
        id,
        name: `${maker.txid}:${id - Number(maker.first_output)}`,
        maker: Number(row.transaction),
        value: BigInt(row.value),
        script: new Uint8Array(Buffer.from(row.script, "hex")),
        spender: spenderOf.get(id) ?? "unspent",
      });
    }
  }
  return ids.map((id) => coins.get(id)!);
}

/** In the order of the primary key: reads what the page needs, however many coins the account has. */
export function pageQuery(database: string): string {
  return `SELECT output FROM ${database}.coins_by_account WHERE account = unhex({key:String})
    AND output >= {from:UInt64} AND output < {outputs:UInt64} ORDER BY account, output LIMIT {limit:UInt32}`;
}

function keyOf(account: Account): string {
  return Buffer.from(account.key).toString("hex");
}

async function pageOfAccount(
  source: StoredCoinLedgerSource,
  account: Account,
  { after, limit }: { after: string | null; limit: number },
): Promise<Page<CoinRecord>> {
  const items: CoinRecord[] = [];
  let from = afterCursor(after) + 1;
  for (let round = 0; round < pageRoundsMax; round++) {
    // One more than wanted tells whether there is a next page.
    const [ids] = await readNumbers(source.connection, pageQuery(source.database), {
      key: keyOf(account),
      from,
      outputs: source.totals.outputs,
      limit: limit - items.length + 1,
    });
    const coins = await readCoins(source, Array.from(ids.subarray(0, limit - items.length)));
    items.push(...coins.filter((coin) => account.accepts(coin.script!)));
    const last = coins.at(-1);
    if (last === undefined || ids.length <= coins.length) return { items, next: null };
    if (items.length >= limit) return { items, next: String(last.id) };
    from = last.id + 1;
  }
  return { items, next: String(from - 1) };
}

/** The coins that share an account's key. */
function coinsOfKey(database: string): string {
  return `(SELECT output FROM ${database}.coins_by_account
    WHERE account = unhex({key:String}) AND output < {outputs:UInt64})`;
}

async function idsOfAccount(source: StoredCoinLedgerSource, account: Account): Promise<Float64Array> {
  const { connection, database, totals } = source;
  const parameters = { key: keyOf(account), outputs: totals.outputs };
  const coins = coinsOfKey(database);
  const scripts = await connection.rows<{ script: string }>(
    `SELECT DISTINCT hex(script) AS script FROM ${database}.outputs WHERE id IN ${coins}`,
    parameters,
  );
  const accepted = scripts.filter(({ script }) => account.accepts(Buffer.from(script, "hex")));
  if (accepted.length === 0) return new Float64Array(0);
  const [ids] =
    accepted.length === scripts.length
      ? await readNumbers(connection, `SELECT output FROM ${coins}`, parameters)
      : await readNumbers(
          connection,
          `SELECT id FROM ${database}.outputs WHERE id IN ${coins} AND hex(script) IN {scripts:Array(String)}`,
          { ...parameters, scripts: accepted.map(({ script }) => script) },
        );
  return ids;
}

async function totalsOf(source: StoredCoinLedgerSource, account: Account) {
  const { connection, database, totals } = source;
  const coins = coinsOfKey(database);
  const rows = await connection.rows<Record<"script" | "coins" | "received" | "held" | "balance", string>>(
    `SELECT hex(script) AS script, count() AS coins, toString(sum(toUInt128(value))) AS received,
       countIf(NOT spent) AS held, toString(sumIf(toUInt128(value), NOT spent)) AS balance
     FROM (SELECT script, value, id IN (SELECT output FROM ${database}.spends
             WHERE output IN ${coins} AND transaction < {transactions:UInt64}) AS spent
           FROM ${database}.outputs WHERE id IN ${coins})
     GROUP BY script`,
    { key: keyOf(account), outputs: totals.outputs, transactions: totals.transactions },
  );
  const sums = { coins: 0, received: 0n, held: 0, balance: 0n };
  for (const row of rows) {
    if (!account.accepts(Buffer.from(row.script, "hex"))) continue;
    sums.coins += Number(row.coins);
    sums.received += BigInt(row.received);
    sums.held += Number(row.held);
    sums.balance += BigInt(row.balance);
  }
  return sums;
}

async function readBlock(source: StoredCoinLedgerSource, at: number | string): Promise<BlockRecord | null> {
  if (typeof at === "string" && !/^[0-9a-f]{64}$/iu.test(at)) return null;
  if (typeof at === "number" && (!Number.isInteger(at) || at < 0 || at > 0xffff_ffff)) return null;
  const hash = typeof at === "string" ? Buffer.from(at, "hex").reverse().toString("hex") : "";
  const [row] = await source.connection.rows<
    Record<"hash" | "header" | "first_transaction", string> & {
      height: number;
      transactions: number;
    }
  >(
    `SELECT height, lower(hex(reverse(hash))) AS hash, hex(header) AS header, first_transaction, transactions
     FROM (SELECT * FROM ${source.database}.blocks
           WHERE ${typeof at === "string" ? "hash = unhex({hash:String})" : "height = {height:UInt32}"}
           AND first_transaction < {count:UInt64})`,
    { hash, height: typeof at === "number" ? at : 0, count: source.totals.transactions },
  );
  if (row === undefined) return null;
  const header = new Uint8Array(Buffer.from(row.header, "hex"));
  return {
    height: row.height,
    hash: row.hash,
    previous: Buffer.from(header.subarray(4, 36).toReversed()).toString("hex"),
    time: instantOfSeconds(Buffer.from(header).readUInt32LE(68)),
    header,
    firstTransaction: Number(row.first_transaction),
    transactions: row.transactions,
  };
}
