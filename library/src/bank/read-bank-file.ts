import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { BankFileError } from "../errors/bank.ts";
import { BankCsvError } from "../errors/bank-csv.ts";
import { SpoorError } from "../errors/base.ts";
import { listFiles, reasonOf } from "../files/list-files.ts";
import type { BankBatch, BankFile } from "./bank-file.ts";
import { bankFormat, sniffedBytes } from "./bank-format.ts";
import type { CsvMapping } from "./csv/csv-mapping.ts";
import type { PlainOrders } from "./csv/plain-orders.ts";
import { readBankCsv } from "./csv/read-csv.ts";
import { readIso20022 } from "./iso20022/read-iso20022.ts";
import { readMt } from "./mt/read-mt.ts";
import type { BankFileResult, BankRecord, SetAside } from "./record.ts";

/** Files up to this size are read once, into memory; larger ones twice, for their hash and for their records. */
const wholeBytesMax = 1 << 24;
const filesMax = 1_000_000;
/** Bytes that a packed file may unpack to. */
export const unpackedBytesMax = 2 ** 36;
/** Set-asides that are listed a file; the others are counted. */
const skippedMax = 10_000;
const chunkBytes = 1 << 20;

/** Some records of a file; or, after them, what the file gave. */
export type BankFileEvent =
  | { readonly kind: "records"; readonly records: readonly BankRecord[]; readonly plain: number }
  | { readonly kind: "file"; readonly result: BankFileResult };

export interface BankFilesOptions {
  /** How to read CSV, from `parseMapping`; the ones that come with Spoor need none. */
  readonly mapping?: CsvMapping | null;
  readonly signal?: AbortSignal | undefined;
  /** Takes rows that are plain, file by file, in place of a record each; events then say how many. */
  readonly plain?: PlainOrders[] | undefined;
}

/**
 * Reads bank messages of any kind from files and folders: ISO 20022 XML, SWIFT MT, CSV, told apart by how they begin,
 * each as it is or packed by gzip (offsets and lines are then those of the unpacked text; the hash is the file's own).
 * The files of a folder come by name, those of its folders included, hidden ones left out. A file that cannot be read
 * or is of no kind that is known is a result without records, with the reason.
 *
 * @throws BankFileError where a path does not exist, there are more than a million files, or a file changed while it
 * was read
 */
export async function* readBankFiles(
  paths: readonly string[],
  options: BankFilesOptions = {},
): AsyncGenerator<BankFileEvent> {
  const files = await listFiles(paths, filesMax, (data, cause) => new BankFileError(data, cause));
  for (const { path: file } of files) {
    options.signal?.throwIfAborted();
    yield* readBankFile(file, options);
  }
}

async function* readBankFile(path: string, options: BankFilesOptions): AsyncGenerator<BankFileEvent> {
  const skipped: SetAside[] = [];
  let leftOut = 0;
  let records = 0;
  let sha256 = "";
  const setAside = (one: SetAside) => {
    if (skipped.length < skippedMax) skipped.push(one);
    else leftOut++;
  };
  try {
    const opened = await open(path, options.signal);
    sha256 = opened.sha256;
    for await (const batch of batchesOf({ file: path, sha256 }, opened.bytes(), options)) {
      for (const one of batch.skipped) setAside(one);
      const plain = batch.plain ?? 0;
      records += batch.records.length + plain;
      if (batch.records.length + plain > 0) yield { kind: "records", records: batch.records, plain };
      options.signal?.throwIfAborted();
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    const isChanged = error instanceof BankFileError && error.data.why === changed;
    if (isChanged || !(error instanceof SpoorError || isFileError(error))) throw error;
    const read = records === 0 ? "" : `; ${records} records before it were read`;
    setAside({
      file: path,
      offset: null,
      reason: `${error instanceof SpoorError ? whatToDo(error) : reasonOf(error)}${read}`,
    });
  }
  if (leftOut > 0)
    skipped.push({ file: path, offset: null, reason: `${leftOut} more were set aside and are not listed` });
  yield { kind: "file", result: { file: path, sha256, records, skipped } };
}

/** What is wrong with a CSV its mapping may mend, and then it is said how. */
const whatToDo = (error: SpoorError) => (error instanceof BankCsvError ? `${error.what}. ${error.remedy}` : error.what);

const changed = "it changed while it was read";

/** An error of the file system or of gzip, which both carry a code. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}

interface OpenedFile {
  readonly sha256: string;
  /** Its bytes, unpacked. */
  bytes(): AsyncIterable<Uint8Array>;
}

async function open(path: string, signal: AbortSignal | undefined): Promise<OpenedFile> {
  const { size } = await stat(path);
  if (size <= wholeBytesMax) {
    const bytes = await readFile(path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return {
      sha256,
      bytes: () =>
        unpacked(path, bytes, async function* () {
          yield bytes;
        }),
    };
  }
  const hash = createHash("sha256");
  let first: Uint8Array | null = null;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes, signal })) {
    first ??= chunk as Uint8Array;
    hash.update(chunk as Uint8Array);
  }
  const sha256 = hash.digest("hex");
  return { sha256, bytes: () => unpacked(path, first ?? new Uint8Array(0), () => sameBytes(path, sha256)) };
}

/** Reads a file again, and sees at its end that it is still the same. */
async function* sameBytes(path: string, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    hash.update(chunk as Uint8Array);
    yield chunk as Uint8Array;
  }
  if (hash.digest("hex") !== sha256) throw new BankFileError({ file: path, why: changed });
}

async function* unpacked(
  path: string,
  first: Uint8Array,
  read: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (!(first[0] === 0x1f && first[1] === 0x8b)) {
    yield* read();
    return;
  }
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  // What goes wrong is thrown where the result is read.
  pipeline(read(), gunzip, () => {});
  let size = 0;
  for await (const chunk of gunzip) {
    size += (chunk as Uint8Array).length;
    if (size > unpackedBytesMax) {
      throw new BankFileError({ file: path, why: `it unpacks to more than ${unpackedBytesMax} bytes` });
    }
    yield chunk as Uint8Array;
  }
}

async function* batchesOf(
  file: BankFile,
  bytes: AsyncIterable<Uint8Array>,
  { mapping = null, plain }: BankFilesOptions,
): AsyncGenerator<BankBatch> {
  const chunks = bytes[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    held.push(next.value);
    size += next.value.length;
    if (size >= sniffedBytes) break;
  }
  const told = bankFormat(Buffer.concat(held), mapping !== null);
  if (told.format === null) throw new BankFileError({ file: file.file, why: told.reason });
  const all = chained(held, chunks);
  if (told.format === "iso20022") yield* readIso20022(all, file);
  else if (told.format === "mt") yield* readMt(all, file);
  else yield* readBankCsv(all, mapping, file, plain ?? null);
}

async function* chained(held: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* held;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
