import type { SkippedPlace } from "../bitcoin/block-source.ts";
import type { LooseTransaction } from "../bitcoin/loose-transaction.ts";
import { LooseConflictError, LooseCycleError } from "../errors/ledger.ts";
import type { PartialLedgerWriter } from "../ledger/partial-ledger.ts";

/** Transactions that contradict the ledger are set aside one by one; more than this many and the source is wrong. */
const conflictsMax = 1000;

/**
 * Adds transactions to a partial ledger. One that contradicts what the ledger holds is set aside with its reason, and
 * the rest is added.
 * @throws LooseConflictError, LooseCycleError where more than a thousand do: then nothing is added
 */
export async function ingestLoose(
  writer: PartialLedgerWriter,
  transactions: readonly LooseTransaction[],
): Promise<SkippedPlace[]> {
  const skipped: SkippedPlace[] = [];
  let good = transactions;
  for (;;) {
    try {
      await writer.append(good);
      return skipped;
    } catch (error) {
      const isConflict = error instanceof LooseConflictError || error instanceof LooseCycleError;
      if (!isConflict || skipped.length >= conflictsMax) throw error;
      const named = error instanceof LooseConflictError ? [error.data.txid, error.data.other] : circleOf(error);
      const bad = newest(writer, good, new Set(named));
      if (bad === undefined) throw error;
      good = good.filter((transaction) => transaction !== bad);
      skipped.push({ file: bad.source.name, offset: null, reason: error.what });
    }
  }
}

const circleOf = (error: LooseCycleError) => String(error.data.circle).split(" ");

/** Of the transactions that an error names one of this batch: what the ledger does not hold yet before what it does. */
function newest(
  writer: PartialLedgerWriter,
  batch: readonly LooseTransaction[],
  named: ReadonlySet<unknown>,
): LooseTransaction | undefined {
  const candidates = batch.filter(({ txid }) => named.has(txid));
  return candidates.find(({ txid }) => writer.known(txid) === null) ?? candidates[0];
}
