import { numberAt, type OrderedAccounts } from "./account-order.ts";
import type { JointRequest } from "./joint-request.ts";

/** A seed on its way through a sweep. */
export interface SweepSeed {
  readonly label: number;
  /** A seed of a holding; -1 for one of a transfer. */
  readonly holding: number;
  /** Units still to be labelled; null for without end. */
  left: bigint | null;
}

/** The transfers at which something is labelled, rising, each with its seeds in the order of the request. */
export interface SeedPlan {
  readonly seeds: readonly SweepSeed[];
  readonly transfers: readonly { readonly transfer: number; readonly seeds: readonly SweepSeed[] }[];
}

/** Where the seeds of a request are met. Seeds of a holding are met at each transfer that it receives. */
export function planSeeds(request: JointRequest, order: OrderedAccounts): SeedPlan {
  const { transferCount, takenCount, isForward, to } = order;
  const seeds: SweepSeed[] = [];
  const at = new Map<number, SweepSeed[]>();
  const byHolding = new Map<number, SweepSeed[]>();
  const isMet = new Uint8Array(order.holdingCount);
  for (const { at: place, amount, label } of request.seeds) {
    if (place.kind === "coin") continue;
    const seed = { label, holding: place.kind === "holding" ? place.holding : -1, left: amount };
    seeds.push(seed);
    if (place.kind === "transfer") {
      const transfer = numberAt(place.transfer, transferCount, isForward);
      at.set(transfer, [...(at.get(transfer) ?? []), seed]);
    } else {
      byHolding.set(place.holding, [...(byHolding.get(place.holding) ?? []), seed]);
      isMet[place.holding] = 1;
    }
  }
  if (byHolding.size > 0) {
    for (let x = 0; x < takenCount; x++) {
      const t = to[x]!;
      if (t < 0 || isMet[t] === 0) continue;
      const own = byHolding.get(t)!;
      const others = at.get(x);
      at.set(x, others === undefined ? own : [...others, ...own]);
    }
  }
  const inOrder = (own: SweepSeed[]) => (own.length < 2 ? own : seeds.filter((seed) => own.includes(seed)));
  const transfers = [...at.entries()]
    .filter(([transfer]) => transfer < takenCount)
    .sort(([a], [b]) => a - b)
    .map(([transfer, own]) => ({ transfer, seeds: inOrder(own) }));
  return { seeds, transfers };
}
