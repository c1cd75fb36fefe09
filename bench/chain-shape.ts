import type { Random } from "./random.ts";

/**
 * The shape of the made chain. It lies between the blocks of 2017 and 2019 and the 8,131 mempool transactions of 2024
 * in the real data: 1.5 to 4.1 inputs and 2.5 outputs a transaction there, 376 to 494 bytes a transaction in the
 * blocks; scripts go by the years after taproot.
 */
export type CoinKind = "p2pkh" | "p2sh" | "p2wpkh" | "p2wsh" | "p2tr" | "data";
export const coinKinds: readonly CoinKind[] = ["p2pkh", "p2sh", "p2wpkh", "p2wsh", "p2tr", "data"];

/** Outputs in a thousand, by kind. */
const kindWeights: readonly (readonly [CoinKind, number])[] = [
  ["p2wpkh", 420],
  ["p2tr", 200],
  ["p2sh", 140],
  ["p2pkh", 140],
  ["p2wsh", 50],
  ["data", 50],
];

/** Transactions in a thousand, with from and to how many inputs. */
const inputWeights: readonly Step[] = [
  [1, 1, 765],
  [2, 2, 115],
  [3, 3, 45],
  [4, 5, 35],
  [6, 10, 20],
  [11, 20, 12],
  [21, 120, 8],
];

const outputWeights: readonly Step[] = [
  [1, 1, 220],
  [2, 2, 630],
  [3, 3, 75],
  [4, 4, 20],
  [5, 10, 30],
  [11, 20, 17],
  [21, 100, 8],
];

type Step = readonly [from: number, to: number, weight: number];

/** Outputs in a thousand that pay to a popular account, such as an exchange's; the others each to a new one. */
export const popularWeight = 250;
/** Popular accounts; the first are paid most. */
export const popularAccounts = 20_000;
/** Inputs in a thousand that spend one of the newest coins, many of them from the same block. */
export const recentWeight = 400;
export const recentCoins = 3000;

export function kindOfOutput(random: Random): CoinKind {
  let left = random.below(1000);
  for (const [kind, weight] of kindWeights) {
    if (left < weight) return kind;
    left -= weight;
  }
  return "p2wpkh";
}

export const inputCount = (random: Random): number => stepped(random, inputWeights);
export const outputCount = (random: Random): number => stepped(random, outputWeights);

function stepped(random: Random, steps: readonly Step[]): number {
  let left = random.below(1000);
  for (const [from, to, weight] of steps) {
    if (left < weight) return from + random.below(to - from + 1);
    left -= weight;
  }
  return 1;
}
