export { ethereumRpcBlocks, type RpcBlocksOptions } from "./rpc-blocks.ts";
export type { EthereumCounts, EthereumFacts, EthereumSource, SkippedRow } from "./source.ts";
export type { EthereumTransfer } from "./transfer.ts";
export { transfersOfBlock } from "./transfers-of-block.ts";
