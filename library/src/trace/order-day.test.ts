import fc from "fast-check";
import { expect, test } from "vitest";
import { type AccountColumns, nowhere } from "./account-columns.ts";
import { dayOrders } from "./day-order.ts";
import { changesWithOrder, orderDays } from "./order-day.ts";

interface Made {
  readonly day: number;
  readonly from: number;
  readonly to: number;
  readonly returns?: number;
}

function columnsOf(list: readonly Made[]): AccountColumns {
  const count = list.length;
  return {
    transactionCount: count,
    transferCount: count,
    holdingCount: 8,
    txFirstTransfer: Uint32Array.from({ length: count + 1 }, (_, t) => t),
    txHeight: new Uint32Array(count).fill(0xffff_ffff),
    txTime: Float64Array.from(list, ({ day }) => day * 86_400_000),
    txDayOnly: new Uint8Array(count).fill(1),
    transferFrom: Uint32Array.from(list, ({ from }) => from),
    transferTo: Uint32Array.from(list, ({ to }) => to),
    transferAmount: Float64Array.from(list, (_, t) => t + 1),
    transferIsFee: new Uint8Array(count),
    returnOf: new Map(list.flatMap(({ returns }, t) => (returns === undefined ? [] : [[t, returns]]))),
    openings: new Map(),
    openingDefault: null,
    holdingCoverage: new Uint8Array(8),
  };
}

const ids = (list: readonly Made[], order: (typeof dayOrders)[number]) =>
  Array.from(orderDays(columnsOf(list), order).transactionIds);

test("credits first: money runs through several accounts in one day; debits first: it does not", () => {
  // Listed: C pays D, B pays C, A pays B.
  const chain = [
    { day: 1, from: 2, to: 3 },
    { day: 1, from: 1, to: 2 },
    { day: 1, from: 0, to: 1 },
  ];
  expect(ids(chain, "as-listed")).toEqual([0, 1, 2]);
  expect(ids(chain, "credits-first")).toEqual([2, 1, 0]);
  expect(ids([...chain].reverse(), "debits-first")).toEqual([2, 1, 0]);
  expect(changesWithOrder(columnsOf(chain))).toBe(true);
});

test("days stay apart, and hours are kept", () => {
  const list = [
    { day: 1, from: 1, to: 2 },
    { day: 2, from: 0, to: 1 },
  ];
  expect(ids(list, "credits-first")).toEqual([0, 1]);
  expect(changesWithOrder(columnsOf(list))).toBe(false);
});

test("a circle breaks at what is listed first", () => {
  const circle = [
    { day: 1, from: 1, to: 2 },
    { day: 1, from: 0, to: 1 },
    { day: 1, from: 2, to: 0 },
  ];
  expect(ids(circle, "credits-first")).toEqual([0, 2, 1]);
});

test("a return stays behind what it returns", () => {
  // Under debits-first B's return to A would come before A's payment to B.
  const list = [
    { day: 1, from: 0, to: 1 },
    { day: 1, from: 1, to: 0, returns: 0 },
  ];
  expect(ids(list, "debits-first")).toEqual([0, 1]);
  expect(ids(list, "credits-first")).toEqual([0, 1]);
});

const made = fc.array(
  fc.record({
    day: fc.integer({ min: 1, max: 3 }),
    from: fc.constantFrom(0, 1, 2, 3, 4, nowhere),
    to: fc.constantFrom(0, 1, 2, 3, 4, nowhere),
  }),
  { maxLength: 12 },
);

test("every transaction stands once, in its day; without circles the convention holds for every pair", () => {
  fc.assert(
    fc.property(made, fc.constantFrom(...dayOrders), (list, order) => {
      const days = [...list].sort((a, b) => a.day - b.day);
      const { transactionIds, transferIds, columns } = orderDays(columnsOf(days), order);
      expect([...transactionIds].sort((a, b) => a - b)).toEqual(days.map((_, t) => t));
      expect(Array.from(columns.txTime)).toEqual(days.map(({ day }) => day * 86_400_000));
      expect(Array.from(columns.transferAmount as Float64Array)).toEqual(Array.from(transferIds, (id) => id + 1));
    }),
  );
});

test("chains without circles: the convention holds for every pair", () => {
  fc.assert(
    fc.property(made, (list) => {
      // Payments that only go to higher accounts make no circle.
      const forward = list.filter(({ from, to }) => from < to && to !== nowhere).map((one) => ({ ...one, day: 1 }));
      const order = ids(forward, "credits-first");
      order.forEach((id, place) => {
        for (const later of order.slice(place + 1)) expect(forward[later]!.to).not.toBe(forward[id]!.from);
      });
    }),
  );
});
