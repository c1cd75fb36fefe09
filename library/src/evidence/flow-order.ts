/** A piece of a ribbon between two neighbouring columns: item indexes, and its thickness as its weight. */
export interface Segment {
  readonly left: number;
  readonly right: number;
  readonly thickness: number;
}

const sweeps = 16;

/** Thin ribbons are many, and their crossings are seen too. */
const weightOf = (a: Segment, b: Segment) => Math.min(a.thickness, b.thickness) + 2;

function positions(columns: readonly (readonly number[])[], itemCount: number): Int32Array {
  const at = new Int32Array(itemCount);
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) at[column[i]!] = i;
  }
  return at;
}

/** The crossings of all pairs of segments, weighted by the thinner of the two. `gaps[c]` lies right of column c. */
export function crossings(columns: readonly (readonly number[])[], gaps: readonly (readonly Segment[])[]): number {
  const at = positions(columns, 1 + Math.max(-1, ...columns.flat()));
  let sum = 0;
  for (const gap of gaps) {
    for (let i = 0; i < gap.length; i++) {
      const a = gap[i]!;
      for (let j = 0; j < i; j++) {
        const b = gap[j]!;
        if ((at[a.left]! - at[b.left]!) * (at[a.right]! - at[b.right]!) < 0) sum += weightOf(a, b);
      }
    }
  }
  return sum;
}

interface Neighbour {
  readonly item: number;
  readonly segment: Segment;
}

/** Crossings between the segments of two items of one column, `upper` standing above `lower`. */
function pairCrossings(upper: readonly Neighbour[], lower: readonly Neighbour[], at: Int32Array): number {
  let sum = 0;
  for (const a of upper) {
    for (const b of lower) {
      if (at[a.item]! > at[b.item]!) sum += weightOf(a.segment, b.segment);
    }
  }
  return sum;
}

/** Items of a lower lane stand above those of a higher one. */
type LaneOf = (item: number) => number;

/** Sorts a column by the mean position of its neighbours on one side; an item without any keeps its place. */
function sortByNeighbours(
  column: number[],
  beside: readonly (readonly Neighbour[])[],
  at: Int32Array,
  laneOf: LaneOf,
): number[] {
  const wanted = new Map<number, number>();
  column.forEach((item, i) => {
    let sum = 0;
    let weight = 0;
    for (const { item: other, segment } of beside[item]!) {
      sum += at[other]! * (segment.thickness + 1);
      weight += segment.thickness + 1;
    }
    wanted.set(item, weight === 0 ? i : sum / weight);
  });
  return column
    .map((item, i) => ({ item, i }))
    .sort((a, b) => laneOf(a.item) - laneOf(b.item) || wanted.get(a.item)! - wanted.get(b.item)! || a.i - b.i)
    .map(({ item }) => item);
}

/**
 * Orders the items of each column so that few ribbons cross: sweeps by weighted barycentre, then swaps of neighbours
 * while they help. Deterministic; the given order breaks ties.
 *
 * Source: K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system structures", 1981.
 */
export function orderColumns(
  start: readonly (readonly number[])[],
  gaps: readonly (readonly Segment[])[],
  itemCount: number,
  laneOf: LaneOf = () => 0,
): number[][] {
  const toLeft: Neighbour[][] = Array.from({ length: itemCount }, () => []);
  const toRight: Neighbour[][] = Array.from({ length: itemCount }, () => []);
  for (const segment of gaps.flat()) {
    toRight[segment.left]!.push({ item: segment.right, segment });
    toLeft[segment.right]!.push({ item: segment.left, segment });
  }
  let columns = start.map((column) => [...column]);
  let best = columns;
  let fewest = crossings(columns, gaps);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    columns = columns.map((column) => [...column]);
    const rightward = sweep % 2 === 0;
    for (let step = 1; step < columns.length; step++) {
      const c = rightward ? step : columns.length - 1 - step;
      const at = positions(columns, itemCount);
      columns[c] = sortByNeighbours(columns[c]!, rightward ? toLeft : toRight, at, laneOf);
    }
    swapNeighbours(columns, toLeft, toRight, laneOf);
    const now = crossings(columns, gaps);
    if (now < fewest) {
      fewest = now;
      best = columns;
    }
  }
  return best;
}

const swapRounds = 4;

function swapNeighbours(
  columns: number[][],
  toLeft: readonly Neighbour[][],
  toRight: readonly Neighbour[][],
  laneOf: LaneOf,
): void {
  const at = positions(columns, toLeft.length);
  for (let round = 0; round < swapRounds; round++) {
    let swapped = false;
    for (const column of columns) {
      for (let i = 0; i + 1 < column.length; i++) {
        const [a, b] = [column[i]!, column[i + 1]!];
        if (laneOf(a) !== laneOf(b)) continue;
        const now = pairCrossings(toLeft[a]!, toLeft[b]!, at) + pairCrossings(toRight[a]!, toRight[b]!, at);
        const then = pairCrossings(toLeft[b]!, toLeft[a]!, at) + pairCrossings(toRight[b]!, toRight[a]!, at);
        if (then >= now) continue;
        column[i] = b;
        column[i + 1] = a;
        at[b] = i;
        at[a] = i + 1;
        swapped = true;
      }
    }
    if (!swapped) return;
  }
}
