import { unknown32 } from "./account-schema.ts";
import type { Supersedes } from "./arrange-transfers.ts";
import { compareNames } from "./compare-names.ts";
import type { TellingColumns } from "./telling-columns.ts";

/** When transactions happened, by their number, as all tellings of each say together. */
export interface Stands {
  /** {@link unknown32} where it is not known, as the position. */
  readonly height: Uint32Array;
  readonly position: Uint32Array;
  /** Infinity where it is not known. */
  readonly time: Float64Array;
  readonly dayOnly: Uint8Array;
}

/** What of tellings counts, in a ledger's order. */
export interface ArrangedColumns {
  readonly stands: Stands;
  /** The number that each transaction has among those told. */
  readonly transactions: Uint32Array;
  /** [transactions + 1] */
  readonly firstTransfer: Uint32Array;
  /** The telling that each transfer is. */
  readonly tellings: Uint32Array;
}

/**
 * Puts tellings into a ledger's order by the rules that `order-transactions.ts` and `arrange-transfers.ts` state: the
 * transactions by where they stand, within each the transfers by index and layer.
 */
export function arrangeColumns(told: TellingColumns, supersedes: readonly Supersedes[]): ArrangedColumns {
  const groups = groupsOf(told);
  const stands = joinGroups(told, groups);
  const transactions = orderOf(stands);
  const firstTransfer = new Uint32Array(transactions.length + 1);
  const tellings = new Uint32Array(told.count);
  let count = 0;
  transactions.forEach((transaction, place) => {
    const group = groupAt(groups, transaction);
    if (group.length === 1) tellings[count++] = group[0]!;
    else for (const telling of transfersOf(told, group, supersedes)) tellings[count++] = telling;
    firstTransfer[place + 1] = count;
  });
  return { stands, transactions, firstTransfer, tellings: tellings.subarray(0, count) };
}

/** The tellings of each transaction, as told. */
interface Groups {
  /** [transactions + 1] Where in `tellings` those of a transaction begin. */
  readonly starts: Uint32Array;
  readonly tellings: Uint32Array;
}

function groupsOf({ transaction, transactions, count }: TellingColumns): Groups {
  const starts = new Uint32Array(transactions.count + 1);
  for (let telling = 0; telling < count; telling++) starts[transaction[telling]! + 1]!++;
  for (let t = 1; t < starts.length; t++) starts[t]! += starts[t - 1]!;
  const next = starts.slice();
  const tellings = new Uint32Array(count);
  for (let telling = 0; telling < count; telling++) tellings[next[transaction[telling]!]!++] = telling;
  return { starts, tellings };
}

const groupAt = ({ starts, tellings }: Groups, transaction: number): Uint32Array =>
  tellings.subarray(starts[transaction], starts[transaction + 1]);

function joinGroups(told: TellingColumns, groups: Groups): Stands {
  const count = groups.starts.length - 1;
  const stands = {
    height: new Uint32Array(count).fill(unknown32),
    position: new Uint32Array(count).fill(unknown32),
    time: new Float64Array(count).fill(Number.POSITIVE_INFINITY),
    dayOnly: new Uint8Array(count),
  };
  for (let t = 0; t < count; t++) joinGroup(told, groups, t, stands);
  return stands;
}

function joinGroup(told: TellingColumns, { starts, tellings }: Groups, t: number, stands: Stands): void {
  let [exact, daily] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let at = starts[t]!; at < starts[t + 1]!; at++) {
    const telling = tellings[at]!;
    stands.height[t] = Math.min(stands.height[t]!, told.height[telling]!);
    if (told.dayOnly[telling] === 1) daily = Math.min(daily, told.time[telling]!);
    else exact = Math.min(exact, told.time[telling]!);
  }
  const isInBlock = stands.height[t] !== unknown32;
  for (let at = starts[t]!; at < starts[t + 1]!; at++) {
    const telling = tellings[at]!;
    // A place that is told without a block is none in the block.
    if (isInBlock && told.height[telling] === unknown32) continue;
    stands.position[t] = Math.min(stands.position[t]!, told.position[telling]!);
  }
  const isDaily = exact === Number.POSITIVE_INFINITY && daily < Number.POSITIVE_INFINITY;
  stands.time[t] = isDaily ? daily : exact;
  stands.dayOnly[t] = Number(isDaily);
}

/** By block, what is in no block behind it; then by position or time; then as told. */
function orderOf(stands: Stands): Uint32Array {
  const { height, position, time } = stands;
  const blocks = blocksOf(stands);
  const count = height.length;
  const [block, isOutside, at] = [new Float64Array(count), new Uint8Array(count), new Float64Array(count)];
  let isInOrder = true;
  for (let t = 0; t < count; t++) {
    if (height[t] !== unknown32) {
      block[t] = height[t]! + 1;
      at[t] = position[t]!;
    } else if (time[t]! < Number.POSITIVE_INFINITY) {
      block[t] = blockAt(blocks, time[t]!);
      isOutside[t] = 1;
      at[t] = time[t]!;
    } else if (t > 0) {
      // Of which nothing is known stands behind what was told before it.
      block[t] = block[t - 1]!;
      isOutside[t] = isOutside[t - 1]!;
      at[t] = at[t - 1]!;
    }
    isInOrder &&= t === 0 || compare(t - 1, t) <= 0;
  }
  function compare(a: number, b: number): number {
    return block[a]! - block[b]! || isOutside[a]! - isOutside[b]! || at[a]! - at[b]!;
  }
  const order = new Uint32Array(count);
  for (let t = 0; t < count; t++) order[t] = t;
  return isInOrder ? order : order.sort((a, b) => compare(a, b) || a - b);
}

interface Block {
  readonly height: number;
  /** The earliest of its transactions. */
  readonly time: number;
}

/** Blocks of which a time is known, in the order of time. */
function blocksOf({ height, time }: Stands): Block[] {
  const since = new Map<number, number>();
  for (let t = 0; t < height.length; t++) {
    if (height[t] === unknown32) continue;
    since.set(height[t]!, Math.min(since.get(height[t]!) ?? Number.POSITIVE_INFINITY, time[t]!));
  }
  const blocks = [...since].map(([of, from]): Block => ({ height: of, time: from }));
  return blocks
    .filter((one) => one.time < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.time - b.time || a.height - b.height);
}

/** One more than the height of the last block that began by then; 0 where none did. */
function blockAt(blocks: readonly Block[], time: number): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.time <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : blocks[low - 1]!.height + 1;
}

/** Of several tellings of one transaction those that count: of one layer and index the first. */
function transfersOf(told: TellingColumns, group: Uint32Array, supersedes: readonly Supersedes[]): number[] {
  const { texts: names } = told.layers;
  const nameOf = (telling: number) => names[told.layer[telling]!]!;
  const layers = new Set(Array.from(group, nameOf));
  const left = new Set(supersedes.filter(({ layer }) => layers.has(layer)).map(({ of }) => of));
  const kept = new Map<number, number>();
  for (const telling of group) {
    const key = told.index[telling]! * names.length + told.layer[telling]!;
    if (!left.has(nameOf(telling)) && !kept.has(key)) kept.set(key, telling);
  }
  return [...kept.values()].sort((a, b) => told.index[a]! - told.index[b]! || compareNames(nameOf(a), nameOf(b)));
}
