import { NoSuchLedgerThingError } from "../errors/cases.ts";
import type {
  AccountLedger,
  AccountRecord,
  AccountTransactionRecord,
  AssetFact,
  BalanceRecord,
  TransferRecord,
} from "../ledger/account-contract.ts";
import type { Asset } from "../money/asset.ts";
import { assetOfFact } from "./account-asset.ts";
import { accountWritten, spellingsOf } from "./account-name.ts";
import { paymentsReferred } from "./payments-referred.ts";
import type { ShowRequest } from "./show.ts";

/** What an account ledger shows of a transaction or an account. */
export type AccountShown =
  | {
      readonly kind: "transfers";
      readonly transaction: AccountTransactionRecord;
      readonly transfers: readonly NamedTransfer[];
      readonly assets: readonly Asset[];
    }
  | {
      /** Several payments that bear one reference. */
      readonly kind: "payments";
      readonly reference: string;
      readonly transfers: readonly NamedTransfer[];
      readonly assets: readonly Asset[];
      /** There are more. */
      readonly isCut: boolean;
    }
  | {
      readonly kind: "account";
      readonly account: AccountRecord;
      readonly balances: readonly BalanceRecord[];
      readonly transfers: readonly NamedTransfer[];
      readonly assets: readonly Asset[];
      readonly next: string | null;
    };

/** A transfer with the name that seeds and links give it: `TRANSACTION:N`. */
export interface NamedTransfer extends TransferRecord {
  readonly name: string;
  readonly time: AccountTransactionRecord["time"];
  readonly dayOnly: boolean;
}

/**
 * Looks up what a text names in an account ledger: a transaction, an account, or by a reference what bears it.
 * @throws NoSuchLedgerThingError
 */
export async function showInAccountLedger(ledger: AccountLedger, request: ShowRequest): Promise<AccountShown> {
  const { text, limit } = request;
  for (const { name, number } of readingsOf(text)) {
    const transaction = await ledger.transaction(name);
    if (transaction === null) continue;
    const transfers = await ledger.transfersOf(transaction.id);
    if (number < Math.max(1, transfers.length)) return showTransfers(ledger, transaction, transfers);
  }
  const account = await accountWritten(ledger, text);
  if (account !== null) return showAccount(ledger, account, request);
  const referred = await paymentsReferred(ledger, text, limit + 1);
  const [only] = referred;
  if (only === undefined) {
    const { name, network } = await ledger.summary();
    throw new NoSuchLedgerThingError({ text: text.slice(0, 100), ledger: name, network, kind: "account" });
  }
  if (referred.length === 1) return showTransfers(ledger, only, await ledger.transfersOf(only.id));
  const transfers: TransferRecord[] = [];
  for (const { id } of referred.slice(0, limit)) transfers.push(...(await ledger.transfersOf(id)));
  return {
    kind: "payments",
    reference: text,
    transfers: await nameTransfers(ledger, transfers),
    assets: assetsOf(await ledger.assets(), transfers),
    isCut: referred.length > limit,
  };
}

async function showTransfers(
  ledger: AccountLedger,
  transaction: AccountTransactionRecord,
  transfers: readonly TransferRecord[],
): Promise<AccountShown> {
  return {
    kind: "transfers",
    transaction,
    transfers: transfers.map((transfer, n) => named(transfer, transaction, n)),
    assets: assetsOf(await ledger.assets(), transfers),
  };
}

async function showAccount(
  ledger: AccountLedger,
  account: AccountRecord,
  { limit, after }: ShowRequest,
): Promise<AccountShown> {
  const page = await ledger.transfersOfAccount(account.id, { after, limit });
  const balances = await ledger.balancesOf(account.id);
  return {
    kind: "account",
    account,
    balances,
    transfers: await nameTransfers(ledger, page.items),
    assets: assetsOf(await ledger.assets(), balances),
    next: page.next,
  };
}

/** A transaction, and which of its transfers is meant. */
function readingsOf(text: string): { name: string; number: number }[] {
  const [, head, number] = /^(.+):(\d{1,9})$/su.exec(text) ?? [];
  const whole = spellingsOf(text).map((name) => ({ name, number: 0 }));
  if (head === undefined) return whole;
  return [...whole, ...spellingsOf(head).map((name) => ({ name, number: Number(number) }))];
}

async function nameTransfers(ledger: AccountLedger, transfers: readonly TransferRecord[]): Promise<NamedTransfer[]> {
  const ids = [...new Set(transfers.map(({ transaction }) => transaction))];
  const records = new Map((await ledger.transactionsById(ids)).map((record) => [record.id, record]));
  const first = new Map<number, number>();
  for (const id of ids) first.set(id, (await ledger.transfersOf(id))[0]?.id ?? 0);
  return transfers.map((transfer) => {
    const { transaction, id } = transfer;
    return named(transfer, records.get(transaction)!, id - first.get(transaction)!);
  });
}

function named(transfer: TransferRecord, { name, time, dayOnly }: AccountTransactionRecord, n: number): NamedTransfer {
  return { ...transfer, name: `${name}:${n}`, time, dayOnly };
}

function assetsOf(facts: readonly AssetFact[], used: readonly { readonly asset: string }[]): Asset[] {
  const ids = new Set(used.map(({ asset }) => asset));
  return facts.filter(({ asset }) => ids.has(asset)).map(assetOfFact);
}
