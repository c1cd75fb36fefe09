import { CoinColumnsError } from "../errors/trace.ts";
import { addTo } from "./exact-sum.ts";
import { type RoomReader, wordsOf } from "./room-reader.ts";
import { groupSeeds, makerOf } from "./seed-coins.ts";
import type { SharedRoom } from "./share-columns.ts";
import type { Sweep } from "./sweep.ts";
import { type UnitsKernel, unitsKernel, unitsLabelsMax } from "./units-kernel.ts";

/** A reader, and the bytes that the units took beside the room. */
export interface UnitsReader extends RoomReader {
  readonly arenaBytes: number;
}

/**
 * fifo and lifo; see {@link UnitsKernel}. Null where the units do not fit the memory: the general way keeps those of
 * spent coins no longer.
 * @throws CoinColumnsError
 */
export function sweepUnits(sweep: Sweep, room: SharedRoom): UnitsReader | null {
  const { labelCount } = sweep;
  if (labelCount > unitsLabelsMax || !fits63Bits(sweep)) return null;
  const kernel = unitsKernel(room.memory);
  const seeded = runAll(sweep, room, kernel);
  if (seeded === null) return null;
  for (const entry of seeded) {
    sweep.seeded.push(entry);
    addTo(sweep.seededSums[entry.label]!, entry.amount);
  }
  // By label what went to fees, then the kernel's answer to what was asked last.
  const fees = new BigUint64Array(room.memory.buffer, room.arena, 2 * labelCount);
  const answer = new Float64Array(room.memory.buffer, room.arena, 2 * labelCount);
  const labels = new Float64Array(labelCount);
  for (let label = 0; label < labelCount; label++) sweep.feeSums.fee[label]!.big += fees[2 * label]!;
  return {
    words: wordsOf(sweep, room),
    arenaBytes: kernel.arenaBytes() >>> 0,
    totalOf: (coin) => kernel.sumLabels(coin),
    labelsOf: (coin) => {
      kernel.sumLabels(coin);
      for (let label = 0; label < labelCount; label++) labels[label] = answer[2 * label + 1]!;
      return labels;
    },
  };
}

/** Gives what was seeded; null where the memory is full. */
function runAll(sweep: Sweep, room: SharedRoom, kernel: UnitsKernel): Sweep["seeded"] | null {
  const { columns, labelCount, rule } = sweep;
  kernel.openColumns(
    columns.txFirstInput.byteOffset,
    columns.inputOutput.byteOffset,
    columns.txFirstOutput.byteOffset,
    columns.outputValue.byteOffset,
    columns.outputSpender.byteOffset,
  );
  if (kernel.openRoom(room.total, room.pending, room.arena, labelCount, rule === "lifo" ? 1 : 0) === 0) return null;
  const run = (from: number, to: number): boolean => {
    if (from >= to) return true;
    const wrong = kernel.run(from, to);
    if (wrong > 0) throw new CoinColumnsError({ transaction: wrong - 1, why: "it pays more than it takes" });
    return wrong === 0;
  };
  const seeded: Sweep["seeded"] = [];
  let position = 0;
  for (const { coin, after, seeds } of groupSeeds(sweep, (coin) => makerOf(columns, coin))) {
    if (!run(position, after + 1)) return null;
    position = Math.max(position, after + 1);
    for (const { amount, label } of seeds) {
      const fresh = kernel.seed(coin, amount === null ? columns.outputValue[coin]! : Number(amount), label);
      if (fresh < 0) return null;
      if (fresh > 0) seeded.push({ coin, label, amount: fresh });
    }
  }
  return run(position, columns.transactionCount) ? seeded : null;
}

/** The kernel sums fees in 64 bits; they are never more than what is seeded. */
function fits63Bits({ request, columns }: Sweep): boolean {
  let most = 0;
  for (const { output } of request.seeds) most += columns.outputValue[output]!;
  return most <= 2 ** 63;
}
