import { StoreDamagedError, TooManyCoinsError } from "../errors/ledger.ts";
import type { Totals } from "./batch-journal.ts";
import type { Connection } from "./connection.ts";
import { type LoadedCoins, sentinels } from "./contract.ts";
import { readNativeBlocks } from "./native-format.ts";
import { ledgerOf } from "./schema.ts";

/** Rows read at once: what the engine and the copy hold beside the columns themselves, about 60 MB. */
const rowsAtOnce = 4_000_000;
/** The highest 32-bit numbers are sentinels. */
const outputsMax = sentinels.spendNotKnown - 1;

/** Bytes of the columns: 24 an output, 4 an input, 12 a transaction. */
function allocate({ transactions, inputs, outputs }: Totals): LoadedCoins["columns"] {
  const words = (count: number) => new Uint32Array(new SharedArrayBuffer(4 * count));
  return {
    transactionCount: transactions,
    outputCount: outputs,
    inputCount: inputs,
    txFirstOutput: words(transactions + 1),
    txFirstInput: words(transactions + 1),
    txHeight: words(transactions),
    inputOutput: words(inputs),
    outputValue: new Float64Array(new SharedArrayBuffer(8 * outputs)),
    outputTx: words(outputs),
    outputSpender: words(outputs),
    wholeBlocks: true,
  };
}

/**
 * The whole of a stored ledger as columns. What can be told from other columns is not read: who made an output and
 * who spends it.
 * @throws TooManyCoinsError from 2^32 - 4 coins on, StoreDamagedError where rows are missing
 */
export async function loadColumns(connection: Connection, database: string, totals: Totals): Promise<LoadedCoins> {
  if (totals.outputs > outputsMax) throw new TooManyCoinsError({ outputs: totals.outputs, outputsMax });
  const columns = allocate(totals);
  const { txHeight, txFirstOutput, txFirstInput, inputOutput, outputValue, outputTx, outputSpender } = columns;
  const read = (table: string, select: string, count: number, into: readonly (Uint32Array | Float64Array)[]) =>
    copyColumns({
      connection,
      sql: `SELECT ${select} FROM ${database}.${table}`,
      count,
      into,
      named: { name: ledgerOf(database) ?? database, table },
    });
  await read("transactions", "height, outputs, inputs", totals.transactions, [
    txHeight,
    txFirstOutput.subarray(1),
    txFirstInput.subarray(1),
  ]);
  await read("outputs", "toFloat64(value)", totals.outputs, [outputValue]);
  await read("inputs", "toUInt32(output)", totals.inputs, [inputOutput]);
  outputSpender.fill(sentinels.unspent);
  for (let t = 0, output = 0, input = 0; t < totals.transactions; t++) {
    // Counts become places.
    const outputEnd = output + txFirstOutput[t + 1]!;
    const inputEnd = input + txFirstInput[t + 1]!;
    txFirstOutput[t + 1] = outputEnd;
    txFirstInput[t + 1] = inputEnd;
    outputTx.fill(t, output, outputEnd);
    for (; input < inputEnd; input++) outputSpender[inputOutput[input]!] = t;
    output = outputEnd;
  }
  return { columns, transactionIds: null, outputIds: null };
}

/** Copies rows 0 to `count` of a table with dense ids into columns, range by range. */
async function copyColumns(request: {
  connection: Connection;
  sql: string;
  count: number;
  into: readonly (Uint32Array | Float64Array)[];
  named: { name: string; table: string };
}): Promise<void> {
  const targets = request.into.map((column) => ({
    bytes: new Uint8Array(column.buffer, column.byteOffset, column.byteLength),
    width: column.BYTES_PER_ELEMENT,
  }));
  for (let from = 0; from < request.count; from += rowsAtOnce) {
    const to = Math.min(from + rowsAtOnce, request.count);
    const bytes = await request.connection.native(
      `${request.sql} WHERE id >= {from:UInt64} AND id < {to:UInt64} ORDER BY id`,
      { from, to },
    );
    let row = from;
    for (const block of readNativeBlocks(bytes)) {
      for (const [c, { bytes: into, width }] of targets.entries()) into.set(block.columns[c]!.bytes, row * width);
      row += block.rowCount;
    }
    if (row !== to) throw new StoreDamagedError({ ...request.named, has: row, expected: to });
  }
}
