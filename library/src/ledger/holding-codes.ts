import { StringColumn } from "./string-column.ts";

/** Holdings remembered in each of two generations, about 100 bytes each. */
const rememberedMax = 500_000;

/**
 * Numbers for holdings (an account in an asset) on their way into the store. What was forgotten meanwhile gets another
 * number when it comes again: the settlement joins the numbers of one holding by its names, so nothing is looked up
 * and memory stays bounded. Those used in the last half a million different ones are never forgotten.
 */
export class HoldingCodes {
  #next: number;
  readonly #max: number;
  #young = new Map<string, Map<string, number>>();
  #old = new Map<string, Map<string, number>>();
  #remembered = 0;
  #lastAsset = "";
  #lastAccounts: Map<string, number> | null = null;

  constructor(next: number, max: number = rememberedMax) {
    this.#next = next;
    this.#max = max;
  }

  /** The number that the next new holding gets. */
  get next(): number {
    return this.#next;
  }

  /** @param account empty: nobody @param into takes the names of holdings that are new */
  codeOf(asset: string, account: string, into: HoldingNames): number {
    const accounts = asset === this.#lastAsset && this.#lastAccounts !== null ? this.#lastAccounts : this.#of(asset);
    const known = accounts.get(account);
    if (known !== undefined) return known;
    const code = this.#old.get(asset)?.get(account) ?? this.#take(asset, account, into);
    // A part of a long text would keep the whole text in memory.
    accounts.set(Buffer.from(account).toString(), code);
    if (++this.#remembered > this.#max) this.#forget();
    return code;
  }

  #of(asset: string): Map<string, number> {
    let accounts = this.#young.get(asset);
    if (accounts === undefined) {
      accounts = new Map();
      this.#young.set(Buffer.from(asset).toString(), accounts);
    }
    this.#lastAsset = asset;
    this.#lastAccounts = accounts;
    return accounts;
  }

  #take(asset: string, account: string, into: HoldingNames): number {
    into.accounts.push(account);
    into.assets.push(asset);
    return this.#next++;
  }

  #forget(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#remembered = 0;
    this.#lastAccounts = null;
  }
}

/** The names of holdings that are to be stored, in the order of their numbers. */
export class HoldingNames {
  readonly accounts = new StringColumn();
  readonly assets = new StringColumn();

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
