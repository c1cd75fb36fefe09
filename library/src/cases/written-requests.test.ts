import { expect, test } from "vitest";
import { parseBudget } from "./budget.ts";
import { parseSeed } from "./seed.ts";
import { parseStop } from "./stop.ts";

const txid = "4A5E1E4BAAB89F3A32518A88C31BC87F618F76673E2CC77AB2127B7AFDEDA33B";

test("a seed is a coin, a transaction or an address, with an amount and a label", () => {
  expect(parseSeed(`${txid}:1=5 BTC@hot wallet`)).toEqual({
    text: `${txid}:1=5 BTC@hot wallet`,
    at: { kind: "coin", txid: txid.toLowerCase(), vout: 1 },
    amount: 500_000_000n,
    label: "hot wallet",
  });
  expect(parseSeed(txid)).toMatchObject({ at: { kind: "transaction" }, amount: null, label: "theft" });
  expect(parseSeed("1BoatSLRHtKNngkdXEeobR76b53LETtpyT=7@a@b")).toMatchObject({
    at: { kind: "address", address: "1BoatSLRHtKNngkdXEeobR76b53LETtpyT" },
    amount: 7n,
    label: "a@b",
  });
});

test.each([
  ["", /neither a transaction nor an address/u],
  [`${txid}:x`, /neither/u],
  [`${txid}:99999999999`, /neither/u],
  [`${txid}:4294967296`, /too large/u],
  [`${txid}=0`, /zero/u],
  [`${txid}=1.5`, /needs a unit/u],
  [`${txid}@`, /label/u],
  [`${txid}@a\u202Eb`, /label/u],
])("seed %j: %s", (text, why) => {
  expect(() => parseSeed(text)).toThrow(why);
});

test("stops", () => {
  expect(parseStop("address:1Boat")).toEqual({ kind: "address", address: "1Boat" });
  expect(parseStop("tags:C:/a b.csv")).toEqual({ kind: "tags", file: "C:/a b.csv" });
  expect(parseStop("height:481824")).toEqual({ kind: "height", height: 481_824 });
});

test.each(["", "address", "address:", "height:x", "height:-1", "nowhere:1", "coinjoin"])(
  "stop %j is refused",
  (text) => {
    expect(() => parseStop(text)).toThrow(/not a stop/u);
  },
);

test("budgets", () => {
  expect(parseBudget("movements=100, hops=3,min=0.1 BTC")).toEqual({ movements: 100, hops: 3, min: 10_000_000n });
  expect(["min=1ETH", "min=100 USD", "min=7 gwei", "min=5"].map((text) => parseBudget(text).min)).toEqual([
    10n ** 18n,
    10_000n,
    7_000_000_000n,
    5n,
  ]);
});

test.each(["", "movements", "hops=x", "hops=1,hops=2", "min=1 apple", "min=0.001 USD", "seconds=3"])(
  "budget %j is refused",
  (text) => {
    expect(() => parseBudget(text)).toThrow(/not a budget/u);
  },
);
