import type { Rule } from "../trace/rule.ts";
import type { EndKind, Movement, Place, Trail } from "../trace/trail.ts";

/** Traced value by label; labels with nothing are left out. */
export type LabelAmounts = ReadonlyMap<string, bigint>;

export interface FlowNode {
  readonly kind: "seed" | "movement" | EndKind;
  /** Indexes into the trail's seeds, movements or ends; more than one where things were joined. Never falling. */
  readonly members: readonly number[];
  /** `row`: movements joined because they follow one another; `rest`: the smaller ones joined. */
  readonly joined: "no" | "row" | "rest";
  /** Traced value that left as fees in these transactions. */
  readonly fee: LabelAmounts;
}

export interface FlowLink {
  /** Indexes of nodes; value runs from `source` to `target`. */
  readonly source: number;
  readonly target: number;
  readonly amounts: LabelAmounts;
  readonly coins: number;
}

/**
 * The flow of traced value under one rule, without cycles: seeds, movements and ends (all but fees, which leave at
 * their transaction) joined by the coins between them. Value runs from source to target in both directions of trail,
 * so a backward trail has its ends as sources and its seeds as targets.
 */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

export const sumOf = (amounts: LabelAmounts): bigint => [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);

export function addInto(sum: Map<string, bigint>, amounts: LabelAmounts): void {
  for (const [label, amount] of amounts) sum.set(label, (sum.get(label) ?? 0n) + amount);
}

/** `a - b` where it is positive. */
function surplus(a: LabelAmounts, b: LabelAmounts): Map<string, bigint> {
  const left = new Map<string, bigint>();
  for (const [label, amount] of a) {
    const more = amount - (b.get(label) ?? 0n);
    if (more > 0n) left.set(label, more);
  }
  return left;
}

/** Takes from `pool` what `wanted` allows, and returns what was taken. */
function take(pool: Map<string, bigint>, wanted: LabelAmounts): Map<string, bigint> {
  const taken = new Map<string, bigint>();
  for (const [label, amount] of pool) {
    const most = wanted.get(label) ?? 0n;
    const part = amount < most ? amount : most;
    if (part === 0n) continue;
    taken.set(label, part);
    pool.set(label, amount - part);
  }
  return taken;
}

interface CoinFlow {
  maker: number;
  spender: number;
  /** Traced value of the coin itself. */
  readonly traced: Map<string, bigint>;
  /** What was seeded at most: seeds of a coin that is already traced add only the difference. */
  readonly seeded: Map<string, bigint>;
  seed: number;
  readonly ends: { readonly end: number; readonly amounts: LabelAmounts }[];
}

function largerInto(to: Map<string, bigint>, label: string, amount: bigint): void {
  if (amount > (to.get(label) ?? 0n)) to.set(label, amount);
}

/** The coins that carry traced value under the rule, with who made, spent and seeded them and where they end. */
function coinFlows(trail: Trail, rule: Rule): Map<string, CoinFlow> {
  const coins = new Map<string, CoinFlow>();
  const at = (ledger: string, place: Place): CoinFlow => {
    // The length keeps apart names that would run into one another.
    const key = `${ledger.length} ${ledger} ${place.coin ?? place.account}`;
    let coin = coins.get(key);
    if (coin === undefined) {
      coin = { maker: -1, spender: -1, traced: new Map(), seeded: new Map(), seed: -1, ends: [] };
      coins.set(key, coin);
    }
    return coin;
  };
  trail.seeds.forEach((seed, i) => {
    const coin = at(seed.ledger, seed);
    if (coin.seed < 0) coin.seed = i;
    largerInto(coin.seeded, seed.label, seed.amount);
    largerInto(coin.traced, seed.label, seed.amount);
  });
  trail.movements.forEach((movement, i) => {
    for (const place of movement.from) at(movement.ledger, place).spender = i;
    for (const place of movement.to) {
      const coin = at(movement.ledger, place);
      coin.maker = i;
      for (const said of place.traced) if (said.rule === rule) largerInto(coin.traced, said.label, said.stolen);
    }
  });
  trail.ends.forEach((end, i) => {
    if (end.kind === "fee") return;
    const amounts = new Map<string, bigint>();
    for (const said of end.traced) {
      if (said.rule === rule && said.stolen > 0n)
        amounts.set(said.label, (amounts.get(said.label) ?? 0n) + said.stolen);
    }
    if (amounts.size === 0) return;
    const coin = at(end.ledger, end);
    coin.ends.push({ end: i, amounts });
    for (const [label, amount] of amounts) largerInto(coin.traced, label, amount);
  });
  return coins;
}

class GraphBuilder {
  readonly nodes: FlowNode[] = [];
  readonly links: FlowLink[] = [];
  readonly #ids = new Map<string, number>();

  node(kind: FlowNode["kind"], member: number): number {
    const key = `${kind === "seed" || kind === "movement" ? kind : "end"} ${member}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.nodes.push({ kind, members: [member], joined: "no", fee: new Map() }) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }

  link(source: number, target: number, amounts: LabelAmounts): void {
    if (sumOf(amounts) > 0n) this.links.push({ source, target, amounts, coins: 1 });
  }
}

/**
 * What each movement gives up (forward: its outputs) less what reaches it. More going out than coming in is value that
 * was seeded in one of its own coins, or fees that were followed into a coinbase; less is its fee.
 */
function movementSurplus(trail: Trail, coins: ReadonlyMap<string, CoinFlow>) {
  const taken = trail.movements.map(() => new Map<string, bigint>());
  const given = trail.movements.map(() => new Map<string, bigint>());
  for (const coin of coins.values()) {
    // A coin that ends (under this rule) does so before it reaches the next movement.
    const stops = coin.ends.length > 0;
    const forward = trail.direction === "forward";
    if (coin.maker >= 0 && (forward || !stops)) addInto(given[coin.maker]!, coin.traced);
    if (coin.spender >= 0 && (!forward || !stops)) addInto(taken[coin.spender]!, coin.traced);
  }
  return trail.movements.map((_, i) => ({
    gained: surplus(given[i]!, taken[i]!),
    lost: surplus(taken[i]!, given[i]!),
  }));
}

/** Fees that were followed reach the coinbase of their block: a movement that nothing else explains. */
function linkFollowedFees(
  trail: Trail,
  builder: GraphBuilder,
  balance: readonly { gained: Map<string, bigint>; lost: Map<string, bigint> }[],
): void {
  const byBlock = new Map<string, number[]>();
  const blockOf = (movement: Movement) => JSON.stringify([movement.ledger, movement.height]);
  trail.movements.forEach((movement, i) => {
    if (movement.height === null || sumOf(balance[i]!.lost) === 0n) return;
    const block = byBlock.get(blockOf(movement));
    if (block === undefined) byBlock.set(blockOf(movement), [i]);
    else block.push(i);
  });
  trail.movements.forEach((movement, i) => {
    if (sumOf(balance[i]!.gained) === 0n) return;
    for (const payer of byBlock.get(blockOf(movement)) ?? []) {
      if (payer === i) continue;
      const fee = take(balance[payer]!.lost, balance[i]!.gained);
      take(balance[i]!.gained, new Map(fee));
      builder.link(builder.node("movement", payer), builder.node("movement", i), fee);
    }
  });
}

/**
 * The flow of a trail under one rule. For `poison`, whose amounts do not add up, fees are left out.
 * A trail of n movements takes O(n) time and memory.
 */
export function flowGraph(trail: Trail, rule: Rule): FlowGraph {
  const coins = coinFlows(trail, rule);
  const forward = trail.direction === "forward";
  const balance = movementSurplus(trail, coins);
  const builder = new GraphBuilder();
  for (const coin of coins.values()) {
    const beyond = forward ? coin.spender : coin.maker;
    const origin = forward ? coin.maker : coin.spender;
    // Where the trail comes to this coin from: a movement, or the user who seeded it.
    let seeded: LabelAmounts = new Map();
    if (coin.seed >= 0) {
      const unexplained = balance[origin]?.[forward ? "gained" : "lost"];
      if (unexplained === undefined) seeded = coin.traced;
      // Poisoned outputs are worth more than poisoned inputs, which says nothing about seeds.
      else if (rule !== "poison") seeded = take(unexplained, coin.seeded);
    }
    const through = origin < 0 ? new Map<string, bigint>() : surplus(coin.traced, seeded);
    const link = (from: number, to: number, amounts: LabelAmounts) =>
      forward ? builder.link(from, to, amounts) : builder.link(to, from, amounts);
    const goesTo: { node: () => number; amounts: LabelAmounts }[] = coin.ends.map(({ end, amounts }) => ({
      node: () => builder.node(trail.ends[end]!.kind, end),
      amounts,
    }));
    if (coin.ends.length === 0 && beyond >= 0) {
      goesTo.push({ node: () => builder.node("movement", beyond), amounts: coin.traced });
    }
    const fromSeed = new Map(seeded);
    const fromMovement = new Map(through);
    for (const { node, amounts } of goesTo) {
      const seedPart = take(fromSeed, amounts);
      if (sumOf(seedPart) > 0n) link(builder.node("seed", coin.seed), node(), seedPart);
      const part = take(fromMovement, amounts);
      if (sumOf(part) > 0n) link(builder.node("movement", origin), node(), part);
    }
  }
  if (rule === "poison") return { nodes: builder.nodes, links: builder.links };
  if (forward) linkFollowedFees(trail, builder, balance);
  const nodes = builder.nodes.map((node): FlowNode => {
    if (node.kind !== "movement" || !forward) return node;
    const fee = new Map([...balance[node.members[0]!]!.lost].filter(([, amount]) => amount > 0n));
    return fee.size === 0 ? node : { ...node, fee };
  });
  return { nodes, links: builder.links };
}
