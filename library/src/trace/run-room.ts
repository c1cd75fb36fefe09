import type { RuleTrace } from "./coin-trace.ts";
import { collectRoom } from "./collect-room.ts";
import type { RoomReader } from "./room-reader.ts";
import { findNext } from "./run-sweep.ts";
import { leaveRoom, roomOf, type SharedRoom, takeRoom } from "./share-columns.ts";
import type { Sweep } from "./sweep.ts";
import { sweepHaircut } from "./sweep-haircut.ts";
import { sweepUnits } from "./sweep-units.ts";

/** Runs one rule over the whole ledger in a cleared room; null where it cannot, with the sweep as it was. */
export type RoomSweep = (sweep: Sweep, room: SharedRoom, pending: Int32Array) => RoomReader | null;

/**
 * Runs a sweep by one of the WebAssembly kernels where that can be: forward, nothing to stop at, fees not followed,
 * columns in a memory that no other thread sweeps in; haircut with one label, fifo and lifo with many. Null where it
 * cannot: then the general way is to be taken.
 */
export function runRoom(sweep: Sweep): RuleTrace | null {
  const { columns } = sweep;
  const kernel = kernelFor(sweep);
  const room = kernel === null ? null : roomOf(columns);
  if (kernel === null || room === null || !takeRoom(room)) return null;
  const pending = pendingOf(sweep, room);
  try {
    const reader = kernel(sweep, room, pending);
    return reader === null ? null : collectRoom(sweep, reader, pending);
  } finally {
    clearRoom(sweep, room, pending);
    leaveRoom(room);
  }
}

function kernelFor({ request, rule, forward, followFees, labelCount, unknownSpenders }: Sweep): RoomSweep | null {
  const { movements, hops, min } = request.budget;
  const isPlain = request.stopOutputs === null && request.stopHeight === null && unknownSpenders === null;
  const isBounded = movements !== undefined || hops !== undefined || (min !== undefined && min > 0n);
  if (!forward || !isPlain || isBounded || followFees) return null;
  if (rule === "haircut") return labelCount === 1 ? sweepHaircut : null;
  return rule === "fifo" || rule === "lifo" ? sweepUnits : null;
}

/** The bits of the transactions that traced value leads to; kernels do not clear them. */
export function pendingOf({ columns }: Sweep, room: SharedRoom): Int32Array {
  return new Int32Array(room.memory.buffer, room.pending, (columns.transactionCount + 31) >>> 5);
}

/** Only what was written is cleared: a small trail must not cost the length of the ledger. */
export function clearRoom(sweep: Sweep, room: SharedRoom, pending: Int32Array): void {
  const { txFirstOutput, transactionCount, outputCount } = sweep.columns;
  const total = new Float64Array(room.memory.buffer, room.total, outputCount);
  for (const { output } of sweep.request.seeds) total[output] = 0;
  for (let t = findNext(pending, 0, transactionCount); t >= 0; t = findNext(pending, t + 1, transactionCount)) {
    total.fill(0, txFirstOutput[t]!, txFirstOutput[t + 1]!);
  }
  pending.fill(0);
}
