import type { PlainOrders } from "../bank/csv/plain-orders.ts";
import type { BankRecord } from "../bank/record.ts";
import { aboutTextOf } from "../bank/settle/made-payment.ts";
import { AboutTexts } from "../bank/settle/payment-about.ts";
import { settleRecords } from "../bank/settle/settle-records.ts";
import type { SettledBank } from "../bank/settled.ts";
import { ledgerFacts, transferTellings } from "../bank/transfer.ts";
import { type MemoryLedgerAbout, memoryAccountLedger } from "../ledger/memory-account-ledger.ts";
import type { OpenedAccounts } from "./opened-ledger.ts";
import { type BankFilesRequest, type BankRead, countOf, readBank } from "./read-bank.ts";
import type { ShowRequest } from "./show.ts";
import { type AccountShown, showInAccountLedger } from "./show-account.ts";
import { filesLedger } from "./theft.ts";

/**
 * Opens bank files as a ledger in memory: what `ingestBank` would keep of them, without a data folder. Its snapshot is
 * that of the stored ledger.
 * @throws NothingReadError, TooManyRecordsError, FileUnreadableError
 */
export async function openBankFiles(
  request: BankFilesRequest,
): Promise<{ readonly opened: OpenedAccounts; readonly read: BankRead; readonly notes: readonly string[] }> {
  const { onProgress = () => {} } = request;
  const records: BankRecord[] = [];
  const plain: PlainOrders[] = [];
  const read = await readBank(request, { ledger: filesLedger, records, plain });
  onProgress({ what: "settling records:", done: 0, total: countOf(records, plain) });
  const settled = settleRecords(records, plain);
  const ledger = memoryAccountLedger(transferTellings(settled), ledgerFacts(settled), {
    name: filesLedger,
    network: "bank",
    partial: true,
    aboutOf: aboutsOf(settled),
  });
  const opened = { kind: "account", ledger, summary: await ledger.summary() } as const;
  return { opened, read, notes: notesOf(read, settled) };
}

/** Shows what a text names in bank files without keeping them. @throws NoSuchLedgerThingError and as `openBankFiles` */
export async function showInBankFiles(
  files: BankFilesRequest,
  request: ShowRequest,
): Promise<{ readonly shown: AccountShown; readonly notes: readonly string[] }> {
  const { opened, notes } = await openBankFiles(files);
  return { shown: await showInAccountLedger(opened.ledger, request), notes };
}

/** Texts about payments are long, and a trail asks for few of them. */
function aboutsOf({ payments }: SettledBank): NonNullable<MemoryLedgerAbout["aboutOf"]> {
  const texts = new AboutTexts();
  // A payment's position is its place among the payments.
  return ({ name, position }) => {
    const payment = position === null ? undefined : payments[position];
    return payment?.key === name ? aboutTextOf(payment, texts) : null;
  };
}

/** Set-asides that are named; the others are counted. */
const namedMax = 5;

function notesOf({ skipped }: BankRead, { problems, unsettled }: SettledBank): string[] {
  const notes = skipped.slice(0, namedMax).map(({ file, reason }) => `set aside in ${file}: ${reason}`);
  if (skipped.length > namedMax) notes.push(`set aside besides: ${skipped.length - namedMax}`);
  const count = (what: string, number: number) => {
    if (number > 0) notes.push(`${what}: ${number}; 'spoor ingest bank' lists them`);
  };
  count("payments in the files that did not move", unsettled.length);
  count("things in the files that contradict each other", problems.length);
  return notes;
}
