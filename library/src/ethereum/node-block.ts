import { byPath, callsOfCallTracer, type FlatTrace, flatTraceOf } from "./calls.ts";
import type {
  EthereumBlock,
  EthereumCall,
  EthereumLog,
  EthereumTransaction,
  Reward,
  Withdrawal,
} from "./chain-record.ts";
import {
  addressOf,
  addressOrNull,
  countOf,
  countOrNull,
  hashOf,
  listOf,
  quantityOf,
  quantityOrNull,
  recordOf,
  refused,
} from "./field.ts";
import type { EthereumNetwork } from "./networks.ts";
import { callsPerTransactionMax } from "./transfer.ts";

/** A block as `eth_getBlockByNumber` tells it with its transactions. */
export interface NodeBlock extends Omit<EthereumBlock, "rewards"> {
  readonly hash: string;
  readonly parentHash: string;
  readonly isMined: boolean;
  readonly uncles: number;
  readonly transactions: readonly NodeTransaction[];
}

export interface NodeTransaction {
  readonly hash: string;
  readonly position: number;
  readonly from: string;
  readonly to: string | null;
  readonly value: bigint;
  readonly gas: bigint;
  readonly gasPrice: bigint | null;
}

const gwei = 1_000_000_000n;

/** @throws EthereumRefusedError */
export function blockOfNode(answer: unknown, network: EthereumNetwork): NodeBlock {
  const block = recordOf(answer, "the block");
  const timeSeconds = countOf(block.timestamp, "the block's timestamp");
  const cancun = network.cancunSeconds;
  return {
    number: countOf(block.number, "the block's number"),
    hash: hashOf(block.hash, "the block's hash"),
    parentHash: hashOf(block.parentHash, "the block's parent"),
    timeSeconds,
    feeRecipient: addressOrNull(block.miner, "the block's miner"),
    baseFeePerGas: quantityOrNull(block.baseFeePerGas, "the block's base fee"),
    withdrawals: withdrawalsOf(block.withdrawals ?? []),
    // EIP-4788 and EIP-4844 came with Cancun, as EIP-6780 did.
    selfDestructKeeps:
      (block.parentBeaconBlockRoot ?? block.excessBlobGas ?? null) !== null ||
      (cancun !== null && timeSeconds >= cancun),
    isMined: (quantityOrNull(block.difficulty, "the block's difficulty") ?? 0n) > 0n,
    uncles: Array.isArray(block.uncles) ? block.uncles.length : 0,
    transactions: listOf(block.transactions, "the block's transactions").map(transactionOfNode),
  };
}

/** Amounts stand in Gwei (EIP-4895). */
export function withdrawalsOf(list: unknown): Withdrawal[] {
  return listOf(list, "the block's withdrawals").map((entry) => {
    const withdrawal = recordOf(entry, "a withdrawal");
    return {
      index: countOf(withdrawal.index, "a withdrawal's index"),
      to: addressOf(withdrawal.address, "a withdrawal's address"),
      amount: gwei * quantityOf(withdrawal.amount, "a withdrawal's amount"),
    };
  });
}

function transactionOfNode(entry: unknown): NodeTransaction {
  const transaction = recordOf(entry, "a transaction");
  return {
    hash: hashOf(transaction.hash, "a transaction's hash"),
    position: countOf(transaction.transactionIndex, "a transaction's index"),
    from: addressOf(transaction.from, "a transaction's from"),
    to: addressOrNull(transaction.to, "a transaction's to"),
    value: quantityOf(transaction.value, "a transaction's value"),
    gas: quantityOf(transaction.gas, "a transaction's gas"),
    gasPrice: quantityOrNull(transaction.gasPrice, "a transaction's gas price"),
  };
}

export interface NodeReceipt {
  readonly transaction: string;
  readonly blockHash: string;
  /** Null before Byzantium. */
  readonly succeeded: boolean | null;
  readonly gasUsed: bigint;
  readonly gasPrice: bigint | null;
  readonly blobGasUsed: bigint;
  readonly blobGasPrice: bigint;
  readonly created: string | null;
  readonly logs: readonly EthereumLog[];
  /** A rollup's charge for its data on the chain below; 0 elsewhere. */
  readonly l1Fee: bigint;
}

/** @throws EthereumRefusedError */
export function receiptOfNode(answer: unknown): NodeReceipt {
  const receipt = recordOf(answer, "a receipt");
  const status = countOrNull(receipt.status, "a receipt's status");
  const blobGasUsed = quantityOrNull(receipt.blobGasUsed, "a receipt's blob gas") ?? 0n;
  return {
    transaction: hashOf(receipt.transactionHash, "a receipt's transaction"),
    blockHash: hashOf(receipt.blockHash, "a receipt's block"),
    succeeded: status === null ? null : status === 1,
    gasUsed: quantityOf(receipt.gasUsed, "a receipt's gas"),
    gasPrice: quantityOrNull(receipt.effectiveGasPrice, "a receipt's gas price"),
    blobGasUsed,
    blobGasPrice: blobGasUsed === 0n ? 0n : quantityOf(receipt.blobGasPrice, "a receipt's blob gas price"),
    created: addressOrNull(receipt.contractAddress, "a receipt's contract"),
    logs: listOf(receipt.logs, "a receipt's logs").map(logOfNode),
    l1Fee: quantityOrNull(receipt.l1Fee, "a receipt's L1 fee") ?? 0n,
  };
}

const dataPattern = /^0x(?:[0-9a-fA-F]{2})*$/u;

export function logOfNode(entry: unknown): EthereumLog {
  const log = recordOf(entry, "a log");
  const topics = listOf(log.topics, "a log's topics").map((topic) => hashOf(topic, "a log's topic"));
  if (typeof log.data !== "string" || !dataPattern.test(log.data)) throw refused("a log's data is no hex");
  const index = countOf(log.logIndex, "a log's index");
  return { index, address: addressOf(log.address, "a log's address"), topics, data: log.data };
}

/** What `trace_block` tells: calls by transaction, and rewards. */
export function tracesOfTraceBlock(answer: unknown): {
  calls: Map<string, EthereumCall[]>;
  rewards: Reward[];
} {
  const byTransaction = new Map<string, Extract<FlatTrace, { is: "call" }>[]>();
  const rewards: Reward[] = [];
  for (const entry of listOf(answer, "the traces")) {
    const trace = flatTraceOf(entry);
    if (trace.is === "reward") {
      rewards.push({ to: trace.to, amount: trace.amount });
      continue;
    }
    if (trace.transaction === null) throw refused("a trace names no transaction");
    const list = byTransaction.get(trace.transaction);
    if (list === undefined) byTransaction.set(trace.transaction, [trace]);
    else list.push(trace);
    if (list !== undefined && list.length > callsPerTransactionMax) {
      throw refused(`a transaction makes more than ${callsPerTransactionMax} calls`);
    }
  }
  const calls = new Map<string, EthereumCall[]>();
  for (const [transaction, list] of byTransaction) {
    calls.set(
      transaction,
      list.sort((a, b) => byPath(a.path, b.path)).map(({ call }) => call),
    );
  }
  return { calls, rewards };
}

/** What `debug_traceBlockByNumber` tells with `callTracer`: one result a transaction, in the block's order. */
export function tracesOfCallTracer(answer: unknown, hashes: readonly string[]): Map<string, EthereumCall[]> {
  const results = listOf(answer, "the traces");
  if (results.length !== hashes.length)
    throw refused(`${results.length} traces came for ${hashes.length} transactions`);
  return new Map(
    results.map((entry, j) => {
      const { txHash, result, error } = recordOf(entry, "a trace");
      if (result === undefined || result === null) {
        throw refused(`the trace of ${hashes[j]} failed: ${String(error ?? "no reason").slice(0, 80)}`);
      }
      // Older nodes leave the hash out.
      const hash = txHash === undefined ? hashes[j]! : hashOf(txHash, "a trace's transaction");
      return [hash, callsOfCallTracer(result)];
    }),
  );
}

/** Puts together what a node tells of one transaction. */
export function mergeTransaction(
  transaction: NodeTransaction,
  receipt: NodeReceipt,
  calls: EthereumCall[] | null,
): EthereumTransaction {
  // Before Byzantium the outermost call tells whether it succeeded; without traces, see `statusFromGas`.
  const succeeded = receipt.succeeded ?? (calls === null ? statusFromGas(transaction, receipt) : null);
  return {
    hash: transaction.hash,
    position: transaction.position,
    from: transaction.from,
    to: transaction.to,
    value: transaction.value,
    succeeded,
    gasUsed: receipt.gasUsed,
    gasPrice: receipt.gasPrice ?? transaction.gasPrice,
    blobGasUsed: receipt.blobGasUsed,
    blobGasPrice: receipt.blobGasPrice,
    created: receipt.created,
    logs: receipt.logs,
    calls,
  };
}

const plainTransferGas = 21_000n;

/**
 * Before Byzantium a failed transaction used up all its gas, and a receipt did not say that it failed. One that used
 * all of a plain transfer's gas may have failed or not; it counts as one that did not.
 */
export function statusFromGas(
  transaction: { readonly gas: bigint },
  receipt: { readonly gasUsed: bigint },
): boolean | null {
  return receipt.gasUsed === transaction.gas && transaction.gas !== plainTransferGas ? false : null;
}
