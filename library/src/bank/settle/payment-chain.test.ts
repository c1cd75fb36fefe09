import fc from "fast-check";
import { expect, test } from "vitest";
import type { Money } from "./flow.ts";
import { type Chain, chainTransfers, type Step } from "./payment-chain.ts";

const usd = (amount: bigint): Money => ({ currency: "USD", amount });
const step = (bank: string, charges: Step["charges"] = []): Step => ({ bank, charges });
const ends = { from: "payer", to: "payee" };

const amounts = fc.array(
  fc.record({ currency: fc.constantFrom("USD", "USD", "EUR"), amount: fc.bigInt({ min: 0n, max: 50n }) }),
  { minLength: 1, maxLength: 6 },
);
const way = amounts.chain((all) =>
  fc.tuple(
    fc.constant(all),
    fc.array(
      fc.record({
        bank: fc.constantFrom("@A", "@B", "@C"),
        charges: fc.array(
          fc.record({ bank: fc.constantFrom("@A", "@D"), money: fc.bigInt({ min: 0n, max: 9n }).map(usd) }),
          { maxLength: 2 },
        ),
      }),
      { minLength: all.length - 1, maxLength: all.length - 1 },
    ),
  ),
);

/** What an account gained in a currency. */
function gained({ transfers }: Pick<Chain, "transfers">, account: string, currency: string): bigint {
  let sum = 0n;
  for (const one of transfers) {
    if (one.currency !== currency) continue;
    if (one.to === account) sum += one.amount;
    if (one.from === account) sum -= one.amount;
  }
  return sum;
}

/** The payer pays the first amount, the payee gets the last, and banks gain or lose the rest. */
function isConserved(all: readonly Money[], chain: Pick<Chain, "transfers" | "exchanges">): boolean {
  const [first, last] = [all[0]!, all.at(-1)!];
  const paid = chain.transfers.filter(({ from }) => from === "payer").reduce((sum, { amount }) => sum + amount, 0n);
  const got = chain.transfers.filter(({ to }) => to === "payee").reduce((sum, { amount }) => sum + amount, 0n);
  if (paid !== first.amount || got !== last.amount) return false;
  return ["USD", "EUR"].every((currency) => {
    // Changed money stays with the bank in one currency, and comes from it in the other.
    const into = first.currency === currency ? first.amount : 0n;
    const outOf = last.currency === currency ? last.amount : 0n;
    const banks = ["@A", "@B", "@C", "@D"].reduce((sum, bank) => sum + gained(chain, bank, currency), 0n);
    return banks === into - outOf;
  });
}

test("what the payer pays is what the payee gets and banks keep, in every currency", () => {
  fc.assert(
    fc.property(way, ([all, steps]) => isConserved(all, chainTransfers(ends, all, steps))),
    { numRuns: 1000 },
  );
});

test("a chain that forgets its fees is caught by the property above", () => {
  const forgetful = fc.property(way, ([all, steps]) => {
    const chain = chainTransfers(ends, all, steps);
    return isConserved(all, { ...chain, transfers: chain.transfers.filter(({ isFee }) => !isFee) });
  });
  expect(fc.check(forgetful, { numRuns: 1000 }).failed).toBe(true);
});

test("a fee is a transfer to the bank that took it, after the payment itself", () => {
  expect(chainTransfers(ends, [usd(100n), usd(90n)], [step("@A")]).transfers).toEqual([
    { from: "payer", to: "payee", currency: "USD", amount: 90n, isFee: false },
    { from: "payer", to: "@A", currency: "USD", amount: 10n, isFee: true },
  ]);
});

test("charges that say more than was taken are not believed", () => {
  const charges = [{ bank: "@D", money: usd(11n) }];
  expect(chainTransfers(ends, [usd(100n), usd(90n)], [step("@A", charges)]).transfers[1]).toMatchObject({ to: "@A" });
});

test("a payment of nothing has no transfers", () => {
  expect(chainTransfers(ends, [usd(0n)], []).transfers).toEqual([]);
});
