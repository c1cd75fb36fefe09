import fc from "fast-check";
import { expect, test } from "vitest";
import { flowLimits, foldFlow, throughputs, topologicalOrder } from "./flow-fold.ts";
import { flowGraph } from "./flow-graph.ts";
import { assignColumns, layOutFlow } from "./flow-layout.ts";
import { addInto, type FlowGraph, type FlowNode, sumOf } from "./flow-model.ts";
import { crossings, orderColumns, type Segment } from "./flow-order.ts";
import { spread } from "./flow-place.ts";
import { backwardTrail, equalMix, manyMovements, peelChain, smallTheft } from "./made-ledgers.fixture.ts";
import { madeTrail } from "./trails.fixture.ts";

const graphs: [string, FlowGraph][] = [
  ["a small theft", flowGraph(madeTrail(smallTheft), "haircut")],
  ["a peel chain", flowGraph(madeTrail(peelChain(12)), "fifo")],
  ["a long peel chain", flowGraph(madeTrail(peelChain(300)), "fifo")],
  ["an equal mix", flowGraph(madeTrail(equalMix(30)), "haircut")],
  ["2,000 movements", flowGraph(madeTrail(manyMovements(2000)), "haircut")],
  ["a backward trail", flowGraph(backwardTrail, "fifo")],
];
const random = fc
  .record({ seed: fc.integer({ min: 1, max: 1_000_000 }), length: fc.integer({ min: 1, max: 250 }) })
  .map(({ seed, length }) => flowGraph(madeTrail(manyMovements(length, ["haircut"], seed)), "haircut"));

/** What seeds give and ends get (fees with them), over the whole graph. */
function outsideSums(graph: FlowGraph) {
  const given = new Map<string, bigint>();
  const got = new Map<string, bigint>();
  for (const link of graph.links) {
    if (graph.nodes[link.source]!.kind !== "movement") addInto(given, link.amounts);
    if (graph.nodes[link.target]!.kind !== "movement") addInto(got, link.amounts);
  }
  for (const node of graph.nodes) addInto(got, node.fee);
  return { given, got };
}

function expectFolded(whole: FlowGraph): void {
  const folded = foldFlow(whole);
  expect(outsideSums(folded)).toEqual(outsideSums(whole));
  const members = (graph: FlowGraph, kind: string) =>
    graph.nodes.flatMap((node) => (node.kind === kind ? [...node.members] : [])).sort((a, b) => a - b);
  for (const kind of new Set(whole.nodes.map((node) => node.kind))) {
    expect(members(folded, kind)).toEqual(members(whole, kind));
  }
  const counted = (test: (kind: string) => boolean) => folded.nodes.filter((node) => test(node.kind)).length;
  expect(counted((kind) => kind === "seed")).toBeLessThanOrEqual(flowLimits.seedsMax);
  expect(counted((kind) => kind === "movement")).toBeLessThanOrEqual(flowLimits.movementsMax);
  expect(counted((kind) => kind !== "movement" && kind !== "seed")).toBeLessThanOrEqual(flowLimits.endsMax);
  for (const node of folded.nodes) expect(node.joined === "no").toBe(node.members.length === 1);
  expect(topologicalOrder(folded)).toHaveLength(folded.nodes.length);
}

function expectLaidOut(whole: FlowGraph): void {
  const layout = layOutFlow(whole);
  const { graph, bars, ribbons, columns, unit } = layout;
  for (const { source, target } of graph.links) expect(bars[source]!.x).toBeLessThan(bars[target]!.x);
  for (const { nodes } of columns) {
    const sorted = nodes.map((i) => ({ ...bars[i]!, kind: graph.nodes[i]!.kind })).sort((a, b) => a.y - b.y);
    sorted.forEach((bar, i) => {
      const above = sorted[i - 1];
      if (above === undefined) return;
      // A name stands over each movement; two lines of text beside everything else.
      const room = bar.kind === "movement" ? bar.y - (above.y + above.height) : middle(bar) - middle(above);
      expect(room).toBeGreaterThanOrEqual(bar.kind === "movement" ? 19 - 1e-6 : 34);
    });
    for (const bar of sorted) {
      expect(bar.y).toBeGreaterThanOrEqual(layout.top);
      expect(bar.y + bar.height).toBeLessThanOrEqual(layout.bottom);
    }
  }
  ribbons.forEach(({ points, thickness }, i) => {
    const { source, target, amounts } = graph.links[i]!;
    expect(thickness).toBeGreaterThanOrEqual(Number(sumOf(amounts)) * unit - 1e-9);
    expectWithin(points[0]![1], thickness, bars[source]!);
    expectWithin(points.at(-1)![1], thickness, bars[target]!);
    for (const [x, y] of points) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
  });
}

const middle = (bar: { y: number; height: number }) => bar.y + bar.height / 2;

function expectWithin(y: number, thickness: number, bar: { y: number; height: number }): void {
  expect(y - thickness / 2).toBeGreaterThanOrEqual(bar.y - 1e-6);
  expect(y + thickness / 2).toBeLessThanOrEqual(bar.y + bar.height + 1e-6);
}

test.each(graphs)("%s: joining loses no value and no member, and keeps to the limits", (_, graph) => {
  expectFolded(graph);
});

test.each(graphs)("%s: links run to the right, nothing overlaps, ribbons meet their bars", (_, graph) => {
  expectLaidOut(graph);
});

test("random flows are joined and laid out so, too", () => {
  fc.assert(
    fc.property(random, (graph) => {
      expectFolded(graph);
      expectLaidOut(graph);
    }),
    { numRuns: 30 },
  );
});

test("the same flow is laid out the same", () => {
  for (const [, graph] of graphs) expect(layOutFlow(graph)).toEqual(layOutFlow(graph));
});

test("what fits is not joined; a long peel chain keeps its beginning and its end", () => {
  expect(foldFlow(graphs[0]![1]).nodes.every((node) => node.joined === "no")).toBe(true);
  const row = foldFlow(graphs[2]![1]).nodes.filter((node) => node.kind === "movement");
  expect(row.map((node) => node.members.length)).toEqual([1, 1, 1, 1, 293, 1, 1, 1]);
});

test("of too many seeds those of one account are joined first", () => {
  const node = (kind: FlowNode["kind"], member: number, account: string | null): FlowNode => {
    const first = kind === "movement" ? member : -1;
    return { kind, members: [member], joined: "no", account, lane: 0, first, fee: new Map() };
  };
  const seeds = Array.from({ length: 30 }, (_, i) => node("seed", i, ["a", "b"][i % 3] ?? null));
  const links = seeds.map((_, i) => ({ source: i, target: 30, amounts: new Map([["theft", 1n]]), many: 1, via: [] }));
  const nodes = [...seeds, node("movement", 0, null)];
  const folded = foldFlow({ nodes, links, back: [], accounts: [], lanes: ["made"] });
  const counted = folded.nodes.map(({ joined, account, members }) => `${joined} ${account} ${members.length}`);
  expect(counted.slice(0, 2)).toEqual(["account a 10", "account b 10"]);
  expect(counted.filter((text) => text === "no null 1")).toHaveLength(8);
  expect(counted).toContain("rest null 3");
  expect(folded.links.find((link) => link.source === 0)).toMatchObject({
    many: 10,
    amounts: new Map([["theft", 10n]]),
  });
});

test("of many movements the largest stay on their own", () => {
  const whole = graphs[4]![1];
  const through = throughputs(whole);
  const largest = whole.nodes
    .flatMap((node, i) => (node.kind === "movement" ? [i] : []))
    .sort((a, b) => Number(through[b]! - through[a]!))
    .slice(0, 5)
    .map((i) => whole.nodes[i]!.members[0]!);
  const alone = foldFlow(whole).nodes.flatMap((node) => (node.joined === "no" ? [...node.members] : []));
  expect(alone).toEqual(expect.arrayContaining(largest));
});

test("columns keep the ledger's order where there are columns enough", () => {
  const graph = graphs[0]![1];
  const column = assignColumns(graph, 14);
  const movements = graph.nodes
    .map((node, i) => ({ node, column: column[i]! }))
    .filter(({ node }) => node.kind === "movement")
    .sort((a, b) => a.node.members[0]! - b.node.members[0]!);
  expect(movements.map((one) => one.column)).toEqual([1, 2, 3, 3, 4]);
});

test("spread keeps every distance and moves nothing that has room", () => {
  expect(spread([0, 10, 30], [1, 1, 1], [5, 5])).toEqual([0, 10, 30]);
  expect(spread([10, 10], [1, 1], [4])).toEqual([8, 12]);
  expect(spread([10, 10], [3, 1], [4])).toEqual([9, 13]);
  const item = fc.record({
    wanted: fc.integer({ min: -100, max: 100 }),
    weight: fc.integer({ min: 1, max: 9 }),
    distance: fc.integer({ min: 0, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), (items) => {
      const wanted = items.map((one) => one.wanted);
      const weights = items.map((one) => one.weight);
      const distances = items.slice(1).map((one) => one.distance);
      const places = spread(wanted, weights, distances);
      const cost = (at: readonly number[]) =>
        at.reduce((sum, place, i) => sum + weights[i]! * (place - wanted[i]!) ** 2, 0);
      for (const [i, distance] of distances.entries()) {
        expect(places[i + 1]! - places[i]!).toBeGreaterThanOrEqual(distance - 1e-9);
      }
      // Least squares: no feasible step of one item or of a tail of items is cheaper.
      for (let from = 0; from < places.length; from++) {
        for (const step of [-0.01, 0.01]) {
          for (let upTo = from + 1; upTo <= places.length; upTo++) {
            const moved = places.map((place, i) => (i >= from && i < upTo ? place + step : place));
            const feasible = distances.every((distance, i) => moved[i + 1]! - moved[i]! >= distance - 1e-12);
            if (feasible) expect(cost(moved)).toBeGreaterThanOrEqual(cost(places) - 1e-9);
          }
        }
      }
    }),
  );
});

test("ordering undoes a plain tangle and never adds crossings", () => {
  const link = (left: number, right: number): Segment => ({ left, right, thickness: 1 });
  const start = [
    [0, 1, 2],
    [3, 4, 5],
  ];
  const tangled = [[link(0, 5), link(1, 4), link(2, 3)], []];
  expect(crossings(start, tangled)).toBeGreaterThan(0);
  expect(crossings(orderColumns(start, tangled, 6), tangled)).toBe(0);
  const segments = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 6, max: 11 })), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(segments, (pairs) => {
      const columns = [
        [0, 1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10, 11],
      ];
      const gaps = [pairs.map(([left, right]) => link(left, right)), []];
      const ordered = orderColumns(columns, gaps, 12);
      expect(crossings(ordered, gaps)).toBeLessThanOrEqual(crossings(columns, gaps));
      expect(ordered.map((column) => [...column].sort((a, b) => a - b))).toEqual(columns);
    }),
  );
});
