import { expect, test } from "vitest";
import type { CoinLedger, LoadedCoins } from "../ledger/contract.ts";
import { loadCoins, placesOf, stopBits } from "./load-coins.ts";

/** Coins 4, 7, 9 made by loaded transactions, 2 and 8 by others. */
const part = {
  columns: { transactionCount: 2, outputCount: 5, txFirstOutput: Uint32Array.of(0, 1, 3) },
  transactionIds: Float64Array.of(1, 3),
  outputIds: Float64Array.of(4, 7, 9, 2, 8),
} as unknown as LoadedCoins;
const whole = { ...part, transactionIds: null, outputIds: null } as LoadedCoins;

test("coins are found where they stand, in a part and in the whole", () => {
  expect([...placesOf(part, [9, 2, 8, 4, 5])]).toEqual([
    [9, 2],
    [2, 3],
    [8, 4],
    [4, 0],
  ]);
  expect([...placesOf(whole, [3])]).toEqual([[3, 3]]);
});

test("stops become bits of the loaded coins", () => {
  expect(stopBits(part, Float64Array.of(1, 2, 7, 100))).toEqual(Uint32Array.of(0b01010));
  expect(stopBits(whole, Float64Array.of(0, 4))).toEqual(Uint32Array.of(0b10001));
  expect(stopBits(whole, new Float64Array(0))).toBeNull();
});

function ledgerOf(outputs: number, reach: LoadedCoins | null): CoinLedger {
  const asked: Partial<CoinLedger> = {
    summary: async () => ({ name: "big", outputs }) as Awaited<ReturnType<CoinLedger["summary"]>>,
    loadReach: async ({ roundsMax }) => (roundsMax === 0 ? null : reach),
    loadAll: async () => whole,
  };
  return asked as CoinLedger;
}

test("a large ledger gives the part that is reached, else all of it, else an error about memory", async () => {
  const request = { seeds: [1], stops: new Float64Array(0), direction: "forward", followFees: false } as const;
  expect(await loadCoins(ledgerOf(1000, part), request)).toBe(whole);
  expect(await loadCoins(ledgerOf(30_000_000, part), request, 8e9)).toBe(part);
  expect(await loadCoins(ledgerOf(30_000_000, null), request, 8e9)).toBe(whole);
  expect(await loadCoins(ledgerOf(3_600_000_000, part), request, 24e9)).toBe(part);
  const tooMuch = loadCoins(ledgerOf(3_600_000_000, null), request, 24e9);
  await expect(tooMuch).rejects.toThrow(/144\.0 GB.*24\.0 GB/u);
});
