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

/** Looks up what a text names in an account ledger. @throws NoSuchLedgerThingError */
export async function showInAccountLedger(ledger: AccountLedger, request: ShowRequest): Promise<AccountShown> {
  const { text, limit, after } = request;
  const facts = await ledger.assets();
  const refuse = async () => {
    const { name, network } = await ledger.summary();
    return new NoSuchLedgerThingError({ text: text.slice(0, 100), ledger: name, network, kind: "account" });
  };
  for (const { name, number } of readingsOf(text)) {
    const transaction = await ledger.transaction(name);
    if (transaction === null) continue;
    const transfers = await ledger.transfersOf(transaction.id);
    if (number >= Math.max(1, transfers.length)) throw await refuse();
    return {
      kind: "transfers",
      transaction,
      transfers: transfers.map((transfer, n) => named(transfer, transaction, n)),
      assets: assetsOf(facts, transfers),
    };
  }
  const account = await accountWritten(ledger, text);
  if (account === null) throw await refuse();
  const page = await ledger.transfersOfAccount(account.id, { after, limit });
  const balances = await ledger.balancesOf(account.id);
  return {
    kind: "account",
    account,
    balances,
    transfers: await nameTransfers(ledger, page.items),
    assets: assetsOf(facts, balances),
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
