import { cutCircles } from "./flow-circles.ts";
import { addInto, type FlowGraph, type FlowLink, type FlowNode, sumOf } from "./flow-model.ts";
import { Ranked } from "./ranked.ts";

/** How much one picture shows before it joins things. */
export interface FlowLimits {
  readonly seedsMax: number;
  readonly endsMax: number;
  readonly movementsMax: number;
  /** Movements that follow one another. */
  readonly columnsMax: number;
  /** Of many movements as many stay on their own, and at most so many of them follow one another. */
  readonly keptMax: number;
  readonly keptDepthMax: number;
}

/** A reader follows about sixty things on a page; more columns than fourteen leave no room for a name. */
export const flowLimits: FlowLimits = {
  seedsMax: 10,
  endsMax: 22,
  movementsMax: 28,
  columnsMax: 14,
  keptMax: 20,
  keptDepthMax: 6,
};

/** Accounts have names, which take more room than the numbers of movements. */
export const accountLimits: FlowLimits = {
  ...flowLimits,
  movementsMax: 24,
  columnsMax: 9,
  keptMax: 16,
  keptDepthMax: 4,
};

export const limitsOf = ({ accounts }: FlowGraph): FlowLimits => (accounts.length === 0 ? flowLimits : accountLimits);

/** What value passes through: movements and accounts, which the limits of movements hold for too. */
export const isInner = ({ kind }: FlowNode): boolean => kind === "movement" || kind === "account";

/** The value that passes through each node: the larger of what comes in and what goes out. */
export function throughputs(graph: FlowGraph): bigint[] {
  const comes = graph.nodes.map(() => 0n);
  const goes = graph.nodes.map((node) => sumOf(node.fee));
  for (const link of [...graph.links, ...graph.back]) {
    const amount = sumOf(link.amounts);
    comes[link.target]! += amount;
    goes[link.source]! += amount;
  }
  return comes.map((amount, i) => (amount > goes[i]! ? amount : goes[i]!));
}

/** Indexes by falling throughput; ties keep their order. */
function largestFirst(through: readonly bigint[], indexes: readonly number[]): number[] {
  return [...indexes].sort((a, b) => {
    const [x, y] = [through[a]!, through[b]!];
    return x === y ? a - b : x > y ? -1 : 1;
  });
}

function neighbours(graph: FlowGraph) {
  const next: Set<number>[] = graph.nodes.map(() => new Set());
  const previous: Set<number>[] = graph.nodes.map(() => new Set());
  for (const { source, target } of graph.links) {
    next[source]!.add(target);
    previous[target]!.add(source);
  }
  return { next, previous };
}

/** Nodes so that every link runs forward; among those that may come next, the earliest member first. */
export function topologicalOrder(graph: FlowGraph): number[] {
  const { next, previous } = neighbours(graph);
  const waiting = previous.map((sources) => sources.size);
  const heap = new Ranked((i) => graph.nodes[i]!.first);
  waiting.forEach((sources, i) => {
    if (sources === 0) heap.add(i);
  });
  const order: number[] = [];
  for (let i = heap.take(); i !== undefined; i = heap.take()) {
    order.push(i);
    for (const target of next[i]!) {
      waiting[target]! -= 1;
      if (waiting[target] === 0) heap.add(target);
    }
  }
  return order;
}

/**
 * For each node the number of counted nodes on the longest path that ends in it, itself included. Returned as a
 * function, because the order and the neighbours are costly and stay while other nodes are counted.
 */
export function depthCounter(graph: FlowGraph): (counts: (node: number) => boolean) => number[] {
  const { previous } = neighbours(graph);
  const order = topologicalOrder(graph);
  return (counts) => {
    const depth = graph.nodes.map(() => 0);
    for (const i of order) {
      let most = 0;
      for (const source of previous[i]!) if (depth[source]! > most) most = depth[source]!;
      depth[i] = most + (counts(i) ? 1 : 0);
    }
    return depth;
  };
}

const deepest = (depth: readonly number[]) => depth.reduce((most, value) => Math.max(most, value), 0);

/** Joins the nodes of each group into one and the links between two nodes into one; links inside a group vanish. */
function contract(graph: FlowGraph, groups: readonly Group[]): FlowGraph {
  if (groups.every(({ members }) => members.length === 1)) return graph;
  const groupOf = new Int32Array(graph.nodes.length);
  const nodes = groups.map(({ members, joined }, g): FlowNode => {
    for (const member of members) groupOf[member] = g;
    const first = graph.nodes[members[0]!]!;
    if (members.length === 1) return first;
    const fee = new Map<string, bigint>();
    for (const member of members) addInto(fee, graph.nodes[member]!.fee);
    const all = members.flatMap((member) => graph.nodes[member]!.members).sort((a, b) => a - b);
    const isShared = members.every((member) => graph.nodes[member]!.account === first.account);
    const earliest = members.reduce((least, member) => Math.min(least, graph.nodes[member]!.first), first.first);
    const account = isShared ? first.account : null;
    return { kind: first.kind, members: all, joined, account, lane: first.lane, first: earliest, fee };
  });
  const { accounts, lanes } = graph;
  const [links, back] = [graph.links, graph.back].map((some) => contractLinks(some, groupOf, groups.length));
  return { nodes, links: links!, back: back!, accounts, lanes };
}

function contractLinks(links: readonly FlowLink[], groupOf: Int32Array, groupCount: number): FlowLink[] {
  const sums = new Map<number, FlowLink & { amounts: Map<string, bigint>; many: number; via: number[] }>();
  for (const link of links) {
    const source = groupOf[link.source]!;
    const target = groupOf[link.target]!;
    if (source === target) continue;
    const sum = sums.get(source * groupCount + target);
    if (sum === undefined) {
      const { many, via } = link;
      const amounts = new Map(link.amounts);
      sums.set(source * groupCount + target, { source, target, amounts, many, via: [...via] });
    } else {
      addInto(sum.amounts, link.amounts);
      sum.many += link.many;
      sum.via = [...new Set([...sum.via, ...link.via])];
    }
  }
  return [...sums.values()];
}

const alone = (i: number) => ({ members: [i], joined: "no" as const });

interface Group {
  readonly members: number[];
  readonly joined: FlowNode["joined"];
}

/** Where there are too many seeds or ends, joins those of one kind that belong to one account. */
function foldAccounts(graph: FlowGraph, limits: FlowLimits): FlowGraph {
  const isSeed = (node: FlowNode) => node.kind === "seed";
  const seeds = graph.nodes.filter(isSeed).length;
  const ends = graph.nodes.filter((node) => !isSeed(node) && !isInner(node)).length;
  const groups = new Map<string, number[]>();
  graph.nodes.forEach((node, i) => {
    const few = isSeed(node) ? seeds <= limits.seedsMax : ends <= limits.endsMax;
    const key = few || isInner(node) || node.account === null ? String(i) : `${node.kind} ${node.lane} ${node.account}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  });
  return contract(
    graph,
    [...groups.values()].map((members) => ({ members, joined: members.length === 1 ? "no" : "account" })),
  );
}

/** Joins all but the largest seeds into one node, and all but the largest ends into one node a kind. */
function foldOutside(graph: FlowGraph, limits: FlowLimits): FlowGraph {
  const through = throughputs(graph);
  const all = graph.nodes.map((_, i) => i);
  const seeds = all.filter((i) => graph.nodes[i]!.kind === "seed");
  const ends = all.filter((i) => graph.nodes[i]!.kind !== "seed" && !isInner(graph.nodes[i]!));
  const groups: Group[] = [];
  const fold = (indexes: readonly number[], max: number) => {
    const kindOf = (i: number) => `${graph.nodes[i]!.kind} ${graph.nodes[i]!.lane}`;
    const kinds = [...new Set(indexes.map(kindOf))];
    const room = Math.max(0, max - kinds.length);
    const kept = indexes.length <= max ? indexes : largestFirst(through, indexes).slice(0, room);
    for (const i of kept) groups.push(alone(i));
    const keep = new Set(kept);
    for (const kind of kinds) {
      const rest = indexes.filter((i) => !keep.has(i) && kindOf(i) === kind);
      if (rest.length > 0) groups.push({ members: rest, joined: rest.length === 1 ? "no" : "rest" });
    }
  };
  fold(seeds, limits.seedsMax);
  fold(ends, limits.endsMax);
  for (const i of all) if (isInner(graph.nodes[i]!)) groups.push(alone(i));
  return contract(graph, groups);
}

/** How much of a row of movements stays as it is, at its start and at its end. */
const rowKept = { first: 4, last: 3 };

/**
 * A row (a peel chain is one): movements, or accounts of one ledger, each of which feeds one only, which nothing else
 * feeds. The middle of a long row becomes one node.
 */
function foldRows(graph: FlowGraph): FlowGraph {
  const { next, previous } = neighbours(graph);
  const movementsOf = (set: Set<number>) => [...set].filter((i) => isInner(graph.nodes[i]!));
  const follower = graph.nodes.map((node, i) => {
    const after = isInner(node) ? movementsOf(next[i]!) : [];
    if (after.length !== 1 || movementsOf(previous[after[0]!]!).length !== 1) return -1;
    const { kind, lane } = graph.nodes[after[0]!]!;
    return kind === node.kind && lane === node.lane ? after[0]! : -1;
  });
  const led = new Set(follower.filter((i) => i >= 0));
  const groups: Group[] = [];
  graph.nodes.forEach((_, start) => {
    if (led.has(start)) return;
    const row: number[] = [];
    for (let i = start; i >= 0; i = follower[i]!) row.push(i);
    const middle = row.slice(rowKept.first, row.length - rowKept.last);
    if (middle.length < 2) {
      for (const i of row) groups.push(alone(i));
      return;
    }
    for (const i of row.slice(0, rowKept.first)) groups.push(alone(i));
    groups.push({ members: middle, joined: "row" });
    for (const i of row.slice(row.length - rowKept.last)) groups.push(alone(i));
  });
  return contract(graph, groups);
}

/** Each trial walks the whole graph once; past this many the largest that fit have long been found. */
const trialsMax = 60;

/**
 * Keeps the largest movements (as long as no more than `keptDepthMax` of them follow one another) and joins the rest
 * by the number of kept movements before them (and by ledger), so that every link of coins still runs forward in time.
 */
function foldRest(graph: FlowGraph, { keptMax, keptDepthMax }: FlowLimits): FlowGraph {
  const through = throughputs(graph);
  const movements = graph.nodes.flatMap((node, i) => (isInner(node) ? [i] : []));
  const depthsOf = depthCounter(graph);
  const kept = new Set<number>();
  for (const i of largestFirst(through, movements).slice(0, trialsMax)) {
    if (kept.size === keptMax) break;
    kept.add(i);
    if (deepest(depthsOf((node) => kept.has(node))) > keptDepthMax) kept.delete(i);
  }
  const depth = depthsOf((node) => kept.has(node));
  const rest = new Map<string, number[]>();
  const groups: Group[] = [];
  graph.nodes.forEach((node, i) => {
    if (!isInner(node) || kept.has(i)) {
      groups.push(alone(i));
      return;
    }
    const key = `${depth[i]!} ${node.kind} ${node.lane}`;
    const level = rest.get(key);
    if (level === undefined) rest.set(key, [i]);
    else level.push(i);
  });
  for (const members of rest.values()) groups.push({ members, joined: members.length === 1 ? "no" : "rest" });
  return contract(graph, groups);
}

/**
 * A graph that fits a picture: where it exceeds the limits, small seeds, ends and movements are joined into nodes that
 * say how many they stand for. No value is dropped but what moves inside a joined node.
 */
export function foldFlow(graph: FlowGraph, limits: FlowLimits = limitsOf(graph)): FlowGraph {
  const fits = (folded: FlowGraph) =>
    folded.nodes.filter(isInner).length <= limits.movementsMax &&
    deepest(depthCounter(folded)((i) => isInner(folded.nodes[i]!))) <= limits.columnsMax;
  const outside = foldOutside(foldAccounts(graph, limits), limits);
  if (fits(outside)) return outside;
  const rows = foldRows(outside);
  // Joining can close a circle, and undo one.
  return fits(rows) ? rows : cutCircles(foldRest(rows, limits));
}
