import fc from "fast-check";
import { expect, test } from "vitest";
import { randomJoint } from "../trace/random-joint.test-ledger.ts";
import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { Trail } from "../trace/trail.ts";
import { topologicalOrder } from "./flow-fold.ts";
import { flowGraph } from "./flow-graph.ts";
import { addInto, type FlowGraph } from "./flow-model.ts";
import { jointTrail } from "./joint-trail.fixture.ts";

function sums(graph: FlowGraph) {
  const given = new Map<string, bigint>();
  const got = new Map<string, bigint>();
  const isEnd = (i: number) => !["seed", "movement", "account"].includes(graph.nodes[i]!.kind);
  for (const link of [...graph.links, ...graph.back]) {
    if (graph.nodes[link.source]!.kind === "seed") addInto(given, link.amounts);
    if (isEnd(link.target)) addInto(got, link.amounts);
  }
  for (const node of graph.nodes) addInto(got, node.fee);
  return { given, got };
}

function expectTotals(trail: Trail, rule: Rule): void {
  const { given, got } = sums(flowGraph(trail, rule));
  for (const total of trail.totals.filter((one) => one.rule === rule)) {
    expect([total.label, given.get(total.label) ?? 0n]).toEqual([total.label, total.seeded]);
    expect([total.label, got.get(total.label) ?? 0n]).toEqual([total.label, total.seeded]);
  }
}

const conserved = (trail: Trail) => trail.rules.filter((rule) => ruleFacts[rule].conserved);

/**
 * Whether every seed added all of its amount, and no link was out of order or rounded: where seeds overlap, a trail
 * does not say what each added, and where value came to a link that failed, not how.
 */
function isPlain(trail: Trail, rule: Rule): boolean {
  if (trail.ends.some(({ why }) => /^(?:went (?:into|over) a link|less than)/u.test(why))) return false;
  return trail.totals
    .filter((total) => total.rule === rule)
    .every(({ label, seeded }) => {
      const own = trail.seeds.filter((seed) => seed.label === label);
      return own.reduce((sum, { amount }) => sum + amount, 0n) === seeded;
    });
}

test.each([
  ["one ledger of accounts", { plain: true }],
  ["several ledgers, links, returns and debts", {}],
])("through %s seeds give and ends get what the totals say", (_, wishes) => {
  let checked = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const trail = jointTrail(randomJoint(seed, { direction: "forward", ...wishes }));
      for (const rule of trail.rules) {
        const graph = flowGraph(trail, rule);
        expect(topologicalOrder(graph)).toHaveLength(graph.nodes.length);
      }
      for (const rule of conserved(trail)) {
        if (!isPlain(trail, rule)) continue;
        checked += 1;
        expectTotals(trail, rule);
      }
    }),
    { numRuns: 150 },
  );
  expect(checked).toBeGreaterThan(100);
});
