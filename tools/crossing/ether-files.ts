import type { Anvil } from "../../library/src/ethereum/anvil.fixture.ts";
import { transferTopic } from "../../library/src/ethereum/token-log.ts";
import { csvText } from "./csv-text.ts";

type Json = Readonly<Record<string, unknown>>;
type Row = readonly (string | number | bigint)[];

const columns = {
  blocks:
    "number hash parent_hash nonce sha3_uncles logs_bloom transactions_root state_root receipts_root miner " +
    "difficulty total_difficulty size extra_data gas_limit gas_used timestamp transaction_count base_fee_per_gas " +
    "withdrawals_root withdrawals",
  transactions:
    "hash nonce block_hash block_number transaction_index from_address to_address value gas gas_price input " +
    "block_timestamp max_fee_per_gas max_priority_fee_per_gas transaction_type",
  receipts:
    "transaction_hash transaction_index block_hash block_number cumulative_gas_used gas_used contract_address root " +
    "status effective_gas_price",
  logs: "log_index transaction_hash transaction_index block_hash block_number address data topics",
  token_transfers: "token_address from_address to_address value transaction_hash log_index block_number",
  traces:
    "block_number transaction_hash transaction_index from_address to_address value input output trace_type call_type " +
    "reward_type gas gas_used subtraces trace_address error status trace_id",
  tokens: "address symbol name decimals total_supply block_number",
} as const;

type FileName = keyof typeof columns;

interface Token {
  readonly address: string;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
}

/**
 * A chain as ethereum-etl exports it, a CSV for each kind of rows, from its genesis on. The bytes of contracts and of
 * calls, which move nothing, are left out of the traces.
 */
export async function etherFiles(
  node: Anvil,
  genesis: readonly { readonly address: string; readonly wei: bigint }[],
  tokens: readonly Token[],
): Promise<Readonly<Record<string, string>>> {
  const rows: Record<FileName, Row[]> = {
    blocks: [],
    transactions: [],
    receipts: [],
    logs: [],
    token_transfers: [],
    traces: genesis.map(({ address, wei }) => genesisTrace(address, wei)),
    tokens: tokens.map(({ address, symbol, name, decimals }) => [address, symbol, name, decimals, "", ""]),
  };
  const ask = async (method: string, ...params: unknown[]) =>
    (await node.client.request({ method, params } as never)) as unknown;
  const tip = Number(await node.client.getBlockNumber());
  for (let height = 0; height <= tip; height++) {
    const hex = `0x${height.toString(16)}`;
    const block = (await ask("eth_getBlockByNumber", hex, true)) as Json;
    rows.blocks.push(blockRow(block));
    const transactions = block.transactions as Json[];
    for (const transaction of transactions) rows.transactions.push(transactionRow(transaction, block));
    for (const { hash } of transactions) {
      const receipt = (await ask("eth_getTransactionReceipt", hash)) as Json;
      rows.receipts.push(receiptRow(receipt));
      for (const log of receipt.logs as Json[]) {
        rows.logs.push(logRow(log));
        const transfer = tokenTransferRow(log);
        if (transfer !== null) rows.token_transfers.push(transfer);
      }
    }
    if (height > 0) for (const trace of (await ask("trace_block", hex)) as Json[]) rows.traces.push(traceRow(trace));
  }
  return Object.fromEntries(
    Object.entries(rows).map(([name, some]) => [`${name}.csv`, csvText(columns[name as FileName].split(" "), some)]),
  );
}

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const count = (value: unknown) => (value === null || value === undefined ? "" : BigInt(value as string));

function blockRow(block: Json): Row {
  return [
    ...[count(block.number), text(block.hash), text(block.parentHash), text(block.nonce), text(block.sha3Uncles)],
    ...[text(block.logsBloom), text(block.transactionsRoot), text(block.stateRoot), text(block.receiptsRoot)],
    ...[text(block.miner), count(block.difficulty), count(block.totalDifficulty ?? 0), count(block.size)],
    ...[text(block.extraData), count(block.gasLimit), count(block.gasUsed), count(block.timestamp)],
    ...[(block.transactions as unknown[]).length, count(block.baseFeePerGas), text(block.withdrawalsRoot), "[]"],
  ];
}

function transactionRow(transaction: Json, block: Json): Row {
  return [
    ...[text(transaction.hash), count(transaction.nonce), text(transaction.blockHash), count(transaction.blockNumber)],
    ...[count(transaction.transactionIndex), text(transaction.from), text(transaction.to), count(transaction.value)],
    ...[count(transaction.gas), count(transaction.gasPrice), transaction.to === null ? "0x" : text(transaction.input)],
    ...[count(block.timestamp), count(transaction.maxFeePerGas), count(transaction.maxPriorityFeePerGas)],
    count(transaction.type),
  ];
}

function receiptRow(receipt: Json): Row {
  return [
    ...[text(receipt.transactionHash), count(receipt.transactionIndex), text(receipt.blockHash)],
    ...[count(receipt.blockNumber), count(receipt.cumulativeGasUsed), count(receipt.gasUsed)],
    ...[text(receipt.contractAddress).toLowerCase(), "", count(receipt.status), count(receipt.effectiveGasPrice)],
  ];
}

function logRow(log: Json): Row {
  return [
    ...[count(log.logIndex), text(log.transactionHash), count(log.transactionIndex), text(log.blockHash)],
    ...[count(log.blockNumber), text(log.address), text(log.data), (log.topics as string[]).join(",")],
  ];
}

function tokenTransferRow(log: Json): Row | null {
  const [topic, from, to] = log.topics as string[];
  if (topic !== transferTopic || from === undefined || to === undefined) return null;
  return [
    ...[text(log.address), `0x${from.slice(26)}`, `0x${to.slice(26)}`, BigInt(log.data as string)],
    ...[text(log.transactionHash), count(log.logIndex), count(log.blockNumber)],
  ];
}

function genesisTrace(address: string, wei: bigint): Row {
  return [0, "", "", "", address, wei, "", "", "genesis", "", "", "", "", 0, "", "", 1, `genesis_0_${address}`];
}

/** As ethereum-etl maps what `trace_block` answers. */
function traceRow(trace: Json): Row {
  const action = trace.action as Json;
  const result = (trace.result ?? {}) as Json;
  const path = (trace.traceAddress as number[]).join(",");
  const type = text(trace.type);
  return [
    ...[count(trace.blockNumber), text(trace.transactionHash), count(trace.transactionPosition), text(action.from)],
    ...[text(type === "create" ? result.address : action.to), count(action.value), "", "", type],
    ...[text(action.callType), "", count(action.gas), count(result.gasUsed), text(trace.subtraces), path],
    ...[text(trace.error), trace.error === undefined || trace.error === null ? 1 : 0],
    `${type}_${text(trace.transactionHash)}_${path.replaceAll(",", "_")}`,
  ];
}
