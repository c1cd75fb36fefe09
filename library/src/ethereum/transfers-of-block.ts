import { type Instant, instantOfSeconds } from "../money/instant.ts";
import { pushCallTransfers } from "./call-transfers.ts";
import type { EthereumBlock, EthereumTransaction } from "./chain-record.ts";
import { emptyLogCounts, type LogCounts, type LogRules, pushLogTransfers } from "./token-log.ts";
import { blockEnd, callIndex, type EthereumTransfer, feeIndex, type Place, transferOf } from "./transfer.ts";

export interface BlockRules extends LogRules {
  /** The id of the chain's own asset. */
  readonly native: string;
}

/**
 * All transfers of a block, in the ledger's order: of each transaction its fees (burnt, paid, for blobs), then the
 * calls as they were executed (or the transaction's own value, where it has no traces), then the tokens' logs; then
 * rewards and withdrawals. Failed transactions pay their fee and move nothing else. Transfers of nothing are left out.
 *
 * Sources: EIP-1559 (burnt base fee), EIP-4844 (blobs), EIP-4895 (withdrawals), EIP-6780 (self-destruct), EIP-20.
 */
export function transfersOfBlock(
  block: EthereumBlock,
  transactions: readonly EthereumTransaction[],
  rules: BlockRules,
  counts: LogCounts = emptyLogCounts(),
): EthereumTransfer[] {
  const transfers: EthereumTransfer[] = [];
  for (const transaction of transactions) pushTransaction(block, transaction, rules, counts, transfers);
  pushRewards(block, rules.native, transfers);
  pushWithdrawals(block, rules.native, transfers);
  return transfers;
}

function pushTransaction(
  block: EthereumBlock,
  transaction: EthereumTransaction,
  rules: BlockRules,
  counts: LogCounts,
  into: EthereumTransfer[],
): void {
  const place = placeOf(block, transaction.hash, transaction.position);
  pushFees(place, block, transaction, rules.native, into);
  const { calls, logs, succeeded } = transaction;
  if (calls === null) pushTop(place, transaction, rules.native, into);
  else if (succeeded !== false) {
    const { selfDestructKeeps } = block;
    pushCallTransfers(place, calls, { native: rules.native, selfDestructKeeps }, into);
  }
  if (logs !== null && succeeded !== false) pushLogTransfers(place, logs, rules, counts, into);
}

export function placeOf(
  block: { readonly number: number; readonly timeSeconds: number | null },
  transaction: string,
  position: number,
): Place {
  const time: Instant | null = block.timeSeconds === null ? null : instantOfSeconds(block.timeSeconds);
  return { transaction, height: block.number, position, time, dayOnly: false };
}

/** A transaction's own value, where nothing says that it failed. */
export function pushTop(
  place: Place,
  transaction: Pick<EthereumTransaction, "from" | "to" | "created" | "value" | "succeeded">,
  native: string,
  into: EthereumTransfer[],
): void {
  const to = transaction.to ?? transaction.created;
  if (transaction.succeeded === false || transaction.value === 0n || to === null) return;
  into.push(transferOf(place, "top", callIndex, transaction.from, to, native, transaction.value, false));
}

/**
 * What the gas cost. The base fee is burnt (EIP-1559), the rest is paid to the block's fee recipient; before London all
 * of it. Where the block is not known (null) it is one fee that nobody is known to get.
 */
export function pushFees(
  place: Place,
  block: Pick<EthereumBlock, "baseFeePerGas" | "feeRecipient"> | null,
  transaction: Pick<EthereumTransaction, "from" | "gasUsed" | "gasPrice" | "blobGasUsed" | "blobGasPrice">,
  native: string,
  into: EthereumTransfer[],
): void {
  const { from, gasUsed, gasPrice, blobGasUsed, blobGasPrice } = transaction;
  const blobs = blobGasUsed * blobGasPrice;
  const whole = gasUsed === null || gasPrice === null ? 0n : gasUsed * gasPrice;
  if (block === null) {
    if (whole + blobs > 0n) into.push(transferOf(place, "whole-fee", 0, from, null, native, whole + blobs, true));
    return;
  }
  if (gasUsed !== null && gasPrice !== null) {
    const baseFee = block.baseFeePerGas ?? 0n;
    // Transactions of a rollup's own system pay less than the base fee: nothing.
    const burnt = gasUsed * (baseFee < gasPrice ? baseFee : gasPrice);
    const paid = whole - burnt;
    if (burnt > 0n) into.push(transferOf(place, "fee", feeIndex.burnt, from, null, native, burnt, true));
    if (paid > 0n) into.push(transferOf(place, "fee", feeIndex.paid, from, block.feeRecipient, native, paid, true));
  }
  if (blobs > 0n) into.push(transferOf(place, "fee", feeIndex.blob, from, null, native, blobs, true));
}

export function pushRewards(
  block: Pick<EthereumBlock, "number" | "timeSeconds" | "rewards">,
  native: string,
  into: EthereumTransfer[],
): void {
  const place = placeOf(block, `block:${block.number}:rewards`, blockEnd);
  block.rewards.forEach(({ to, amount }, j) => {
    if (amount > 0n) into.push(transferOf(place, "reward", j, null, to, native, amount, false));
  });
}

export function pushWithdrawals(
  block: Pick<EthereumBlock, "number" | "timeSeconds" | "withdrawals">,
  native: string,
  into: EthereumTransfer[],
): void {
  block.withdrawals.forEach(({ index, to, amount }, j) => {
    const place = placeOf(block, `withdrawal:${index}`, blockEnd + 1 + j);
    if (amount > 0n) into.push(transferOf(place, "withdrawal", 0, null, to, native, amount, false));
  });
}
