import fc from "fast-check";
import { expect, test } from "vitest";
import { csvAmount } from "./csv-amount.ts";
import { dayFormat } from "./csv-date.ts";

const point = { decimal: ".", thousands: null } as const;
const german = { decimal: ",", thousands: "." } as const;

function amounts(signs: Parameters<typeof csvAmount>[2], texts: readonly string[], code = "EUR") {
  return texts.map((text) => {
    const money = csvAmount(text, code, signs);
    return money === null ? null : `${money.isNegative ? "-" : ""}${money.amount}`;
  });
}

test("amounts: signs before, behind and around, decimals by the currency", () => {
  expect(amounts(point, ["1234.5", "-0.01", "+7", "12.00-", "(3.10)", "- 4", ".5", "5."])).toEqual([
    "123450",
    "-1",
    "700",
    "-1200",
    "-310",
    "-400",
    "50",
    "500",
  ]);
  expect(amounts(point, ["100", "100.00", "100.5"], "JPY")).toEqual(["100", "100", null]);
  expect(amounts(point, ["0", "-0.00"])).toEqual(["0", "0"]);
});

test("amounts: groups of digits where the mapping names their sign, and only groups", () => {
  expect(amounts(german, ["1.234.567,89", "-1.234,5", "1234,5", "1.23,45", "1,234.5", "1.2345"])).toEqual([
    "123456789",
    "-123450",
    "123450",
    null,
    null,
    null,
  ]);
  expect(amounts({ decimal: ".", thousands: "," }, ["1,00,000.25", "1,234", "12,34"])).toEqual([
    "10000025",
    "123400",
    null,
  ]);
  expect(amounts({ decimal: ",", thousands: " " }, ["1 234,5", "1\u00a0234,5", "1\u202f234,5"])).toEqual([
    "123450",
    "123450",
    "123450",
  ]);
});

test("amounts: what is none", () => {
  const none = [
    "",
    "-",
    ".",
    "1.234",
    "1e3",
    "0x10",
    "(1",
    "1)",
    "-1-",
    "--1",
    "1 2",
    "€1",
    "NaN",
    "9".repeat(40),
    "1".repeat(10_000),
  ];
  expect(amounts(point, none)).toEqual(none.map(() => null));
});

test("amounts: no unit is lost, whatever the number and its signs", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.boolean(), (units, isNegative) => {
      const [whole, cents] = [units / 100n, String(units % 100n).padStart(2, "0")];
      const text = `${isNegative ? "-" : ""}${whole.toLocaleString("de-DE")},${cents}`;
      expect(csvAmount(text, "EUR", german)).toEqual({ isNegative, amount: String(units) });
    }),
  );
});

function times(format: string, texts: readonly string[], { epoch = null as string | null, zone = "+00:00" } = {}) {
  const read = dayFormat(format, { epoch, zone });
  if (typeof read === "string") return read;
  return texts.map((text) => {
    const time = read(text);
    return time === null ? null : time.time === null ? time.day : `${time.day} ${new Date(time.time).toISOString()}`;
  });
}

test("dates: ISO 8601 with and without time and zone", () => {
  const texts = [
    "2024-01-15",
    "2024-01-15T10:47:00Z",
    "2024-01-15 10:47",
    "2024-01-15T00:30:00+08:00",
    "2024-02-30",
    "15.01.2024",
  ];
  expect(times("ISO", texts, { zone: "+01:00" })).toEqual([
    "2024-01-15",
    "2024-01-15 2024-01-15T10:47:00.000Z",
    "2024-01-15 2024-01-15T09:47:00.000Z",
    "2024-01-15 2024-01-14T16:30:00.000Z",
    null,
    null,
  ]);
});

test("dates: patterns", () => {
  expect(times("DD.MM.YYYY", ["15.01.2024", "15.1.2024", "31.02.2024", "15x01x2024"])).toEqual([
    "2024-01-15",
    null,
    null,
    null,
  ]);
  expect(times("D/M/YY", ["5/1/24", "05/01/99"])).toEqual(["2024-01-05", "1999-01-05"]);
  expect(times("D MMM YYYY", ["5 Feb 2016", "5 feb 2016", "5 Fev 2016"])).toEqual(["2016-02-05", "2016-02-05", null]);
  expect(times("YYYYMMDDHHmmss", ["20160205093001"])).toEqual(["2016-02-05 2016-02-05T09:30:01.000Z"]);
  expect(times("M/D/YYYY H:mm A", ["2/5/2016 12:05 am", "2/5/2016 1:05 PM", "2/5/2016 13:05 PM"])).toEqual([
    "2016-02-05 2016-02-05T00:05:00.000Z",
    "2016-02-05 2016-02-05T13:05:00.000Z",
    null,
  ]);
});

test("dates: counted from a day or from 1970", () => {
  expect(times("steps", ["0", "31", "-1", "1.5"], { epoch: "2017-01-01" })).toEqual([
    "2017-01-01",
    "2017-02-01",
    null,
    null,
  ]);
  expect(times("unix", ["1454630400"])).toEqual(["2016-02-05 2016-02-05T00:00:00.000Z"]);
  expect(times("unix-ms", ["1454630400123"])).toEqual(["2016-02-05 2016-02-05T00:00:00.123Z"]);
});

test("dates: a format that cannot be one says why", () => {
  expect(times("DD.MM", [])).toContain("lacks Y");
  expect(times("DD.MM.YYYY DD", [])).toContain("a part twice");
  expect(times("DD.MM.YYYY HH", [])).toContain("hours or minutes alone");
  expect(times("days", [])).toContain("needs an `epoch`");
  expect(times("ISO", [], { zone: "Europe/Berlin" })).toContain("needs a `zone`");
});
