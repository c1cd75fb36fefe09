import { expect, test } from "vitest";
import type { EntryRecord, StatementRecord } from "../record.ts";
import { madeIbans, readMessage } from "./iso-messages.fixture.ts";

const account = `<Acct><Id><IBAN>${madeIbans[0]}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Ada</Nm></Ownr>
  <Svcr><FinInstnId><BICFI>AAAADEFF</BICFI></FinInstnId></Svcr></Acct>`;

const balance = (code: string, amount: string, extra = "") =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry>${extra}</Tp><Amt Ccy="EUR">${amount}</Amt>
      <CdtDbtInd>CRDT</CdtDbtInd>
   <Dt><Dt>2024-03-05</Dt></Dt></Bal>`;

const entry = (inside: string, { amount = "100.00", sign = "CRDT", status = "<Sts><Cd>BOOK</Cd></Sts>" } = {}) =>
  `<Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd>${status}
   <BookgDt><Dt>2024-03-05</Dt></BookgDt><ValDt><Dt>2024-03-06</Dt></ValDt>${inside}</Ntry>`;

const details = (...all: string[]) => `<NtryDtls>${all.map((one) => `<TxDtls>${one}</TxDtls>`).join("")}</NtryDtls>`;

async function statementIn(name: string, inside: string, header = "") {
  const root = { "camt.052": "BkToCstmrAcctRpt", "camt.053": "BkToCstmrStmt", "camt.054": "BkToCstmrDbtCdtNtfctn" };
  const part = { "camt.052": "Rpt", "camt.053": "Stmt", "camt.054": "Ntfctn" };
  const code = name.slice(0, 8) as keyof typeof root;
  const { records, skipped } = await readMessage(
    name,
    `<${root[code]}><GrpHdr><MsgId>STM1</MsgId><CreDtTm>2024-03-05T20:00:00Z</CreDtTm>${header}</GrpHdr>
     <${part[code]}><Id>S-1</Id><ElctrncSeqNb>12</ElctrncSeqNb>${account}${inside}</${part[code]}></${root[code]}>`,
  );
  const entries = records.filter((record): record is EntryRecord => record.kind === "entry");
  const statement = records.find((record): record is StatementRecord => record.kind === "statement")!;
  return { entries, statement, skipped };
}

test("camt.053: account, period, number and balances", async () => {
  const { statement, entries, skipped } = await statementIn(
    "camt.053.001.08",
    `<FrToDt><FrDtTm>2024-03-05T00:00:00+01:00</FrDtTm><ToDtTm>2024-03-05T23:59:59+01:00</ToDtTm></FrToDt>
     ${balance("OPBD", "1000.00")}${balance("PRCD", "1000.00")}${balance("CLBD", "1100.00").replace("CRDT", "DBIT")}
     ${balance("CLAV", "1050.00")}${balance("XPCD", "9")}${entry("")}`,
  );
  expect(skipped).toEqual([]);
  expect(statement).toMatchObject({
    kind: "statement",
    id: "S-1",
    sequence: "12",
    level: "statement",
    account: { account: { iban: madeIbans[0], currency: "EUR" }, party: { name: "Ada" }, agent: { bic: "AAAADEFF" } },
    from: Date.parse("2024-03-04T23:00:00Z"),
    to: Date.parse("2024-03-05T22:59:59Z"),
  });
  expect(statement.balances).toEqual([
    { kind: "opening", money: { currency: "EUR", amount: "100000" }, isDebit: false, date: "2024-03-05" },
    { kind: "closing", money: { currency: "EUR", amount: "110000" }, isDebit: true, date: "2024-03-05" },
    { kind: "available", money: { currency: "EUR", amount: "105000" }, isDebit: false, date: "2024-03-05" },
  ]);
  expect(statement.notes!.join("\n")).toMatch(/PRCD 100000 EUR[\s\S]*XPCD 900 EUR/u);
  expect(statement.places.account).toBe("/Document/BkToCstmrStmt/Stmt[1]/Acct/Id/IBAN line 2");
  expect(entries).toMatchObject([{ statement: "S-1", level: "statement", number: 0, detail: null, status: "booked" }]);
  expect(entries[0]!.account).toEqual(statement.account);
});

test("of a statement in pages the number has the page, and balances between pages are interim", async () => {
  const pages = "<MsgPgntn><PgNb>2</PgNb><LastPgInd>false</LastPgInd></MsgPgntn>";
  const between = "<SubTp><Cd>INTM</Cd></SubTp>";
  const inside = `${balance("OPBD", "1", between)}${balance("CLBD", "2", between)}`;
  const { statement } = await statementIn("camt.053.001.08", inside, pages);
  expect(statement.sequence).toBe("12/2");
  expect(statement.balances.map(({ kind }) => kind)).toEqual(["interim", "interim"]);
  const only = await statementIn("camt.053.001.08", "", pages.replace("2", "1").replace("false", "true"));
  expect(only.statement.sequence).toBe("12");
  const { statement: first } = await statementIn("camt.053.001.02", balance("PRCD", "1"));
  expect(first.balances.map(({ kind }) => kind)).toEqual(["opening"]);
});

test.each([
  ["camt.053.001.02", "<Sts>BOOK</Sts>", "booked"],
  ["camt.053.001.08", "<Sts><Cd>PDNG</Cd></Sts>", "pending"],
  ["camt.052.001.08", "<Sts><Cd>INFO</Cd></Sts>", "information"],
  ["camt.052.001.11", "<Sts><Cd>FUTR</Cd></Sts>", "future"],
  ["camt.054.001.08", "<Sts><Prtry>HOUSE</Prtry></Sts>", "information"],
  ["camt.053.001.08", "", "booked"],
  ["camt.054.001.08", "", "information"],
])("%s: the status %s is %s", async (name, status, expected) => {
  const { entries } = await statementIn(name, entry("", { status }));
  expect(entries[0]!.status).toBe(expected);
  const isTold = /HOUSE|^$/u.test(status);
  expect(entries[0]!.notes?.some((note) => note.includes(`taken as ${expected}`)) ?? false).toBe(isTold);
});

test("an entry with one detail: references, dates, code, charges, the other side", async () => {
  const inside = `<AcctSvcrRef>SRV-9</AcctSvcrRef>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
    <AddtlNtryInf>credit</AddtlNtryInf>
    ${details(`<Refs><MsgId>MSG-7</MsgId><AcctSvcrRef>OWN</AcctSvcrRef><PmtInfId>P1</PmtInfId><InstrId>I</InstrId>
      <EndToEndId>E</EndToEndId><TxId>T</TxId><UETR>8a562c67-ca16-48ba-b074-65581be6f011</UETR>
      <ClrSysRef>C</ClrSysRef></Refs>
      <AmtDtls><InstdAmt><Amt Ccy="USD">110.00</Amt></InstdAmt><TxAmt><Amt Ccy="EUR">100.00</Amt>
      <CcyXchg><XchgRate>1.1</XchgRate></CcyXchg></TxAmt></AmtDtls>
      <Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">3</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy="EUR">2</Amt><CdtDbtInd>DBIT</CdtDbtInd>
      <Agt><FinInstnId><BICFI>CCCCFRPP</BICFI></FinInstnId></Agt></Rcrd><Rcrd><Amt Ccy="EUR">1</Amt></Rcrd>
      <Rcrd><Amt Ccy="EUR">4</Amt><CdtDbtInd>CRDT</CdtDbtInd></Rcrd></Chrgs>
      <RltdPties><Dbtr><Pty><Nm>Bo</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>${madeIbans[1]}</IBAN></Id></DbtrAcct>
      <Cdtr><Pty><Nm>Ada</Nm></Pty></Cdtr></RltdPties>
      <RltdAgts><DbtrAgt><FinInstnId><BICFI>BBBBFRPP</BICFI></FinInstnId></DbtrAgt></RltdAgts>
      <RmtInf><Ustrd>for wood</Ustrd></RmtInf>`)}`;
  const { entries } = await statementIn("camt.053.001.08", entry(inside));
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    number: 0,
    detail: 0,
    entryMoney: { currency: "EUR", amount: "10000" },
    money: { currency: "EUR", amount: "10000" },
    isCredit: true,
    isReversal: false,
    bookingDate: "2024-03-05",
    bookingTime: null,
    valueDate: "2024-03-06",
    entryReference: "1",
    servicerReference: "SRV-9",
    references: { messageId: "MSG-7", instructionId: "I", endToEndId: "E", transactionId: "T", clearingReference: "C" },
    counterparty: { account: { iban: madeIbans[1] }, party: { name: "Bo" }, agent: { bic: "BBBBFRPP" } },
    charges: [
      { money: { amount: "200" }, agent: { bic: "CCCCFRPP" } },
      { money: { amount: "100" }, agent: null },
    ],
    remittance: ["for wood"],
    code: "PMNT/RCDT/ESCT",
    returns: null,
  });
  const notes = entries[0]!.notes!.join("\n");
  expect(notes).toMatch(/AcctSvcrRef line \d+: OWN/u);
  expect(notes).toContain("11000 USD");
  expect(notes).toContain("400 EUR given back");
  expect(notes).toContain("credit");
});

test("a debit names who was paid, a reversal the other way round, and never the account's own owner", async () => {
  const parties = (debtor: string, creditor: string) =>
    details(`<RltdPties><Dbtr><Nm>D</Nm></Dbtr><DbtrAcct><Id><IBAN>${debtor}</IBAN></Id></DbtrAcct>
      <Cdtr><Nm>C</Nm></Cdtr><CdtrAcct><Id><IBAN>${creditor}</IBAN></Id></CdtrAcct></RltdPties>`);
  const nameOf = async (inside: string, sign: string, before = "") => {
    const text = entry(inside, { sign }).replace("<Sts>", `${before}<Sts>`);
    const { entries } = await statementIn("camt.053.001.02", text);
    return entries[0]!.counterparty.party?.name ?? null;
  };
  const [own, other] = madeIbans;
  expect(await nameOf(parties(own, other), "DBIT")).toBe("C");
  expect(await nameOf(parties(other, own), "CRDT")).toBe("D");
  // The reversal of a debit is a credit: who was paid gives it back.
  expect(await nameOf(parties(own, other), "CRDT", "<RvslInd>true</RvslInd>")).toBe("C");
  // A return that names the parties of the first payment.
  expect(await nameOf(parties(own, other), "CRDT")).toBe("C");
  expect(await nameOf(parties(own, own), "CRDT")).toBeNull();
});

test("a reversal and a return are told from an ordinary entry", async () => {
  const inside = details(
    `<Refs><EndToEndId>E</EndToEndId></Refs><RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf>`,
  );
  const { entries } = await statementIn(
    "camt.053.001.08",
    entry(inside).replace("<Sts>", "<RvslInd>true</RvslInd><Sts>"),
  );
  expect(entries[0]).toMatchObject({ isReversal: true, returns: { reason: "AC04" } });
});

test("of a batch each detail is a record, with what it is of the entry", async () => {
  const detail = (amount: string, name: string) =>
    `<AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>${name}</Nm></Dbtr>
      </RltdPties>`;
  const inside = details(detail("60", "Bo"), detail("30", "Cy"), `<Amt Ccy="EUR">10</Amt><CdtDbtInd>CRDT</CdtDbtInd>`);
  const { entries, skipped } = await statementIn("camt.053.001.04", `${entry(inside)}${entry("")}`);
  expect(skipped).toEqual([]);
  expect(
    entries.map(({ number, detail: at, money, entryMoney }) => [number, at, money.amount, entryMoney.amount]),
  ).toEqual([
    [0, 0, "6000", "10000"],
    [0, 1, "3000", "10000"],
    [0, 2, "1000", "10000"],
    [1, null, "10000", "10000"],
  ]);
  expect(entries[1]!.places.money).toContain("/Ntry[1]/NtryDtls[1]/TxDtls[2]/AmtDtls/TxAmt/Amt");
});

test("details that say no amount are one entry with all their texts; where some do, the others are told", async () => {
  const text = (words: string) => `<RmtInf><Ustrd>${words}</Ustrd></RmtInf>`;
  const none = await statementIn("camt.053.001.02", entry(details(text("a"), text("b"), text("c"))));
  expect(none.entries).toMatchObject([{ detail: null, money: { amount: "10000" }, remittance: ["a", "b", "c"] }]);
  const some = await statementIn("camt.053.001.02", entry(details(`<Amt Ccy="EUR">60</Amt>`, text("b"))));
  expect(some.entries.map(({ detail, money }) => [detail, money.amount])).toEqual([[0, "6000"]]);
  expect(some.skipped[0]!.reason).toContain("1 of its 2 details say no amount in EUR");
});

test("a batch that is not itemised names its message and block, once or in each of its details", async () => {
  const batch = "<Btch><MsgId>FILE1</MsgId><PmtInfId>BLOCK1</PmtInfId><NbOfTxs>3</NbOfTxs></Btch>";
  const refs = (block: string, id: string) =>
    `<Refs><PmtInfId>${block}</PmtInfId><EndToEndId>${id}</EndToEndId></Refs>`;
  const { entries } = await statementIn(
    "camt.053.001.08",
    [
      entry(`<NtryDtls>${batch}</NtryDtls>`),
      entry(`<NtryDtls>${batch}<TxDtls><Refs><EndToEndId>E</EndToEndId></Refs></TxDtls></NtryDtls>`),
      entry(details(refs("BLOCK1", "E1"), refs("BLOCK1", "E2"))),
      entry(details(refs("BLOCK1", "E1"), refs("BLOCK2", "E2"))),
    ].join(""),
  );
  expect(entries.map(({ references }) => [references.messageId, references.related, references.endToEndId])).toEqual([
    ["FILE1", "BLOCK1", null],
    ["FILE1", "BLOCK1", "E"],
    [null, "BLOCK1", null],
    [null, null, null],
  ]);
});

test("an entry or detail that cannot be read is set aside by itself", async () => {
  const inside = `${entry("", { amount: "1.234" })}${entry("", { sign: "BOTH" })}
    ${entry(details(`<Amt Ccy="EUR">1.001</Amt>`, `<Amt Ccy="EUR">2</Amt>`))}
    ${entry(details("<Refs/>"), { amount: "x" })}${entry("")}`;
  const { entries, skipped, statement } = await statementIn("camt.053.001.08", inside);
  expect(entries.map(({ number, detail }) => [number, detail])).toEqual([
    [2, 1],
    [4, null],
  ]);
  expect(skipped.map(({ reason }) => /"[^"]*".*/u.exec(reason)?.[0] ?? reason)).toEqual([
    '"1.234" has more decimals than EUR',
    '"BOTH" says neither CRDT nor DBIT',
    '"1.001" has more decimals than EUR',
    expect.stringContaining("1 of its 2 details say no amount"),
    '"x" is no amount',
  ]);
  expect(statement.id).toBe("S-1");
});

test("a statement without an id, and several in one message", async () => {
  const one = `<Stmt>${account}${entry("")}</Stmt>`;
  const { records } = await readMessage(
    "camt.053.001.08",
    `<BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>${one}${one}</BkToCstmrStmt>`,
  );
  expect(
    records.map((record) => (record.kind === "entry" ? record.statement : (record as StatementRecord).id)),
  ).toEqual(["M#1", "M#1", "M#2", "M#2"]);
  expect(records[2]!.places.entryMoney).toContain("/Stmt[2]/Ntry[1]/Amt");
});
