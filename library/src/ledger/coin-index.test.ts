import fc from "fast-check";
import { expect, test } from "vitest";
import { CoinIndex } from "./coin-index.ts";

const outpoint = fc.record({
  // Few txids and close ones, so that coins meet in one segment and on one slot.
  txid: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40 })),
  vout: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(0xffff_fffe)),
});

function bytesOf([high, low]: readonly [number, number]): DataView {
  const view = new DataView(new ArrayBuffer(32));
  view.setUint32(0, high * 0x4000_0000 + low, true);
  view.setUint32(8, low, true);
  return view;
}

test("puts, takes and duplicates agree with a map, through growth and deletion", () => {
  const step = fc.record({ at: outpoint, take: fc.boolean(), id: fc.maxSafeNat(), value: fc.maxSafeNat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 600 }), (steps) => {
      const index = new CoinIndex();
      const map = new Map<string, { id: number; value: number }>();
      for (const { at, take, id: anyId, value: anyValue } of steps) {
        const id = anyId % 2 ** 45;
        const value = anyValue % 2 ** 51;
        const key = `${at.txid}:${at.vout}`;
        const known = map.get(key);
        if (take) {
          expect(index.take(bytesOf(at.txid), 0, at.vout)).toBe(known?.id ?? -1);
          if (known !== undefined) expect(index.value).toBe(known.value);
          map.delete(key);
        } else {
          expect(index.put(bytesOf(at.txid), 0, at.vout, id === 2 ** 45 - 1 ? 0 : id, value)).toBe(known?.id ?? -1);
          if (known === undefined) map.set(key, { id: id === 2 ** 45 - 1 ? 0 : id, value });
        }
        expect(index.count).toBe(map.size);
      }
      for (const [key, { id, value }] of map) {
        const [high, low, vout] = key.split(/[,:]/u).map(Number) as [number, number, number];
        expect(index.take(bytesOf([high, low]), 0, vout)).toBe(id);
        expect(index.value).toBe(value);
      }
      expect(index.count).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test("200,000 coins cost what the docstring says", () => {
  const index = new CoinIndex();
  const view = new DataView(new ArrayBuffer(32));
  let state = 7;
  for (let n = 0; n < 200_000; n++) {
    for (let w = 0; w < 16; w += 4) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      view.setUint32(w, state ^ (state >>> 15), true);
    }
    expect(index.put(view, 0, n & 3, n, n)).toBe(-1);
  }
  expect(index.byteLength / index.count).toBeGreaterThanOrEqual(32);
  expect(index.byteLength / index.count).toBeLessThanOrEqual(51);
});

test("ids and values beyond 2^32 come back whole", () => {
  const index = new CoinIndex();
  const view = bytesOf([1, 1]);
  index.put(view, 0, 0, 2 ** 32 - 1, 2_099_999_997_690_000);
  expect(index.take(view, 0, 0)).toBe(2 ** 32 - 1);
  expect(index.value).toBe(2_099_999_997_690_000);
  index.put(view, 0, 0, 2 ** 44 + 5, 1);
  index.replace(view, 0, 0, 2 ** 44 + 6, 2);
  expect(index.put(view, 0, 0, 1, 1)).toBe(2 ** 44 + 6);
});
