import type { SkippedPlace } from "./block-source.ts";
import { encodeTransaction, transactionId } from "./encode-transaction.ts";
import type { FoundTransaction, LooseTransaction } from "./loose-transaction.ts";
import { mergeTransactions } from "./merge-transactions.ts";
import { dropCycles, dropDoubleSpends, dropImpossible } from "./set-aside.ts";
import { noTxid, noVout } from "./transaction.ts";

export interface SettledTransactions {
  /** In the order in which they were first found; each txid once. */
  readonly transactions: LooseTransaction[];
  /** What was set aside, in the order in which it was found out, and why. */
  readonly skipped: SkippedPlace[];
  /** Transactions whose txid is the source's word, because it does not give the fields that it is the hash of. */
  readonly notChecked: number;
}

/**
 * Makes one consistent set of what several sources tell: names by which a source calls transactions become txids,
 * txids are checked, what is told twice is merged, and what contradicts the rest is set aside. Of two transactions that
 * cannot both be true the one stays that is in a block, else the one that was found first.
 *
 * All transactions are in memory, and stay there.
 */
export function settleTransactions(found: readonly FoundTransaction[]): SettledTransactions {
  const skipped: SkippedPlace[] = [];
  const setAside = ({ file, offset }: FoundTransaction, reason: string) => {
    skipped.push({ file, offset, reason });
  };
  const txids = txidsOfAliases(found, setAside);
  const checked: FoundTransaction[] = [];
  for (const one of found) {
    const named = withTxids(one, txids);
    const problem = checkTxid(named);
    if (problem === null) checked.push(named.unchecked === null || isNamed(named) ? withRaw(named) : named);
    else setAside(one, problem);
  }
  let kept = mergeTransactions(checked, setAside);
  kept = dropImpossible(kept, setAside);
  kept = dropDoubleSpends(kept, setAside);
  kept = dropCycles(kept, setAside);
  return {
    transactions: kept.map(({ transaction }) => transaction),
    skipped,
    notChecked: kept.filter(({ transaction }) => transaction.raw === null).length,
  };
}

export type SetAside = (found: FoundTransaction, reason: string) => void;

/** Two transactions of one alias: whichever an input means, nobody can say, so it stays a name. */
function txidsOfAliases(found: readonly FoundTransaction[], setAside: SetAside): Map<string, string> {
  const txids = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const one of found) {
    if (one.alias === null) continue;
    const { txid } = one.transaction;
    const known = txids.get(one.alias);
    if (known === undefined) txids.set(one.alias, txid);
    else if (known !== txid) {
      ambiguous.add(one.alias);
      setAside(one, `the name ${one.alias} of ${txid} is also that of ${known}; inputs that use it stay unresolved`);
    }
  }
  for (const alias of ambiguous) txids.delete(alias);
  return txids;
}

function withTxids(found: FoundTransaction, txids: ReadonlyMap<string, string>): FoundTransaction {
  if (found.alias === null && txids.size === 0) return found;
  const { transaction } = found;
  const inputs = transaction.inputs.map((input) => {
    const cut = input.coin.indexOf(":");
    const txid = txids.get(input.coin.slice(0, cut));
    return txid === undefined ? input : { ...input, coin: txid + input.coin.slice(cut) };
  });
  const outputs = transaction.outputs.map((output) => {
    const by = output.spent?.by ?? null;
    if (by === null || isTxid(by)) return output;
    return { ...output, spent: { is: true, by: txids.get(by) ?? null } };
  });
  return { ...found, transaction: { ...transaction, inputs, outputs } };
}

const isTxid = (name: string) => name.length === 64;
const isNamed = ({ transaction }: FoundTransaction) =>
  transaction.inputs.every(({ coin }) => isTxid(coin.slice(0, coin.indexOf(":"))));

/** The transaction from its fields; null where they are not all there. */
function fieldsOf({ transaction, unchecked }: FoundTransaction) {
  if (unchecked === null) return null;
  const inputs = unchecked.inputs.map((input, j) => {
    const [txid = noTxid, vout = noVout] = transaction.inputs[j]?.coin.split(":") ?? [];
    return { ...input, txid, vout: Number(vout), witness: [] };
  });
  return { version: unchecked.version, locktime: unchecked.locktime, inputs, outputs: transaction.outputs };
}

function checkTxid(found: FoundTransaction): string | null {
  const fields = isNamed(found) ? fieldsOf(found) : null;
  if (fields === null) return null;
  const txid = transactionId(fields);
  const given = found.transaction.txid;
  return txid === given ? null : `it is called ${given}, but its fields have the txid ${txid}`;
}

/** Without the signatures that stand apart from it (BIP 141), which a txid does not cover. */
function withRaw(found: FoundTransaction): FoundTransaction {
  const fields = fieldsOf(found);
  if (fields === null) return found;
  return { ...found, transaction: { ...found.transaction, raw: encodeTransaction(fields) }, unchecked: null };
}
