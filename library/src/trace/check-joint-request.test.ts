import { expect, test } from "vitest";
import {
  AccountColumnsError,
  BackwardRuleError,
  RuleRefusedError,
  SeedAmountError,
  SeedOfNobodyError,
  SeedValueUnknownError,
  TraceRequestError,
} from "../errors/trace.ts";
import { type AccountColumns, nowhere } from "./account-columns.ts";
import { checkJointRequest } from "./check-joint-request.ts";
import type { JointLink, JointRequest, JointSeed } from "./joint-request.ts";
import { layOut, newCoin, newTransaction } from "./random-ledger.test-ledger.ts";

const columns: AccountColumns = {
  transactionCount: 2,
  transferCount: 4,
  holdingCount: 3,
  txFirstTransfer: Uint32Array.from([0, 2, 4]),
  txHeight: new Uint32Array(2),
  txTime: new Float64Array(2),
  txDayOnly: new Uint8Array(2),
  transferFrom: Uint32Array.from([0, 1, nowhere, 2]),
  transferTo: Uint32Array.from([1, 2, 0, nowhere]),
  transferAmount: Float64Array.from([10, 5, 7, 3]),
  transferIsFee: new Uint8Array(4),
  returnOf: new Map(),
  openings: new Map(),
  openingDefault: null,
  holdingCoverage: new Uint8Array(3),
};

const coins = layOut([newTransaction(0, [], [50]), newTransaction(1, [newCoin(-1)], [5])], false);

const request: JointRequest = {
  direction: "forward",
  rules: ["fifo"],
  labels: [{ name: "theft", asset: "eur" }],
  parts: [
    { kind: "account", columns, stops: null, stopHeight: null },
    { kind: "coin", columns: coins, txTime: new Float64Array(2), stops: null, stopHeight: null, subsidyAt: () => 0 },
  ],
  seeds: [{ part: 0, at: { kind: "transfer", transfer: 0 }, amount: null, label: 0 }],
  links: [],
  budget: {},
  followFees: false,
  openings: "least",
  throughDebt: false,
};

const seed = (at: JointSeed["at"], more: Partial<JointSeed> = {}): Partial<JointRequest> => ({
  seeds: [{ part: at.kind === "coin" ? 1 : 0, at, amount: null, label: 0, ...more }],
});
const link = (from: number[], to: number[], more: Partial<JointLink> = {}): JointLink => ({
  from: { part: 0, ids: from },
  to: { part: 0, ids: to },
  amount: null,
  ...more,
});
const account = (change: Partial<AccountColumns>): Partial<JointRequest> => ({
  parts: [{ kind: "account", columns: { ...columns, ...change }, stops: null, stopHeight: null }],
});

test("a request that is right is accepted", () => {
  expect(() => checkJointRequest(request)).not.toThrow();
  expect(() =>
    checkJointRequest({ ...request, links: [link([0], [1])], ...seed({ kind: "coin", output: 0 }) }),
  ).not.toThrow();
});

test("a seed of what is burnt or made is accepted where a link takes it on", () => {
  const links = [link([3], [2])];
  const burnt = { ...request, ...seed({ kind: "transfer", transfer: 3 }), links };
  const made = { ...request, ...seed({ kind: "transfer", transfer: 2 }), links, direction: "backward" as const };
  expect(() => checkJointRequest(burnt)).not.toThrow();
  expect(() => checkJointRequest(made)).not.toThrow();
});

type Refusal = [string, Partial<JointRequest>, new (...args: never[]) => Error, RegExp];

test.each<Refusal>([
  ["tiho", { rules: ["tiho"] }, RuleRefusedError, /tiho.*one receiver|tiho.*only one/u],
  ["clean-first backward", { rules: ["clean-first"], direction: "backward" }, BackwardRuleError, /clean-first/u],
  ["no rule", { rules: [] }, TraceRequestError, /no rule/u],
  ["a rule twice", { rules: ["fifo", "fifo"] }, TraceRequestError, /twice/u],
  ["no ledger", { parts: [], seeds: [] }, TraceRequestError, /no ledger/u],
  ["one name with one asset twice", { labels: [request.labels[0]!, request.labels[0]!] }, TraceRequestError, /twice/u],
  ["a negative minimum", { budget: { min: -1n } }, TraceRequestError, /-1 is negative.*min/u],
  ["half a hop", { budget: { hops: 0.5 } }, TraceRequestError, /0\.5.*hops/u],
  [
    "stops of another ledger",
    { parts: [{ kind: "account", columns, stops: new Uint32Array(0), stopHeight: null }] },
    TraceRequestError,
    /fewer bits than the ledger has holdings.*parts\[0\]/u,
  ],
])("a request with %s is refused", (_, change, kind, message) => {
  expect(() => checkJointRequest({ ...request, ...change })).toThrow(kind);
  expect(() => checkJointRequest({ ...request, ...change })).toThrow(message);
});

test.each<Refusal>([
  ["a transfer that is not there", seed({ kind: "transfer", transfer: 4 }), TraceRequestError, /no transfer 4/u],
  ["a holding that is not there", seed({ kind: "holding", holding: 3 }), TraceRequestError, /no holding 3/u],
  ["a coin that is not there", seed({ kind: "coin", output: 9 }), TraceRequestError, /no output 9/u],
  ["a coin of an account ledger", seed({ kind: "coin", output: 0 }, { part: 0 }), TraceRequestError, /no place/u],
  ["a ledger that is not there", seed({ kind: "holding", holding: 0 }, { part: 7 }), TraceRequestError, /part 7 of 2/u],
  [
    "a label that is not named",
    seed({ kind: "holding", holding: 0 }, { label: 1 }),
    TraceRequestError,
    /label 1 of 1/u,
  ],
  ["nothing", seed({ kind: "holding", holding: 0 }, { amount: 0n }), TraceRequestError, /traces nothing/u],
  ["more than it moves", seed({ kind: "transfer", transfer: 0 }, { amount: 11n }), TraceRequestError, /more than.*10/u],
  ["what is burnt", seed({ kind: "transfer", transfer: 3 }), SeedOfNobodyError, /Transfer 3 is burnt.*no link begins/u],
  [
    "what is burnt and has no part in its link",
    { ...seed({ kind: "transfer", transfer: 3 }), links: [link([0, 3], [2], { amount: 10n })] },
    SeedOfNobodyError,
    /Transfer 3 is burnt/u,
  ],
  [
    "what is made, backward",
    { ...seed({ kind: "transfer", transfer: 2 }), direction: "backward" },
    SeedOfNobodyError,
    /Transfer 2 makes.*no link leads/u,
  ],
  ["more than the coin", seed({ kind: "coin", output: 0 }, { amount: 51n }), SeedAmountError, /51.*50/u],
  ["a coin of unknown value", seed({ kind: "coin", output: 2 }), SeedValueUnknownError, /not known/u],
])("a seed of %s is refused", (_, change, kind, message) => {
  expect(() => checkJointRequest({ ...request, ...change })).toThrow(kind);
  expect(() => checkJointRequest({ ...request, ...change })).toThrow(message);
});

test.each<Refusal>([
  ["no movement on a side", { links: [link([], [1])] }, TraceRequestError, /no movement.*links\[0\]\.from/u],
  ["a movement that is not there", { links: [link([0], [4])] }, TraceRequestError, /no transfer 4.*links\[0\]\.to/u],
  ["a movement of another link", { links: [link([0], [1]), link([1], [2])] }, TraceRequestError, /transfer 1 stands/u],
  ["a movement on both sides", { links: [link([0], [0])] }, TraceRequestError, /transfer 0 stands in a link already/u],
  ["a source that nobody pays", { links: [link([2], [1])] }, TraceRequestError, /transfer 2 has nobody/u],
  ["a target that nobody receives", { links: [link([0], [3])] }, TraceRequestError, /transfer 3 has nobody/u],
  ["no amount", { links: [link([0], [1], { amount: 0n })] }, TraceRequestError, /0 units are no part/u],
  [
    "a coin of unknown value",
    { links: [link([0], [1], { to: { part: 1, ids: [2] } })] },
    TraceRequestError,
    /value of coin 2 is not known/u,
  ],
  [
    "a ledger that is not there",
    { links: [link([0], [1], { to: { part: 5, ids: [2] } })] },
    TraceRequestError,
    /part 5/u,
  ],
])("a link with %s is refused", (_, change, kind, message) => {
  expect(() => checkJointRequest({ ...request, ...change })).toThrow(kind);
  expect(() => checkJointRequest({ ...request, ...change })).toThrow(message);
});

test.each<[string, Partial<AccountColumns>, RegExp]>([
  ["transfers beyond its transactions", { transferCount: 5 }, /not all its transfers/u],
  ["transactions that overlap", { txFirstTransfer: Uint32Array.from([2, 0, 4]) }, /overlap/u],
  ["a column that ends early", { transferTo: Uint32Array.from([1]) }, /too short/u],
  ["a holding too many", { holdingCount: 2 }, /not one of 2.*transfer 1/u],
  ["half a unit", { transferAmount: Float64Array.from([10, 0.5, 7, 3]) }, /0\.5 is not an amount.*transfer 1/u],
  ["less than nothing", { transferAmount: [10n, -5n, 7n, 3n] }, /-5 is not an amount/u],
  ["an opening of nobody", { openings: new Map([[3, 1n]]) }, /holding 3 of 3/u],
  ["a return of what is not there", { returnOf: new Map([[1, 9]]) }, /returns what is not there.*transfer 1/u],
])("an account ledger with %s is refused", (_, change, message) => {
  expect(() => checkJointRequest({ ...request, ...account(change), seeds: [] })).toThrow(AccountColumnsError);
  expect(() => checkJointRequest({ ...request, ...account(change), seeds: [] })).toThrow(message);
});
