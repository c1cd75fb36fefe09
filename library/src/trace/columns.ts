/** What {@link CoinColumns.outputSpender} holds where no transaction of the ledger spends the coin. */
export const unspent = 0xffff_ffff;
/** The coin is known to be spent, by a transaction that the ledger does not hold (partial ledgers only). */
export const spentElsewhere = 0xffff_fffe;
/** The ledger does not say whether the coin is spent (partial ledgers only). */
export const spendNotKnown = 0xffff_fffd;
/** Spenders below this are transactions. */
export const spenderMin = 0xffff_fffd;
/** What {@link CoinColumns.outputTx} holds where the ledger does not hold the transaction that made the coin. */
export const makerAbsent = 0xffff_ffff;
/** What {@link CoinColumns.outputValue} holds where the value of a coin is not known. */
export const valueNotKnown = -1;
/** What {@link CoinColumns.txHeight} holds where no block is known. */
export const heightNotKnown = 0xffff_ffff;

/**
 * A coin ledger as the kernels see it: a column a typed array, everything addressed by dense ids in the ledger's order.
 * A transaction stands after those whose outputs it spends. A transaction without inputs is a coinbase.
 *
 * Coins whose maker the ledger does not hold (partial ledgers) have ids from `txFirstOutput[transactionCount]` on.
 * Values are satoshi; every value and every transaction's sum is a whole number below 2^53, where doubles are exact.
 */
export interface CoinColumns {
  readonly transactionCount: number;
  readonly outputCount: number;
  readonly inputCount: number;
  /** [transactionCount + 1] The outputs of transaction t are txFirstOutput[t] to txFirstOutput[t + 1] - 1. */
  readonly txFirstOutput: Uint32Array;
  /** [transactionCount + 1] The inputs of transaction t are txFirstInput[t] to txFirstInput[t + 1] - 1. */
  readonly txFirstInput: Uint32Array;
  /** [transactionCount] Block heights, never falling; {@link heightNotKnown} (all at the end) where there is none. */
  readonly txHeight: Uint32Array;
  /** [inputCount] The coin that each input spends. */
  readonly inputOutput: Uint32Array;
  /** [outputCount] Satoshi, or {@link valueNotKnown}. */
  readonly outputValue: Float64Array;
  /** [outputCount] The transaction that made the coin, or {@link makerAbsent}. */
  readonly outputTx: Uint32Array;
  /** [outputCount] The transaction that spends the coin, or one of the three sentinels above. */
  readonly outputSpender: Uint32Array;
  /**
   * Whether the first transaction of a height is that block's coinbase, so that a fee can be followed into it.
   * False for partial ledgers, which hold some transactions of a block and not others.
   */
  readonly wholeBlocks: boolean;
}

/**
 * Coinbases pay the new coins first and then the fees of their block in the block's order (the order of ordinal
 * theory, and of the queue in which `fifo` takes a coinbase's units). The subsidy is what the fees leave of the
 * outputs and what went unclaimed; the ledger's columns do not hold it, so it is given by height.
 */
export type SubsidyAt = (height: number) => number;
