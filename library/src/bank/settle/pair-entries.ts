import { isNear } from "../calendar-day.ts";
import { contradict, namesIn, realUetr } from "../reference.ts";
import { hasAccount, normaliseName } from "./account-key.ts";
import { sourcesOf } from "./arrange-records.ts";
import { attach, type Flow, type Movement, newFlow, type Settling } from "./flow.ts";
import { rivalsMax } from "./join-orders.ts";
import { daysApartMax } from "./repeated-orders.ts";

/**
 * Makes payments of the entries that book none: the debit at one bank and the credit at the other are one, where both
 * are in the records. They belong together by UETR; or by an end-to-end, transaction, instruction, message or
 * clearing reference with the same amount and currency, within 5 days; or by the same amount and currency, where each
 * names the other's account: on one day, else the credit within 5 days after the debit, as over a weekend. Neither may
 * name another account as its counterparty. Of equal debits and equal credits as many are paired as there are of both,
 * in listing order, and where one is left over that is a problem listed.
 *
 * An entry that stays alone is a payment between its account and its counterparty.
 */
export function pairEntries(settling: Settling, movements: readonly Movement[]): Flow[] {
  const pairs = new Map<Movement, Movement>();
  const debits = movements.filter(({ isCredit, remainder }) => !isCredit && remainder === null);
  const credits = movements.filter(({ isCredit, remainder }) => isCredit && remainder === null);
  pairBy(settling, { debits, credits, pairs }, referenceKeys);
  const leftOver = pairBy(settling, { debits, credits, pairs }, sameDayKeys);
  pairBy(settling, { debits, credits, pairs }, laterDayKeys);
  const paired = new Set(pairs.values());
  for (const { debit, credit } of leftOver) if (!paired.has(credit)) tellOfLeftOver(settling, debit, credit);
  const flows: Flow[] = [];
  for (const movement of movements) {
    if (paired.has(movement)) continue;
    const other = pairs.get(movement);
    flows.push(flowOf(settling, movement, other ?? null));
  }
  return flows;
}

interface Sides {
  readonly debits: readonly Movement[];
  readonly credits: readonly Movement[];
  /** From a debit to its credit. */
  readonly pairs: Map<Movement, Movement>;
}

type Keys = (movement: Movement) => Iterable<string>;

interface LeftOver {
  readonly debit: Movement;
  readonly credit: Movement;
}

/** @returns credits that are left over where there were not as many debits, each with one of those */
function pairBy(settling: Settling, { debits, credits, pairs }: Sides, keysOf: Keys): LeftOver[] {
  const leftOver: LeftOver[] = [];
  const open = new Map<string, Movement[]>();
  for (const debit of debits) {
    if (pairs.has(debit)) continue;
    for (const key of keysOf(debit)) {
      const known = open.get(key);
      if (known === undefined) open.set(key, [debit]);
      else known.push(debit);
    }
  }
  const starts = new Map<string, number>();
  const taken = new Set(pairs.values());
  for (const credit of credits) {
    if (taken.has(credit)) continue;
    for (const key of keysOf(credit)) {
      const list = open.get(key);
      if (list === undefined) continue;
      let start = starts.get(key) ?? 0;
      while (start < list.length && pairs.has(list[start]!)) start++;
      starts.set(key, start);
      const debit = list
        .slice(start, start + rivalsMax)
        .find((one) => !pairs.has(one) && areOne(settling, one, credit, key));
      if (debit === undefined) {
        if (start > 0) leftOver.push({ debit: list[start - 1]!, credit });
        continue;
      }
      pairs.set(debit, credit);
      break;
    }
  }
  return leftOver;
}

function tellOfLeftOver(settling: Settling, debit: Movement, credit: Movement): void {
  settling.problems.push({
    what: `More equal credits on ${credit.account} than debits on ${debit.account} on one day; one stays alone`,
    sources: sourcesOf([debit.records[0]!, credit.records[0]!]),
  });
}

function* referenceKeys({ references, money, isReversal, isReturn }: Movement): Generator<string> {
  const uetr = realUetr(references.uetr);
  const what = `${isReversal} ${isReturn}`;
  if (uetr !== null) yield `uetr ${uetr} ${what}`;
  for (const name of namesIn(references)) yield `name ${name} ${money.amount} ${money.currency} ${what}`;
}

function* sameDayKeys(movement: Movement): Generator<string> {
  const days = new Set([movement.bookingDay, movement.valueDay].filter((day) => day !== null));
  for (const key of mutualKeys(movement)) for (const day of days) yield `${day} ${key}`;
}

function* laterDayKeys(movement: Movement): Generator<string> {
  for (const key of mutualKeys(movement)) yield `later ${key}`;
}

function* mutualKeys({ account, counterpartyKey, isCredit, money, ...what }: Movement): Generator<string> {
  if (counterpartyKey === null) return;
  const ends = isCredit ? `${counterpartyKey} ${account}` : `${account} ${counterpartyKey}`;
  yield `${ends} ${money.amount} ${money.currency} ${what.isReversal} ${what.isReturn}`;
}

function areOne(settling: Settling, debit: Movement, credit: Movement, key: string): boolean {
  if (debit.account === credit.account) return false;
  const [left, came] = [debit, credit].map((one) => one.bookingDay ?? one.valueDay);
  if (!key.startsWith("uetr") && !isNear(left!, came!, daysApartMax)) return false;
  if (key.startsWith("later") && left! > came!) return false;
  if (contradict(debit.references, credit.references)) return false;
  return mayFace(settling, debit, credit) && mayFace(settling, credit, debit);
}

/** What the one says of its counterparty fits the other's account. */
function mayFace({ book }: Settling, one: Movement, other: Movement): boolean {
  if (one.counterpartyKey === null || one.counterpartyKey === other.account) return true;
  const side = one.records.find(({ counterparty }) => book.keyOf(counterparty) === one.counterpartyKey)?.counterparty;
  if (side === undefined || hasAccount(side)) return false;
  const [bank, otherBank] = [book.agentKey(side.agent), book.agentKey(other.side.agent)];
  if (bank !== null && otherBank !== null && bank !== otherBank) return false;
  const [name, otherName] = [side, other.side].map(({ party }) => normaliseName(party?.name ?? ""));
  return name === "" || otherName === "" || name === otherName;
}

function flowOf({ book }: Settling, movement: Movement, other: Movement | null): Flow {
  const flow = newFlow(movement.isReversal ? "reversal" : "payment", Math.min(movement.rank, other?.rank ?? Infinity));
  if (other === null && movement.remainder === null) {
    // The counterparty as the entry has it; an own entry of the other end would have named it better.
    const side = movement.records.find(({ counterparty }) => book.keyOf(counterparty) === movement.counterpartyKey);
    if (movement.isCredit) flow.debtor = side?.counterparty ?? null;
    else flow.creditor = side?.counterparty ?? null;
    if (movement.isCredit) flow.debtorKey = movement.counterpartyKey;
    else flow.creditorKey = movement.counterpartyKey;
  }
  attach(flow, movement, "itself");
  if (other !== null) attach(flow, other, "the other end's entry");
  return flow;
}
