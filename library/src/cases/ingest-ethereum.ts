import { NetworkUnknownError, NothingReadError } from "../errors/cases.ts";
import { networkNamed } from "../ethereum/networks.ts";
import { readEthereumFiles } from "../ethereum/read-ethereum-files.ts";
import { ethereumRpcBlocks } from "../ethereum/rpc-blocks.ts";
import type { EthereumSource } from "../ethereum/source.ts";
import { supersedes } from "../ethereum/transfer.ts";
import type { AccountIngest } from "./account-ingest.ts";
import type { IngestProgress } from "./ingest-blocks.ts";
import { withFolder } from "./open-folder.ts";
import { readAhead } from "./read-ahead.ts";
import { TracesThread } from "./traces-thread.ts";

/** Where a ledger of Ethereum, or of a chain like it, comes from. */
export type EthereumFrom =
  | {
      readonly kind: "rpc";
      readonly url: string;
      /** The first and the last block. */
      readonly from: number;
      readonly to: number;
      /** Whether to ask the node for the balances before the first block of what was touched. */
      readonly balances: boolean;
    }
  | { readonly kind: "files"; readonly files: readonly string[]; readonly network: string };

export interface EthereumIngestRequest {
  /** The data folder. */
  readonly data: string;
  /** The ledger's name; made where it is not there. */
  readonly ledger: string;
  readonly from: EthereumFrom;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
  /** From how many bytes of files with traces on these are read in a thread of their own. */
  readonly traceBytesMin?: number;
}

/** Brings Ethereum into a ledger. Running it again adds what is new. */
export async function ingestEthereum(request: EthereumIngestRequest): Promise<AccountIngest> {
  const traces = await startTraces(request);
  try {
    return await ingestFrom(await openSource(request, traces), traces, request);
  } finally {
    await traces?.stop();
  }
}

async function ingestFrom(
  source: EthereumSource,
  traces: TracesThread | null,
  { data, ledger: name, from, onProgress = () => {}, signal }: EthereumIngestRequest,
): Promise<AccountIngest> {
  // While the store is opened and its tables are made this thread would wait.
  const batches = readAhead(source.batches);
  try {
    return await withFolder(data, async (folder) => {
      // Files cannot say that nothing is missing between them; a node that traces calls can.
      const partial = from.kind === "files" || source.partial;
      const writer = await folder.accountLedgerWriter({ name, network: source.network, partial });
      traces?.storeIn(writer);
      try {
        for await (const batch of batches) {
          signal?.throwIfAborted();
          await writer.append(batch);
          // Otherwise it would wait, and this thread with it, which has a batch of its own to fill.
          if (!writer.isStoring) await traces?.storeReady();
          onProgress({ what: "transfers:", done: source.counts.transfers, total: null });
        }
        refuseNothing(source, from);
        const facts = await source.facts();
        // Later blocks that do not begin at the genesis take nothing of that back.
        const height = from.kind === "rpc" ? from.from : null;
        const openings = facts.openings.map((opening) => ({ ...opening, height }));
        const fromGenesis = facts.openingDefault === 0n ? { fromGenesis: true } : {};
        await writer.addFacts({ ...facts, openings, ...fromGenesis });
        await writer.setMissing(source.missing);
        if (from.kind === "rpc") await writer.markRange(from);
        onProgress({ what: "arranging transfers:", done: source.counts.transfers, total: null });
        await writer.settle({ supersedes });
        await writer.finish();
        const opened = await folder.accountLedger(name);
        const summary = await opened.summary();
        await opened.close();
        const notes = facts.differences.slice(0, differencesSaidMax).map(differenceText);
        return { summary, read: readCounts(source), skipped: source.skipped, notes, bank: null };
      } catch (error) {
        await writer.abandon();
        throw error;
      }
    });
  } finally {
    await batches.close();
    await source.close();
  }
}

async function startTraces(request: EthereumIngestRequest): Promise<TracesThread | null> {
  const { from, ledger, traceBytesMin, signal } = request;
  if (from.kind !== "files") return null;
  const { files, network } = from;
  if (networkNamed(network) === null) throw new NetworkUnknownError({ network: network.slice(0, 80) });
  return TracesThread.start({ files, network, ledger }, { traceBytesMin, signal });
}

async function openSource(
  { from, signal, onProgress = () => {} }: EthereumIngestRequest,
  traces: TracesThread | null,
): Promise<EthereumSource> {
  if (from.kind === "files") {
    const { files, network } = from;
    return readEthereumFiles(files, {
      network,
      signal,
      ...(traces === null ? {} : { tracesApart: () => traces.finish() }),
      onProgress: ({ bytes, of }) => onProgress({ what: "bytes:", done: bytes, total: of }),
    });
  }
  return ethereumRpcBlocks({
    ...from,
    signal,
    onBlock: ({ blocks, of }) => onProgress({ what: "blocks:", done: blocks, total: of }),
  });
}

function refuseNothing({ counts, skipped }: EthereumSource, from: EthereumFrom): void {
  if (from.kind !== "files" || counts.transfers + counts.blocks > 0) return;
  const why = skipped[0]?.reason ?? "they hold nothing";
  throw new NothingReadError({ files: from.files.join(", "), why, setAside: skipped.length });
}

function readCounts({ counts }: EthereumSource): Record<string, number> {
  const { blocks, transactions, logs, tokenTransfers, notFungible, traces, transfers } = counts;
  return { blocks, transactions, logs, tokenTransfers, notFungible, traces, transfers };
}

const differencesSaidMax = 20;

function differenceText(difference: { account: string; asset: string; expected: bigint; found: bigint }): string {
  const { account, asset, expected, found } = difference;
  return `${account} has ${found} of ${asset} by the node's word, and ${expected} by its transfers`;
}
