import fc from "fast-check";
import { expect, test } from "vitest";
import { entry, order, statement } from "./bank-records.fixture.ts";
import { packRecords, unpackRecords } from "./pack-records.ts";
import type { BankRecord } from "./record.ts";

const asJson = (records: readonly BankRecord[]) => records.map((record) => JSON.stringify(record));

test("records come back as JSON would give them back, fields in their order", () => {
  const rows = Array.from({ length: 30 }, (_, n) => order({ number: n + 1 }, { remittance: n === 7 ? ["rent"] : [] }));
  const records = [statement({}), ...rows, entry({}), order({ number: 99 }, {})];
  expect(asJson(unpackRecords(packRecords(records)))).toEqual(asJson(records));
});

test("whatever values fields hold, they come back", () => {
  const text = fc.oneof(
    fc.constantFrom("", "line 1", "line 2", "line 09", "9007199254740993", "__proto__"),
    fc.string(),
  );
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.array(text));
  const fields = fc.dictionary(fc.constantFrom("a", "b", "2", "1"), leaf, { noNullPrototype: true });
  const record = fc.record(
    { a: leaf, b: fc.oneof(fields, leaf), c: fields },
    { requiredKeys: ["a"], noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), (given) => {
      const records = given as unknown as BankRecord[];
      expect(asJson(unpackRecords(packRecords(records)))).toEqual(asJson(records));
    }),
    { numRuns: 1000 },
  );
});

test("numbers that rise are counted, and others are not", () => {
  const places = (...texts: string[]) => texts.map((line, n) => order({ number: n + 1 }, { places: { line } }));
  for (const records of [
    places("l 9", "l 10", "l 11"),
    places("l 09", "l 10"),
    places("l 1", "l 3"),
    places("1", "2"),
  ]) {
    expect(asJson(unpackRecords(packRecords(records)))).toEqual(asJson(records));
  }
  const rows = Array.from({ length: 1000 }, (_, n) => order({ number: n + 1 }, { places: { line: `line ${n + 2}` } }));
  expect(packRecords(rows).length).toBeLessThan(2000);
});
