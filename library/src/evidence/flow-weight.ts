import type { Rule } from "../trace/rule.ts";
import type { Trail } from "../trace/trail.ts";
import type { FlowGraph, FlowLink, LabelAmounts } from "./flow-model.ts";

/** What each label's units are multiplied by in a graph; 1 where it is not named. */
export type LabelWeights = ReadonlyMap<string, bigint>;

/**
 * Labels that were stolen in different assets have no common unit, so each asset is weighed such that all that was
 * stolen in it is equally thick. With one asset nothing is weighed.
 */
export function labelWeights({ totals }: Trail, rule: Rule): LabelWeights {
  const seeded = new Map<string, bigint>();
  for (const total of totals) {
    if (total.rule === rule && total.seeded > 0n) {
      seeded.set(total.asset, (seeded.get(total.asset) ?? 0n) + total.seeded);
    }
  }
  if (seeded.size < 2) return new Map();
  const weightOf = (asset: string) =>
    [...seeded].reduce((product, [other, sum]) => (other === asset ? product : product * sum), 1n);
  return new Map(totals.map(({ label, asset }) => [label, weightOf(asset)]));
}

export function weighGraph(graph: FlowGraph, weights: LabelWeights): FlowGraph {
  if (weights.size === 0) return graph;
  const weigh = (amounts: LabelAmounts) =>
    new Map([...amounts].map(([label, amount]) => [label, amount * (weights.get(label) ?? 1n)]));
  const weighLinks = (links: readonly FlowLink[]) => links.map((link) => ({ ...link, amounts: weigh(link.amounts) }));
  const nodes = graph.nodes.map((node) => ({ ...node, fee: weigh(node.fee) }));
  return { ...graph, nodes, links: weighLinks(graph.links), back: weighLinks(graph.back) };
}
