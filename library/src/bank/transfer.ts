import { currency as currencyAsset } from "../money/asset.ts";
import type { Instant } from "../money/instant.ts";
import { aboutTextOf } from "./settle/made-payment.ts";
import { AboutTexts } from "./settle/payment-about.ts";
import type { BankTransfer, Payment, SettledBank } from "./settled.ts";

/** A transfer as an account ledger takes it. */
export interface BankTransferTelling {
  /** The payment's key. */
  readonly transaction: string;
  readonly height: null;
  /** The payment's place in the order of settlement. */
  readonly position: number;
  readonly time: Instant | null;
  readonly dayOnly: boolean;
  readonly layer: "payment";
  readonly index: number;
  readonly from: string | null;
  readonly to: string | null;
  /** ISO 4217. */
  readonly asset: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly isFee: boolean;
  readonly returns: { readonly transaction: string; readonly layer: "payment"; readonly index: number } | null;
}

export interface BankLedgerFacts {
  readonly assets: readonly {
    readonly asset: string;
    readonly decimals: number | null;
    readonly symbol: string | null;
  }[];
  /** `about`: JSON of `names` (of the owner, as given), `account`, `agent` and `party`. */
  readonly accounts: readonly {
    readonly account: string;
    readonly coverage: "covered" | "partly" | "outside";
    readonly about: string;
  }[];
  readonly openings: readonly {
    readonly account: string;
    readonly asset: string;
    readonly amount: bigint;
    readonly source: string;
  }[];
  /** `about`: JSON of {@link Payment.about}. */
  readonly transactions: readonly { readonly transaction: string; readonly about: string }[];
}

/**
 * Turns what bank records come to into what an account ledger takes: the payment is the transaction, a currency the
 * asset. A transfer of a payment that gives another back names the transfer that it gives back: of the same currency,
 * between the same accounts the other way round.
 */
export function accountTellings(settled: SettledBank): {
  transfers: BankTransferTelling[];
  facts: BankLedgerFacts;
} {
  const transfers = [...transferTellings(settled)];
  return {
    transfers,
    facts: { ...ledgerFacts(settled), transactions: transactionFacts(settled.payments, new AboutTexts()) },
  };
}

/** The transfers of {@link accountTellings} alone, each made when it is asked for. */
export function* transferTellings({ payments }: SettledBank): Generator<BankTransferTelling> {
  const returned = new Set(payments.flatMap(({ returns }) => returns ?? []));
  const byKey = new Map<string, Payment>();
  if (returned.size > 0) for (const payment of payments) if (returned.has(payment.key)) byKey.set(payment.key, payment);
  // By their places: an iterator of pairs makes two objects a payment.
  for (let position = 0; position < payments.length; position++) {
    const { key, time, dayOnly, returns, transfers } = payments[position]!;
    const original = returns === null ? undefined : byKey.get(returns);
    for (let index = 0; index < transfers.length; index++) {
      const transfer = transfers[index]!;
      const { from, to, currency, amount, isFee } = transfer;
      yield {
        transaction: key,
        height: null,
        position,
        time,
        dayOnly,
        layer: "payment",
        index,
        from,
        to,
        amount,
        isFee,
        asset: currency,
        returns: original === undefined || isFee ? null : returnedBy(original, transfer),
      };
    }
  }
}

const transactionsAtOnce = 10_000;

/** The facts of {@link accountTellings} piece by piece: the texts about payments are long, and made when asked for. */
export function* factTellings(settled: SettledBank): Generator<Partial<BankLedgerFacts>> {
  yield ledgerFacts(settled);
  const { payments } = settled;
  const texts = new AboutTexts();
  for (let at = 0; at < payments.length; at += transactionsAtOnce) {
    yield { transactions: transactionFacts(payments.slice(at, at + transactionsAtOnce), texts) };
  }
}

const transactionFacts = (payments: readonly Payment[], texts: AboutTexts) =>
  payments.map((payment) => ({ transaction: payment.key, about: aboutTextOf(payment, texts) }));

function returnedBy(original: Payment, { from, to, currency }: BankTransfer): BankTransferTelling["returns"] {
  const index = original.transfers.findIndex(
    (one) => !one.isFee && one.currency === currency && one.from === to && one.to === from,
  );
  return index === -1 ? null : { transaction: original.key, layer: "payment", index };
}

/** The facts of {@link accountTellings} but for the texts about payments. */
export function ledgerFacts(settled: SettledBank): Omit<BankLedgerFacts, "transactions"> {
  const assets = new Set(settled.openings.map((one) => one.currency));
  for (const { transfers } of settled.payments) for (const { currency } of transfers) assets.add(currency);
  return {
    assets: [...assets].sort().map((asset) => ({
      asset,
      decimals: /^[A-Z]{3}$/u.test(asset) ? currencyAsset(asset).decimals : null,
      symbol: null,
    })),
    accounts: settled.accounts.map(({ key, side, names, coverage }) => ({
      account: key,
      coverage,
      about: JSON.stringify({ names, ...side }),
    })),
    openings: settled.openings.map(({ account, currency, amount, source }) => ({
      account,
      asset: currency,
      amount,
      source: `${source.file}, message ${source.message} (SHA-256 ${source.sha256})`,
    })),
  };
}
