import type { Totals } from "./batch-journal.ts";
import type { Connection } from "./connection.ts";
import { type CoinLedger, type LoadedCoins, sentinels } from "./contract.ts";
import { placeIn } from "./place-in.ts";
import { idRuns, readNumbers } from "./read-numbers.ts";

type ReachRequest = Parameters<CoinLedger["loadReach"]>[0];

interface Source {
  readonly connection: Connection;
  readonly database: string;
  readonly totals: Totals;
}

/** The part of a stored ledger that a request reaches, as the contract says. */
export async function loadReach(source: Source, request: ReachRequest): Promise<LoadedCoins | null> {
  const transactions = await reach(source, request);
  return transactions === null ? null : columnsOf(source, transactions, request.coins);
}

/** Breadth first, a generation of coins at a time. Ids of the transactions reached, ascending. */
async function reach(source: Source, request: ReachRequest): Promise<Float64Array | null> {
  const begun = new Set(request.coins);
  // Looked up where they stand: stops at services can be more coins than the 2^24 that a Set holds.
  const isStop = (coin: number) => placeIn(request.stops, coin) >= 0 && !begun.has(coin);
  const reached = new Set<number>();
  let coins = [...request.coins];
  for (let round = 0; coins.length > 0; round++) {
    if (round === request.roundsMax) return null;
    const fresh: number[] = [];
    for (const ids of idRuns(coins)) {
      for (const t of await passers(source, request.direction, ids)) {
        if (reached.has(t)) continue;
        reached.add(t);
        fresh.push(t);
      }
      if (reached.size > request.transactionsMax) return null;
    }
    coins = [];
    for (const ids of idRuns(fresh)) {
      for (const coin of await coinsBeyond(source, request.direction, ids)) if (!isStop(coin)) coins.push(coin);
    }
  }
  return Float64Array.from(reached).sort();
}

/** The transactions that spend these coins (backward: that made them). */
async function passers({ connection, database, totals }: Source, direction: string, ids: number[]) {
  const { transactions } = totals;
  const [found] = await readNumbers(
    connection,
    direction === "forward"
      ? `SELECT DISTINCT transaction FROM ${database}.spends
         WHERE output IN {ids:Array(UInt64)} AND transaction < {transactions:UInt64}`
      : `SELECT DISTINCT transaction FROM ${database}.outputs WHERE id IN {ids:Array(UInt64)}`,
    { ids, transactions },
  );
  return found;
}

/** The coins that these transactions made (backward: that they spend). */
async function coinsBeyond(source: Source, direction: string, ids: number[]): Promise<Float64Array> {
  const { connection, database } = source;
  const [first, count] = await readNumbers(
    connection,
    direction === "forward"
      ? `SELECT first_output, outputs FROM ${database}.transactions WHERE id IN {ids:Array(UInt64)}`
      : `SELECT first_input, inputs FROM ${database}.transactions WHERE id IN {ids:Array(UInt64)}`,
    { ids },
  );
  const run = unrolled(first, count);
  return direction === "forward" ? run : spentBy(source, run);
}

/** The coins that inputs spend, in the inputs' order. Input ids ascend. */
async function spentBy({ connection, database }: Source, inputs: Float64Array): Promise<Float64Array> {
  const outputs = new Float64Array(inputs.length);
  let at = 0;
  for (const ids of idRuns(inputs)) {
    const [found] = await readNumbers(
      connection,
      `SELECT output FROM ${database}.inputs WHERE id IN {ids:Array(UInt64)} ORDER BY id`,
      { ids },
    );
    outputs.set(found, at);
    at += found.length;
  }
  return outputs;
}

/** The numbers of all runs, one after another. */
function unrolled(first: Float64Array, count: Float64Array): Float64Array {
  const all = new Float64Array(count.reduce((sum, n) => sum + n, 0));
  let at = 0;
  for (let run = 0; run < first.length; run++) {
    for (let n = 0; n < count[run]!; n++) all[at++] = first[run]! + n;
  }
  return all;
}

function shared(values: Float64Array): Float64Array {
  const column = new Float64Array(new SharedArrayBuffer(8 * values.length));
  column.set(values);
  return column;
}

const words = (count: number) => new Uint32Array(new SharedArrayBuffer(4 * count));

async function columnsOf(source: Source, transactionIds: Float64Array, seeds: readonly number[]): Promise<LoadedCoins> {
  const { height, firstOutput, outputs, firstInput, inputs } = await readTransactions(source, transactionIds);
  const inputCoins = await spentBy(source, unrolled(firstInput, inputs));
  const made = unrolled(firstOutput, outputs);
  const isMade = (coin: number) => placeIn(made, coin) >= 0;
  const foreign = new Set<number>([...inputCoins, ...seeds].filter((coin) => !isMade(coin)));
  const foreignIds = Float64Array.from(foreign).sort();
  const outputIds = new Float64Array(made.length + foreignIds.length);
  outputIds.set(made);
  outputIds.set(foreignIds, made.length);
  const place = (coin: number) => {
    const at = placeIn(made, coin);
    return at >= 0 ? at : made.length + placeIn(foreignIds, coin);
  };
  const transactionCount = transactionIds.length;
  const columns = {
    transactionCount,
    outputCount: outputIds.length,
    inputCount: inputCoins.length,
    txFirstOutput: words(transactionCount + 1),
    txFirstInput: words(transactionCount + 1),
    txHeight: words(transactionCount),
    inputOutput: words(inputCoins.length),
    outputValue: new Float64Array(new SharedArrayBuffer(8 * outputIds.length)),
    outputTx: words(outputIds.length).fill(sentinels.makerAbsent),
    outputSpender: words(outputIds.length).fill(sentinels.unspent),
    wholeBlocks: false,
  };
  columns.txHeight.set(height);
  for (let t = 0; t < transactionCount; t++) {
    columns.txFirstOutput[t + 1] = columns.txFirstOutput[t]! + outputs[t]!;
    columns.txFirstInput[t + 1] = columns.txFirstInput[t]! + inputs[t]!;
    columns.outputTx.fill(t, columns.txFirstOutput[t]!, columns.txFirstOutput[t + 1]!);
  }
  for (let i = 0; i < inputCoins.length; i++) columns.inputOutput[i] = place(inputCoins[i]!);
  await readCoins(source, outputIds, place, (o, value) => {
    columns.outputValue[o] = value;
  });
  await readSpends(source, outputIds, place, (o, spender) => {
    const t = placeIn(transactionIds, spender);
    columns.outputSpender[o] = t >= 0 ? t : sentinels.spentElsewhere;
  });
  return { columns, transactionIds: shared(transactionIds), outputIds: shared(outputIds) };
}

async function readTransactions({ connection, database }: Source, ids: Float64Array) {
  const make = () => new Float64Array(ids.length);
  const all = { height: make(), firstOutput: make(), outputs: make(), firstInput: make(), inputs: make() };
  let at = 0;
  for (const run of idRuns(ids)) {
    const [height, firstOutput, outputs, firstInput, inputs] = await readNumbers(
      connection,
      `SELECT height, first_output, outputs, first_input, inputs FROM ${database}.transactions
       WHERE id IN {ids:Array(UInt64)} ORDER BY id`,
      { ids: run },
    );
    all.height.set(height, at);
    all.firstOutput.set(firstOutput, at);
    all.outputs.set(outputs, at);
    all.firstInput.set(firstInput, at);
    all.inputs.set(inputs, at);
    at += height.length;
  }
  return all;
}

async function readCoins(
  { connection, database }: Source,
  ids: Float64Array,
  place: (coin: number) => number,
  take: (o: number, value: number) => void,
): Promise<void> {
  for (const run of idRuns(ids)) {
    const sql = `SELECT id, value FROM ${database}.outputs WHERE id IN {ids:Array(UInt64)}`;
    const [coin, value] = await readNumbers(connection, sql, { ids: run });
    for (let row = 0; row < coin.length; row++) take(place(coin[row]!), value[row]!);
  }
}

async function readSpends(
  { connection, database, totals }: Source,
  ids: Float64Array,
  place: (coin: number) => number,
  take: (o: number, spender: number) => void,
): Promise<void> {
  for (const run of idRuns(ids)) {
    const [coin, spender] = await readNumbers(
      connection,
      `SELECT output, transaction FROM ${database}.spends
       WHERE output IN {ids:Array(UInt64)} AND transaction < {transactions:UInt64}`,
      { ids: run, transactions: totals.transactions },
    );
    for (let row = 0; row < coin.length; row++) take(place(coin[row]!), spender[row]!);
  }
}
