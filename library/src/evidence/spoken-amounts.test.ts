import { expect, test } from "vitest";
import type { Rule } from "../trace/rule.ts";
import type { End, Trail } from "../trace/trail.ts";
import { endRange, seededRange, speakingRules } from "./spoken-amounts.ts";

function trailOf(seeded: Partial<Record<Rule, bigint>>): Trail {
  const totals = Object.entries(seeded).map(([rule, amount]) => ({
    rule,
    label: "theft",
    asset: "BTC",
    seeded: amount,
  }));
  return { rules: Object.keys(seeded), totals } as unknown as Trail;
}

const endOf = (traced: [Rule, string, bigint][]) =>
  ({ traced: traced.map(([rule, label, amount]) => ({ rule, label, amount, stolen: amount })) }) as unknown as End;

test("poison is not quoted beside rules that conserve", () => {
  const trail = trailOf({ poison: 900n, haircut: 100n, fifo: 90n });
  expect(speakingRules(trail)).toEqual(["haircut", "fifo"]);
  expect(seededRange(trail, "theft", "BTC")).toEqual({ least: 90n, most: 100n });
  const end = endOf([
    ["poison", "theft", 500n],
    ["haircut", "theft", 3n],
    ["haircut", "other", 4n],
  ]);
  expect(endRange(trail, end)).toEqual({ least: 0n, most: 7n });
});

test("alone, poison speaks", () => {
  const trail = trailOf({ poison: 900n });
  expect(seededRange(trail, "theft", "BTC")).toEqual({ least: 900n, most: 900n });
  expect(endRange(trail, endOf([["poison", "theft", 5n]]))).toEqual({ least: 5n, most: 5n });
});
