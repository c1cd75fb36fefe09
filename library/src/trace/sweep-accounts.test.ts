import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { traceByJointOracle } from "./joint-oracle.ts";
import { jointRulesFor, plainJoint, randomJoint } from "./random-joint.test-ledger.ts";
import { sweepAccounts } from "./sweep-accounts.ts";

/** The first plain request of a range on which a sweep and the oracle differ; null where they agree. */
function firstDifference(from: number, to: number, sweep = sweepAccounts) {
  let swept = 0;
  for (let seed = from; seed < to; seed++) {
    const request = randomJoint(seed, { plain: true });
    for (const rule of jointRulesFor(request)) {
      const trace = sweep(request, rule);
      if (trace === null) continue;
      swept++;
      const told = plainJoint(trace);
      const oracle = plainJoint(traceByJointOracle(request, rule));
      if (!isDeepStrictEqual(told, oracle)) return { seed, rule, direction: request.direction, told, oracle };
    }
  }
  expect(swept).toBeGreaterThan((to - from) / 2);
  return null;
}

test.each(Array.from({ length: 8 }, (_, n) => n * 1000))(
  "sweeps and oracle agree to the last unit on 1000 random account ledgers from %i, under every rule, both ways",
  (from) => {
    expect(firstDifference(from, from + 1000)).toBeNull();
  },
);
