import { expect, test } from "vitest";
import { annKey, at, balances, ben, benKey, cat, entry, order, statement, usd } from "../bank-records.fixture.ts";
import type { BankRecord } from "../record.ts";
import { problemsIn, settle } from "./told.fixture.ts";

/** Ann's statement with its entries: what she paid Ben on each day, in dollars. */
function monthly(file: string, opening: number, closing: number, paid: Readonly<Record<string, number>>): BankRecord[] {
  const days = Object.keys(paid);
  return [
    statement(
      { file },
      { id: file, balances: balances(opening, closing), from: at(`${days[0]}T00:00`), to: at(`${days.at(-1)}T00:00`) },
    ),
    ...days.map((bookingDate, item) =>
      entry({ file, item }, { statement: file, bookingDate, money: usd(paid[bookingDate]!), counterparty: ben }),
    ),
  ];
}

test("opening and booked entries make the closing balance", () => {
  const pending = entry({ file: "a", item: 9 }, { statement: "a", status: "pending", money: usd(7) });
  const settled = settle(...monthly("a", 500, 370, { "2024-03-01": 100, "2024-03-31": 30 }), pending);
  expect(settled.statements).toEqual([
    {
      account: annKey,
      statement: "a",
      currency: "USD",
      from: "2024-03-01",
      to: "2024-03-31",
      opening: 50000n,
      entries: -13000n,
      closing: 37000n,
      difference: 0n,
      source: expect.objectContaining({ file: "a" }),
      also: [],
    },
  ]);
  expect(problemsIn(settled)).toEqual([]);
});

test("where they do not, the difference is reported", () => {
  const settled = settle(...monthly("a", 500, 369.5, { "2024-03-01": 100, "2024-03-31": 30 }));
  expect(settled.statements[0]!.difference).toBe(-50n);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/does not add up: .* -0.50 USD off/u)]);
});

test("an overdraft is a negative balance", () => {
  const settled = settle(...monthly("a", 50, -50, { "2024-03-01": 100 }));
  expect(settled.statements[0]).toMatchObject({ opening: 5000n, closing: -5000n, difference: 0n });
  expect(settle(...monthly("a", -50, -150, { "2024-03-01": 100 })).openings).toMatchObject([{ amount: -5000n }]);
});

test("a statement without balances is listed, and nothing can be said of it", () => {
  const settled = settle(statement({}, { level: "notification" }), entry({}, { level: "notification" }));
  expect(settled.statements).toMatchObject([{ opening: null, closing: null, difference: null, entries: -10000n }]);
});

test("a gap between statements that follow one another is a problem", () => {
  const march = monthly("a", 500, 400, { "2024-03-01": 40, "2024-03-31": 60 });
  const april = monthly("b", 390, 290, { "2024-04-01": 40, "2024-04-30": 60 });
  expect(problemsIn(settle(...march, ...april))).toEqual([
    expect.stringMatching(/something is missing: 400.00 USD, then 390.00 USD/u),
  ]);
  expect(problemsIn(settle(...march, ...monthly("b", 400, 390, { "2024-04-01": 10 })))).toEqual([]);
});

test("the balance before the first payment is worked back from the earliest statement", () => {
  const statements = monthly("b", 400, 300, { "2024-03-31": 100 });
  expect(settle(...statements).openings).toMatchObject([{ account: annKey, currency: "USD", amount: 40000n }]);
  // She paid Cat 25 in February, by a message: she had it before.
  const before = order({ file: "o" }, { creditor: cat, settled: usd(25), settlementDate: "2024-02-10" });
  expect(settle(...statements, before).openings).toMatchObject([{ account: annKey, amount: 42500n }]);
  const earlier = monthly("a", 450, 400, { "2024-03-01": 50 });
  const settled = settle(...statements, ...earlier, before);
  expect(settled.openings).toMatchObject([{ amount: 47500n, source: { file: "a" } }]);
});

test("an entry of the statement counts after its opening, though the payment was ordered before", () => {
  const ordered = order(
    { file: "o" },
    { creditor: ben, settlementDate: "2024-02-28", references: { endToEndId: "E1" } },
  );
  const received = [
    statement(
      { file: "b" },
      { account: ben, balances: balances(10, 110), from: at("2024-03-01T00:00"), to: at("2024-03-31T00:00") },
    ),
    entry({ file: "b" }, { account: ben, isCredit: true, references: { endToEndId: "E1" } }),
  ];
  const settled = settle(ordered, ...received);
  expect(settled.payments).toHaveLength(1);
  expect(settled.openings).toMatchObject([{ account: benKey, amount: 1000n }]);
});

test("an opening balance without entries is an opening", () => {
  const only = statement({}, { balances: balances(1, 1).slice(0, 1) });
  expect(settle(only, order({ file: "o" })).openings).toMatchObject([{ account: annKey, amount: 100n }]);
});

test("covered: statements hold it on all days of the ledger; partly: it pays; outside: it only receives", () => {
  const coverage = (...records: BankRecord[]) =>
    Object.fromEntries(settle(...records).accounts.map((one) => [one.key, one.coverage]));
  const march = monthly("a", 500, 400, { "2024-03-01": 40, "2024-03-31": 60 });
  expect(coverage(...march)).toEqual({ [annKey]: "covered", [benKey]: "outside" });
  expect(coverage(...march, order({ file: "o" }, { debtor: ben, creditor: cat }))).toMatchObject({
    [annKey]: "covered",
    [benKey]: "partly",
  });
  const later = order({ file: "o" }, { debtor: ben, creditor: cat, settlementDate: "2024-05-01" });
  expect(coverage(...march, later)[annKey]).toBe("partly");
  const gap = monthly("b", 390, 290, { "2024-04-01": 100 });
  expect(coverage(...march, ...gap)[annKey]).toBe("partly");
  expect(coverage(...march, ...monthly("b", 400, 300, { "2024-04-01": 100 }))[annKey]).toBe("covered");
  expect(coverage(...monthly("a", 500, 399, { "2024-03-01": 100 }))[annKey]).toBe("partly");
  expect(coverage(entry({}))).toEqual({ [annKey]: "partly", [`unknown-payee@${annKey}`]: "partly" });
});
