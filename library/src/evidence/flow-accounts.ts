import type { Rule } from "../trace/rule.ts";
import type { ListedTrail, MovedFrom, MovedTo, Movement } from "../trace/trail.ts";
import { addInto, amountsOf, type FlowAccount, type LabelAmounts, sumOf, surplus, take } from "./flow-model.ts";
import { sharePayers } from "./flow-share.ts";

/** What a payment comes from or goes to: an account, a movement that is a bar of its own, or the seed of a coin. */
export interface FlowPlace {
  readonly kind: "account" | "movement" | "seed";
  /** Into the accounts of {@link AccountFlows}, or into the trail's movements or seeds. */
  readonly index: number;
}

/** An account with what comes in and stays, in stolen units by label. */
export interface AccountFlow extends FlowAccount {
  readonly seeds: readonly { readonly seed: number; readonly amounts: LabelAmounts }[];
  readonly ends: readonly { readonly end: number; readonly amounts: LabelAmounts }[];
  /** What movements bring here. */
  readonly reached: LabelAmounts;
  readonly fee: LabelAmounts;
}

/** What a movement brought to an account, or a link to a transaction of coins, and who may have paid it. */
export interface Payment {
  readonly payers: readonly FlowPlace[];
  readonly target: FlowPlace;
  readonly amounts: LabelAmounts;
  readonly via: readonly number[];
}

export interface AccountFlows {
  readonly accounts: readonly AccountFlow[];
  readonly payments: readonly Payment[];
}

export interface Edge {
  readonly source: FlowPlace;
  readonly target: FlowPlace;
  readonly amounts: LabelAmounts;
  readonly via: readonly number[];
}

export interface SettledPayments {
  readonly accounts: readonly AccountFlow[];
  readonly edges: readonly Edge[];
}

interface OpenAccount {
  readonly ledger: string;
  readonly account: string;
  readonly asset: string;
  readonly first: number;
  arrived: number;
  came: bigint;
  readonly seeds: AccountFlow["seeds"][number][];
  readonly ends: AccountFlow["ends"][number][];
  readonly reached: Map<string, bigint>;
}

/** Whether a coin among those that a movement's value came from was not spent there: a link took it over. */
export function linkedCoins({ links }: ListedTrail): (movement: Movement, from: MovedFrom) => boolean {
  const linked = new Set<string>();
  for (const { followed, from, to } of links) {
    if (!followed) continue;
    for (const transaction of to.transactions) {
      for (const coin of from.coins) linked.add(JSON.stringify([to.ledger, transaction, from.ledger, coin]));
    }
  }
  return ({ ledger, transaction }, from) =>
    linked.has(JSON.stringify([ledger, transaction, from.ledger ?? ledger, from.coin]));
}

/** By label: what a rule seeded beyond (negative: short of) the amounts that the seeds name. */
function seededMore({ seeds, totals }: ListedTrail, rule: Rule): Map<string, bigint> {
  const more = new Map<string, bigint>();
  for (const total of totals) if (total.rule === rule) addInto(more, new Map([[total.label, total.seeded]]));
  for (const { label, amount } of seeds) addInto(more, new Map([[label, -amount]]));
  return more;
}

/** Finds who paid whom in the account ledgers of a trail, under one rule. Nothing where all its ledgers hold coins. */
class AccountReader {
  readonly #trail: ListedTrail;
  readonly #rule: Rule;
  readonly accounts: OpenAccount[] = [];
  readonly payments: Payment[] = [];
  readonly #ids = new Map<string, number>();
  /** The assets that the trail brings to an account of a ledger. */
  readonly #assets = new Map<string, Set<string>>();
  readonly #makers = new Map<string, number>();
  readonly #coinSeeds = new Map<string, number[]>();
  readonly #linksInto = new Map<string, number[]>();
  readonly #isLinked: ReturnType<typeof linkedCoins>;

  constructor(trail: ListedTrail, rule: Rule) {
    this.#isLinked = linkedCoins(trail);
    this.#trail = trail;
    this.#rule = rule;
    trail.movements.forEach(({ ledger, transaction }, i) => {
      this.#makers.set(JSON.stringify([ledger, transaction]), i);
    });
    const reached = trail.movements.flatMap(({ ledger, to }) => to.map((place) => ({ ...place, ledger })));
    for (const { ledger, account, asset } of [...trail.seeds, ...reached]) {
      const key = JSON.stringify([ledger, account]);
      this.#assets.set(key, (this.#assets.get(key) ?? new Set()).add(asset));
    }
    trail.seeds.forEach(({ ledger, coin }, i) => {
      const key = JSON.stringify([ledger, coin]);
      if (coin !== null) this.#coinSeeds.set(key, [...(this.#coinSeeds.get(key) ?? []), i]);
    });
    trail.links.forEach(({ followed, to }, i) => {
      if (!followed) return;
      for (const transaction of new Set(to.transactions)) {
        const key = JSON.stringify([to.ledger, transaction]);
        this.#linksInto.set(key, [...(this.#linksInto.get(key) ?? []), i]);
      }
    });
  }

  #account(ledger: string, account: string, asset: string, first: number): number {
    const key = JSON.stringify([ledger, account, asset]);
    let id = this.#ids.get(key);
    if (id === undefined) {
      const made = { ledger, account, asset, first, arrived: -1, came: 0n, seeds: [], ends: [], reached: new Map() };
      id = this.accounts.push(made) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }

  readSeeds(): void {
    const short = seededMore(this.#trail, this.#rule);
    this.#trail.seeds.forEach(({ ledger, coin, account, asset, amount, label, transfer }, seed) => {
      if (coin !== null || account === null) return;
      const known = this.accounts[this.#account(ledger, account, asset, -1)]!;
      // What a whole account was seeded with depends on the rule, where the trail comes back to it.
      const more = transfer === undefined ? (short.get(label) ?? 0n) : 0n;
      const seeded = more > 0n ? amount + more : amount;
      if (more > 0n) short.delete(label);
      known.seeds.push({ seed, amounts: new Map([[label, seeded]]) });
      known.came += seeded;
    });
  }

  readEnds(): void {
    this.#trail.ends.forEach(({ ledger, coin, account, asset, traced }, end) => {
      const amounts = amountsOf(traced, this.#rule);
      if (coin !== null || account === null || amounts.size === 0) return;
      this.accounts[this.#account(ledger, account, asset, -1)]!.ends.push({ end, amounts });
    });
  }

  readMovement(movement: Movement, index: number): void {
    const { ledger, transaction, to } = movement;
    const into = this.#linksInto.get(JSON.stringify([ledger, transaction])) ?? [];
    for (const place of to) {
      const amounts = amountsOf(place.traced, this.#rule);
      if (place.coin !== null || place.account === null || amounts.size === 0) continue;
      const via = into.filter((link) => this.#isTarget(link, place));
      const paid = this.#payersOf(movement, place, via);
      const payers = paid.flatMap((one) => this.#places(movement, index, one, { wanted: place.asset, via }));
      const id = this.#account(ledger, place.account, place.asset, index);
      const target: FlowPlace = { kind: "account", index: id };
      const account = this.accounts[id]!;
      if (account.arrived < 0) account.arrived = index;
      account.came += place.traced.reduce((sum, { rule, amount }) => (rule === this.#rule ? sum + amount : sum), 0n);
      addInto(account.reached, amounts);
      const used = paid.some((one) => one.ledger !== undefined || one.asset !== undefined) ? via : [];
      this.payments.push({ payers, target, amounts, via: paid.some(({ coin }) => coin !== null) ? via : used });
    }
    for (const link of into) this.#readInflow(movement, index, link);
  }

  /** What a link brings into the coins that a movement makes. */
  #readInflow(movement: Movement, index: number, link: number): void {
    const { from, to, traced } = this.#trail.links[link]!;
    const reached = new Map<string, bigint>();
    for (const place of movement.to) {
      if (place.coin !== null && to.coins.includes(place.coin)) addInto(reached, amountsOf(place.traced, this.#rule));
    }
    const amounts = take(reached, amountsOf(traced, this.#rule));
    if (sumOf(amounts) === 0n) return;
    const paid = movement.from.filter((one) => {
      if ((one.ledger ?? movement.ledger) !== from.ledger) return false;
      return one.coin === null ? from.account === null || from.account === one.account : this.#isLinked(movement, one);
    });
    const wanted = { wanted: from.asset, via: [link] };
    const payers = paid.flatMap((one) => this.#places(movement, index, one, wanted));
    const target: FlowPlace = { kind: "movement", index };
    this.payments.push({ payers, target, amounts, via: [link] });
  }

  #isTarget(link: number, place: MovedTo): boolean {
    const { asset, account } = this.#trail.links[link]!.to;
    return asset === place.asset && (account === null || account === place.account);
  }

  /**
   * Who may have paid a transfer of a movement: the giving side of its link; else those who are known to hold the
   * asset; else all. One is left but where a transaction has several payers of one asset.
   */
  #payersOf(movement: Movement, to: MovedTo, via: readonly number[]): readonly MovedFrom[] {
    const { from, ledger } = movement;
    if (from.length < 2) return from;
    const linked = from.filter((one) =>
      via.some((link) => {
        const side = this.#trail.links[link]!.from;
        if ((one.ledger ?? ledger) !== side.ledger) return false;
        if (one.coin !== null) return side.coins.includes(one.coin);
        return side.account === null || side.account === one.account;
      }),
    );
    const isSure = via.some((link) => this.#trail.links[link]!.to.account !== null);
    if (linked.length > 0 && isSure) return linked;
    const holds = (one: MovedFrom) =>
      one.coin === null &&
      one.ledger === undefined &&
      (one.asset ?? to.asset) === to.asset &&
      this.#assets.get(JSON.stringify([ledger, one.account]))?.has(to.asset) === true;
    const holders = from.filter((one) => linked.includes(one) || holds(one));
    const isOther = ({ account }: MovedFrom) => (account === to.account ? 1 : 0);
    return (holders.length > 0 ? holders : [...from]).sort((a, b) => isOther(a) - isOther(b));
  }

  #places(
    movement: Movement,
    index: number,
    one: MovedFrom,
    { wanted, via }: { wanted: string; via: readonly number[] },
  ): FlowPlace[] {
    const ledger = one.ledger ?? movement.ledger;
    if (one.coin !== null) {
      // What a link takes out of a coin, the transaction that made the coin gave, or who seeded it.
      const maker = this.#makers.get(JSON.stringify([ledger, one.coin.replace(/:\d+$/u, "")]));
      const seeds = this.#coinSeeds.get(JSON.stringify([ledger, one.coin])) ?? [];
      const made: FlowPlace[] = maker === undefined || maker === index ? [] : [{ kind: "movement", index: maker }];
      return [...made, ...seeds.map((seed): FlowPlace => ({ kind: "seed", index: seed }))];
    }
    const account = one.account ?? "";
    const held = [...(this.#assets.get(JSON.stringify([ledger, account])) ?? [])];
    const given = via.map((link) => this.#trail.links[link]!.from.asset);
    const asset = [one.asset, ...given, wanted].find((asset) => asset !== undefined && held.includes(asset));
    const id = this.#account(ledger, account, asset ?? one.asset ?? held[0] ?? wanted, index);
    return [{ kind: "account", index: id }];
  }
}

/** The accounts of a trail and what is paid between them under one rule; empty for a trail through coins alone. */
export function accountFlows(trail: ListedTrail, rule: Rule): AccountFlows {
  const reader = new AccountReader(trail, rule);
  if (trail.ledgers.every(({ kind }) => kind === "coin") && trail.ledgers.length < 2 && trail.links.length === 0) {
    return { accounts: [], payments: [] };
  }
  if (trail.direction === "forward") reader.readSeeds();
  trail.movements.forEach((movement, i) => {
    reader.readMovement(movement, i);
  });
  if (trail.direction === "backward") reader.readSeeds();
  reader.readEnds();
  const accounts = reader.accounts.map((account): AccountFlow => ({ ...account, fee: new Map() }));
  return { accounts, payments: reader.payments };
}

interface Balance {
  readonly lost: Map<string, bigint>;
}

/** What each account can still have paid: what came in and did not end (backward: was not asked about) there. */
function payable(trail: ListedTrail, { accounts }: AccountFlows): Map<string, bigint>[] {
  const forward = trail.direction === "forward";
  return accounts.map(({ seeds, ends, reached }) => {
    const came = new Map(reached);
    const stayed = new Map<string, bigint>();
    for (const { amounts } of seeds) addInto(forward ? came : stayed, amounts);
    for (const { amounts } of ends) addInto(forward ? stayed : came, amounts);
    return surplus(came, stayed);
  });
}

/**
 * Says who paid what: where several may have paid, as much as each has left, in the order of the movements. Forward
 * what is then left of an account went into charges; a seed that is downstream of another is cut to what it added (a
 * trail does not say where several such overlap: then a seed may be drawn with more than it added).
 */
export function settlePayments(
  trail: ListedTrail,
  rule: Rule,
  flows: AccountFlows,
  balance: readonly Balance[],
): SettledPayments {
  const left = payable(trail, flows);
  const edges: Edge[] = [];
  const open = flows.payments;
  const seeds = trail.seeds.map(({ label, amount }) => new Map([[label, amount]]));
  const leftOf = ({ kind, index }: FlowPlace) =>
    kind === "account" ? left[index]! : kind === "seed" ? seeds[index]! : balance[index]!.lost;
  const pay = (source: FlowPlace, { target, via }: Payment, amounts: LabelAmounts) => {
    if (sumOf(amounts) > 0n) edges.push({ source, target, amounts, via });
  };
  for (const payment of open) {
    if (payment.payers.length !== 1) continue;
    const [payer] = payment.payers;
    take(leftOf(payer!), payment.amounts);
    pay(payer!, payment, payment.amounts);
  }
  shareOpen(
    open.filter(({ payers }) => payers.length > 1),
    { leftOf, pay },
  );
  if (rule === "poison" || trail.direction === "backward") return { accounts: flows.accounts, edges };
  return { accounts: withFees(trail, rule, flows.accounts, left), edges };
}

interface Paying {
  readonly leftOf: (place: FlowPlace) => Map<string, bigint>;
  readonly pay: (source: FlowPlace, payment: Payment, amounts: LabelAmounts) => void;
}

/** Payments that several may have made. */
function shareOpen(open: readonly Payment[], { leftOf, pay }: Paying): void {
  const places = new Map<string, { id: number; place: FlowPlace }>();
  const idOf = (place: FlowPlace) => {
    const key = `${place.kind} ${place.index}`;
    const known = places.get(key) ?? { id: places.size, place };
    places.set(key, known);
    return known.id;
  };
  const payers = open.map((payment) => payment.payers.map(idOf));
  const all = [...places.values()];
  const parts = open.map(() => new Map<number, Map<string, bigint>>());
  for (const label of new Set(open.flatMap(({ amounts }) => [...amounts.keys()]))) {
    const has = new Map(all.map(({ id, place }) => [id, leftOf(place).get(label) ?? 0n]));
    const demands = open.map(({ amounts }, i) => ({ payers: payers[i]!, amount: amounts.get(label) ?? 0n }));
    sharePayers(demands, has).forEach((given, i) => {
      for (const [id, amount] of given) {
        if (amount > 0n) parts[i]!.set(id, (parts[i]!.get(id) ?? new Map<string, bigint>()).set(label, amount));
      }
    });
    for (const { id, place } of all) leftOf(place).set(label, has.get(id)!);
  }
  open.forEach((payment, i) => {
    for (const [id, amounts] of parts[i]!) pay(all[id]!.place, payment, amounts);
  });
}

function withFees(
  trail: ListedTrail,
  rule: Rule,
  accounts: readonly AccountFlow[],
  left: readonly Map<string, bigint>[],
): AccountFlow[] {
  const more = seededMore(trail, rule);
  const tooMuch = new Map([...more].flatMap(([label, amount]) => (amount < 0n ? [[label, -amount] as const] : [])));
  const charged = new Map<string, bigint>();
  for (const total of trail.totals) if (total.rule === rule) addInto(charged, new Map([[total.label, total.fees]]));
  return accounts.map((account, i) => {
    const seeds = account.seeds.map(({ seed, amounts }) => {
      const cut = take(left[i]!, take(new Map(amounts), tooMuch));
      take(tooMuch, cut);
      return { seed, amounts: surplus(amounts, cut) };
    });
    const fee = take(charged, left[i]!);
    return { ...account, seeds: seeds.filter(({ amounts }) => sumOf(amounts) > 0n), fee };
  });
}
