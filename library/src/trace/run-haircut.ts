import { CoinColumnsError } from "../errors/trace.ts";
import type { RuleTrace } from "./coin-trace.ts";
import { collectHaircut } from "./collect-haircut.ts";
import { makerAbsent, spenderMin } from "./columns.ts";
import { addTo } from "./exact-sum.ts";
import { haircutKernel } from "./haircut-kernel.ts";
import { findNext } from "./run-sweep.ts";
import { groupSeeds } from "./seed-coins.ts";
import { leaveRoom, roomOf, type SharedRoom, takeRoom } from "./share-columns.ts";
import { type Sweep, setBit } from "./sweep.ts";

/**
 * Runs a haircut sweep by the WebAssembly kernel where it can: one label, forward, nothing to stop at, fees not
 * followed, columns in a memory that no other thread sweeps in. Null where it cannot: then the general way is to be
 * taken.
 */
export function runHaircut(sweep: Sweep): RuleTrace | null {
  const { columns, request, rule } = sweep;
  const room = roomOf(columns);
  const { movements, hops, min } = request.budget;
  const isPlain = request.stopOutputs === null && request.stopHeight === null && sweep.unknownSpenders === null;
  const isBounded = movements !== undefined || hops !== undefined || (min !== undefined && min > 0n);
  if (room === null || rule !== "haircut" || !sweep.forward || sweep.labelCount > 1) return null;
  if (!isPlain || isBounded || sweep.followFees || !fitsDouble(sweep) || !takeRoom(room)) return null;
  const total = new Float64Array(room.memory.buffer, room.total, columns.outputCount);
  const pending = new Int32Array(room.memory.buffer, room.pending, (columns.transactionCount + 31) >>> 5);
  try {
    sweepRoom(sweep, room, total, pending);
    return collectHaircut(sweep, total, pending);
  } finally {
    clearRoom(sweep, total, pending);
    leaveRoom(room);
  }
}

/** The kernel sums fees in a double; they are never more than what is seeded. */
function fitsDouble({ request, columns }: Sweep): boolean {
  let most = 0;
  for (const { output } of request.seeds) most += columns.outputValue[output]!;
  return most <= Number.MAX_SAFE_INTEGER;
}

function sweepRoom(sweep: Sweep, room: SharedRoom, total: Float64Array, pending: Int32Array): void {
  const { columns } = sweep;
  const kernel = haircutKernel(room.memory);
  const run = (from: number, to: number) => {
    if (from >= to) return;
    const fees = kernel(
      from,
      to,
      columns.txFirstInput.byteOffset,
      columns.inputOutput.byteOffset,
      columns.txFirstOutput.byteOffset,
      columns.outputValue.byteOffset,
      columns.outputSpender.byteOffset,
      room.total,
      room.pending,
    );
    if (fees < 0) throw new CoinColumnsError({ transaction: -fees - 1, why: "it pays more than it takes" });
    addTo(sweep.feeSums.fee[0]!, fees);
  };
  const availableAfter = (coin: number) => {
    const maker = columns.outputTx[coin]!;
    return maker === makerAbsent ? -1 : maker;
  };
  let position = 0;
  for (const { coin, after, seeds } of groupSeeds(sweep, availableAfter)) {
    run(position, after + 1);
    position = Math.max(position, after + 1);
    for (const { amount } of seeds) {
      const wanted = amount === null ? columns.outputValue[coin]! : Number(amount);
      const fresh = wanted - total[coin]!;
      if (fresh <= 0) continue;
      total[coin] = wanted;
      sweep.seeded.push({ coin, label: 0, amount: fresh });
      addTo(sweep.seededSums[0]!, fresh);
    }
    const spender = columns.outputSpender[coin]!;
    if (total[coin]! > 0 && spender < spenderMin) setBit(pending, spender);
  }
  run(position, columns.transactionCount);
}

/** Only what was written is cleared: a small trail must not cost the length of the ledger. */
function clearRoom(sweep: Sweep, total: Float64Array, pending: Int32Array): void {
  const { txFirstOutput, transactionCount } = sweep.columns;
  for (const { output } of sweep.request.seeds) total[output] = 0;
  for (let t = findNext(pending, 0, transactionCount); t >= 0; t = findNext(pending, t + 1, transactionCount)) {
    total.fill(0, txFirstOutput[t]!, txFirstOutput[t + 1]!);
  }
  pending.fill(0);
}
