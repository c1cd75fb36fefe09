import type { TransferTelling } from "../account-contract.ts";
import { unknown32 } from "../account-schema.ts";
import type { Supersedes } from "../arrange-transfers.ts";
import { compareNames } from "../compare-names.ts";

/** A transaction of a ledger in memory, with its transfers that count, in order. */
export interface ToldTransaction {
  readonly name: string;
  /** {@link unknown32} where it is not known, as the position. */
  readonly height: number;
  readonly position: number;
  /** Infinity where it is not known. */
  readonly time: number;
  readonly dayOnly: boolean;
  readonly transfers: readonly TransferTelling[];
}

/**
 * Puts tellings into a ledger's order by the rules that `order-transactions.ts` and `arrange-transfers.ts` state, slow
 * and obvious: the oracle of both.
 */
export function arrangeTellings(
  tellings: Iterable<TransferTelling>,
  supersedes: readonly Supersedes[],
): ToldTransaction[] {
  const told = new Map<string, TransferTelling[]>();
  for (const telling of tellings) {
    const of = told.get(telling.transaction);
    if (of === undefined) told.set(telling.transaction, [telling]);
    else of.push(telling);
  }
  const joined = [...told.values()].map((of) => ({ ...joinTellings(of), transfers: transfersOf(of, supersedes) }));
  const places = placesOf(joined);
  const order = joined.map((_, listed) => listed);
  order.sort((a, b) => {
    const [one, other] = [places[a]!, places[b]!];
    for (let k = 0; k < one.length; k++) if (one[k] !== other[k]) return one[k]! - other[k]!;
    return a - b;
  });
  return order.map((listed) => joined[listed]!);
}

const least = (values: readonly number[], none: number) => values.reduce((a, b) => Math.min(a, b), none);

function joinTellings(of: readonly TransferTelling[]): Omit<ToldTransaction, "transfers"> {
  const [only] = of;
  if (of.length === 1 && only !== undefined) {
    const { transaction: name, time, dayOnly } = only;
    return {
      name,
      height: only.height ?? unknown32,
      position: only.position ?? unknown32,
      time: time ?? Number.POSITIVE_INFINITY,
      dayOnly: dayOnly && time !== null,
    };
  }
  const inBlock = of.filter(({ height }) => height !== null);
  const numbers = (from: readonly TransferTelling[], field: "height" | "position" | "time") =>
    from.flatMap((telling) => telling[field] ?? []);
  const exact = least(
    numbers(
      of.filter(({ dayOnly }) => !dayOnly),
      "time",
    ),
    Number.POSITIVE_INFINITY,
  );
  const daily = least(
    numbers(
      of.filter(({ dayOnly }) => dayOnly),
      "time",
    ),
    Number.POSITIVE_INFINITY,
  );
  const dayOnly = exact === Number.POSITIVE_INFINITY && daily < Number.POSITIVE_INFINITY;
  return {
    name: of[0]!.transaction,
    height: least(numbers(of, "height"), unknown32),
    position: least(numbers(inBlock.length > 0 ? inBlock : of, "position"), unknown32),
    time: dayOnly ? daily : exact,
    dayOnly,
  };
}

/** Each transaction's keys in order of weight; the transactions stand as they were listed. */
function placesOf(joined: readonly Omit<ToldTransaction, "transfers">[]): number[][] {
  const since = new Map<number, number>();
  for (const { height, time } of joined) {
    if (height !== unknown32) since.set(height, Math.min(since.get(height) ?? Number.POSITIVE_INFINITY, time));
  }
  const blocks = [...since].filter(([, time]) => time < Number.POSITIVE_INFINITY);
  blocks.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  let last = [0, 0, 0, 0];
  return joined.map(({ height, position, time }) => {
    if (height !== unknown32) last = [height + 1, 0, position, 0];
    else if (time < Number.POSITIVE_INFINITY) last = [blockAt(blocks, time), 1, 0, time];
    return last;
  });
}

/** One more than the height of the last block that began by then; 0 where none did. */
function blockAt(blocks: readonly (readonly [number, number])[], time: number): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]![1] <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : blocks[low - 1]![0] + 1;
}

function transfersOf(of: readonly TransferTelling[], supersedes: readonly Supersedes[]): readonly TransferTelling[] {
  if (of.length === 1) return of;
  const layers = new Set(of.map(({ layer }) => layer));
  const left = new Set(supersedes.filter(({ layer }) => layers.has(layer)).map((one) => one.of));
  const kept = new Map<string, TransferTelling>();
  for (const telling of of) {
    const key = JSON.stringify([telling.index, telling.layer]);
    if (!left.has(telling.layer) && !kept.has(key)) kept.set(key, telling);
  }
  return [...kept.values()].sort((a, b) => a.index - b.index || compareNames(a.layer, b.layer));
}
