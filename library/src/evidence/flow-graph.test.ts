import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOfSeconds } from "../money/instant.ts";
import { type Rule, ruleFacts, rules } from "../trace/rule.ts";
import type { End, ListedTrail, MovedTo, Movement } from "../trace/trail.ts";
import { type EngineSeed, engineTrail } from "./engine-trail.fixture.ts";
import { flowGraph } from "./flow-graph.ts";
import { addInto, type FlowGraph, type LabelAmounts, sumOf } from "./flow-model.ts";
import { backwardTrail, equalMix, madeNumbers, manyMovements, peelChain, smallTheft } from "./made-ledgers.fixture.ts";
import { coinOf, finishTrail, type MadeLedger, madeTrail } from "./trails.fixture.ts";

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

function expectConserved(trail: ListedTrail, rule: Rule): void {
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

test("the engine finds what the small tracer of these tests finds", () => {
  for (const ledger of [smallTheft, peelChain(20, conserved), manyMovements(200, conserved)]) {
    const seeds = ledger.seeds.map(({ coin, amount, label }) => ({ coin, amount, label }));
    const rulesAsked = ledger.rules.filter((rule) => ruleFacts[rule].conserved);
    const engine = engineTrail(ledger, { direction: "forward", rules: rulesAsked, budget: {}, seeds });
    const small = madeTrail({ ...ledger, rules: rulesAsked, fate: {} });
    const endsOf = (trail: ListedTrail) =>
      trail.ends.flatMap(({ coin, traced }) =>
        traced.filter(({ amount }) => amount > 0n).map(({ rule, amount }) => `${coin} ${rule} ${amount}`),
      );
    expect(endsOf(engine).sort()).toEqual(endsOf(small).sort());
  }
});

/** Seeds anywhere in a ledger, downstream of one another too. */
function seedsIn(ledger: MadeLedger, next: (below: number) => number, inPart: boolean): EngineSeed[] {
  const coins = ledger.transactions.flatMap(({ outputs }, t) =>
    outputs.map(({ value }, j) => ({ coin: coinOf(t, j), value })),
  );
  return Array.from({ length: 1 + next(6) }, () => {
    const { coin, value } = coins[next(coins.length)]!;
    const amount = inPart && next(2) === 0 && value > 1n ? 1n + (value * BigInt(next(90))) / 100n : null;
    return { coin, amount, label: ["first", "second"][next(2)]! };
  });
}

test.each(rules.filter((rule) => ruleFacts[rule].conserved))("the engine’s trails balance when drawn: %s", (rule) => {
  // Of a coin that is seeded in part and reached in part, a trail does not say which units fifo and lifo seed.
  const inPart = rule !== "fifo" && rule !== "lifo";
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.boolean(), fc.boolean(), (seed, backward, bounded) => {
      const next = madeNumbers(seed);
      const ledger = manyMovements(5 + next(60), [rule], seed);
      const trail = engineTrail(ledger, {
        direction: backward && ruleFacts[rule].backwardRefusal === null ? "backward" : "forward",
        rules: [rule],
        budget: bounded ? { hops: 1 + next(4), min: BigInt(next(100_000_000)) } : {},
        seeds: seedsIn(ledger, next, inPart),
      });
      expectConserved(trail, rule);
    }),
    { numRuns: 60 },
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
const other = (amount: bigint) => [{ rule: "fifo" as const, label: "other", amount, stolen: amount }];
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

const named = (trail: ListedTrail, graph: FlowGraph) =>
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
    movements: [movement("t", ["s:0"], [to("t:0", 40n)])],
    ends: [end("t:0", 60n)],
    bounds: [],
  });
  expect(named(trail, flowGraph(trail, "fifo"))).toEqual([
    "seed s:0 → t: 40",
    "seed t:0 → end t:0: 20",
    "t → end t:0: 40",
  ]);
});

test("a seed downstream of another that moves on is drawn with what it adds, too", () => {
  const trail = finishTrail({
    direction: "forward",
    rules: ["fifo"],
    seeds: [seedOf("s:0", 40n), seedOf("t:0", 60n), { ...seedOf("t:0", 70n), label: "other" }],
    movements: [
      movement("t", ["s:0"], [to("t:0", 40n)]),
      movement("u", ["t:0"], [{ ...to("u:0", 60n), traced: [...to("", 60n).traced, ...other(10n)] }]),
    ],
    ends: [{ ...end("u:0", 60n), traced: [...to("", 60n).traced, ...other(10n)] }],
    bounds: [],
  });
  const graph = flowGraph(trail, "fifo");
  expect(named(trail, graph)).toEqual(["seed s:0 → t: 40", "seed t:0 → u: 30", "t → u: 40", "u → end u:0: 70"]);
  expect(graph.nodes.every((node) => node.fee.size === 0)).toBe(true);
});

test("backward, a seed that another seed's trail reaches adds its difference, and a coin can be mined in part", () => {
  const trail = finishTrail({
    direction: "backward",
    rules: ["fifo"],
    seeds: [seedOf("u:0", 30n), seedOf("c:0", 50n)],
    movements: [
      movement("p", ["x:0"], []),
      movement("c", [], [to("c:0", 50n)]),
      movement("u", ["c:0"], [to("u:0", 30n)], 9),
    ],
    ends: [
      { ...end("c:0", 45n), kind: "mined" },
      { ...end("x:0", 5n), kind: "unknown" },
    ],
    bounds: [],
  });
  expect(named(trail, flowGraph(trail, "fifo"))).toEqual([
    "c → u: 5",
    "end c:0 → seed c:0: 20",
    "end c:0 → u: 25",
    "end x:0 → p: 5",
    "p → c: 5",
    "u → seed u:0: 30",
  ]);
});

test("fees that were not followed have no place and are not drawn as an end", () => {
  const trail = finishTrail({
    direction: "forward",
    rules: ["fifo"],
    seeds: [seedOf("s:0", 40n)],
    movements: [movement("t", ["s:0"], [to("t:0", 37n)])],
    ends: [end("t:0", 37n), { ...end("", 3n), coin: null, kind: "notFollowed" }],
    bounds: [],
  });
  const graph = flowGraph(trail, "fifo");
  expect(named(trail, graph)).toEqual(["seed s:0 → t: 40", "t → end t:0: 37"]);
  expect(graph.nodes.map((node) => sumOf(node.fee)).filter((fee) => fee > 0n)).toEqual([3n]);
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
