import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvMappingError } from "../../errors/bank-csv.ts";
import { SpoorError } from "../../errors/base.ts";
import { parseMapping } from "./parse-mapping.ts";

const transfers = {
  rows: "transfers",
  date: "Date",
  amount: "Amount",
  currency: { constant: "EUR" },
  from: "From",
  to: "To",
};

test("YAML and JSON say the same; what is left out has its usual value", () => {
  const yaml =
    "rows: transfers\ndate: Date\namount: Amount\ncurrency: { constant: EUR }\nfrom: From\nto: { account: To }\n";
  const [fromYaml, fromJson] = [parseMapping(yaml, "m"), parseMapping(JSON.stringify(transfers), "m")];
  const plain = (mapping: typeof fromYaml) => JSON.stringify(mapping);
  expect(plain(fromYaml)).toBe(plain(fromJson));
  expect(fromYaml).toMatchObject({
    rows: "transfers",
    delimiter: ",",
    quote: '"',
    encoding: "utf-8",
    skip: 0,
    header: true,
    decimal: ".",
    thousands: null,
    order: "oldest-first",
    amount: { kind: "signed", value: { columns: ["Amount"] } },
    from: { account: { columns: ["From"] }, name: null },
  });
});

test("what is wrong is named by its path", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ rows: "payments" }, "`rows` must be one of transfers, entries, balances"],
    [{ form: 1 }, "`form` is no key for rows of transfers"],
    [{ balance: "B" }, "`balance` is no key for rows of transfers"],
    [{ date: undefined }, "`date` is missing"],
    [{ currency: undefined }, "`currency` is missing"],
    [{ currency: { constant: "Euro" } }, "`currency` must be an ISO 4217 code"],
    [{ date: { column: "D", format: "DD.MM" } }, "`date` has the format"],
    [{ date: { column: "D", forma: "ISO" } }, "`date.forma` is no key"],
    [{ amount: { debit: "D" } }, "`amount.credit` must be a column's name"],
    [{ amount: { value: "A", mark: "M", debit: "X", credit: "x" } }, "`amount` has X for debit and for credit"],
    [{ from: { country: "C" } }, "`from` names neither an account nor a name nor a bank"],
    [{ from: 0 }, "`from` must be a column's name, or its number"],
    [{ delimiter: ";;" }, "`delimiter` must be one character, or tab"],
    [{ decimal: ",", thousands: "," }, "`thousands` is the decimal sign too"],
    [{ encoding: "klingon" }, "`encoding` is not known"],
    [
      { status: { column: "S", values: { x: "booked" } } },
      "`status.values.x` must be one of settled, instructed, held, rejected",
    ],
    [{ header: false }, "names the column Date, and says that there is no header"],
    [{ skip: -1 }, "`skip` must be a number of lines"],
  ];
  for (const [change, message] of wrong) {
    const text = JSON.stringify({ ...transfers, ...change });
    expect(() => parseMapping(text, "bank.yaml")).toThrow(message);
    expect(() => parseMapping(text, "bank.yaml")).toThrow(CsvMappingError);
  }
  expect(() => parseMapping("rows: [", "bank.yaml")).toThrow("neither YAML nor JSON");
  expect(() => parseMapping("a: &x 1\nb: *x", "bank.yaml")).toThrow(CsvMappingError);
  expect(() => parseMapping("#".repeat(200_000), "bank.yaml")).toThrow("longer than");
});

test("any text: a mapping or an error of ours", () => {
  const value: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 2 });
  const keys = "rows date amount currency from to account status references charges remittance skip delimiter".split(
    " ",
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), value), (changes) => {
      try {
        parseMapping(JSON.stringify({ ...transfers, ...changes }), "m");
      } catch (error) {
        expect(error).toBeInstanceOf(SpoorError);
      }
    }),
    { numRuns: 500 },
  );
});
