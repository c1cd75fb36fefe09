import { type CoinColumns, makerAbsent } from "./columns.ts";
import { addTo } from "./exact-sum.ts";
import type { TraceSeed } from "./request.ts";
import { heldAt, type Sweep, settleCoin, takePlace, weightAt } from "./sweep.ts";
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

/** The transaction that made a coin; -1, before all others, where the ledger does not hold it. */
export function makerOf(columns: CoinColumns, coin: number): number {
  const maker = columns.outputTx[coin]!;
  return maker === makerAbsent ? -1 : maker;
}

/** Seeds a coin with what traced value does not reach already, in the order of the request, and settles it. */
export function applySeeds(sweep: Sweep, group: SeedGroup): void {
  const { coin } = group;
  const place = takePlace(sweep, coin);
  sweep.total[place] = Math.abs(sweep.total[place]!);
  for (const seed of group.seeds) {
    const value = sweep.columns.outputValue[coin]!;
    const amount = seed.amount === null ? Math.max(0, value) : Number(seed.amount);
    if (sweep.rule === "poison") {
      flag(sweep, place, seed.label, amount);
      continue;
    }
    const held: number = sweep.total[place]!;
    const fresh: number =
      sweep.units === null ? Math.max(0, amount - held) : seedUnits(sweep, place, amount, seed.label);
    if (fresh === 0) continue;
    if (sweep.labelCount > 1) {
      const row = place * sweep.labelCount;
      if (held === 0) sweep.rows.fill(0, row, row + sweep.labelCount);
      sweep.rows[row + seed.label] = sweep.rows[row + seed.label]! + fresh;
    }
    sweep.total[place] = held + fresh;
    sweep.seeded.push({ coin, label: seed.label, amount: fresh });
    addTo(sweep.seededSums[seed.label]!, fresh);
  }
  settleCoin(sweep, place, 0);
}

/** Poison counts every seed as it was given, but the coin once a label. */
function flag(sweep: Sweep, place: number, label: number, amount: number): void {
  addTo(sweep.seededSums[label]!, amount);
  if (heldAt(sweep, place, label) !== 0) return;
  sweep.total[place] = 1;
  if (sweep.labelCount > 1) sweep.rows[place * sweep.labelCount + label] = 1;
  sweep.seeded.push({ coin: sweep.places.idAt[place]!, label, amount: weightAt(sweep, place) });
}
