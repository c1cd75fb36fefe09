import fc from "fast-check";
import { expect, test } from "vitest";
import { StringColumn } from "./string-column.ts";

/** Each text after its size in LEB128, as the format says it. */
function written(texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text);
      const size: number[] = [];
      let left = bytes.length;
      for (; left > 0x7f; left >>>= 7) size.push((left & 0x7f) | 0x80);
      return [Buffer.from([...size, left]), bytes];
    }),
  );
}

test("texts of any length and script stand as the format has them, however often the column grows", () => {
  const text = fc.oneof(fc.string({ maxLength: 70 }), fc.string({ unit: "grapheme", maxLength: 70 }), fc.string());
  const long = fc.nat(400).map((length) => "x".repeat(length));
  fc.assert(
    fc.property(fc.array(fc.oneof(text, long), { maxLength: 60 }), (texts) => {
      const column = new StringColumn();
      for (const one of texts) column.push(one);
      expect(Buffer.from(column.data()).equals(written(texts))).toBe(true);
      expect(column.count).toBe(texts.length);
      expect(column.byteLength).toBe(written(texts).length);
    }),
    { numRuns: 500 },
  );
});
