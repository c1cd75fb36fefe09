import type { EndReason, RuleTrace } from "./coin-trace.ts";
import { endReasons } from "./coin-trace.ts";
import { type CoinColumns, heightNotKnown, makerAbsent, spendNotKnown, spentElsewhere, unspent } from "./columns.ts";
import type { OracleTrace } from "./oracle.ts";
import type { TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";

/** A replayable source of numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Coin {
  value: number;
  maker: Transaction | null;
  spender: Transaction | null;
  /** What the ledger holds where it has no spender. */
  otherwise: number;
  id: number;
}

export interface Transaction {
  height: number;
  inputs: Coin[];
  outputs: Coin[];
  id: number;
}

/** Gives transactions and coins their ids, in the order of the transactions, and lays them out as columns. */
export function layOut(transactions: Transaction[], wholeBlocks: boolean): CoinColumns {
  const strangers = new Set(transactions.flatMap(({ inputs }) => inputs.filter((coin) => coin.maker === null)));
  const coins = [...transactions.flatMap(({ outputs }) => outputs), ...strangers];
  transactions.forEach((transaction, t) => {
    transaction.id = t;
  });
  coins.forEach((coin, c) => {
    coin.id = c;
  });
  const starts = (side: "inputs" | "outputs") => {
    const first = [0];
    for (const transaction of transactions) first.push(first.at(-1)! + transaction[side].length);
    return Uint32Array.from(first);
  };
  return {
    transactionCount: transactions.length,
    outputCount: coins.length,
    inputCount: transactions.reduce((sum, { inputs }) => sum + inputs.length, 0),
    txFirstOutput: starts("outputs"),
    txFirstInput: starts("inputs"),
    txHeight: Uint32Array.from(transactions, ({ height }) => height),
    inputOutput: Uint32Array.from(transactions.flatMap(({ inputs }) => inputs.map((coin) => coin.id))),
    outputValue: Float64Array.from(coins, ({ value }) => value),
    outputTx: Uint32Array.from(coins, ({ maker }) => maker?.id ?? makerAbsent),
    outputSpender: Uint32Array.from(coins, ({ spender, otherwise }) => spender?.id ?? otherwise),
    wholeBlocks,
  };
}

export function newCoin(value: number, otherwise: number = unspent): Coin {
  return { value, maker: null, spender: null, otherwise, id: -1 };
}

export function newTransaction(height: number, inputs: Coin[], values: number[]): Transaction {
  const transaction: Transaction = { height, inputs, outputs: values.map((value) => newCoin(value)), id: -1 };
  for (const coin of inputs) coin.spender = transaction;
  for (const coin of transaction.outputs) coin.maker = transaction;
  return transaction;
}

export interface Draw {
  chance(share: number): boolean;
  below(count: number): number;
}

export function draw(seed: number): Draw {
  const random = randomFrom(seed);
  // One draw has 32 bits; amounts have up to 53.
  const fine = () => random() + random() / 2 ** 32;
  return { chance: (share) => random() < share, below: (count) => Math.min(Math.floor(fine() * count), count - 1) };
}

export interface RandomCase {
  columns: CoinColumns;
  request: TraceRequest;
}

export interface CaseWishes {
  /** No transaction pays a fee, and every ledger is of whole blocks. */
  feeFree?: boolean;
  direction?: "forward" | "backward";
}

/** A small ledger and a request; the same for the same seed. */
export function randomCase(seed: number, wishes: CaseWishes = {}): RandomCase {
  const by = draw(seed);
  const whole = wishes.feeFree === true || by.chance(0.6);
  // Six blocks, or thirty strangers' coins, together stay below 2^53.
  const largest = [9, 60, 5_000_000_000, whole ? 2 ** 50 : 2 ** 48][by.below(4)]!;
  const subsidies = new Map<number, number>();
  const transactions = whole ? wholeLedger(by, largest, subsidies, wishes) : partialLedger(by, largest);
  const columns = layOut(transactions, whole);
  return { columns, request: randomRequest(by, columns, (height) => subsidies.get(height) ?? 0, wishes) };
}

function wholeLedger(by: Draw, largest: number, subsidies: Map<number, number>, wishes: CaseWishes): Transaction[] {
  const ledger: Transaction[] = [];
  const unspentCoins: Coin[] = [];
  const blocks = 2 + by.below(5);
  for (let height = 0; height < blocks; height++) {
    const block: Transaction[] = [];
    const count = unspentCoins.length === 0 ? 0 : by.below(5);
    let fees = 0;
    for (let n = 0; n < count && unspentCoins.length > 0; n++) {
      const transaction = spendSome(by, unspentCoins, height, wishes);
      fees += feeOf(transaction);
      block.push(transaction);
    }
    const subsidy = by.chance(0.1) ? 0 : by.below(largest);
    subsidies.set(height, subsidy);
    const claimed = by.chance(0.7) ? subsidy + fees : by.below(subsidy + fees + 1);
    const coinbase = newTransaction(height, [], cut(by, claimed, 1 + by.below(3)));
    unspentCoins.push(...coinbase.outputs);
    ledger.push(coinbase, ...block);
  }
  for (let n = by.chance(0.3) ? by.below(3) : 0; n > 0 && unspentCoins.length > 0; n--) {
    ledger.push(spendSome(by, unspentCoins, heightNotKnown, wishes));
  }
  return ledger;
}

function partialLedger(by: Draw, largest: number): Transaction[] {
  const ledger: Transaction[] = [];
  const unspentCoins: Coin[] = [];
  const count = 2 + by.below(12);
  let height = 0;
  for (let n = 0; n < count; n++) {
    height += by.below(2);
    while (unspentCoins.length < 2 || by.chance(0.3)) {
      const value = by.chance(0.15) ? -1 : by.below(largest);
      unspentCoins.push(newCoin(value));
    }
    if (by.chance(0.1)) {
      const coinbase = newTransaction(height, [], cut(by, by.below(largest), 1 + by.below(3)));
      unspentCoins.push(...coinbase.outputs);
      ledger.push(coinbase);
    } else ledger.push(spendSome(by, unspentCoins, height, {}));
  }
  for (const coin of unspentCoins) if (by.chance(0.5)) coin.otherwise = by.chance(0.5) ? spentElsewhere : spendNotKnown;
  return ledger;
}

function spendSome(by: Draw, unspentCoins: Coin[], height: number, wishes: CaseWishes): Transaction {
  const inputs: Coin[] = [];
  const wanted = by.chance(0.4) ? 1 : 1 + by.below(4);
  while (inputs.length < wanted && unspentCoins.length > 0) {
    inputs.push(...unspentCoins.splice(by.below(unspentCoins.length), 1));
  }
  // Where an input's value is not known the outputs may be worth anything.
  const taken = inputs.reduce((sum, { value }) => sum + (value === -1 ? by.below(100) : value), 0);
  const fee =
    wishes.feeFree === true || by.chance(0.3)
      ? 0
      : by.chance(0.8)
        ? by.below(Math.floor(taken / 8) + 1)
        : by.below(taken + 1);
  const transaction = newTransaction(height, inputs, cut(by, taken - fee, 1 + by.below(4)));
  unspentCoins.push(...transaction.outputs);
  return transaction;
}

function feeOf({ inputs, outputs }: Transaction): number {
  return inputs.reduce((sum, { value }) => sum + value, 0) - outputs.reduce((sum, { value }) => sum + value, 0);
}

/** Cuts a value into parts; some of them zero, some of them equal. */
function cut(by: Draw, value: number, parts: number): number[] {
  const values: number[] = [];
  let left = value;
  for (let part = 1; part < parts; part++) {
    const equal = Math.floor(value / parts);
    const piece = by.chance(0.15) ? 0 : by.chance(0.3) ? Math.min(equal, left) : by.below(left + 1);
    values.push(piece);
    left -= piece;
  }
  values.push(left);
  return values;
}

function randomRequest(
  by: Draw,
  columns: CoinColumns,
  subsidyAt: (height: number) => number,
  wishes: CaseWishes,
): TraceRequest {
  const direction = wishes.direction ?? (by.chance(0.6) ? "forward" : "backward");
  const labels = ["theft", "fraud", "ransom"].slice(0, by.chance(0.4) ? 1 : 2 + by.below(2));
  const seeds = Array.from({ length: 1 + by.below(4) }, () => {
    // Early coins lead on forward, late ones backward.
    const near = by.below(1 + by.below(columns.outputCount));
    const output = direction === "forward" ? near : columns.outputCount - 1 - near;
    const value = columns.outputValue[output]!;
    const amount = value <= 0 || by.chance(0.6) ? null : BigInt(1 + by.below(value));
    return { output, amount, label: by.below(labels.length) };
  });
  if (by.chance(0.2)) seeds.push({ ...seeds[0]!, label: by.below(labels.length) });
  const stopOutputs = by.chance(0.2) ? new Uint32Array(Math.ceil(columns.outputCount / 32)) : null;
  if (stopOutputs !== null) {
    for (let n = 0; n < 3; n++) stopOutputs[by.below(stopOutputs.length)]! |= 2 ** by.below(32);
  }
  return {
    direction,
    rules: ["poison"],
    labels,
    seeds,
    stopOutputs,
    stopHeight: by.chance(0.15) ? by.below(6) : null,
    budget: {
      ...(by.chance(0.2) ? { movements: by.below(8) } : {}),
      ...(by.chance(0.2) ? { hops: by.below(5) } : {}),
      ...(by.chance(0.2) ? { min: BigInt(by.below(by.chance(0.5) ? 20 : 2 ** 40)) } : {}),
    },
    followFees: by.chance(0.5),
    subsidyAt,
  };
}

/** The rules that a request can run: where a seed's value is not known, poison alone. */
export function rulesFor({ columns, request }: RandomCase): Rule[] {
  if (request.seeds.some((seed) => columns.outputValue[seed.output] === -1)) return ["poison"];
  const both: Rule[] = ["poison", "haircut", "fifo", "lifo"];
  return request.direction === "backward" ? both : [...both, "dirty-first", "clean-first", "tiho"];
}

/** A kernel's result in the oracle's form. */
export function plainTrace(trace: RuleTrace, labelCount: number): OracleTrace {
  const rows = ({ coin, start, label, amount }: RuleTrace["coins"]) =>
    Array.from(coin, (id, row) => {
      const labels: bigint[] = new Array(labelCount).fill(0n);
      for (let i = start[row]!; i < start[row + 1]!; i++) labels[label[i]!] = BigInt(amount[i]!);
      return { coin: id, labels };
    });
  const reasons = [...new Set(trace.fees.map((fee) => fee.reason))];
  return {
    transactions: Array.from(trace.transactions, (id, n) => ({ id, hops: trace.hops[n]! })),
    coins: rows(trace.coins),
    seeded: trace.totals.map((total) => total.seeded),
    ends: rows(trace.ends).map((end, row) => ({ ...end, reason: endReasons[trace.ends.reason[row]!]! })),
    fees: reasons.map((reason) => ({
      reason,
      labels: Array.from({ length: labelCount }, (_, label) =>
        trace.fees.filter((fee) => fee.reason === reason && fee.label === label).reduce((a, b) => a + b.amount, 0n),
      ),
    })),
    bounds: [...trace.bounds],
  };
}

/** Orders what has no order of its own, and drops sums of nothing, so that two results can be compared. */
export function inOrder(trace: OracleTrace): OracleTrace {
  const by = (reason: EndReason) => endReasons.indexOf(reason);
  return {
    ...trace,
    ends: [...trace.ends].sort((a, b) => a.coin - b.coin || by(a.reason) - by(b.reason)),
    fees: trace.fees.filter((fee) => fee.labels.some((part) => part > 0n)).sort((a, b) => by(a.reason) - by(b.reason)),
    bounds: [...trace.bounds].sort((a, b) => by(a.reason) - by(b.reason) || a.label - b.label),
  };
}
