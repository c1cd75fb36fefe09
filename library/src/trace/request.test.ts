import { expect, test } from "vitest";
import {
  BackwardRuleError,
  CoinColumnsError,
  SeedAmountError,
  SeedUnknownError,
  SeedValueUnknownError,
  SubsidyError,
  TraceRequestError,
} from "../errors/trace.ts";
import { layOut, newCoin, newTransaction, type Transaction } from "./random-ledger.test-ledger.ts";
import type { TraceRequest } from "./request.ts";
import { traceCoins } from "./trace-coins.ts";

const coinbase = () => newTransaction(0, [], [50, 20]);

function ask(request: Partial<TraceRequest>, ledger: Transaction[] = [coinbase()], wholeBlocks = true) {
  return traceCoins(layOut(ledger, wholeBlocks), {
    direction: "forward",
    rules: ["fifo"],
    labels: ["theft"],
    seeds: [{ output: 0, amount: null, label: 0 }],
    stopOutputs: null,
    stopHeight: null,
    budget: {},
    followFees: false,
    subsidyAt: () => 70,
    ...request,
  });
}

test.each<[string, Partial<TraceRequest>, new (...args: never[]) => Error, RegExp]>([
  [
    "more than the coin",
    { seeds: [{ output: 1, amount: 21n, label: 0 }] },
    SeedAmountError,
    /21 units.*coin of 20.*output 1/u,
  ],
  ["nothing", { seeds: [{ output: 1, amount: 0n, label: 0 }] }, SeedAmountError, /traces nothing/u],
  ["a coin that is not there", { seeds: [{ output: 2, amount: null, label: 0 }] }, SeedUnknownError, /no output 2/u],
  ["a label that is not named", { seeds: [{ output: 0, amount: null, label: 1 }] }, SeedUnknownError, /label 1/u],
  ["no rule", { rules: [] }, TraceRequestError, /no rule/u],
  ["a rule twice", { rules: ["fifo", "fifo"] }, TraceRequestError, /twice/u],
  [
    "tiho backward",
    { rules: ["tiho"], direction: "backward" },
    BackwardRuleError,
    /tiho cannot run backward: how much/u,
  ],
  ["half a movement", { budget: { movements: 0.5 } }, TraceRequestError, /0\.5 is not a whole number.*movements/u],
  ["a negative minimum", { budget: { min: -1n } }, TraceRequestError, /-1 is negative/u],
  ["stops of another ledger", { stopOutputs: new Uint32Array(0) }, TraceRequestError, /fewer bits/u],
])("a request for %s is refused", (_, request, kind, message) => {
  expect(() => ask(request)).toThrow(kind);
  expect(() => ask(request)).toThrow(message);
});

test("a seed's coin of unknown value is refused by all rules but poison", () => {
  const ledger = () => [newTransaction(3, [newCoin(-1)], [5, 6])];
  const seeds = [{ output: 2, amount: null, label: 0 }];
  expect(() => ask({ seeds }, ledger(), false)).toThrow(SeedValueUnknownError);
  const { rules } = ask({ seeds, rules: ["poison"] }, ledger(), false);
  expect(rules[0]!.totals[0]).toMatchObject({ seeded: 0n, unspent: 11n });
});

test("a transaction that pays more than it takes is named", () => {
  const first = coinbase();
  const ledger = [first, newTransaction(1, [], [1]), newTransaction(1, [first.outputs[0]!], [51])];
  for (const rule of ["fifo", "haircut", "poison"] as const) {
    expect(() => ask({ rules: [rule] }, ledger)).toThrow(CoinColumnsError);
    expect(() => ask({ rules: [rule] }, ledger)).toThrow(/pays more than it takes \(transaction 2/u);
  }
});

test("a coinbase that pays more than the subsidy given and the fees is named by its height", () => {
  const first = coinbase();
  const ledger = [first, newTransaction(7, [], [80]), newTransaction(7, [first.outputs[0]!], [48])];
  const request = { rules: ["fifo"], followFees: true } as const;
  expect(() => ask(request, ledger)).toThrow(SubsidyError);
  expect(() => ask(request, ledger)).toThrow(/pays 8 more than subsidy and fees \(height 7\)/u);
});

test("a coinbase spent in its own block is a contradiction where fees are followed", () => {
  const first = coinbase();
  const second = newTransaction(1, [], [72]);
  const ledger = [
    first,
    second,
    newTransaction(1, [first.outputs[0]!], [48]),
    newTransaction(1, [second.outputs[0]!], [72]),
  ];
  expect(() => ask({ rules: ["haircut"], followFees: true }, ledger)).toThrow(/spends the coinbase of its own block/u);
});

test("amounts next to 2^53 come through every rule whole", () => {
  const largest = Number.MAX_SAFE_INTEGER;
  const first = newTransaction(0, [], [largest - 4, 4]);
  const ledger = [first, newTransaction(1, [...first.outputs], [2, largest - 5, 3])];
  const seeds = [
    { output: 0, amount: BigInt(largest - 9), label: 0 },
    { output: 1, amount: null, label: 0 },
  ];
  const rules = ["poison", "haircut", "fifo", "lifo", "dirty-first", "clean-first", "tiho"] as const;
  for (const { rule, totals } of ask({ rules, seeds }, ledger, false).rules) {
    expect(totals[0]!.seeded).toBe(BigInt(largest - 5));
    expect(totals[0]!.unspent, rule).toBe(rule === "poison" ? BigInt(largest) : BigInt(largest - 5));
  }
});
