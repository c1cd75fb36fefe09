import { instantOfSeconds } from "../money/instant.ts";
import { decodeTransaction } from "./decode-transaction.ts";
import { transactionId } from "./encode-transaction.ts";
import type { FoundAt } from "./found-at.ts";
import type { FoundTransaction } from "./loose-transaction.ts";
import { isCoinbase } from "./transaction.ts";

/**
 * A serialised transaction, which says nothing of heights, of the values that it spends, or of who spends it.
 * @throws DecodeError
 */
export function readRawTransaction(bytes: Uint8Array, at: FoundAt): FoundTransaction {
  const transaction = decodeTransaction(bytes);
  const seconds = at.block?.time ?? null;
  return {
    transaction: {
      txid: transactionId(transaction),
      height: at.block?.height ?? null,
      time: seconds === null ? null : instantOfSeconds(seconds),
      position: at.block?.position ?? null,
      inputs: isCoinbase(transaction)
        ? []
        : transaction.inputs.map(({ txid, vout }) => ({ coin: `${txid}:${vout}`, value: null, script: null })),
      outputs: transaction.outputs.map((output) => ({ ...output, spent: null, alias: null })),
      raw: bytes,
      source: { name: at.name, sha256: at.sha256 },
    },
    file: at.name,
    offset: at.offset,
    alias: null,
    unchecked: null,
  };
}
