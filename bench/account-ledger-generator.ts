import type { AccountColumns } from "../library/src/trace/account-columns.ts";
import { Random } from "./random.ts";

/** What a made account ledger is like. */
export interface LedgerShape {
  readonly transfers: number;
  readonly accounts: number;
  readonly seed: number;
  /** Amounts as bigints of about 10^18 times the same (wei) in place of doubles. */
  readonly wei: boolean;
}

/** Transfers a transaction, in a hundred: most have one. */
const singleWeight = 80;
const transfersMax = 4;
/** Receivers of an hour that pay on: out of so many of the latest. */
const recentTransfers = 200_000;
const recentWeight = 45;
/** Accounts in a hundred whose opening balance is known. */
const knownWeight = 20;
/** Cents as wei: a unit is worth 10^18, and 2^64 at most come on top. */
const weiUnits = 10n ** 18n;

/** Payments in a hundred that the payer's balance covers, as far as the ledger goes; others need an opening. */
const coveredWeight = 90;

/**
 * An account ledger, the same for the same seed. Degrees have a heavy tail: who pays and who is paid is drawn from the
 * cube of an even number, which gives the account of rank r a share that falls as r^(-2/3), so that a few accounts (an
 * exchange, a payroll) have a hundred thousand transfers and most have about ten. Nearly half of the payers received
 * something lately, so that value goes on in chains. Amounts spread over six orders, and mostly stay within what the
 * payer has.
 */
export function makeAccountLedger({ transfers, accounts, seed, wei }: LedgerShape): AccountColumns {
  const random = new Random(seed);
  const from = new Uint32Array(transfers);
  const to = new Uint32Array(transfers);
  const amount = new Float64Array(transfers);
  const isFee = new Uint8Array(transfers);
  const rank = shuffled(accounts, random);
  const drawn = () => {
    const even = random.next() / 2 ** 32;
    return rank[Math.floor(even * even * even * accounts)]!;
  };
  const starts = new Uint32Array(transfers + 1);
  let transactions = 0;
  const balance = new Float64Array(accounts);
  for (let x = 0; x < transfers; ) {
    const payer = payerOf(random, to, x, drawn);
    const size = Math.min(transfers - x, random.below(100) < singleWeight ? 1 : 1 + random.below(transfersMax));
    for (let n = 0; n < size; n++, x++) {
      from[x] = payer;
      const receiver = drawn();
      const magnitude = 10 ** (2 + (6 * random.next()) / 2 ** 32);
      const wanted = Math.ceil((magnitude * random.next()) / 2 ** 32) + 1;
      const has = balance[payer]!;
      const units = has > 0 && random.below(100) < coveredWeight ? Math.min(wanted, has) : wanted;
      to[x] = receiver;
      amount[x] = units;
      balance[payer] = Math.max(0, has - units);
      balance[receiver]! += units;
      isFee[x] = random.below(200) === 0 ? 1 : 0;
    }
    starts[++transactions] = x;
  }
  const txFirstTransfer = starts.slice(0, transactions + 1);
  const transferAmount = wei ? weiOf(amount, random) : amount;
  const openings = openingsOf(from, to, transferAmount, accounts, random);
  return {
    transactionCount: transactions,
    transferCount: transfers,
    holdingCount: accounts,
    txFirstTransfer,
    txHeight: Uint32Array.from({ length: transactions }, (_, t) => t >>> 8),
    txTime: Float64Array.from({ length: transactions }, (_, t) => 1.6e12 + t * 1000),
    txDayOnly: new Uint8Array(transactions),
    transferFrom: from,
    transferTo: to,
    transferAmount,
    transferIsFee: isFee,
    returnOf: new Map(),
    openings,
    openingDefault: null,
    holdingCoverage: new Uint8Array(accounts),
  };
}

function payerOf(random: Random, to: Uint32Array, x: number, drawn: () => number): number {
  if (x === 0 || random.below(100) >= recentWeight) return drawn();
  return to[x - 1 - random.below(Math.min(x, recentTransfers))]!;
}

/** Ids say nothing of an account's size, as those of a real ledger do not. */
function shuffled(count: number, random: Random): Uint32Array {
  const ids = Uint32Array.from({ length: count }, (_, id) => id);
  for (let at = count - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [ids[at], ids[other]] = [ids[other]!, ids[at]!];
  }
  return ids;
}

function weiOf(amount: Float64Array, random: Random): bigint[] {
  return Array.from(amount, (units) => BigInt(units) * weiUnits + BigInt(random.next()) * BigInt(random.next()));
}

/** Known openings: what the account needs, and up to its first amount more. */
function openingsOf(
  from: Uint32Array,
  to: Uint32Array,
  amount: Float64Array | bigint[],
  accounts: number,
  random: Random,
): Map<number, bigint> {
  const isKnown = Uint8Array.from({ length: accounts }, () => (random.below(100) < knownWeight ? 1 : 0));
  const openings = new Map<number, bigint>();
  const balances = new Map<number, bigint>();
  for (let x = 0; x < from.length; x++) {
    const [payer, receiver, units] = [from[x]!, to[x]!, BigInt(amount[x]!)];
    if (isKnown[payer] === 1) {
      const rest = (balances.get(payer) ?? 0n) - units;
      balances.set(payer, rest);
      const opening = openings.get(payer) ?? 0n;
      if (rest + opening < 0n) openings.set(payer, -rest);
    }
    if (isKnown[receiver] === 1) balances.set(receiver, (balances.get(receiver) ?? 0n) + units);
  }
  return openings;
}
