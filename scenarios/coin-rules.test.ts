import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kindOfReason } from "../library/src/trace/coin-trace.ts";
import { type OracleTrace, traceByOracle } from "../library/src/trace/oracle.ts";
import {
  type Coin,
  layOut,
  newTransaction,
  plainTrace,
  type Transaction,
} from "../library/src/trace/random-ledger.test-ledger.ts";
import type { TraceRequest } from "../library/src/trace/request.ts";
import { traceCoins } from "../library/src/trace/trace-coins.ts";
import { type CoinScenario, isTotal, readCoinScenario } from "./read-coin-scenario.ts";

const folder = new URL("./coin-rules/", import.meta.url);
const tables = readdirSync(folder).filter((file) => /^\d.*\.txt$/u.test(file));

function build(scenario: CoinScenario) {
  const coins = new Map<string, Coin>();
  const coinOf = (name: string): Coin => {
    const coin = coins.get(name);
    if (coin === undefined) throw new Error(`no transaction before makes the coin ${name}`);
    return coin;
  };
  const ledger = scenario.transactions.map(({ height, inputs, outputs }): Transaction => {
    const spent = inputs.map(coinOf);
    const transaction = newTransaction(
      height,
      spent,
      outputs.map(({ value }) => value),
    );
    outputs.forEach(({ coin }, j) => {
      coins.set(coin, transaction.outputs[j]!);
    });
    return transaction;
  });
  const columns = layOut(ledger, scenario.followFees);
  const labels = [...new Set(scenario.seeds.map(({ label }) => label))];
  const stopOutputs = new Uint32Array(Math.ceil(columns.outputCount / 32));
  for (const name of scenario.stops) stopOutputs[coinOf(name).id >> 5]! |= 1 << (coinOf(name).id & 31);
  const request: TraceRequest = {
    direction: scenario.direction,
    rules: scenario.results.map(({ rule }) => rule),
    labels,
    seeds: scenario.seeds.map(({ coin, amount, label }) => {
      return { output: coinOf(coin).id, amount, label: labels.indexOf(label) };
    }),
    stopOutputs,
    stopHeight: scenario.stopHeight,
    budget: scenario.budget,
    followFees: scenario.followFees,
    subsidyAt: () => scenario.subsidy,
  };
  return { columns, request, idOf: (name: string) => coinOf(name).id };
}

/** What a result says under the heading of one column, by label. */
function read(trace: OracleTrace, column: string, idOf: (name: string) => number, labelCount: number): bigint[] {
  const nothing = new Array<bigint>(labelCount).fill(0n);
  if (!isTotal(column)) return trace.coins.find(({ coin }) => coin === idOf(column))?.labels ?? nothing;
  const kind = column === "exits" ? "exit" : column === "fees" ? "fee" : column;
  return [...trace.ends, ...trace.fees]
    .filter(({ reason }) => kindOfReason[reason] === kind)
    .reduce((sum, { labels }) => sum.map((part, label) => part + labels[label]!), nothing);
}

test("there are tables to replay", () => {
  expect(tables.length).toBeGreaterThanOrEqual(17);
});

test.each(tables)("%s", (file) => {
  const scenario = readCoinScenario(readFileSync(new URL(file, folder), "utf8"));
  const { columns, request, idOf } = build(scenario);
  expect(scenario.results.length).toBeGreaterThan(0);
  const traced = traceCoins(columns, request).rules;
  scenario.results.forEach(({ rule, cells }, n) => {
    const kernel = plainTrace(traced[n]!, request.labels.length);
    const oracle = traceByOracle(columns, request, rule);
    for (const [column, amounts] of Object.entries(cells)) {
      const said = (trace: OracleTrace) => read(trace, column, idOf, request.labels.length).join("+");
      // A worthless cell of several labels may be written as one dash.
      const wanted = request.labels.map((_, label) => amounts[label] ?? 0n).join("+");
      expect(`${rule}, ${column}: ${said(kernel)}`).toBe(`${rule}, ${column}: ${wanted}`);
      expect(`${rule}, ${column}: ${said(oracle)}`).toBe(`${rule}, ${column}: ${wanted}`);
    }
  });
});

test("a table with a wrong number fails", () => {
  const text = readFileSync(new URL(tables[0]!, folder), "utf8").replace("30       27      3", "31       26      3");
  const { columns, request, idOf } = build(readCoinScenario(text));
  const haircut = traceByOracle(columns, request, "haircut");
  expect(read(haircut, "shop", idOf, 1)).not.toEqual(
    readCoinScenario(text).results.find(({ rule }) => rule === "haircut")!.cells.shop,
  );
});
