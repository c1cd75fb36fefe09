import fc from "fast-check";
import { expect, test } from "vitest";
import { readNativeBlocks, stringsOf, writeLeb128, writeNativeBlock } from "./native-format.ts";

test("blocks of numbers and strings come back as they went in", () => {
  const row = fc.record({ n: fc.maxSafeNat(), bytes: fc.uint8Array({ maxLength: 300 }) });
  fc.assert(
    fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 20 }), { maxLength: 4 }), (blocks) => {
      const sized = (bytes: Uint8Array) => {
        const into = new Uint8Array(5);
        return Buffer.concat([into.subarray(0, writeLeb128(into, 0, bytes.length)), bytes]);
      };
      const written = blocks.flatMap((rows) =>
        writeNativeBlock(rows.length, [
          { name: "n", type: "UInt64", data: new Uint8Array(BigUint64Array.from(rows, ({ n }) => BigInt(n)).buffer) },
          { name: "bytes", type: "String", data: Buffer.concat(rows.map(({ bytes }) => sized(bytes))) },
        ]),
      );
      const read = [...readNativeBlocks(new Uint8Array(Buffer.concat(written)))].map(({ rowCount, columns }) => {
        const view = new DataView(columns[0]!.bytes.buffer, columns[0]!.bytes.byteOffset, columns[0]!.bytes.byteLength);
        const strings = [...stringsOf(columns[1]!)];
        return Array.from({ length: rowCount }, (_, r) => ({
          n: Number(view.getBigUint64(8 * r, true)),
          bytes: new Uint8Array(strings[r]!),
        }));
      });
      expect(read).toEqual(blocks);
    }),
  );
});

test("a type that nobody reads here is a bug, and says so", () => {
  const pieces = writeNativeBlock(1, [{ name: "x", type: "Decimal(9, 2)", data: new Uint8Array(4) }]);
  expect(() => [...readNativeBlocks(new Uint8Array(Buffer.concat(pieces)))]).toThrow(/Decimal/u);
});
