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
      const { txid } = error.data;
      const bad = good.find((transaction) => transaction.txid === txid);
      if (bad === undefined) throw error;
      good = good.filter((transaction) => transaction !== bad);
      skipped.push({ file: bad.source.name, offset: null, reason: error.what });
    }
  }
}
