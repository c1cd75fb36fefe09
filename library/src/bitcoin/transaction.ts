/** One transaction as an object: for files, proofs and display. Whole blocks are decoded to columns instead. */
export interface Transaction {
  /** Signed 32 bits. */
  readonly version: number;
  readonly inputs: readonly TransactionInput[];
  readonly outputs: readonly TransactionOutput[];
  readonly locktime: number;
}

export interface TransactionInput {
  /** The transaction whose output is spent, as displayed; 64 zeros in a coinbase. */
  readonly txid: string;
  /** 0xffffffff in a coinbase. */
  readonly vout: number;
  readonly scriptSig: Uint8Array;
  readonly sequence: number;
  /** Empty where the input has none. */
  readonly witness: readonly Uint8Array[];
}

export interface TransactionOutput {
  /** Satoshi. */
  readonly value: bigint;
  /** The locking script. */
  readonly script: Uint8Array;
}

/** What a coinbase's input has in place of a txid. */
export const noTxid = "0".repeat(64);
/** What a coinbase's input has in place of an output's index. */
export const noVout = 0xffff_ffff;

/** 21 million BTC in satoshi: no output, and no sum of a transaction's outputs, is higher (MAX_MONEY). */
export const maxMoney = 2_100_000_000_000_000;

export function isCoinbase(transaction: Transaction): boolean {
  const [first] = transaction.inputs;
  return transaction.inputs.length === 1 && first!.txid === noTxid && first!.vout === noVout;
}
