/**
 * The transactions of one block as columns over its bytes: no object a transaction, input or output. The buffers
 * belong to the decoder that filled them and are overwritten by its next block.
 */
export interface DecodedBlock {
  transactionCount: number;
  outputCount: number;
  /** Inputs that spend a coin: a coinbase has none. */
  inputCount: number;
  /** [32 × transactionCount] txids, internal byte order (the reverse of how they are displayed). */
  txids: Uint8Array;
  /** [transactionCount] Where the raw transaction (witness included) stands in the block's bytes. */
  txOffset: Uint32Array;
  txSize: Uint32Array;
  /** [transactionCount + 1] */
  txFirstOutput: Uint32Array;
  /** [transactionCount + 1] */
  txFirstInput: Uint32Array;
  /** [inputCount] Where the 36 bytes of the outpoint (txid, then vout little-endian) stand in the block's bytes. */
  inputOffset: Uint32Array;
  /** [outputCount] Satoshi. */
  outputValue: Float64Array;
  /** [outputCount] Where the locking script stands in the block's bytes. */
  scriptOffset: Uint32Array;
  scriptSize: Uint32Array;
}
