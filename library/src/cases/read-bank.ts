import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { parseMapping } from "../bank/csv/parse-mapping.ts";
import type { PlainOrders } from "../bank/csv/plain-orders.ts";
import { readBankFiles } from "../bank/read-bank-file.ts";
import type { BankFileResult, BankRecord } from "../bank/record.ts";
import { FileUnreadableError, NothingReadError, TooManyRecordsError } from "../errors/cases.ts";
import type { AccountIngest } from "./account-ingest.ts";
import type { IngestProgress } from "./ingest-blocks.ts";

export interface BankFilesRequest {
  /** Files and folders. */
  readonly files: readonly string[];
  /** What the columns of CSV files mean; null: they are known by their header. */
  readonly mapping: string | null;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
}

export interface BankRead extends Pick<AccountIngest, "read" | "skipped"> {
  /** The files that held records. */
  readonly files: readonly Pick<BankFileResult, "file" | "sha256">[];
}

/** Settling holds every record in memory: about 2 kB each. */
export const recordsMax = 4_000_000;

/** How many records there are, those of plain rows included. */
export function countOf(records: readonly BankRecord[], plain: readonly PlainOrders[] = []): number {
  return plain.reduce((sum, { count }) => sum + count, records.length);
}

/** @throws TooManyRecordsError */
export function refuseTooMany(records: readonly BankRecord[], ledger: string, plain?: readonly PlainOrders[]): void {
  if (countOf(records, plain) > recordsMax) throw new TooManyRecordsError({ ledger, recordsMax });
}

interface ReadInto {
  /** What they are read for, to be named in errors. */
  readonly ledger: string;
  readonly records: BankRecord[];
  /** Takes plain rows in place of their records. */
  readonly plain?: PlainOrders[];
}

/**
 * Reads bank files into `records`, behind those that are there: each as its source gave it, but for the folder that it
 * lay in.
 * @param take called with those of each piece of a file
 * @throws NothingReadError, TooManyRecordsError, FileUnreadableError
 */
export async function readBank(
  { files, signal, onProgress = () => {}, ...request }: BankFilesRequest,
  { ledger, records, plain }: ReadInto,
  take: (records: readonly BankRecord[]) => Promise<void> = async () => {},
): Promise<BankRead> {
  const mapping = request.mapping === null ? null : parseMapping(await readText(request.mapping), request.mapping);
  const read: Record<string, number> = {};
  const skipped: AccountIngest["skipped"][number][] = [];
  const told: BankRead["files"][number][] = [];
  let done = 0;
  for await (const event of readBankFiles(files, { mapping, signal, plain })) {
    if (event.kind === "file") {
      const { file, sha256 } = event.result;
      if (event.result.records > 0) told.push({ file, sha256 });
      // A mapping may lie among the files that it is for.
      const isMapping = request.mapping !== null && resolve(file) === resolve(request.mapping);
      if (!isMapping) skipped.push(...event.result.skipped);
      continue;
    }
    for (const record of event.records) {
      // Nobody else has seen it yet.
      (record.source as { file: string }).file = basename(record.source.file);
      read[record.message] = (read[record.message] ?? 0) + 1;
      records.push(record);
    }
    if (event.plain > 0) read.csv = (read.csv ?? 0) + event.plain;
    refuseTooMany(records, ledger, plain);
    await take(event.records);
    done += event.records.length + event.plain;
    onProgress({ what: "records:", done, total: null });
  }
  for (const orders of plain ?? []) orders.rename(basename(orders.file.file));
  if (done === 0) {
    const [first] = skipped;
    const why = first === undefined ? "they hold nothing" : `${basename(first.file)}: ${first.reason}`;
    throw new NothingReadError({ files: files.join(", "), why, setAside: skipped.length });
  }
  return { read, skipped, files: told };
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    throw new FileUnreadableError({ file, why: cause instanceof Error ? cause.message : "unknown cause" }, cause);
  }
}
