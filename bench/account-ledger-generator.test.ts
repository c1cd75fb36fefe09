import { expect, test } from "vitest";
import { makeAccountLedger } from "./account-ledger-generator.ts";

const shape = { transfers: 40_000, accounts: 4000, seed: 3, wei: false };

test("a made account ledger is the same for the same seed, and another for another", () => {
  const first = makeAccountLedger(shape);
  expect(makeAccountLedger(shape)).toEqual(first);
  expect(makeAccountLedger({ ...shape, seed: 4 }).transferAmount).not.toEqual(first.transferAmount);
});

test("a few accounts have very many transfers and most have few, and no known opening goes into debt", () => {
  for (const wei of [false, true]) {
    const ledger = makeAccountLedger({ ...shape, wei });
    const degree = new Uint32Array(ledger.holdingCount);
    const balance = new Map(ledger.openings);
    expect(balance.size).toBeGreaterThan(200);
    for (let x = 0; x < ledger.transferCount; x++) {
      const [from, to] = [ledger.transferFrom[x]!, ledger.transferTo[x]!];
      const amount = BigInt(ledger.transferAmount[x]!);
      expect(amount > 0n && amount < (wei ? 2n ** 100n : 2n ** 53n)).toBe(true);
      degree[from]!++;
      degree[to]!++;
      if (balance.has(from)) balance.set(from, balance.get(from)! - amount);
      expect((balance.get(from) ?? 0n) >= 0n).toBe(true);
      if (balance.has(to)) balance.set(to, balance.get(to)! + amount);
    }
    const sorted = degree.sort();
    expect(sorted[sorted.length >> 1]).toBeLessThan(15);
    expect(sorted.at(-1)).toBeGreaterThan(2000);
  }
});
