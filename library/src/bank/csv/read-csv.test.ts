import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BankCsvError } from "../../errors/bank-csv.ts";
import { SpoorError } from "../../errors/base.ts";
import type { BankBatch, ByteSource } from "../bank-file.ts";
import type { EntryRecord, OrderRecord, StatementRecord } from "../record.ts";
import { readTgz } from "../tar.fixture.ts";
import { builtInMapping } from "./csv-built-in.ts";
import { parseMapping } from "./parse-mapping.ts";
import { readBankCsv } from "./read-csv.ts";

const file = { file: "bank.csv", sha256: "c".repeat(64) };

async function read(input: ByteSource | string, mapping: object | string | null): Promise<BankBatch> {
  const parsed =
    mapping === null ? null : parseMapping(typeof mapping === "string" ? mapping : JSON.stringify(mapping), "m.yaml");
  const all: BankBatch = { records: [], skipped: [] };
  for await (const batch of readBankCsv(typeof input === "string" ? Buffer.from(input) : input, parsed, file)) {
    all.records.push(...batch.records);
    all.skipped.push(...batch.skipped);
  }
  return all;
}

const transferMapping = `
rows: transfers
delimiter: ";"
decimal: ","
thousands: "."
zone: "+06:00"
date: { columns: [Day, Clock], format: DD.MM.YYYY HH:mm }
amount: Amount
currency: Ccy
from: { account: From, name: Payer, bank: Payer bank }
to: { account: To, name: Payee, bank: { constant: BBBBPHMM }, country: Land }
references: { transaction: Id, uetr: UETR }
remittance: [Words, More]
status: { column: State, values: { Paid: settled, "Stopped: name": held }, other: instructed }
charges: Fee
`;
const transferHeader = "Day;Clock;Amount;Ccy;From;Payer;Payer bank;To;Payee;Land;Id;UETR;Words;More;State;Fee;Desk";

test("transfers: every value from its column, and the place of each", async () => {
  const row =
    "05.02.2016;10:15;1.250,5;usd;DE89 3704 0044 0532 0130 00;A. Vicuna;AAAABDDH;" +
    "77-1;B. Owl;PH;T1;;for;cement;paid;2,50;9";
  const { records, skipped } = await read(`${transferHeader}\n${row}\n`, transferMapping);
  expect(skipped).toEqual([]);
  expect(records).toMatchObject([
    {
      kind: "order",
      message: "csv",
      level: "customer",
      source: { message: 1, sha256: file.sha256 },
      settled: { currency: "USD", amount: "125050" },
      settlementDate: "2016-02-05",
      settlementTime: Date.UTC(2016, 1, 5, 4, 15),
      debtor: {
        account: { iban: "DE89370400440532013000" },
        party: { name: "A. Vicuna" },
        agent: { bic: "AAAABDDH" },
      },
      creditor: { account: { other: "77-1" }, party: { name: "B. Owl", country: "PH" }, agent: { bic: "BBBBPHMM" } },
      references: { transactionId: "T1", uetr: null },
      remittance: ["for", "cement"],
      charges: [{ money: { currency: "USD", amount: "250" } }],
      fate: "settled",
      notes: ["Desk: 9"],
      places: { settled: "Amount: line 2", settlementDate: "Day, Clock: line 2", "debtor.account": "From: line 2" },
    },
  ]);
});

test("transfers: a status means what the mapping says; a row that cannot be read is set aside", async () => {
  const row = (change: Readonly<Record<number, string>>) =>
    "05.02.2016;10:15;1,0;USD;1;;;2;;;;;;;Paid;;"
      .split(";")
      .map((cell, at) => change[at] ?? cell)
      .join(";");
  const rows = [
    row({ 14: "Stopped: name" }),
    row({ 14: "waiting" }),
    row({ 2: "-1,0" }),
    row({ 2: "1.0" }),
    row({ 0: "31.02.2016" }),
    row({ 3: "US" }),
    row({ 2: "" }),
    row({ 4: "", 7: "", 6: "" }),
    `${row({})};extra`,
    "short",
    row({ 5: '"no end' }),
    row({ 13: "Ende" }),
  ];
  const { records, skipped } = await read([transferHeader, ...rows].join("\r\n"), transferMapping);
  expect(records.map((record) => (record as OrderRecord).fate)).toEqual(["held", "instructed", "settled", "settled"]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("its amount is negative (line 4)"),
    expect.stringContaining('Amount: "1.0" is no amount of USD (line 5)'),
    expect.stringContaining('Day, Clock: "31.02.2016 10:15" is no date of its format (line 6)'),
    expect.stringContaining('Ccy: "US" is no currency (line 7)'),
    expect.stringContaining("Amount: there is no amount (line 8)"),
    "line 10: it has 18 cells, and the header has 17",
    "line 11: it has 1 cells, and the header has 17",
    "line 12: a quote is not closed",
  ]);
});

const entryMapping = {
  rows: "entries",
  date: { column: "Booked", format: "YYYY-MM-DD" },
  valueDate: "Value",
  amount: { debit: "Out", credit: "In" },
  currency: { constant: "EUR" },
  account: { account: { constant: "DE89370400440532013000" }, bank: { constant: "AAAADEFF" } },
  counterparty: { account: "Other", name: "Name" },
  references: { endToEnd: "E2E", servicer: "Ref" },
  remittance: "Text",
  balance: "Balance",
  status: { column: "State", values: { "": "booked", pending: "pending" } },
};
const entryHeader = "Booked,Value,Out,In,Other,Name,E2E,Ref,Text,Balance,State";
const entryRows = [
  "2024-01-02,2024-01-03,10.00,,NL91ABNA0417164300,W. Alderman,E1,R1,rent,90.00,",
  "2024-01-02,,0.00,5.50,,,,R2,back,95.50,",
  "2024-01-03,,7.00,,,,,R3,soon,,pending",
  "2024-01-04,,200.00,,77,,,R4,much,-104.50,",
];

test("entries: a statement of their account, from the balance before the first to that after the last", async () => {
  for (const order of ["oldest-first", "newest-first"]) {
    const rows = order === "oldest-first" ? entryRows : entryRows.toReversed();
    const { records, skipped } = await read([entryHeader, ...rows].join("\n"), { ...entryMapping, order });
    expect(skipped).toEqual([]);
    const entries = records.filter((record): record is EntryRecord => record.kind === "entry");
    const statement = records.find((record): record is StatementRecord => record.kind === "statement")!;
    expect(statement).toMatchObject({
      level: "statement",
      account: { account: { iban: "DE89370400440532013000" }, agent: { bic: "AAAADEFF" } },
      balances: [
        { kind: "opening", money: { currency: "EUR", amount: "10000" }, isDebit: false, date: "2024-01-02" },
        { kind: "closing", money: { currency: "EUR", amount: "10450" }, isDebit: true, date: "2024-01-04" },
      ],
      from: Date.UTC(2024, 0, 2),
      to: Date.UTC(2024, 0, 4),
    });
    expect(statement.notes).toBeUndefined();
    expect(
      entries.map((entry) => [entry.number, entry.statement, entry.isCredit, entry.money.amount, entry.status]),
    ).toEqual([
      [0, statement.id, false, "1000", "booked"],
      [1, statement.id, true, "550", "booked"],
      [2, statement.id, false, "700", "pending"],
      [3, statement.id, false, "20000", "booked"],
    ]);
    expect(entries[0]).toMatchObject({
      source: statement.source,
      bookingDate: "2024-01-02",
      valueDate: "2024-01-03",
      servicerReference: "R1",
      references: { endToEndId: "E1" },
      counterparty: { account: { iban: "NL91ABNA0417164300" }, party: { name: "W. Alderman" } },
      remittance: ["rent"],
    });
  }
});

test("entries: a balance that does not follow is noted; both sides of a row filled is refused", async () => {
  const rows = [...entryRows.slice(0, 1), "2024-01-02,,,5.50,,,,R2,back,99.99,", "2024-01-03,,1,1,,,,,,,"];
  const { records, skipped } = await read([entryHeader, ...rows].join("\n"), entryMapping);
  expect((records.at(-1) as StatementRecord).notes).toEqual([
    "1 rows have a balance that is not the one before with their amount",
  ]);
  expect(skipped[0]!.reason).toContain("it has both a debit and a credit (line 4)");
});

test("entries: marks of debit and credit, several accounts, opening and closing by constant or column", async () => {
  const mapping = {
    rows: "entries",
    header: false,
    skip: 1,
    date: { column: 1, format: "DD/MM/YYYY" },
    amount: { value: 3, mark: 4, debit: ["S"], credit: ["H"] },
    currency: 5,
    account: 2,
    opening: 6,
  };
  const text = [
    'Export of "today',
    "01/02/2024,A,5,S,EUR,100.00",
    "01/02/2024,B,6,H,EUR,0",
    "02/02/2024,A,1,h,EUR,100.00",
    "02/02/2024,A,1,?,EUR,1",
  ].join("\n");
  const { records, skipped } = await read(text, mapping);
  expect(records.filter(({ kind }) => kind === "entry")).toHaveLength(3);
  const statements = records.filter((record): record is StatementRecord => record.kind === "statement");
  expect(statements.map(({ account, balances }) => [account.account!.other, balances[0]!.money.amount])).toEqual([
    ["A", "10000"],
    ["B", "0"],
  ]);
  expect(skipped[0]!.reason).toContain('"?" is neither a mark of debits nor of credits (line 5)');
});

test("encodings: as the mapping says, or the mark of UTF-16; bytes that are none cost their rows", async () => {
  const mapping = { rows: "balances", account: "Konto", currency: { constant: "EUR" }, opening: "Saldo" };
  const text = "Konto,Saldo\nMÜLLER,1.00\nX,2.00\n";
  const accounts = async (bytes: Uint8Array, encoding: string) =>
    (await read(bytes, { ...mapping, encoding })).records.map(
      (record) => (record as StatementRecord).account.account!.other,
    );
  expect(await accounts(Buffer.from(`\ufeff${text}`), "utf-8")).toEqual(["MÜLLER", "X"]);
  expect(await accounts(Buffer.from(text, "latin1"), "windows-1252")).toEqual(["MÜLLER", "X"]);
  expect(await accounts(Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le")).toEqual(["MÜLLER", "X"]);
  const { records, skipped } = await read(Buffer.from(text, "latin1"), mapping);
  expect(records).toHaveLength(1);
  expect(skipped[0]!.reason).toMatch(/line 2: it holds bytes that are no utf-8; .*windows-1252/u);
  expect(await accounts(Buffer.from(`\ufeff${text}`, "utf16le"), "utf-8")).toEqual(["MÜLLER", "X"]);
  expect(await accounts(Buffer.from(`\ufeff${text}`, "utf16le").swap16(), "utf-8")).toEqual(["MÜLLER", "X"]);
  await expect(read(Buffer.from(text, "utf16le"), mapping)).rejects.toThrow("Say `encoding: utf-16le`");
});

test("a file that its mapping does not fit is refused with what it has", async () => {
  const mapping = { rows: "balances", account: "Account", currency: { constant: "EUR" }, opening: "Balance" };
  await expect(read("Konto,Balance\n1,2\n", mapping)).rejects.toThrow(
    /names the column "Account", and it has Konto, Balance .* or write \{constant: Account\}/u,
  );
  await expect(read("Account;Balance\n1;2\n", mapping)).rejects.toThrow('Write delimiter: ";" in the mapping');
  await expect(read("Account\tBalance\n1\t2\n", mapping)).rejects.toThrow("Write delimiter: tab in the mapping");
  await expect(read("Account,Balance,Balance\n1,2,3\n", mapping)).rejects.toThrow('two columns "Balance"');
  await expect(read("1,2\n", { ...mapping, header: false, account: 1, opening: 3 })).rejects.toThrow(
    "asks for column 3, and it has 2",
  );
  await expect(read("a,b\n1,2\n", null)).rejects.toThrow(BankCsvError);
  await expect(read(Buffer.from([0, 1, 2, 3, 10]), mapping)).rejects.toThrow("bytes that are no text");
  expect(await read("", null)).toEqual({ records: [], skipped: [] });
  expect(await read("Account,Balance\n", mapping)).toEqual({ records: [], skipped: [] });
});

const amlsim = join(import.meta.dirname, "../../../../../shared/data/bank-amlsim");

test.skipIf(!existsSync(amlsim))(
  "AMLSim's sets have the counts of their metadata (../shared/data/bank-amlsim)",
  async () => {
    for (const set of ["20K_cycle200", "20K_fanin200", "20K_fanin200cycle200"]) {
      const files = readTgz(join(amlsim, `${set}.tgz`));
      const metadata = Buffer.from(files.get(`${set}/metadata.txt`)!).toString();
      const stated = (name: string) =>
        Number(new RegExp(`${name}: ([\\d,]+)`, "u").exec(metadata)![1]!.replaceAll(",", ""));
      const transfers = await read(files.get(`${set}/transactions.csv`)!, null);
      expect([transfers.records.length, transfers.skipped.length]).toEqual([stated("transactions"), 0]);
      const nodes = await read(files.get(`${set}/nodes.csv`)!, null);
      expect([nodes.records.length, nodes.skipped.length]).toEqual([stated("nodes"), 0]);
      const marked = nodes.records.filter(({ notes }) => notes!.includes("isFraud: 1")).length;
      // The third set's metadata counts one less than its file marks.
      const fraud = Number(/\((\d+) fraud nodes\)/u.exec(metadata)![1]);
      expect(marked - fraud).toBe(set === "20K_fanin200cycle200" ? 1 : 0);
    }
  },
);

test("AMLSim: accounts are nodes, amounts cents, steps days; an initial balance is a known opening", async () => {
  const { records } = await read("sourceNodeId,targetNodeId,value,time\r\n280,15349,147.8,1\r\n", null);
  expect(records).toMatchObject([
    {
      settled: { currency: "USD", amount: "14780" },
      settlementDate: "2017-01-02",
      settlementTime: null,
      debtor: { account: { other: "280" }, agent: null },
      creditor: { account: { other: "15349" } },
    },
  ]);
  const nodes = await read("nodeid,isFraud,init_balance,fraudStep\n0,1,184.44,-1\n", null);
  expect(nodes.records).toMatchObject([
    {
      kind: "statement",
      account: { account: { other: "0" } },
      balances: [{ kind: "opening", money: { amount: "18444" }, isDebit: false, date: "2017-01-01" }],
      notes: ["isFraud: 1", "fraudStep: -1"],
    },
  ]);
  expect(builtInMapping("a,b")).toBeNull();
});

test("a CSV with anything changed in it: records, reasons or one of our errors, and most rows stay", async () => {
  const row = "05.02.2016;10:15;1.250,5;USD;DE89370400440532013000;A;AAAABDDH;77-1;B;PH;T1;;for;cement;paid;2,50;9";
  const text = [transferHeader, ...Array.from({ length: 20 }, () => row)].join("\n");
  const edit = fc.record({
    at: fc.nat(),
    drop: fc.nat({ max: 30 }),
    put: fc.constantFrom("", '"', ";", "\n", "\r", "\0", "é", "-", ","),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
      let changed = text;
      for (const { at, drop, put } of edits) {
        const from = transferHeader.length + 1 + (at % (changed.length - transferHeader.length));
        changed = changed.slice(0, from) + put + changed.slice(from + drop);
      }
      try {
        const { records, skipped } = await read(changed, transferMapping);
        // An edit damages the rows that it touches; a quote may join it to those up to the next quote.
        const quotes = edits.filter(({ put }) => put === '"').length;
        if (quotes === 0) expect(records.length).toBeGreaterThanOrEqual(20 - 2 * edits.length);
        if (quotes < 2) expect(records.length + skipped.length).toBeGreaterThanOrEqual(20 - 2 * edits.length);
      } catch (error) {
        if (!(error instanceof SpoorError)) throw error;
      }
    }),
    { numRuns: 300 },
  );
});

test("bytes of any kind: records, reasons or one of our errors", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      try {
        expect((await read(bytes, transferMapping)).records).toEqual([]);
      } catch (error) {
        expect(error).toBeInstanceOf(SpoorError);
      }
    }),
  );
});
