import { createHash } from "node:crypto";
import fc from "fast-check";
import type { CoinBlock, CoinChain } from "../contract.ts";

/** A transaction of a generated chain. Inputs name transactions of the chain by number. */
export interface PlannedTransaction {
  /** The number of an earlier coinbase that this one repeats to the byte, where their blocks have one salt. */
  readonly repeats?: number;
  readonly inputs: readonly { readonly transaction: number; readonly vout: number }[];
  readonly outputs: readonly { readonly value: number; readonly script: Uint8Array }[];
}

export interface PlannedBlock {
  readonly transactions: readonly PlannedTransaction[];
  readonly subsidy: number;
  /** Tells the coinbases, and so the blocks of two branches, apart. */
  readonly salt: number;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const doubleSha256 = (bytes: Uint8Array) => new Uint8Array(sha256(sha256(bytes)));

function compactSize(value: number): Buffer {
  if (value < 0xfd) return Buffer.from([value]);
  const bytes = Buffer.alloc(3, 0xfd);
  bytes.writeUInt16LE(value, 1);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Two kinds of scripts share an account: one of a tag and a name, and its variant of another tag. */
export const testChain: CoinChain = {
  accountKey: (bytes, offset, size, into, at) => {
    const name = bytes.subarray(offset + 1, offset + size);
    into.set(sha256(Buffer.concat([Buffer.from("account"), name])).subarray(0, 16), at);
  },
  transactionId: doubleSha256,
  duplicateCoinbaseHeights: new Set([3]),
  genesisSpendable: false,
};

export function accountOf(script: Uint8Array) {
  const key = new Uint8Array(16);
  testChain.accountKey(script, 0, script.length, key, 0);
  return key;
}

/** Builds blocks as Bitcoin serialises them (before segwit), without work or a merkle root. */
export function buildChain(plan: readonly PlannedBlock[]): CoinBlock[] {
  const txids: Uint8Array[] = [];
  let previous: Uint8Array = new Uint8Array(32);
  return plan.map((block, height) => {
    const built = buildBlock({ block, height, previous, txids });
    previous = built.hash;
    return built;
  });
}

interface Growing {
  at: number;
  readonly parts: Buffer[];
  readonly txids: Uint8Array[];
  readonly txOffset: number[];
  readonly txSize: number[];
  readonly txFirstOutput: number[];
  readonly txFirstInput: number[];
  readonly inputOffset: number[];
  readonly outputValue: number[];
  readonly scriptOffset: number[];
  readonly scriptSize: number[];
}

function buildBlock(request: {
  block: PlannedBlock;
  height: number;
  previous: Uint8Array;
  txids: Uint8Array[];
}): CoinBlock {
  const { block, height, previous, txids } = request;
  const time = uint32(1_300_000_000 + 600 * height);
  const header = Buffer.concat([uint32(1), previous, Buffer.alloc(32, block.salt), time, uint32(0), uint32(0)]);
  const count = compactSize(block.transactions.length);
  const growing: Growing = {
    at: header.length + count.length,
    parts: [header, count],
    txids: [],
    txOffset: [],
    txSize: [],
    txFirstOutput: [0],
    txFirstInput: [0],
    inputOffset: [],
    outputValue: [],
    scriptOffset: [],
    scriptSize: [],
  };
  for (const transaction of block.transactions) txids.push(addTransaction(growing, transaction, { txids, block }));
  return {
    height,
    hash: doubleSha256(header),
    header,
    bytes: new Uint8Array(Buffer.concat(growing.parts)),
    columns: {
      transactionCount: block.transactions.length,
      outputCount: growing.outputValue.length,
      inputCount: growing.inputOffset.length,
      txids: new Uint8Array(Buffer.concat(growing.txids)),
      txOffset: Uint32Array.from(growing.txOffset),
      txSize: Uint32Array.from(growing.txSize),
      txFirstOutput: Uint32Array.from(growing.txFirstOutput),
      txFirstInput: Uint32Array.from(growing.txFirstInput),
      inputOffset: Uint32Array.from(growing.inputOffset),
      outputValue: Float64Array.from(growing.outputValue),
      scriptOffset: Uint32Array.from(growing.scriptOffset),
      scriptSize: Uint32Array.from(growing.scriptSize),
    },
    subsidy: block.subsidy,
    place: null,
  };
}

function addTransaction(
  growing: Growing,
  transaction: PlannedTransaction,
  { txids, block }: { txids: readonly Uint8Array[]; block: PlannedBlock },
): Uint8Array {
  const start = growing.at;
  const pieces: Buffer[] = [];
  const add = (bytes: Uint8Array) => {
    pieces.push(Buffer.from(bytes));
    growing.at += bytes.length;
  };
  add(uint32(1));
  add(compactSize(Math.max(1, transaction.inputs.length)));
  if (transaction.inputs.length === 0) {
    add(Buffer.alloc(32));
    add(uint32(0xffff_ffff));
    add(Buffer.concat([Buffer.from([8]), uint32(block.salt), uint32(transaction.repeats ?? txids.length)]));
    add(uint32(0));
  }
  for (const { transaction: parent, vout } of transaction.inputs) {
    growing.inputOffset.push(growing.at);
    add(txids[parent] ?? Buffer.alloc(32, 0xee));
    add(uint32(vout));
    add(Buffer.from([0]));
    add(uint32(0));
  }
  add(compactSize(transaction.outputs.length));
  for (const output of transaction.outputs) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(output.value));
    add(bytes);
    add(compactSize(output.script.length));
    growing.outputValue.push(output.value);
    growing.scriptOffset.push(growing.at);
    growing.scriptSize.push(output.script.length);
    add(output.script);
  }
  add(uint32(0));
  const raw = Buffer.concat(pieces);
  const txid = doubleSha256(raw);
  growing.parts.push(raw);
  growing.txids.push(txid);
  growing.txOffset.push(start);
  growing.txSize.push(raw.length);
  growing.txFirstOutput.push(growing.outputValue.length);
  growing.txFirstInput.push(growing.inputOffset.length);
  return txid;
}

const scriptOf = (tag: number, name: number) => Uint8Array.from([tag, ...Buffer.from(`owner ${name}`)]);
/** Scripts of two tags and few owners, data that can never be spent, and a long one. */
export const scripts: readonly Uint8Array[] = [
  ...[0, 1, 2, 3, 4].map((name) => scriptOf(0x76, name)),
  ...[0, 1].map((name) => scriptOf(0x21, name)),
  new Uint8Array(0),
  Uint8Array.from([0x51, ...new Uint8Array(300).fill(7)]),
];
const opReturn = Uint8Array.from([0x6a, 1, 2, 3]);

/** A valid plan drawn from a seed: the same seed, the same chain. `salt` makes another branch of the same shape. */
export function planChain(request: {
  seed: number;
  blocks: number;
  transactionsMax: number;
  salt?: number;
}): PlannedBlock[] {
  let state = request.seed | 0 || 1;
  const random = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const unspent: { transaction: number; vout: number; value: number }[] = [];
  let count = 0;
  return Array.from({ length: request.blocks }, (_, height) => {
    const subsidy = 5_000_000_000;
    const rest: PlannedTransaction[] = [];
    const coinbase = count++;
    const fresh: typeof unspent = [];
    let fees = 0;
    const wanted = random(request.transactionsMax + 1);
    for (let n = 0; n < wanted && unspent.length > 0; n++) {
      const inputs = Array.from({ length: Math.min(1 + random(3), unspent.length) }, () => {
        const [coin] = unspent.splice(random(unspent.length), 1);
        return coin!;
      });
      let left = inputs.reduce((sum, coin) => sum + coin.value, 0);
      const outputs: { value: number; script: Uint8Array }[] = [];
      for (let vout = 0, outputCount = 1 + random(4); vout < outputCount; vout++) {
        const isData = random(12) === 0;
        const value = isData
          ? 0
          : vout === outputCount - 1 && random(2) === 0
            ? left
            : Math.floor((left * random(1000)) / 1000);
        left -= value;
        outputs.push({ value, script: isData ? opReturn : scripts[random(scripts.length)]! });
        // Coins of this very block may be spent by later transactions of it.
        if (!isData) unspent.push({ transaction: count, vout, value });
      }
      fees += left;
      rest.push({ inputs, outputs });
      count++;
    }
    const claimed = subsidy + (random(3) === 0 ? 0 : fees);
    const outputs = [{ value: claimed, script: scripts[random(scripts.length)]! }];
    if (height > 0) fresh.push({ transaction: coinbase, vout: 0, value: claimed });
    unspent.push(...fresh);
    return {
      transactions: [{ inputs: [], outputs }, ...rest],
      subsidy,
      salt: (request.salt ?? 0) * 100 + (height % 100),
    };
  });
}

/** Plans for properties; the seed of a failing run replays it. */
export const plans = fc
  .record({
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
    blocks: fc.integer({ min: 1, max: 8 }),
    transactionsMax: fc.integer({ min: 0, max: 6 }),
  })
  .map(planChain);
