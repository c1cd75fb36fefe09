import { expect, test } from "vitest";
import { assembleTrail, listNamesNeeded, type NamedCoin, type NamedTransaction } from "./assemble-trail.ts";
import { type CoinTrace, endReasons, type RuleTrace, type TracedCoins } from "./coin-trace.ts";
import type { CoinColumns } from "./columns.ts";
import { randomCase, rulesFor } from "./random-ledger.test-ledger.ts";
import type { TraceRequest } from "./request.ts";
import { traceCoins } from "./trace-coins.ts";
import type { Movement, Traced, Trail } from "./trail.ts";

const mined = endReasons.indexOf("coinbase");
const placeOf = (id: number) => ({ coin: `coin${id}`, account: id % 2 === 0 ? `address${id}` : null });

interface Case {
  readonly columns: CoinColumns;
  readonly request: TraceRequest;
  readonly trace: CoinTrace;
}

/** By label, as the columns have them. */
function amountsAt({ coin, start, label, amount }: TracedCoins, id: number): [number, number][] {
  const row = coin.indexOf(id);
  const rows = row < 0 ? [] : Array.from({ length: start[row + 1]! - start[row]! }, (_, n) => start[row]! + n);
  return rows.map((i) => [label[i]!, amount[i]!]);
}

/** What a rule moved, asked coin by coin. */
function ofRule({ request, trace }: Case, { rule, coins, seeded, ends }: RuleTrace) {
  const forward = trace.direction === "forward";
  const traced = (amounts: [number, number][]): Traced[] =>
    amounts.map(([label, units]) => {
      return { rule, label: request.labels[label]!, amount: BigInt(units), stolen: BigInt(units) };
    });
  const received = (id: number) => {
    const ofSeeds = new Map(amountsAt(seeded, id));
    return amountsAt(coins, id)
      .filter(([label, units]) => !ofSeeds.has(label) || units > ofSeeds.get(label)!)
      .map(([label, units]): [number, number] => [label, units - (ofSeeds.get(label) ?? 0)]);
  };
  const isFollowed = (id: number) =>
    coins.coin.includes(id) && !ends.coin.some((coin, row) => coin === id && ends.reason[row] !== mined);
  return {
    isFrom: (id: number) => (forward ? isFollowed(id) : received(id).length > 0),
    to: (id: number) => traced(forward ? received(id) : isFollowed(id) ? amountsAt(coins, id) : []),
  };
}

/** The movements as the trail's words define them, without regard to time. */
function obviousMovements(given: Case): Movement[] {
  const { columns, trace } = given;
  const { txFirstInput, txFirstOutput, inputOutput, outputCount, transactionCount } = columns;
  return Array.from({ length: transactionCount }, (_, t) => t).flatMap((t): Movement[] => {
    const touching = trace.rules.filter(({ transactions }) => transactions.includes(t));
    if (touching.length === 0) return [];
    const asked = touching.map((rule) => ofRule(given, rule));
    const outputs = Array.from({ length: outputCount }, (_, id) => id).slice(txFirstOutput[t], txFirstOutput[t + 1]);
    return [
      {
        ledger: "bitcoin",
        transaction: `tx${t}`,
        height: t,
        time: null,
        hops: Math.min(...touching.map(({ transactions, hops }) => hops[transactions.indexOf(t)]!)),
        from: [...inputOutput.slice(txFirstInput[t], txFirstInput[t + 1])]
          .filter((id) => asked.some(({ isFrom }) => isFrom(id)))
          .map(placeOf),
        to: outputs
          .map((id) => ({ id, traced: asked.flatMap(({ to }) => to(id)) }))
          .filter(({ traced }) => traced.length > 0)
          .map(({ id, traced }) => ({ ...placeOf(id), asset: "BTC", value: 7n, traced })),
      },
    ];
  });
}

function trailOf({ columns, request, trace }: Case): Trail {
  const needed = listNamesNeeded(request, trace);
  const transactions = new Map<number, NamedTransaction>();
  for (const id of needed.transactions) transactions.set(id, { txid: `tx${id}`, height: id, time: null });
  const coins = new Map<number, NamedCoin>();
  for (const id of needed.coins) coins.set(id, { ...placeOf(id), value: 7n });
  const snapshot = { height: 9, hash: "00" };
  const ledger = { name: "bitcoin", kind: "coin", network: "regtest", snapshot, partial: false } as const;
  return assembleTrail({ id: "id", ledger, asset: "BTC", columns, request, trace, names: { transactions, coins } });
}

test("the walk makes the movements that asking coin by coin makes, as often as it is gone through", () => {
  let moved = 0;
  for (let seed = 0; seed < 600; seed++) {
    const random = randomCase(seed);
    const request = { ...random.request, rules: rulesFor(random) };
    const given = { columns: random.columns, request, trace: traceCoins(random.columns, request) };
    const { movements } = trailOf(given);
    const expected = obviousMovements(given);
    expect([...movements], `ledger ${seed}`).toEqual(expected);
    expect([...movements], `ledger ${seed}, again`).toEqual(expected);
    expect(movements.length).toBe(expected.length);
    moved += expected.length;
  }
  expect(moved).toBeGreaterThan(1000);
});
