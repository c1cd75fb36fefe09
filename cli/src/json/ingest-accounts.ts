import type { AccountIngest } from "spoor/cases";
import type { AccountIngestJson } from "../contract/ingest-accounts.ts";

type Bank = NonNullable<AccountIngest["bank"]>;

const texts = (statement: Bank["statements"][number]) => {
  const text = (units: bigint | null) => (units === null ? null : String(units));
  const { opening, entries, closing, difference, also } = statement;
  return {
    ...statement,
    opening: text(opening),
    entries: String(entries),
    closing: text(closing),
    difference: text(difference),
    also: [...also],
  };
};

export function accountIngestJson(ingested: AccountIngest, elapsedMs: number): AccountIngestJson {
  const { name, network, blocks, transactions, transfers, accounts, assets, tip, partial, missing } = ingested.summary;
  const { bank } = ingested;
  return {
    ledger: name,
    network,
    blocks,
    transactions,
    transfers,
    accounts,
    assets,
    tip,
    partial,
    missing: [...missing],
    read: { ...ingested.read },
    skipped: [...ingested.skipped],
    elapsedMs,
    ...(bank === null
      ? {}
      : {
          bank: {
            statements: bank.statements.map(texts),
            unsettled: bank.unsettled.map((one) => ({ ...one, amount: String(one.amount), sources: [...one.sources] })),
            recalls: bank.recalls.map((one) => ({ ...one, sources: [...one.sources] })),
            problems: bank.problems.map((one) => ({ ...one, sources: [...one.sources] })),
          },
        }),
  };
}
