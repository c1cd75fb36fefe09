import { type Day, dayOfDate, dayOfInstant } from "../calendar-day.ts";
import type { Source } from "../record.ts";
import type { BankAccount, BankTransfer, KnownBalance, Payment, Reconciled } from "../settled.ts";
import { isUnnamedEnd } from "../unnamed-end.ts";
import type { Flow, Movement } from "./flow.ts";
import { followsOn, type StatementChains } from "./reconcile.ts";
import { balanceMoney, boundsOf, periodOf, type StatementDocument } from "./statement-documents.ts";

/** A payment with what it was made of. */
export interface Settled {
  readonly payment: Payment;
  readonly flow: Flow;
}

interface Opening {
  readonly account: string;
  readonly currency: string;
  readonly from: Day;
  readonly source: Source;
  amount: bigint;
}

/**
 * The balance of each account before the first payment of the ledger: the opening of its earliest statement (or
 * report), less what the ledger moved on it before that statement's first day. A payment counts on the day on which
 * the account's own entry books it, where there is one.
 */
export function knownBalances(
  documents: readonly StatementDocument[],
  settled: readonly Settled[],
  rows: readonly Payment[],
): KnownBalance[] {
  const earliest = new Map<string, Opening>();
  for (const document of documents) {
    const { start } = boundsOf(document);
    const from = periodOf(document)?.from ?? dayOfDate(start?.date ?? null) ?? Number.NEGATIVE_INFINITY;
    if (start === null || document.level === "notification") continue;
    const { currency, amount } = balanceMoney(start);
    const key = `${document.account} ${currency}`;
    const known = earliest.get(key);
    if (known !== undefined && known.from <= from) continue;
    earliest.set(key, { account: document.account, currency, from, source: document.pages[0]!.source, amount });
  }
  const byAccount = new Map<string, Opening[]>();
  for (const opening of earliest.values()) {
    const known = byAccount.get(opening.account);
    if (known === undefined) byAccount.set(opening.account, [opening]);
    else known.push(opening);
  }
  if (byAccount.size > 0) for (const { payment, flow } of settled) workBack(byAccount, payment, flow);
  let last = Number.NEGATIVE_INFINITY;
  for (const { from } of earliest.values()) last = Math.max(last, from);
  // Of most rows their time alone tells that every statement began before.
  for (const payment of rows) if (dayOfInstant(payment.time)! < last) workBack(byAccount, payment, null);
  return [...earliest.values()]
    .map(({ account, currency, amount, source }) => ({ account, currency, amount, source }))
    .sort((a, b) => (a.account < b.account ? -1 : a.account > b.account ? 1 : a.currency < b.currency ? -1 : 1));
}

function workBack(byAccount: ReadonlyMap<string, readonly Opening[]>, payment: Payment, flow: Flow | null): void {
  const settled = { payment, flow };
  for (const transfer of payment.transfers) {
    const { from, to } = transfer;
    // From and to one account changes nothing.
    if (from === to) continue;
    if (from !== null) workBackOn(byAccount, settled, from, transfer);
    if (to !== null) workBackOn(byAccount, settled, to, transfer);
  }
}

function workBackOn(
  byAccount: ReadonlyMap<string, readonly Opening[]>,
  { payment, flow }: { readonly payment: Payment; readonly flow: Flow | null },
  account: string,
  { from, currency, amount }: BankTransfer,
): void {
  for (const opening of byAccount.get(account) ?? []) {
    if (opening.currency !== currency) continue;
    const own = flow === null ? null : entryOn(flow, account);
    const day = own?.bookingDay ?? own?.valueDay ?? dayOfInstant(payment.time);
    if (day !== null && day < opening.from) opening.amount += account === from ? amount : -amount;
  }
}

function entryOn(flow: Flow, account: string): Movement | null {
  if (flow.debit?.account === account) return flow.debit;
  if (flow.credit?.account === account) return flow.credit;
  return flow.batch?.account === account ? flow.batch : null;
}

/**
 * `covered`: statements with both balances hold the account from the first to the last day of the ledger without a
 * gap, they add up, and every entry in them is a movement of the ledger. `partly`: it pays in some transfer, or has
 * some statement, or nobody names it. `outside`: all others.
 */
export function coverageOf(
  documents: readonly StatementDocument[],
  { chains, reconciled }: { readonly chains: StatementChains; readonly reconciled: readonly Reconciled[] },
  settled: readonly Settled[],
  rows: { readonly payments: readonly Payment[]; readonly payers: ReadonlySet<string> },
): (account: string) => BankAccount["coverage"] {
  const covered = coveredAccounts(chains, settled, rows.payments);
  for (const { account, difference } of reconciled)
    if (difference !== null && difference !== 0n) covered.delete(account);
  const partly = new Set(documents.map(({ account }) => account));
  for (const { payment, flow } of settled) {
    for (const { from } of payment.transfers) if (from !== null) partly.add(from);
    for (const { account } of flow.passages) covered.delete(account);
  }
  return (account) => {
    // Who is not named can have paid without anybody telling: nothing says that value left the data there.
    if (isUnnamedEnd(account)) return "partly";
    return covered.has(account) ? "covered" : partly.has(account) || rows.payers.has(account) ? "partly" : "outside";
  };
}

function coveredAccounts(chains: StatementChains, settled: readonly Settled[], rows: readonly Payment[]): Set<string> {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const hold = ({ time }: Payment) => {
    const day = dayOfInstant(time);
    if (day === null) return;
    first = Math.min(first, day);
    last = Math.max(last, day);
  };
  for (const { payment } of settled) hold(payment);
  for (const payment of rows) hold(payment);
  const covered = new Set<string>();
  const holed = new Set<string>();
  for (const chain of chains.values()) {
    const { account } = chain[0]!.document;
    const opened = dayOfDate(boundsOf(chain[0]!.document).start!.date) ?? chain[0]!.from;
    let { to } = chain[0]!;
    let isWhole = Math.min(opened, chain[0]!.from) <= first;
    for (let i = 1; i < chain.length; i++) {
      const next = chain[i]!;
      isWhole &&= followsOn(chain[i - 1]!.document, next.document) || next.from <= to;
      to = Math.max(to, next.to);
    }
    (isWhole && to >= last ? covered : holed).add(account);
  }
  for (const account of holed) covered.delete(account);
  return covered;
}
