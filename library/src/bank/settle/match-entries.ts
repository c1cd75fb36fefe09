import { isNear } from "../calendar-day.ts";
import type { Side } from "../record.ts";
import { namesIn, realOnes, realUetr } from "../reference.ts";
import { hasAccount, normaliseName } from "./account-key.ts";
import { sourcesOf } from "./arrange-records.ts";
import { isCharge } from "./charge-entry.ts";
import { lastWord } from "./fate.ts";
import { addTo, attach, type Flow, flowDay, flowMonies, type Movement, type Settling } from "./flow.ts";
import type { FlowIndex } from "./flow-index.ts";
import { matchUnnamed } from "./match-unnamed.ts";
import { daysApartMax } from "./repeated-orders.ts";

/**
 * Finds the payments that entries book, so that each is one movement. In this order, each entry with one payment and
 * each end of a payment with one entry:
 *
 * 1. by UETR: a debit of the payer's account or a credit of the payee's, whatever the amount (charges, exchange). An
 *    entry on another account is on the way (a bank's account with another) and moves nothing more.
 * 2. by end-to-end, transaction, instruction, message, servicer's or clearing reference, on the payer's or payee's
 *    account, within 5 days: the same amount; or, where only one payment bears the reference, a debit of more, a credit
 *    of less, or another currency.
 * 3. a debit that is the sum of all orders of a message, or of a block of one (PmtInfId), that it names, on the payer's
 *    account; those that were rejected left out.
 * 4. by account, amount, day and counterparty; 5. by account, amount and day where the entry names no counterparty.
 *    See `match-unnamed.ts`.
 *
 * Where an entry fits several payments equally well, it counts as the first of them that no entry books yet, and that
 * is a problem listed. It is one of them for certain; which one changes who was paid by which booking, but not what
 * moved; counting it beside them would move money that nobody moved.
 *
 * @returns the entries that book no payment, in order, and those that may give one back
 */
export function matchEntries(
  settling: Settling,
  { flows, index }: { flows: readonly Flow[]; index: FlowIndex },
  movements: readonly Movement[],
): { left: Movement[]; backward: { movement: Movement; original: Flow }[] } {
  const backward: { movement: Movement; original: Flow }[] = [];
  const batchesTried = new Set<string>();
  // Exact amounts first: a charge that is booked by itself may bear the reference of what it was taken for.
  const inexact = movements.filter((movement) => {
    if (movement.remainder !== null || movement.isReversal) return true;
    if (matchAmong(settling, index.ofUetr(realUetr(movement.references.uetr)), movement, byUetrExactly)) return false;
    return !matchByName(settling, index, movement, batchesTried);
  });
  const unnamed = inexact.filter((movement) => {
    if (movement.remainder !== null || movement.isReversal || isCharge(movement)) return true;
    const byUetr = index.ofUetr(realUetr(movement.references.uetr));
    if (matchAmong(settling, byUetr, movement, byUetrAlone)) return false;
    const original = byUetr.find((flow) => flow.kind === "payment" && isBackward(flow, movement));
    const passing = byUetr.find((flow) => flow.kind === "payment" && isPassage(flow, movement));
    if (original !== undefined) backward.push({ movement, original });
    else if (passing !== undefined) addTo(passing, "passages", movement);
    else {
      const names = byUetr.length > 0 ? [] : namesOfMovement(movement);
      return !names.some((name) => matchAmong(settling, index.ofName(name), movement, byNameAlone));
    }
    return false;
  });
  return { left: matchUnnamed(settling, flows, unnamed), backward };
}

export function namesOfMovement({ references, records }: Movement): string[] {
  return realOnes([
    ...namesIn(references),
    references.related,
    ...records.flatMap((one) => [one.servicerReference, one.entryReference]),
  ]);
}

/** The account is neither end's: the money passed through it. */
function isPassage(flow: Flow, { account }: Movement): boolean {
  return flow.debtorKey !== account && flow.creditorKey !== account;
}

function isBackward(flow: Flow, { account, isCredit }: Movement): boolean {
  return (isCredit ? flow.debtorKey : flow.creditorKey) === account && flow.debtorKey !== flow.creditorKey;
}

function matchByName(settling: Settling, index: FlowIndex, movement: Movement, batchesTried: Set<string>): boolean {
  const uetr = realUetr(movement.references.uetr);
  if (uetr !== null && index.ofUetr(uetr).length > 0) return false;
  const names = namesOfMovement(movement);
  if (names.some((name) => matchAmong(settling, index.ofName(name), movement, byNameExactly))) return true;
  return !movement.isCredit && names.some((name) => matchBatch(index.ofMessage(name), name, movement, batchesTried));
}

/** How an entry is compared, and how well it must fit at least; see {@link fitOf}. */
interface Comparison {
  readonly by: "UETR" | "reference";
  readonly scoreMin: number;
}

const byUetrExactly: Comparison = { by: "UETR", scoreMin: 2 };
const byUetrAlone: Comparison = { by: "UETR", scoreMin: 0 };
const byNameExactly: Comparison = { by: "reference", scoreMin: 2 };
const byNameAlone: Comparison = { by: "reference", scoreMin: 1 };

interface Fit {
  readonly flow: Flow;
  readonly score: number;
  readonly daysApart: number;
}

function matchAmong(settling: Settling, flows: readonly Flow[], movement: Movement, how: Comparison): boolean {
  const fits: Fit[] = [];
  const isUetr = how.by === "UETR";
  for (const flow of flows) {
    const score = fitOf(settling, flow, movement, isUetr);
    if (score === null || score < how.scoreMin) continue;
    const [day, other] = [flowDay(flow), movement.bookingDay ?? movement.valueDay];
    fits.push({ flow, score, daysApart: day === null || other === null ? 0 : Math.abs(day - other) });
  }
  fits.sort((a, b) => b.score - a.score || a.daysApart - b.daysApart || a.flow.rank - b.flow.rank);
  const [best, next] = fits;
  if (best === undefined) return false;
  // A reference that several payments bear says too little where the amount is another one.
  if (!isUetr && best.score < 2 && fits.length > 1) return false;
  const isTie = next !== undefined && next.score === best.score && next.daysApart === best.daysApart;
  if (isTie && endsOf(best.flow) !== endsOf(next.flow)) {
    settling.problems.push({
      what: "An entry fits several payments by its reference; it counts as the first of them, once",
      sources: sourcesOf([movement.records[0]!, ...[best, next].flatMap(({ flow }) => flow.legs.slice(0, 1))]),
    });
  }
  attach(best.flow, movement, how.by);
  if (best.score === 0) {
    settling.problems.push({
      what: `An entry on ${movement.account} books a payment with an amount that its messages do not explain`,
      sources: sourcesOf([movement.records[0]!, ...best.flow.legs.slice(0, 1)]),
    });
  }
  return true;
}

const endsOf = ({ debtorKey, creditorKey }: Flow) => `${debtorKey}|${creditorKey}`;

/** 2 the same amount, 1 one that charges or exchange explain, 0 (by UETR only) neither; null: not this payment. */
function fitOf(settling: Settling, flow: Flow, movement: Movement, isUetr: boolean): number | null {
  if ((movement.isCredit ? flow.credit : (flow.debit ?? flow.batch)) !== null) return null;
  if (movement.isReturn && flow.kind !== "return") return null;
  if (!isEndOf(settling, flow, movement)) return null;
  if (!isUetr && !isNear(flowDay(flow), movement.bookingDay ?? movement.valueDay, daysApartMax)) return null;
  const { pays, gets, others } = flowMonies(flow);
  const { currency, amount } = movement.money;
  const isExact = [pays, gets, ...others].some((money) => money?.currency === currency && money.amount === amount);
  if (isExact) return 2;
  const expected = movement.isCredit ? gets : pays;
  if (expected === null || expected.currency !== currency) return 1;
  const isExplained = movement.isCredit ? amount < expected.amount : amount > expected.amount;
  return isExplained ? 1 : isUetr ? 0 : null;
}

/** The entry's account is the payer's (a debit) or the payee's (a credit), or nothing speaks against it. */
function isEndOf({ book }: Settling, flow: Flow, { account, side, isCredit }: Movement): boolean {
  const [key, end] = isCredit ? [flow.creditorKey, flow.creditor] : [flow.debtorKey, flow.debtor];
  if (key === account) return true;
  // The other end is this account: money does not go from an account to itself.
  if ((isCredit ? flow.debtorKey : flow.creditorKey) === account) return false;
  // Of a return whose payment is not known yet the ends are not either.
  if (end === null) return flow.kind === "payment";
  if (hasAccount(end)) return false;
  const [bank, otherBank] = [book.agentKey(end.agent), book.agentKey(side.agent)];
  if (bank !== null && otherBank !== null && bank !== otherBank) return false;
  const [name, otherName] = [nameOf(end), nameOf(side)];
  if (name !== "" && otherName !== "") return name === otherName;
  return bank !== null && bank === otherBank;
}

const nameOf = (side: Side) => normaliseName(side.party?.name ?? "");

/** One debit for all orders of a message: the way in which banks book a file of payments. */
function matchBatch(flows: readonly Flow[], name: string, movement: Movement, tried: Set<string>): boolean {
  const key = `${name} ${movement.account} ${movement.money.amount} ${movement.money.currency}`;
  if (flows.length < 2 || tried.has(key)) return false;
  tried.add(key);
  const open = flows.filter(
    (flow) =>
      flow.debit === null &&
      flow.batch === null &&
      flow.debtorKey === movement.account &&
      !["rejected", "held"].includes(lastWord(flow).fate ?? ""),
  );
  let sum = 0n;
  for (const flow of open) {
    const { pays } = flowMonies(flow);
    if (pays === null || pays.currency !== movement.money.currency) return false;
    sum += pays.amount;
  }
  if (open.length < 2 || sum !== movement.money.amount) return false;
  for (const flow of open) {
    flow.batch = movement;
    addTo(flow, "matched", "debit in one sum with others of its message");
  }
  return true;
}
