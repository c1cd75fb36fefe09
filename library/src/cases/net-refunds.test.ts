import fc from "fast-check";
import { expect, test } from "vitest";
import { netRefunds } from "./net-refunds.ts";

const own = { account: "s", asset: "T" };
const made = (...list: readonly [string, string, number][]) =>
  list.map(([from, to, amount], id) => ({ id, from, to, asset: "T", amount: BigInt(amount), isFee: false }));

test("what a router gives back is taken off what it was given", () => {
  const transfers = made(["s", "router", 380], ["router", "pool", 373], ["router", "s", 7]);
  expect(netRefunds(transfers, own)).toEqual(
    new Map([
      [0, 373n],
      [2, 0n],
    ]),
  );
});

test("several payments to one are taken off in their order", () => {
  const transfers = made(["s", "router", 5], ["s", "router", 10], ["router", "s", 8]);
  expect(netRefunds(transfers, own)).toEqual(
    new Map([
      [0, 0n],
      [1, 7n],
      [2, 0n],
    ]),
  );
});

test("without a refund nothing changes; one by somebody who was not paid cannot be taken off", () => {
  expect(netRefunds(made(["s", "router", 5]), own)).toEqual(new Map());
  expect(netRefunds(made(["s", "router", 5], ["vault", "s", 1]), own)).toBeNull();
});

test("no balance changes but by what goes there and back", () => {
  const names = fc.constantFrom("s", "a", "b");
  const list = fc.array(fc.tuple(names, names, fc.integer({ min: 1, max: 9 })), { maxLength: 8 });
  fc.assert(
    fc.property(list, (rows) => {
      const transfers = made(...rows.filter(([from, to]) => from !== to));
      const nets = netRefunds(transfers, own);
      fc.pre(nets !== null);
      const change = (amountOf: (id: number, amount: bigint) => bigint) =>
        ["s", "a", "b"].map((name) =>
          transfers.reduce((sum, { id, from, to, amount }) => {
            const counts = amountOf(id, amount);
            return sum + (to === name ? counts : 0n) - (from === name ? counts : 0n);
          }, 0n),
        );
      expect(change((id, amount) => nets.get(id) ?? amount)).toEqual(change((_, amount) => amount));
    }),
  );
});
