import { expect, test } from "vitest";
import type { Difference, Trail } from "../trace/trail.ts";
import { crossing } from "./account-trails.fixture.ts";
import { assumptionRanges } from "./assumption-ranges.ts";

const difference = (account: string, stolen: bigint, otherwise: bigint): Difference => ({
  kind: "unspent",
  ledger: "bank",
  coin: null,
  account,
  asset: "USD",
  rule: "fifo",
  label: "theft",
  stolen,
  otherwise,
});

test("orders within a day are one question, openings another; each range holds the trail and its alternatives", () => {
  const alternatives: Trail["alternatives"] = [
    { assumption: "credits-first", what: "one", totals: [], differences: [difference("a", 5n, 9n)] },
    {
      assumption: "openings-unlimited",
      what: "two",
      totals: [],
      differences: [difference("a", 5n, 0n)],
    },
    {
      assumption: "debits-first",
      what: "three",
      totals: [],
      differences: [difference("a", 5n, 3n), difference("b", 100n, 1n)],
    },
  ];
  const ranges = assumptionRanges({ ...crossing, alternatives });
  expect(ranges.map(({ assumed, ends }) => [assumed, ends.map(({ account, spread }) => [account, spread])])).toEqual([
    ["openings", [["a", 5n]]],
    [
      "order",
      [
        ["b", 99n],
        ["a", 6n],
      ],
    ],
  ]);
  expect(ranges[1]?.ends[1]?.byRule.get("fifo")).toEqual({ here: 5n, least: 3n, most: 9n });
});

test("a trail without alternatives hangs on nothing", () => {
  expect(assumptionRanges({ ...crossing, alternatives: [] })).toEqual([]);
});
