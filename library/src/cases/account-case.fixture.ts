import type { AccountLedgerFacts, TransferTelling } from "../ledger/account-contract.ts";
import { memoryAccountLedger } from "../ledger/memory-account-ledger.ts";
import type { Instant } from "../money/instant.ts";
import type { TracedAccounts } from "./traced-ledger.ts";

/** `A>B 5 USD`: one transfer; several in one transaction, the transactions in their order. */
export type MadePayments = Readonly<Record<string, readonly string[]>>;

/** A small account ledger, loaded. @param time of all its payments */
export async function madeAccounts(
  name: string,
  payments: MadePayments,
  facts: AccountLedgerFacts = {},
  time: Instant | null = null,
): Promise<TracedAccounts> {
  const tellings = Object.entries(payments).flatMap(([transaction, transfers], position) =>
    transfers.map((text, index): TransferTelling => {
      const [, from = "", to = "", amount = "", asset = "", fee] = /^(.*)>(.*) (\d+) (\S+)( fee)?$/u.exec(text) ?? [];
      return {
        transaction,
        height: null,
        position,
        time,
        dayOnly: false,
        layer: "made",
        index,
        from: from === "" ? null : from,
        to: to === "" ? null : to,
        asset,
        amount: BigInt(amount),
        isFee: fee !== undefined,
        returns: null,
      };
    }),
  );
  const ledger = memoryAccountLedger(tellings, facts, { name, network: "bank", partial: true });
  return { kind: "account", ledger, summary: await ledger.summary(), loaded: await ledger.load() };
}
