import { basename, join } from "node:path";
import { openBlockFiles } from "../bitcoin/block-files.ts";
import type { BlockSource, SkippedPlace } from "../bitcoin/block-source.ts";
import { type EsploraTrail, fetchEsploraTrail } from "../bitcoin/esplora-source.ts";
import { networkNamed } from "../bitcoin/networks.ts";
import { openRpcSource } from "../bitcoin/rpc-source.ts";
import { readTransactionFiles } from "../bitcoin/transaction-files.ts";
import { NothingReadError } from "../errors/cases.ts";
import type { LedgerSummary } from "../ledger/contract.ts";
import type { DataFolder } from "../ledger/data-folder.ts";
import { type IngestProgress, ingestBlocks } from "./ingest-blocks.ts";
import { ingestLoose } from "./ingest-loose.ts";
import { withFolder } from "./open-folder.ts";

/** Where a Bitcoin ledger comes from. */
export type IngestFrom =
  | {
      readonly kind: "blocks";
      /** Bitcoin Core's folder of blk*.dat files, or one of them. */
      readonly path: string;
      /** What the blocks must be of; null: of whatever they are. */
      readonly network: string | null;
      /** Newest blocks that are kept beside the store, since a reorganisation may still replace them. */
      readonly overlay: number;
    }
  | {
      readonly kind: "rpc";
      readonly url: string;
      readonly cookie: string | null;
      readonly network: string | null;
      readonly overlay: number;
    }
  | { readonly kind: "transactions"; readonly files: readonly string[]; readonly network: string | null }
  | {
      readonly kind: "esplora";
      readonly url: string;
      readonly txids: readonly string[];
      readonly addresses: readonly string[];
      readonly direction: "forward" | "backward";
      readonly transactionsMax: number;
      readonly requestsPerSecond: number;
      readonly network: string | null;
    };

export interface IngestRequest {
  /** The data folder. */
  readonly data: string;
  /** The ledger's name; made where it is not there. */
  readonly ledger: string;
  readonly from: IngestFrom;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Stops at the next safe point; what was brought in stays. */
  readonly signal?: AbortSignal;
}

export interface IngestResult {
  /** The whole ledger afterwards. */
  readonly summary: LedgerSummary;
  readonly skipped: readonly SkippedPlace[];
  /** Sentences about what was not obvious: a reorganisation, a bound that was met. */
  readonly notes: readonly string[];
}

/** Brings Bitcoin into a ledger. Running it again goes on where it stopped, or changes nothing. */
export async function ingestBitcoin(request: IngestRequest): Promise<IngestResult> {
  return withFolder(request.data, async (folder) => {
    const { from } = request;
    const { skipped, notes } =
      from.kind === "blocks" || from.kind === "rpc"
        ? await fromBlocks(folder, request, from)
        : await fromTransactions(folder, request, from);
    const ledger = await folder.ledger(request.ledger);
    const summary = await ledger.summary();
    await ledger.close();
    return { summary, skipped, notes };
  });
}

type Outcome = Pick<IngestResult, "skipped" | "notes">;
type FromBlocks = Extract<IngestFrom, { kind: "blocks" | "rpc" }>;
type FromTransactions = Exclude<IngestFrom, FromBlocks>;

async function fromBlocks(folder: DataFolder, request: IngestRequest, from: FromBlocks): Promise<Outcome> {
  const { onProgress = () => {}, signal = null } = request;
  const opened = await openSource(from, onProgress, signal);
  const { source } = opened;
  try {
    const writer = await folder.coinLedgerWriter({
      name: request.ledger,
      network: source.network.name,
      overlayBlocks: from.overlay,
    });
    const notes = await ingestBlocks({ writer, source, refuse: opened.refuse, onProgress, signal });
    return { skipped: source.skipped, notes };
  } finally {
    await source.close();
  }
}

async function openSource(
  from: FromBlocks,
  onProgress: (progress: IngestProgress) => void,
  signal: AbortSignal | null,
): Promise<{ source: BlockSource; refuse: ((height: number, reason: string) => void) | null }> {
  const network = from.network === null ? {} : { network: networkNamed(from.network) };
  if (from.kind === "rpc") {
    const cookie = from.cookie === null ? {} : { cookieFile: from.cookie };
    const source = await openRpcSource({ url: from.url, ...cookie, ...network, signal: signal ?? undefined });
    return { source, refuse: null };
  }
  const onFile = (done: number, total: number) => onProgress({ what: "files searched for headers", done, total });
  const source = await openBlockFiles({ path: from.path, ...network, onFile });
  return { source, refuse: (height, reason) => void source.refuse(height, reason) };
}

async function fromTransactions(folder: DataFolder, request: IngestRequest, from: FromTransactions): Promise<Outcome> {
  const { onProgress = () => {}, signal } = request;
  const network = networkNamed(from.network ?? "mainnet");
  // Opened once there is something to write: nothing read makes no ledger.
  const open = () => folder.partialLedgerWriter({ name: request.ledger, network: network.name });
  if (from.kind === "transactions") {
    const read = await readTransactionFiles(from.files, network, {
      signal,
      onFile: ({ files, of }) => onProgress({ what: "files", done: files, total: of }),
    });
    if (read.transactions.length === 0) throw nothingRead(from.files, read.skipped);
    const conflicts = await ingestLoose(await open(), read.transactions);
    const notes = read.notChecked === 0 ? [] : [notCheckedNote(read.notChecked)];
    return { skipped: [...read.skipped, ...conflicts], notes };
  }
  const { requestsPerSecond, ...asked } = from;
  const fetched = await fetchEsploraTrail({
    ...asked,
    network,
    limits: { requestsPerSecond },
    cacheFolder: join(request.data, "cache", "esplora"),
    signal,
    onProgress: ({ transactions }) =>
      onProgress({ what: "transactions", done: transactions, total: from.transactionsMax }),
  });
  const conflicts = await ingestLoose(await open(), fetched.transactions);
  return { skipped: [...fetched.skipped, ...conflicts], notes: notFetchedNotes(fetched) };
}

function nothingRead(files: readonly string[], skipped: readonly SkippedPlace[]): NothingReadError {
  const [first] = skipped;
  const why = first === undefined ? "there is no file" : `${basename(first.file)}: ${first.reason}`;
  return new NothingReadError({ files: files.join(", "), why, setAside: skipped.length });
}

const boundNames = {
  transactionsMax: "--transactions-max was met: these transactions were not fetched",
  branchesMax: "these transactions have too many coins to follow",
  addressPagesMax: "these addresses have more transactions than were fetched",
} as const;
const namesShownMax = 3;

function notFetchedNotes({ notFetched }: EsploraTrail): string[] {
  return Object.entries(boundNames).flatMap(([bound, sentence]) => {
    const names = notFetched.filter((entry) => entry.bound === bound).map(({ name }) => name);
    const more = names.length > namesShownMax ? ` and ${names.length - namesShownMax} more` : "";
    return names.length === 0 ? [] : [`${sentence}: ${names.slice(0, namesShownMax).join(", ")}${more}`];
  });
}

function notCheckedNote(count: number): string {
  const told = count === 1 ? "the txid of 1 transaction was" : `the txids of ${count} transactions were`;
  return `${told} taken as told: the source leaves out what it is the hash of`;
}
