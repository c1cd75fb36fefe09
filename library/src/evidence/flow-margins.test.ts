import { expect, test } from "vitest";
import { crossingAssets } from "./account-parts.fixture.ts";
import { crossing, crossingTags } from "./account-trails.fixture.ts";
import { flowGraph } from "./flow-graph.ts";
import { layOutFlow } from "./flow-layout.ts";
import { widenMargins } from "./flow-margins.ts";
import { flowPicture } from "./flow-picture.ts";

const layout = layOutFlow(flowGraph(crossing, "fifo"));

test("a picture whose texts fit stays as it is", () => {
  expect(widenMargins(layout, { left: 100, right: 100 })).toBe(layout);
});

test("a margin is as wide as the texts in it, and everything moves with it", () => {
  const wide = widenMargins(layout, { left: 300, right: 400 });
  const [first, last] = [wide.columns[0]!.x, wide.columns.at(-1)!.x];
  expect(first).toBeGreaterThanOrEqual(300);
  expect(wide.width - last).toBeGreaterThanOrEqual(400);
  const by = first - layout.columns[0]!.x;
  expect(wide.bars.map(({ x }) => x - by)).toEqual(layout.bars.map(({ x }) => x));
  expect(wide.ribbons.map(({ points }) => points[0]![0] - by)).toEqual(
    layout.ribbons.map(({ points }) => points[0]![0]),
  );
});

test("a long name of a seed stands in the picture from its first character on", () => {
  const accounts = crossing.seeds.map(({ account }) => account ?? "");
  const tags = accounts.map((account) => ({ ...crossingTags[0]!, account, label: "W".repeat(40) }));
  const rows = { seed: 0, movement: 0, end: 0 };
  const svg = String(flowPicture({ trail: crossing, rule: "fifo", assets: crossingAssets, tags, rows }).svg);
  const names = [...svg.matchAll(/x="([\d.]+)" text-anchor="end"><tspan class="isolate">(“W[^<]*)/gu)];
  expect(names.length).toBeGreaterThan(0);
  for (const [, x, name] of names) expect(Number(x)).toBeGreaterThan(name!.length * 8);
});
