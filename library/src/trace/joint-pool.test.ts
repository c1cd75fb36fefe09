import { expect, test } from "vitest";
import { matterOfPool } from "./joint-pool.ts";

test("stolen units of what a coinbase made stand with the coins whose units they are counted in, and no others", () => {
  const matter = matterOfPool("haircut");
  const held = [[{ label: 0, amount: 1n, stolen: 5n }], [{ label: 0, amount: 2n, stolen: 10n }]];
  const pool = matter.clean(2n);
  matter.add(pool, { ...matter.clean(2n), traced: 2n, shares: [{ label: 0, amount: 2n, stolen: 10n }] });
  // floor(2*1/3)=0 of the first coin and 2 of the second: so all 10 that they stand for are of the second, too.
  expect(matter.sourcesOfFirst(held, [1n, 2n], pool)).toEqual([[], [{ label: 0, amount: 2n, stolen: 10n }]]);
});
