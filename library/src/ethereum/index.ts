export {
  type FoundSwap,
  findSwaps,
  type SwapFinding,
  type SwapTransfer,
  swapConfidence,
  swapRule,
} from "./find-swaps.ts";
export { type EthereumFileOptions, readEthereumFiles } from "./read-ethereum-files.ts";
export { readTraces, type TraceReading, type TracesTold } from "./read-traces.ts";
export { ethereumRpcBlocks, type RpcBlocksOptions } from "./rpc-blocks.ts";
export type { BalanceDifference, EthereumCounts, EthereumFacts, EthereumSource, SkippedRow } from "./source.ts";
export { type EthereumTransfer, type Layer, supersedes } from "./transfer.ts";
export { transfersOfBlock } from "./transfers-of-block.ts";
