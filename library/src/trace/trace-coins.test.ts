import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import type { RuleTrace } from "./coin-trace.ts";
import { type OracleTrace, traceByOracle } from "./oracle.ts";
import { inOrder, plainTrace, type RandomCase, randomCase, rulesFor } from "./random-ledger.test-ledger.ts";
import type { TraceRequest } from "./request.ts";
import type { Rule } from "./rule.ts";
import { traceCoins } from "./trace-coins.ts";

type Tracer = (given: RandomCase, rule: Rule) => OracleTrace;

const kernel: Tracer = ({ columns, request }, rule) => {
  const { rules } = traceCoins(columns, { ...request, rules: [rule] });
  return plainTrace(rules[0]!, request.labels.length);
};

/** The first ledger of a range on which a tracer and the oracle differ, with both results; null where they agree. */
function firstDifference(tracer: Tracer, from: number, to: number) {
  for (let seed = from; seed < to; seed++) {
    const given = randomCase(seed);
    for (const rule of rulesFor(given)) {
      const told = inOrder(tracer(given, rule));
      const oracle = inOrder(traceByOracle(given.columns, given.request, rule));
      if (!isDeepStrictEqual(told, oracle)) return { seed, rule, direction: given.request.direction, told, oracle };
    }
  }
  return null;
}

test.each(Array.from({ length: 10 }, (_, n) => n * 1000))(
  "kernels and oracle agree to the last unit on 1000 random ledgers from %i, under every rule, both ways",
  (from) => {
    expect(firstDifference(kernel, from, from + 1000)).toBeNull();
  },
);

test("the random ledgers reach every way in which value can end, and deep trails", () => {
  const seen = new Map<string, number>();
  const count = (key: string) => seen.set(key, (seen.get(key) ?? 0) + 1);
  for (let seed = 0; seed < 500; seed++) {
    const given = randomCase(seed);
    for (const rule of rulesFor(given)) {
      const trace = kernel(given, rule);
      for (const { reason } of trace.ends) count(reason);
      for (const { reason } of trace.fees) count(`fee ${reason}`);
      if (trace.transactions.some(({ hops }) => hops >= 4)) count("four hops");
      if (trace.coins.some(({ labels }) => labels.filter((part) => part > 0n).length > 1)) count("two labels");
    }
  }
  const rare = ["fee min", "fee hops", "fee movements", "fee unclaimed", "stop", "stop-height", "amounts-not-known"];
  const common = ["unspent", "coinbase", "maker-absent", "spend-not-known", "spent-elsewhere", "fee fee"];
  for (const key of [...rare, ...common, "min", "hops", "movements", "four hops", "two labels"]) {
    expect(seen.get(key) ?? 0, key).toBeGreaterThanOrEqual(3);
  }
});

const canaries: Record<string, Tracer> = {
  "lifo where fifo was asked": (given, rule) => kernel(given, rule === "fifo" ? "lifo" : rule),
  "the last seed forgotten": ({ columns, request }, rule) =>
    kernel({ columns, request: { ...request, seeds: request.seeds.slice(0, -1) } }, rule),
  "one unit moved from a coin to its neighbour": (given, rule) => {
    const trace = kernel(given, rule);
    const [from, to] = trace.ends;
    if (from === undefined || to === undefined || from.labels[0] === 0n) return trace;
    from.labels[0]! -= 1n;
    to.labels[0]! += 1n;
    return trace;
  },
  "stops not asked": ({ columns, request }, rule) =>
    kernel({ columns, request: { ...request, stopOutputs: null } }, rule),
};

test.each(Object.keys(canaries))("the comparison sees a broken kernel: %s", (name) => {
  expect(firstDifference(canaries[name]!, 0, 300)).not.toBeNull();
});

test("one label that stands for all of them traces what all of them trace together", () => {
  for (let seed = 0; seed < 600; seed++) {
    const given = randomCase(seed);
    const { columns, request } = given;
    const joined: TraceRequest = {
      ...request,
      labels: ["all"],
      seeds: request.seeds.map((one) => ({ ...one, label: 0 })),
    };
    for (const rule of rulesFor(given)) {
      if (rule === "poison") continue;
      const apart = kernel(given, rule);
      const together = kernel({ columns, request: joined }, rule);
      const added = (labels: bigint[]) => [labels.reduce((sum, part) => sum + part, 0n)];
      expect(apart.transactions, `ledger ${seed}, ${rule}`).toEqual(together.transactions);
      expect(apart.coins.map(({ coin, labels }) => ({ coin, labels: added(labels) }))).toEqual(together.coins);
      expect(added(apart.seeded)).toEqual(together.seeded);
    }
  }
});

test("no coin holds more traced value than it is worth, and what was seeded is accounted for", () => {
  for (let seed = 0; seed < 600; seed++) {
    const given = randomCase(seed);
    for (const rule of rulesFor(given)) {
      const trace = kernel(given, rule);
      if (rule === "poison") continue;
      for (const { coin, labels } of trace.coins) {
        const held = labels.reduce((sum, part) => sum + part, 0n);
        expect(held).toBeLessThanOrEqual(BigInt(given.columns.outputValue[coin]!));
      }
      trace.seeded.forEach((seeded, label) => {
        const ended = [...trace.ends, ...trace.fees].reduce((sum, { labels }) => sum + labels[label]!, 0n);
        expect(ended, `ledger ${seed}, ${rule}`).toBe(seeded);
      });
    }
  }
});

test("a rule's result does not depend on the other rules asked, nor on when it is asked", () => {
  for (let seed = 0; seed < 200; seed++) {
    const given = randomCase(seed);
    const rules = rulesFor(given);
    const request = { ...given.request, rules: [...rules].reverse() };
    const together = traceCoins(given.columns, request).rules;
    for (const rule of rules) {
      const alone = traceCoins(given.columns, { ...request, rules: [rule] }).rules[0];
      expect(together.find((trace) => trace.rule === rule)).toEqual(alone);
    }
    expect(traceCoins(given.columns, request).rules).toEqual(together);
  }
});

test("a budget of movements gives the beginning of the whole trail", () => {
  for (let seed = 0; seed < 600; seed++) {
    const { columns, request } = randomCase(seed, { direction: "forward" });
    const rule = rulesFor({ columns, request }).at(-1)!;
    const ask = (movements?: number): RuleTrace => {
      const budget = movements === undefined ? {} : { movements };
      return traceCoins(columns, { ...request, rules: [rule], followFees: false, budget }).rules[0]!;
    };
    const all = ask();
    const before = new Map(Array.from(all.coins.coin, (coin, row) => [coin, all.coins.start[row]!]));
    for (let movements = 0; movements <= all.transactions.length; movements++) {
      const part = ask(movements);
      expect(part.transactions).toEqual(all.transactions.slice(0, movements));
      expect(part.hops).toEqual(all.hops.slice(0, movements));
      expect(part.bounds.length > 0).toBe(movements < all.transactions.length);
      const seeds = new Set(request.seeds.map((one) => one.output));
      for (let row = 0; row < part.coins.coin.length; row++) {
        const coin = part.coins.coin[row]!;
        // A seed that the trail did not reach is seeded with all of its amount instead.
        if (seeds.has(coin)) continue;
        expect(part.coins.amount[part.coins.start[row]!]).toBe(all.coins.amount[before.get(coin)!]);
      }
    }
  }
});
