import { DecodeError } from "../errors/bitcoin.ts";
import type { DecodedBlock } from "./decoded-block.ts";
import { displayHash, doubleSha256 } from "./hash.ts";
import { headerSize } from "./header.ts";
import { merkleRoot } from "./merkle.ts";
import { maxMoney } from "./transaction.ts";

// The fewest bytes that each takes: a count that cannot fit into what is left is refused before anything grows.
const txSizeMin = 60;
const inputSizeMin = 41;
const outputSizeMin = 9;
const stackSizeMin = 1;

// Where the merkle root stands in a header.
const rootOffset = 36;

/** Columns without room yet, for {@link decodeBlock} to fill and to fill again. */
export function emptyDecodedBlock(): DecodedBlock {
  return {
    transactionCount: 0,
    outputCount: 0,
    inputCount: 0,
    txids: new Uint8Array(0),
    txOffset: new Uint32Array(0),
    txSize: new Uint32Array(0),
    txFirstOutput: new Uint32Array(0),
    txFirstInput: new Uint32Array(0),
    inputOffset: new Uint32Array(0),
    outputValue: new Float64Array(0),
    scriptOffset: new Uint32Array(0),
    scriptSize: new Uint32Array(0),
  };
}

/**
 * Decodes the block that fills `bytes` (header, transactions) into columns, and checks its merkle root. Buffers of
 * `into` grow to twice what is asked and stay; they never take more than ten times the bytes. Signatures and witnesses
 * are not checked, nor is the witness commitment: txids do not depend on it.
 *
 * Profiled on blocks of 446 bytes, 2.2 inputs and 2.8 outputs a transaction: of 2.3 µs a transaction the four native
 * digests (txid and merkle row) take half and reading them back a tenth; copying the stripped form takes less than a
 * tenth, and reading the fields about as much. What helped: digests as Latin-1 strings (not Buffers), no object or
 * string but those, and sizes that are read by one function whose common case is one byte.
 *
 * @throws DecodeError where bytes are missing or left over, a size is not in its shortest form, a transaction has no
 *   inputs or outputs or announces witnesses that it has not, an output or a sum of outputs is over 21 million BTC, the
 *   first transaction is no coinbase or another one is, or the merkle root is not the header's
 */
export function decodeBlock(bytes: Uint8Array, into: DecodedBlock = emptyDecodedBlock()): DecodedBlock {
  decodeTransactions(bytes, into);
  checkMerkleRoot(bytes, into);
  return into;
}

/** {@link decodeBlock} without the merkle root. */
export function decodeTransactions(bytes: Uint8Array, into: DecodedBlock): void {
  const end = bytes.length;
  if (end <= headerSize) throw blockError(`it ends after ${end} bytes`, end);
  const count = countAt(bytes, headerSize, end, txSizeMin);
  if (count === 0) throw blockError("it has no transactions", headerSize);
  makeRoomForTransactions(into, count);
  into.transactionCount = count;
  into.inputCount = 0;
  into.outputCount = 0;
  let at = headerSize + sizeOf(count);
  for (let tx = 0; tx < count; tx++) {
    into.txFirstInput[tx] = into.inputCount;
    into.txFirstOutput[tx] = into.outputCount;
    at = decodeOne(bytes, at, end, tx, into);
  }
  into.txFirstInput[count] = into.inputCount;
  into.txFirstOutput[count] = into.outputCount;
  if (at !== end) throw blockError(`${end - at} bytes are left over`, at);
}

const root = new Uint8Array(32);

/** @throws DecodeError where the transactions do not have the header's merkle root, or may be a forged double */
export function checkMerkleRoot(bytes: Uint8Array, block: DecodedBlock): void {
  const { repeats } = merkleRoot(block.txids, block.transactionCount, root);
  for (let i = 0; i < 32; i++) {
    if (root[i] !== bytes[rootOffset + i]) {
      const [stated, found] = [displayHash(bytes, rootOffset), displayHash(root)];
      throw blockError(`its header states the merkle root ${stated}, its transactions have ${found}`, rootOffset);
    }
  }
  if (repeats) throw blockError("it repeats transactions so that its merkle root stays the same", rootOffset);
}

/** Decodes the transaction at `from` and returns where it ends. */
function decodeOne(bytes: Uint8Array, from: number, end: number, tx: number, into: DecodedBlock): number {
  let at = from + 4;
  // A count of inputs is never zero: here it announces a flag, and witnesses at the end (BIP 144).
  const hasWitness = at + 1 < end && bytes[at] === 0;
  if (hasWitness) {
    if (bytes[at + 1] !== 1) throw blockError("a transaction has no inputs, or an unknown flag after a zero", at + 1);
    at += 2;
  }
  const body = at;
  const inputs = countAt(bytes, at, end, inputSizeMin);
  if (inputs === 0) throw blockError("a transaction has no inputs", at);
  at = tx === 0 ? skipCoinbaseInput(bytes, at, end, inputs) : decodeInputs(bytes, at, end, inputs, into);
  at = decodeOutputs(bytes, at, end, into);
  const bodyEnd = at;
  if (hasWitness) {
    at = skipWitnesses(bytes, at, end, inputs);
    // A stack of no items is one byte.
    if (at === bodyEnd + inputs) throw blockError("a transaction announces witnesses and has none", body - 2);
  }
  if (at + 4 > end) throw blockError("it ends within a transaction", end);
  const next = at + 4;
  into.txOffset[tx] = from;
  into.txSize[tx] = next - from;
  if (hasWitness) hashStripped(bytes, from, body, bodyEnd, next, into.txids, tx);
  else doubleSha256(bytes.subarray(from, next), into.txids, 32 * tx);
  return next;
}

let stripped = new Uint8Array(1 << 12);

/** The txid is the hash of the transaction without marker, flag and witnesses. */
function hashStripped(
  bytes: Uint8Array,
  from: number,
  body: number,
  bodyEnd: number,
  next: number,
  txids: Uint8Array,
  tx: number,
): void {
  const size = bodyEnd - body + 8;
  if (stripped.length < size) stripped = new Uint8Array(2 * size);
  for (let i = 0; i < 4; i++) stripped[i] = bytes[from + i]!;
  // Beyond a few hundred bytes a native copy overtakes the loop.
  if (size > 512) stripped.set(bytes.subarray(body, bodyEnd), 4);
  else for (let i = body, to = 4; i < bodyEnd; i++, to++) stripped[to] = bytes[i]!;
  for (let i = 0; i < 4; i++) stripped[size - 4 + i] = bytes[next - 4 + i]!;
  doubleSha256(stripped.subarray(0, size), txids, 32 * tx);
}

function skipCoinbaseInput(bytes: Uint8Array, from: number, end: number, inputs: number): number {
  if (inputs !== 1 || !spendsNothing(bytes, from + 1)) throw blockError("its first transaction is no coinbase", from);
  return skipString(bytes, from + 37, end) + 4;
}

function decodeInputs(bytes: Uint8Array, from: number, end: number, count: number, into: DecodedBlock): number {
  let at = from + sizeOf(count);
  let input = into.inputCount;
  if (input + count > into.inputOffset.length) makeRoomForInputs(into, input + count);
  const { inputOffset } = into;
  into.inputCount += count;
  for (; input < into.inputCount; input++) {
    inputOffset[input] = at;
    if (bytes[at + 35] === 0xff && spendsNothing(bytes, at)) {
      throw blockError("a transaction that is not the first has the input of a coinbase", at);
    }
    at = skipString(bytes, at + 36, end) + 4;
  }
  return at;
}

/** Whether the outpoint is that of a coinbase: 32 zeros and the highest index. */
function spendsNothing(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 32; i++) if (bytes[at + i] !== 0) return false;
  for (let i = 32; i < 36; i++) if (bytes[at + i] !== 0xff) return false;
  return true;
}

function decodeOutputs(bytes: Uint8Array, from: number, end: number, into: DecodedBlock): number {
  const count = countAt(bytes, from, end, outputSizeMin);
  if (count === 0) throw blockError("a transaction has no outputs", from);
  let at = from + sizeOf(count);
  let output = into.outputCount;
  if (output + count > into.outputValue.length) makeRoomForOutputs(into, output + count);
  const { outputValue, scriptOffset, scriptSize } = into;
  into.outputCount += count;
  let sum = 0;
  for (; output < into.outputCount; output++) {
    if (at + outputSizeMin > end) throw blockError("it ends within an output", end);
    const low = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    const high = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
    const value = (high >>> 0) * 0x1_0000_0000 + (low >>> 0);
    // Both at most 21 million BTC before they are added, so that no sum leaves the whole numbers of a double.
    if (value > maxMoney) throw blockError("an output pays more than 21 million BTC", at);
    sum += value;
    if (sum > maxMoney) throw blockError("outputs of a transaction add up to more than 21 million BTC", at);
    const next = skipString(bytes, at + 8, end);
    outputValue[output] = value;
    const size = stringSize;
    scriptOffset[output] = next - size;
    scriptSize[output] = size;
    at = next;
  }
  return at;
}

function skipWitnesses(bytes: Uint8Array, from: number, end: number, inputs: number): number {
  let at = from;
  for (let input = 0; input < inputs; input++) {
    const items = countAt(bytes, at, end, stackSizeMin);
    at += sizeOf(items);
    for (let item = 0; item < items; item++) at = skipString(bytes, at, end);
  }
  return at;
}

// The size of the string that was skipped last: a second result without an object.
let stringSize = 0;

/** Steps over a size and as many bytes, and returns where they end. */
function skipString(bytes: Uint8Array, at: number, end: number): number {
  const size = countAt(bytes, at, end, 1);
  stringSize = size;
  return at + sizeOf(size) + size;
}

/** Reads the compact size at `at`: the number of things that take `sizeMin` bytes or more and end before `end`. */
function countAt(bytes: Uint8Array, at: number, end: number, sizeMin: number): number {
  if (at >= end) throw blockError("it ends where a size should stand", at);
  const first = bytes[at]!;
  const count = first < 0xfd ? first : longSizeAt(bytes, at, end);
  if (count * sizeMin > end - at - 1) {
    throw blockError(`a size of ${count} is more than the bytes that are left`, at);
  }
  return count;
}

function longSizeAt(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!;
  if (first === 0xff) throw blockError("a size is over 4 GB", at);
  if (at + (first === 0xfd ? 3 : 5) > end) throw blockError("it ends within a size", end);
  let size = bytes[at + 1]! | (bytes[at + 2]! << 8);
  if (first === 0xfe) size = (size | (bytes[at + 3]! << 16) | (bytes[at + 4]! << 24)) >>> 0;
  if (size < (first === 0xfd ? 0xfd : 0x1_0000)) throw blockError("a size is not in its shortest form", at);
  return size;
}

/** The bytes that a size takes in its shortest form, the only one that is accepted. */
function sizeOf(size: number): number {
  return size < 0xfd ? 1 : size <= 0xffff ? 3 : 5;
}

function makeRoomForTransactions(into: DecodedBlock, count: number): void {
  if (count <= into.txOffset.length) return;
  const room = 2 * count;
  into.txids = new Uint8Array(32 * room);
  into.txOffset = new Uint32Array(room);
  into.txSize = new Uint32Array(room);
  into.txFirstOutput = new Uint32Array(room + 1);
  into.txFirstInput = new Uint32Array(room + 1);
}

function makeRoomForInputs(into: DecodedBlock, count: number): void {
  const inputOffset = new Uint32Array(2 * count);
  inputOffset.set(into.inputOffset);
  into.inputOffset = inputOffset;
}

function makeRoomForOutputs(into: DecodedBlock, count: number): void {
  const { outputValue, scriptOffset, scriptSize } = into;
  into.outputValue = new Float64Array(2 * count);
  into.outputValue.set(outputValue);
  into.scriptOffset = new Uint32Array(2 * count);
  into.scriptOffset.set(scriptOffset);
  into.scriptSize = new Uint32Array(2 * count);
  into.scriptSize.set(scriptSize);
}

function blockError(why: string, offset: number): DecodeError {
  return new DecodeError({ thing: "block", why, offset });
}
