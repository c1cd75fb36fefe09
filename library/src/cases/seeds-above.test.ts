import { expect, test } from "vitest";
import { madeAccounts } from "./account-case.fixture.ts";
import type { JointCase } from "./joint-case.ts";
import { seedAccounts } from "./seed-accounts.ts";
import { seedsAbove } from "./seeds-above.ts";

test.each([
  ["mule=5.00USD", []],
  ["mule", []],
  ["first:0=500", []],
  [
    "mule=801",
    [
      "a seed asks for 8.01 USD of mule, which had 8.00 USD in all, as far as the ledger knows: " +
        "no more than that is traced",
    ],
  ],
])("%s, of an account that received 5.00 and had to have had 3.00 before", async (text, notes) => {
  const assets = [{ asset: "USD", decimals: 2, symbol: null }];
  const payments = { first: ["victim>mule 500 USD"], second: ["mule>shop 800 USD"] };
  const ledger = await madeAccounts("bank", payments, { assets });
  const seeds = (await seedAccounts(ledger, text, []))!.map((seed) => ({ part: 0, kind: "account" as const, seed }));
  const stops = [{ bits: null, reasons: new Map(), tags: [], absent: [] }];
  const jointCase: JointCase = {
    theft: {
      data: "",
      ledgers: ["bank"],
      seeds: [text],
      rules: "all",
      direction: "forward",
      stops: [],
      budget: {},
      followFees: false,
    },
    rules: ["fifo"],
    ledgers: [ledger],
    stops,
    stopHeight: null,
    seeds,
    links: [],
  };
  expect(seedsAbove(jointCase, { order: "as-listed", openings: "least" })).toEqual(notes);
});
