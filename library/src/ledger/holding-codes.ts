import type { ColumnMemory } from "./column-memory.ts";
import { HoldingTable, hashOfHolding, rememberedMax } from "./holding-table.ts";
import { StringColumn } from "./string-column.ts";

/** Assets that are remembered. */
const assetsMax = 500_000;

/**
 * Numbers for holdings (an account in an asset) on their way into the store. What was forgotten meanwhile gets another
 * number when it comes again: the settlement joins the numbers of one holding by its names, so nothing is looked up
 * and memory stays bounded. Those used among the last half a million different ones are remembered.
 */
export class HoldingCodes {
  #next = 1;
  readonly #max: number;
  #young = new HoldingTable();
  #old: HoldingTable | null = null;
  readonly #assets = new Map<string, number>();
  #lastAsset = "";
  #lastNumber = -1;

  /** @param max holdings in each of two generations, at most {@link rememberedMax} */
  constructor(max: number = rememberedMax) {
    this.#max = max;
  }

  /** The number that the next new one gets; the first is 1. */
  get next(): number {
    return this.#next;
  }

  /** @param account empty: nobody @param into takes the names of holdings that are new */
  codeOf(asset: string, account: string, into: HoldingNames): number {
    const number = asset === this.#lastAsset ? this.#lastNumber : this.#numberOf(asset);
    const hash = hashOfHolding(number, account);
    const known = this.#young.find(hash, number, account);
    if (known !== 0) return known;
    if (this.#young.isFull || this.#young.count >= this.#max) this.#forget();
    let code = this.#old?.find(hash, number, account) ?? 0;
    if (code === 0) {
      code = this.#next++;
      into.accounts.push(account);
      into.assets.push(asset);
    }
    this.#young.put(hash, { asset: number, account, code });
    return code;
  }

  #numberOf(asset: string): number {
    let number = this.#assets.get(asset);
    if (number === undefined) {
      if (this.#assets.size === assetsMax) {
        this.#assets.clear();
        this.#young.clear();
        this.#old?.clear();
      }
      number = this.#assets.size;
      // A part of a long text would keep the whole text in memory.
      this.#assets.set(Buffer.from(asset).toString(), number);
    }
    this.#lastAsset = asset;
    this.#lastNumber = number;
    return number;
  }

  #forget(): void {
    const fresh = this.#old ?? new HoldingTable();
    fresh.clear();
    this.#old = this.#young;
    this.#young = fresh;
  }
}

/** The names of holdings that are to be stored, in the order of their numbers. */
export class HoldingNames {
  readonly accounts: StringColumn;
  readonly assets: StringColumn;

  constructor(memory: ColumnMemory) {
    this.accounts = new StringColumn(memory);
    this.assets = new StringColumn(memory);
  }

  get count(): number {
    return this.accounts.count;
  }

  get byteLength(): number {
    return this.accounts.byteLength + this.assets.byteLength;
  }

  clear(): void {
    this.accounts.clear();
    this.assets.clear();
  }
}
