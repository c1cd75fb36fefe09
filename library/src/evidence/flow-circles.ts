import type { FlowGraph, FlowLink } from "./flow-model.ts";
import { Ranked } from "./ranked.ts";

/**
 * Puts the links that close circles apart, so that the others run one way: from what the value reached first. Money
 * that comes back to an account is drawn as coming back. Without circles nothing changes.
 */
export function cutCircles(graph: FlowGraph): FlowGraph {
  const all = [...graph.links, ...graph.back];
  const leaving: number[][] = graph.nodes.map(() => []);
  const waiting = graph.nodes.map(() => 0);
  all.forEach(({ source, target }, i) => {
    leaving[source]!.push(i);
    waiting[target]! += 1;
  });
  const rank = (i: number) => graph.nodes[i]!.first;
  const ready = new Ranked(rank);
  const others = new Ranked((i) => (leaving[i]!.length === 0 ? Number.POSITIVE_INFINITY : rank(i)));
  graph.nodes.forEach((_, i) => {
    if (waiting[i] === 0) ready.add(i);
    else others.add(i);
  });
  const isDone = new Uint8Array(graph.nodes.length);
  const runsBack = new Uint8Array(all.length);
  const finish = (node: number) => {
    isDone[node] = 1;
    for (const link of leaving[node]!) {
      const { target } = all[link]!;
      if (isDone[target] === 1) {
        runsBack[link] = 1;
        continue;
      }
      waiting[target]! -= 1;
      if (waiting[target] === 0) ready.add(target);
    }
  };
  for (;;) {
    // All that is left stands in circles or behind them: what the value reached first is where they begin.
    const node = ready.take() ?? others.take();
    if (node === undefined) break;
    if (isDone[node] === 0) finish(node);
  }
  const pick = (back: number): FlowLink[] => all.filter((_, link) => runsBack[link] === back);
  return { ...graph, links: pick(0), back: pick(1) };
}
