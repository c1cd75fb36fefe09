import type { Rule } from "../trace/rule.ts";
import type { MovedFrom, MovedTo, Movement, Trail } from "../trace/trail.ts";
import { addInto, amountsOf, type FlowAccount, type LabelAmounts, sumOf, surplus, take } from "./flow-model.ts";

/** What a payment comes from or goes to: an account, or a movement that is a bar of its own. */
export interface FlowPlace {
  readonly kind: "account" | "movement";
  /** Into the accounts of {@link AccountFlows}, or into the trail's movements. */
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

/** What a movement brought to one place, and who may have paid it. */
export interface Payment {
  readonly payers: readonly FlowPlace[];
  readonly target: FlowPlace;
  readonly amounts: LabelAmounts;
  /** The movement through whose bar it runs, because coins paid it; null where accounts did. */
  readonly through: number | null;
  readonly via: readonly number[];
}

/** Value that a movement gets from accounts: how much, its balance tells. */
interface Inflow {
  readonly payers: readonly FlowPlace[];
  readonly movement: number;
  readonly via: readonly number[];
}

export interface AccountFlows {
  readonly accounts: readonly AccountFlow[];
  readonly payments: readonly Payment[];
  readonly inflows: readonly Inflow[];
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

/** Finds who paid whom in the account ledgers of a trail, under one rule. Nothing where all its ledgers hold coins. */
class AccountReader {
  readonly #trail: Trail;
  readonly #rule: Rule;
  readonly accounts: OpenAccount[] = [];
  readonly payments: Payment[] = [];
  readonly inflows: Inflow[] = [];
  readonly #ids = new Map<string, number>();
  /** The assets that an account of a ledger is known to hold. */
  readonly #assets = new Map<string, string[]>();
  readonly #makers = new Map<string, number>();
  readonly #linksInto = new Map<string, number[]>();

  constructor(trail: Trail, rule: Rule) {
    this.#trail = trail;
    this.#rule = rule;
    trail.movements.forEach(({ ledger, transaction }, i) => {
      this.#makers.set(JSON.stringify([ledger, transaction]), i);
    });
    trail.links.forEach(({ followed, to }, i) => {
      if (!followed) return;
      for (const transaction of to.transactions) {
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
      const whose = JSON.stringify([ledger, account]);
      this.#assets.set(whose, [...(this.#assets.get(whose) ?? []), asset]);
    }
    return id;
  }

  readSeeds(): void {
    this.#trail.seeds.forEach(({ ledger, coin, account, asset, amount, label }, seed) => {
      if (coin !== null || account === null) return;
      const known = this.accounts[this.#account(ledger, account, asset, -1)]!;
      known.seeds.push({ seed, amounts: new Map([[label, amount]]) });
      known.came += amount;
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
    const { ledger, transaction, from, to } = movement;
    const into = this.#linksInto.get(JSON.stringify([ledger, transaction])) ?? [];
    const junction: { payers: FlowPlace[]; via: number[] } = { payers: [], via: [] };
    for (const place of to) {
      const amounts = amountsOf(place.traced, this.#rule);
      if (place.coin !== null || place.account === null || amounts.size === 0) continue;
      const via = into.filter((link) => this.#isTarget(link, place));
      const paid = this.#payersOf(movement, place, via);
      const payers = paid.map((one) => this.#place(movement, index, one, place.asset, via));
      const id = this.#account(ledger, place.account, place.asset, index);
      const target: FlowPlace = { kind: "account", index: id };
      const account = this.accounts[id]!;
      if (account.arrived < 0) account.arrived = index;
      account.came += place.traced.reduce((sum, { rule, amount }) => (rule === this.#rule ? sum + amount : sum), 0n);
      addInto(account.reached, amounts);
      const isJunction = paid.some(({ coin }) => coin !== null);
      const used = paid.some((one) => one.ledger !== undefined || one.asset !== undefined) ? via : [];
      if (isJunction) {
        const self: FlowPlace = { kind: "movement", index };
        this.payments.push({ payers: [self], target, amounts, through: index, via: used });
        junction.payers.push(...payers);
      } else this.payments.push({ payers, target, amounts, through: null, via: used });
    }
    // A transaction of coins into which a link brings value.
    if (to.some(({ coin }) => coin !== null)) {
      for (const one of from) {
        if (one.coin !== null && (one.ledger ?? ledger) === ledger) continue;
        junction.payers.push(this.#place(movement, index, one, one.asset ?? "", into));
        junction.via.push(...into);
      }
    }
    const payers = junction.payers.filter(({ kind, index: payer }) => kind === "account" || payer !== index);
    if (payers.length > 0) {
      const each = new Map(payers.map((place) => [`${place.kind} ${place.index}`, place]));
      this.inflows.push({ payers: [...each.values()], movement: index, via: [...new Set(junction.via)] });
    }
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
    if (linked.length > 0) return linked;
    const holds = (one: MovedFrom) =>
      one.coin === null &&
      one.ledger === undefined &&
      (one.asset ?? to.asset) === to.asset &&
      one.account !== to.account &&
      this.#ids.has(JSON.stringify([ledger, one.account, to.asset]));
    const holders = from.filter(holds);
    return holders.length > 0 ? holders : from;
  }

  #place(movement: Movement, index: number, one: MovedFrom, wanted: string, via: readonly number[]): FlowPlace {
    const ledger = one.ledger ?? movement.ledger;
    if (one.coin !== null) {
      // What a link takes out of a coin, the transaction that made the coin gave.
      const maker = this.#makers.get(JSON.stringify([ledger, one.coin.replace(/:\d+$/u, "")]));
      return { kind: "movement", index: maker ?? index };
    }
    const account = one.account ?? "";
    const held = this.#assets.get(JSON.stringify([ledger, account])) ?? [];
    const given = via.map((link) => this.#trail.links[link]!.from.asset);
    const asset = [one.asset, ...given, wanted].find((asset) => asset !== undefined && held.includes(asset));
    return { kind: "account", index: this.#account(ledger, account, asset ?? one.asset ?? held[0] ?? wanted, index) };
  }
}

/** The accounts of a trail and what is paid between them under one rule; empty for a trail through coins alone. */
export function accountFlows(trail: Trail, rule: Rule): AccountFlows {
  const reader = new AccountReader(trail, rule);
  if (trail.ledgers.every(({ kind }) => kind === "coin") && trail.ledgers.length < 2) {
    return { accounts: [], payments: [], inflows: [] };
  }
  if (trail.direction === "forward") reader.readSeeds();
  trail.movements.forEach((movement, i) => {
    reader.readMovement(movement, i);
  });
  if (trail.direction === "backward") reader.readSeeds();
  reader.readEnds();
  const accounts = reader.accounts.map((account): AccountFlow => ({ ...account, fee: new Map() }));
  return { accounts, payments: reader.payments, inflows: reader.inflows };
}

interface Balance {
  readonly gained: Map<string, bigint>;
  readonly lost: Map<string, bigint>;
}

/** What each account can still have paid: what came in and did not end (backward: was not asked about) there. */
function payable(trail: Trail, { accounts }: AccountFlows): Map<string, bigint>[] {
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
 * what is then left of an account went into charges; a seed that is downstream of another is cut to what it added.
 */
export function settlePayments(
  trail: Trail,
  rule: Rule,
  flows: AccountFlows,
  balance: readonly Balance[],
): SettledPayments {
  const left = payable(trail, flows);
  const edges: Edge[] = [];
  const open: Omit<Payment, "through">[] = [...flows.payments];
  for (const { payers, movement, via } of flows.inflows) {
    const { gained } = balance[movement]!;
    const amounts = new Map(gained);
    gained.clear();
    open.push({ payers, target: { kind: "movement", index: movement }, amounts, via });
  }
  const leftOf = ({ kind, index }: FlowPlace) => (kind === "account" ? left[index]! : balance[index]!.lost);
  const pay = (source: FlowPlace, { target, via }: (typeof open)[number], amounts: LabelAmounts) => {
    if (sumOf(amounts) > 0n) edges.push({ source, target, amounts, via });
  };
  for (const payment of open) {
    if (payment.payers.length !== 1) continue;
    const [payer] = payment.payers;
    if (payer!.kind === "account" || payment.target.kind === "movement") take(leftOf(payer!), payment.amounts);
    pay(payer!, payment, payment.amounts);
  }
  for (const payment of open) {
    if (payment.payers.length < 2) continue;
    const rest = new Map(payment.amounts);
    for (const payer of payment.payers) {
      const part = take(rest, leftOf(payer));
      take(leftOf(payer), part);
      pay(payer, payment, part);
    }
    pay(payment.payers[0]!, payment, rest);
  }
  if (rule === "poison" || trail.direction === "backward") return { accounts: flows.accounts, edges };
  return { accounts: withFees(trail, rule, flows.accounts, left), edges };
}

function withFees(
  trail: Trail,
  rule: Rule,
  accounts: readonly AccountFlow[],
  left: readonly Map<string, bigint>[],
): AccountFlow[] {
  const over = new Map<string, bigint>();
  for (const { seeds } of accounts) for (const { amounts } of seeds) addInto(over, amounts);
  for (const { coin, label, amount } of trail.seeds) if (coin !== null) addInto(over, new Map([[label, amount]]));
  for (const total of trail.totals) if (total.rule === rule) addInto(over, new Map([[total.label, -total.seeded]]));
  const tooMuch = new Map([...over].filter(([, amount]) => amount > 0n));
  return accounts.map((account, i) => {
    const seeds = account.seeds.map(({ seed, amounts }) => {
      const cut = take(left[i]!, take(new Map(amounts), tooMuch));
      take(tooMuch, cut);
      return { seed, amounts: surplus(amounts, cut) };
    });
    const fee = new Map([...left[i]!].filter(([, amount]) => amount > 0n));
    return { ...account, seeds: seeds.filter(({ amounts }) => sumOf(amounts) > 0n), fee };
  });
}
