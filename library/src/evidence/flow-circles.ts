import type { FlowGraph, FlowLink } from "./flow-model.ts";
import { Ranked } from "./ranked.ts";

/**
 * Puts the links apart that run back: to an account that the trail reached before the one that pays, or round a circle.
 * The others run one way, and so does time. A trail through coins alone has none.
 */
export function cutCircles(graph: FlowGraph): FlowGraph {
  const all = [...graph.links, ...graph.back];
  const isEarlier = ({ source, target }: FlowLink) => {
    const [from, to] = [graph.nodes[source]!, graph.nodes[target]!];
    return to.kind === "account" && to.first < from.first;
  };
  const runsBack = Uint8Array.from(all, (link) => (isEarlier(link) ? 1 : 0));
  const leaving: number[][] = graph.nodes.map(() => []);
  const waiting = graph.nodes.map(() => 0);
  all.forEach(({ source, target }, i) => {
    if (runsBack[i] === 1) return;
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
