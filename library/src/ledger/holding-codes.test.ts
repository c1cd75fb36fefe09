import fc from "fast-check";
import { expect, test } from "vitest";
import { ownMemory } from "./column-memory.ts";
import { HoldingCodes, HoldingNames } from "./holding-codes.ts";
import { HoldingTable } from "./holding-table.ts";
import { readNativeBlocks, stringsOf, writeNativeBlock } from "./native-format.ts";

function namesOf(names: HoldingNames): string[] {
  const column = (data: Uint8Array) => ({ name: "name", type: "String", data });
  const pieces = writeNativeBlock(names.count, [column(names.accounts.data()), column(names.assets.data())]);
  const [block] = [...readNativeBlocks(Buffer.concat(pieces))];
  const [accounts, assets] = block!.columns.map((one) =>
    [...stringsOf(one)].map((text) => Buffer.from(text).toString()),
  );
  return accounts!.map((account, n) => JSON.stringify([assets![n], account]));
}

test("each number stands for one holding, however many were forgotten meanwhile", () => {
  const holding = fc.tuple(fc.constantFrom("ETH", "EUR", "😀"), fc.constantFrom("", "a", "b", "ab", "😀", "ﬁ", "á"));
  fc.assert(
    fc.property(fc.array(holding, { maxLength: 200 }), fc.integer({ min: 1, max: 8 }), (holdings, max) => {
      const codes = new HoldingCodes(max);
      const names = new HoldingNames(ownMemory);
      const given = holdings.map(([asset, account]) => codes.codeOf(asset, account, names));
      const told = namesOf(names);
      expect(given.map((code) => told[code - 1])).toEqual(holdings.map((one) => JSON.stringify(one)));
      // Nothing is forgotten that was among the last few different ones.
      given.forEach((code, n) => {
        const last = holdings.slice(0, n).findLastIndex((one) => JSON.stringify(one) === JSON.stringify(holdings[n]));
        const between = new Set(holdings.slice(last + 1, n).map((one) => JSON.stringify(one)));
        if (last >= 0 && between.size < max) expect(code).toBe(given[last]);
      });
    }),
  );
});

test("names that share a hash are told apart, and too many of them are not remembered", () => {
  const table = new HoldingTable();
  for (let n = 0; n < 200; n++) {
    const account = `account ${n}`;
    if (table.find(77, 0, account) === 0) table.put(77, { asset: 0, account, code: n + 1 });
  }
  for (let n = 0; n < 200; n++) expect(table.find(77, 0, `account ${n}`)).toBe(n < 64 ? n + 1 : 0);
  expect(table.find(77, 1, "account 0")).toBe(0);
  expect(table.count).toBe(64);
});
