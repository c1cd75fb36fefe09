import { expect, test } from "vitest";
import {
  ann,
  annKey,
  at,
  balances,
  bankA,
  bankB,
  ben,
  benKey,
  cat,
  catKey,
  entry,
  eur,
  named,
  statement,
  usd,
} from "../bank-records.fixture.ts";
import { fatesIn, problemsIn, settle, transfersIn } from "./told.fixture.ts";

const paid = [`${annKey} -> ${benKey} 100.00 USD`];
const levels = [
  ["statement", "camt.053"],
  ["report", "camt.052"],
  ["notification", "camt.054"],
] as const;

test.each([{ servicerReference: "SR1" }, { references: { endToEndId: "E1" } }, {}])(
  "an entry in camt.052, .053 and .054 counts once, by reference or by day and amount: %j",
  (known) => {
    const told = levels.map(([level, message], i) =>
      entry({ file: message, number: i }, { level, message, statement: `S${i}`, counterparty: ben, ...known }),
    );
    expect(transfersIn(settle(...told))).toEqual([paid]);
    expect(problemsIn(settle(...told))).toEqual([]);
    const about = settle(...told).payments[0]!.about as { tellings: { file: string }[] };
    expect(about.tellings.map(({ file }) => file)).toEqual(["camt.053", "camt.052", "camt.054"]);
  },
);

test("two equal entries of one statement are two; a report of both adds none", () => {
  const two = (file: string, level: "statement" | "report") =>
    [1, 2].map((item) => entry({ file, item }, { level, statement: file, counterparty: ben }));
  expect(transfersIn(settle(...two("a", "statement")))).toEqual([paid, paid]);
  expect(transfersIn(settle(...two("a", "statement"), ...two("b", "report")))).toEqual([paid, paid]);
});

test("entries whose references differ are two, on whatever day", () => {
  const one = (file: string, servicerReference: string) =>
    entry({ file }, { level: "notification", statement: file, counterparty: ben, servicerReference });
  expect(transfersIn(settle(one("a", "SR1"), one("b", "SR2")))).toEqual([paid, paid]);
  expect(transfersIn(settle(one("a", "SR1"), one("b", "SR1")))).toEqual([paid]);
});

test("NONREF is no reference", () => {
  const one = (file: string) =>
    entry({ file }, { level: "notification", statement: file, counterparty: ben, servicerReference: "NONREF" });
  expect(transfersIn(settle(one("a"), one("b")))).toEqual([paid, paid]);
});

test("what a report tells of a day whose statement does not have it does not move, and is a problem", () => {
  const settled = settle(
    entry({ file: "a" }, { counterparty: ben }),
    entry({ file: "b" }, { level: "report", statement: "R", counterparty: cat, money: usd(7) }),
  );
  expect(transfersIn(settled)).toEqual([paid]);
  expect(problemsIn(settled)).toEqual([expect.stringMatching(/report .* the statement of its day does not have/u)]);
});

test("the same statement twice counts once; in another format too", () => {
  const one = (file: string, message: string) => [
    statement({ file }, { balances: balances(500, 300), message }),
    ...[1, 2].map((item) => entry({ file, item }, { counterparty: ben, message })),
  ];
  const again = settle(...one("a", "camt.053"), ...one("b", "camt.053"));
  expect(transfersIn(again)).toEqual([paid, paid]);
  expect(again.statements).toHaveLength(1);
  expect(again.statements[0]!.also.map(({ file }) => file)).toEqual(["b"]);
  const mt = one("c", "MT940").map((record) => ({ ...record, ...("id" in record && { sequence: "7/1" }) }));
  expect(transfersIn(settle(...one("a", "camt.053"), ...mt))).toEqual([paid, paid]);
});

test("on the day on which one statement ends and the next begins equal entries are two", () => {
  const one = (file: string, opening: number, days: string[]) => [
    statement({ file }, { id: file, balances: balances(opening, opening - 100 * days.length) }),
    ...days.map((bookingDate, i) => entry({ file, item: i }, { statement: file, counterparty: ben, bookingDate })),
  ];
  const first = one("a", 500, ["2024-03-01", "2024-03-02"]);
  const next = one("b", 300, ["2024-03-02", "2024-03-03"]);
  expect(settle(...first, ...next).payments).toHaveLength(4);
  expect(problemsIn(settle(...first, ...next))).toEqual([]);
});

test("statements that overlap by one day tell of the same entries, where their balances say so", () => {
  const one = (file: string, opening: number, days: string[]) => [
    statement({ file }, { id: file, balances: balances(opening, opening - 100 * days.length) }),
    ...days.map((bookingDate, i) => entry({ file, item: i }, { statement: file, counterparty: ben, bookingDate })),
  ];
  const first = one("a", 500, ["2024-03-01", "2024-03-02"]);
  const settled = settle(...first, ...one("b", 400, ["2024-03-02", "2024-03-03"]));
  expect(settled.payments).toHaveLength(3);
  expect(problemsIn(settled)).toEqual([]);
  const gap = settle(...first, ...one("b", 450, ["2024-03-02", "2024-03-03"]));
  expect(gap.payments).toHaveLength(4);
  expect(problemsIn(gap)).toEqual([expect.stringMatching(/something is missing: 300.00 USD, then 450.00 USD/u)]);
});

test("without balances a day on which two statements meet is told twice where all of it is the same in both", () => {
  const one = (file: string, entries: [day: string, dollars: number][]) =>
    entries.map(([bookingDate, dollars], i) =>
      entry({ file, item: i }, { statement: file, counterparty: ben, bookingDate, money: usd(dollars) }),
    );
  const first = one("a", [
    ["2024-03-01", 1],
    ["2024-03-02", 2],
    ["2024-03-02", 2],
  ]);
  const again = one("b", [
    ["2024-03-02", 2],
    ["2024-03-02", 2],
    ["2024-03-03", 3],
  ]);
  const settled = settle(...first, ...again);
  expect(settled.payments).toHaveLength(4);
  expect(problemsIn(settled)).toEqual([
    expect.stringMatching(/meet on 2024-03-02 .* the same in both, and counts once/u),
  ]);
  const more = settle(...first, ...again.slice(1));
  expect(more.payments).toHaveLength(5);
  expect(problemsIn(more)).toEqual([expect.stringMatching(/they count as two/u)]);
});

test("on days that two statements both hold, equal entries are one", () => {
  const one = (file: string, days: string[]) =>
    days.map((bookingDate, i) => entry({ file, item: i }, { statement: file, counterparty: ben, bookingDate }));
  const settled = settle(
    ...one("a", ["2024-03-01", "2024-03-03", "2024-03-03", "2024-03-05"]),
    ...one("b", ["2024-03-03", "2024-03-03", "2024-03-05", "2024-03-09"]),
  );
  expect(settled.payments.map(({ time }) => new Date(time!).getUTCDate())).toEqual([1, 3, 3, 5, 9]);
});

test("pages of one statement (60M, 62M) are one, and its entries are all counted", () => {
  const page = (number: number, start: number, end: number, kinds: ["opening" | "interim", "interim" | "closing"]) => [
    statement(
      { file: "a", number },
      {
        id: `P${number}`,
        sequence: `12/${number}`,
        message: "MT940",
        balances: [
          { kind: kinds[0], money: usd(start), isDebit: false, date: "2024-03-01" },
          { kind: kinds[1], money: usd(end), isDebit: false, date: "2024-03-01" },
        ],
      },
    ),
    entry({ file: "a", number }, { statement: `P${number}`, counterparty: ben }),
  ];
  const settled = settle(
    ...page(2, 400, 300, ["interim", "interim"]),
    ...page(1, 500, 400, ["opening", "interim"]),
    ...page(3, 300, 200, ["interim", "closing"]),
  );
  expect(transfersIn(settled)).toEqual([paid, paid, paid]);
  expect(settled.statements).toMatchObject([{ opening: 50000n, entries: -30000n, closing: 20000n, difference: 0n }]);
  expect(problemsIn(settled)).toEqual([]);
});

test("a batch moves by its details; a notification that itemises the statement's sum is taken for them", () => {
  const details = [ben, cat].map((counterparty, detail) =>
    entry(
      { file: "b" },
      {
        level: "notification",
        statement: "N",
        servicerReference: "SR",
        entryMoney: usd(150),
        money: usd(50 + 50 * detail),
        detail,
        counterparty,
      },
    ),
  );
  const sum = entry({ file: "a" }, { money: usd(150), servicerReference: "SR" });
  expect(transfersIn(settle(sum, ...details))).toEqual([
    [`${annKey} -> ${benKey} 50.00 USD`],
    [`${annKey} -> ${catKey} 100.00 USD`],
  ]);
});

test("what the details of a batch leave of it moves as one remainder, and is a problem", () => {
  const batch = (isCredit: boolean, whole: number) =>
    settle(
      ...[0, 1].map((detail) =>
        entry({ file: "a" }, { entryMoney: usd(whole), money: usd(50), detail, counterparty: ben, isCredit }),
      ),
    );
  expect(transfersIn(batch(false, 130))[2]).toEqual([`${annKey} -> unknown-payee@${annKey} 30.00 USD`]);
  expect(transfersIn(batch(true, 130))[2]).toEqual([`unknown-payer@${annKey} -> ${annKey} 30.00 USD`]);
  expect(transfersIn(batch(true, 90))[2]).toEqual([`${annKey} -> unknown-payee@${annKey} 10.00 USD`]);
  expect(problemsIn(batch(false, 130))).toEqual([expect.stringMatching(/differ by 30.00 USD; .* one remainder/u)]);
});

test("what an entry has less than its detail, and says that charges took, is a fee of the account's bank", () => {
  const settled = settle(
    entry(
      {},
      {
        isCredit: true,
        entryMoney: usd(95),
        money: usd(100),
        charges: [{ money: usd(5), agent: bankA }],
        counterparty: ben,
      },
    ),
  );
  expect(transfersIn(settled)).toEqual([
    [`${benKey} -> ${annKey} 100.00 USD`],
    [`${annKey} -> @AAAAUS33 5.00 USD (fee)`],
  ]);
  expect(problemsIn(settled)).toEqual([]);
});

test("a detail in another currency: the bank changed it", () => {
  const settled = settle(entry({}, { entryMoney: usd(110), money: eur(100), counterparty: ben }));
  expect(transfersIn(settled)).toEqual([[`${annKey} -> @AAAAUS33 110.00 USD`, `@AAAAUS33 -> ${benKey} 100.00 EUR`]]);
});

test("entries that are pending, for information or in the future do not move", () => {
  const announced = (["pending", "information", "future"] as const).map((status, item) =>
    entry({ item }, { status, counterparty: ben, money: usd(item + 1) }),
  );
  const settled = settle(...announced);
  expect(settled.payments).toEqual([]);
  expect(fatesIn(settled)).toEqual(["pending", "pending", "pending"]);
  expect(settled.unsettled[0]).toMatchObject({ from: annKey, to: benKey, amount: 100n });
  // Once it is booked, the announcement is its own.
  const booked = entry({ file: "b" }, { statement: "S2", counterparty: ben, money: usd(1) });
  const report = entry({ file: "c" }, { level: "report", status: "pending", counterparty: ben, money: usd(1) });
  expect(settle(booked, report).unsettled).toEqual([]);
  expect(settle(booked, report).payments).toHaveLength(1);
});

test("an entry alone moves between its account and its counterparty, its bank, or nobody that is named", () => {
  const alone = (changes: object) => transfersIn(settle(entry({}, changes)))[0]![0];
  expect(alone({ counterparty: named("Eve", bankB) })).toBe(`${annKey} -> EVE@BBBBGB2L 100.00 USD`);
  expect(alone({ counterparty: { account: null, party: null, agent: bankB } })).toBe(
    `${annKey} -> @BBBBGB2L 100.00 USD`,
  );
  expect(alone({})).toBe(`${annKey} -> unknown-payee@${annKey} 100.00 USD`);
  expect(alone({ isCredit: true })).toBe(`unknown-payer@${annKey} -> ${annKey} 100.00 USD`);
  expect(alone({ code: "NCHG" })).toBe(`${annKey} -> @AAAAUS33 100.00 USD (fee)`);
  expect(alone({ code: "PMNT/MDOP/CHRG" })).toBe(`${annKey} -> @AAAAUS33 100.00 USD (fee)`);
});

test("the hour of a booking is the payment's; a day stays a day", () => {
  const bookingTime = at("2024-03-01T15:30");
  expect(settle(entry({}, { bookingTime })).payments[0]).toMatchObject({ time: bookingTime, dayOnly: false });
  expect(settle(entry({})).payments[0]).toMatchObject({ time: at("2024-03-01T00:00"), dayOnly: true });
  expect(settle(entry({}, { account: ann, bookingDate: null, valueDate: null })).payments[0]!.time).toBeNull();
});
