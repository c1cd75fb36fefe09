import { dateOfDay } from "../calendar-day.ts";
import type { PlainOrders } from "../csv/plain-orders.ts";
import type { BankRecord, Side } from "../record.ts";
import type { BankAccount, SettledBank, Unsettled } from "../settled.ts";
import { describedWell } from "./account-key.ts";
import { sourcesOf } from "./arrange-records.ts";
import { attachStatuses, attachTexts, recallCases, recallOf } from "./attach-messages.ts";
import { beginSettling, type OfKind } from "./begin-settling.ts";
import { bookMovements } from "./book-movements.ts";
import { outcomeOf } from "./fate.ts";
import { type Flow, flowDay, flowMonies, type Movement, recordsOf, type Settling } from "./flow.ts";
import { FlowIndex } from "./flow-index.ts";
import { agreeOnEnds, originalOf, returnByEntry, tieReversals } from "./give-back.ts";
import { joinCovers } from "./join-covers.ts";
import { joinOrders } from "./join-orders.ts";
import { joinReturns, tieOrphans } from "./join-returns.ts";
import { coverageOf, knownBalances, type Settled } from "./known-balances.ts";
import { matchEntries } from "./match-entries.ts";
import { orderPayments, withRows } from "./order-payments.ts";
import { pairEntries } from "./pair-entries.ts";
import { nameFlows } from "./payment-key.ts";
import { paymentOf } from "./payment-of-flow.ts";
import { rowPayments } from "./payment-of-row.ts";
import { rowAccounts } from "./plain-rows.ts";
import { reconcile, statementChains } from "./reconcile.ts";
import { dropRepeats } from "./repeated-orders.ts";
import { statementDocuments } from "./statement-documents.ts";
import { unifyEntries } from "./unify-entries.ts";
import { unsettledEntries } from "./unsettled-entries.ts";

/**
 * Makes of all records of a bank ledger what moved, what did not, and why. The result does not depend on the order in
 * which records or files are given, and the same record twice changes nothing. How accounts are told apart is stated
 * in `account-key.ts`; what makes two messages one payment in `join-orders.ts` and `join-covers.ts`; two tellings one
 * entry in `unify-entries.ts`; an entry and a payment one movement in `match-entries.ts` and `pair-entries.ts`; what
 * counts as settled in `fate.ts`; what the amounts on the way become in `payment-of-flow.ts`.
 *
 * All records are in memory. Time is linear in their number but for sorting: whatever is compared is found by hash,
 * and of what is alike in all that is hashed at most `rivalsMax` are compared.
 *
 * @param records as the readers of this room give them; amounts are whole numbers of minor units in digits
 * @param files rows that `readBankFiles` gave in place of records: they come to what their records would
 */
export function settleRecords(records: Iterable<BankRecord>, files: readonly PlainOrders[] = []): SettledBank {
  const { settling, ofKind, plain } = beginSettling(records, files);
  for (const id of settling.book.unsureIds()) {
    const what = `The account ${id.slice(0, 40)} is named without its bank, and several banks have one; it stays apart`;
    settling.problems.push({ what, sources: [] });
  }
  const documents = statementDocuments(settling, ofKind("statement"), ofKind("entry"));
  const entries = unifyEntries(settling, documents);
  const { movements, announced } = bookMovements(settling, entries);
  const { flows, index } = flowsOf(settling, ofKind, movements);
  attachTexts(settling, ofKind("text"), index);
  const cases = recallCases(settling, [...ofKind("recall"), ...ofKind("recall-answer")], index);
  const notBooked = unsettledEntries(settling, announced, index);
  nameFlows(flows, plain);
  const { settled, unsettled } = settleFlows(settling, flows);
  const ordered = orderPayments(settling, settled);
  const chains = statementChains(documents);
  const reconciled = reconcile(settling, documents, chains);
  const rows = rowPayments(plain);
  const ofRows = rowAccounts(plain);
  const openings = knownBalances(documents, ordered, rows);
  const coverage = coverageOf(documents, { chains, reconciled }, ordered, { payments: rows, payers: ofRows.payers });
  const all = [...unsettled, ...notBooked];
  const named = namedAccounts(ordered, all, [...documents.map(({ account }) => account), ...ofRows.all]);
  return {
    payments: withRows(ordered, rows),
    unsettled: all,
    recalls: cases.map((one) => recallOf(settling, one)),
    accounts: accountsOf(settling, named, coverage),
    openings,
    statements: reconciled,
    problems: settling.problems,
  };
}

/** Everything that may be a payment: from orders, from what gives back, and from entries that no message explains. */
function flowsOf(settling: Settling, ofKind: OfKind, movements: readonly Movement[]) {
  const index = new FlowIndex();
  const orders = joinCovers(settling, joinOrders(settling, dropRepeats(settling, ofKind("order"))));
  for (const flow of orders) index.add(flow);
  attachStatuses(settling, ofKind("status"), index);
  const { returns, orphans } = joinReturns(settling, ofKind("return"), index);
  for (const flow of [...returns, ...orphans]) index.add(flow);
  const flows = [...orders, ...returns, ...orphans];
  const { left, backward } = matchEntries(settling, { flows, index }, movements);
  const add = (flow: Flow | null) => {
    if (flow === null) return;
    flows.push(flow);
    index.add(flow);
  };
  for (const { movement, original } of backward) add(returnByEntry(settling, original, movement));
  const paired = pairEntries(
    settling,
    left.filter(({ isReturn }) => !isReturn),
  );
  for (const flow of paired) if (flow.kind !== "reversal") add(flow);
  tieOrphans(settling, orphans, index);
  const stray: Movement[] = [];
  for (const movement of left.filter(({ isReturn }) => isReturn)) {
    const original = originalOf(index, movement);
    if (original === null) stray.push(movement);
    else add(returnByEntry(settling, original, movement));
  }
  for (const flow of pairEntries(settling, stray)) add(flow);
  const reversals = paired.filter(({ kind }) => kind === "reversal");
  for (const flow of tieReversals(settling, reversals, flows)) add(flow);
  agreeOnEnds(flows);
  return { flows, index };
}

function settleFlows(settling: Settling, flows: readonly Flow[]): { settled: Settled[]; unsettled: Unsettled[] } {
  const settled: Settled[] = [];
  const unsettled: Unsettled[] = [];
  for (const flow of [...flows].sort((a, b) => a.rank - b.rank)) {
    const outcome = outcomeOf(flow);
    if (!outcome.moved) {
      const { currency, amount } = flowMonies(flow).pays ?? { currency: "XXX", amount: 0n };
      unsettled.push({
        key: flow.key,
        fate: outcome.fate,
        currency,
        amount,
        from: flow.debtorKey,
        to: flow.creditorKey,
        date: dateOfDay(flowDay(flow)),
        why: outcome.why,
        sources: sourcesOf(recordsOf(flow)),
      });
      continue;
    }
    if (outcome.problem !== null) settling.problems.push(outcome.problem);
    const payment = paymentOf(settling, flow);
    if (payment !== null) settled.push({ payment, flow });
    else {
      const what = "A payment of nothing: no amount is given, or 0";
      settling.problems.push({ what, sources: sourcesOf(recordsOf(flow)) });
    }
  }
  return { settled, unsettled };
}

function namedAccounts(
  settled: readonly Settled[],
  unsettled: readonly Unsettled[],
  others: readonly string[],
): Set<string> {
  const named = new Set(others);
  const add = ({ from, to }: { readonly from: string | null; readonly to: string | null }) => {
    if (from !== null) named.add(from);
    if (to !== null) named.add(to);
  };
  for (const { payment } of settled) for (const transfer of payment.transfers) add(transfer);
  for (const one of unsettled) add(one);
  return named;
}

function accountsOf(
  { book }: Settling,
  named: ReadonlySet<string>,
  coverage: (account: string) => BankAccount["coverage"],
): BankAccount[] {
  const sides = new Map<string, { side: Side; readonly names: Set<string> }>();
  for (const { key, side } of book.described()) {
    if (!named.has(key)) continue;
    let known = sides.get(key);
    if (known === undefined) {
      known = { side, names: new Set() };
      sides.set(key, known);
    } else if (describedWell(side) > describedWell(known.side)) known.side = side;
    const name = side.party?.name ?? null;
    if (name !== null) known.names.add(name);
  }
  const nobody: Side = { account: null, party: null, agent: null };
  return [...named].sort().map((key) => ({
    key,
    side: sides.get(key)?.side ?? nobody,
    names: [...(sides.get(key)?.names ?? [])].sort(),
    coverage: coverage(key),
  }));
}
