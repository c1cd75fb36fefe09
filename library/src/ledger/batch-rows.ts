import type { ColumnBytes } from "./connection.ts";
import { accountKeySize, type CoinBlock } from "./contract.ts";
import { writeLeb128 } from "./native-format.ts";

const two32 = 4294967296;

/** How many rows a batch has room for. */
export interface BatchRoom {
  readonly transactions: number;
  readonly outputs: number;
  readonly inputs: number;
  /** Scripts with their lengths. */
  readonly scriptBytes: number;
}

/** A block whose rows stand in the batch, and where the rows begin. */
export interface BatchBlock {
  readonly height: number;
  readonly hash: Uint8Array;
  readonly header: Uint8Array;
  readonly place: CoinBlock["place"];
  /** The block's bytes where it has no place. */
  readonly raw: Uint8Array | null;
  readonly transactions: number;
  readonly outputs: number;
  readonly inputs: number;
  readonly firstRow: RowCounts;
}

export interface RowCounts {
  readonly transactions: number;
  readonly outputs: number;
  readonly inputs: number;
  readonly scriptBytes: number;
}

export interface TableRows {
  readonly table: string;
  readonly rowCount: number;
  readonly columns: readonly ColumnBytes[];
}

/**
 * The rows of consecutive blocks as the columns of the tables, in buffers that are used again and again.
 * 64-bit columns are pairs of 32-bit words, low word first. The hot loop (append-block.ts) fills them directly.
 */
export class BatchRows {
  readonly blocks: BatchBlock[] = [];
  transactionCount = 0;
  outputCount = 0;
  inputCount = 0;
  scriptBytes = 0;
  /** Bytes of the blocks that the ledger keeps itself. A sum that is kept, because every block asks for it. */
  rawBytes = 0;
  /** Ledger ids of the first rows. */
  firstTransaction = 0;
  firstOutput = 0;
  firstInput = 0;
  readonly room: BatchRoom;
  readonly txid: Uint8Array;
  readonly height: Uint32Array;
  readonly txFirstOutput: Uint32Array;
  readonly txOutputs: Uint32Array;
  readonly txFirstInput: Uint32Array;
  readonly txInputs: Uint32Array;
  readonly rawOffset: Uint32Array;
  readonly rawSize: Uint32Array;
  readonly outputTransaction: Uint32Array;
  readonly outputValue: Uint32Array;
  readonly script: Uint8Array;
  readonly account: Uint8Array;
  readonly inputTransaction: Uint32Array;
  readonly inputOutput: Uint32Array;

  constructor(room: BatchRoom) {
    this.room = room;
    this.txid = new Uint8Array(32 * room.transactions);
    this.height = new Uint32Array(room.transactions);
    this.txFirstOutput = new Uint32Array(2 * room.transactions);
    this.txOutputs = new Uint32Array(room.transactions);
    this.txFirstInput = new Uint32Array(2 * room.transactions);
    this.txInputs = new Uint32Array(room.transactions);
    this.rawOffset = new Uint32Array(room.transactions);
    this.rawSize = new Uint32Array(room.transactions);
    this.outputTransaction = new Uint32Array(2 * room.outputs);
    this.outputValue = new Uint32Array(2 * room.outputs);
    this.script = new Uint8Array(room.scriptBytes);
    this.account = new Uint8Array(accountKeySize * room.outputs);
    this.inputTransaction = new Uint32Array(2 * room.inputs);
    this.inputOutput = new Uint32Array(2 * room.inputs);
  }

  fits(need: RowCounts): boolean {
    const { room } = this;
    return (
      this.transactionCount + need.transactions <= room.transactions &&
      this.outputCount + need.outputs <= room.outputs &&
      this.inputCount + need.inputs <= room.inputs &&
      this.scriptBytes + need.scriptBytes <= room.scriptBytes
    );
  }

  /** Where the next row of each table goes. */
  get counts(): RowCounts {
    return {
      transactions: this.transactionCount,
      outputs: this.outputCount,
      inputs: this.inputCount,
      scriptBytes: this.scriptBytes,
    };
  }

  /** Where block number `index` of this batch begins; for the number after the last, where the rows end. */
  startOf(index: number): RowCounts {
    return this.blocks[index]?.firstRow ?? this.counts;
  }

  /** Empties the batch; its first rows are the ones after these totals. */
  begin(after: { transactions: number; outputs: number; inputs: number }): void {
    this.blocks.length = 0;
    this.transactionCount = 0;
    this.outputCount = 0;
    this.inputCount = 0;
    this.scriptBytes = 0;
    this.rawBytes = 0;
    this.firstTransaction = after.transactions;
    this.firstOutput = after.outputs;
    this.firstInput = after.inputs;
  }

  /** Empties the batch and begins it with the blocks of another from number `index` on. */
  restart(from: BatchRows, index: number): void {
    const start = from.startOf(index);
    this.blocks.length = 0;
    this.rawBytes = 0;
    for (const block of from.blocks.slice(index)) {
      const { firstRow } = block;
      this.rawBytes += block.raw?.length ?? 0;
      this.blocks.push({
        ...block,
        firstRow: {
          transactions: firstRow.transactions - start.transactions,
          outputs: firstRow.outputs - start.outputs,
          inputs: firstRow.inputs - start.inputs,
          scriptBytes: firstRow.scriptBytes - start.scriptBytes,
        },
      });
    }
    this.firstTransaction = from.firstTransaction + start.transactions;
    this.firstOutput = from.firstOutput + start.outputs;
    this.firstInput = from.firstInput + start.inputs;
    this.transactionCount = from.transactionCount - start.transactions;
    this.outputCount = from.outputCount - start.outputs;
    this.inputCount = from.inputCount - start.inputs;
    this.scriptBytes = from.scriptBytes - start.scriptBytes;
    for (const { width, mine, theirs } of this.#pairs(from)) {
      const rows = start[width.of];
      mine.set(theirs.subarray(rows * width.words, from.counts[width.of] * width.words));
    }
  }

  #pairs(from: BatchRows) {
    const pair = <Column extends Uint8Array | Uint32Array>(
      of: keyof RowCounts,
      words: number,
      mine: Column,
      theirs: Column,
    ) => ({
      width: { of, words },
      mine,
      theirs,
    });
    return [
      pair("transactions", 32, this.txid, from.txid),
      pair("transactions", 1, this.height, from.height),
      pair("transactions", 2, this.txFirstOutput, from.txFirstOutput),
      pair("transactions", 1, this.txOutputs, from.txOutputs),
      pair("transactions", 2, this.txFirstInput, from.txFirstInput),
      pair("transactions", 1, this.txInputs, from.txInputs),
      pair("transactions", 1, this.rawOffset, from.rawOffset),
      pair("transactions", 1, this.rawSize, from.rawSize),
      pair("outputs", 2, this.outputTransaction, from.outputTransaction),
      pair("outputs", 2, this.outputValue, from.outputValue),
      pair("scriptBytes", 1, this.script, from.script),
      pair("outputs", accountKeySize, this.account, from.account),
      pair("inputs", 2, this.inputTransaction, from.inputTransaction),
      pair("inputs", 2, this.inputOutput, from.inputOutput),
    ];
  }

  /** The rows of the blocks from number `from` up to, not including, number `to`, table by table. */
  tablesOf(from: number, to: number): TableRows[] {
    const a = this.startOf(from);
    const b = this.startOf(to);
    const column = (
      name: string,
      type: string,
      data: Uint8Array | Uint32Array,
      words: number,
      rows: keyof RowCounts,
    ) => {
      const part = data.subarray(a[rows] * words, b[rows] * words);
      return { name, type, data: new Uint8Array(part.buffer, part.byteOffset, part.byteLength) };
    };
    const ids = (name: string, base: number, rows: keyof RowCounts) => ({
      name,
      type: "UInt64",
      data: consecutive(base + a[rows], b[rows] - a[rows]),
    });
    const transactions = b.transactions - a.transactions;
    const outputs = b.outputs - a.outputs;
    const inputs = b.inputs - a.inputs;
    const txIds = ids("id", this.firstTransaction, "transactions");
    const outputIds = ids("id", this.firstOutput, "outputs");
    const txid = column("txid", "FixedString(32)", this.txid, 32, "transactions");
    const spent = column("output", "UInt64", this.inputOutput, 2, "inputs");
    const spender = column("transaction", "UInt64", this.inputTransaction, 2, "inputs");
    return [
      ...blockTables(this, this.blocks.slice(from, to)),
      {
        table: "transactions",
        rowCount: transactions,
        columns: [
          txIds,
          txid,
          column("height", "UInt32", this.height, 1, "transactions"),
          column("first_output", "UInt64", this.txFirstOutput, 2, "transactions"),
          column("outputs", "UInt32", this.txOutputs, 1, "transactions"),
          column("first_input", "UInt64", this.txFirstInput, 2, "transactions"),
          column("inputs", "UInt32", this.txInputs, 1, "transactions"),
          column("raw_offset", "UInt32", this.rawOffset, 1, "transactions"),
          column("raw_size", "UInt32", this.rawSize, 1, "transactions"),
        ],
      },
      { table: "txids", rowCount: transactions, columns: [prefixesOf(txid.data), txIds] },
      {
        table: "outputs",
        rowCount: outputs,
        columns: [
          outputIds,
          column("transaction", "UInt64", this.outputTransaction, 2, "outputs"),
          column("value", "UInt64", this.outputValue, 2, "outputs"),
          column("script", "String", this.script, 1, "scriptBytes"),
        ],
      },
      {
        table: "coins_by_account",
        rowCount: outputs,
        columns: [
          column("account", `FixedString(${accountKeySize})`, this.account, accountKeySize, "outputs"),
          { ...outputIds, name: "output" },
        ],
      },
      { table: "inputs", rowCount: inputs, columns: [ids("id", this.firstInput, "inputs"), spender, spent] },
      { table: "spends", rowCount: inputs, columns: [spent, spender] },
    ];
  }
}

/** The first eight bytes of each txid, as a little-endian number. */
function prefixesOf(txids: Uint8Array): ColumnBytes {
  const words = new Uint32Array(txids.buffer, txids.byteOffset, txids.length / 4);
  const prefixes = new Uint32Array(txids.length / 16);
  for (let from = 0, to = 0; from < words.length; from += 8, to += 2) {
    prefixes[to] = words[from]!;
    prefixes[to + 1] = words[from + 1]!;
  }
  return { name: "prefix", type: "UInt64", data: new Uint8Array(prefixes.buffer) };
}

function blockTables(rows: BatchRows, blocks: readonly BatchBlock[]): TableRows[] {
  const numbers = (name: string, type: "UInt32" | "UInt64", value: (block: BatchBlock) => number) => {
    const data = type === "UInt32" ? new Uint32Array(blocks.length) : new BigUint64Array(blocks.length);
    blocks.forEach((block, i) => {
      data[i] = type === "UInt32" ? value(block) : BigInt(value(block));
    });
    return { name, type, data: new Uint8Array(data.buffer) };
  };
  const fixed = (name: string, type: string, value: (block: BatchBlock) => Uint8Array) => ({
    name,
    type,
    data: Buffer.concat(blocks.map(value)),
  });
  const height = numbers("height", "UInt32", (block) => block.height);
  const kept = blocks.filter((block) => block.raw !== null);
  return [
    {
      table: "blocks",
      rowCount: blocks.length,
      columns: [
        height,
        fixed("hash", "FixedString(32)", (block) => block.hash),
        fixed("header", "FixedString(80)", (block) => block.header),
        numbers("first_transaction", "UInt64", (block) => rows.firstTransaction + block.firstRow.transactions),
        numbers("transactions", "UInt32", (block) => block.transactions),
        numbers("first_output", "UInt64", (block) => rows.firstOutput + block.firstRow.outputs),
        numbers("outputs", "UInt32", (block) => block.outputs),
        numbers("first_input", "UInt64", (block) => rows.firstInput + block.firstRow.inputs),
        numbers("inputs", "UInt32", (block) => block.inputs),
        fixed("place_file", "String", (block) => sized(Buffer.from(block.place?.file ?? "", "utf8"))),
        numbers("place_offset", "UInt64", (block) => block.place?.offset ?? 0),
        numbers("place_size", "UInt32", (block) => block.place?.size ?? 0),
        fixed("place_xor", "String", (block) => sized(block.place?.xorKey ?? new Uint8Array(0))),
      ],
    },
    {
      table: "raw_blocks",
      rowCount: kept.length,
      columns: [
        { name: "height", type: "UInt32", data: new Uint8Array(Uint32Array.from(kept, (b) => b.height).buffer) },
        { name: "bytes", type: "String", data: Buffer.concat(kept.map((block) => sized(block.raw!))) },
      ],
    },
  ];
}

function sized(bytes: Uint8Array): Uint8Array {
  const size = new Uint8Array(5);
  return Buffer.concat([size.subarray(0, writeLeb128(size, 0, bytes.length)), bytes]);
}

/** `count` numbers from `first` on, as UInt64. */
function consecutive(first: number, count: number): Uint8Array {
  const words = new Uint32Array(2 * count);
  let low = first % two32;
  let high = Math.floor(first / two32);
  for (let at = 0; at < words.length; at += 2) {
    words[at] = low;
    words[at + 1] = high;
    if (++low === two32) {
      low = 0;
      high++;
    }
  }
  return new Uint8Array(words.buffer);
}
