import { NumberedTexts } from "../sets/numbered-texts.ts";
import type { TransferTelling } from "./account-contract.ts";
import { unknown32 } from "./account-schema.ts";

const firstRows = 1024;

/**
 * Tellings by columns, as they were told, their names as numbers: of a million tellings no object is left that a
 * collector would have to look at. Columns are longer than there are tellings.
 */
export class TellingColumns {
  readonly transactions = new NumberedTexts();
  readonly accounts = new NumberedTexts();
  readonly assets = new NumberedTexts();
  readonly layers = new NumberedTexts();
  transaction = new Uint32Array(firstRows);
  /** {@link unknown32} where it is not known, as the position. */
  height = new Uint32Array(firstRows);
  position = new Uint32Array(firstRows);
  /** Infinity where it is not known. */
  time = new Float64Array(firstRows);
  dayOnly = new Uint8Array(firstRows);
  layer = new Uint32Array(firstRows);
  index = new Uint32Array(firstRows);
  /** {@link unknown32} where it is nobody, as `to`. */
  from = new Uint32Array(firstRows);
  to = new Uint32Array(firstRows);
  asset = new Uint32Array(firstRows);
  isFee = new Uint8Array(firstRows);
  readonly amount: bigint[] = [];
  /** By the telling: few give something back. */
  readonly returns = new Map<number, NonNullable<TransferTelling["returns"]>>();

  get count(): number {
    return this.amount.length;
  }

  push(telling: TransferTelling): void {
    const { from, to, returns } = telling;
    const row = this.amount.push(telling.amount) - 1;
    if (row === this.transaction.length) this.#grow();
    this.transaction[row] = this.transactions.give(telling.transaction);
    this.height[row] = telling.height ?? unknown32;
    this.position[row] = telling.position ?? unknown32;
    this.time[row] = telling.time ?? Number.POSITIVE_INFINITY;
    this.dayOnly[row] = telling.dayOnly ? 1 : 0;
    this.layer[row] = this.layers.give(telling.layer);
    this.index[row] = telling.index;
    this.from[row] = from === null ? unknown32 : this.accounts.give(from);
    this.to[row] = to === null ? unknown32 : this.accounts.give(to);
    this.asset[row] = this.assets.give(telling.asset);
    this.isFee[row] = telling.isFee ? 1 : 0;
    if (returns !== null) this.returns.set(row, returns);
  }

  #grow(): void {
    this.transaction = longer(this.transaction, new Uint32Array(2 * this.transaction.length));
    this.height = longer(this.height, new Uint32Array(2 * this.height.length));
    this.position = longer(this.position, new Uint32Array(2 * this.position.length));
    this.time = longer(this.time, new Float64Array(2 * this.time.length));
    this.dayOnly = longer(this.dayOnly, new Uint8Array(2 * this.dayOnly.length));
    this.layer = longer(this.layer, new Uint32Array(2 * this.layer.length));
    this.index = longer(this.index, new Uint32Array(2 * this.index.length));
    this.from = longer(this.from, new Uint32Array(2 * this.from.length));
    this.to = longer(this.to, new Uint32Array(2 * this.to.length));
    this.asset = longer(this.asset, new Uint32Array(2 * this.asset.length));
    this.isFee = longer(this.isFee, new Uint8Array(2 * this.isFee.length));
  }
}

type Column = Uint8Array | Uint32Array | Float64Array;

function longer<Kind extends Column>(column: Kind, space: Kind): Kind {
  space.set(column);
  return space;
}

/** What a column has in these rows, in their order. `TypedArray.from` with a function takes ten times as long. */
export function pick<Kind extends Column>(column: Column, rows: Uint32Array, picked: Kind): Kind {
  for (let n = 0; n < rows.length; n++) picked[n] = column[rows[n]!]!;
  return picked;
}
