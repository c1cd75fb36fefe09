import { numberAt, type OrderedAccounts } from "./account-order.ts";
import { takeInPieces } from "./account-records.ts";
import type { JointRequest } from "./joint-request.ts";

/** A seed on its way through a sweep. */
export interface SweepSeed {
  readonly label: number;
  /** A seed of a holding; -1 for one of a transfer. */
  readonly holding: number;
  /** Units still to be labelled; null for without end. */
  left: bigint | null;
}

/** A transfer at which something is labelled, with its seeds in the order of the request. */
interface SeededTransfer {
  readonly transfer: number;
  readonly seeds: readonly SweepSeed[];
}

export interface SeedPlan {
  readonly seeds: readonly SweepSeed[];
  /** Rising. */
  readonly transfers: readonly SeededTransfer[];
}

/** Where the seeds of a request are met. Seeds of a holding are met at each transfer that it receives. */
export function planSeeds(request: JointRequest, order: OrderedAccounts): SeedPlan {
  const { transferCount, takenCount, isForward } = order;
  const seeds: SweepSeed[] = [];
  const byTransfer = new Map<number, SweepSeed[]>();
  const byHolding = new Map<number, SweepSeed[]>();
  const add = (to: Map<number, SweepSeed[]>, key: number, seed: SweepSeed) => {
    const known = to.get(key);
    if (known === undefined) to.set(key, [seed]);
    else known.push(seed);
  };
  for (const { at, amount, label } of request.seeds) {
    if (at.kind === "coin") continue;
    const seed = { label, holding: at.kind === "holding" ? at.holding : -1, left: amount };
    seeds.push(seed);
    if (at.kind === "holding") add(byHolding, at.holding, seed);
    else add(byTransfer, numberAt(at.transfer, transferCount, isForward), seed);
  }
  const transfers = receiptsOf(order, byHolding, byTransfer);
  for (const [transfer, own] of byTransfer) {
    const holding = byHolding.get(order.to[transfer]!);
    if (transfer >= takenCount) continue;
    transfers.push({ transfer, seeds: holding === undefined ? own : inOrder(seeds, [...own, ...holding]) });
  }
  if (byTransfer.size > 0) transfers.sort((a, b) => a.transfer - b.transfer);
  return { seeds, transfers };
}

const inOrder = (all: readonly SweepSeed[], some: readonly SweepSeed[]) => all.filter((seed) => some.includes(seed));

/** The receipts of seeded holdings, rising, but for those at which a transfer of its own is seeded. */
function receiptsOf(
  { to, takenCount, holdingCount }: OrderedAccounts,
  byHolding: ReadonlyMap<number, readonly SweepSeed[]>,
  byTransfer: ReadonlyMap<number, unknown>,
): SeededTransfer[] {
  const receipts: SeededTransfer[] = [];
  if (byHolding.size === 0) return receipts;
  const isMet = new Uint8Array(holdingCount);
  for (const holding of byHolding.keys()) isMet[holding] = 1;
  const found: number[] = [];
  takeInPieces(0, takenCount, (start, end) => {
    findReceipts(to, isMet, start, end, found);
    return true;
  });
  for (const transfer of found) {
    if (!byTransfer.has(transfer)) receipts.push({ transfer, seeds: byHolding.get(to[transfer]!)! });
  }
  return receipts;
}

function findReceipts(receiver: Int32Array, isMet: Uint8Array, from: number, to: number, found: number[]): void {
  for (let x = from; x < to; x++) {
    const t = receiver[x]!;
    if (t >= 0 && isMet[t] === 1) found.push(x);
  }
}
