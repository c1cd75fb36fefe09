import { isNear } from "../calendar-day.ts";
import { contradict, realUetr } from "../reference.ts";
import { hasAccount } from "./account-key.ts";
import { sourcesOf } from "./arrange-records.ts";
import { addTo, attach, type Flow, flowMonies, type Movement, movementsOf, type Settling } from "./flow.ts";
import type { FlowIndex } from "./flow-index.ts";
import { rivalsMax } from "./join-orders.ts";
import { backwardFlow } from "./join-returns.ts";
import { namesOfMovement } from "./match-entries.ts";
import { daysApartMax } from "./repeated-orders.ts";
import { spokenMoney } from "./spoken-money.ts";

/**
 * Makes a return of an entry that gives a payment back: the other way round on one of its accounts, with its UETR or
 * marked as a return with one of its references. Joins the return that a message or the other end's entry made, where
 * that end of it is open.
 */
export function returnByEntry(settling: Settling, original: Flow, movement: Movement): Flow | null {
  const { isCredit } = movement;
  for (const flow of original.givenBack) {
    const isOpen = flow.kind === "return" && (isCredit ? flow.credit : flow.debit) === null;
    const { pays } = flowMonies(flow);
    const isFitting = pays === null || pays.currency !== movement.money.currency || isClose(pays.amount, movement);
    if (!isOpen || !isFitting) continue;
    attach(flow, movement, "reference");
    return null;
  }
  const made = backwardFlow("return", original, movement.rank);
  attach(made, movement, "itself");
  settling.problems.push(...tooMuch(original, movement));
  return made;
}

/** A return may lose charges on its way, so its debit may be more, and its credit less, than the message has. */
function isClose(amount: bigint, { isCredit, money }: Movement): boolean {
  return isCredit ? money.amount <= amount : money.amount >= amount;
}

function tooMuch(original: Flow, { money, records }: Movement): Settling["problems"] {
  const { pays, gets, others } = flowMonies(original);
  const paid = [pays, gets, ...others].filter((one) => one?.currency === money.currency);
  if (paid.length === 0 || paid.some((one) => one!.amount >= money.amount)) return [];
  const what = `An entry gives back ${spokenMoney(money.amount, money.currency)}, which is more than was paid`;
  return [{ what, sources: sourcesOf(records) }];
}

/** The payment whose reference an entry bears that is marked as a return, on one of the payment's accounts. */
export function originalOf(index: FlowIndex, movement: Movement): Flow | null {
  const uetr = realUetr(movement.references.uetr);
  const named = [...index.ofUetr(uetr), ...namesOfMovement(movement).flatMap((name) => index.ofName(name))];
  const fits = named.filter((flow) => {
    const account = movement.isCredit ? flow.debtorKey : flow.creditorKey;
    return flow.kind === "payment" && account === movement.account;
  });
  return new Set(fits).size === 1 ? fits[0]! : null;
}

/**
 * Gives a payment and what gives it back the same two accounts. Entries may have named an end better than the messages
 * did, on the one or on the other, after the two were put together.
 */
export function agreeOnEnds(flows: readonly Flow[]): void {
  for (const { original, debit, debtor, debtorKey, credit, creditor, creditorKey } of flows) {
    if (original === null) continue;
    if (credit !== null && original.debit === null && !hasAccount(original.debtor)) {
      [original.debtor, original.debtorKey] = [creditor, creditorKey];
    }
    if (debit !== null && original.credit === null && !hasAccount(original.creditor)) {
      [original.creditor, original.creditorKey] = [debtor, debtorKey];
    }
  }
  for (const flow of flows) {
    const { original } = flow;
    if (original === null) continue;
    if (flow.debit === null) [flow.debtor, flow.debtorKey] = [original.creditor, original.creditorKey];
    if (flow.credit === null) [flow.creditor, flow.creditorKey] = [original.debtor, original.debtorKey];
  }
}

/**
 * Finds what reversals reverse (RvslInd, RC, RD) and ties them to it: an earlier entry of the same account, sign
 * turned round, of the same amount, with a reference in common, else with the same counterparty; of several equal
 * ones the latest. A reversal of which nothing says what it reverses moves all the same, and is a problem listed.
 */
export function tieReversals(settling: Settling, reversals: readonly Flow[], flows: readonly Flow[]): Flow[] {
  if (reversals.length === 0) return [];
  const booked = bookedBy(flows);
  const kept: Flow[] = [];
  for (const reversal of reversals) {
    const movement = (reversal.debit ?? reversal.credit)!;
    const found = [reversal.debit, reversal.credit].flatMap((one) =>
      one === null ? [] : originalsOf(booked.get(keyOf(one, !one.isCredit)) ?? [], one),
    );
    const original = found.at(0) ?? null;
    if (original === null) {
      settling.problems.push({
        what: `A reversal on ${movement.account} reverses nothing that is in the records; it moves by itself`,
        sources: sourcesOf(movement.records),
      });
      kept.push(reversal);
      continue;
    }
    const known = original.givenBack.find(
      (flow) => flow.kind === "reversal" && (movement.isCredit ? flow.credit : flow.debit) === null,
    );
    if (known !== undefined && (reversal.debit === null) !== (reversal.credit === null)) {
      attach(known, movement, "what it reverses");
      continue;
    }
    reversal.original = original;
    addTo(original, "givenBack", reversal);
    // The entry's own account stands; its other end is where the money came from or went.
    if (reversal.debit === null) [reversal.debtor, reversal.debtorKey] = [original.creditor, original.creditorKey];
    if (reversal.credit === null) [reversal.creditor, reversal.creditorKey] = [original.debtor, original.debtorKey];
    kept.push(reversal);
  }
  return kept;
}

function bookedBy(flows: readonly Flow[]): Map<string, { flow: Flow; movement: Movement }[]> {
  const booked = new Map<string, { flow: Flow; movement: Movement }[]>();
  for (const flow of flows) {
    if (flow.kind === "reversal") continue;
    for (const movement of movementsOf(flow)) {
      const key = keyOf(movement, movement.isCredit);
      const known = booked.get(key);
      if (known === undefined) booked.set(key, [{ flow, movement }]);
      else known.push({ flow, movement });
    }
  }
  return booked;
}

function keyOf({ account, money }: Movement, isCredit: boolean): string {
  return `${account} ${isCredit ? "+" : "-"}${money.amount} ${money.currency}`;
}

/** Of more equal entries than this on one account only the latest are looked at. Keeps reversals linear. */
const equalEntriesMax = 512;

function originalsOf(all: readonly { flow: Flow; movement: Movement }[], reversal: Movement): Flow[] {
  const day = reversal.bookingDay ?? reversal.valueDay;
  const open = all
    .slice(-equalEntriesMax)
    .filter(({ flow }) => !isReversedOn(flow, reversal))
    .filter(({ movement }) => {
      const other = movement.bookingDay ?? movement.valueDay;
      return day === null || other === null || other <= day;
    })
    .slice(-rivalsMax)
    .reverse();
  const names = new Set(namesOfMovement(reversal));
  const uetr = realUetr(reversal.references.uetr);
  const named = open.filter(
    ({ movement }) =>
      (uetr !== null && realUetr(movement.references.uetr) === uetr) ||
      namesOfMovement(movement).some((name) => names.has(name)),
  );
  if (named.length > 0) return named.map(({ flow }) => flow);
  const near = open.filter(
    ({ movement }) =>
      !contradict(movement.references, reversal.references) &&
      movement.counterpartyKey === reversal.counterpartyKey &&
      isNear(movement.bookingDay, reversal.bookingDay, daysApartMax),
  );
  return near.map(({ flow }) => flow);
}

/** This account's entry of the payment was reversed already. */
function isReversedOn(flow: Flow, { account, isCredit }: Movement): boolean {
  return flow.givenBack.some(
    (back) => back.kind === "reversal" && (isCredit ? back.credit : back.debit)?.account === account,
  );
}
