import { expect, test } from "vitest";
import type { Instant } from "../money/instant.ts";
import { assembleTrail, listNamesNeeded, type NamedCoin, type NamedTransaction } from "./assemble-trail.ts";
import type { CoinColumns } from "./columns.ts";
import { layOut, newTransaction, randomCase, rulesFor } from "./random-ledger.test-ledger.ts";
import type { TraceRequest } from "./request.ts";
import { traceCoins } from "./trace-coins.ts";
import type { Trail } from "./trail.ts";

function trailOf(columns: CoinColumns, request: TraceRequest, more: (coin: number) => Partial<NamedCoin> = () => ({})) {
  const trace = traceCoins(columns, request);
  const needed = listNamesNeeded(request, trace);
  const transactions = new Map<number, NamedTransaction>();
  for (const id of needed.transactions)
    transactions.set(id, { txid: `tx${id}`, height: id, time: (id * 1000) as Instant });
  const coins = new Map<number, NamedCoin>();
  for (const id of needed.coins) {
    const value = columns.outputValue[id]!;
    const known = value === -1 ? null : BigInt(value);
    coins.set(id, { coin: `coin${id}`, account: id % 2 === 0 ? `address${id}` : null, value: known, ...more(id) });
  }
  const ledger = {
    name: "bitcoin",
    kind: "coin" as const,
    network: "regtest",
    snapshot: { height: 9, hash: "00" },
    partial: false,
  };
  return assembleTrail({ id: "id", ledger, asset: "BTC", columns, request, trace, names: { transactions, coins } });
}

const kinds = ["unspent", "exit", "fee", "unknown", "notFollowed", "mined"] as const;
const totalOfKind = {
  unspent: "unspent",
  exit: "exits",
  fee: "fees",
  unknown: "unknown",
  notFollowed: "notFollowed",
  mined: "mined",
} as const;

function expectToAddUp(trail: Trail): void {
  for (const total of trail.totals) {
    let ended = 0n;
    for (const kind of kinds) {
      const sum = trail.ends
        .filter((end) => end.kind === kind)
        .flatMap((end) => end.traced)
        .filter(({ rule, label }) => rule === total.rule && label === total.label)
        .reduce((units, { stolen }) => units + stolen, 0n);
      expect(sum, `${kind} of ${total.rule}`).toBe(total[totalOfKind[kind]]);
      ended += sum;
    }
    if (total.rule !== "poison") expect(ended).toBe(total.seeded);
  }
}

test("every trail's ends add up to its totals, and its parts stand in order", () => {
  for (let seed = 0; seed < 300; seed++) {
    const given = randomCase(seed);
    const rules = rulesFor(given);
    const trail = trailOf(given.columns, { ...given.request, rules });
    expectToAddUp(trail);
    expect(trail.status).toBe(trail.bounds.length === 0 ? "complete" : "bounded");
    const seen = new Set<string>();
    for (const { coin, kind, why, traced } of trail.ends) {
      expect(why).not.toBe("");
      if (coin === null) continue;
      expect(seen.has(`${coin} ${kind} ${why}`)).toBe(false);
      seen.add(`${coin} ${kind} ${why}`);
      const order = traced.map(({ rule, label }) => rules.indexOf(rule) * 9 + given.request.labels.indexOf(label));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
    const ids = Array.from(trail.movements, ({ transaction }) => Number(transaction.slice(2)));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  }
});

test("what a conserved rule moves forward comes out of the coins it came from, but for the fee", () => {
  let checked = 0;
  for (let seed = 0; seed < 400; seed++) {
    const { columns, request } = randomCase(seed, { direction: "forward", feeFree: true });
    const rule = "haircut";
    const trail = trailOf(columns, { ...request, rules: [rule], followFees: false });
    const held = new Map<string, bigint>();
    const sum = (amounts: readonly { amount: bigint }[]) => amounts.reduce((units, { amount }) => units + amount, 0n);
    const trace = traceCoins(columns, { ...request, rules: [rule], followFees: false }).rules[0]!;
    trace.coins.coin.forEach((coin, row) => {
      const amounts = trace.coins.amount.slice(trace.coins.start[row]!, trace.coins.start[row + 1]!);
      held.set(
        `coin${coin}`,
        amounts.reduce((units, amount) => units + BigInt(amount), 0n),
      );
    });
    for (const { from, to } of trail.movements) {
      const taken = from.reduce((units, { coin }) => units + held.get(coin!)!, 0n);
      expect(sum(to.flatMap(({ traced }) => traced)), `ledger ${seed}`).toBe(taken);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(300);
});

test("ends say why in words, with what the caller knows of the coin", () => {
  const first = newTransaction(0, [], [100]);
  const second = newTransaction(1, [...first.outputs], [30, 20, 45]);
  const third = newTransaction(2, [second.outputs[0]!], [30]);
  const columns = layOut([first, second, third], true);
  const stop = second.outputs[0]!.id;
  const trail = trailOf(
    columns,
    {
      direction: "forward",
      rules: ["fifo", "poison"],
      labels: ["theft"],
      seeds: [{ output: 0, amount: 60n, label: 0 }],
      stopOutputs: Uint32Array.of(1 << stop),
      stopHeight: null,
      budget: {},
      followFees: false,
      subsidyAt: () => 0,
    },
    (coin) => (coin === stop ? { stop: 'tagged "Exchange X" by tags.csv' } : { unspendable: "data output" }),
  );
  expect(trail.seeds).toEqual([
    { ledger: "bitcoin", coin: "coin0", account: "address0", asset: "BTC", amount: 60n, label: "theft" },
  ]);
  const traced = (rule: string, amount: bigint) => ({ rule, label: "theft", amount, stolen: amount });
  expect(trail.ends.map(({ kind, coin, why, traced }) => ({ kind, coin, why, traced }))).toEqual([
    {
      kind: "exit",
      coin: "coin1",
      why: 'stop: tagged "Exchange X" by tags.csv',
      traced: [traced("fifo", 30n), traced("poison", 30n)],
    },
    {
      kind: "unspent",
      coin: "coin2",
      why: "not spent: data output",
      traced: [traced("fifo", 20n), traced("poison", 20n)],
    },
    {
      kind: "unspent",
      coin: "coin3",
      why: "not spent: data output",
      traced: [traced("fifo", 10n), traced("poison", 45n)],
    },
    {
      kind: "fee",
      coin: null,
      why: "the whole fees of all transactions of the trail",
      traced: [traced("poison", 5n)],
    },
  ]);
  expect([...trail.movements]).toMatchObject([
    {
      transaction: "tx1",
      hops: 1,
      from: [{ coin: "coin0" }],
      to: [{ coin: "coin1" }, { coin: "coin2" }, { coin: "coin3" }],
    },
  ]);
});

test("what is seeded at a coin is not counted as moved to it", () => {
  const first = newTransaction(0, [], [30, 10]);
  const second = newTransaction(1, [...first.outputs], [40]);
  const trail = trailOf(layOut([first, second], true), {
    direction: "forward",
    rules: ["haircut"],
    labels: ["theft"],
    seeds: [
      { output: 0, amount: null, label: 0 },
      { output: 2, amount: null, label: 0 },
    ],
    stopOutputs: null,
    stopHeight: null,
    budget: {},
    followFees: false,
    subsidyAt: () => 0,
  });
  expect([...trail.movements][0]!.to[0]!.traced[0]!.amount).toBe(30n);
  expect(trail.totals[0]).toMatchObject({ seeded: 40n, unspent: 40n });
});
