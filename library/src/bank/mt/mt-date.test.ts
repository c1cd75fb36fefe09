import { expect, test } from "vitest";
import { entryDay, mtDate, mtInstant } from "./mt-date.ts";

test("YYMMDD: years 80 to 99 are of the 1900s, and only days that exist are days", () => {
  expect(mtDate("160204")).toBe("2016-02-04");
  expect(mtDate("991231")).toBe("1999-12-31");
  expect(mtDate("240229")).toBe("2024-02-29");
  for (const text of ["230229", "240230", "241301", "240001", "24010", "2401011", "2401O1"]) {
    expect(mtDate(text)).toBeNull();
  }
});

test("field 61: an entry's day takes the year that brings it nearest to the value date", () => {
  expect(entryDay("0102", "2023-12-31")).toBe("2024-01-02");
  expect(entryDay("1231", "2024-01-02")).toBe("2023-12-31");
  expect(entryDay("0615", "2024-06-14")).toBe("2024-06-15");
  expect(entryDay("0229", "2024-03-01")).toBe("2024-02-29");
  expect(entryDay("0229", "2025-03-01")).toBe("2024-02-29");
  expect(entryDay("1332", "2024-03-01")).toBeNull();
});

test("13C, 13D: a clock's time and its offset from UTC", () => {
  expect(mtInstant("2024-01-15", "1047", "+0100")).toBe(Date.UTC(2024, 0, 15, 9, 47));
  expect(mtInstant("2024-01-15", "0030", "+0800")).toBe(Date.UTC(2024, 0, 14, 16, 30));
  expect(mtInstant("2024-01-15", "1047", "-0530")).toBe(Date.UTC(2024, 0, 15, 16, 17));
  for (const [clock, zone] of [
    ["2460", "+0100"],
    ["104", "+0100"],
    ["1047", "0100"],
    ["1047", "+1500"],
  ] as const) {
    expect(mtInstant("2024-01-15", clock, zone)).toBeNull();
  }
});
