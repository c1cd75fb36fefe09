import { expect, test } from "vitest";
import { BlockTable } from "./block-table.ts";
import { type KnownReceipt, ReceiptTable } from "./receipt-table.ts";

const block = { timeSeconds: 5, miner: "m", baseFee: 7n, hasCancunFields: false, isMined: true };

test("a block is what it was first told to be, and times come from other rows where it is not told", () => {
  const table = new BlockTable(100);
  table.noteTime(9, 99);
  expect(table.get(9)).toEqual({
    number: 9,
    timeSeconds: 99,
    feeRecipient: null,
    baseFeePerGas: null,
    selfDestructKeeps: false,
  });
  expect(table.add({ ...block, number: 9, timeSeconds: 100 })).toBe(true);
  expect(table.add({ ...block, number: 9, timeSeconds: 101 })).toBe(false);
  expect(table.get(9)).toMatchObject({
    timeSeconds: 100,
    feeRecipient: "m",
    baseFeePerGas: 7n,
    selfDestructKeeps: true,
  });
  expect(table.minedWithoutRewards()).toBe(1);
  table.noteRewards(9);
  expect(table.minedWithoutRewards()).toBe(0);
});

test("heights all over the place are refused before they take the memory", () => {
  const table = new BlockTable(null, { pagesMax: 10 });
  for (let j = 0; j < 10; j++) table.add({ ...block, number: j * 1_000_000 });
  expect(() => table.add({ ...block, number: 77_777_777 })).toThrow(/is one of too many that lie far apart/u);
  expect(table.add({ ...block, number: 1 })).toBe(true);
  expect(() => table.timeOf(2 ** 33)).toThrow(/its height 8589934592 is past/u);
});

test("receipts are found again by block and position, thousands of them", () => {
  const table = new ReceiptTable();
  const receipt = (j: number): KnownReceipt => ({
    succeeded: [true, false, null][j % 3]!,
    gasUsed: BigInt(j),
    gasPrice: j % 5 === 0 ? null : BigInt(j) * 10n ** 9n,
    created: j % 7 === 0 ? `0x${j}` : null,
    blobGasUsed: j % 11 === 0 ? 131_072n : 0n,
    blobGasPrice: j % 11 === 0 ? 3n : 0n,
  });
  for (let j = 0; j < 30_000; j++) table.add(17_000_000 + (j >> 7), j & 127, receipt(j));
  for (let j = 0; j < 30_000; j++) expect(table.get(17_000_000 + (j >> 7), j & 127)).toEqual(receipt(j));
  expect(table.get(17_000_000, 128)).toBeNull();
  expect(table.size).toBe(30_000);
  table.add(17_000_000, 0, receipt(1));
  expect(table.get(17_000_000, 0)).toEqual(receipt(0));
});
