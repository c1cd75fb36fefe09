import { isNear } from "../calendar-day.ts";
import type { OrderRecord, Side } from "../record.ts";
import { namesIn, realOnes, realUetr } from "../reference.ts";
import { normaliseName } from "./account-key.ts";
import { sourcesOf } from "./arrange-records.ts";
import { addTo, type Flow, flowDay, flowMonies, orderDay, orderMoney, ordersOf, type Settling } from "./flow.ts";
import { nameEnds, otherAccount, rivalsMax } from "./join-orders.ts";
import { daysApartMax } from "./repeated-orders.ts";

/**
 * Joins covers that no UETR joined (MT202COV, pacs.009 COV) to the payments that they cover: the cover's related
 * reference (field 21), end-to-end, transaction or instruction id is a reference of the payment, and the payer and
 * payee that the cover names are the payment's; where it names none, currency and amount must be the same. A cover
 * that fits several payments covers the one of the same amount; where that is still several, it stays alone and is a
 * problem. It moves nothing either way.
 */
export function joinCovers(settling: Settling, flows: readonly Flow[]): Flow[] {
  const alone = flows.filter(isCoverAlone);
  if (alone.length === 0) return [...flows];
  const byName = namedFlows(flows);
  const joined = new Set<Flow>();
  for (const flow of alone) {
    const payment = coveredBy(settling, flow.covers[0]!, byName);
    if (payment === null) continue;
    for (const cover of flow.covers) addTo(payment, "covers", cover);
    for (const repeat of flow.repeats) addTo(payment, "repeats", repeat);
    payment.rank = Math.min(payment.rank, flow.rank);
    nameEnds(settling, payment);
    joined.add(flow);
  }
  return flows.filter((flow) => !joined.has(flow));
}

/** Nothing but covers: the payment itself is not there. */
export function isCoverAlone(flow: Flow): boolean {
  return flow.legs.length === 0 && flow.initiations.length === 0 && flow.covers.length > 0;
}

function namedFlows(flows: readonly Flow[]): Map<string, Flow[]> {
  const byName = new Map<string, Flow[]>();
  for (const flow of flows) {
    if (isCoverAlone(flow)) continue;
    for (const name of new Set([...flow.legs, ...flow.initiations].flatMap(({ references }) => namesIn(references)))) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [flow]);
      else known.push(flow);
    }
  }
  return byName;
}

function coveredBy(settling: Settling, cover: OrderRecord, byName: ReadonlyMap<string, Flow[]>): Flow | null {
  const { related, endToEndId, transactionId, instructionId } = cover.references;
  for (const name of realOnes([related, endToEndId, transactionId, instructionId])) {
    const fitting = (byName.get(name) ?? []).slice(0, rivalsMax).filter((flow) => isCoverOf(cover, flow));
    const exact = fitting.filter((flow) => isSameAmount(cover, flow));
    const best = fitting.length > 1 ? exact : fitting;
    if (best.length === 1) return best[0]!;
    if (fitting.length > 1) {
      settling.problems.push({
        what: `A cover names ${name.slice(0, 40)}, which ${fitting.length} payments bear; it is joined to none of them`,
        sources: sourcesOf([cover, ...fitting.slice(0, 3).flatMap((flow) => flow.legs.slice(0, 1))]),
      });
      return null;
    }
  }
  return null;
}

function isCoverOf(cover: OrderRecord, flow: Flow): boolean {
  const uetr = realUetr(cover.references.uetr);
  const others = ordersOf(flow).map(({ references }) => realUetr(references.uetr));
  if (uetr !== null && others.some((other) => other !== null && other !== uetr)) return false;
  if (!isNear(orderDay(cover), flowDay(flow), daysApartMax)) return false;
  const { underlying } = cover;
  if (underlying === null) return isSameAmount(cover, flow);
  if (otherAccount(underlying.debtor, flow.debtor) || otherAccount(underlying.creditor, flow.creditor)) return false;
  return isSameParty(underlying.debtor, flow.debtor) || isSameParty(underlying.creditor, flow.creditor);
}

function isSameParty(a: Side | null, b: Side | null): boolean {
  if (a === null || b === null) return false;
  if (a.account?.iban != null && a.account.iban === b.account?.iban) return true;
  if (a.account?.other != null && a.account.other === b.account?.other) return true;
  const name = normaliseName(a.party?.name ?? "");
  return name !== "" && name === normaliseName(b.party?.name ?? "");
}

function isSameAmount(cover: OrderRecord, flow: Flow): boolean {
  const money = orderMoney(cover);
  return flowMonies(flow).others.some(
    ({ currency, amount }) => money !== null && currency === money.currency && amount === money.amount,
  );
}
