import {
  EthereumBlockAbsentError,
  EthereumNonsenseError,
  EthereumRefusedError,
  EthereumReorganisedError,
  EthereumRpcError,
} from "../errors/ethereum.ts";
import type { EthereumCall, EthereumTransaction, Reward } from "./chain-record.ts";
import { addressOf, countOf, recordOf } from "./field.ts";
import { type EthereumNetwork, networkOfChain } from "./networks.ts";
import {
  blockOfNode,
  mergeTransaction,
  type NodeBlock,
  type NodeReceipt,
  receiptOfNode,
  tracesOfCallTracer,
  tracesOfTraceBlock,
} from "./node-block.ts";
import { createNodeClient, type NodeClient, type NodeOptions } from "./node-client.ts";
import { type BalanceOptions, NodeFacts } from "./node-facts.ts";
import { minedRewards } from "./rewards.ts";
import { type EthereumCounts, type EthereumSource, emptyCounts } from "./source.ts";
import { depositTopic, emptyLogCounts, withdrawalTopic } from "./token-log.ts";
import type { EthereumTransfer } from "./transfer.ts";
import { transfersOfBlock } from "./transfers-of-block.ts";

export interface RpcBlocksOptions extends NodeOptions, BalanceOptions {
  /** Heights, both included. */
  readonly from: number;
  readonly to: number;
  /** Which way of tracing to ask for; `auto` takes the first that the node knows. */
  readonly traces?: "auto" | "trace_block" | "debug_traceBlockByNumber" | "none";
  /** Blocks under way at once. 4 by default. */
  readonly parallel?: number;
  /** Further contracts that wrap the native asset one to one, beside those known and found. */
  readonly wrapped?: readonly string[];
  /** Called after each block. */
  readonly onBlock?: (done: { blocks: number; of: number }) => void;
}

type TraceMethod = "trace_block" | "debug_traceBlockByNumber";

/**
 * Reads a range of blocks of a node by JSON-RPC: blocks, receipts (`eth_getBlockReceipts`, else one by one) and call
 * traces (`trace_block`, else `debug_traceBlockByNumber` with the call tracer; a node with neither makes a source that
 * says `internal transfers missing`). Blocks are checked to follow one another by their parents' hashes.
 *
 * @throws EthereumUrlError, EthereumNodeError, EthereumRpcError, EthereumNonsenseError, EthereumBlockAbsentError; while
 * the batches are read also EthereumReorganisedError; RangeError where `from` and `to` are no range
 */
export async function ethereumRpcBlocks(options: RpcBlocksOptions): Promise<EthereumSource> {
  const { from, to } = options;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from) {
    throw new RangeError(`ethereumRpcBlocks: ${from} to ${to} is no range of heights`);
  }
  const node = await createNodeClient(options);
  const [chain, tip] = await Promise.all([count(node, "eth_chainId"), count(node, "eth_blockNumber")]);
  if (to > tip) throw new EthereumBlockAbsentError({ url: node.url, height: to, tip });
  const network = networkOfChain(chain);
  const missing: string[] = [];
  const traceMethod = await chooseTraces(node, options.traces ?? "auto", to);
  if (traceMethod === null) missing.push("internal transfers missing");
  const reader: Reader = {
    node,
    network,
    traceMethod,
    receiptsByBlock: true,
    missing,
    counts: emptyCounts(),
    facts: new NodeFacts({ node, network, from, to, tip, missing, options }),
    wrapped: new Map([...network.wrapped, ...(options.wrapped ?? [])].map((name) => [name.toLowerCase(), true])),
  };
  return {
    network: network.name,
    get partial() {
      return traceMethod === null;
    },
    missing,
    batches: readRange(reader, options),
    facts: () => reader.facts.ask(),
    counts: reader.counts,
    skipped: [],
    close: async () => {},
  };
}

interface Reader {
  readonly node: NodeClient;
  readonly network: EthereumNetwork;
  readonly traceMethod: TraceMethod | null;
  receiptsByBlock: boolean;
  readonly missing: string[];
  readonly counts: EthereumCounts;
  readonly facts: NodeFacts;
  /** Contracts that emit `Deposit` or `Withdrawal`, and whether they wrap the native asset. */
  readonly wrapped: Map<string, boolean>;
}

const hex = (height: number) => `0x${height.toString(16)}`;
const callTracer = { tracer: "callTracer" };

async function count(node: NodeClient, method: string): Promise<number> {
  return sane(node, method, await node.call(method, []), (answer) => countOf(answer, "it"));
}

/** Runs what reads an answer, and says of a refusal which call it was the answer to. */
function sane<T>(node: NodeClient, method: string, answer: unknown, read: (answer: unknown) => T): T {
  try {
    return read(answer);
  } catch (error) {
    if (!(error instanceof EthereumRefusedError)) throw error;
    throw new EthereumNonsenseError({ url: node.url, method, why: error.why });
  }
}

async function chooseTraces(
  node: NodeClient,
  wanted: NonNullable<RpcBlocksOptions["traces"]>,
  height: number,
): Promise<TraceMethod | null> {
  const candidates: TraceMethod[] =
    wanted === "none" ? [] : wanted === "auto" ? ["trace_block", "debug_traceBlockByNumber"] : [wanted];
  for (const method of candidates) {
    try {
      await node.call(method, method === "trace_block" ? [hex(height)] : [hex(height), callTracer]);
      return method;
    } catch (error) {
      if (!(error instanceof EthereumRpcError)) throw error;
    }
  }
  return null;
}

async function* readRange(reader: Reader, options: RpcBlocksOptions): AsyncGenerator<EthereumTransfer[]> {
  const { from, to } = options;
  const parallel = Math.max(1, options.parallel ?? 4);
  const pending: Promise<FetchedBlock>[] = [];
  let previous: NodeBlock | null = null;
  let next = from;
  try {
    for (;;) {
      while (next <= to && pending.length < parallel) {
        const answer = fetchBlock(reader, next++);
        // Awaited in its turn; a failure must not count as unhandled until then.
        answer.catch(() => {});
        pending.push(answer);
      }
      const fetched = await pending.shift();
      if (fetched === undefined) break;
      checkParent(reader.node, previous, fetched.block);
      previous = fetched.block;
      const transfers = await transfersOf(reader, fetched);
      reader.facts.note(transfers);
      options.onBlock?.({ blocks: reader.counts.blocks, of: to - from + 1 });
      if (transfers.length > 0) yield transfers;
    }
  } finally {
    await Promise.allSettled(pending);
  }
  if (previous !== null) await checkStillThere(reader, previous);
}

function checkParent(node: NodeClient, previous: NodeBlock | null, block: NodeBlock): void {
  if (previous === null || block.parentHash === previous.hash) return;
  const height = Math.max(0, previous.number - 1);
  throw new EthereumReorganisedError({
    url: node.url,
    height,
    why: `block ${block.number} does not follow block ${previous.number} as it was read`,
  });
}

async function checkStillThere({ node, network }: Reader, last: NodeBlock): Promise<void> {
  const answer = await node.call("eth_getBlockByNumber", [hex(last.number), false]);
  const hash = answer === null ? null : (answer as { hash?: unknown }).hash;
  if (hash === last.hash) return;
  const why = `block ${last.number} of ${network.name} is another one than was read`;
  throw new EthereumReorganisedError({ url: node.url, height: Math.max(0, last.number - 1), why });
}

interface FetchedBlock {
  readonly block: NodeBlock;
  readonly transactions: readonly EthereumTransaction[];
  readonly rewards: readonly Reward[];
}

async function fetchBlock(reader: Reader, height: number): Promise<FetchedBlock> {
  const { node, network } = reader;
  const answer = await node.call("eth_getBlockByNumber", [hex(height), true]);
  if (answer === null) throw new EthereumBlockAbsentError({ url: node.url, height, tip: null });
  const block = sane(node, "eth_getBlockByNumber", answer, (value) => blockOfNode(value, network));
  const [receipts, traces] = await Promise.all([fetchReceipts(reader, block), fetchTraces(reader, block)]);
  const transactions = block.transactions.map((transaction) => {
    const receipt = receipts.get(transaction.hash);
    if (receipt === undefined) throw changedUnderway(reader, block, "receipts");
    const calls = traces === null ? null : traces.calls.get(transaction.hash);
    if (calls === undefined) throw changedUnderway(reader, block, "traces");
    return mergeTransaction(transaction, receipt, calls);
  });
  return { block, transactions, rewards: await rewardsOf(reader, block, traces?.rewards ?? []) };
}

function changedUnderway({ node }: Reader, block: NodeBlock, what: string): EthereumReorganisedError {
  const why = `the ${what} of block ${block.number} are not those of block ${block.hash}`;
  return new EthereumReorganisedError({ url: node.url, height: Math.max(0, block.number - 1), why });
}

async function fetchReceipts(reader: Reader, block: NodeBlock): Promise<Map<string, NodeReceipt>> {
  const receipts = new Map<string, NodeReceipt>();
  if (block.transactions.length === 0) return receipts;
  const method = reader.receiptsByBlock ? "eth_getBlockReceipts" : "eth_getTransactionReceipt";
  for (const answer of await receiptAnswers(reader, block)) {
    if (answer instanceof EthereumRpcError) throw answer;
    if (answer === null) throw changedUnderway(reader, block, "receipts");
    const receipt = sane(reader.node, method, answer, receiptOfNode);
    if (receipt.blockHash !== block.hash) throw changedUnderway(reader, block, "receipts");
    const rollup = "what rollups charge for their data on the chain below is missing";
    if (receipt.l1Fee > 0n && !reader.missing.includes(rollup)) reader.missing.push(rollup);
    receipts.set(receipt.transaction, receipt);
  }
  return receipts;
}

async function receiptAnswers(reader: Reader, block: NodeBlock): Promise<readonly unknown[]> {
  if (reader.receiptsByBlock) {
    try {
      const answer = await reader.node.call("eth_getBlockReceipts", [hex(block.number)]);
      if (Array.isArray(answer)) return answer;
      if (answer === null) throw changedUnderway(reader, block, "receipts");
    } catch (error) {
      if (!(error instanceof EthereumRpcError)) throw error;
    }
    reader.receiptsByBlock = false;
  }
  return reader.node.callMany(
    block.transactions.map(({ hash }) => ({ method: "eth_getTransactionReceipt", params: [hash] })),
  );
}

async function fetchTraces(
  { node, traceMethod, counts }: Reader,
  block: NodeBlock,
): Promise<{ calls: ReadonlyMap<string, EthereumCall[]>; rewards: readonly Reward[] } | null> {
  if (traceMethod === null) return null;
  // The genesis block cannot be traced, and has nothing to trace.
  if (block.number === 0 || (block.transactions.length === 0 && !block.isMined))
    return { calls: new Map(), rewards: [] };
  const isFlat = traceMethod === "trace_block";
  const answer = await node.call(traceMethod, isFlat ? [hex(block.number)] : [hex(block.number), callTracer]);
  const traces = sane(node, traceMethod, answer, (value) =>
    isFlat
      ? tracesOfTraceBlock(value)
      : {
          calls: tracesOfCallTracer(
            value,
            block.transactions.map(({ hash }) => hash),
          ),
          rewards: [],
        },
  );
  for (const calls of traces.calls.values()) counts.traces += calls.length;
  return traces;
}

async function rewardsOf(reader: Reader, block: NodeBlock, traced: readonly Reward[]): Promise<readonly Reward[]> {
  if (traced.length > 0 || !block.isMined || block.feeRecipient === null) return traced;
  if (!reader.network.minedLikeEthereum) {
    const what = "block rewards missing";
    if (!reader.missing.includes(what)) reader.missing.push(what);
    return [];
  }
  const method = "eth_getUncleByBlockNumberAndIndex";
  const calls = Array.from({ length: block.uncles }, (_, j) => ({ method, params: [hex(block.number), hex(j)] }));
  const uncles = (await reader.node.callMany(calls)).map((answer) => {
    if (answer instanceof EthereumRpcError) throw answer;
    return sane(reader.node, method, answer, (value) => {
      const uncle = recordOf(value, "the uncle");
      return { number: countOf(uncle.number, "its number"), miner: addressOf(uncle.miner, "its miner") };
    });
  });
  return minedRewards({ number: block.number, miner: block.feeRecipient }, uncles);
}

async function transfersOf(reader: Reader, fetched: FetchedBlock): Promise<EthereumTransfer[]> {
  const { block, transactions, rewards } = fetched;
  const { counts } = reader;
  await askWhetherTheyWrap(reader, transactions);
  const logCounts = emptyLogCounts();
  const wrapped = { has: (contract: string) => reader.wrapped.get(contract) === true } as ReadonlySet<string>;
  const rules = { native: reader.network.native, wrapped };
  const transfers = transfersOfBlock({ ...block, rewards }, transactions, rules, logCounts);
  counts.blocks++;
  counts.transactions += transactions.length;
  counts.logs += logCounts.logs;
  counts.tokenTransfers += logCounts.tokenTransfers;
  counts.notFungible += logCounts.notFungible;
  counts.unread += logCounts.unread;
  counts.otherDeposits += logCounts.otherDeposits;
  counts.transfers += transfers.length;
  return transfers;
}

/** WETH9's events are emitted by vaults too, which are no tokens; each such contract is looked at once. */
async function askWhetherTheyWrap(reader: Reader, transactions: readonly EthereumTransaction[]): Promise<void> {
  const unknown = new Set<string>();
  for (const { logs } of transactions) {
    for (const { address, topics } of logs ?? []) {
      const isWrapping = topics[0] === depositTopic || topics[0] === withdrawalTopic;
      if (isWrapping && !reader.wrapped.has(address)) unknown.add(address);
    }
  }
  for (const contract of unknown) reader.wrapped.set(contract, await reader.facts.wraps(contract));
}
