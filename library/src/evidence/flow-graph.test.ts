import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOfSeconds } from "../money/instant.ts";
import { type Rule, ruleFacts, rules } from "../trace/rule.ts";
import type { End, MovedTo, Movement, Trail } from "../trace/trail.ts";
import { addInto, type FlowGraph, flowGraph, type LabelAmounts, sumOf } from "./flow-graph.ts";
import { backwardTrail, equalMix, manyMovements, peelChain, smallTheft } from "./made-ledgers.fixture.ts";
import { finishTrail, madeTrail } from "./trails.fixture.ts";

const conserved = rules.filter((rule) => ruleFacts[rule].conserved);

/** What reaches, leaves and is lost at every node, by label. */
function balance(graph: FlowGraph) {
  const comes = graph.nodes.map(() => new Map<string, bigint>());
  const goes = graph.nodes.map((node) => new Map(node.fee));
  for (const link of graph.links) {
    addInto(comes[link.target]!, link.amounts);
    addInto(goes[link.source]!, link.amounts);
  }
  return { comes, goes };
}

const entries = (amounts: LabelAmounts) => [...amounts].filter(([, amount]) => amount > 0n).sort();

function expectConserved(trail: Trail, rule: Rule): void {
  const graph = flowGraph(trail, rule);
  const { comes, goes } = balance(graph);
  const seeded = new Map<string, bigint>();
  const ended = new Map<string, bigint>();
  graph.nodes.forEach((node, i) => {
    if (node.kind === "movement") expect(entries(comes[i]!)).toEqual(entries(goes[i]!));
    else addInto(node.kind === "seed" ? seeded : ended, sumOf(comes[i]!) > 0n ? comes[i]! : goes[i]!);
    addInto(ended, node.fee);
  });
  for (const total of trail.totals.filter((one) => one.rule === rule)) {
    expect(seeded.get(total.label) ?? 0n).toBe(total.seeded);
    expect(ended.get(total.label) ?? 0n).toBe(total.seeded);
  }
}

test.each(conserved)("under %s every movement gives what it gets, and seeds and ends carry the totals", (rule) => {
  for (const ledger of [smallTheft, equalMix(12), peelChain(8, [rule])]) expectConserved(madeTrail(ledger), rule);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 60 }), (seed, length) => {
      expectConserved(madeTrail(manyMovements(length, [rule], seed)), rule);
    }),
    { numRuns: 25 },
  );
});

test("a backward trail has its sources on the left and its seeds on the right", () => {
  const graph = flowGraph(backwardTrail, "fifo");
  expectConserved(backwardTrail, "fifo");
  const sources = new Set(graph.links.map((link) => graph.nodes[link.source]!.kind));
  const targets = new Set(graph.links.map((link) => graph.nodes[link.target]!.kind));
  expect(sources).toEqual(new Set(["mined", "unknown", "movement"]));
  expect(targets).toEqual(new Set(["movement", "seed"]));
});

test("poison draws the face value of every coin and no fees", () => {
  const trail = madeTrail(smallTheft);
  const graph = flowGraph(trail, "poison");
  const ends = graph.nodes.flatMap((node, i) => (node.kind === "movement" || node.kind === "seed" ? [] : [i]));
  expect(ends.map((i) => sumOf(graph.links.find((link) => link.target === i)!.amounts)).sort()).toEqual(
    trail.ends
      .filter((end) => end.kind !== "fee")
      .map((end) => end.value)
      .sort(),
  );
  expect(graph.nodes.every((node) => node.fee.size === 0)).toBe(true);
});

const to = (coin: string, amount: bigint): MovedTo => ({
  coin,
  account: null,
  asset: "BTC",
  value: 100n,
  traced: [{ rule: "fifo", label: "theft", amount, stolen: amount }],
});
const end = (coin: string, amount: bigint): End => ({
  ...to(coin, amount),
  kind: "unspent",
  ledger: "made",
  why: "",
});
const movement = (transaction: string, from: string[], outputs: MovedTo[], height = 5): Movement => ({
  ledger: "made",
  transaction,
  height,
  time: instantOfSeconds(0),
  hops: 1,
  from: from.map((coin) => ({ coin, account: null })),
  to: outputs,
});
const seedOf = (coin: string, amount: bigint) => ({
  ledger: "made",
  coin,
  account: null,
  asset: "BTC",
  amount,
  label: "theft",
});

const named = (trail: Trail, graph: FlowGraph) =>
  graph.links
    .map(({ source, target, amounts }) => {
      const name = (i: number) => {
        const node = graph.nodes[i]!;
        const member = node.members[0]!;
        if (node.kind === "movement") return trail.movements[member]!.transaction;
        return node.kind === "seed" ? `seed ${trail.seeds[member]!.coin}` : `end ${trail.ends[member]!.coin}`;
      };
      return `${name(source)} → ${name(target)}: ${sumOf(amounts)}`;
    })
    .sort();

test("a seed downstream of another is drawn with what it adds, beside what the movement brings", () => {
  const trail = finishTrail({
    direction: "forward",
    rules: ["fifo"],
    seeds: [seedOf("s:0", 40n), seedOf("t:0", 60n)],
    movements: [movement("t", ["s:0"], [to("t:0", 60n)])],
    ends: [end("t:0", 60n)],
    bounds: [],
  });
  expect(named(trail, flowGraph(trail, "fifo"))).toEqual([
    "seed s:0 → t: 40",
    "seed t:0 → end t:0: 20",
    "t → end t:0: 40",
  ]);
});

test("a fee that was followed runs into the coinbase of its block", () => {
  const trail = finishTrail({
    direction: "forward",
    rules: ["fifo"],
    seeds: [seedOf("s:0", 40n)],
    movements: [movement("t", ["s:0"], [to("t:0", 37n)]), movement("coinbase", [], [to("coinbase:0", 3n)])],
    ends: [end("t:0", 37n), end("coinbase:0", 3n)],
    bounds: [],
  });
  const graph = flowGraph(trail, "fifo");
  expect(named(trail, graph)).toEqual([
    "coinbase → end coinbase:0: 3",
    "seed s:0 → t: 40",
    "t → coinbase: 3",
    "t → end t:0: 37",
  ]);
  expect(graph.nodes.every((node) => node.fee.size === 0)).toBe(true);
});

test("a coin that one rule ends and another follows is drawn under each as that rule has it", () => {
  const both = (amount: bigint) => [
    { rule: "fifo" as const, label: "theft", amount, stolen: amount },
    { rule: "lifo" as const, label: "theft", amount, stolen: amount },
  ];
  const trail = finishTrail({
    direction: "forward",
    rules: ["fifo", "lifo"],
    seeds: [seedOf("s:0", 40n)],
    movements: [
      movement("t", ["s:0"], [{ ...to("t:0", 0n), traced: both(40n) }]),
      movement("u", ["t:0"], [to("u:0", 40n)]),
    ],
    ends: [
      end("u:0", 40n),
      { ...end("t:0", 0n), kind: "notFollowed", traced: [{ rule: "lifo", label: "theft", amount: 40n, stolen: 40n }] },
    ],
    bounds: [{ reason: "hops", label: "theft", rule: "lifo", amount: 40n, next: "t:0" }],
  });
  expect(named(trail, flowGraph(trail, "fifo"))).toEqual(["seed s:0 → t: 40", "t → u: 40", "u → end u:0: 40"]);
  expect(named(trail, flowGraph(trail, "lifo"))).toEqual(["seed s:0 → t: 40", "t → end t:0: 40"]);
});
