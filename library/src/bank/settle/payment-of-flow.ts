import type { Charge, OrderRecord, ReturnRecord } from "../record.ts";
import type { BankTransfer, Payment } from "../settled.ts";
import { unnamedPayee, unnamedPayer } from "../unnamed-end.ts";
import { sourcesOf } from "./arrange-records.ts";
import { isCharge } from "./charge-entry.ts";
import {
  type Flow,
  type Money,
  type Movement,
  moneyOf,
  onlyOrderOf,
  orderMoney,
  ordersOf,
  type Settling,
} from "./flow.ts";
import { MadePayment } from "./made-payment.ts";
import { type AboutTexts, aboutOf } from "./payment-about.ts";
import { type Chain, chainTransfers, type Exchange, type Step } from "./payment-chain.ts";
import { type PaymentTime, paymentTime } from "./payment-time.ts";
import { spokenMoney } from "./spoken-money.ts";

/**
 * What a payment moved. Its amounts on the way are, in this order: what the payer's entry says, what was instructed,
 * what each message settled, what the payee's entry says; see `payment-chain.ts` for what becomes of their
 * differences. The banks between are: the payer's (or the first instructing one), the instructing bank of each later
 * message, the payee's (or the last instructed one).
 *
 * What gives a payment back comes from where that one went, also where nothing names that (unnamed-end.ts). Null where
 * it moves nothing.
 */
export function paymentOf(settling: Settling, flow: Flow): Payment | null {
  const plain = plainTransfer(flow);
  if (plain !== null) return plain.amount > 0n ? new FlowPayment(flow, [plain], [], paymentTime(flow)) : null;
  const { from, to, isFee } = endsOf(settling, flow);
  const { amounts, steps } = wayOf(settling, flow, { from, to });
  if (amounts.length === 0) return null;
  const chain = chainTransfers({ from, to }, amounts, steps);
  if (chain.transfers.length === 0) return null;
  tellOfAdded(settling, flow, chain);
  const transfers = isFee ? chain.transfers.map((transfer) => ({ ...transfer, isFee: true })) : chain.transfers;
  return new FlowPayment(flow, transfers, chain.exchanges, paymentTime(flow));
}

/** One order, one amount, no charge, both ends named: the commonest payment by far. Null where it is not such. */
function plainTransfer(flow: Flow): BankTransfer | null {
  const only = onlyOrderOf(flow);
  if (only === null || only.settled === null || only.instructed !== null || only.charges.length > 0) return null;
  const { debtorKey, creditorKey } = flow;
  if (debtorKey === null || creditorKey === null) return null;
  const { currency, amount } = only.settled;
  return { from: debtorKey, to: creditorKey, currency, amount: BigInt(amount), isFee: false };
}

/**
 * A payment as a class, because a million objects with a getter of their own each have a shape of their own each, and
 * everything that touches them is then slow.
 */
class FlowPayment extends MadePayment implements Payment {
  readonly key: string;
  readonly time: PaymentTime["time"];
  readonly dayOnly: boolean;
  readonly transfers: readonly BankTransfer[];
  readonly returns: string | null;
  readonly #flow: Flow;
  readonly #exchanges: readonly Exchange[];

  constructor(
    flow: Flow,
    transfers: readonly BankTransfer[],
    exchanges: readonly Exchange[],
    { time, dayOnly }: PaymentTime,
  ) {
    super();
    this.key = flow.key;
    this.time = time;
    this.dayOnly = dayOnly;
    this.transfers = transfers;
    this.returns = flow.original?.key ?? null;
    this.#flow = flow;
    this.#exchanges = exchanges;
  }

  /** Made when it is asked for: it is most of what a payment would hold, and few are looked at. */
  get about(): Readonly<Record<string, unknown>> {
    return aboutOf(this.#flow, this.#exchanges);
  }

  aboutText(texts: AboutTexts): string {
    return texts.textOf(this.#flow, this.#exchanges);
  }

  at(time: PaymentTime): FlowPayment {
    return new FlowPayment(this.#flow, this.transfers, this.#exchanges, time);
  }
}

/** The same payment at another time. */
export function paymentAt(payment: Payment, time: PaymentTime): Payment {
  return payment instanceof FlowPayment ? payment.at(time) : { ...payment, ...time };
}

function endsOf({ book }: Pick<Settling, "book">, flow: Flow): { from: string; to: string; isFee: boolean } {
  const movement = flow.debit ?? flow.credit;
  let [from, to] = [flow.debtorKey, flow.creditorKey];
  let isFee = false;
  const servicer = movement === null ? null : book.agentKey(movement.side.agent);
  if (flow.kind === "payment" && flow.credit === null && flow.debit !== null && ordersOf(flow).length === 0) {
    if (isCharge(flow.debit) && (to === null || flow.debit.remainder === "charges")) {
      isFee = true;
      to ??= servicer ?? `@bank-of-${flow.debit.account}`;
    }
  }
  if (flow.original !== null && (from === null || to === null)) {
    const original = endsOf({ book }, flow.original);
    from ??= original.to;
    to ??= original.from;
  }
  const known = from ?? to;
  return { from: from ?? unnamedPayer(known ?? flow.key), to: to ?? unnamedPayee(known ?? flow.key), isFee };
}

interface Way {
  readonly amounts: Money[];
  readonly steps: Step[];
}

function wayOf(settling: Settling, flow: Flow, { from, to }: { from: string; to: string }): Way {
  const { book } = settling;
  const orders = ordersOf(flow);
  const [first, last] = [orders[0], orders.at(-1)];
  const original = flow.original?.legs ?? [];
  // What comes back goes through the payee's bank first.
  const payerBank =
    book.agentKey(flow.debtor?.agent ?? null) ??
    book.agentKey(first?.instructing ?? original.at(-1)?.instructedAgent ?? null) ??
    `@bank-of-${from}`;
  const payeeBank =
    book.agentKey(flow.creditor?.agent ?? null) ??
    book.agentKey(last?.instructedAgent ?? original[0]?.instructing ?? null) ??
    `@bank-of-${to}`;
  const way: Way = { amounts: [], steps: [] };
  const go = (money: Money | null, bank: string, charges: readonly Charge[] = []) => {
    if (money === null) return;
    if (way.amounts.length > 0) way.steps.push({ bank, charges: namedCharges(settling, charges) });
    way.amounts.push(money);
  };
  goByEntry(flow.debit, payerBank, go, false);
  const instructed = instructedFirst(flow, first);
  go(instructed, payerBank);
  orders.forEach((order, i) => {
    const bank = i === 0 ? payerBank : (book.agentKey(order.instructing) ?? payerBank);
    go(orderMoney(order), bank, newCharges(orders, i));
  });
  for (const [i, one] of inDescending(flow).entries()) {
    if (i === 0 && flow.debit === null) go(grossOf(flow, one), payerBank);
    go(moneyOf(one.returned), payerBank, one.charges);
  }
  if (flow.credit !== null) goByEntry(flow.credit, payeeBank, go, true);
  else go(prepaidLess(last), payeeBank, last?.charges);
  return way;
}

function goByEntry(
  movement: Movement | null,
  bank: string,
  go: (money: Money | null, bank: string) => void,
  isLast: boolean,
): void {
  if (movement === null) return;
  if (isLast) go(movement.foreign, bank);
  go(movement.money, bank);
  if (!isLast) go(movement.foreign, bank);
}

function namedCharges({ book }: Settling, charges: readonly Charge[]): Step["charges"] {
  return charges.flatMap(({ money, agent }) => {
    const bank = book.agentKey(agent);
    return bank === null ? [] : [{ bank, money: moneyOf(money) }];
  });
}

const isPrepaid = ({ chargeBearer }: OrderRecord) => chargeBearer === "DEBT" || chargeBearer === "OUR";

/**
 * What was instructed, where it is where the money began: in another currency than what settled, or more than it.
 * Left out where the payer's entry, or the payee's, shows that the exchange was made elsewhere.
 */
function instructedFirst(flow: Flow, first: OrderRecord | undefined): Money | null {
  if (first?.instructed == null || first.settled === null) return null;
  const [instructed, settled] = [moneyOf(first.instructed), moneyOf(first.settled)];
  if (instructed.currency === settled.currency) {
    return !isPrepaid(first) && instructed.amount > settled.amount ? instructed : null;
  }
  if (flow.debit !== null) return flow.debit.money.currency === instructed.currency ? instructed : null;
  return flow.credit?.money.currency === instructed.currency ? null : instructed;
}

/** Charges for the payer's account that travel with the payment (71G): the payee's bank keeps them. */
function prepaidLess(last: OrderRecord | undefined): Money | null {
  if (last?.instructed == null || last.settled === null || !isPrepaid(last)) return null;
  const [instructed, settled] = [moneyOf(last.instructed), moneyOf(last.settled)];
  const isLess = instructed.currency === settled.currency && instructed.amount < settled.amount;
  return isLess ? instructed : null;
}

/** Charges listed in a message that the one before did not list: they add up along the way. */
function newCharges(orders: readonly OrderRecord[], at: number): Charge[] {
  const before = new Map<string, number>();
  const key = ({ money, agent }: Charge) => `${money.amount} ${money.currency} ${agent?.bic ?? agent?.clearing}`;
  for (const charge of orders[at - 1]?.charges ?? []) before.set(key(charge), (before.get(key(charge)) ?? 0) + 1);
  return orders[at]!.charges.filter((charge) => {
    const count = before.get(key(charge)) ?? 0;
    if (count > 0) before.set(key(charge), count - 1);
    return count === 0;
  });
}

/** The messages of one return, the larger amount first: charges only ever take away. */
function inDescending({ returnRecords }: Flow) {
  const distinct = new Map(returnRecords.map((one) => [`${one.returned.amount} ${one.returned.currency}`, one]));
  const amountOf = (one: ReturnRecord) => BigInt(one.returned.amount);
  return [...distinct.values()].sort((a, b) => Number(amountOf(a) < amountOf(b)) - Number(amountOf(b) < amountOf(a)));
}

/** A return with its charges, where that is what had been paid. */
function grossOf(flow: Flow, { returned, charges }: Flow["returnRecords"][number]): Money | null {
  const { currency, amount } = moneyOf(returned);
  let gross = amount;
  for (const { money } of charges) if (money.currency === currency) gross += BigInt(money.amount);
  const paid = (flow.original === null ? [] : ordersOf(flow.original)).flatMap(({ settled, instructed }) =>
    [settled, instructed].flatMap((money) => (money === null ? [] : [moneyOf(money)])),
  );
  const isWhole = paid.some((money) => money.currency === currency && money.amount === gross);
  return gross > amount && isWhole ? { currency, amount: gross } : null;
}

function tellOfAdded(settling: Settling, flow: Flow, { added }: Chain): void {
  for (const { bank, money } of added) {
    const grown = spokenMoney(money.amount, money.currency);
    const what = `On its way a payment grew by ${grown}, which counts as paid in by ${bank}`;
    const records = [...flow.legs, ...(flow.debit?.records ?? []), ...(flow.credit?.records ?? [])];
    settling.problems.push({ what, sources: sourcesOf(records) });
  }
}
