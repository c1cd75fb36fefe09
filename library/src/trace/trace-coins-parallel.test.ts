import { expect, test } from "vitest";
import { CoinColumnsError } from "../errors/trace.ts";
import { layOut, newTransaction, randomCase, rulesFor } from "./random-ledger.test-ledger.ts";
import type { TraceRequest } from "./request.ts";
import { roomOf, shareColumns } from "./share-columns.ts";
import { traceCoins } from "./trace-coins.ts";
import { traceCoinsParallel } from "./trace-coins-parallel.ts";

test("columns in one memory give what columns anywhere give, by the WebAssembly kernel where it applies", () => {
  let swept = 0;
  for (let seed = 0; seed < 1500; seed++) {
    const given = randomCase(seed, { direction: "forward" });
    const plain: TraceRequest = {
      ...given.request,
      rules: rulesFor(given),
      labels: ["all"],
      seeds: given.request.seeds.map((one) => ({ ...one, label: 0 })),
      stopOutputs: null,
      stopHeight: null,
      budget: {},
      followFees: false,
    };
    // Small, because thousands of them are made.
    const shared = shareColumns(given.columns, { bytesMax: 1 << 18 });
    expect(shared).toEqual(given.columns);
    const here = traceCoins(given.columns, plain);
    // Twice, because the room must be left as it was found.
    expect(traceCoins(shared, plain), `ledger ${seed}`).toEqual(here);
    expect(traceCoins(shared, plain), `ledger ${seed}`).toEqual(here);
    const haircut = here.rules.find(({ rule }) => rule === "haircut");
    if (roomOf(shared) !== null && (haircut?.transactions.length ?? 0) > 2) swept++;
  }
  expect(swept).toBeGreaterThan(200);
});

test("rules traced in threads give what they give one after the other, fees followed or not", async () => {
  for (const seed of [11, 12, 17]) {
    const given = randomCase(seed);
    const request = { ...given.request, rules: rulesFor(given) };
    const shared = shareColumns(given.columns);
    const options = { threads: 2, transactionsMin: 0 };
    expect(await traceCoinsParallel(shared, request, options)).toEqual(traceCoins(given.columns, request));
  }
});

test("an error in a thread comes out as it does without threads", async () => {
  const first = newTransaction(0, [], [50]);
  const shared = shareColumns(layOut([first, newTransaction(1, [...first.outputs], [51])], true));
  const request: TraceRequest = {
    direction: "forward",
    rules: ["fifo", "haircut"],
    labels: ["theft"],
    seeds: [{ output: 0, amount: null, label: 0 }],
    stopOutputs: null,
    stopHeight: null,
    budget: {},
    followFees: false,
    subsidyAt: () => 0,
  };
  const options = { threads: 2, transactionsMin: 0 };
  await expect(traceCoinsParallel(shared, request, options)).rejects.toThrow(CoinColumnsError);
  expect(() => traceCoins(shared, { ...request, rules: ["haircut"] })).toThrow(CoinColumnsError);
  // The room is free and clean again.
  expect(() => traceCoins(shared, { ...request, rules: ["haircut"] })).toThrow(/pays more than it takes/u);
});
