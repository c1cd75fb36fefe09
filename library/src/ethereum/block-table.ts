import { refused } from "./field.ts";

/** Blocks of one page of the table; a page takes 11 KB. */
const pageSize = 512;
/** 67 million blocks that follow one another; heights that jump about are rubbish, and must not take all memory. */
const pagesMax = 131_072;
/** Above any height that a chain with a block a second reaches in a century. */
const heightMax = 2 ** 32 - 2;
const priceMax = 2n ** 64n - 1n;

interface Page {
  readonly time: Float64Array;
  readonly miner: Int32Array;
  readonly baseFee: BigUint64Array;
  readonly flags: Uint8Array;
}

/** Bits of `flags`. */
const isKnown = 1;
const hasBaseFee = 2;
const hasCancun = 4;
const hasTraces = 8;
const hasLogs = 16;
const tracesClosed = 32;
const isMined = 64;
const hasRewards = 128;

export interface KnownBlock {
  readonly number: number;
  readonly timeSeconds: number | null;
  readonly feeRecipient: string | null;
  readonly baseFeePerGas: bigint | null;
  readonly selfDestructKeeps: boolean;
}

/** What the traces of some blocks told of them: times in seconds (NaN: not told), and marks of this table. */
export interface NotedBlocks {
  readonly numbers: Float64Array;
  readonly times: Float64Array;
  readonly flags: Uint8Array;
}

const toldByTraces = hasTraces | tracesClosed | hasRewards;

/**
 * What is known of the blocks of files, in columns: 21 bytes a block, so that the whole chain fits. Times come from
 * other rows too where the blocks themselves are not among the files.
 */
export class BlockTable {
  /** Blocks that were told as such. */
  known = 0;
  lowest = Number.POSITIVE_INFINITY;
  highest = -1;
  readonly #pages = new Map<number, Page>();
  readonly #miners: string[] = [];
  readonly #minerNumbers = new Map<string, number>();
  /** From when on EIP-6780 holds; null where blocks tell it themselves. */
  readonly #cancunSeconds: number | null;

  readonly #pagesMax: number;

  constructor(cancunSeconds: number | null, limit = { pagesMax }) {
    this.#cancunSeconds = cancunSeconds;
    this.#pagesMax = limit.pagesMax;
  }

  /** @returns false where the block was known already */
  add(block: {
    number: number;
    timeSeconds: number;
    miner: string | null;
    baseFee: bigint | null;
    hasCancunFields: boolean;
    isMined: boolean;
  }): boolean {
    const page = this.#page(block.number);
    const at = block.number % pageSize;
    if ((page.flags[at]! & isKnown) !== 0) return false;
    page.time[at] = block.timeSeconds;
    page.miner[at] = block.miner === null ? -1 : this.#numberOfMiner(block.miner);
    if (block.baseFee !== null) {
      if (block.baseFee > priceMax) throw refused("the block's base fee is past 2^64");
      page.baseFee[at] = block.baseFee;
      page.flags[at]! |= hasBaseFee;
    }
    page.flags[at]! |= isKnown | (block.hasCancunFields ? hasCancun : 0) | (block.isMined ? isMined : 0);
    this.known++;
    this.lowest = Math.min(this.lowest, block.number);
    this.highest = Math.max(this.highest, block.number);
    return true;
  }

  /** Notes the time of a block from another row, where the block has not told it. */
  noteTime(number: number, timeSeconds: number): void {
    const page = this.#page(number);
    const at = number % pageSize;
    if (Number.isNaN(page.time[at]!)) page.time[at] = timeSeconds;
  }

  get(number: number): KnownBlock {
    const page = this.#page(number);
    const at = number % pageSize;
    const flags = page.flags[at]!;
    const time = page.time[at]!;
    const miner = page.miner[at]!;
    const cancun = this.#cancunSeconds;
    return {
      number,
      timeSeconds: Number.isNaN(time) ? null : time,
      feeRecipient: miner < 0 ? null : this.#miners[miner]!,
      baseFeePerGas: (flags & hasBaseFee) === 0 ? null : page.baseFee[at]!,
      selfDestructKeeps: (flags & hasCancun) !== 0 || (cancun !== null && time >= cancun),
    };
  }

  timeOf(number: number): number | null {
    const time = this.#page(number).time[number % pageSize]!;
    return Number.isNaN(time) ? null : time;
  }

  isKnown(number: number): boolean {
    return this.#has(number, isKnown);
  }

  noteTraces(number: number): void {
    this.#set(number, hasTraces);
  }

  hasTraces(number: number): boolean {
    return this.#has(number, hasTraces);
  }

  noteLogs(number: number): void {
    this.#set(number, hasLogs);
  }

  hasLogs(number: number): boolean {
    return this.#has(number, hasLogs);
  }

  /** The traces of the block were read and told on. @returns false where that was so before */
  closeTraces(number: number): boolean {
    if (this.#has(number, tracesClosed)) return false;
    this.#set(number, tracesClosed);
    return true;
  }

  noteRewards(number: number): void {
    this.#set(number, hasRewards);
  }

  /** For another table of the same blocks ({@link takeNoted}). */
  notedByTraces(): NotedBlocks {
    const numbers: number[] = [];
    for (const [number, { flags }] of this.#pages) {
      flags.forEach((flag, at) => {
        if ((flag & toldByTraces) !== 0) numbers.push(number * pageSize + at);
      });
    }
    const pageOf = (number: number) => this.#page(number);
    return {
      numbers: Float64Array.from(numbers),
      times: Float64Array.from(numbers, (number) => pageOf(number).time[number % pageSize]!),
      flags: Uint8Array.from(numbers, (number) => pageOf(number).flags[number % pageSize]! & toldByTraces),
    };
  }

  takeNoted({ numbers, times, flags }: NotedBlocks): void {
    numbers.forEach((number, n) => {
      this.#set(number, flags[n]!);
      if (!Number.isNaN(times[n]!)) this.noteTime(number, times[n]!);
    });
  }

  /** Blocks that were mined by proof of work and whose rewards nothing tells. */
  minedWithoutRewards(): number {
    let count = 0;
    for (const { flags } of this.#pages.values()) {
      for (const flag of flags) if ((flag & (isMined | hasRewards)) === isMined) count++;
    }
    return count;
  }

  #has(number: number, flag: number): boolean {
    return (this.#page(number).flags[number % pageSize]! & flag) !== 0;
  }

  #set(number: number, flag: number): void {
    this.#page(number).flags[number % pageSize]! |= flag;
  }

  #numberOfMiner(miner: string): number {
    let number = this.#minerNumbers.get(miner);
    if (number === undefined) {
      number = this.#miners.length;
      this.#miners.push(miner);
      this.#minerNumbers.set(miner, number);
    }
    return number;
  }

  #last: { number: number; page: Page } | null = null;

  #page(height: number): Page {
    if (height > heightMax) throw refused(`its height ${height} is past ${heightMax}`);
    const number = Math.floor(height / pageSize);
    if (this.#last?.number === number) return this.#last.page;
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = {
        time: new Float64Array(pageSize).fill(Number.NaN),
        miner: new Int32Array(pageSize).fill(-1),
        baseFee: new BigUint64Array(pageSize),
        flags: new Uint8Array(pageSize),
      };
      if (this.#pages.size >= this.#pagesMax)
        throw refused(`its height ${height} is one of too many that lie far apart`);
      this.#pages.set(number, page);
    }
    this.#last = { number, page };
    return page;
  }
}
