import type { ListedTrail } from "../trace/trail.ts";
import type { AccountFlow, Edge, SettledPayments } from "./flow-accounts.ts";
import type { FlowGraph, FlowLink, FlowNode, LabelAmounts } from "./flow-model.ts";
import { sumOf } from "./flow-model.ts";

/** Names of the ledgers in the order in which a trail comes to them: of its seeds, its movements, its ends. */
export function lanesOf({ direction, seeds, movements, ends }: ListedTrail): string[] {
  const forward = direction === "forward";
  const [first, last] = forward ? [seeds, ends] : [ends, seeds];
  return [...new Set([first, movements, last].flatMap((list) => list.map(({ ledger }) => ledger)))];
}

interface OpenLink {
  readonly source: number;
  readonly target: number;
  readonly amounts: Map<string, bigint>;
  many: number;
  readonly via: Set<number>;
}

/** Nodes and links as they are found; each thing of the trail has one node. */
export class GraphBuilder {
  readonly #trail: ListedTrail;
  readonly nodes: FlowNode[] = [];
  readonly #links: FlowLink[] = [];
  readonly #payments = new Map<string, OpenLink>();
  readonly #ids = new Map<string, number>();
  readonly #lanes: readonly string[];
  #accounts: readonly AccountFlow[] = [];

  constructor(trail: ListedTrail) {
    this.#trail = trail;
    this.#lanes = lanesOf(trail);
  }

  #add(key: string, made: () => FlowNode): number {
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.nodes.push(made()) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }

  node(kind: FlowNode["kind"], member: number): number {
    const key = `${kind === "seed" || kind === "movement" || kind === "account" ? kind : "end"} ${member}`;
    return this.#add(key, () => {
      const { seeds, ends, movements } = this.#trail;
      const common = { kind, members: [member], joined: "no" as const, fee: new Map<string, bigint>() };
      if (kind === "movement") {
        const lane = this.#lanes.indexOf(movements[member]!.ledger);
        return { ...common, account: null, lane, first: member };
      }
      if (kind === "account") {
        const { ledger, account, first, fee } = this.#accounts[member]!;
        return { ...common, fee, account, lane: this.#lanes.indexOf(ledger), first };
      }
      const { ledger, account } = (kind === "seed" ? seeds : ends)[member]!;
      return { ...common, account, lane: this.#lanes.indexOf(ledger), first: -1 };
    });
  }

  /** A coin. */
  link(source: number, target: number, amounts: LabelAmounts): void {
    if (sumOf(amounts) > 0n) this.#links.push({ source, target, amounts, many: 1, via: [] });
  }

  /** A payment; those between the same two are one link. */
  #pay(source: number, target: number, amounts: LabelAmounts, via: readonly number[]): void {
    if (source === target || sumOf(amounts) === 0n) return;
    const key = `${source} ${target}`;
    const link = this.#payments.get(key) ?? { source, target, amounts: new Map(), many: 0, via: new Set() };
    this.#payments.set(key, link);
    for (const [label, amount] of amounts) link.amounts.set(label, (link.amounts.get(label) ?? 0n) + amount);
    link.many += 1;
    for (const one of via) link.via.add(one);
  }

  /**
   * An account that nothing but one seed feeds, or that nothing leaves but into one end, is drawn as that seed or end.
   */
  addAccounts({ accounts, edges }: SettledPayments): void {
    this.#accounts = accounts;
    const forward = this.#trail.direction === "forward";
    const isFed = new Set<number>();
    const feeds = new Set<number>();
    for (const { source, target } of edges) {
      if (source.kind === "account") feeds.add(source.index);
      if (target.kind === "account") isFed.add(target.index);
    }
    const seedsOf = (account: AccountFlow) =>
      account.seeds.map((seed) => ({ node: () => this.node("seed", seed.seed), amounts: seed.amounts }));
    const endsOf = (account: AccountFlow) =>
      account.ends.map(({ end, amounts }) => ({ node: () => this.node(this.#trail.ends[end]!.kind, end), amounts }));
    const inner = accounts.map((account, index) => {
      const [into, outOf] = forward ? [seedsOf(account), endsOf(account)] : [endsOf(account), seedsOf(account)];
      const isPlain = sumOf(account.fee) === 0n;
      const start = isPlain && !isFed.has(index) && into.length === 1 ? into[0]! : null;
      const stop = isPlain && !feeds.has(index) && outOf.length === 1 ? outOf[0]! : null;
      return { into, outOf, start, stop, index };
    });
    const nodeAt = ({ kind, index }: Edge["source"], side: "start" | "stop") =>
      kind !== "account" ? this.node(kind, index) : (inner[index]![side]?.node() ?? this.node("account", index));
    for (const { into, outOf, start, stop, index } of inner) {
      const self = { kind: "account" as const, index };
      if (start !== null && stop !== null) this.#pay(start.node(), stop.node(), start.amounts, []);
      else if (start === null) {
        for (const { node, amounts } of into) this.#pay(node(), nodeAt(self, "stop"), amounts, []);
      }
      if (stop === null) for (const { node, amounts } of outOf) this.#pay(nodeAt(self, "start"), node(), amounts, []);
    }
    for (const { source, target, amounts, via } of edges) {
      this.#pay(nodeAt(source, "start"), nodeAt(target, "stop"), amounts, via);
    }
  }

  graph(nodes: readonly FlowNode[]): FlowGraph {
    const payments = [...this.#payments.values()].map((link): FlowLink => ({ ...link, via: [...link.via] }));
    return { nodes, links: [...this.#links, ...payments], back: [], accounts: this.#accounts, lanes: this.#lanes };
  }
}
