import type { Instant } from "../../money/instant.ts";
import type { TransferTelling } from "../account-contract.ts";
import { telling } from "./made-transfers.ts";

/** Blocks in one round of the ingest that tests kill. */
export const blocksPerRound = 20;
export const transfersPerBlock = 30;

/** The transfers of a block, the same for the same seed; a few are told twice. */
export function transfersOfBlock(seed: number, height: number): TransferTelling[] {
  let state = Math.imul(seed ^ (height + 1), 0x9e37_79b1) | 1;
  const below = (limit: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  const transfers = Array.from({ length: transfersPerBlock }, (_, n) =>
    telling({
      transaction: `tx-${height}-${Math.floor(n / 3)}`,
      height,
      position: Math.floor(n / 3),
      time: (1_600_000_000_000 + 12_000 * height) as Instant,
      layer: n % 3 === 0 ? "call" : "log",
      index: n % 3,
      from: `account-${below(50)}`,
      to: `account-${below(50)}`,
      asset: below(3) === 0 ? "ETH" : "TOKEN",
      amount: BigInt(below(1_000_000)),
    }),
  );
  return [...transfers, ...transfers.slice(0, 2)];
}

export function transfersOfRounds(seed: number, rounds: number): TransferTelling[] {
  return Array.from({ length: rounds * blocksPerRound }, (_, height) => transfersOfBlock(seed, height)).flat();
}
