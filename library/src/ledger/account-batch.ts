import type { TransferTelling } from "./account-contract.ts";
import type { StagedTable } from "./account-schema.ts";
import { unknown32 } from "./account-schema.ts";
import type { NumberKind } from "./account-state.ts";
import { amountSize, writeAmount } from "./amount-column.ts";
import { bytesOf, numbers, text, u8, u32 } from "./column-bytes.ts";
import type { ColumnMemory } from "./column-memory.ts";
import type { ColumnBytes } from "./connection.ts";
import { FactColumns } from "./fact-columns.ts";
import { type HoldingCodes, HoldingNames } from "./holding-codes.ts";
import { StringColumn } from "./string-column.ts";

/** Bytes of names that a batch holds before it is stored. */
const textBytesMax = 64_000_000;

export interface StagedRows {
  readonly table: StagedTable;
  readonly rowCount: number;
  readonly columns: readonly ColumnBytes[];
}

/**
 * The rows of one batch as columns, in the layout in which the store takes them. Its numbers begin at 1 in each batch,
 * but for those of holdings: place-packed.ts gives them the ledger's. Used again after each batch.
 */
export class AccountBatch {
  readonly facts = new FactColumns();
  readonly holdings: HoldingNames;
  readonly #capacity: number;
  /** The number of the first holding that is new in this batch. */
  #firstHolding = 1;
  #transfers = 0;
  #runs = 0;
  #returned = 0;
  #run: TransferTelling | null = null;
  readonly #runOf: Uint32Array;
  readonly #layer: Uint8Array;
  readonly #place: Uint32Array;
  readonly #payer: Uint32Array;
  readonly #payee: Uint32Array;
  readonly #amount: BigUint64Array;
  readonly #isFee: Uint8Array;
  readonly #returns: Uint32Array;
  readonly #height: Uint32Array;
  readonly #position: Uint32Array;
  readonly #time: Float64Array;
  readonly #dayOnly: Uint8Array;
  /** Two words each. */
  readonly #layers: Uint32Array;
  readonly #name: StringColumn;
  readonly #returnedName: StringColumn;
  readonly #returnedLayer: number[] = [];
  readonly #returnedPlace: number[] = [];

  constructor(capacity: number, memory: ColumnMemory) {
    this.#capacity = capacity;
    this.holdings = new HoldingNames(memory);
    this.#name = new StringColumn(memory);
    this.#returnedName = new StringColumn(memory);
    const words = () => new Uint32Array(memory(4 * capacity));
    const bytes = () => new Uint8Array(memory(capacity));
    [this.#runOf, this.#place, this.#payer, this.#payee, this.#returns] = [words(), words(), words(), words(), words()];
    [this.#height, this.#position] = [words(), words()];
    [this.#layer, this.#isFee, this.#dayOnly] = [bytes(), bytes(), bytes()];
    this.#amount = new BigUint64Array(memory(amountSize * capacity));
    this.#time = new Float64Array(memory(8 * capacity));
    this.#layers = new Uint32Array(memory(8 * capacity));
  }

  get isFull(): boolean {
    const bytes = this.#name.byteLength + this.#returnedName.byteLength + this.holdings.byteLength;
    return this.#transfers === this.#capacity || this.facts.isFull || bytes > textBytesMax;
  }

  get isEmpty(): boolean {
    return this.#transfers === 0 && this.facts.isEmpty;
  }

  /** How many numbers of each kind it takes. Records get theirs when it is seen which of them are new. */
  get counts(): Record<NumberKind, number> {
    return {
      run: this.#runs,
      transfer: this.#transfers,
      holding: this.holdings.count,
      returned: this.#returned,
      fact: this.facts.count,
      record: 0,
    };
  }

  /** Takes one telling; the caller has checked it and that there is room. @param layerOf the layer's number */
  push(telling: TransferTelling, codes: HoldingCodes, layerOf: (layer: string) => number): void {
    const row = this.#transfers++;
    const layer = layerOf(telling.layer);
    if (this.#run === null || !sameRun(this.#run, telling)) this.#beginRun(telling);
    this.#layers[2 * (this.#runs - 1) + (layer >> 5)]! |= 1 << (layer & 31);
    this.#runOf[row] = this.#runs;
    this.#layer[row] = layer;
    this.#place[row] = telling.index;
    this.#payer[row] = codes.codeOf(telling.asset, telling.from ?? "", this.holdings);
    this.#payee[row] = codes.codeOf(telling.asset, telling.to ?? "", this.holdings);
    writeAmount(this.#amount, row, telling.amount);
    this.#isFee[row] = telling.isFee ? 1 : 0;
    this.#returns[row] = telling.returns === null ? 0 : this.#takeReturned(telling.returns, layerOf);
  }

  #beginRun(telling: TransferTelling): void {
    const run = this.#runs++;
    this.#run = telling;
    this.#name.push(telling.transaction);
    this.#height[run] = telling.height ?? unknown32;
    this.#position[run] = telling.position ?? unknown32;
    this.#time[run] = telling.time ?? Number.POSITIVE_INFINITY;
    this.#dayOnly[run] = telling.time !== null && telling.dayOnly ? 1 : 0;
    this.#layers[2 * run] = 0;
    this.#layers[2 * run + 1] = 0;
  }

  #takeReturned(returns: NonNullable<TransferTelling["returns"]>, layerOf: (layer: string) => number): number {
    this.#returnedName.push(returns.transaction);
    this.#returnedLayer.push(layerOf(returns.layer));
    this.#returnedPlace.push(returns.index);
    return ++this.#returned;
  }

  /** All rows, table by table. */
  tables(): StagedRows[] {
    const { count, accounts, assets } = this.holdings;
    return [
      {
        table: "holdings",
        rowCount: count,
        columns: [u32("code", numbers(this.#firstHolding, count)), text("account", accounts), text("asset", assets)],
      },
      { table: "runs", rowCount: this.#runs, columns: this.#runColumns() },
      {
        table: "returned",
        rowCount: this.#returned,
        columns: [
          u32("code", numbers(1, this.#returned)),
          text("transaction", this.#returnedName),
          u8("layer", Uint8Array.from(this.#returnedLayer)),
          u32("place", Uint32Array.from(this.#returnedPlace)),
        ],
      },
      { table: "transfers", rowCount: this.#transfers, columns: this.#transferColumns() },
      ...this.facts.tables(),
    ];
  }

  #runColumns(): ColumnBytes[] {
    const count = this.#runs;
    return [
      u32("code", numbers(1, count)),
      text("name", this.#name),
      u32("height", this.#height.subarray(0, count)),
      u32("position", this.#position.subarray(0, count)),
      { name: "time", type: "Float64", data: bytesOf(this.#time.subarray(0, count)) },
      u8("day_only", this.#dayOnly.subarray(0, count)),
      { name: "layers", type: "UInt64", data: bytesOf(this.#layers.subarray(0, 2 * count)) },
    ];
  }

  #transferColumns(): ColumnBytes[] {
    const count = this.#transfers;
    return [
      u32("number", numbers(1, count)),
      u32("run", this.#runOf.subarray(0, count)),
      u8("layer", this.#layer.subarray(0, count)),
      u32("place", this.#place.subarray(0, count)),
      u32("payer", this.#payer.subarray(0, count)),
      u32("payee", this.#payee.subarray(0, count)),
      { name: "amount", type: "UInt256", data: bytesOf(this.#amount).subarray(0, amountSize * count) },
      u8("is_fee", this.#isFee.subarray(0, count)),
      u32("returned", this.#returns.subarray(0, count)),
    ];
  }

  /** Forgets its rows. @param firstHolding the number of the next holding that is new */
  restart(firstHolding: number): void {
    this.#firstHolding = firstHolding;
    this.#transfers = 0;
    this.#runs = 0;
    this.#returned = 0;
    this.#run = null;
    this.#name.clear();
    this.#returnedName.clear();
    this.#returnedLayer.length = 0;
    this.#returnedPlace.length = 0;
    this.holdings.clear();
    this.facts.restart();
  }
}

function sameRun(run: TransferTelling, { transaction, height, position, time, dayOnly }: TransferTelling): boolean {
  return (
    run.transaction === transaction &&
    run.height === height &&
    run.position === position &&
    run.time === time &&
    run.dayOnly === dayOnly
  );
}
