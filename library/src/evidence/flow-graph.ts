import type { Rule } from "../trace/rule.ts";
import type { ListedTrail, Movement, Place } from "../trace/trail.ts";
import { type AccountFlows, accountFlows, linkedCoins, type Payment, settlePayments } from "./flow-accounts.ts";
import { GraphBuilder, lanesOf } from "./flow-builder.ts";
import { cutCircles } from "./flow-circles.ts";
import {
  addInto,
  amountsOf,
  type FlowGraph,
  type FlowNode,
  type LabelAmounts,
  sumOf,
  surplus,
  take,
} from "./flow-model.ts";
import { isMirrored } from "./mirrored-trail.ts";

interface CoinFlow {
  maker: number;
  spender: number;
  /** What a movement of the trail lists for it: forward what reaches the coin, backward all that it carries. */
  readonly listed: Map<string, bigint>;
  /** What a link took: of what reached the coin, and of what was seeded there. */
  readonly away: Map<string, bigint>;
  readonly awaySeeded: Map<string, bigint>;
  readonly seeds: number[];
  readonly ends: { readonly end: number; readonly amounts: LabelAmounts }[];
}

/** The coins that carry traced value under the rule, with who made, spent and seeded them and where they end. */
function coinFlows(trail: ListedTrail, rule: Rule): CoinFlow[] {
  const coins = new Map<string, CoinFlow>();
  // The length keeps apart names that would run into one another.
  const keyOf = (ledger: string, coin: string | null) => `${ledger.length} ${ledger} ${coin}`;
  const at = (ledger: string, place: Pick<Place, "coin">): CoinFlow => {
    const key = keyOf(ledger, place.coin);
    let coin = coins.get(key);
    if (coin === undefined) {
      const linked = { away: new Map<string, bigint>(), awaySeeded: new Map<string, bigint>() };
      coin = { maker: -1, spender: -1, listed: new Map(), ...linked, seeds: [], ends: [] };
      coins.set(key, coin);
    }
    return coin;
  };
  trail.seeds.forEach((seed, i) => {
    if (seed.coin !== null) at(seed.ledger, seed).seeds.push(i);
  });
  const isLinked = linkedCoins(trail);
  trail.movements.forEach((movement, i) => {
    for (const place of movement.from) {
      if (place.coin !== null && !isLinked(movement, place)) at(place.ledger ?? movement.ledger, place).spender = i;
    }
    for (const place of movement.to) {
      if (place.coin === null) continue;
      const coin = at(movement.ledger, place);
      coin.maker = i;
      addInto(coin.listed, amountsOf(place.traced, rule));
    }
  });
  trail.ends.forEach((end, i) => {
    // Fees have no place; they leave at their transactions.
    if (end.coin === null) return;
    const amounts = amountsOf(end.traced, rule);
    if (amounts.size > 0) at(end.ledger, end).ends.push({ end: i, amounts });
  });
  for (const { followed, from, traced } of trail.links) {
    if (!followed || trail.direction === "backward") continue;
    const over = amountsOf(traced, rule);
    for (const name of from.coins) {
      const coin = coins.get(keyOf(from.ledger, name));
      if (coin === undefined) continue;
      addInto(coin.away, take(over, coin.listed));
      for (const i of coin.seeds) {
        const { label, amount } = trail.seeds[i]!;
        addInto(coin.awaySeeded, take(over, new Map([[label, amount]])));
      }
    }
  }
  return [...coins.values()];
}

/** All that a coin carries, the part of it that was seeded there, and the part that ends there. */
interface CoinAmounts {
  readonly whole: LabelAmounts;
  readonly seeded: LabelAmounts;
  readonly ended: LabelAmounts;
}

/**
 * Forward, a movement lists what reaches a coin, and a seed adds what that leaves of its amount. Where the coin ends
 * the end says the whole. Where it moves on the seed's part is reckoned as the pooling rules do; under `fifo` and
 * `lifo`, of a coin that is seeded in part and reached in part, more may have been seeded than is drawn.
 */
function forwardAmounts(trail: ListedTrail, rule: Rule, coin: CoinFlow): CoinAmounts {
  const { listed, seeds, ends, away, awaySeeded } = coin;
  const ended = new Map<string, bigint>();
  for (const { amounts } of ends) addInto(ended, amounts);
  const reached = surplus(listed, away);
  if (ends.length > 0) return { whole: ended, ended, seeded: seeds.length > 0 ? surplus(ended, reached) : new Map() };
  const seeded = new Map<string, bigint>();
  let covered = sumOf(listed);
  for (const i of seeds) {
    const { label, amount } = trail.seeds[i]!;
    // Poison has a flag for each label, so one label leaves nothing less for another.
    const before = rule === "poison" ? (listed.get(label) ?? seeded.get(label) ?? 0n) : covered;
    if (amount > before) seeded.set(label, (seeded.get(label) ?? 0n) + amount - before);
    if (amount > covered) covered = amount;
  }
  const left = surplus(seeded, awaySeeded);
  const whole = new Map(reached);
  addInto(whole, left);
  return { whole, seeded: left, ended };
}

/** Backward, both a movement and an end say all that a coin carries; a coin that is partly mined has both. */
function backwardAmounts({ listed, ends, spender }: CoinFlow): CoinAmounts {
  const ended = new Map<string, bigint>();
  for (const { amounts } of ends) addInto(ended, amounts);
  const whole = sumOf(listed) > 0n ? listed : ended;
  // What is seeded in a coin that the trail also reaches, its spender's balance tells.
  return { whole, ended, seeded: spender < 0 ? whole : new Map() };
}

export interface Balance {
  /** Forward: fees that were followed into this coinbase. */
  readonly gained: Map<string, bigint>;
  /** Forward: the fee. Backward: what was seeded in coins that the movement spends. */
  readonly lost: Map<string, bigint>;
}

/** What each movement gives to coins of the trail against what it takes from coins. */
function balances(
  trail: ListedTrail,
  coins: readonly CoinFlow[],
  amounts: readonly CoinAmounts[],
  payments: readonly Payment[],
): Balance[] {
  const taken = trail.movements.map(() => new Map<string, bigint>());
  const given = trail.movements.map(() => new Map<string, bigint>());
  const forward = trail.direction === "forward";
  coins.forEach(({ maker, spender, listed, away }, i) => {
    const { whole, ended } = amounts[i]!;
    if (maker >= 0) addInto(given[maker]!, forward ? surplus(listed, away) : surplus(whole, ended));
    if (spender >= 0) addInto(taken[spender]!, forward ? surplus(whole, ended) : whole);
  });
  // What a link brings, the coins that were spent did not.
  for (const { target, amounts: paid } of payments) {
    if (target.kind === "movement") given[target.index] = surplus(given[target.index]!, paid);
  }
  return trail.movements.map((_, i) => ({
    gained: surplus(given[i]!, taken[i]!),
    lost: surplus(taken[i]!, given[i]!),
  }));
}

/** Fees that were followed reach the coinbase of their block: a movement that nothing else explains. */
function linkFollowedFees(trail: ListedTrail, builder: GraphBuilder, balance: readonly Balance[]): void {
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

/** Joins where the trail comes to a coin from (a movement, or who seeded it) with where it goes on to. */
function linkCoin(
  trail: ListedTrail,
  builder: GraphBuilder,
  coin: CoinFlow,
  amounts: CoinAmounts,
  lost: Map<string, bigint>,
): void {
  const forward = trail.direction === "forward";
  const [origin, beyond] = forward ? [coin.maker, coin.spender] : [coin.spender, coin.maker];
  const link = (from: number, to: number, part: LabelAmounts) =>
    forward ? builder.link(from, to, part) : builder.link(to, from, part);
  const seeded = new Map(amounts.seeded);
  if (!forward && origin >= 0 && coin.seeds.length > 0) addInto(seeded, take(lost, amounts.whole));
  const through = surplus(amounts.whole, seeded);
  const targets: { kind: FlowNode["kind"]; member: number; part: LabelAmounts }[] = coin.ends.map(
    ({ end, amounts: part }) => ({ kind: trail.ends[end]!.kind, member: end, part }),
  );
  if (beyond >= 0) targets.push({ kind: "movement", member: beyond, part: surplus(amounts.whole, amounts.ended) });
  for (const { kind, member, part } of targets) {
    const fromSeed = take(seeded, part);
    if (coin.seeds.length > 0 && sumOf(fromSeed) > 0n) {
      link(builder.node("seed", coin.seeds[0]!), builder.node(kind, member), fromSeed);
    }
    const fromMovement = take(through, surplus(part, fromSeed));
    if (origin >= 0 && sumOf(fromMovement) > 0n) {
      link(builder.node("movement", origin), builder.node(kind, member), fromMovement);
    }
  }
}

/**
 * The flow of a trail under one rule. For `poison`, whose amounts do not add up, fees are left out.
 * A trail of n movements takes O(n log n) time and O(n) memory.
 */
export function flowGraph(trail: ListedTrail, rule: Rule): FlowGraph {
  return cutCircles(isMirrored(trail) ? mirroredGraph(trail, rule) : graphOf(trail, rule));
}

/**
 * Backward through accounts, or through several ledgers, a trail is told as the way back: what its movements come
 * `from` is who was paid, and where they lead `to` is who paid. It is followed as it is told, and then turned round.
 */
function mirroredGraph(trail: ListedTrail, rule: Rule): FlowGraph {
  const links = trail.links.map((link) => ({ ...link, from: link.to, to: link.from }));
  const graph = graphOf({ ...trail, direction: "forward", links }, rule);
  const lanes = lanesOf(trail);
  const nodes = graph.nodes.map((node) => ({ ...node, lane: lanes.indexOf(graph.lanes[node.lane]!) }));
  const turned = graph.links.map((link) => ({ ...link, source: link.target, target: link.source }));
  return { ...graph, nodes, lanes, links: turned };
}

function graphOf(trail: ListedTrail, rule: Rule): FlowGraph {
  const coins = coinFlows(trail, rule);
  const flows: AccountFlows = accountFlows(trail, rule);
  const forward = trail.direction === "forward";
  const amounts = coins.map((coin) => (forward ? forwardAmounts(trail, rule, coin) : backwardAmounts(coin)));
  const balance = balances(trail, coins, amounts, flows.payments);
  const builder = new GraphBuilder(trail);
  const nothing = new Map<string, bigint>();
  coins.forEach((coin, i) => {
    linkCoin(trail, builder, coin, amounts[i]!, balance[coin.spender]?.lost ?? nothing);
  });
  const settled = settlePayments(trail, rule, flows, balance);
  builder.addAccounts(settled);
  if (rule === "poison") return builder.graph(builder.nodes);
  linkFollowedFees(trail, builder, balance);
  const nodes = builder.nodes.map((node): FlowNode => {
    if (node.kind !== "movement" || !forward) return node;
    const fee = new Map([...balance[node.members[0]!]!.lost].filter(([, amount]) => amount > 0n));
    return fee.size === 0 ? node : { ...node, fee };
  });
  return builder.graph(nodes);
}
