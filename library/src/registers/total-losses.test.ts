import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Figure } from "../claims/figures/figure.ts";
import type { Incident } from "./incident.ts";
import { totalLosses } from "./total-losses.ts";

type Amount = Partial<Figure> & { readonly value: string };

function figure(parts: Amount): Figure {
  const nothing = {
    to: null,
    unit: "USD",
    assumed: false,
    bound: "exact",
    strict: false,
    step: "1",
    text: "",
  } as const;
  return { kind: "money", ...nothing, span: { start: 0, end: 0 }, hedge: null, scope: [], ...parts };
}

function incident(id: string, amounts: readonly Amount[], maybe: readonly string[] = []): Incident {
  const none = { dates: [], victims: [], countries: [], kinds: [], methods: [], attributions: [], disagreements: [] };
  const stated = amounts.map((one) => ({ value: figure(one), places: [], entries: [] }));
  const maybeSame = maybe.map((one) => ({ incident: one, why: "" }));
  return {
    id,
    ids: [id],
    name: id,
    from: null,
    to: null,
    ...none,
    amounts: stated,
    statements: [],
    joins: [],
    maybeSame,
  };
}

const total = (...incidents: Incident[]) => totalLosses(incidents, { unit: "USD" });

describe("bounds of one incident", () => {
  test.each<[string, Amount[], string, string | null, boolean]>([
    ["an exact amount", [{ value: "81000000" }], "81000000", "81000000", false],
    ["about", [{ value: "50", bound: "about" }], "45", "55", false],
    ["at least", [{ value: "50", bound: "at least" }], "50", null, false],
    ["up to", [{ value: "50", bound: "at most" }], "0", "50", false],
    ["a range", [{ value: "5", to: "7.5", bound: "range" }], "5", "7.5", false],
    ["an amount that fits the other's bound", [{ value: "40", bound: "at least" }, { value: "50" }], "50", "50", false],
    ["contradictory", [{ value: "28" }, { value: "35" }], "28", "35", true],
    ["contradictory, open above", [{ value: "28" }, { value: "35", bound: "at least" }], "28", null, true],
    ["decimals that no float holds", [{ value: "0.1" }, { value: "0.3" }], "0.1", "0.3", true],
    [
      "thirty digits",
      [{ value: "123456789012345678901234567890.01" }],
      ...both("123456789012345678901234567890.01"),
      false,
    ],
  ])("%s", (_, amounts, lower, upper, contradictory) => {
    expect(total(incident("a", amounts)).incidents).toEqual([{ incident: "a", lower, upper, contradictory }]);
  });
});

function both(value: string): [string, string] {
  return [value, value];
}

test("an incident that is given twice counts once", () => {
  const one = incident("a", [{ value: "5" }]);
  expect(total(one, one, incident("b", [{ value: "0.5" }]))).toMatchObject({ lower: "5.5", upper: "5.5" });
});

test("other currencies and unknown amounts stand apart", () => {
  const euros = incident("b", [{ value: "9", unit: "EUR" }]);
  const found = total(incident("a", [{ value: "5" }, { value: "2", unit: "BTC" }]), euros, incident("c", []));
  expect(found).toMatchObject({ lower: "5", upper: "5", unknown: ["c"] });
  expect(found.apart).toEqual([{ unit: "EUR", lower: "9", upper: "9", incidents: ["b"] }]);
});

test("what may be one incident counts once from below, and as several from above", () => {
  const found = total(incident("a", [{ value: "31" }], ["b"]), incident("b", [{ value: "19" }], ["a"]));
  expect(found).toMatchObject({ lower: "19", upper: "50", maybeSame: [["a", "b"]] });
});

test("no incidents come to nothing", () => {
  expect(total()).toMatchObject({ lower: "0", upper: "0", incidents: [] });
});

/** Slow and obvious: tries every way in which the incidents of a group may be one, in whole hundredths. */
function oracle(incidents: readonly Incident[]): { low: bigint; high: bigint | null } {
  const hundredths = (text: string) => {
    const [whole = "0", rest = ""] = text.split(".");
    return BigInt(whole) * 1000n + BigInt(rest.padEnd(3, "0"));
  };
  const interval = ({ value, to, bound }: Figure): [bigint, bigint | null] => {
    const v = hundredths(value ?? "0");
    if (bound === "at least") return [v, null];
    if (bound === "at most") return [0n, v];
    if (bound === "range") return [v, hundredths(to ?? "0")];
    return bound === "about" ? [(v * 9n) / 10n, (v * 11n) / 10n] : [v, v];
  };
  const fits = (x: bigint, all: readonly [bigint, bigint | null][]) =>
    all.every(([l, h]) => l <= x && (h === null || x <= h));
  const bounds = (figures: readonly Figure[]): [bigint, bigint | null] => {
    const all = figures.map(interval);
    const ends = all.flatMap(([l, h]) => (h === null ? [l] : [l, h])).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const open = all.every(([, h]) => h === null);
    const good = ends.filter((x) => fits(x, all));
    if (good.length > 0) return [good[0]!, open ? null : good.at(-1)!];
    return [ends[0]!, all.some(([, h]) => h === null) ? null : ends.at(-1)!];
  };
  let [low, high]: [bigint | null, bigint | null] = [null, 0n];
  for (const partition of partitions(incidents.map(({ amounts }) => amounts.map(({ value }) => value)))) {
    const sums = partition.map((group) => bounds(group.flat()));
    const least = sums.reduce((sum, [l]) => sum + l, 0n);
    low = low === null || least < low ? least : low;
    if (partition.length < incidents.length) continue;
    high = sums.reduce<bigint | null>((sum, [, h]) => (sum === null || h === null ? null : sum + h), 0n);
  }
  return { low: low ?? 0n, high };
}

function partitions<T>(all: readonly T[]): T[][][] {
  const [first, ...rest] = all;
  if (first === undefined) return [[]];
  return partitions(rest).flatMap((one) => [
    [[first], ...one],
    ...one.map((group, at) => [...one.slice(0, at), [first, ...group], ...one.slice(at + 1)]),
  ]);
}

const anyAmount = fc
  .record({
    // In hundredths, so that a tenth of each is whole in thousandths.
    value: fc.integer({ min: 1, max: 500 }),
    more: fc.integer({ min: 0, max: 300 }),
    bound: fc.constantFrom("exact", "about", "at least", "at most", "range" as const),
  })
  .map(({ value, more, bound }): Amount => {
    const print = (n: number) => (n / 100).toFixed(2);
    return { value: print(value), to: bound === "range" ? print(value + more) : null, bound: bound as Figure["bound"] };
  });

test("totals of groups equal those of the oracle", () => {
  const group = fc.array(fc.array(anyAmount, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(group, group, (a, b) => {
      const made = [a, b].map((amounts, g) => {
        const ids = amounts.map((_, index) => `${g}-${index}`);
        return amounts.map((one, index) =>
          incident(
            `${g}-${index}`,
            one,
            ids.filter((id) => id !== `${g}-${index}`),
          ),
        );
      });
      const [one, two] = [oracle(made[0]!), oracle(made[1]!)];
      const found = total(...made.flat());
      const thousandths = (text: string) => BigInt(Math.round(Number(text) * 1000));
      expect(thousandths(found.lower)).toBe(one.low + two.low);
      const high = one.high === null || two.high === null ? null : one.high + two.high;
      expect(found.upper === null ? null : thousandths(found.upper)).toBe(high);
    }),
    { seed: 20190901, numRuns: 400 },
  );
});
