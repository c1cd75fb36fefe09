import { CoinColumnsError } from "../errors/trace.ts";
import { spenderMin } from "./columns.ts";
import { addTo } from "./exact-sum.ts";
import { haircutKernel } from "./haircut-kernel.ts";
import { type RoomReader, wordsOf } from "./room-reader.ts";
import { groupSeeds, makerOf } from "./seed-coins.ts";
import type { SharedRoom } from "./share-columns.ts";
import { type Sweep, setBit } from "./sweep.ts";

/** One label; see {@link haircutKernel}. @throws CoinColumnsError */
export function sweepHaircut(sweep: Sweep, room: SharedRoom, pending: Int32Array): RoomReader | null {
  const { columns } = sweep;
  if (!fitsDouble(sweep)) return null;
  const total = new Float64Array(room.memory.buffer, room.total, columns.outputCount);
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
  let position = 0;
  for (const { coin, after, seeds } of groupSeeds(sweep, (coin) => makerOf(columns, coin))) {
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
  return {
    words: wordsOf(sweep, room),
    totalOf: (coin) => total[coin]!,
    labelsOf: (coin) => total.subarray(coin, coin + 1),
  };
}

/** The kernel sums fees in a double; they are never more than what is seeded. */
function fitsDouble({ request, columns }: Sweep): boolean {
  let most = 0;
  for (const { output } of request.seeds) most += columns.outputValue[output]!;
  return most <= Number.MAX_SAFE_INTEGER;
}
