import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvRows } from "./csv-rows.ts";

function rowsOf(pieces: readonly string[], options: { quote?: string | null; skip?: number } = {}) {
  const rows = new CsvRows({ delimiter: ",", quote: '"', ...options });
  return [...pieces.flatMap((piece) => [...rows.push(piece)]), ...rows.end()];
}

const cellsOf = (...pieces: string[]) => rowsOf(pieces).map((row) => ("cells" in row ? row.cells : row.problem));

test("RFC 4180: quotes hold delimiters, line ends and doubled quotes", () => {
  expect(cellsOf('a,"b,c",d\r\n"x ""y""","two\nlines",\n\nlast')).toEqual([
    ["a", "b,c", "d"],
    ['x "y"', "two\nlines", ""],
    ["last"],
  ]);
  expect(cellsOf('5" pipe,b')).toEqual([['5" pipe', "b"]]);
  expect(cellsOf('"",""')).toEqual([["", ""]]);
});

test("a row whose quotes do not fit is refused, and the rows after it are read", () => {
  expect(cellsOf('a,"b"c\nd,e\n"f,g\nh,i')).toEqual([
    "text stands after a closing quote",
    ["d", "e"],
    "a quote is not closed",
    ["h", "i"],
  ]);
});

test("lines are those of the file, also behind rows of several lines, refused rows and skipped lines", () => {
  const rows = rowsOf(['an "odd\nbegin\na,"b\n\nc"\nd\n"e\nf'], { skip: 2 });
  expect(rows.map((row) => [row.line, "cells" in row])).toEqual([
    [3, true],
    [6, true],
    [7, false],
    [8, true],
  ]);
});

test("a line without an end is refused once, however it comes in", () => {
  const long = Array.from({ length: 40 }, () => "x".repeat(100_000));
  const rows = rowsOf(["a\n", ...long, "\nb\n"]);
  expect(rows.map((row) => ("cells" in row ? row.cells : row.problem))).toEqual([
    ["a"],
    "the row is longer than 1048576 characters",
    ["b"],
  ]);
  expect(rows.at(-1)!.line).toBe(3);
});

test("what a CSV is written from is read again, wherever its text is cut", () => {
  const cell = fc.stringMatching(/^[ab,"\n\r é]{0,6}$/u);
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n"), fc.array(fc.nat(), { maxLength: 8 }), (rows, lineEnd, cuts) => {
      const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",") + lineEnd).join("");
      const at = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
      const pieces = at.slice(1).map((to, i) => text.slice(at[i], to));
      expect(cellsOf(...pieces)).toEqual(rows);
    }),
  );
});
