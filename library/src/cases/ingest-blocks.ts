import type { BlockSource, SourceBlock } from "../bitcoin/block-source.ts";
import { decodeBlock, emptyDecodedBlock } from "../bitcoin/decode-block.ts";
import { displayHash } from "../bitcoin/hash.ts";
import { decodeHeader, workOfBits } from "../bitcoin/header.ts";
import { createHeaderCheck } from "../bitcoin/header-check.ts";
import { subsidyAt } from "../bitcoin/networks.ts";
import { ChainChangedError } from "../errors/bitcoin.ts";
import {
  CoinNotUnspentError,
  DuplicateTransactionError,
  MissingParentError,
  ValueCreatedError,
} from "../errors/ledger.ts";
import type { CoinLedgerWriter } from "../ledger/coin-ledger-writer.ts";

export type IngestProgress = { readonly what: string; readonly done: number; readonly total: number | null };

interface Job {
  readonly writer: CoinLedgerWriter;
  readonly source: BlockSource;
  /**
   * Sets a block aside that turned out to break a rule, with all that builds on it; the source then goes on with
   * another branch, or ends. Null where the source cannot: then the rule that is broken ends the ingest.
   */
  readonly refuse: ((height: number, reason: string) => void) | null;
  readonly onProgress: (progress: IngestProgress) => void;
  readonly signal: AbortSignal | null;
}

/** A source that goes on changing its chain while it is read is broken. */
const changesMax = 100;

/**
 * Brings a source's best chain into a ledger from where the two part. Blocks of the ledger that are not on it are taken
 * away where the source's chain has more work. What was appended stays, whatever happens; the writer is finished.
 *
 * @returns sentences about what was not obvious
 */
export async function ingestBlocks(job: Job): Promise<string[]> {
  const { writer, source } = job;
  const notes: string[] = [];
  try {
    for (let changes = 0; ; changes++) {
      const shared = await lastSharedHeight(writer, source);
      const tip = writer.tip();
      if (tip !== null && tip.height > shared) {
        if ((await workAbove(job, shared)) <= 0n) {
          if (source.tip().height > shared) notes.push(lessWorkNote(source, shared, tip));
          break;
        }
        const stored = writer.nextHeight() - 1;
        // Of the overlay nobody is told: it is there to be replaced.
        if (stored > shared) notes.push(`blocks ${shared + 1} to ${stored} were replaced: the chain was reorganised`);
        await writer.rewind(shared);
      }
      if (await appendRest(job, changes >= changesMax)) break;
    }
  } catch (error) {
    // What came before is good: keep it, and say what went wrong. Where keeping fails too, that is the better reason.
    await writer.finish();
    throw error;
  }
  await writer.finish();
  return notes;
}

const lessWorkNote = (source: BlockSource, shared: number, tip: { height: number }) =>
  `the source's chain parts from the ledger's after height ${shared} and has no more work (up to height ${
    source.tip().height
  } against ${tip.height}): the ledger stays as it is`;

/** The last height at which ledger and source hold the same block; -1 where there is none. */
async function lastSharedHeight(writer: CoinLedgerWriter, source: BlockSource): Promise<number> {
  const isShared = async (height: number) =>
    height < 0 || (await writer.hashAt(height)) === displayHash(await source.hashAt(height));
  let differs = Math.min(writer.tip()?.height ?? -1, source.tip().height) + 1;
  // Most chains part near their tips: longer and longer steps back, then halves.
  let shared = differs - 1;
  for (let step = 1; !(await isShared(shared)); step *= 2) {
    differs = shared;
    shared = Math.max(-1, shared - step);
  }
  while (differs - shared > 1) {
    const middle = (shared + differs) >> 1;
    if (await isShared(middle)) shared = middle;
    else differs = middle;
  }
  return shared;
}

/** The work of the source's chain above a height, less that of the ledger's. */
async function workAbove({ writer, source }: Job, height: number): Promise<bigint> {
  const work = (header: Uint8Array) => workOfBits(decodeHeader(header).bits);
  let more = 0n;
  for (const header of await writer.headers(height + 1)) more -= work(header);
  for await (const block of source.blocks(height + 1, source.tip().height)) {
    more += work(block.header);
    if (more > 0n) break;
  }
  return more;
}

/** Appends the source's blocks after the ledger's tip. False where the source's chain changed meanwhile: look again. */
async function appendRest({ writer, source, refuse, onProgress, signal }: Job, isLast: boolean): Promise<boolean> {
  if (source.tip().height <= (writer.tip()?.height ?? -1)) return true;
  const from = writer.nextHeight();
  const own = emptyDecodedBlock();
  const check = createHeaderCheck(source.network, await headersBefore(writer, from));
  let height = from;
  try {
    for await (const block of source.blocks(from, source.tip().height)) {
      if (signal?.aborted === true) break;
      height = block.height;
      check(block.header, block.hash);
      const columns = block.columns ?? decodeBlock(block.bytes, own);
      await writer.append({ ...placed(block), columns, subsidy: subsidyAt(source.network, height) });
      onProgress({ what: "blocks", done: height + 1, total: source.tip().height + 1 });
    }
    return true;
  } catch (error) {
    if (error instanceof ChainChangedError && !isLast) return false;
    if (!breaksRule(error) || refuse === null) throw error;
    refuse(height, error.what);
    return false;
  }
}

const placed = ({ height, hash, header, bytes, place }: SourceBlock) => ({ height, hash, header, bytes, place });

/** The headers that the retarget rule may ask for, and the height of the first. */
async function headersBefore(writer: CoinLedgerWriter, height: number) {
  const periodStart = Math.max(0, Math.floor((height - 1) / 2016) * 2016);
  if (height === 0) return { firstHeight: 0, headers: [] };
  return { firstHeight: periodStart, headers: (await writer.headers(periodStart)).slice(0, height - periodStart) };
}

const breaksRule = (error: unknown): error is { what: string } & Error =>
  error instanceof MissingParentError ||
  error instanceof CoinNotUnspentError ||
  error instanceof DuplicateTransactionError ||
  error instanceof ValueCreatedError;
