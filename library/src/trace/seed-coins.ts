import { addTo } from "./exact-sum.ts";
import type { TraceSeed } from "./request.ts";
import { heldOf, rowOf, type Sweep, settleCoin, weightOf } from "./sweep.ts";
import { seedUnits } from "./transfer-units.ts";

/** The seeds of one coin, and the last transaction that must be processed before they are applied. */
export interface SeedGroup {
  readonly coin: number;
  readonly after: number;
  readonly seeds: readonly TraceSeed[];
}

/** Seeds by coin, in the order in which a sweep comes to them. `after` tells when a coin has got all that it gets. */
export function groupSeeds(sweep: Sweep, after: (coin: number) => number): SeedGroup[] {
  const byCoin = new Map<number, TraceSeed[]>();
  for (const seed of sweep.request.seeds) {
    const seeds = byCoin.get(seed.output);
    if (seeds === undefined) byCoin.set(seed.output, [seed]);
    else seeds.push(seed);
  }
  const groups = [...byCoin].map(([coin, seeds]) => ({ coin, after: after(coin), seeds }));
  return groups.sort((a, b) => (sweep.forward ? a.after - b.after : b.after - a.after) || a.coin - b.coin);
}

/** Seeds a coin with what traced value does not reach already, in the order of the request, and settles it. */
export function applySeeds(sweep: Sweep, group: SeedGroup): void {
  const { coin } = group;
  const { total } = sweep;
  total[coin] = Math.abs(total[coin]!);
  for (const seed of group.seeds) {
    const value = sweep.columns.outputValue[coin]!;
    const amount = seed.amount === null ? Math.max(0, value) : Number(seed.amount);
    if (sweep.rule === "poison") {
      flag(sweep, coin, seed.label, amount);
      continue;
    }
    const fresh: number =
      sweep.units === null ? Math.max(0, amount - total[coin]!) : seedUnits(sweep, coin, amount, seed.label);
    if (fresh === 0) continue;
    total[coin] = total[coin]! + fresh;
    if (sweep.slot !== null) {
      const row = rowOf(sweep, coin) + seed.label;
      sweep.rows[row] = sweep.rows[row]! + fresh;
    }
    sweep.seeded.push({ coin, label: seed.label, amount: fresh });
    addTo(sweep.seededSums[seed.label]!, fresh);
  }
  settleCoin(sweep, coin);
}

/** Poison counts every seed as it was given, but the coin once a label. */
function flag(sweep: Sweep, coin: number, label: number, amount: number): void {
  addTo(sweep.seededSums[label]!, amount);
  if (sweep.total[coin] !== 0 && heldOf(sweep, coin, label) !== 0) return;
  sweep.total[coin] = 1;
  if (sweep.slot !== null) sweep.rows[rowOf(sweep, coin) + label] = 1;
  sweep.seeded.push({ coin, label: label, amount: weightOf(sweep, coin) });
}
