import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { groundsOf } from "./account-ground.ts";
import { traceOfSweep } from "./account-result.ts";
import { traceByJointOracle } from "./joint-oracle.ts";
import type { AccountPart, JointRequest } from "./joint-request.ts";
import type { JointRuleTrace } from "./joint-trace.ts";
import { jointRulesFor, plainJoint, randomJoint } from "./random-joint.test-ledger.ts";
import type { Rule } from "./rule.ts";
import { sweepAccounts } from "./sweep-accounts.ts";
import { sweepWide } from "./sweep-wide.ts";

type Sweep = (request: JointRequest, rule: Rule) => JointRuleTrace | null;

const plain = (seed: number) => randomJoint(seed, { plain: true });

/** A prime next to 2^50: amounts fill both doubles of a wide number, and no share is whole that was not. */
const weiUnits = 1_125_899_906_842_597n;

function inWei(request: JointRequest): JointRequest {
  const { columns, ...part } = request.parts[0] as AccountPart;
  const transferAmount = Array.from(
    columns.transferAmount as ArrayLike<number | bigint>,
    (amount) => BigInt(amount) * weiUnits,
  );
  const openings = new Map([...columns.openings].map(([holding, amount]) => [holding, amount * weiUnits]));
  const seeds = request.seeds.map((seed) => ({
    ...seed,
    amount: seed.amount === null ? null : seed.amount * weiUnits,
  }));
  return { ...request, seeds, parts: [{ ...part, columns: { ...columns, transferAmount, openings } }] };
}

const sweepInWide: Sweep = (request, rule) => {
  const ground = groundsOf(request)?.wide();
  const result = ground === undefined || ground === null || rule === "tiho" ? null : sweepWide(ground, request, rule);
  return result === null ? null : traceOfSweep(result, request);
};

/** The first request of a range on which a sweep and the oracle differ; null where they agree. */
function firstDifference(sweep: Sweep, from: number, to: number, request = plain) {
  let swept = 0;
  for (let seed = from; seed < to; seed++) {
    const given = request(seed);
    for (const rule of jointRulesFor(given)) {
      const trace = sweep(given, rule);
      if (trace === null) continue;
      swept++;
      const told = plainJoint(trace);
      const oracle = plainJoint(traceByJointOracle(given, rule));
      if (!isDeepStrictEqual(told, oracle)) return { seed, rule, direction: given.direction, told, oracle };
    }
  }
  // Most requests are for the sweeps: else this would compare nothing.
  expect(swept).toBeGreaterThan(3 * (to - from));
  return null;
}

test.each(Array.from({ length: 4 }, (_, n) => n * 1000))(
  "sweeps in doubles and the oracle agree to the last unit on 1000 random ledgers from %i, under every rule, both ways",
  (from) => {
    expect(firstDifference(sweepAccounts, from, from + 1000)).toBeNull();
  },
);

test("sweeps in wide numbers agree with the oracle, whatever the size of the amounts", () => {
  expect(firstDifference(sweepInWide, 0, 1000)).toBeNull();
  expect(firstDifference(sweepAccounts, 1000, 2500, (seed) => inWei(plain(seed)))).toBeNull();
});

test("the comparison sees a broken sweep", () => {
  const otherRule: Sweep = (request, rule) => sweepAccounts(request, rule === "haircut" ? "dirty-first" : rule);
  const noStops: Sweep = (request, rule) => {
    const [part] = request.parts as [AccountPart];
    return sweepAccounts({ ...request, parts: [{ ...part, stops: null }] }, rule);
  };
  for (const broken of [otherRule, noStops]) expect(firstDifference(broken, 0, 300)).not.toBeNull();
});

/** One payment of all that an account has, from where value is made, and half of it on. */
function twoPayments(amount: number | bigint, change: Partial<AccountPart["columns"]> = {}): JointRequest {
  const wide = typeof amount === "bigint";
  const transferAmount = wide ? [amount, amount / 2n] : Float64Array.of(amount, Math.floor(amount / 2));
  const columns = {
    transactionCount: 2,
    transferCount: 2,
    holdingCount: 2,
    txFirstTransfer: Uint32Array.of(0, 1, 2),
    txHeight: Uint32Array.of(0, 1),
    txTime: Float64Array.of(0, 1),
    txDayOnly: new Uint8Array(2),
    transferFrom: Uint32Array.of(0xffff_ffff, 0),
    transferTo: Uint32Array.of(0, 1),
    transferAmount,
    transferIsFee: new Uint8Array(2),
    returnOf: new Map(),
    openings: new Map(),
    openingDefault: 0n as const,
    holdingCoverage: new Uint8Array(2),
    ...change,
  };
  return {
    direction: "forward",
    rules: ["haircut"],
    labels: [{ name: "theft", asset: "unit" }],
    parts: [{ kind: "account", columns, stops: null, stopHeight: null }],
    seeds: [{ part: 0, at: { kind: "transfer", transfer: 0 }, amount: null, label: 0 }],
    links: [],
    budget: {},
    followFees: false,
    openings: "least",
    throughDebt: false,
  };
}

test("what passes 2^53 goes on in wide numbers, and what passes 2^102 goes to the engine", () => {
  const most = Number.MAX_SAFE_INTEGER;
  expect(groundsOf(twoPayments(most))!.doubles).not.toBeNull();
  const past = twoPayments(most, { openings: new Map([[0, 1n]]), openingDefault: null });
  const held = sweepAccounts(past, "haircut")!.ends.map(({ place, value }) => [place, value]);
  expect(held).toEqual([
    [0, BigInt(most) + 1n - (BigInt(most) - 1n) / 2n],
    [1, (BigInt(most) - 1n) / 2n],
  ]);
  expect(sweepAccounts(twoPayments(2n ** 101n), "fifo")).not.toBeNull();
  expect(sweepAccounts(twoPayments(2n ** 102n), "fifo")).toBeNull();
});

test("links, returns, debts, budgets and a second ledger are left to the engine", () => {
  const request = twoPayments(100);
  const [part] = request.parts as [AccountPart];
  const link = { from: { part: 0, ids: [0] }, to: { part: 0, ids: [1] }, amount: null };
  const others: JointRequest[] = [
    { ...request, links: [link] },
    { ...request, budget: { hops: 3 } },
    { ...request, budget: { movements: 3 } },
    { ...request, budget: { min: 3n } },
    { ...request, parts: [part, part] },
    twoPayments(100, { returnOf: new Map([[1, 0]]) }),
    twoPayments(100, { openings: new Map([[1, -5n]]) }),
    twoPayments(100, { transferFrom: Uint32Array.of(1, 0) }),
    { ...twoPayments(100, { openingDefault: null }), openings: "unlimited" },
  ];
  for (const other of others) expect(sweepAccounts(other, "haircut")).toBeNull();
  expect(sweepAccounts(request, "tiho")).toBeNull();
  expect(sweepAccounts(request, "haircut")).not.toBeNull();
});
