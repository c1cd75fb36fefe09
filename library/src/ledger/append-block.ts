import {
  CoinNotUnspentError,
  DuplicateTransactionError,
  MissingParentError,
  ValueCreatedError,
} from "../errors/ledger.ts";
import type { BatchRows } from "./batch-rows.ts";
import type { CoinIndex } from "./coin-index.ts";
import { accountKeySize, type CoinBlock, type CoinChain } from "./contract.ts";
import { writeLeb128 } from "./native-format.ts";

const two32 = 4294967296;
/** A script that begins with OP_RETURN can never be spent (it ends before it can succeed). */
const opReturn = 0x6a;
/** Shorter scripts are copied faster byte by byte than by a view and `set` (about 20 ns against 70). */
const loopCopyMax = 64;

/** An input whose coin the index does not hold: whether there ever was such a coin, the caller must find out. */
export interface RefusedInput {
  readonly spender: string;
  readonly txid: Uint8Array;
  readonly vout: number;
}

/** Coins that a block spends, so that it can be undone. Used again for every block. */
export class SpentCoins {
  ids = new Float64Array(1024);
  values = new Float64Array(1024);

  reserve(count: number): void {
    if (this.ids.length >= count) return;
    this.ids = new Float64Array(count * 2);
    this.values = new Float64Array(count * 2);
  }
}

interface Progress {
  inputs: number;
  outputs: number;
  /** Outputs (by number in the block) that stand for an earlier coin of the same outpoint. */
  readonly replaced: Map<number, { id: number; value: number }>;
}

export interface AppendRequest {
  readonly block: CoinBlock;
  readonly rows: BatchRows;
  readonly index: CoinIndex;
  readonly chain: CoinChain;
  readonly spent: SpentCoins;
}

/**
 * Checks a block against the unspent coins and adds its rows to the batch, which has room for them. Where a check
 * fails, batch and index are as before.
 *
 * @returns the input that spends no unspent coin, where there is one; null where the block was added
 * @throws DuplicateTransactionError, ValueCreatedError
 */
export function appendBlock(request: AppendRequest): RefusedInput | null {
  const progress: Progress = { inputs: 0, outputs: 0, replaced: new Map() };
  const scriptStart = request.rows.scriptBytes;
  request.spent.reserve(request.block.columns.inputCount);
  let refused: RefusedInput | null = null;
  try {
    refused = addCoins(request, progress);
  } catch (error) {
    undo(request, progress);
    request.rows.scriptBytes = scriptStart;
    throw error;
  }
  if (refused !== null) {
    undo(request, progress);
    request.rows.scriptBytes = scriptStart;
    return refused;
  }
  addTransactions(request.block, request.rows, scriptStart);
  return null;
}

function addCoins({ block, rows, index, chain, spent }: AppendRequest, progress: Progress): RefusedInput | null {
  const { columns, bytes, height } = block;
  const { txFirstInput, txFirstOutput, inputOffset, outputValue, scriptOffset, scriptSize } = columns;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const txids = new DataView(columns.txids.buffer, columns.txids.byteOffset, columns.txids.byteLength);
  const { inputOutput, inputTransaction, outputTransaction, outputValue: valueWords, script, account } = rows;
  const { accountKey } = chain;
  const unspendable = height === 0 && !chain.genesisSpendable;
  const baseOutput = rows.firstOutput + rows.outputCount;
  let inputWord = 2 * rows.inputCount;
  let outputWord = 2 * rows.outputCount;
  let accountAt = accountKeySize * rows.outputCount;
  let scriptAt = rows.scriptBytes;
  let fees = 0;
  let claimed = 0;
  for (let t = 0; t < columns.transactionCount; t++) {
    const transaction = rows.firstTransaction + rows.transactionCount + t;
    const transactionHigh = Math.floor(transaction / two32);
    let takes = 0;
    for (let i = txFirstInput[t]!; i < txFirstInput[t + 1]!; i++) {
      const at = inputOffset[i]!;
      const vout = view.getUint32(at + 32, true);
      const id = index.take(view, at, vout);
      if (id < 0)
        return { spender: displayed(columns.txids, 32 * t), txid: new Uint8Array(bytes.subarray(at, at + 32)), vout };
      spent.ids[i] = id;
      spent.values[i] = index.value;
      progress.inputs = i + 1;
      takes += index.value;
      inputOutput[inputWord] = id;
      inputOutput[inputWord + 1] = Math.floor(id / two32);
      inputTransaction[inputWord] = transaction;
      inputTransaction[inputWord + 1] = transactionHigh;
      inputWord += 2;
    }
    let gives = 0;
    const firstOutput = txFirstOutput[t]!;
    for (let o = firstOutput; o < txFirstOutput[t + 1]!; o++) {
      const value = outputValue[o]!;
      const size = scriptSize[o]!;
      const from = scriptOffset[o]!;
      gives += value;
      outputTransaction[outputWord] = transaction;
      outputTransaction[outputWord + 1] = transactionHigh;
      valueWords[outputWord] = value;
      valueWords[outputWord + 1] = Math.floor(value / two32);
      outputWord += 2;
      accountKey(bytes, from, size, account, accountAt);
      accountAt += accountKeySize;
      scriptAt = writeLeb128(script, scriptAt, size);
      if (size <= loopCopyMax) for (let k = 0; k < size; k++) script[scriptAt + k] = bytes[from + k]!;
      else script.set(bytes.subarray(from, from + size), scriptAt);
      scriptAt += size;
      if (unspendable || (size > 0 && bytes[from] === opReturn)) continue;
      const prior = index.put(txids, 32 * t, o - firstOutput, baseOutput + o, value);
      if (prior >= 0) replaceDuplicate({ block, index, chain, progress, txids, t, o, prior, id: baseOutput + o });
      progress.outputs = o + 1;
    }
    if (t === 0) claimed = gives;
    else if (gives > takes)
      throw new ValueCreatedError({ height, txid: displayed(columns.txids, 32 * t), takes, gives });
    else fees += takes - gives;
  }
  if (claimed > block.subsidy + fees) {
    const txid = displayed(columns.txids, 0);
    throw new ValueCreatedError({ height, txid, takes: block.subsidy + fees, gives: claimed });
  }
  rows.scriptBytes = scriptAt;
  return null;
}

interface Duplicate {
  block: CoinBlock;
  index: CoinIndex;
  chain: CoinChain;
  progress: Progress;
  txids: DataView;
  t: number;
  o: number;
  prior: number;
  id: number;
}

/** Before BIP 30 two coinbases repeated earlier ones: the earlier coins can never be spent from then on. */
function replaceDuplicate({ block, index, chain, progress, txids, t, o, prior, id }: Duplicate): void {
  const { columns, height } = block;
  if (t !== 0 || !chain.duplicateCoinbaseHeights.has(height)) {
    throw new DuplicateTransactionError({ height, txid: displayed(columns.txids, 32 * t) });
  }
  progress.replaced.set(o, { id: prior, value: index.value });
  index.replace(txids, 32 * t, o - columns.txFirstOutput[t]!, id, columns.outputValue[o]!);
}

/** Gives the index back what the block spent, then takes from it what the block made. */
function undo({ block, rows, index, spent }: AppendRequest, progress: Progress): void {
  const { columns, bytes } = block;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const txids = new DataView(columns.txids.buffer, columns.txids.byteOffset, columns.txids.byteLength);
  for (let i = progress.inputs - 1; i >= 0; i--) {
    const at = columns.inputOffset[i]!;
    index.put(view, at, view.getUint32(at + 32, true), spent.ids[i]!, spent.values[i]!);
  }
  const baseOutput = rows.firstOutput + rows.outputCount;
  for (let t = 0; t < columns.transactionCount; t++) {
    const first = columns.txFirstOutput[t]!;
    const end = Math.min(columns.txFirstOutput[t + 1]!, progress.outputs);
    for (let o = first; o < end; o++) {
      const id = index.take(txids, 32 * t, o - first);
      const earlier = progress.replaced.get(o);
      if (earlier !== undefined) index.put(txids, 32 * t, o - first, earlier.id, earlier.value);
      // A coin of an earlier block under the same outpoint, which stopped this one, stays.
      else if (id >= 0 && id !== baseOutput + o) index.put(txids, 32 * t, o - first, id, index.value);
    }
  }
}

function addTransactions(block: CoinBlock, rows: BatchRows, scriptStart: number): void {
  const { columns } = block;
  const { transactionCount: count, txFirstOutput, txFirstInput } = columns;
  const start = rows.transactionCount;
  rows.txid.set(columns.txids.subarray(0, 32 * count), 32 * start);
  rows.height.fill(block.height, start, start + count);
  rows.rawOffset.set(columns.txOffset.subarray(0, count), start);
  rows.rawSize.set(columns.txSize.subarray(0, count), start);
  const baseOutput = rows.firstOutput + rows.outputCount;
  const baseInput = rows.firstInput + rows.inputCount;
  for (let t = 0, row = start; t < count; t++, row++) {
    const firstOutput = baseOutput + txFirstOutput[t]!;
    const firstInput = baseInput + txFirstInput[t]!;
    rows.txFirstOutput[2 * row] = firstOutput;
    rows.txFirstOutput[2 * row + 1] = Math.floor(firstOutput / two32);
    rows.txFirstInput[2 * row] = firstInput;
    rows.txFirstInput[2 * row + 1] = Math.floor(firstInput / two32);
    rows.txOutputs[row] = txFirstOutput[t + 1]! - txFirstOutput[t]!;
    rows.txInputs[row] = txFirstInput[t + 1]! - txFirstInput[t]!;
  }
  const { outputCount, inputCount } = columns;
  const raw = block.place === null ? new Uint8Array(block.bytes) : null;
  rows.blocks.push({
    height: block.height,
    hash: new Uint8Array(block.hash),
    header: new Uint8Array(block.header),
    place: block.place,
    raw,
    transactions: count,
    outputs: outputCount,
    inputs: inputCount,
    firstRow: { transactions: start, outputs: rows.outputCount, inputs: rows.inputCount, scriptBytes: scriptStart },
  });
  rows.transactionCount += count;
  rows.outputCount += outputCount;
  rows.inputCount += inputCount;
  rows.rawBytes += raw?.length ?? 0;
}

/** What an input that spends no unspent coin is: whether its coin was ever made is known by now. */
export function refusal(refused: RefusedInput, { height, made }: { height: number; made: boolean }) {
  const coin = { height, spender: refused.spender, txid: displayed(refused.txid, 0), vout: refused.vout };
  return made ? new CoinNotUnspentError(coin) : new MissingParentError(coin);
}

/** A hash as displayed: its 32 bytes backwards, in hex. */
export function displayed(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.subarray(at, at + 32).toReversed()).toString("hex");
}
