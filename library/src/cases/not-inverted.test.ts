import { expect, test } from "vitest";
import { columnsOf } from "../trace/account-columns.fixture.ts";
import type { JointRequest } from "../trace/joint-request.ts";
import { traceJoint } from "../trace/trace-joint.ts";
import { notInverted } from "./not-inverted.ts";

/** 0 pays 1, who gives a part of it back; 2 pays 3 and nothing more. */
const columns = columnsOf(
  [[{ from: 0, to: 1, amount: 5 }], [{ from: 1, to: 0, amount: 2, returns: 0 }], [{ from: 2, to: 3, amount: 4 }]],
  4,
  new Map([
    [0, 9n],
    [2, 9n],
  ]),
);

function notes(over: Partial<JointRequest>, transfer: number): string[] {
  const request: JointRequest = {
    direction: "backward",
    rules: ["haircut", "fifo", "lifo"],
    labels: [{ name: "theft", asset: "unit" }],
    parts: [{ kind: "account", columns, stops: null, stopHeight: null }],
    seeds: [{ part: 0, at: { kind: "transfer", transfer }, amount: null, label: 0 }],
    links: [],
    budget: {},
    followFees: false,
    openings: "least",
    throughDebt: false,
    ...over,
  };
  return notInverted(request, traceJoint(request));
}

test("a backward trail by fifo or lifo through a payment that was given back says that they do not invert it", () => {
  expect(notes({}, 1)).toEqual([expect.stringMatching(/fifo and lifo .* payments that were given back: trace from/u)]);
  expect(notes({ throughDebt: true }, 2)).toEqual([expect.stringMatching(/debts that are followed through/u)]);
});

test("where it met none, forward, and under other rules there is nothing to say", () => {
  expect(notes({}, 2)).toEqual([]);
  expect(notes({ rules: ["haircut"] }, 1)).toEqual([]);
  expect(notes({ direction: "forward" }, 0)).toEqual([]);
});
