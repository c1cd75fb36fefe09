import fc from "fast-check";
import { expect, test } from "vitest";
import { randomJoint } from "../trace/random-joint.test-ledger.ts";
import { type Rule, ruleFacts } from "../trace/rule.ts";
import type { ListedTrail } from "../trace/trail.ts";
import { crossing } from "./account-trails.fixture.ts";
import { topologicalOrder } from "./flow-fold.ts";
import { flowGraph } from "./flow-graph.ts";
import { addInto, type FlowGraph } from "./flow-model.ts";
import { jointTrail } from "./joint-trail.fixture.ts";

/** What seeds give and ends get; backward ends give and seeds get. */
function sums(graph: FlowGraph) {
  const given = new Map<string, bigint>();
  const got = new Map<string, bigint>();
  const isEnd = (i: number) => !["seed", "movement", "account"].includes(graph.nodes[i]!.kind);
  for (const link of [...graph.links, ...graph.back]) {
    const kinds = [link.source, link.target].map((node) => graph.nodes[node]!.kind);
    if (kinds.includes("seed")) addInto(given, link.amounts);
    if (isEnd(link.source) || isEnd(link.target)) addInto(got, link.amounts);
  }
  for (const node of graph.nodes) addInto(got, node.fee);
  return { given, got };
}

function expectTotals(trail: ListedTrail, rule: Rule): void {
  const { given, got } = sums(flowGraph(trail, rule));
  for (const total of trail.totals.filter((one) => one.rule === rule)) {
    expect([total.label, given.get(total.label) ?? 0n]).toEqual([total.label, total.seeded]);
    expect([total.label, got.get(total.label) ?? 0n]).toEqual([total.label, total.seeded]);
  }
}

const conserved = (trail: ListedTrail) => trail.rules.filter((rule) => ruleFacts[rule].conserved);

/**
 * Whether a trail says all that a picture draws. Where seeds overlap it does not say what each added; where value came
 * to a link that failed or was rounded, not how; and of a coin that is reached and seeded or linked in part, not which
 * units went where.
 */
function isPlain(trail: ListedTrail, rule: Rule): boolean {
  if (trail.ledgers.some(({ kind }) => kind === "coin")) return false;
  if (trail.ends.some(({ why }) => /^(?:went (?:into|over) a link|less than)/u.test(why))) return false;
  return trail.totals
    .filter((total) => total.rule === rule)
    .every(({ label, seeded }) => {
      const own = trail.seeds.filter((seed) => seed.label === label);
      return own.reduce((sum, { amount }) => sum + amount, 0n) === seeded;
    });
}

test.each([
  ["forward through one ledger of accounts", { plain: true, direction: "forward" }],
  ["forward through several ledgers, links, returns and debts", { direction: "forward" }],
  ["backward through one ledger of accounts", { plain: true, direction: "backward" }],
  ["backward through several ledgers, links, returns and debts", { direction: "backward" }],
] as const)("%s seeds give and ends get what the totals say", (_, wishes) => {
  let checked = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const trail = jointTrail(randomJoint(seed, wishes));
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

test.each(["haircut", "fifo"] as const)("so they do from a bank over links into coins, under %s", (rule) => {
  expectTotals(crossing, rule);
});
