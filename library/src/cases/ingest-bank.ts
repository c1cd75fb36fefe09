import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { packRecords, unpackRecords } from "../bank/pack-records.ts";
import { parseMapping } from "../bank/parse-mapping.ts";
import { readBankFiles } from "../bank/read-bank-file.ts";
import type { BankRecord } from "../bank/record.ts";
import { settleRecords } from "../bank/settle-records.ts";
import type { SettledBank } from "../bank/settled.ts";
import { factTellings, transferTellings } from "../bank/transfer.ts";
import { FileUnreadableError, NothingReadError, TooManyRecordsError } from "../errors/cases.ts";
import type { AccountLedgerWriter } from "../ledger/account-ledger-writer.ts";
import type { AccountIngest } from "./account-ingest.ts";
import type { IngestProgress } from "./ingest-blocks.ts";
import { withFolder } from "./open-folder.ts";

export interface BankIngestRequest {
  /** The data folder. */
  readonly data: string;
  /** The ledger's name; made where it is not there. */
  readonly ledger: string;
  /** Files and folders. */
  readonly files: readonly string[];
  /** What the columns of CSV files mean; null: they are known by their header. */
  readonly mapping: string | null;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
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
      const replaceTransfers = [transferTellings(settled)];
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

/** Settling holds every record in memory: about 2 kB each. */
const recordsMax = 4_000_000;

async function storedRecords(writer: AccountLedgerWriter, ledger: string): Promise<BankRecord[]> {
  const records: BankRecord[] = [];
  for await (const pack of writer.records()) {
    for (const record of unpackRecords(pack)) records.push(record);
    refuseTooMany(records, ledger);
  }
  return records;
}

function refuseTooMany({ length }: readonly BankRecord[], ledger: string): void {
  if (length > recordsMax) throw new TooManyRecordsError({ ledger, recordsMax });
}

type ReadFiles = Pick<AccountIngest, "read" | "skipped">;

/**
 * Reads files into the ledger's records: each kept as its source gave it, but for the folder it lay in. They are kept
 * in packs, as many together as their reader hands on; a file that is read again gives the same packs, whose keys are
 * known.
 */
async function appendRecords(
  request: BankIngestRequest,
  writer: AccountLedgerWriter,
  records: BankRecord[],
): Promise<ReadFiles> {
  const { files, signal, onProgress = () => {} } = request;
  const mapping = request.mapping === null ? null : parseMapping(await readText(request.mapping), request.mapping);
  const read: Record<string, number> = {};
  const skipped: AccountIngest["skipped"][number][] = [];
  let done = 0;
  for await (const event of readBankFiles(files, { mapping, signal })) {
    if (event.kind === "file") {
      // A mapping may lie among the files that it is for.
      const isMapping = request.mapping !== null && resolve(event.result.file) === resolve(request.mapping);
      if (!isMapping) skipped.push(...event.result.skipped);
      continue;
    }
    for (const record of event.records) {
      // Nobody else has seen it yet.
      (record.source as { file: string }).file = basename(record.source.file);
      read[record.message] = (read[record.message] ?? 0) + 1;
      records.push(record);
    }
    refuseTooMany(records, request.ledger);
    await writer.appendRecords(packsOf(event.records));
    done += event.records.length;
    onProgress({ what: "records:", done, total: null });
  }
  if (done === 0) {
    const why = skipped[0]?.reason ?? "they hold nothing";
    throw new NothingReadError({ files: files.join(", "), why, setAside: skipped.length });
  }
  return { read, skipped };
}

/** Far below what the ledger takes as one record. */
const packCharactersMax = 4_000_000;

function packsOf(records: readonly BankRecord[]): { key: string; json: string }[] {
  const json = packRecords(records);
  if (json.length <= packCharactersMax || records.length === 1) return [{ key: hash("sha256", json, "hex"), json }];
  const half = records.length >> 1;
  return [...packsOf(records.slice(0, half)), ...packsOf(records.slice(half))];
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    throw new FileUnreadableError({ file, why: cause instanceof Error ? cause.message : "unknown cause" }, cause);
  }
}
