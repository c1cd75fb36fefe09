import type { BankTransfer } from "../settled.ts";
import type { Money } from "./flow.ts";

/** A stretch between two amounts of one payment, and who stood between them. */
export interface Step {
  /** The bank that had the money between the two amounts. */
  readonly bank: string;
  /** What banks say that they took there, by account. */
  readonly charges: readonly { readonly bank: string; readonly money: Money }[];
}

/** A change of currency inside a payment. */
export interface Exchange {
  readonly at: string;
  readonly from: Money;
  readonly to: Money;
}

/** The transfers of a payment; `added` is what banks between paid in, which no charge explains. */
export interface Chain {
  readonly transfers: readonly BankTransfer[];
  readonly exchanges: readonly Exchange[];
  readonly added: readonly { readonly bank: string; readonly money: Money }[];
}

/**
 * Turns the amounts that a payment had on its way into transfers. `amounts` holds what left the payer first and what
 * reached the payee last; `steps[i]` stands between `amounts[i]` and `amounts[i + 1]`.
 *
 * An amount that falls is a fee to the bank that stood there, or to those who say that they took it; one that rises
 * was paid in by the bank. A change of currency ends a transfer at the bank that made it, and a new one begins there.
 * In each currency what goes in is what comes out.
 */
export function chainTransfers(
  { from, to }: { from: string; to: string },
  amounts: readonly Money[],
  steps: readonly Step[],
): Chain {
  const [only] = amounts;
  if (amounts.length === 1 && only !== undefined) {
    const transfer = { from, to, ...only, isFee: false };
    return { transfers: only.amount > 0n ? [transfer] : [], exchanges: [], added: [] };
  }
  const transfers: BankTransfer[] = [];
  const exchanges: Exchange[] = [];
  const added: { bank: string; money: Money }[] = [];
  let holder = from;
  let start = 0;
  for (let i = 0; i < amounts.length; i++) {
    const next = amounts[i + 1];
    if (next !== undefined && next.currency === amounts[i]!.currency) continue;
    const receiver = next === undefined ? to : steps[i]!.bank;
    stretch({ holder, receiver }, amounts.slice(start, i + 1), steps.slice(start, i), transfers, added);
    if (next === undefined) break;
    exchanges.push({ at: receiver, from: amounts[i]!, to: next });
    holder = receiver;
    start = i + 1;
  }
  return { transfers, exchanges, added };
}

interface Share {
  readonly account: string;
  amount: bigint;
}

/** One currency: pairs what comes in (the payer, banks that add) with what goes out (the payee, banks that take). */
function stretch(
  { holder, receiver }: { holder: string; receiver: string },
  amounts: readonly Money[],
  steps: readonly Step[],
  transfers: BankTransfer[],
  added: { bank: string; money: Money }[],
): void {
  const { currency } = amounts[0]!;
  const ins: Share[] = [{ account: holder, amount: amounts[0]!.amount }];
  const outs: Share[] = [{ account: receiver, amount: amounts.at(-1)!.amount }];
  steps.forEach(({ bank, charges }, i) => {
    const taken = amounts[i]!.amount - amounts[i + 1]!.amount;
    if (taken > 0n) outs.push(...takers(taken, currency, bank, charges));
    else if (taken < 0n) {
      ins.push({ account: bank, amount: -taken });
      added.push({ bank, money: { currency, amount: -taken } });
    }
  });
  let into = 0;
  for (const source of ins) {
    while (source.amount > 0n && into < outs.length) {
      const out = outs[into]!;
      const amount = source.amount < out.amount ? source.amount : out.amount;
      const isFee = into > 0;
      // A bank that takes a fee out of money that it holds itself moves nothing.
      if (amount > 0n && !(isFee && source.account === out.account)) {
        transfers.push({ from: source.account, to: out.account, currency, amount, isFee });
      }
      source.amount -= amount;
      out.amount -= amount;
      if (out.amount === 0n) into++;
    }
  }
}

/** Charges that are said to have been taken there, as far as they fit; what is left went to the bank between. */
function takers(taken: bigint, currency: string, bank: string, charges: Step["charges"]): Share[] {
  const named = new Map<string, bigint>();
  let left = taken;
  for (const charge of charges) {
    const { amount } = charge.money;
    if (charge.money.currency !== currency || amount > left) continue;
    named.set(charge.bank, (named.get(charge.bank) ?? 0n) + amount);
    left -= amount;
  }
  if (left > 0n) named.set(bank, (named.get(bank) ?? 0n) + left);
  return [...named].filter(([, amount]) => amount > 0n).map(([account, amount]) => ({ account, amount }));
}
