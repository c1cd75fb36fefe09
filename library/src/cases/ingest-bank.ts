import { hash } from "node:crypto";
import { packRecords, unpackRecords } from "../bank/pack-records.ts";
import type { BankRecord } from "../bank/record.ts";
import { settleRecords } from "../bank/settle/settle-records.ts";
import type { SettledBank } from "../bank/settled.ts";
import { factTellings, transferTellings } from "../bank/transfer.ts";
import type { AccountLedgerWriter } from "../ledger/account-ledger-writer.ts";
import type { AccountIngest } from "./account-ingest.ts";
import { withFolder } from "./open-folder.ts";
import { type BankFilesRequest, readBank, refuseTooMany } from "./read-bank.ts";

export interface BankIngestRequest extends BankFilesRequest {
  /** The data folder. */
  readonly data: string;
  /** The ledger's name; made where it is not there. */
  readonly ledger: string;
}

/**
 * Brings payment messages and statements into a ledger. The ledger keeps every record, and settles all of them anew
 * each time: a message of tomorrow may undo, book or return a payment of today.
 */
export async function ingestBank(request: BankIngestRequest): Promise<AccountIngest> {
  const { data, ledger: name, onProgress = () => {} } = request;
  return withFolder(data, async (folder) => {
    const writer = await folder.accountLedgerWriter({ name, network: "bank", partial: true });
    try {
      const records = await storedRecords(writer, name);
      const { read, skipped } = await appendRecords(request, writer, records);
      onProgress({ what: "settling records:", done: 0, total: records.length });
      // A record that was stored before stands there twice, which changes nothing.
      const settled = settleRecords(records);
      const replaceTransfers = [[...transferTellings(settled)]];
      await writer.settle({ replaceTransfers, replaceFacts: factTellings(settled) });
      await writer.finish();
      const opened = await folder.accountLedger(name);
      const summary = await opened.summary();
      await opened.close();
      return { summary, read, skipped, notes: [], bank: findingsOf(settled) };
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  });
}

const findingsOf = ({ statements, unsettled, recalls, problems }: SettledBank) => ({
  statements,
  unsettled,
  recalls,
  problems,
});

async function storedRecords(writer: AccountLedgerWriter, ledger: string): Promise<BankRecord[]> {
  const records: BankRecord[] = [];
  for await (const pack of writer.records()) {
    for (const record of unpackRecords(pack)) records.push(record);
    refuseTooMany(records, ledger);
  }
  return records;
}

/**
 * Reads files into the ledger's records. They are kept in packs, as many together as their reader hands on; a file that
 * is read again gives the same packs, whose keys are known.
 */
const appendRecords = (request: BankIngestRequest, writer: AccountLedgerWriter, records: BankRecord[]) =>
  readBank(request, { ledger: request.ledger, records }, (some) => writer.appendRecords(packsOf(some)));

/** Far below what the ledger takes as one record. */
const packCharactersMax = 4_000_000;

function packsOf(records: readonly BankRecord[]): { key: string; json: string }[] {
  const json = packRecords(records);
  if (json.length <= packCharactersMax || records.length === 1) return [{ key: hash("sha256", json, "hex"), json }];
  const half = records.length >> 1;
  return [...packsOf(records.slice(0, half)), ...packsOf(records.slice(half))];
}
