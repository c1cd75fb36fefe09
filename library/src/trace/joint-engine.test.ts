import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { traceByJointOracle } from "./joint-oracle.ts";
import type { JointRequest, JointSeed } from "./joint-request.ts";
import type { JointRuleTrace } from "./joint-trace.ts";
import { isOfNobody, jointRulesFor, plainJoint, randomJoint } from "./random-joint.test-ledger.ts";
import type { Rule } from "./rule.ts";
import { traceJoint } from "./trace-joint.ts";

type Tracer = (request: JointRequest, rule: Rule) => JointRuleTrace;

const engine: Tracer = (request, rule) => traceJoint({ ...request, rules: [rule] }).rules[0]!;

/** The first request of a range on which a tracer and the oracle differ, with both results; null where they agree. */
function firstDifference(tracer: Tracer, from: number, to: number) {
  for (let seed = from; seed < to; seed++) {
    const request = randomJoint(seed);
    for (const rule of jointRulesFor(request)) {
      const told = plainJoint(tracer(request, rule));
      const oracle = plainJoint(traceByJointOracle(request, rule));
      if (!isDeepStrictEqual(told, oracle)) return { seed, rule, direction: request.direction, told, oracle };
    }
  }
  return null;
}

test.each(Array.from({ length: 6 }, (_, n) => n * 1000))(
  "engine and oracle agree to the last unit on 1000 random joint requests from %i, under every rule, both ways",
  (from) => {
    expect(firstDifference(engine, from, from + 1000)).toBeNull();
  },
);

test.each(["forward", "backward"] as const)(
  "seeds of what is burnt or made are among those requests, %s",
  (direction) => {
    let asked = 0;
    let crossed = 0;
    for (let seed = 0; seed < 6000; seed++) {
      const request = randomJoint(seed);
      const ofNobody = request.seeds.filter((one) => isOfNobody(request, one));
      if (request.direction !== direction || ofNobody.length === 0) continue;
      asked++;
      const { totals, carried, ends } = engine({ ...request, seeds: ofNobody }, "haircut");
      if (carried.some((traced) => traced.length > 0)) crossed++;
      // What is seeded is at the ends again, in stolen units.
      const seeded = totals.reduce((sum, one) => sum + one.seeded, 0n);
      const ended = ends.flatMap(({ traced }) => traced).reduce((sum, { stolen }) => sum + stolen, 0n);
      expect(ended, `request ${seed}`).toBe(seeded);
    }
    expect(asked).toBeGreaterThan(200);
    expect(crossed).toBeGreaterThan(150);
  },
);

test.each([
  [32_791, "what ended at a stop leaves clean units there that can be given back like any"],
  [39_904, "what a link out of order took ends with who gave it"],
])("engine and oracle agree on request %i: %s", (seed) => {
  expect(firstDifference(engine, seed, seed + 1)).toBeNull();
});

/** A request that means the same, and that no kernel takes. */
const unlimited = (request: JointRequest): JointRequest => ({ ...request, budget: { movements: 1_000_000 } });

test("the engine agrees with the oracle where a kernel does its work otherwise", () => {
  for (let seed = 0; seed < 500; seed++) {
    const request = randomJoint(seed, { plain: true });
    for (const rule of jointRulesFor(request)) {
      const oracle = plainJoint(traceByJointOracle(request, rule));
      expect(plainJoint(engine(unlimited(request), rule)), `request ${seed}, ${rule}`).toEqual(oracle);
      expect(plainJoint(engine(request, rule)), `request ${seed}, ${rule}`).toEqual(oracle);
    }
  }
});

test("kernel and engine list moves and ends in one order", () => {
  for (let seed = 0; seed < 500; seed++) {
    const request = randomJoint(seed, { plain: true });
    for (const rule of jointRulesFor(request)) {
      const { moves, ends } = engine(request, rule);
      const general = engine(unlimited(request), rule);
      const ids = (trace: Pick<JointRuleTrace, "moves">) => trace.moves.map(({ transfer }) => transfer);
      expect(ids({ moves }), `request ${seed}, ${rule}`).toEqual(ids(general));
      expect(ends, `request ${seed}, ${rule}`).toEqual(general.ends);
    }
  }
});

const canaries: Record<string, Tracer> = {
  "lifo where fifo was asked": (request, rule) => engine(request, rule === "fifo" ? "lifo" : rule),
  "the last seed forgotten": (request, rule) => engine({ ...request, seeds: request.seeds.slice(0, -1) }, rule),
  "the last link forgotten": (request, rule) => {
    const isLinked = (seed: JointSeed) => !isOfNobody(request, seed);
    return engine({ ...request, links: request.links.slice(0, -1), seeds: request.seeds.filter(isLinked) }, rule);
  },
  "what is burnt or made never seeded": (request, rule) => {
    return engine({ ...request, seeds: request.seeds.filter((seed) => !isOfNobody(request, seed)) }, rule);
  },
  "debts never passed on": (request, rule) => engine({ ...request, throughDebt: false }, rule),
  "returns as ordinary transfers": (request, rule) => {
    const parts = request.parts.map((part) => {
      return part.kind === "coin" ? part : { ...part, columns: { ...part.columns, returnOf: new Map() } };
    });
    return engine({ ...request, parts }, rule);
  },
  "one stolen unit moved from an end to its neighbour": (request, rule) => {
    const trace = engine(request, rule);
    const [first, second, ...others] = trace.ends;
    if (first === undefined || second === undefined) return trace;
    const more = (stolen: bigint) => (end: typeof first) => {
      const [part, ...rest] = end.traced;
      return { ...end, traced: [{ ...part!, stolen: part!.stolen + stolen }, ...rest] };
    };
    return { ...trace, ends: [more(-1n)(first), more(1n)(second), ...others] };
  },
};

test.each(Object.keys(canaries))("the comparison sees a broken engine: %s", (name) => {
  expect(firstDifference(canaries[name]!, 0, 400)).not.toBeNull();
});
