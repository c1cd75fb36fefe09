import type { Lineage, LineageArc } from "./claims-report-lineage.ts";
import { orderColumns, type Segment } from "./flow-order.ts";
import { type Pull, placeItems } from "./flow-place.ts";

/** All lengths are units of the drawing, about a pixel on a screen. */
export interface LineageLayout {
  readonly width: number;
  readonly height: number;
  /** By node: its left upper corner. */
  readonly boxes: readonly { readonly x: number; readonly y: number }[];
  /** By arc: the points that it runs through, level at each; between two of one column it runs round on the right. */
  readonly ways: readonly { readonly points: readonly (readonly [number, number])[]; readonly isRound: boolean }[];
}

export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

export const lineageMargins = { left: 2, right: 44, top: 26, bottom: 8 } as const;
export const columnGaps = { wide: 84, narrow: 52 } as const;
const rowGap = 12;
/** Where several arcs meet a box, they stand this far from one another. */
const portStep = 7;

/**
 * Columns from the left: origins in the first, then each in the column after the last of those it has it from;
 * documents that nobody has it from stand in the last. Circles (two that name one another) are cut where they are met.
 */
export function columnsOf({ nodes, arcs }: Lineage): number[] {
  const from: number[][] = nodes.map(() => []);
  const hasChildren = nodes.map(() => false);
  for (const arc of arcs) {
    if (!arc.directed) continue;
    from[arc.to]!.push(arc.from);
    hasChildren[arc.from] = true;
  }
  const column = nodes.map(() => -1);
  const open = new Set<number>();
  const depth = (at: number): number => {
    if (column[at]! >= 0) return column[at]!;
    if (open.has(at)) return 0;
    open.add(at);
    const least = nodes[at]!.kind === "origin" || nodes[at]!.kind === "unknown" ? 0 : 1;
    const found = Math.max(least, ...from[at]!.map((parent) => depth(parent) + 1));
    open.delete(at);
    column[at] = found;
    return found;
  };
  nodes.forEach((_, at) => {
    depth(at);
  });
  const last = Math.max(1, ...column);
  return column.map((one, at) => (nodes[at]!.kind === "document" && !hasChildren[at] ? last : one));
}

interface Chain {
  readonly items: readonly number[];
  readonly isReversed: boolean;
}

/** Lays a lineage out from left to right. */
export function layOutLineage(
  lineage: Lineage,
  size: (node: number) => BoxSize,
  columnGap: number = columnGaps.wide,
): LineageLayout {
  const { nodes, arcs } = lineage;
  const column = columnsOf(lineage);
  const items = nodes.map((_, node) => ({ column: column[node]!, node }));
  const chains = arcs.map((arc) => chainOf(arc, column, items));
  const count = 1 + Math.max(0, ...column);
  const start: number[][] = Array.from({ length: count }, () => []);
  items.forEach((item, at) => {
    start[item.column]!.push(at);
  });
  const gaps: Segment[][] = Array.from({ length: count }, () => []);
  for (const { items: chain } of chains) {
    for (let i = 0; i + 1 < chain.length; i++) {
      gaps[items[chain[i]!]!.column]!.push({ left: chain[i]!, right: chain[i + 1]!, thickness: 1 });
    }
  }
  const ordered = orderColumns(start, gaps, items.length);
  const sizes = nodes.map((_, node) => size(node));
  const stand = items.map(({ node }) => {
    const half = (sizes[node]?.height ?? 0) / 2 + rowGap / 2;
    return { above: half, below: half };
  });
  const pulls: Pull[] = gaps.flat().map(({ left, right }) => {
    return { left, right, leftOffset: 0, rightOffset: 0, weight: 1 };
  });
  const y = placeItems(ordered, stand, pulls);
  const widths = start.map((list) => Math.max(0, ...list.map((item) => sizes[items[item]!.node]?.width ?? 0)));
  const { left, right, top, bottom } = lineageMargins;
  const xs: number[] = [];
  let x = left;
  for (const width of widths) {
    xs.push(x);
    x += width + columnGap;
  }
  const highest = Math.min(...items.map((_, at) => y[at]! - stand[at]!.above));
  const lowest = Math.max(...items.map((_, at) => y[at]! + stand[at]!.below));
  const middle = (item: number) => y[item]! - highest + top;
  const boxes = nodes.map((_, node) => ({ x: xs[column[node]!]!, y: middle(node) - sizes[node]!.height / 2 }));
  const ports = portsOf(arcs, chains, { y, sizes });
  const ways = chains.map(({ items: chain }, arc) => {
    const isRound = chain.length === 1;
    const points = (isRound ? [arcs[arc]!.from, arcs[arc]!.to] : chain).flatMap((item, i, whole) => {
      const { node, column: at } = items[item]!;
      const isFirst = i === 0;
      const isLast = i + 1 === whole.length;
      const height = middle(item) + (isFirst ? ports[arc]!.left : isLast ? ports[arc]!.right : 0);
      const begin = xs[at]!;
      if (node < 0) return [[begin, height] as const, [begin + widths[at]!, height] as const];
      const end = begin + sizes[node]!.width;
      return [[isFirst || isRound ? end : begin, height] as const];
    });
    return { points: chains[arc]!.isReversed ? [...points].reverse() : points, isRound };
  });
  return {
    width: Math.round(x - columnGap + right),
    height: Math.ceil(lowest - highest + top + bottom),
    boxes,
    ways,
  };
}

/** The items that an arc passes from left to right; one alone where it stays in its column. */
function chainOf(arc: LineageArc, column: readonly number[], items: { column: number; node: number }[]): Chain {
  const [a, b] = [column[arc.from]!, column[arc.to]!];
  if (a === b) return { items: [arc.from], isReversed: false };
  const [left, right] = a < b ? [arc.from, arc.to] : [arc.to, arc.from];
  const chain = [left];
  for (let at = column[left]! + 1; at < column[right]!; at++) chain.push(items.push({ column: at, node: -1 }) - 1);
  chain.push(right);
  return { items: chain, isReversed: a > b };
}

/** Where on the sides of its boxes each arc begins and ends: offsets from their middles, in the order of the others. */
function portsOf(
  arcs: readonly LineageArc[],
  chains: readonly Chain[],
  { y, sizes }: { readonly y: Float64Array; readonly sizes: readonly BoxSize[] },
): { left: number; right: number }[] {
  const ports = arcs.map(() => ({ left: 0, right: 0 }));
  const sides = new Map<string, { arc: number; end: "left" | "right"; towards: number }[]>();
  const put = (key: string, entry: { arc: number; end: "left" | "right"; towards: number }) => {
    sides.set(key, [...(sides.get(key) ?? []), entry]);
  };
  chains.forEach(({ items }, arc) => {
    if (items.length === 1) {
      const { from, to } = arcs[arc]!;
      put(`${from} right`, { arc, end: "left", towards: y[to]! });
      put(`${to} right`, { arc, end: "right", towards: y[from]! });
      return;
    }
    put(`${items[0]} right`, { arc, end: "left", towards: y[items[1]!]! });
    put(`${items.at(-1)} left`, { arc, end: "right", towards: y[items.at(-2)!]! });
  });
  for (const [key, entries] of sides) {
    const room = sizes[Number.parseInt(key, 10)]!.height - 12;
    const step = Math.min(portStep, room / Math.max(1, entries.length - 1));
    entries.sort((a, b) => a.towards - b.towards || a.arc - b.arc);
    entries.forEach(({ arc, end }, i) => {
      ports[arc]![end] = (i - (entries.length - 1) / 2) * step;
    });
  }
  return ports;
}
