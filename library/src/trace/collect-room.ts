import type { CoinEnds, EndReason, RuleTrace, TracedCoins } from "./coin-trace.ts";
import { endReasons } from "./coin-trace.ts";
import { addUp, mergeEntries } from "./collect.ts";
import { spenderMin, spentElsewhere, unspent } from "./columns.ts";
import { addTo, type ExactSum, exactSum, totalOf } from "./exact-sum.ts";
import type { RoomReader } from "./room-reader.ts";
import { findNext } from "./run-sweep.ts";
import { makerOf } from "./seed-coins.ts";
import { hasBit, type Sweep } from "./sweep.ts";

/**
 * Reads the result of a sweep straight out of its room: the bits of `pending` say what was processed. What the general
 * way keeps for each coin besides is not needed, as a sweep that nothing stops ends only where the ledger does.
 */
export function collectRoom(sweep: Sweep, reader: RoomReader, pending: Int32Array): RuleTrace {
  const { transactions, hops } = listHops(sweep, reader, pending);
  const coins = readAmounts(sweep, reader, listCoins(sweep, reader, transactions, pending));
  const sums = new Map<EndReason, ExactSum[]>([["fee", sweep.feeSums.fee]]);
  const ends = listEnds(sweep, coins, sums);
  const fees = sweep.feeSums.fee.map((sum, label) => ({ reason: "fee" as const, label, amount: totalOf(sum) }));
  return {
    rule: sweep.rule,
    transactions,
    hops,
    coins,
    seeded: mergeEntries(sweep.seeded),
    ends,
    fees: fees.filter(({ amount }) => amount > 0n),
    totals: sweep.seededSums.map((seeded, label) => addUp(sweep, label, totalOf(seeded), sums)),
    bounds: [],
  };
}

function listHops(sweep: Sweep, { words }: RoomReader, pending: Int32Array) {
  const { txFirstOutput, outputSpender, transactionCount } = sweep.columns;
  // Told on by each transaction to those that spend its outputs.
  const nearest = new Uint32Array(transactionCount);
  const tell = (coin: number, hops: number) => {
    const spender = outputSpender[coin]!;
    if (spender >= spenderMin || words[2 * coin + 1] === 0) return;
    if (nearest[spender] === 0 || nearest[spender]! > hops) nearest[spender] = hops;
  };
  for (const { output } of sweep.request.seeds) tell(output, 1);
  let count = 0;
  for (let t = findNext(pending, 0, transactionCount); t >= 0; t = findNext(pending, t + 1, transactionCount)) {
    for (let o = txFirstOutput[t]!; o < txFirstOutput[t + 1]!; o++) tell(o, nearest[t]! + 1);
    count++;
  }
  const transactions = new Uint32Array(count);
  const hops = new Uint32Array(count);
  let n = 0;
  for (let t = findNext(pending, 0, transactionCount); t >= 0; t = findNext(pending, t + 1, transactionCount)) {
    transactions[n] = t;
    hops[n++] = nearest[t]!;
  }
  return { transactions, hops };
}

/** The outputs of what was processed, and the seeds, that hold something; rising. */
function listCoins(sweep: Sweep, { words }: RoomReader, transactions: Uint32Array, pending: Int32Array): Uint32Array {
  const { columns, request } = sweep;
  const { txFirstOutput } = columns;
  let count = 0;
  for (const t of transactions) {
    for (let o = txFirstOutput[t]!; o < txFirstOutput[t + 1]!; o++) if (words[2 * o + 1] !== 0) count++;
  }
  // Those that no processed transaction made.
  const rest = [...new Set(request.seeds.map(({ output }) => output))].filter((coin) => {
    const maker = makerOf(columns, coin);
    return words[2 * coin + 1] !== 0 && (maker < 0 || !hasBit(pending, maker));
  });
  rest.sort((a, b) => a - b);
  const coins = new Uint32Array(count + rest.length);
  let at = 0;
  let next = 0;
  for (const t of transactions) {
    const first = txFirstOutput[t]!;
    while (next < rest.length && rest[next]! < first) coins[at++] = rest[next++]!;
    for (let o = first; o < txFirstOutput[t + 1]!; o++) if (words[2 * o + 1] !== 0) coins[at++] = o;
  }
  coins.set(rest.slice(next), at);
  return coins;
}

function readAmounts({ labelCount }: Sweep, reader: RoomReader, coin: Uint32Array): TracedCoins {
  if (labelCount === 1) {
    const amount = new Float64Array(coin.length);
    for (let c = 0; c < coin.length; c++) amount[c] = reader.totalOf(coin[c]!);
    return { coin, start: counting(coin.length), label: new Uint32Array(coin.length), amount };
  }
  const start = new Uint32Array(coin.length + 1);
  for (let c = 0; c < coin.length; c++) {
    const labels = reader.labelsOf(coin[c]!);
    let count = 0;
    for (let l = 0; l < labelCount; l++) if (labels[l]! > 0) count++;
    start[c + 1] = start[c]! + count;
  }
  const label = new Uint32Array(start[coin.length]!);
  const amount = new Float64Array(label.length);
  for (let c = 0, at = 0; c < coin.length; c++) {
    const labels = reader.labelsOf(coin[c]!);
    for (let l = 0; l < labelCount; l++) {
      if (!(labels[l]! > 0)) continue;
      label[at] = l;
      amount[at++] = labels[l]!;
    }
  }
  return { coin, start, label, amount };
}

/** The coins that nothing in the ledger spends. Adds what they hold to the sums by reason and label. */
function listEnds(sweep: Sweep, coins: TracedCoins, sums: Map<EndReason, ExactSum[]>): CoinEnds {
  const { outputSpender } = sweep.columns;
  let rows = 0;
  let amounts = 0;
  for (let c = 0; c < coins.coin.length; c++) {
    if (outputSpender[coins.coin[c]!]! < spenderMin) continue;
    rows++;
    amounts += coins.start[c + 1]! - coins.start[c]!;
  }
  const coin = new Uint32Array(rows);
  const reason = new Uint8Array(rows);
  const start = new Uint32Array(rows + 1);
  const label = new Uint32Array(amounts);
  const amount = new Float64Array(amounts);
  let row = 0;
  let at = 0;
  for (let c = 0; c < coins.coin.length; c++) {
    const spender = outputSpender[coins.coin[c]!]!;
    if (spender < spenderMin) continue;
    const why = spender === unspent ? "unspent" : spender === spentElsewhere ? "spent-elsewhere" : "spend-not-known";
    const sum = sums.get(why) ?? Array.from({ length: sweep.labelCount }, exactSum);
    sums.set(why, sum);
    for (let i = coins.start[c]!; i < coins.start[c + 1]!; i++) {
      label[at] = coins.label[i]!;
      amount[at++] = coins.amount[i]!;
      addTo(sum[coins.label[i]!]!, coins.amount[i]!);
    }
    coin[row] = coins.coin[c]!;
    reason[row++] = endReasons.indexOf(why);
    start[row] = at;
  }
  return { coin, reason, start, label, amount };
}

/** 0, 1, 2, … `count`: rows of one label. */
function counting(count: number): Uint32Array {
  const numbers = new Uint32Array(count + 1);
  for (let n = 0; n <= count; n++) numbers[n] = n;
  return numbers;
}
