import type { Totals } from "./batch-journal.ts";
import { CoinIndex } from "./coin-index.ts";
import type { Connection } from "./connection.ts";
import type { CoinChain } from "./contract.ts";
import { readNativeBlocks } from "./native-format.ts";

const two32 = 4294967296;
/** Outputs looked at together: their rows, spends and transactions take about 100 MB. */
const outputsAtOnce = 2_000_000;

/**
 * The unspent coins of what is stored, read in ranges of outputs, so that memory beyond the index itself stays the
 * same however long the chain.
 */
export async function rebuildCoinIndex(request: {
  connection: Connection;
  database: string;
  chain: CoinChain;
  totals: Totals;
}): Promise<CoinIndex> {
  const index = new CoinIndex();
  for (let from = 0; from < request.totals.outputs; from += outputsAtOnce) {
    await addRange(index, request, from, Math.min(from + outputsAtOnce, request.totals.outputs));
  }
  await dropReplaced(index, request);
  return index;
}

/**
 * Where a coinbase repeated an earlier one (before BIP 30), the earlier coins are gone for good: they do not come back
 * when the later ones are spent.
 */
async function dropReplaced(index: CoinIndex, { connection, database, chain, totals }: Source): Promise<void> {
  for (const height of chain.duplicateCoinbaseHeights) {
    const [row] = await connection.rows<{ txid: string; first_output: string; outputs: number }>(
      `SELECT hex(txid) AS txid, first_output, outputs FROM ${database}.transactions
       WHERE overlay = 0 AND id IN (SELECT first_transaction FROM ${database}.blocks
         WHERE overlay = 0 AND height = {height:UInt32} AND first_transaction < {transactions:UInt64})`,
      { height, transactions: totals.transactions },
    );
    if (row === undefined) continue;
    const txid = viewOf(Uint8Array.fromHex(row.txid));
    for (let vout = 0; vout < row.outputs; vout++) {
      const later = Number(row.first_output) + vout;
      const id = index.take(txid, 0, vout);
      if (id === later) index.put(txid, 0, vout, id, index.value);
    }
  }
}

interface Source {
  connection: Connection;
  database: string;
  chain: CoinChain;
  totals: Totals;
}

async function addRange(index: CoinIndex, source: Source, from: number, to: number): Promise<void> {
  const { connection, database, totals } = source;
  const range = { from, to, transactions: totals.transactions };
  const gone = new Uint8Array(to - from);
  const spends = await connection.native(
    `SELECT toUInt32(output - {from:UInt64}) FROM ${database}.spends WHERE overlay = 0 AND output >= {from:UInt64}
     AND output < {to:UInt64} AND transaction < {transactions:UInt64}`,
    range,
  );
  for (const { rowCount, columns } of readNativeBlocks(spends)) {
    const view = viewOf(columns[0]!.bytes);
    for (let row = 0; row < rowCount; row++) gone[view.getUint32(4 * row, true)] = 1;
  }
  const makers = await readMakers(source, from, to);
  const outputs = await connection.native(
    `SELECT value, toUInt8(startsWith(script, unhex('6a'))), toUInt32(transaction - {maker:UInt64})
     FROM ${database}.outputs WHERE overlay = 0 AND id >= {from:UInt64} AND id < {to:UInt64} ORDER BY id`,
    { ...range, maker: makers.first },
  );
  const unspendableTo = source.chain.genesisSpendable ? 0 : await genesisOutputs(source);
  let id = from;
  for (const { rowCount, columns } of readNativeBlocks(outputs)) {
    const values = viewOf(columns[0]!.bytes);
    const opReturns = columns[1]!.bytes;
    const transactions = viewOf(columns[2]!.bytes);
    for (let row = 0; row < rowCount; row++, id++) {
      if (gone[id - from] === 1 || opReturns[row] === 1 || id < unspendableTo) continue;
      const t = transactions.getUint32(4 * row, true);
      const value = values.getUint32(8 * row, true) + values.getUint32(8 * row + 4, true) * two32;
      const vout = id - makers.firstOutput[t]!;
      // Of two coins of one outpoint (before BIP 30) the later one can be spent.
      if (index.put(makers.txids, 32 * t, vout, id, value) >= 0) index.replace(makers.txids, 32 * t, vout, id, value);
    }
  }
}

/** The transactions that made the outputs of a range. */
async function readMakers({ connection, database }: Source, from: number, to: number) {
  const [bounds] = await connection.rows<{ first: string; last: string }>(
    `SELECT min(transaction) AS first, max(transaction) AS last FROM ${database}.outputs
     WHERE overlay = 0 AND id IN ({from:UInt64}, {last:UInt64})`,
    { from, last: to - 1 },
  );
  const first = Number(bounds?.first ?? 0);
  const last = Number(bounds?.last ?? 0);
  const count = last - first + 1;
  const txids = new Uint8Array(32 * count);
  const firstOutput = new Float64Array(count);
  const bytes = await connection.native(
    `SELECT txid, first_output FROM ${database}.transactions
     WHERE overlay = 0 AND id >= {first:UInt64} AND id <= {last:UInt64} ORDER BY id`,
    { first, last },
  );
  let t = 0;
  for (const { rowCount, columns } of readNativeBlocks(bytes)) {
    txids.set(columns[0]!.bytes, 32 * t);
    const view = viewOf(columns[1]!.bytes);
    for (let row = 0; row < rowCount; row++) {
      firstOutput[t++] = view.getUint32(8 * row, true) + view.getUint32(8 * row + 4, true) * two32;
    }
  }
  return { first, txids: viewOf(txids), firstOutput };
}

async function genesisOutputs({ connection, database }: Source): Promise<number> {
  const [row] = await connection.rows<{ outputs: number }>(`SELECT outputs FROM ${database}.blocks WHERE height = 0`);
  return row?.outputs ?? 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
