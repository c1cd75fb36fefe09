import { dayOfDate, isNear } from "../calendar-day.ts";
import type { Original, References } from "../record.ts";
import { isUnnamed, namesIn, originalNames, realOnes, realReference, realUetr } from "../reference.ts";
import { type Flow, flowDay, flowMonies, moneyOf, movementsOf, onlyOrderOf } from "./flow.ts";
import { rivalsMax } from "./join-orders.ts";
import { daysApartMax } from "./repeated-orders.ts";

/** Finds payments by what others call them. */
export class FlowIndex {
  readonly #byUetr = new Map<string, Flow[]>();
  readonly #byName = new Map<string, Flow[]>();
  readonly #byMessage = new Map<string, Flow[]>();
  readonly #names = new Map<Flow, ReadonlySet<string>>();

  add(flow: Flow): void {
    const only = onlyOrderOf(flow);
    if (only !== null && isUnnamed(only.references)) return;
    for (const uetr of uetrsOf(flow)) pushTo(this.#byUetr, uetr, flow);
    const names = namesOf(flow);
    if (names.size > 0) this.#names.set(flow, names);
    for (const name of names) pushTo(this.#byName, name, flow);
    for (const id of messagesOf(flow)) pushTo(this.#byMessage, id, flow);
  }

  /** In listing order, at most {@link rivalsMax}. */
  ofUetr(uetr: string | null): readonly Flow[] {
    return uetr === null ? [] : firstOf(this.#byUetr.get(uetr));
  }

  ofName(name: string): readonly Flow[] {
    return firstOf(this.#byName.get(name));
  }

  /** All payments that one message, or one block of a customer's file, orders. */
  ofMessage(id: string | null): readonly Flow[] {
    const real = realReference(id);
    return real === null ? [] : (this.#byMessage.get(real) ?? []);
  }

  /**
   * The payment that another message is about: of those with the UETR, else with one of the ids, the one with which
   * most of what is given agrees and nothing disagrees in every point. `several` where two agree equally well.
   */
  find(original: Original): Flow | "several" | null {
    const uetr = realUetr(original.uetr);
    const byUetr = this.#bestOf(this.ofUetr(uetr), original);
    if (byUetr !== null) return byUetr;
    for (const name of originalNames(original)) {
      const candidates = this.ofName(name).filter((flow) => {
        const uetrs = uetrsOf(flow);
        return uetr === null || uetrs.length === 0 || uetrs.includes(uetr);
      });
      const best = this.#bestOf(
        candidates.filter((flow) => this.#agreement(flow, original) > 0),
        original,
      );
      if (best !== null) return best;
    }
    return null;
  }

  #bestOf(flows: readonly Flow[], original: Original): Flow | "several" | null {
    // What gives money back bears the names of what it gives back, and is not meant by them.
    const payments = flows.filter(({ kind }) => kind === "payment");
    if (payments.length < 2) return payments[0] ?? null;
    let best: Flow | null = null;
    let bestAgreement = Number.NEGATIVE_INFINITY;
    let isTie = false;
    for (const flow of payments) {
      const agrees = this.#agreement(flow, original);
      isTie = agrees === bestAgreement || (isTie && agrees < bestAgreement);
      if (agrees <= bestAgreement) continue;
      best = flow;
      bestAgreement = agrees;
    }
    return isTie ? "several" : best;
  }

  /** One for each thing that is the same, less one for each that is given and differs. */
  #agreement(flow: Flow, original: Original): number {
    const names = this.#names.get(flow);
    let agrees = 0;
    for (const name of originalNames(original)) agrees += names?.has(name) ? 1 : -1;
    if (original.money !== null) {
      const { currency, amount } = moneyOf(original.money);
      const monies = [...flowMonies(flow).others, ...[...movementsOf(flow)].map(({ money }) => money)];
      agrees += monies.some((money) => money.currency === currency && money.amount === amount) ? 1 : -1;
    }
    const day = dayOfDate(original.settlementDate);
    if (day !== null) agrees += isNear(day, flowDay(flow), daysApartMax) ? 0 : -1;
    return agrees;
  }
}

function firstOf(flows: readonly Flow[] | undefined): readonly Flow[] {
  if (flows === undefined) return [];
  return flows.length > rivalsMax ? flows.slice(0, rivalsMax) : flows;
}

export function uetrsOf(flow: Flow): readonly string[] {
  const uetrs: string[] = [];
  for (const { references } of flow.legs) addUetr(uetrs, references.uetr);
  for (const { references } of flow.initiations) addUetr(uetrs, references.uetr);
  for (const { references } of flow.covers) addUetr(uetrs, references.uetr);
  for (const { references, original } of flow.returnRecords) {
    addUetr(uetrs, references.uetr);
    addUetr(uetrs, original.uetr);
  }
  if (flow.debit !== null) addUetr(uetrs, flow.debit.references.uetr);
  if (flow.credit !== null) addUetr(uetrs, flow.credit.references.uetr);
  if (flow.batch !== null) addUetr(uetrs, flow.batch.references.uetr);
  for (const { references } of flow.passages) addUetr(uetrs, references.uetr);
  return uetrs;
}

function addUetr(uetrs: string[], text: string | null): void {
  const uetr = realUetr(text);
  if (uetr !== null && !uetrs.includes(uetr)) uetrs.push(uetr);
}

function namesOf(flow: Flow): Set<string> {
  const names = new Set<string>();
  const add = (text: string | null) => {
    const name = realReference(text);
    if (name !== null) names.add(name);
  };
  const addAll = (references: References) => {
    for (const name of namesIn(references)) names.add(name);
  };
  for (const orders of [flow.legs, flow.initiations, flow.covers, flow.repeats]) {
    for (const { references } of orders) addAll(references);
  }
  for (const { references, original } of flow.returnRecords) {
    addAll(references);
    for (const name of originalNames(original)) names.add(name);
  }
  for (const { references, records } of movementsOf(flow)) {
    addAll(references);
    for (const one of records) {
      add(one.servicerReference);
      add(one.references.related);
    }
  }
  return names;
}

function messagesOf(flow: Flow): Set<string> {
  const messages = [...flow.legs, ...flow.initiations].map(({ references }) => references.messageId);
  return new Set(realOnes([...messages, ...flow.initiations.map(({ references }) => references.related)]));
}

function pushTo(map: Map<string, Flow[]>, key: string, flow: Flow): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [flow]);
  else known.push(flow);
}
