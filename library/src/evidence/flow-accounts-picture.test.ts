import fc from "fast-check";
import { expect, test } from "vitest";
import { crossingAssets } from "./account-parts.fixture.ts";
import { crossing, crossingTags } from "./account-trails.fixture.ts";
import { loopsMax } from "./flow-back.ts";
import { accountLimits, foldFlow } from "./flow-fold.ts";
import { flowGraph } from "./flow-graph.ts";
import { layOutFlow } from "./flow-layout.ts";
import { type FlowGraph, sumOf } from "./flow-model.ts";
import { flowPicture, flowPictureFile } from "./flow-picture.ts";
import { manyPayments, paymentsBack } from "./many-payments.fixture.ts";
import { readMarkup } from "./markup.fixture.ts";

const many = fc
  .record({ seed: fc.integer({ min: 1, max: 100_000 }), payments: fc.integer({ min: 1, max: 300 }) })
  .map(({ seed, payments }) => manyPayments(payments, 2 + (seed % 60), seed));

const all = (graph: FlowGraph) => [...graph.links, ...graph.back];

test("payments between the same two accounts are one ribbon with their sum and number", () => {
  const { nodes, links } = flowGraph(crossing, "fifo");
  const name = (node: number) => nodes[node]!.account;
  const twice = links.find((link) => link.many > 1)!;
  expect([name(twice.source), name(twice.target), twice.many]).toEqual([
    "INVENTED TRADING LTD@TESTGB2L",
    "7781234@TESTHKHH",
    2,
  ]);
  expect(sumOf(twice.amounts)).toBe(50_000_000n);
});

test("what comes back to an account runs back, and every other link to what was reached no earlier", () => {
  fc.assert(
    fc.property(many, (trail) => {
      const graph = flowGraph(trail, "haircut");
      for (const { source, target } of graph.links) {
        const [from, to] = [graph.nodes[source]!, graph.nodes[target]!];
        if (to.kind === "account") expect(to.first).toBeGreaterThanOrEqual(from.first);
      }
      const comes = graph.nodes.map(() => 0n);
      const goes = graph.nodes.map(() => 0n);
      for (const link of all(graph)) {
        goes[link.source]! += sumOf(link.amounts);
        comes[link.target]! += sumOf(link.amounts);
      }
      graph.nodes.forEach(({ kind }, i) => {
        if (kind === "account") expect(comes[i]).toBe(goes[i]);
      });
    }),
    { numRuns: 40 },
  );
});

test("links are drawn as links, each once, over the ledgers’ bands in the order of the trail", () => {
  const layout = layOutFlow(flowGraph(crossing, "fifo"));
  expect(layout.graph.links.flatMap(({ via }) => via).sort()).toEqual([0, 1, 2, 3]);
  expect(layout.lanes.map(({ lane }) => layout.graph.lanes[lane])).toEqual(["bank", "eth", "btc"]);
  layout.lanes.forEach(({ top, bottom }, i) => {
    expect(top).toBeGreaterThanOrEqual(layout.lanes[i - 1]?.bottom ?? 0);
    expect(bottom).toBeGreaterThan(top);
  });
  const band = new Map(layout.lanes.map((lane) => [lane.lane, lane]));
  layout.graph.nodes.forEach(({ lane }, i) => {
    const { y, height } = layout.bars[i]!;
    expect(y).toBeGreaterThanOrEqual(band.get(lane)!.top);
    expect(y + height).toBeLessThanOrEqual(band.get(lane)!.bottom);
  });
});

test("thousands of payments are folded to what a page holds; nothing is lost, and what is joined is counted", () => {
  const trail = manyPayments(4000, 900);
  const whole = flowGraph(trail, "haircut");
  const folded = foldFlow(whole);
  const kinds = (graph: FlowGraph, kind: string) => graph.nodes.filter((node) => node.kind === kind);
  expect(kinds(folded, "account").length).toBeLessThanOrEqual(accountLimits.movementsMax);
  const members = (graph: FlowGraph) => kinds(graph, "account").flatMap((node) => [...node.members]);
  expect(members(folded).sort((a, b) => a - b)).toEqual(members(whole).sort((a, b) => a - b));
  const ended = (graph: FlowGraph) =>
    graph.links
      .filter(({ target }) => graph.nodes[target]!.kind !== "account")
      .reduce((sum, { amounts }) => sum + sumOf(amounts), 0n);
  expect(ended(folded)).toBe(ended(whole));
  const { backs } = layOutFlow(whole);
  expect(backs.filter(({ isStub }) => !isStub).length).toBeLessThanOrEqual(loopsMax);
  const { joined } = flowPicture({
    trail,
    rule: "haircut",
    assets: [],
    tags: [],
    rows: { seed: 0, movement: 0, end: 0 },
  });
  expect(joined.join(" ")).toMatch(/[\d,]+ further accounts are joined by their place in the flow\./u);
});

test("every number of a drawing is one", () => {
  fc.assert(
    fc.property(many, (trail) => {
      const file = flowPictureFile({ trail, rule: "haircut", assets: crossingAssets, tags: [] });
      expect(file).not.toMatch(/NaN|Infinity|undefined/u);
      readMarkup(file.trim());
    }),
    { numRuns: 25 },
  );
});

test("the picture names accounts and assets as people do, and has them whole in its titles", () => {
  const { text } = readMarkup(
    flowPictureFile({ trail: crossing, rule: "fifo", assets: crossingAssets, tags: crossingTags }).trim(),
  );
  expect(text).toContain("0x2222…2def");
  expect(text).toContain("80.00 ETH held");
  expect(text).toContain("“Broker Y”");
  expect(text).toContain(
    "0x2222222222222222222222222222222222222def in ETH of eth: 80.00 ETH, for 160,000.00 USD stolen",
  );
  expect(text).toContain("over a link: bridge, amount-and-time, confidence 0.6, according to an analyst");
  expect(text).toContain("bridge 0.6");
});

test("labels that were stolen in different assets are drawn to scales of their own", () => {
  const label = "coins";
  const rule = "haircut" as const;
  const plain = manyPayments(3, 3);
  const trail = {
    ...plain,
    totals: [...plain.totals, { ...plain.totals[0]!, label, asset: "BTC", seeded: 7n, unspent: 7n, exits: 0n }],
    seeds: [...plain.seeds, { ...plain.seeds[0]!, account: "other", label, asset: "BTC", amount: 7n }],
    ends: [
      ...plain.ends,
      { ...plain.ends[0]!, account: "other", asset: "BTC", traced: [{ rule, label, amount: 7n, stolen: 7n }] },
    ],
  };
  const { svg } = flowPicture({
    trail,
    rule,
    assets: crossingAssets,
    tags: [],
    rows: { seed: 0, movement: 0, end: 0 },
  });
  const { text } = readMarkup(String(svg));
  expect(text).toContain("each asset: to its own scale");
  expect(text).toContain("0.00000007 BTC");
  expect(text).toContain("1,000,000.00 USD of “theft”");
});

test("backward, sources stand on the left and what was asked about on the right", () => {
  const graph = flowGraph(paymentsBack(), "fifo");
  const told = all(graph).map(({ source, target, amounts }) => {
    const name = (i: number) => `${graph.nodes[i]!.kind} ${graph.nodes[i]!.account?.slice(0, 1)}`;
    return `${name(source)} → ${name(target)}: ${sumOf(amounts)}`;
  });
  expect(told.sort()).toEqual([
    "account 2 → seed 3: 80000",
    "unknown 1 → account 2: 60000",
    "unknown 2 → account 2: 20000",
    "unknown 3 → seed 3: 10000",
  ]);
});
