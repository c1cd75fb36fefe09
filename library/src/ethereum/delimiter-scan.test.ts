import fc from "fast-check";
import { expect, test } from "vitest";
import { DelimiterScan } from "./delimiter-scan.ts";

/** One byte after the other. */
function placesIn(bytes: Uint8Array, from: number): number[] {
  const places: number[] = [];
  for (let at = from; at < bytes.length; at++) if (',\n"'.includes(String.fromCharCode(bytes[at]!))) places.push(at);
  return places;
}

function placesOf(scan: DelimiterScan): number[] {
  const places: number[] = [];
  for (let place = scan.next(); place < scan.length; place = scan.next()) places.push(place);
  return places;
}

const byte = fc.oneof(fc.constantFrom(0x2c, 0x0a, 0x22), fc.nat(255));
const piece = fc.array(byte, { maxLength: 100 }).map((bytes) => Uint8Array.from(bytes));

test("all delimiters are found, and what was dropped or stood there before is not", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, fc.nat(), fc.nat()), { maxLength: 8 }), (pieces) => {
      const scan = DelimiterScan.take();
      let bytes = new Uint8Array(0);
      for (const [more, drop, seek] of pieces) {
        const from = drop % (bytes.length + 1);
        scan.feed(from, more);
        bytes = Uint8Array.from([...bytes.subarray(from), ...more]);
        expect(scan.length).toBe(bytes.length);
        expect(scan.bytes.subarray(0, scan.length).equals(bytes)).toBe(true);
        expect(placesOf(scan)).toEqual(placesIn(bytes, 0));
        const at = seek % (bytes.length + 1);
        scan.seek(at);
        expect(placesOf(scan)).toEqual(placesIn(bytes, at));
      }
      scan.release();
    }),
    { numRuns: 500 },
  );
});

test("more bytes than a window, all of them delimiters, and more than the memory had room for", () => {
  const scan = DelimiterScan.take();
  const bytes = Buffer.alloc(3_000_001, ",");
  scan.feed(0, bytes);
  let found = 0;
  for (let place = scan.next(); place < scan.length; place = scan.next()) if (place === found) found++;
  expect(found).toBe(bytes.length);
  scan.feed(bytes.length - 1, Buffer.alloc(2_000_000, 'x"'));
  expect(placesOf(scan).length).toBe(1_000_001);
  scan.release();
});

test("two at once have memories of their own", () => {
  const [one, other] = [DelimiterScan.take(), DelimiterScan.take()];
  one.feed(0, Buffer.from("a,b"));
  other.feed(0, Buffer.from(",,"));
  expect([placesOf(one), placesOf(other)]).toEqual([[1], [0, 1]]);
  one.release();
  other.release();
});
