import { type BackPath, backThicknessMax, channelsOf } from "./flow-back.ts";
import { depthCounter, foldFlow, isInner, limitsOf, throughputs, topologicalOrder } from "./flow-fold.ts";
import { type Lane, placeInLanes } from "./flow-lanes.ts";
import { type FlowGraph, type FlowNode, sumOf } from "./flow-model.ts";
import { orderColumns, type Segment } from "./flow-order.ts";
import type { Pull } from "./flow-place.ts";

/** All lengths are units of the drawing, about a pixel on a screen. */
export interface FlowLayout {
  readonly graph: FlowGraph;
  readonly width: number;
  readonly height: number;
  /** The middle of each column; the first and the last hold what lies outside the movements. */
  readonly columns: readonly { readonly x: number; readonly nodes: readonly number[] }[];
  readonly gap: number;
  /** By node of the graph. */
  readonly bars: readonly { readonly x: number; readonly y: number; readonly height: number }[];
  /** By link of the graph: the points of its middle line; level at both ends. */
  readonly ribbons: readonly { readonly points: readonly (readonly [number, number])[]; readonly thickness: number }[];
  /** By link of the graph that runs back. */
  readonly backs: readonly BackPath[];
  /** The ledgers' bands; none where there is one ledger. */
  readonly lanes: readonly Lane[];
  /** Thickness of one smallest unit. */
  readonly unit: number;
  /** Where the columns' bars may stand: under the heads, over the time axis. */
  readonly top: number;
  readonly bottom: number;
}

export const barWidth = 9;
const marginLeft = 196;
const marginRight = 262;
const widthWanted = 1180;
const gapMin = 46;
/** Room for a short name between two columns. */
const gapMinAccounts = 86;
const gapMax = 250;
/** More columns than this leave no room for the movements' numbers. */
const timeColumnsMax = 20;
const headHeight = 44;
const axisHeight = 66;
const ribbonMin = 1.1;
const rowHalf = 19;
const nameHeight = 19;
/** The asset stands on a line of its own under an account's name. */
const accountNameHeight = 30;

/**
 * A column for each node: what has no source stands in the first, what has no target in the last. Movements keep the
 * ledger's order over columns where that takes at most `columnsMax`; else they stand by hops.
 */
export function assignColumns(graph: FlowGraph, columnsMax: number): number[] {
  const sources: number[][] = graph.nodes.map(() => []);
  for (const link of graph.links) sources[link.target]!.push(link.source);
  const byTime = graph.nodes.map(() => 0);
  let current = 1;
  for (const i of topologicalOrder(graph)) {
    if (!isInner(graph.nodes[i]!)) continue;
    if (sources[i]!.some((source) => byTime[source] === current)) current += 1;
    byTime[i] = current;
  }
  const column = current <= columnsMax ? byTime : depthCounter(graph)((i) => isInner(graph.nodes[i]!));
  let last = 0;
  graph.nodes.forEach((node, i) => {
    if (isInner(node)) last = Math.max(last, column[i]!);
  });
  const hasSource = new Set(graph.links.map((link) => link.target));
  return graph.nodes.map((node, i) => (isInner(node) ? column[i]! : hasSource.has(i) ? last + 1 : 0));
}

interface Item {
  readonly column: number;
  /** Index of a node, or -1 for a bend of a ribbon. */
  readonly node: number;
}

/** Every ribbon cut at the columns it passes: `chains[link]` lists the items from its source to its target. */
function cutIntoColumns(graph: FlowGraph, column: readonly number[]) {
  const items: Item[] = graph.nodes.map((_, node) => ({ column: column[node]!, node }));
  const laneOf = graph.nodes.map((node) => node.lane);
  const chains = graph.links.map((link) => {
    const chain = [link.source];
    for (let c = column[link.source]! + 1; c < column[link.target]!; c++) {
      chain.push(items.push({ column: c, node: -1 }) - 1);
      laneOf.push(graph.nodes[link.target]!.lane);
    }
    chain.push(link.target);
    return chain;
  });
  return { items, chains, laneOf };
}

/** The largest sum of value that crosses between two neighbouring columns. */
function widestFlow(graph: FlowGraph, column: readonly number[]): number {
  const sums = new Float64Array(2 + Math.max(0, ...column));
  for (const link of graph.links) {
    const amount = Number(sumOf(link.amounts));
    for (let c = column[link.source]!; c < column[link.target]!; c++) sums[c]! += amount;
  }
  return Math.max(...sums, 1);
}

function scaleOf(graph: FlowGraph, column: readonly number[]): number {
  const rows = new Map<number, number>();
  for (const c of column) rows.set(c, (rows.get(c) ?? 0) + 1);
  const tallest = Math.max(0, ...rows.values()) * rowHalf * 2;
  const wanted = Math.min(300, Math.max(120, tallest * 0.5));
  return wanted / widestFlow(graph, column);
}

/**
 * Where on its bars each ribbon begins and ends, as offsets from the bars' middles; what runs back (numbered after the
 * other links) below the rest.
 */
function ports(graph: FlowGraph, chains: readonly number[][], rank: Float64Array, thickness: readonly number[]) {
  const all = [...graph.links, ...graph.back];
  const offsets = { source: new Float64Array(all.length), target: new Float64Array(all.length) };
  const stack = (links: number[], side: "source" | "target") => {
    const rankOf = (link: number) => {
      const chain = chains[link];
      return chain === undefined ? Number.MAX_VALUE : rank[side === "source" ? chain[1]! : chain.at(-2)!]!;
    };
    links.sort((a, b) => rankOf(a) - rankOf(b) || a - b);
    let at = -links.reduce((sum, link) => sum + thickness[link]!, 0) / 2;
    for (const link of links) {
      offsets[side][link] = at + thickness[link]! / 2;
      at += thickness[link]!;
    }
  };
  const leaving: number[][] = graph.nodes.map(() => []);
  const reaching: number[][] = graph.nodes.map(() => []);
  all.forEach((link, i) => {
    leaving[link.source]!.push(i);
    reaching[link.target]!.push(i);
  });
  for (const links of leaving) stack(links, "source");
  for (const links of reaching) stack(links, "target");
  return offsets;
}

function barHeights(graph: FlowGraph, thickness: readonly number[], unit: number): number[] {
  const comes = graph.nodes.map(() => 0);
  const goes = graph.nodes.map((node) => Number(sumOf(node.fee)) * unit);
  [...graph.links, ...graph.back].forEach((link, i) => {
    comes[link.target]! += thickness[i]!;
    goes[link.source]! += thickness[i]!;
  });
  return comes.map((height, i) => Math.max(height, goes[i]!, 3));
}

function standing(item: Item, node: FlowNode | undefined, bar: number, ribbon: number) {
  if (node === undefined || item.node < 0) return { above: ribbon / 2 + 3, below: ribbon / 2 + 3 };
  const half = bar / 2;
  if (isInner(node)) {
    const name = node.kind === "account" ? accountNameHeight : nameHeight;
    return { above: half + name + (node.joined === "no" ? 0 : 3), below: half + (node.fee.size > 0 ? 15 : 7) };
  }
  return { above: Math.max(half + 4, rowHalf), below: Math.max(half + 4, rowHalf) };
}

/** Lays a flow out from left to right, joining what is too small to be shown on its own. */
export function layOutFlow(whole: FlowGraph): FlowLayout {
  const graph = foldFlow(whole);
  const column = assignColumns(graph, graph.accounts.length === 0 ? timeColumnsMax : limitsOf(graph).columnsMax);
  const { items, chains, laneOf } = cutIntoColumns(graph, column);
  const unit = scaleOf(graph, column);
  const thickness = graph.links.map((link) => Math.max(ribbonMin, Number(sumOf(link.amounts)) * unit));
  for (const link of graph.back) {
    thickness.push(Math.min(backThicknessMax, Math.max(ribbonMin, Number(sumOf(link.amounts)) * unit)));
  }
  const columnCount = 1 + Math.max(1, ...column);
  const start: number[][] = Array.from({ length: columnCount }, () => []);
  const through = throughputs(graph);
  items.forEach((item, i) => {
    start[item.column]!.push(i);
  });
  for (const list of start) {
    list.sort((a, b) => laneOf[a]! - laneOf[b]! || Number((through[b] ?? 0n) - (through[a] ?? 0n)) || a - b);
  }
  const gaps: Segment[][] = Array.from({ length: columnCount }, () => []);
  const itemRibbon = new Float64Array(items.length);
  chains.forEach((chain, link) => {
    for (let i = 0; i + 1 < chain.length; i++) {
      const segment = { left: chain[i]!, right: chain[i + 1]!, thickness: thickness[link]! };
      gaps[items[segment.left]!.column]!.push(segment);
      itemRibbon[segment.right] = thickness[link]!;
    }
  });
  const ordered = orderColumns(start, gaps, items.length, (item) => laneOf[item]!);
  const rank = new Float64Array(items.length);
  for (const list of ordered) {
    list.forEach((item, i) => {
      rank[item] = i;
    });
  }
  const offsets = ports(graph, chains, rank, thickness);
  const heights = barHeights(graph, thickness, unit);
  const pulls: Pull[] = chains.flatMap((chain, link) =>
    chain.slice(1).map((right, i) => ({
      left: chain[i]!,
      right,
      leftOffset: i === 0 ? offsets.source[link]! : 0,
      rightOffset: i + 2 === chain.length ? offsets.target[link]! : 0,
      weight: thickness[link]!,
    })),
  );
  const stand = items.map((item, i) => standing(item, graph.nodes[item.node], heights[item.node] ?? 0, itemRibbon[i]!));
  const channels = channelsOf(graph, column, thickness.slice(chains.length));
  const { y, lanes } = placeInLanes(ordered, stand, pulls, laneOf, channels.room);
  return draw({ graph, column, items, chains, ordered, stand, y, lanes, channels, heights, offsets, thickness, unit });
}

interface Placed {
  readonly graph: FlowGraph;
  readonly column: readonly number[];
  readonly items: readonly Item[];
  readonly chains: readonly number[][];
  readonly ordered: readonly number[][];
  readonly stand: readonly { readonly above: number; readonly below: number }[];
  readonly y: Float64Array;
  readonly lanes: readonly Lane[];
  readonly channels: ReturnType<typeof channelsOf>;
  readonly heights: readonly number[];
  readonly offsets: { readonly source: Float64Array; readonly target: Float64Array };
  readonly thickness: readonly number[];
  readonly unit: number;
}

function draw(placed: Placed): FlowLayout {
  const { graph, column, items, chains, ordered, stand, y, lanes, channels, heights, offsets, thickness, unit } =
    placed;
  const gapCount = ordered.length - 1;
  const least = graph.accounts.length === 0 ? gapMin : gapMinAccounts;
  const gap = Math.min(gapMax, Math.max(least, (widthWanted - marginLeft - marginRight) / gapCount));
  const xOf = (at: number) => marginLeft + at * gap;
  const extents = Array.from(y, (middle, i) => [middle - stand[i]!.above, middle + stand[i]!.below] as const);
  const highest = Math.min(0, ...extents.map(([above]) => above), ...lanes.map((lane) => lane.top));
  const lowest = Math.max(0, ...extents.map(([, below]) => below), ...lanes.map((lane) => lane.bottom));
  const top = headHeight;
  const down = top + 4 - highest;
  const bars = graph.nodes.map((_, i) => ({
    x: xOf(items[i]!.column),
    y: y[i]! + down - heights[i]! / 2,
    height: heights[i]!,
  }));
  const ribbons = chains.map((chain, link) => {
    const points: [number, number][] = chain.flatMap((item, i): [number, number][] => {
      const x = xOf(items[item]!.column);
      const middle = y[item]! + down;
      if (i === 0) return [[x + barWidth / 2, middle + offsets.source[link]!]];
      if (i + 1 === chain.length) return [[x - barWidth / 2, middle + offsets.target[link]!]];
      return [[x, middle]];
    });
    return { points, thickness: thickness[link]! };
  });
  const backs = graph.back.map(({ source, target }, i): BackPath => {
    const link = chains.length + i;
    const under = lanes.find(({ lane }) => lane === channels.lanes[i])?.channels ?? lowest;
    return {
      from: [xOf(column[source]!) + barWidth / 2, y[source]! + down + offsets.source[link]!],
      to: [xOf(column[target]!) - barWidth / 2, y[target]! + down + offsets.target[link]!],
      y: under + down + channels.depths[i]!,
      thickness: thickness[link]!,
      isStub: channels.stubs[i]!,
    };
  });
  const room = lanes.length > 0 ? 0 : Math.max(0, ...channels.room.values());
  const bottom = lowest + down + 6 + room;
  return {
    graph,
    width: Math.round(marginLeft + marginRight + gapCount * gap),
    height: Math.ceil(bottom + axisHeight),
    columns: ordered.map((list, c) => ({ x: xOf(c), nodes: list.filter((item) => items[item]!.node >= 0) })),
    gap,
    bars,
    ribbons,
    backs,
    lanes: lanes.map((lane) => {
      return { ...lane, top: lane.top + down, channels: lane.channels + down, bottom: lane.bottom + down };
    }),
    unit,
    top,
    bottom,
  };
}
