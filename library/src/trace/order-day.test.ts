import fc from "fast-check";
import { expect, test } from "vitest";
import { type AccountColumns, nowhere } from "./account-columns.ts";
import { heightNotKnown } from "./columns.ts";
import { changesWithOrder, orderDays } from "./order-day.ts";

type Row = { from: number; to: number; amount?: number };

/** A ledger of days: each day is a list of transactions, each a list of transfers. `timed` ones have an hour. */
function ledger(days: readonly Row[][][], timed: readonly number[] = [], returnOf: [number, number][] = []) {
  const transactions = days.flatMap((day, n) => day.map((rows) => ({ day: n, rows })));
  const rows = transactions.flatMap((one) => one.rows);
  const firsts = [0];
  for (const one of transactions) firsts.push(firsts.at(-1)! + one.rows.length);
  const columns: AccountColumns = {
    transactionCount: transactions.length,
    transferCount: rows.length,
    holdingCount: 8,
    txFirstTransfer: Uint32Array.from(firsts),
    txHeight: new Uint32Array(transactions.length).fill(heightNotKnown),
    txTime: Float64Array.from(transactions, ({ day }) => day * 86_400_000),
    txDayOnly: Uint8Array.from(transactions, (_, t) => (timed.includes(t) ? 0 : 1)),
    transferFrom: Uint32Array.from(rows, ({ from }) => from),
    transferTo: Uint32Array.from(rows, ({ to }) => to),
    transferAmount: Float64Array.from(rows, ({ amount }, i) => amount ?? i + 1),
    transferIsFee: new Uint8Array(rows.length),
    returnOf: new Map(returnOf),
    openings: new Map(),
    openingDefault: null,
    holdingCoverage: new Uint8Array(8),
  };
  return columns;
}

const pays = (from: number, to: number, amount?: number): Row[] => [
  { from, to, ...(amount === undefined ? {} : { amount }) },
];
const orderOf = (columns: AccountColumns, convention: "credits-first" | "debits-first") =>
  Array.from(orderDays(columns, convention).transactionIds);

test("credits come first: a salary that is booked after the rent of the same day is there to pay it", () => {
  const columns = ledger([[pays(1, 2), pays(0, 1)]]);
  expect(orderOf(columns, "credits-first")).toEqual([1, 0]);
  expect(orderOf(columns, "debits-first")).toEqual([0, 1]);
  expect(changesWithOrder(columns)).toBe(true);
});

test("the order follows a chain through several accounts", () => {
  const columns = ledger([[pays(2, 3), pays(1, 2), pays(0, 1), pays(5, 6)]]);
  expect(orderOf(columns, "credits-first")).toEqual([2, 1, 0, 3]);
  const listed = ledger([[pays(0, 1), pays(1, 2), pays(2, 3)]]);
  expect(orderOf(listed, "credits-first")).toEqual([0, 1, 2]);
  expect(orderOf(listed, "debits-first")).toEqual([2, 1, 0]);
});

test("a circle is opened at its first listed", () => {
  const columns = ledger([[pays(0, 1), pays(1, 2), pays(2, 0)]]);
  expect(orderOf(columns, "credits-first")).toEqual([0, 1, 2]);
  expect(orderOf(columns, "debits-first")).toEqual([0, 2, 1]);
  // What waits for the circle and stands before it comes after it.
  const before = ledger([[pays(1, 5), pays(1, 2), pays(2, 1)]]);
  expect(orderOf(before, "credits-first")).toEqual([1, 2, 0]);
});

test("transactions of other days, and those with an hour, stay where they are", () => {
  expect(orderOf(ledger([[pays(1, 2)], [pays(0, 1)]]), "credits-first")).toEqual([0, 1]);
  expect(orderOf(ledger([[pays(1, 2), pays(0, 1)]], [0]), "credits-first")).toEqual([0, 1]);
  expect(orderOf(ledger([[pays(1, 2), pays(3, 4), pays(0, 1)]], [1]), "credits-first")).toEqual([0, 1, 2]);
  expect(changesWithOrder(ledger([[pays(1, 2), pays(0, 1)]], [0]))).toBe(false);
});

test("a return stays after what it returns, also where the convention would turn them round", () => {
  // B pays A, then A pays it back: debits first would have A pay before it is paid.
  const columns = ledger([[pays(1, 0, 5), pays(0, 1, 5)]], [], [[1, 0]]);
  expect(orderOf(columns, "debits-first")).toEqual([0, 1]);
  const { columns: ordered } = orderDays(
    ledger([[pays(3, 4), pays(1, 0, 5), pays(0, 1, 5), pays(2, 3)]], [], [[2, 1]]),
    "credits-first",
  );
  expect([...ordered.returnOf]).toEqual([[3, 2]]);
  expect(Array.from(ordered.transferAmount as Float64Array)).toEqual([4, 1, 5, 5]);
});

test("nobody waits for himself, for what comes from nowhere, or for nothing", () => {
  const columns = ledger([[pays(0, 0), pays(0, 1), pays(nowhere, 2), pays(2, nowhere), pays(2, 0, 0)]]);
  expect(orderOf(columns, "credits-first")).toEqual([0, 1, 2, 3, 4]);
});

const days = fc.array(
  fc.array(
    fc.array(fc.record({ from: fc.integer({ min: 0, max: 5 }), to: fc.integer({ min: 0, max: 5 }) }), { maxLength: 3 }),
    { maxLength: 7 },
  ),
  { maxLength: 3 },
);

test("every convention gives the same transactions, whole, and each on its day", () => {
  fc.assert(
    fc.property(days, fc.constantFrom("credits-first" as const, "debits-first" as const), (made, convention) => {
      const columns = ledger(made);
      const { columns: ordered, transactionIds, transferIds } = orderDays(columns, convention);
      expect([...transactionIds].sort((a, b) => a - b)).toEqual(Array.from(transactionIds, (_, t) => t));
      expect([...transferIds].sort((a, b) => a - b)).toEqual(Array.from(transferIds, (_, i) => i));
      transactionIds.forEach((old, t) => {
        expect(ordered.txTime[t]).toBe(columns.txTime[old]);
        const whole = (of: AccountColumns, one: number) =>
          Array.from({ length: of.txFirstTransfer[one + 1]! - of.txFirstTransfer[one]! }, (_, n) => {
            const i = of.txFirstTransfer[one]! + n;
            return [of.transferFrom[i], of.transferTo[i], of.transferAmount[i]];
          });
        expect(whole(ordered, t)).toEqual(whole(columns, old));
      });
      expect(Array.from(ordered.txTime)).toEqual(Array.from(ordered.txTime).sort((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});

test("where transfers make no circle, every credit of a day comes before every debit", () => {
  const upwards = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 7 })).map(([a, b]) => {
      return a < b ? pays(a, b) : a > b ? pays(b, a) : pays(a, a + 1);
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(upwards, fc.boolean(), (day, isCredits) => {
      const { columns } = orderDays(ledger([day]), isCredits ? "credits-first" : "debits-first");
      const [first, then] = isCredits
        ? [columns.transferTo, columns.transferFrom]
        : [columns.transferFrom, columns.transferTo];
      for (let holding = 0; holding < 8; holding++) {
        expect(first.lastIndexOf(holding)).toBeLessThan(then.includes(holding) ? then.indexOf(holding) : day.length);
      }
    }),
    { numRuns: 300 },
  );
});

test("a day of one circle through very many accounts is ordered in time that grows with it", () => {
  const count = 60_000;
  const day = Array.from({ length: count }, (_, n) => pays(count - 1 - n, (count - n) % count));
  const columns = { ...ledger([day]), holdingCount: count };
  expect(orderOf(columns, "credits-first")[0]).toBe(0);
});
