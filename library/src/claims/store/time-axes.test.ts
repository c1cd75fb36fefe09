import { expect, test } from "vitest";
import { TimeAxisError } from "../../errors/claims.ts";
import type { Publication } from "../documents/document.ts";
import { parseAsOf, parseKnownAt, wasPublishedBy } from "./time-axes.ts";

const published = (value: string): { published: Publication } => ({
  published: { value, precision: "day", zoned: false, basis: "meta" },
});

test.each([
  ["2019-09-01", "2019-09-01", true],
  ["2019-09-02", "2019-09-01", false],
  ["2019-09-01T20:16+06:00", "2019-09-01", true],
  // In the calendar of the document: it was the second where it was printed.
  ["2019-09-02T01:00+14:00", "2019-09-01", false],
  ["2019-09", "2019-09-01", null],
  ["2019-09", "2019-09", true],
  ["2019-08", "2019-09-01", true],
  ["2019-10", "2019-09-01", false],
  ["2019", "2019-09-01", null],
  ["2018", "2019-09-01", true],
  ["2020", "2019-09-01", false],
  ["2019-09-01", "2019", true],
  ["2020-01-01", "2019", false],
])("what says it was published %s was published by %s: %s", (value, asOf, expected) => {
  expect(wasPublishedBy(published(value), asOf)).toBe(expected);
});

test("what says no time may have been published at any", () => {
  expect(wasPublishedBy({ published: null }, "2019")).toBeNull();
});

test.each([
  ["2026-11-30", "2026-11-30T23:59:59.999Z"],
  ["2026-11-30T09:00Z", "2026-11-30T09:00:59.999Z"],
  ["2026-11-30T09:00:00+02:00", "2026-11-30T07:00:00.999Z"],
  ["2026-11-30T09:00:00.123Z", "2026-11-30T09:00:00.123Z"],
])("%s ends at %s", (text, end) => {
  expect(parseKnownAt(text)).toBe(end);
});

test.each(["", "yesterday", "2026-11", "2026-02-30", "2026-11-30T09:00", "2026-13-01T00:00Z"])(
  "%j is no time to have known at",
  (text) => {
    expect(() => parseKnownAt(text)).toThrow(TimeAxisError);
  },
);

test.each(["", "1.9.2019", "2019-13", "2019-02-30", "2019-9-1", "2019-09-01T10:00Z", " 2019"])(
  "%j is no day, month or year",
  (text) => {
    expect(() => parseAsOf(text)).toThrow(TimeAxisError);
  },
);

test.each(["2019", "2019-09", "2020-02-29"])("%s is one", (text) => {
  expect(parseAsOf(text)).toBe(text);
});
