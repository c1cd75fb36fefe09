import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { columnsOf, type MadeTransfer } from "./account-columns.fixture.ts";
import type { AccountColumns } from "./account-columns.ts";
import type { JointRequest } from "./joint-request.ts";
import type { JointRuleTrace, LabelAmount } from "./joint-trace.ts";
import { traceByOracle } from "./oracle.ts";
import { isOfNobody, jointOfCoins, jointRulesFor, plainJoint, randomJoint } from "./random-joint.test-ledger.ts";
import { type RandomCase, randomCase } from "./random-ledger.test-ledger.ts";
import type { Rule } from "./rule.ts";
import { traceJoint } from "./trace-joint.ts";

const labelsOf = (traced: readonly LabelAmount[], count: number) => {
  const labels = new Array<bigint>(count).fill(0n);
  for (const { label, amount } of traced) labels[label] = amount;
  return labels;
};

/** Where a joint trail of one coin ledger and the coin oracle differ; null where they do not. */
function coinDifference(given: RandomCase, rule: Rule, told: JointRuleTrace) {
  const count = given.request.labels.length;
  const oracle = traceByOracle(given.columns, given.request, rule);
  const some = (labels: bigint[]) => labels.some((part) => part > 0n);
  const write = (values: unknown[]) => values.map((value) => JSON.stringify(value, (_, x) => String(x))).sort();
  const flat = (place: number | null, reason: string, labels: bigint[]) => [String(place), reason, labels.join()];
  const seeds = new Set(given.request.seeds.map(({ output }) => output));
  const ours = {
    ends: write(
      told.ends
        .map(({ place, reason, traced }) => ({ place, reason, labels: labelsOf(traced, count) }))
        .filter(({ labels }) => some(labels))
        .map(({ place, reason, labels }) => flat(place, reason, labels).join()),
    ),
    seeded: told.totals.map(({ seeded }) => seeded),
    bounds: write(told.bounds.map(({ reason, label, amount, next }) => [reason, label, amount, next.output].join())),
    coins: write(
      told.moves
        .filter(({ to, traced }) => to !== null && !seeds.has(to.id) && some(labelsOf(traced, count)))
        .map(({ to, traced }) => [to!.id, ...labelsOf(traced, count)].join()),
    ),
  };
  const theirs = {
    ends: write([
      ...oracle.ends.filter(({ labels }) => some(labels)).map((end) => flat(end.coin, end.reason, end.labels).join()),
      ...oracle.fees.filter(({ labels }) => some(labels)).map((fee) => flat(null, fee.reason, fee.labels).join()),
    ]),
    seeded: oracle.seeded,
    bounds: write(oracle.bounds.map(({ reason, label, amount, next }) => [reason, label, amount, next].join())),
    coins: write(
      oracle.coins
        .filter(({ coin, labels }) => !seeds.has(coin) && some(labels))
        .map(({ coin, labels }) => [coin, ...labels].join()),
    ),
  };
  const hops = new Map(oracle.transactions.map(({ id, hops }) => [id, hops]));
  const isFar = told.moves.some((move) => hops.get(move.transaction) !== move.hops);
  return isDeepStrictEqual(ours, theirs) && !isFar ? null : { ours, theirs, isFar };
}

test.each([0, 1000])(
  "a joint trail of one coin ledger is what the coin oracle tells, on 1000 random ledgers from %i",
  (from) => {
    for (let seed = from; seed < from + 1000; seed++) {
      const given = randomCase(seed);
      const { joint, rules } = jointOfCoins(given);
      const traced = rules.length === 0 ? [] : traceJoint({ ...joint, rules }).rules;
      for (const told of traced) expect(coinDifference(given, told.rule, told), `${seed} ${told.rule}`).toBeNull();
    }
  },
);

test("the comparison with the coin oracle sees a rule that is not the one asked", () => {
  let seen = 0;
  for (let seed = 0; seed < 200; seed++) {
    const given = randomCase(seed);
    const { joint, rules } = jointOfCoins(given);
    if (!rules.includes("fifo")) continue;
    const [told] = traceJoint({ ...joint, rules: ["lifo"] }).rules;
    if (coinDifference(given, "fifo", told!) !== null) seen++;
  }
  expect(seen).toBeGreaterThan(20);
});

test("a rule's result does not depend on the other rules asked, nor on when it is asked", () => {
  for (let seed = 0; seed < 150; seed++) {
    const request = randomJoint(seed);
    const rules = jointRulesFor(request).reverse();
    const together = traceJoint({ ...request, rules });
    for (const told of together.rules) {
      expect(traceJoint({ ...request, rules: [told.rule] }).rules[0]).toEqual(told);
    }
    expect(traceJoint({ ...request, rules })).toEqual(together);
  }
});

test("one label that stands for all of them traces what all of them trace together", () => {
  let compared = 0;
  for (let seed = 0; seed < 400; seed++) {
    const given = randomJoint(seed);
    // Links divide labels one by one, and floors of parts are not the floor of the sum.
    const request = { ...given, links: [], seeds: given.seeds.filter((one) => !isOfNobody(given, one)) };
    const joined = {
      ...request,
      labels: [request.labels[0]!],
      seeds: request.seeds.map((one) => ({ ...one, label: 0 })),
    };
    for (const rule of jointRulesFor(request)) {
      if (rule === "poison") continue;
      const sum = (traced: readonly LabelAmount[]) => traced.reduce((amount, one) => amount + one.amount, 0n);
      const ends = (of: JointRequest) =>
        traceJoint({ ...of, rules: [rule] }).rules[0]!.ends.map(({ part, place, reason, traced }) => {
          return `${part} ${place} ${reason} ${sum(traced)}`;
        });
      // A return gives back label by label, and at most what is left of each.
      if (given.parts.some((part) => part.kind === "account" && part.columns.returnOf.size > 0)) continue;
      expect(ends(request), `request ${seed}, ${rule}`).toEqual(ends(joined));
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(100);
});

test("openings that are not known are named, unless they make no difference", () => {
  const rows: MadeTransfer[][] = [
    [{ from: 0, to: 1, amount: 10 }],
    [{ from: 1, to: 2, amount: 4 }],
    [{ from: 3, to: 4, amount: 5 }],
  ];
  const columns: AccountColumns = { ...columnsOf(rows, 5, new Map([[2, 0n]])), openingDefault: null };
  const request: JointRequest = {
    direction: "forward",
    rules: ["fifo"],
    labels: [{ name: "theft", asset: "unit" }],
    parts: [{ kind: "account", columns, stops: null, stopHeight: null }],
    seeds: [{ part: 0, at: { kind: "transfer", transfer: 0 }, amount: null, label: 0 }],
    links: [],
    budget: {},
    followFees: false,
    openings: "least",
    throughDebt: false,
  };
  expect(traceJoint(request).openingsNotKnown).toEqual([{ part: 0, id: 1 }]);
  const seeds = [{ part: 0, at: { kind: "holding" as const, holding: 1 }, amount: null, label: 0 }];
  expect(traceJoint({ ...request, seeds }).openingsNotKnown).toEqual([]);
  const known = { ...columns, openingDefault: 0n as const };
  const parts = [{ kind: "account" as const, columns: known, stops: null, stopHeight: null }];
  expect(traceJoint({ ...request, parts }).openingsNotKnown).toEqual([]);
});

test("amounts as doubles and as bigints give the same", () => {
  for (let seed = 0; seed < 100; seed++) {
    const request = randomJoint(seed);
    const parts = request.parts.map((part) => {
      if (part.kind === "coin") return part;
      const transferAmount = Array.from(part.columns.transferAmount as Iterable<number | bigint>, BigInt);
      return { ...part, columns: { ...part.columns, transferAmount } };
    });
    const rules = jointRulesFor(request);
    const plain = (of: JointRequest) => traceJoint({ ...of, rules }).rules.map(plainJoint);
    expect(plain({ ...request, parts })).toEqual(plain(request));
  }
});
