import { expect, test } from "vitest";
import { MtFieldError } from "../../errors/bank-mt.ts";
import type { EntryRecord, StatementRecord } from "../record.ts";
import { parseEntryLine } from "./mt-entry-line.ts";
import { fin, mt940Lines, readAll } from "./mt-messages.fixture.ts";

async function read(text: string) {
  const { records, skipped } = await readAll(text);
  const statements = records.filter((record): record is StatementRecord => record.kind === "statement");
  const entries = records.filter((record): record is EntryRecord => record.kind === "entry");
  return { statements, entries, skipped };
}

const field61 = (value: string) => ({ tag: "61", number: 61, value, line: 9 });

test("MT940: balances, entries, and the account; the statement adds up", async () => {
  const { statements, entries, skipped } = await read(fin({ type: "940", lines: mt940Lines }));
  expect(skipped).toEqual([]);
  const [statement] = statements;
  expect(statement).toMatchObject({
    message: "MT940",
    sequence: "12/1",
    level: "statement",
    account: { account: { iban: "DE89370400440532013000" }, agent: { bic: "AAAAUS33" } },
    balances: [
      { kind: "opening", money: { amount: "100000" }, isDebit: false, date: "2023-12-29" },
      { kind: "closing", money: { amount: "83875" }, isDebit: false, date: "2024-01-02" },
      { kind: "available", money: { amount: "83875" } },
    ],
    notes: [":86: line 16: END OF STATEMENT"],
  });
  expect(entries.map((entry) => [entry.statement, entry.number])).toEqual([0, 1, 2].map((n) => [statement!.id, n]));
  const sum = entries.reduce((total, { money, isCredit }) => total + (isCredit ? 1n : -1n) * BigInt(money.amount), 0n);
  expect(100_000n + sum).toBe(83_875n);
  expect(entries[0]).toMatchObject({
    bookingDate: "2024-01-02",
    valueDate: "2024-01-02",
    status: "booked",
    code: "NTRF",
    entryReference: "PAY-77",
    servicerReference: "BREF-1",
    references: { instructionId: "PAY-77", endToEndId: "E2E-9" },
    remittance: ["INVOICE 12 OF JANUARY"],
    counterparty: { party: { name: "HALDEN TIMBER OY" }, agent: { bic: "BBBBDEFF" } },
    places: { money: ":61: line 6", counterparty: ":86: line 8" },
  });
  expect(entries[1]).toMatchObject({
    bookingDate: "2024-01-02",
    valueDate: "2023-12-31",
    isCredit: true,
    entryReference: null,
    references: { endToEndId: "E2E-10" },
    counterparty: {
      account: { iban: "NL91ABNA0417164300" },
      party: { name: "J. DOVE" },
      agent: { bic: "CCCCNL2A" },
    },
    remittance: ["RENT JAN"],
  });
  expect(entries[2]).toMatchObject({ isCredit: false, isReversal: true, bookingDate: null });
});

test("field 61 in full: marks, funds code, references, supplementary details", () => {
  const parse = (value: string, currency = "EUR") => parseEntryLine(field61(value), currency);
  expect(parse("240102D1,NTRFREF")).toMatchObject({
    isCredit: false,
    isReversal: false,
    entryDate: null,
    fundsCode: null,
  });
  expect(parse("240102RD1,NTRFREF")).toMatchObject({ isCredit: true, isReversal: true });
  expect(parse("240102RC1,NTRFREF")).toMatchObject({ isCredit: false, isReversal: true });
  expect(parse("240102EC1,NTRFREF")).toMatchObject({ isCredit: true, isExpected: true });
  expect(parse("240102CR1,NTRFREF")).toMatchObject({ isCredit: true, isReversal: false, fundsCode: "R" });
  expect(parse("240102RCR1,NTRFREF")).toMatchObject({ isCredit: false, isReversal: true, fundsCode: "R" });
  expect(parse("2401020103CY1000,S103PAY/1//B//2\n/OCMT/EUR7,/CHGS/JPY20,/", "JPY")).toMatchObject({
    valueDate: "2024-01-02",
    entryDate: "2024-01-03",
    money: { currency: "JPY", amount: "1000" },
    code: "S103",
    ownerReference: "PAY/1",
    servicerReference: "B//2",
    supplementary: "/OCMT/EUR7,/CHGS/JPY20,/",
    charges: [{ money: { currency: "JPY", amount: "20" } }],
  });
  for (const value of [
    "240102X1,NTRFA",
    "240102C,NTRFA",
    "240102C1,5.0NTRFA",
    "240132C1,NTRFA",
    "2401021301C1,NTRFA",
    "C1,",
    "",
  ]) {
    expect(() => parse(value)).toThrow(MtFieldError);
  }
});

test("an entry that cannot be read is set aside with its line, and the statement says so", async () => {
  const lines = mt940Lines.map((line) => line.replace("C99,5NMSC", "C99.5NMSC"));
  const { statements, entries, skipped } = await read(fin({ type: "940", lines }));
  expect(entries.map(({ number }) => number)).toEqual([0, 2]);
  expect(statements[0]!.notes).toContain("1 of its entries could not be read and are set aside");
  expect(skipped).toHaveLength(1);
  expect(skipped[0]!.reason).toMatch(/^message 1, line 1: .*is no statement line \(:61: line 10\)/u);
});

test("balances in two currencies, or with neither C nor D, cost the statement", async () => {
  for (const [from, to] of [
    ["62F:C240102EUR", "62F:C240102USD"],
    ["60F:C", "60F:X"],
  ] as const) {
    const { statements, skipped } = await read(
      fin({ type: "940", lines: mt940Lines.map((line) => line.replace(from, to)) }),
    );
    expect([statements.length, skipped.length]).toEqual([0, 1]);
  }
});

test("field 25: with the bank's BIC or number before it, its BIC after it, its currency behind it", async () => {
  const accountOf = async (...lines: string[]) => {
    const all = mt940Lines.flatMap((line) => (line.startsWith(":25:") ? lines : [line]));
    const { account } = (await read(fin({ type: "940", lines: all }))).statements[0]!;
    return [
      account.account!.iban ?? account.account!.other,
      account.account!.currency,
      account.agent!.bic ?? account.agent!.clearing,
    ];
  };
  expect(await accountOf(":25:37040044/0532013000EUR")).toEqual(["0532013000", "EUR", "DEBLZ:37040044"]);
  expect(await accountOf(":25:CCCCFRPPXXX/4711")).toEqual(["4711", null, "CCCCFRPP"]);
  expect(await accountOf(":25P:4711", "CCCCFRPPXXX")).toEqual(["4711", null, "CCCCFRPP"]);
  expect(await accountOf(":25:NL91ABNA0417164300EUR")).toEqual(["NL91ABNA0417164300", "EUR", "AAAAUS33"]);
  expect(await accountOf(":25:AB/12/34")).toEqual(["AB/12/34", null, "AAAAUS33"]);
});

const mt942Lines = [
  ":20:REP-1",
  ":25:4711",
  ":28C:3/1",
  ":34F:EURD0,",
  ":34F:EURC0,",
  ":13D:2401021047+0100",
  ":61:240102C5,NTRFA",
  ":86:WORDS",
  ":61:240103EC7,NTRFB",
  ":90D:0EUR0,",
  ":90C:2EUR12,",
  ":86:ABOUT ALL OF IT",
] as const;

test("MT942: expected entries have not happened; totals that differ are noted", async () => {
  const { statements, entries } = await read(fin({ type: "942", lines: mt942Lines }));
  expect(statements[0]).toMatchObject({ level: "report", balances: [], created: Date.UTC(2024, 0, 2, 9, 47) });
  expect(statements[0]!.notes).toEqual([":86: line 13: ABOUT ALL OF IT"]);
  expect(entries.map(({ status, money }) => [status, money.amount])).toEqual([
    ["booked", "500"],
    ["future", "700"],
  ]);
  const lines = mt942Lines.map((line) => line.replace(":90C:2EUR12,", ":90C:2EUR13,"));
  const other = await read(fin({ type: "942", lines }));
  expect(other.statements[0]!.notes).toContain(
    ":90C: line 12: it counts 2 credits of 1300 minor units; there are 2 of 1200",
  );
});

test("statements as banks give them: no headers, lines before the first field, none at the end", async () => {
  const before = ["0000 01CCCCNL2AXXXX00001", "940 00"];
  const text = [
    ...before,
    ...mt940Lines,
    "-",
    ...before,
    ...mt940Lines.map((line) => line.replace("12/1", "13/1")),
  ].join("\r\n");
  const { statements, entries, skipped } = await read(text);
  expect(skipped).toEqual([]);
  expect(statements.map(({ sequence }) => sequence)).toEqual(["12/1", "13/1"]);
  expect(statements[0]!.account.agent).toEqual({ bic: "CCCCNL2A", clearing: null, name: null });
  expect(entries).toHaveLength(6);
  expect(statements[0]!.places.account).toBe(":25: line 4");
});

test("pages: interim balances are interim, in the order of the page", async () => {
  const lines = mt940Lines.map((line) => line.replace(":60F:", ":60M:").replace(":62F:", ":62M:"));
  const { statements } = await read(fin({ type: "940", lines }));
  expect(statements[0]!.balances.map(({ kind }) => kind)).toEqual(["interim", "interim", "available"]);
});

test("field 86: each structure gives what it names, and keeps what it does not", async () => {
  const entryWith = async (...lines: string[]) => {
    const all = [
      ":20:S",
      ":25:4711",
      ":28C:1/1",
      ":60F:C240101EUR0,",
      ":61:240102C5,NRTIA",
      ...lines,
      ":62F:C240102EUR5,",
    ];
    return (await read(fin({ type: "940", lines: all }))).entries[0]!;
  };
  expect(await entryWith(":86:JUST WORDS", "IN TWO LINES")).toMatchObject({
    remittance: ["JUST WORDS", "IN TWO LINES"],
    returns: { reason: null },
  });
  const dutch = await entryWith(
    ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/CCCCNL2A/NAME/W. ALDER",
    "MAN/REMI/RENT/EREF/NOTPROVIDED",
  );
  expect(dutch).toMatchObject({
    remittance: ["RENT"],
    counterparty: {
      account: { iban: "NL91ABNA0417164300" },
      party: { name: "W. ALDERMAN" },
      agent: { bic: "CCCCNL2A" },
    },
    references: { endToEndId: "NOTPROVIDED" },
  });
  expect(dutch.notes).toEqual([":86: line 7: TRTP SEPA OVERBOEKING"]);
  const returned = await entryWith(":86:/EREF/E-1//RTRN/MS03/NOT STATED//REMI/USTD//BACK/");
  expect(returned).toMatchObject({
    returns: { reason: "MS03" },
    remittance: ["BACK"],
    references: { endToEndId: "E-1" },
  });
  const german = await entryWith(
    ":86:177?00UEBERW?10931?20EREF+E-2KREF+K-2?21SVWZ+FOR?22 THREE?3037040044?310532013000?32A. NAME",
  );
  expect(german).toMatchObject({
    remittance: ["FOR THREE"],
    references: { endToEndId: "E-2", messageId: "K-2" },
    counterparty: {
      account: { other: "0532013000" },
      agent: { clearing: "DEBLZ:37040044" },
      party: { name: "A. NAME" },
    },
  });
  expect(german.notes).toEqual([
    ":86: line 7: ?00 UEBERW",
    ":86: line 7: ?10 931",
    ":86: line 7: business transaction code 177",
  ]);
});

test("MT900 and MT910: one entry of the account's own bank", async () => {
  const lines = [
    ":20:C-1",
    ":21:PAY-1",
    ":25:4711",
    ":13D:2401151047+0100",
    ":32A:240115USD20000000,",
    ":50K:/99",
    "P. AYER",
    ":52A:CCCCFRPP",
  ];
  const { statements, entries } = await read(fin({ type: "910", lines }));
  expect(statements[0]).toMatchObject({ level: "notification", balances: [], id: entries[0]!.statement });
  expect(entries[0]).toMatchObject({
    message: "MT910",
    isCredit: true,
    money: { currency: "USD", amount: "2000000000" },
    valueDate: "2024-01-15",
    bookingDate: "2024-01-15",
    bookingTime: Date.UTC(2024, 0, 15, 9, 47),
    servicerReference: "C-1",
    references: { instructionId: "PAY-1" },
    account: { account: { other: "4711" }, agent: { bic: "AAAAUS33" } },
    counterparty: { account: { other: "99" }, party: { name: "P. AYER" }, agent: { bic: "CCCCFRPP" } },
  });
  const debit = await read(fin({ type: "900", lines: lines.filter((line) => !/^:50K|^P\. /u.test(line)) }));
  expect(debit.entries[0]).toMatchObject({ isCredit: false, counterparty: { agent: { bic: "CCCCFRPP" } } });
});
