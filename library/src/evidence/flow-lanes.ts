import { type Pull, placeItems, type Standing } from "./flow-place.ts";

/** A band of the drawing that belongs to one ledger. */
export interface Lane {
  /** Index into the graph's lanes. */
  readonly lane: number;
  readonly top: number;
  /** Where the channels of what runs back in it begin. */
  readonly channels: number;
  readonly bottom: number;
}

/** Room for a ledger's name over what stands in its band. */
export const laneHead = 26;
const lanePadding = 10;
const laneGap = 12;

/**
 * Middles of all items, with each lane's items in a band of their own, the bands below one another, each with room for
 * what runs back in it. What runs between two bands does not pull at either.
 */
export function placeInLanes(
  columns: readonly (readonly number[])[],
  items: readonly Standing[],
  pulls: readonly Pull[],
  laneOf: readonly number[],
  room: ReadonlyMap<number, number>,
): { y: Float64Array; lanes: Lane[] } {
  const used = [...new Set(laneOf)].sort((a, b) => a - b);
  if (used.length < 2) return { y: placeItems(columns, items, pulls), lanes: [] };
  const y = new Float64Array(items.length);
  const lanes: Lane[] = [];
  let free = 0;
  for (const lane of used) {
    const isHere = (item: number) => laneOf[item] === lane;
    const own = columns.map((column) => column.filter(isHere));
    const placed = placeItems(
      own,
      items,
      pulls.filter(({ left, right }) => isHere(left) && isHere(right)),
    );
    let [highest, lowest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const item of own.flat()) {
      highest = Math.min(highest, placed[item]! - items[item]!.above);
      lowest = Math.max(lowest, placed[item]! + items[item]!.below);
    }
    const shift = free + laneHead - highest;
    for (const item of own.flat()) y[item] = placed[item]! + shift;
    const channels = lowest + shift;
    const bottom = channels + (room.get(lane) ?? 0) + lanePadding;
    lanes.push({ lane, top: free, channels, bottom });
    free = bottom + laneGap;
  }
  return { y, lanes };
}
