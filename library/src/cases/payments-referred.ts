import type { AccountLedger, AccountTransactionRecord } from "../ledger/account-contract.ts";

/** Transactions that are asked for at once. */
const pageLimit = 500;

/**
 * The payments that bear a reference of the parties or their banks (end-to-end id, `:20:`, a servicer's reference, …),
 * as it stands in their messages. Every text of the ledger is looked at: slow beside looking up a key.
 * @param limit at most so many
 */
export async function paymentsReferred(
  ledger: AccountLedger,
  reference: string,
  limit: number,
): Promise<AccountTransactionRecord[]> {
  const found: AccountTransactionRecord[] = [];
  const asJson = JSON.stringify(reference);
  let after: string | null = null;
  do {
    const page = await ledger.transactionsSaying(asJson, { after, limit: pageLimit });
    for (const one of page.items) if (bears(one.about, reference)) found.push(one);
    after = page.next;
  } while (after !== null && found.length < limit);
  return found.slice(0, limit);
}

/** Whether it is one of the references, and not what a party is called or a message says otherwise. */
function bears(about: string | null, reference: string): boolean {
  const { references } = (about === null ? {} : JSON.parse(about)) as { references?: Record<string, string[]> };
  return Object.values(references ?? {}).some((texts) => texts.includes(reference));
}
