import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvSplitter } from "./csv-splitter.ts";
import { rowBytesMax } from "./row.ts";

interface Split {
  readonly rows: string[][];
  readonly offsets: number[];
  readonly broken: string[];
}

/** Pushes the text in pieces that end at `cuts`. */
function split(text: string | Buffer, cuts: readonly number[] = []): Split {
  const bytes = Buffer.from(text);
  const result: Split = { rows: [], offsets: [], broken: [] };
  const splitter = new CsvSplitter(
    (row) => {
      result.rows.push(Array.from({ length: row.fields }, (_, j) => row.field(j, "utf8")));
      result.offsets.push(row.offset);
    },
    ({ row, offset }, reason) => result.broken.push(`${row} at ${offset}: ${reason}`),
  );
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b).concat(bytes.length);
  let from = 0;
  for (const end of ends) {
    splitter.push(bytes.subarray(from, end));
    from = end;
  }
  splitter.end();
  return result;
}

test("RFC 4180: quotes, doubled quotes, commas and line ends in quotes, both line ends, no line end at the end", () => {
  expect(split('a,b,c\r\n"1,2","say ""no""","two\nlines"\n,,\nx,y,é').rows).toEqual([
    ["a", "b", "c"],
    ["1,2", 'say "no"', "two\nlines"],
    ["", "", ""],
    ["x", "y", "é"],
  ]);
});

test("a byte order mark and empty lines are no rows; offsets are those of the bytes", () => {
  const { rows, offsets } = split("\u{feff}a,b\n\n\r\n1,2\n");
  expect(rows).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
  expect(offsets).toEqual([3, 10]);
});

test("rows come out as they went in, wherever the bytes are cut", () => {
  const field = fc.string({ unit: fc.constantFrom("a", "é", ",", '"', "\n", "\r", " ", "0") });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { maxLength: 6 }),
      fc.array(fc.nat()),
      (rows, cuts) => {
        const text = rows.map((row) => row.map(quoted).join(",")).join("\n");
        expect(split(text, cuts).rows).toEqual(rows);
      },
    ),
  );
});

test("any bytes are split alike, wherever they are cut, and nothing throws", () => {
  const bytes = fc.array(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x61, 0xff), { maxLength: 60 });
  fc.assert(
    fc.property(bytes, fc.array(fc.nat()), (list, cuts) => {
      const whole = split(Buffer.from(list));
      expect(split(Buffer.from(list), cuts)).toEqual(whole);
    }),
  );
});

test("a quote that is never closed costs its row, not the rest", () => {
  const { rows, broken } = split('a,b\n1,"2\n3,4\n5,6\n');
  expect(rows).toEqual([
    ["a", "b"],
    ["3", "4"],
    ["5", "6"],
  ]);
  expect(broken).toEqual(["2 at 4: the row has no end"]);
});

test("a row longer than the limit is dropped, and memory stays bounded", () => {
  const text = Buffer.concat([Buffer.from("a\n"), Buffer.alloc(rowBytesMax + (4 << 20), 0x78), Buffer.from("\nb\n")]);
  const cuts = Array.from({ length: 20 }, (_, j) => j << 20);
  const { rows, broken } = split(text, cuts);
  expect(rows).toEqual([["a"], ["b"]]);
  expect(broken).toEqual(["2 at 2: the row has no end"]);
});

test("a row of a thousand fields is broken", () => {
  const { rows, broken } = split(`${"x,".repeat(1000)}\na,b\n`);
  expect(rows).toEqual([["a", "b"]]);
  expect(broken).toEqual(["1 at 0: the row has more than 512 fields"]);
});
