import type { Instant } from "../money/instant.ts";

/**
 * What a coin ledger takes and gives. Everything is addressed by dense ids in the ledger's order: the n-th
 * transaction, the n-th output (coin), the n-th input. Ids are whole numbers below 2^53; a full chain has more than
 * 2^32 outputs. Hashes are in internal byte order (the reverse of how they are displayed).
 */

// ── in ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The transactions of one block, as columns over the block's bytes. Buffers may be reused once an append returned. */
export interface CoinBlockColumns {
  readonly transactionCount: number;
  readonly outputCount: number;
  /** Inputs that spend a coin: a coinbase has none. */
  readonly inputCount: number;
  /** [32 × transactionCount] txids, internal byte order. */
  readonly txids: Uint8Array;
  /** [transactionCount] Where the raw transaction stands in the block's bytes. */
  readonly txOffset: Uint32Array;
  readonly txSize: Uint32Array;
  /** [transactionCount + 1] */
  readonly txFirstOutput: Uint32Array;
  /** [transactionCount + 1] */
  readonly txFirstInput: Uint32Array;
  /** [inputCount] Where the 36 bytes of the outpoint (txid, then vout little-endian) stand in the block's bytes. */
  readonly inputOffset: Uint32Array;
  /** [outputCount] Satoshi. */
  readonly outputValue: Float64Array;
  /** [outputCount] Where the locking script stands in the block's bytes. */
  readonly scriptOffset: Uint32Array;
  readonly scriptSize: Uint32Array;
}

export interface CoinBlock {
  readonly height: number;
  /** 32 bytes, internal byte order. */
  readonly hash: Uint8Array;
  /** 80 bytes. */
  readonly header: Uint8Array;
  /** The block's bytes, header included; `columns` point into them. */
  readonly bytes: Uint8Array;
  readonly columns: CoinBlockColumns;
  /** Satoshi that the coinbase may claim beyond the fees. */
  readonly subsidy: number;
  /** Where the raw block can be read again; null where it cannot, and the ledger must keep the bytes itself. */
  readonly place: RawPlace | null;
}

/** A run of bytes in a file of a node. `xorKey` is that of the folder (empty where there is none). */
export interface RawPlace {
  readonly file: string;
  readonly offset: number;
  readonly size: number;
  readonly xorKey: Uint8Array;
}

/** One transaction of a partial ledger, as a few files or an explorer tell it. */
export interface LooseTransaction {
  /** As displayed, 64 hex digits. */
  readonly txid: string;
  readonly height: number | null;
  readonly time: Instant | null;
  /** Position in its block, where known. */
  readonly position: number | null;
  /** Empty for a coinbase. */
  readonly inputs: readonly LooseInput[];
  readonly outputs: readonly LooseOutput[];
  /** The serialised transaction where the source has it. */
  readonly raw: Uint8Array | null;
  /** SHA-256 (hex) of the source bytes that this was read from, and their name. */
  readonly source: { readonly name: string; readonly sha256: string };
}

export interface LooseInput {
  /** The coin's name: `TXID:VOUT`, or a name that the source has for it where the txid is not known. */
  readonly coin: string;
  readonly value: bigint | null;
  readonly script: Uint8Array | null;
}

export interface LooseOutput {
  readonly value: bigint;
  readonly script: Uint8Array;
  /** What the source says of the spend; null where it says nothing. `by` is a txid where it says which. */
  readonly spent: { readonly is: boolean; readonly by: string | null } | null;
  /** Another name by which inputs of the same source refer to this coin (blockchain.info's tx_index). */
  readonly alias: string | null;
}

// ── out ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface LedgerSummary {
  readonly name: string;
  readonly kind: "coin";
  readonly network: string;
  readonly partial: boolean;
  readonly blocks: number;
  readonly transactions: number;
  /** Inputs that spend a coin: coinbases have none. */
  readonly inputs: number;
  readonly outputs: number;
  /**
   * The newest block. For a partial ledger: its highest height (null where none is known) and a SHA-256 over all that
   * is known of its sorted transactions and their spends, but for the serialised bytes. Hashes as displayed. Null
   * for a ledger that holds nothing.
   */
  readonly tip: { readonly height: number | null; readonly hash: string } | null;
}

export interface TransactionRecord {
  readonly id: number;
  readonly txid: string;
  readonly height: number | null;
  /** Position in its block. */
  readonly position: number | null;
  readonly time: Instant | null;
  readonly firstOutput: number;
  readonly outputCount: number;
  readonly inputCount: number;
}

export interface CoinRecord {
  readonly id: number;
  /** `TXID:VOUT`, or the source's own name for a coin whose txid is not known. */
  readonly name: string;
  /** The id of the transaction that made it; null where the ledger does not hold it. */
  readonly maker: number | null;
  /** Satoshi; null where not known. */
  readonly value: bigint | null;
  /** The locking script; null where not known. */
  readonly script: Uint8Array | null;
  /** Who spends it: a transaction's id, or what the ledger knows instead. */
  readonly spender: number | "unspent" | "spent-elsewhere" | "not-known";
}

export interface BlockRecord {
  readonly height: number;
  readonly hash: string;
  readonly previous: string;
  readonly time: Instant;
  readonly header: Uint8Array;
  readonly firstTransaction: number;
  readonly transactions: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it back to get the next page; null after the last. */
  readonly next: string | null;
}

/**
 * The columns that `trace/columns.ts` documents, backed by SharedArrayBuffer so that worker threads share them, with
 * the way back to the ledger's ids. Coins and transactions are renumbered densely where only a part is loaded.
 */
export interface LoadedCoins {
  readonly columns: {
    readonly transactionCount: number;
    readonly outputCount: number;
    readonly inputCount: number;
    readonly txFirstOutput: Uint32Array;
    readonly txFirstInput: Uint32Array;
    readonly txHeight: Uint32Array;
    readonly inputOutput: Uint32Array;
    readonly outputValue: Float64Array;
    readonly outputTx: Uint32Array;
    readonly outputSpender: Uint32Array;
    readonly wholeBlocks: boolean;
  };
  /** [transactionCount] Ledger ids, ascending; null where they are the same numbers. */
  readonly transactionIds: Float64Array | null;
  /** [outputCount] Ledger ids; null where they are the same numbers. */
  readonly outputIds: Float64Array | null;
}

/** The values by which {@link LoadedCoins} says what is not a number; those of `trace/columns.ts`. */
export const sentinels = {
  unspent: 0xffff_ffff,
  spentElsewhere: 0xffff_fffe,
  spendNotKnown: 0xffff_fffd,
  makerAbsent: 0xffff_ffff,
  valueNotKnown: -1,
  heightNotKnown: 0xffff_ffff,
} as const;

/** Bytes of an account's key. */
export const accountKeySize = 16;

/**
 * Whose coins to look for. Coins are found by the key that the network's {@link AccountKey} gives their scripts and
 * then checked by `accepts`, so that keys may be short, and scripts that pay one owner (P2PK and P2PKH of one public
 * key) may share a key and still be told apart.
 */
export interface Account {
  /** 16 bytes. */
  readonly key: Uint8Array;
  accepts(script: Uint8Array): boolean;
}

/**
 * Writes the 16 bytes of the key of a locking script (`size` bytes of `bytes` from `offset` on) into `into` at `at`.
 * The network's: the ledger takes it as given and stores what it says, so it must never change its mind.
 */
export type AccountKey = (bytes: Uint8Array, offset: number, size: number, into: Uint8Array, at: number) => void;

/** What the ledger must be told of the chain whose coins it keeps. */
export interface CoinChain {
  readonly accountKey: AccountKey;
  /** The txid (32 bytes, internal byte order) of a serialised transaction. Throws where it is none. */
  transactionId(raw: Uint8Array): Uint8Array;
  /** Heights whose coinbase may repeat an earlier one with unspent coins (mainnet, before BIP 30: 91842 and 91880). */
  readonly duplicateCoinbaseHeights: ReadonlySet<number>;
  /** Whether the coins of the block at height 0 can be spent (on Bitcoin's networks: no). */
  readonly genesisSpendable: boolean;
}

/** One coin ledger, whatever it is kept in. Every implementation passes the same suite of tests. */
export interface CoinLedger {
  summary(): Promise<LedgerSummary>;
  /** @param txid as displayed. Where a txid stands twice (before BIP 30) the later one, whose coins can be spent. */
  transaction(txid: string): Promise<TransactionRecord | null>;
  transactionsById(ids: readonly number[]): Promise<TransactionRecord[]>;
  /** The coins that a transaction spends, in input order. */
  inputsOf(transaction: number): Promise<CoinRecord[]>;
  coinsById(ids: readonly number[]): Promise<CoinRecord[]>;
  /**
   * The coins of an account, oldest first. A million coins give their first page as fast as ten. A page may hold fewer
   * than `limit` while `next` is not null.
   */
  coinsOfAccount(account: Account, page: { after: string | null; limit: number }): Promise<Page<CoinRecord>>;
  /** Ids of all coins of any of these accounts, ascending, each once. */
  coinIdsOfAccounts(accounts: readonly Account[]): Promise<Float64Array>;
  /** Coins received and their sum (values that are not known left out), coins not known to be spent and their sum. */
  totalsOfAccount(account: Account): Promise<{ coins: number; received: bigint; held: number; balance: bigint }>;
  block(at: number | string): Promise<BlockRecord | null>;
  /**
   * The serialised transaction, checked against its txid; null where no source had it.
   * @throws RawTransactionError where the block file is gone or changed
   */
  rawTransaction(transaction: number): Promise<Uint8Array | null>;
  /** The whole ledger as columns. */
  loadAll(): Promise<LoadedCoins>;
  /**
   * The part of the ledger that value from these coins can reach (backward: can have come from), or null where it
   * has more than `transactionsMax` transactions. Coins in `stops` (ids, ascending) are not
   * passed, but for those that the request begins at.
   *
   * Held are the transactions reached, in the ledger's order; their outputs; and after those, ascending, the coins of
   * the request and of their inputs that none of them made. A coin spent by a transaction that is not held is
   * `spentElsewhere`.
   */
  loadReach(request: {
    coins: readonly number[];
    direction: "forward" | "backward";
    stops: Float64Array;
    transactionsMax: number;
    /** Rounds of queries after which it gives up too; a long peel chain takes one a hop. Default: no bound. */
    roundsMax?: number;
  }): Promise<LoadedCoins | null>;
  close(): Promise<void>;
}
