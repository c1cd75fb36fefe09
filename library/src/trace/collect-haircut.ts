import type { EndReason, RuleTrace } from "./coin-trace.ts";
import { endReasons } from "./coin-trace.ts";
import { addUp, isRising, mergeEntries } from "./collect.ts";
import { spenderMin, spentElsewhere, unspent } from "./columns.ts";
import { addTo, type ExactSum, exactSum, totalOf } from "./exact-sum.ts";
import { findNext } from "./run-sweep.ts";
import type { Sweep } from "./sweep.ts";

/**
 * Reads the result of a haircut sweep straight out of its room: `total` holds what each coin holds, and the bits of
 * `pending` say what was processed. What the general way keeps for each coin besides is not needed, as a
 * sweep that nothing stops ends only where the ledger does.
 */
export function collectHaircut(sweep: Sweep, total: Float64Array, pending: Int32Array): RuleTrace {
  const { columns } = sweep;
  const { transactions, hops } = listHops(sweep, total, pending);
  const coin = listCoins(sweep, total, transactions);
  const amount = new Float64Array(coin.length);
  let endCount = 0;
  for (let c = 0; c < coin.length; c++) {
    amount[c] = total[coin[c]!]!;
    if (columns.outputSpender[coin[c]!]! >= spenderMin) endCount++;
  }
  const sums = new Map<EndReason, ExactSum[]>([["fee", sweep.feeSums.fee]]);
  const ends = listEnds(sweep, total, coin, endCount, sums);
  const fee = totalOf(sweep.feeSums.fee[0]!);
  return {
    rule: sweep.rule,
    transactions,
    hops,
    coins: { coin, start: counting(coin.length), label: new Uint32Array(coin.length), amount },
    seeded: mergeEntries(sweep.seeded),
    ends,
    fees: fee === 0n ? [] : [{ reason: "fee", label: 0, amount: fee }],
    totals: [addUp(sweep, 0, totalOf(sweep.seededSums[0]!), sums)],
    bounds: [],
  };
}

function listHops(sweep: Sweep, total: Float64Array, pending: Int32Array) {
  const { txFirstOutput, outputSpender, transactionCount } = sweep.columns;
  // Told on by each transaction to those that spend its outputs.
  const nearest = new Uint32Array(transactionCount);
  const tell = (coin: number, hops: number) => {
    const spender = outputSpender[coin]!;
    if (!(total[coin]! > 0) || spender >= spenderMin) return;
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
function listCoins(sweep: Sweep, total: Float64Array, transactions: Uint32Array): Uint32Array {
  const { txFirstOutput } = sweep.columns;
  const seeds = new Set(sweep.request.seeds.map(({ output }) => output));
  let count = 0;
  for (const t of transactions) {
    for (let o = txFirstOutput[t]!; o < txFirstOutput[t + 1]!; o++) {
      if (!(total[o]! > 0)) continue;
      count++;
      if (seeds.size > 0) seeds.delete(o);
    }
  }
  // Those that no processed transaction made.
  const rest = [...seeds].filter((coin) => total[coin]! > 0);
  const coins = new Uint32Array(count + rest.length);
  coins.set(rest);
  let at = rest.length;
  for (const t of transactions) {
    for (let o = txFirstOutput[t]!; o < txFirstOutput[t + 1]!; o++) if (total[o]! > 0) coins[at++] = o;
  }
  return isRising(coins) ? coins : coins.sort();
}

function listEnds(
  sweep: Sweep,
  total: Float64Array,
  coins: Uint32Array,
  count: number,
  sums: Map<EndReason, ExactSum[]>,
) {
  const { outputSpender } = sweep.columns;
  const coin = new Uint32Array(count);
  const reason = new Uint8Array(count);
  const amount = new Float64Array(count);
  let row = 0;
  for (const one of coins) {
    const spender = outputSpender[one]!;
    if (spender < spenderMin) continue;
    const why = spender === unspent ? "unspent" : spender === spentElsewhere ? "spent-elsewhere" : "spend-not-known";
    coin[row] = one;
    reason[row] = endReasons.indexOf(why);
    amount[row++] = total[one]!;
    let sum = sums.get(why);
    if (sum === undefined) {
      sum = [exactSum()];
      sums.set(why, sum);
    }
    addTo(sum[0]!, total[one]!);
  }
  return { coin, reason, start: counting(count), label: new Uint32Array(count), amount };
}

/** 0, 1, 2, … `count`: rows of one label. */
function counting(count: number): Uint32Array {
  const numbers = new Uint32Array(count + 1);
  for (let n = 0; n <= count; n++) numbers[n] = n;
  return numbers;
}
