import { DisjointSets } from "../../sets/disjoint-sets.ts";
import { isNear } from "../calendar-day.ts";
import type { OrderRecord, Side } from "../record.ts";
import { realReference, realUetr } from "../reference.ts";
import { describedWell } from "./account-key.ts";
import { sourcesOf } from "./arrange-records.ts";
import { chainLegs } from "./chain-legs.ts";
import { addTo, type Flow, newFlow, orderDay, orderMoney, type Settling } from "./flow.ts";
import { type DistinctOrders, daysApartMax } from "./repeated-orders.ts";

/** How many rivals one reference is compared with, which keeps reused ones linear. */
export const rivalsMax = 64;

/**
 * One payment is one payment, however many messages it took. Orders are one where
 *
 * - they have one UETR, and do not name different accounts for the payer or for the payee, and are not two messages
 *   of one bank to one other with different money or days. (A UETR on payments that cannot be one is a problem
 *   listed.)
 * - or, where one of them has no UETR: they have one transaction id, or one end-to-end or instruction id, and the
 *   same payer and payee account, an amount in common (settled or instructed), and at most {@link daysApartMax} days
 *   between them. An end-to-end id is the customer's and comes again with every rent; so it joins only a customer's
 *   order with the bank's message, the messages of banks that follow one another, and messages with one message id.
 *
 * `NOTPROVIDED` and the like are no reference. Covers are joined by UETR here, and by other references in
 * `join-covers.ts`.
 */
export function joinOrders(settling: Settling, { orders, repeatsOf }: DistinctOrders): Flow[] {
  const sets = new DisjointSets(orders.length);
  joinByUetr(settling, orders, sets);
  joinByReference(settling, orders, sets);
  const members: (OrderRecord[] | undefined)[] = new Array(orders.length);
  const inOrder: OrderRecord[][] = [];
  for (let i = 0; i < orders.length; i++) {
    const root = sets.find(i);
    const known = members[root];
    if (known !== undefined) {
      known.push(orders[i]!);
      continue;
    }
    const together = [orders[i]!];
    members[root] = together;
    inOrder.push(together);
  }
  return inOrder.map((together) => flowOf(settling, together, repeatsOf));
}

const levelRank = { customer: 0, initiation: 1, bank: 2, cover: 3 } as const;

/** Orders of one UETR that are one payment. */
interface Cluster {
  readonly first: number;
  /** That of its first order: a customer's where there is one. */
  readonly level: OrderRecord["level"];
  debtor: Side | null;
  creditor: Side | null;
  endToEnd: string | null;
  /** At most {@link rivalsMax} of its messages between banks. */
  readonly legs: OrderRecord[];
}

function joinByUetr(settling: Settling, orders: readonly OrderRecord[], sets: DisjointSets): void {
  const byUetr = new Map<string, number[]>();
  orders.forEach((order, i) => {
    const uetr = realUetr(order.references.uetr);
    if (uetr === null) return;
    const known = byUetr.get(uetr);
    if (known === undefined) byUetr.set(uetr, [i]);
    else known.push(i);
  });
  for (const [uetr, indices] of byUetr) {
    if (indices.length === 1) continue;
    const clusters = clustersOf(settling, orders, indices, sets);
    if (clusters.length === 1) continue;
    settling.problems.push({
      what: `The UETR ${uetr.slice(0, 36)} stands on ${clusters.length} payments that cannot be one; each counts`,
      sources: sourcesOf(clusters.map(({ first }) => orders[first]!)),
    });
  }
}

function clustersOf(
  settling: Settling,
  orders: readonly OrderRecord[],
  indices: readonly number[],
  sets: DisjointSets,
): Cluster[] {
  const clusters: Cluster[] = [];
  const inLevels = [...indices].sort((a, b) => levelRank[orders[a]!.level] - levelRank[orders[b]!.level] || a - b);
  for (const i of inLevels) {
    const order = orders[i]!;
    const fitting = clusters.slice(0, rivalsMax).filter((cluster) => isInCluster(settling, cluster, order));
    const best = fitting.find(({ legs }) => legs.some((leg) => isSameMoneyAndDay(leg, order))) ?? fitting[0];
    const { debtor, creditor } = endsOf(order);
    const endToEnd = order.level === "cover" ? null : realReference(order.references.endToEndId);
    if (best === undefined) {
      clusters.push({ first: i, level: order.level, debtor, creditor, endToEnd, legs: [order] });
      continue;
    }
    sets.join(best.first, i);
    if (isCoverOfCustomer(best, order)) continue;
    best.debtor = better(best.debtor, debtor);
    best.creditor = better(best.creditor, creditor);
    best.endToEnd ??= endToEnd;
    if (best.legs.length < rivalsMax) best.legs.push(order);
  }
  return clusters;
}

/** A bank's own transfer under the UETR of a customer's is its cover, whatever it calls itself. */
function isCoverOfCustomer(cluster: Cluster, { level }: OrderRecord): boolean {
  return level === "bank" && cluster.level === "customer";
}

function isInCluster(settling: Settling, cluster: Cluster, order: OrderRecord): boolean {
  if (isCoverOfCustomer(cluster, order)) return true;
  const { debtor, creditor } = endsOf(order);
  if (otherAccount(cluster.debtor, debtor) || otherAccount(cluster.creditor, creditor)) return false;
  if (order.level === "cover") return cluster.level !== "bank";
  const endToEnd = realReference(order.references.endToEndId);
  if (endToEnd !== null && cluster.endToEnd !== null && endToEnd !== cluster.endToEnd) return false;
  const hop = hopOf(settling, order);
  const isOtherOnHop = cluster.legs.some(
    (leg) => hop !== null && hop === hopOf(settling, leg) && !isSameMoneyAndDay(leg, order),
  );
  return !isOtherOnHop && cluster.legs.some((leg) => followsOn(settling, leg, order) || isNearInMoney(leg, order));
}

/** Past a tenth, what two messages of one UETR differ by is no charge, unless their banks follow one another. */
const chargeShare = 10n;

function isNearInMoney(a: OrderRecord, b: OrderRecord): boolean {
  const [moneyA, moneyB] = [orderMoney(a), orderMoney(b)];
  if (moneyA === null || moneyB === null || moneyA.currency !== moneyB.currency) return true;
  const difference = moneyA.amount - moneyB.amount;
  const [larger, lost] = difference < 0n ? [moneyB.amount, -difference] : [moneyA.amount, difference];
  return lost * chargeShare <= larger;
}

/** Who pays whom in the end: of a cover, those whose payment it covers. */
function endsOf(order: OrderRecord): { debtor: Side | null; creditor: Side | null } {
  if (order.level !== "cover") return order;
  return { debtor: order.underlying?.debtor ?? null, creditor: order.underlying?.creditor ?? null };
}

/** Both name an account in the same way, and not the same one. */
export function otherAccount(a: Side | null, b: Side | null): boolean {
  const [accountA, accountB] = [a?.account ?? null, b?.account ?? null];
  if (accountA === null || accountB === null) return false;
  if (accountA.iban !== null && accountB.iban !== null) return accountA.iban !== accountB.iban;
  if (accountA.other === null || accountB.other === null) return false;
  return accountA.other.replace(/\s+/gu, "") !== accountB.other.replace(/\s+/gu, "");
}

function hopOf({ book }: Settling, order: OrderRecord): string | null {
  const [from, to] = [book.agentKey(order.instructing), book.agentKey(order.instructedAgent)];
  return from === null || to === null ? null : `${order.level} ${from} ${to}`;
}

function isSameMoneyAndDay(a: OrderRecord, b: OrderRecord): boolean {
  const [moneyA, moneyB] = [orderMoney(a), orderMoney(b)];
  return (
    moneyA?.amount === moneyB?.amount && moneyA?.currency === moneyB?.currency && a.settlementDate === b.settlementDate
  );
}

function joinByReference(settling: Settling, orders: readonly OrderRecord[], sets: DisjointSets): void {
  const named = new Map<string, number[]>();
  orders.forEach((order, i) => {
    const { endToEndId, transactionId, instructionId } = order.references;
    if (endToEndId === null && transactionId === null && instructionId === null) return;
    for (const name of sharedNames(order)) pushTo(named, name, i);
  });
  const buckets = new Map<string, number[]>();
  for (const [name, indices] of named) {
    if (indices.length === 1) continue;
    for (const i of indices) for (const key of bucketKeys(settling, name, orders[i]!)) pushTo(buckets, key, i);
  }
  for (const [key, indices] of buckets) {
    if (indices.length === 1) continue;
    indices.sort((a, b) => (orderDay(orders[a]!) ?? 0) - (orderDay(orders[b]!) ?? 0) || a - b);
    const isUnique = key.startsWith("transaction");
    const recent: number[][] = [];
    for (const i of indices) {
      const fitting = recent.slice(-rivalsMax).find((cluster) => fits(settling, orders, cluster, i, isUnique));
      if (fitting === undefined) recent.push([i]);
      else if (fitting.length < rivalsMax) {
        sets.join(fitting[0]!, i);
        fitting.push(i);
      }
    }
  }
}

function* sharedNames({ level, references }: OrderRecord): Generator<string> {
  if (level === "cover") return;
  const transaction = realReference(references.transactionId);
  const end = realReference(references.endToEndId);
  const instruction = realReference(references.instructionId);
  if (transaction !== null) yield `transaction|${transaction}`;
  if (end !== null) yield `end|${end}`;
  if (instruction !== null) yield `instruction|${instruction}`;
}

function* bucketKeys({ book }: Settling, name: string, order: OrderRecord): Generator<string> {
  const [debtor, creditor] = [book.keyOf(order.debtor), book.keyOf(order.creditor)];
  if (debtor === null || creditor === null) return;
  const monies = new Set(
    [order.settled, order.instructed].flatMap((money) => (money === null ? [] : [`${money.amount} ${money.currency}`])),
  );
  for (const money of monies) yield `${name}|${money}|${debtor}|${creditor}`;
}

function pushTo(map: Map<string, number[]>, key: string, value: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function fits(
  settling: Settling,
  orders: readonly OrderRecord[],
  cluster: readonly number[],
  one: number,
  isUnique: boolean,
): boolean {
  const order = orders[one]!;
  return cluster.every((i) => areOne(settling, orders[i]!, order, isUnique));
}

function areOne(settling: Settling, a: OrderRecord, b: OrderRecord, isUnique: boolean): boolean {
  const [uetrA, uetrB] = [realUetr(a.references.uetr), realUetr(b.references.uetr)];
  if (uetrA !== null && uetrB !== null) return uetrA === uetrB;
  if (!isNear(orderDay(a), orderDay(b), daysApartMax)) return false;
  const initiations = Number(a.level === "initiation") + Number(b.level === "initiation");
  if (initiations === 2) return false;
  if (initiations === 1) return true;
  const [messageA, messageB] = [realReference(a.references.messageId), realReference(b.references.messageId)];
  const isOneMessage = messageA !== null && messageA === messageB;
  // Two transactions inside one message are two.
  if (a.source.sha256 === b.source.sha256 && a.source.message === b.source.message) return false;
  if (isOneMessage || followsOn(settling, a, b)) return true;
  const hop = hopOf(settling, a);
  return isUnique && (hop === null || hop !== hopOf(settling, b));
}

function followsOn({ book }: Settling, a: OrderRecord, b: OrderRecord): boolean {
  const [fromA, toA] = [book.agentKey(a.instructing), book.agentKey(a.instructedAgent)];
  const [fromB, toB] = [book.agentKey(b.instructing), book.agentKey(b.instructedAgent)];
  if (fromA === fromB) return false;
  return (toA !== null && toA === fromB) || (toB !== null && toB === fromA);
}

function flowOf(
  settling: Settling,
  orders: readonly OrderRecord[],
  repeatsOf: ReadonlyMap<OrderRecord, readonly OrderRecord[]>,
): Flow {
  // Orders come in listing order, so the first is the earliest.
  const flow = newFlow("payment", settling.rankOf.get(orders[0]!)!);
  const [only] = orders;
  if (orders.length === 1 && only !== undefined && (only.level === "customer" || only.level === "bank")) {
    flow.legs = [only];
    for (const repeat of repeatsOf.get(only) ?? []) addTo(flow, "repeats", repeat);
    nameOnly(settling, flow, only);
    return flow;
  }
  const hasCustomer = orders.some(({ level }) => level === "customer");
  const legs: OrderRecord[] = [];
  for (const order of orders) {
    if (order.level === "initiation") addTo(flow, "initiations", order);
    else if (order.level === "cover" || (hasCustomer && order.level === "bank")) addTo(flow, "covers", order);
    else legs.push(order);
    for (const repeat of repeatsOf.get(order) ?? []) addTo(flow, "repeats", repeat);
  }
  flow.legs = chainLegs(settling, legs);
  nameEnds(settling, flow);
  return flow;
}

function nameOnly({ book }: Settling, flow: Flow, only: OrderRecord): void {
  flow.debtor = only.debtor;
  flow.creditor = only.creditor;
  flow.debtorKey = book.keyOf(only.debtor);
  flow.creditorKey = book.keyOf(only.creditor);
}

/** Takes the best description of each end: the first message's for the payer, the last one's for the payee. */
export function nameEnds(settling: Settling, flow: Flow): void {
  const { book } = settling;
  const orders = [...flow.legs, ...flow.initiations];
  const [only] = orders;
  if (orders.length === 1 && only !== undefined && flow.covers.length === 0) {
    nameOnly(settling, flow, only);
    return;
  }
  const covers = flow.covers.map(endsOf);
  flow.debtor = null;
  flow.creditor = null;
  for (const { debtor } of [...orders, ...covers]) flow.debtor = better(flow.debtor, debtor);
  for (const { creditor } of [...[...orders].reverse(), ...covers]) flow.creditor = better(flow.creditor, creditor);
  flow.debtorKey = book.keyOf(flow.debtor);
  flow.creditorKey = book.keyOf(flow.creditor);
}

function better(a: Side | null, b: Side | null): Side | null {
  return describedWell(b) > describedWell(a) ? b : a;
}
