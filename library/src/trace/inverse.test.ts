import { expect, test } from "vitest";
import type { RuleTrace } from "./coin-trace.ts";
import { heightNotKnown } from "./columns.ts";
import { type Coin, type Draw, draw, layOut, newTransaction, type Transaction } from "./random-ledger.test-ledger.ts";
import type { TraceRequest } from "./request.ts";
import { traceCoins } from "./trace-coins.ts";

/**
 * A ledger whose every satoshi is told apart: the first coinbase pays it out in coins of one unit, and at the end
 * every coin that is left is broken into coins of one unit again.
 */
function unitLedger(by: Draw, fees: boolean) {
  const units = 3 + by.below(20);
  const first = newTransaction(0, [], new Array(units).fill(1));
  const ledger: Transaction[] = [first];
  let unspent: Coin[] = [...first.outputs];
  const subsidies = [units];
  for (let height = 1; height < 5; height++) {
    const block: Transaction[] = [];
    let paid = 0;
    for (let n = by.below(4); n > 0 && unspent.length > 0; n--) {
      const inputs: Coin[] = [];
      for (let m = 1 + by.below(4); m > 0 && unspent.length > 0; m--) {
        inputs.push(...unspent.splice(by.below(unspent.length), 1));
      }
      const value = inputs.reduce((sum, coin) => sum + coin.value, 0);
      const fee = fees ? by.below(Math.min(3, value + 1)) : 0;
      const cut = by.below(value - fee + 1);
      block.push(newTransaction(height, inputs, by.chance(0.3) ? [value - fee] : [cut, 0, value - fee - cut]));
      unspent = [...unspent, ...block.at(-1)!.outputs];
      paid += fee;
    }
    const subsidy = by.below(4);
    subsidies.push(subsidy);
    const claimed = subsidy + paid;
    const cut = by.below(claimed + 1);
    const coinbase = newTransaction(height, [], [cut, claimed - cut]);
    ledger.push(coinbase, ...block);
    unspent.push(...coinbase.outputs);
  }
  for (const coin of unspent) {
    if (coin.value > 0) ledger.push(newTransaction(heightNotKnown, [coin], new Array(coin.value).fill(1)));
  }
  const columns = layOut(ledger, true);
  const subsidyAt = (height: number) => subsidies[height]!;
  const last = ledger.filter(({ height }) => height === heightNotKnown).flatMap(({ outputs }) => outputs);
  return { columns, subsidyAt, first: first.outputs.map(({ id }) => id), last: last.map(({ id }) => id) };
}

/** Pairs `seed>end` of coins of one unit: which seeded unit was found in which end. */
function pairs(trace: RuleTrace, seeds: number[], ends: number[], write: (seed: number, end: number) => string) {
  const wanted = new Set(ends);
  const found: string[] = [];
  for (let row = 0; row < trace.ends.coin.length; row++) {
    const end = trace.ends.coin[row]!;
    if (!wanted.has(end)) continue;
    for (let i = trace.ends.start[row]!; i < trace.ends.start[row + 1]!; i++) {
      expect(trace.ends.amount[i]).toBe(1);
      found.push(write(seeds[trace.ends.label[i]!]!, end));
    }
  }
  return found.sort();
}

test.each([
  ["fifo", false],
  ["lifo", false],
  ["fifo", true],
  ["lifo", true],
] as const)("%s backward finds every unit that it took forward, and no other (fees followed: %s)", (rule, fees) => {
  let moved = 0;
  for (let seed = 0; seed < 300; seed++) {
    const { columns, subsidyAt, first, last } = unitLedger(draw(seed), fees);
    const ask = (direction: "forward" | "backward", seeds: number[]): RuleTrace => {
      const request: TraceRequest = {
        direction,
        rules: [rule],
        labels: seeds.map((coin) => `unit ${coin}`),
        seeds: seeds.map((output, label) => ({ output, amount: null, label })),
        stopOutputs: null,
        stopHeight: null,
        budget: {},
        followFees: fees,
        subsidyAt,
      };
      return traceCoins(columns, request).rules[0]!;
    };
    const forward = pairs(ask("forward", first), first, last, (from, to) => `${from}>${to}`);
    const backward = pairs(ask("backward", last), last, first, (from, to) => `${to}>${from}`);
    expect(backward, `ledger ${seed}`).toEqual(forward);
    moved += forward.length;
    // Nothing leaves these ledgers, so every first unit is found at the end.
    expect(forward.length).toBe(first.length);
  }
  expect(moved).toBeGreaterThan(1000);
});
