import { type Instant, instantOfSeconds } from "../money/instant.ts";
import type { BlockRecord, CoinLedger, LedgerSummary, TransactionRecord } from "./contract.ts";
import { loadColumns } from "./load-columns.ts";
import { loadReach } from "./load-reach.ts";
import { readNativeBlocks, textsOf } from "./native-format.ts";
import { idsOfAccounts, pageOfAccount, totalsOfAccount } from "./read-accounts.ts";
import { readCoins, refuseOutside } from "./read-coins.ts";
import { idRuns, numbersOf, readNumbers } from "./read-numbers.ts";
import { readRawTransaction } from "./read-raw-transaction.ts";
import type { StoredSource } from "./stored-source.ts";

/** A coin ledger kept in ClickHouse. Closing it leaves the connection open: that is the data folder's. */
export function storedCoinLedger(source: StoredSource): CoinLedger {
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
    coinIdsOfAccounts: (accounts) => idsOfAccounts(source, accounts),
    totalsOfAccount: (account) => totalsOfAccount(source, account),
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

async function summaryOf(source: StoredSource): Promise<LedgerSummary> {
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

async function readRecords(
  { connection, database }: StoredSource,
  where: string,
  parameters: Record<string, string | number | number[]>,
): Promise<TransactionRecord[]> {
  const bytes = await connection.native(
    `SELECT lower(hex(reverse(txid))), id, height, first_output, outputs, inputs
     FROM (SELECT * FROM ${database}.transactions WHERE ${where})`,
    parameters,
  );
  const read = [...readNativeBlocks(bytes)].map(({ rowCount, columns: [txids, ...others] }) => ({
    txids: textsOf(txids!),
    numbers: others.map((column) => numbersOf(column, rowCount)),
  }));
  const heights = [...new Set(read.flatMap(({ numbers: [, height] }) => [...height!]))];
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
  return read.flatMap(({ txids, numbers: [ids, height, firstOutput, outputs, inputs] }) =>
    txids.map((txid, row): TransactionRecord => {
      const id = ids![row]!;
      const { time, first } = blocks.get(height![row]!)!;
      return {
        id,
        txid,
        height: height![row]!,
        position: id - first,
        time,
        firstOutput: firstOutput![row]!,
        outputCount: outputs![row]!,
        inputCount: inputs![row]!,
      };
    }),
  );
}

async function readBlock(source: StoredSource, at: number | string): Promise<BlockRecord | null> {
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
