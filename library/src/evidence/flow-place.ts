/** Something that stands in a column, with the room it needs above and below its middle. */
export interface Standing {
  readonly above: number;
  readonly below: number;
}

/** A ribbon's piece between two columns, with where it meets each item: an offset from the item's middle. */
export interface Pull {
  readonly left: number;
  readonly right: number;
  readonly leftOffset: number;
  readonly rightOffset: number;
  readonly weight: number;
}

/**
 * Places that are as near as possible to the wanted ones (least squares) while each keeps its distance from the one
 * before: isotonic regression by pooling adjacent violators.
 *
 * Source: M. Ayer and others, "An empirical distribution function for sampling with incomplete information", 1955.
 */
export function spread(wanted: readonly number[], weights: readonly number[], distances: readonly number[]): number[] {
  // Without the distances the places only have to rise, which pooling solves exactly.
  const base: number[] = [];
  let far = 0;
  wanted.forEach((_, i) => {
    far += i === 0 ? 0 : distances[i - 1]!;
    base.push(far);
  });
  const pools: { mean: number; weight: number; size: number }[] = [];
  wanted.forEach((place, i) => {
    let pool = { mean: place - base[i]!, weight: weights[i]!, size: 1 };
    for (let last = pools.at(-1); last !== undefined && last.mean > pool.mean; last = pools.at(-1)) {
      pools.pop();
      const weight = last.weight + pool.weight;
      pool = {
        mean: (last.mean * last.weight + pool.mean * pool.weight) / weight,
        weight,
        size: last.size + pool.size,
      };
    }
    pools.push(pool);
  });
  const places: number[] = [];
  for (const pool of pools) {
    for (let i = 0; i < pool.size; i++) places.push(pool.mean + base[places.length]!);
  }
  return places;
}

const rounds = 24;

/** A middle for each item, so that nothing in a column overlaps and ribbons run as level as they can. */
export function placeItems(
  columns: readonly (readonly number[])[],
  items: readonly Standing[],
  pulls: readonly Pull[],
): Float64Array {
  const y = new Float64Array(items.length);
  const weight = new Float64Array(items.length).fill(0.01);
  const fromLeft: Pull[][] = items.map(() => []);
  const fromRight: Pull[][] = items.map(() => []);
  for (const pull of pulls) {
    fromRight[pull.left]!.push(pull);
    fromLeft[pull.right]!.push(pull);
    weight[pull.left]! += pull.weight;
    weight[pull.right]! += pull.weight;
  }
  const distances = columns.map((column) =>
    column.slice(1).map((item, i) => items[column[i]!]!.below + items[item]!.above),
  );
  columns.forEach((column, c) => {
    const height = distances[c]!.reduce((sum, distance) => sum + distance, 0);
    let at = -height / 2;
    column.forEach((item, i) => {
      y[item] = at;
      at += distances[c]![i] ?? 0;
    });
  });
  const wantedPlace = (item: number, left: boolean, right: boolean): number => {
    let sum = 0;
    let total = 0;
    for (const pull of left ? fromLeft[item]! : []) {
      sum += pull.weight * (y[pull.left]! + pull.leftOffset - pull.rightOffset);
      total += pull.weight;
    }
    for (const pull of right ? fromRight[item]! : []) {
      sum += pull.weight * (y[pull.right]! + pull.rightOffset - pull.leftOffset);
      total += pull.weight;
    }
    return total === 0 ? y[item]! : sum / total;
  };
  for (let round = 0; round < rounds; round++) {
    const rightward = round % 2 === 0;
    // The last rounds look both ways, which evens out what the sweeps pulled to one side.
    const both = round >= rounds / 2;
    for (let step = 0; step < columns.length; step++) {
      const c = rightward ? step : columns.length - 1 - step;
      const column = columns[c]!;
      const wanted = column.map((item) => wantedPlace(item, both || rightward, both || !rightward));
      const places = spread(
        wanted,
        column.map((item) => weight[item]!),
        distances[c]!,
      );
      column.forEach((item, i) => {
        y[item] = places[i]!;
      });
    }
  }
  return y;
}
