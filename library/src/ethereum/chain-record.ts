/** What is known of a block, whatever source told it. Addresses and hashes are in lower case, amounts in wei. */
export interface EthereumBlock {
  readonly number: number;
  /** Seconds since 1970; null where the source does not tell it. */
  readonly timeSeconds: number | null;
  /** Who the tips are paid to (proof of work: the miner); null where the source does not tell it. */
  readonly feeRecipient: string | null;
  /** EIP-1559; null before London, and where the source does not tell it. */
  readonly baseFeePerGas: bigint | null;
  /** EIP-4895. */
  readonly withdrawals: readonly Withdrawal[];
  /** Proof of work: made money, and who got it. */
  readonly rewards: readonly Reward[];
  /** EIP-6780 (Cancun): a self-destruct burns nothing, unless the contract was made in the same transaction. */
  readonly selfDestructKeeps: boolean;
}

export interface Withdrawal {
  /** Counted over the chain. */
  readonly index: number;
  readonly to: string;
  readonly amount: bigint;
}

export interface Reward {
  readonly to: string;
  readonly amount: bigint;
}

export interface EthereumTransaction {
  readonly hash: string;
  readonly position: number;
  readonly from: string;
  /** Null: it makes a contract. */
  readonly to: string | null;
  readonly value: bigint;
  /** Null where no receipt says so (before Byzantium, or none at hand). */
  readonly succeeded: boolean | null;
  /** Null where no receipt is at hand. */
  readonly gasUsed: bigint | null;
  /** Effective price of a unit of gas; null where not known. */
  readonly gasPrice: bigint | null;
  /** EIP-4844; 0 for a transaction without blobs. */
  readonly blobGasUsed: bigint;
  readonly blobGasPrice: bigint;
  /** The contract that it made; null where none, or not known. */
  readonly created: string | null;
  /** Null where there are none at hand. */
  readonly logs: readonly EthereumLog[] | null;
  /** In the order of execution; null where there are no traces. */
  readonly calls: readonly EthereumCall[] | null;
}

export interface EthereumLog {
  /** Counted over the block. */
  readonly index: number;
  readonly address: string;
  /** 0x and 64 hex digits each. */
  readonly topics: readonly string[];
  /** 0x and hex. */
  readonly data: string;
}

export const callKinds = ["call", "callcode", "delegatecall", "staticcall", "create", "selfdestruct"] as const;
export type CallKind = (typeof callKinds)[number];

export interface EthereumCall {
  readonly kind: CallKind;
  readonly from: string;
  /** Called contract, made contract, heir; null where a creation failed. */
  readonly to: string | null;
  readonly value: bigint;
  /** It failed itself. What it called is undone with it, whatever that says. */
  readonly failed: boolean;
  /** 0 for the outermost call. */
  readonly depth: number;
}
