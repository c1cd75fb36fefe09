import { expect, test } from "vitest";
import { readAll } from "../read-all.fixture.ts";
import type { OrderRecord } from "../record.ts";
import { madeIbans, madeTransferMessage, readMessage } from "./iso-messages.fixture.ts";

const group = `<GrpHdr><MsgId>M1</MsgId><CreDtTm>2024-03-05T09:30:47Z</CreDtTm><NbOfTxs>1</NbOfTxs></GrpHdr>`;
const money = `<IntrBkSttlmAmt Ccy="EUR">10.5</IntrBkSttlmAmt>`;

async function orderIn(name: string, body: string): Promise<OrderRecord> {
  const { records, skipped } = await readMessage(name, body);
  expect(skipped).toEqual([]);
  expect(records).toHaveLength(1);
  return records[0] as OrderRecord;
}

const customer = (transaction: string, header = group, name = "pacs.008.001.08") =>
  orderIn(name, `<FIToFICstmrCdtTrf>${header}<CdtTrfTxInf>${transaction}</CdtTrfTxInf></FIToFICstmrCdtTrf>`);

test("pacs.008: all that it says, and where it says it", async () => {
  const { records, skipped } = await readAll(madeTransferMessage({ id: "7", amount: "1250.50" }));
  expect(skipped).toEqual([]);
  const order = records[0] as OrderRecord;
  expect(order).toMatchObject({
    kind: "order",
    level: "customer",
    message: "pacs.008.001.08",
    source: { file: "made.xml", message: 1 },
    references: { messageId: "MSG-7", instructionId: "INS-7", endToEndId: "E2E-7", transactionId: "TX-7" },
    settled: { currency: "EUR", amount: "125050" },
    instructed: { currency: "EUR", amount: "125050" },
    settlementDate: "2024-03-06",
    settlementTime: Date.parse("2024-03-06T09:15:00Z"),
    created: Date.parse("2024-03-05T08:30:47Z"),
    debtor: {
      account: { iban: madeIbans[0], other: null, currency: "EUR" },
      party: { name: "Oriol Fabrications 7 GmbH", ids: ["LEI:5299000J2N45DDNE4Y28"], country: "DE" },
      agent: { bic: "AAAADEFF", clearing: "DEBLZ:51210800", name: "Erste Musterbank" },
    },
    creditor: { account: { iban: madeIbans[2] }, party: { name: "Halden Timber 7 Ltd", country: "GB" } },
    ultimateDebtor: { name: "Quarry Holdings 7" },
    ultimateCreditor: null,
    instructing: { bic: "AAAADEFF" },
    instructedAgent: { bic: "BBBBGB2L" },
    intermediaries: [{ bic: "CCCCFRPP", name: "Banque Intermédiaire" }],
    chargeBearer: "SHAR",
    charges: [{ money: { currency: "EUR", amount: "200" }, agent: { bic: "CCCCFRPP" } }],
    remittance: ["Invoice 7, as agreed", "RF18539007547034"],
    purpose: "SUPP",
    underlying: null,
    fate: null,
  });
  expect(order.places.settled).toBe("/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt line 18");
  expect(order.places["debtor.account"]).toBe("/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/DbtrAcct/Id/IBAN line 42");
  expect(order.places["references.messageId"]).toBe("/Document/FIToFICstmrCdtTrf/GrpHdr/MsgId line 5");
  expect(order.notes).toEqual(["/Document/FIToFICstmrCdtTrf/GrpHdr/SttlmInf/SttlmMtd line 8: INDA"]);
});

test("every place leads to the value, by XPath and line", async () => {
  const text = madeTransferMessage({ id: "7" });
  const [order] = (await readAll(text)).records;
  const lines = text.split("\n");
  for (const place of Object.values(order!.places)) {
    const [, path = "", line = ""] = /^(\S+) line (\d+)/u.exec(place) ?? [];
    const [, element] = /([A-Za-z0-9]+)(?:\[\d+\])?$/u.exec(path) ?? [];
    expect(lines[Number(line) - 1]).toContain(`<${element}`);
  }
});

test("the group's date, agents and total stand for those that the transaction does not have", async () => {
  const header = `<GrpHdr><MsgId>M1</MsgId><NbOfTxs>1</NbOfTxs>
    <TtlIntrBkSttlmAmt Ccy="EUR">7.10</TtlIntrBkSttlmAmt><IntrBkSttlmDt>2012-02-29</IntrBkSttlmDt>
    <InstgAgt><FinInstnId><BIC>AAAADEFF</BIC></FinInstnId></InstgAgt>
    <InstdAgt><FinInstnId><BIC>BBBBGB2LXXX</BIC></FinInstnId></InstdAgt></GrpHdr>`;
  const order = await customer("<PmtId><TxId>T</TxId></PmtId>", header, "pacs.008.001.02");
  expect(order).toMatchObject({
    settled: { currency: "EUR", amount: "710" },
    settlementDate: "2012-02-29",
    instructing: { bic: "AAAADEFF" },
    instructedAgent: { bic: "BBBBGB2L" },
  });
  expect(order.places.settled).toContain("GrpHdr/TtlIntrBkSttlmAmt");
});

test("the first versions: message named by its identifier, CmbndId, NmAndAdr, BBAN, PrtryAcct, ChrgsAmt", async () => {
  const order = await orderIn(
    "pacs.008.001.01",
    `<pacs.008.001.01>${group}<CdtTrfTxInf>${money}
      <ChrgsInf><ChrgsAmt Ccy="EUR">1</ChrgsAmt><ChrgsPty><FinInstnId><BIC>CCCCFRPP</BIC></FinInstnId>
      </ChrgsPty></ChrgsInf>
      <Dbtr><Nm>Ada</Nm><Id><PrvtId><PsptNb>P123</PsptNb><Issr>XX</Issr></PrvtId><PrvtId><TaxIdNb>9</TaxIdNb>
      </PrvtId></Id></Dbtr>
      <DbtrAcct><Id><BBAN>539007547034</BBAN></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><CmbndId><BIC>AAAADEFF</BIC><Nm>Erste</Nm></CmbndId></FinInstnId></DbtrAgt>
      <Cdtr><Nm>Bo</Nm><Id><OrgId><BEI>DDDDFRPP</BEI><PrtryId><Id>77</Id><Issr>REG</Issr></PrtryId></OrgId></Id></Cdtr>
      <CdtrAcct><Id><PrtryAcct><Id>A-9</Id></PrtryAcct></Id></CdtrAcct>
      <CdtrAgt><FinInstnId><NmAndAdr><Nm>Some Bank</Nm></NmAndAdr></FinInstnId></CdtrAgt>
    </CdtTrfTxInf></pacs.008.001.01>`,
  );
  expect(order).toMatchObject({
    message: "pacs.008.001.01",
    settled: { amount: "1050" },
    charges: [{ money: { amount: "100" }, agent: { bic: "CCCCFRPP" } }],
    debtor: { account: { other: "539007547034" }, agent: { bic: "AAAADEFF", name: "Erste" }, party: { name: "Ada" } },
    creditor: { account: { other: "A-9" }, agent: { bic: null, name: "Some Bank" } },
  });
  expect(order.debtor.party!.ids).toEqual(["PsptNb:P123", "TaxIdNb:9"]);
  expect(order.creditor.party!.ids).toEqual(["BIC:DDDDFRPP", "REG:77"]);
});

test("banks by clearing id, LEI or another id; people by birth and passport", async () => {
  const order = await customer(`${money}
    <Dbtr><Nm>Cy</Nm><Id><PrvtId><DtAndPlcOfBirth><BirthDt>1970-01-02</BirthDt><CityOfBirth>Ulm</CityOfBirth>
      <CtryOfBirth>DE</CtryOfBirth></DtAndPlcOfBirth><Othr><Id>C01</Id><SchmeNm><Cd>CCPT</Cd></SchmeNm></Othr>
      </PrvtId></Id></Dbtr>
    <DbtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Prtry>LOCAL</Prtry></ClrSysId><MmbId>12</MmbId></ClrSysMmbId>
      </FinInstnId></DbtrAgt>
    <CdtrAgt><FinInstnId><LEI>5299000J2N45DDNE4Y28</LEI></FinInstnId></CdtrAgt>
    <IntrmyAgt1><FinInstnId><Othr><Id>K7</Id><SchmeNm><Prtry>HOUSE</Prtry></SchmeNm></Othr></FinInstnId></IntrmyAgt1>
    <IntrmyAgt2><FinInstnId><ClrSysMmbId><MmbId>34</MmbId></ClrSysMmbId></FinInstnId></IntrmyAgt2>`);
  expect(order.debtor.party!.ids).toEqual(["BIRTH:1970-01-02,Ulm,DE", "CCPT:C01"]);
  expect(order.debtor.agent!.clearing).toBe("LOCAL:12");
  expect(order.creditor.agent!.clearing).toBe("LEI:5299000J2N45DDNE4Y28");
  expect(order.intermediaries.map(({ clearing }) => clearing)).toEqual(["HOUSE:K7", "34"]);
});

test("what is no IBAN or BIC is kept, with a note; what is one under another name is one", async () => {
  const order = await customer(`${money}
    <DbtrAcct><Id><IBAN>DE00512108001245126199</IBAN></Id></DbtrAcct>
    <DbtrAgt><FinInstnId><BICFI>AAAA</BICFI><Nm>Erste</Nm></FinInstnId></DbtrAgt>
    <CdtrAcct><Id><Othr><Id>gb82 west 1234 5698 7654 32</Id></Othr></Id></CdtrAcct>`);
  expect(order.debtor.account).toEqual({ iban: null, other: "DE00512108001245126199", currency: null });
  expect(order.debtor.agent).toEqual({ bic: null, clearing: null, name: "Erste" });
  expect(order.creditor.account).toEqual({ iban: madeIbans[2], other: null, currency: null });
  expect(order.notes).toEqual([
    expect.stringMatching(/DbtrAcct\/Id\/IBAN line \d+: kept as another id, because as an IBAN its check digits/u),
    expect.stringContaining('"AAAA" is no BIC'),
  ]);
});

test.each([
  ["JPY", "1000", "1000"],
  ["JPY", "1000.00", "1000"],
  ["KWD", "1.5", "1500"],
  ["EUR", "0.1", "10"],
  ["EUR", ".5", "50"],
  ["EUR", "5.", "500"],
  ["EUR", "+007", "700"],
  ["EUR", "0.00", "0"],
  ["CLF", "1.2345", "12345"],
  ["USD", "123456789012345678.99", "12345678901234567899"],
  ["USD", "1.23457888e+06", "123457888"],
  ["USD", "6E2", "60000"],
  ["USD", "150e-1", "1500"],
])("%s %s is %s of the smallest unit", async (currency, text, amount) => {
  const order = await customer(`<IntrBkSttlmAmt Ccy="${currency}"> ${text} </IntrBkSttlmAmt>`);
  expect(order.settled).toEqual({ currency, amount });
});

test.each([
  ["EUR", "1.005", '"1.005" has more decimals than EUR'],
  ["JPY", "1.5", '"1.5" has more decimals than JPY'],
  ["EUR", "-1.00", '"-1.00" is negative'],
  ["EUR", "1,50", '"1,50" is no amount'],
  ["EUR", "1.5.0", '"1.5.0" is no amount'],
  ["EUR", "", '"" is no amount'],
  ["EUR", ".", '"." is no amount'],
  ["EUR", "1e-3", '"1e-3" has more decimals than EUR'],
  ["EUR", "1e999", '"1e999" is no amount'],
  ["", "1", '"1" has no currency'],
  ["eur", "1", '"1" has the currency "eur"'],
  ["__proto__", "1", "has the currency"],
])("an amount of %j that is %j sets its transaction aside, and the next one is read", async (currency, text, why) => {
  const bad = `<CdtTrfTxInf>\n<IntrBkSttlmAmt Ccy="${currency}">${text}</IntrBkSttlmAmt></CdtTrfTxInf>`;
  const header = group.replace("<NbOfTxs>1", "<NbOfTxs>2");
  const { records, skipped } = await readMessage(
    "pacs.008.001.08",
    `<FIToFICstmrCdtTrf>${header}${bad}<CdtTrfTxInf>${money}</CdtTrfTxInf></FIToFICstmrCdtTrf>`,
  );
  expect(records).toHaveLength(1);
  expect(skipped).toEqual([{ file: "made.xml", offset: expect.any(Number), reason: expect.stringContaining(why) }]);
  expect(skipped[0]!.reason).toContain("/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt line 2");
  expect(records[0]!.places.settled).toContain("CdtTrfTxInf[2]");
});

test("dates and times that are none are null, with a note; without a zone UTC is taken, and said", async () => {
  const header = `<GrpHdr><MsgId>M</MsgId><CreDtTm>2024-03-05T09:30:47.123456</CreDtTm></GrpHdr>`;
  const order = await customer(
    `${money}<IntrBkSttlmDt>2023-02-29</IntrBkSttlmDt><SttlmTmIndctn><DbtDtTm>10:00</DbtDtTm></SttlmTmIndctn>`,
    header,
  );
  expect(order.created).toBe(Date.parse("2024-03-05T09:30:47.123Z"));
  expect(order.places.created).toBe("/Document/FIToFICstmrCdtTrf/GrpHdr/CreDtTm line 1, no time zone: taken as UTC");
  expect([order.settlementDate, order.settlementTime]).toEqual([null, null]);
  expect(order.notes!.join()).toMatch(/"2023-02-29" is no day.*"10:00" is no time/u);
  const zoned = await customer(`${money}<IntrBkSttlmDt>2024-02-29+01:00</IntrBkSttlmDt>`);
  expect(zoned.settlementDate).toBe("2024-02-29");
});

test("a count that is wrong is told", async () => {
  const { records, skipped } = await readMessage(
    "pacs.008.001.08",
    `<FIToFICstmrCdtTrf>${group.replace("<NbOfTxs>1", "<NbOfTxs>3")}<CdtTrfTxInf>${money}</CdtTrfTxInf>
      </FIToFICstmrCdtTrf>`,
  );
  expect(records).toHaveLength(1);
  expect(skipped[0]!.reason).toContain("it says that it has 3 transactions, and it has 1");
});

test("a transaction without any amount is set aside", async () => {
  const { records, skipped } = await readMessage(
    "pacs.008.001.08",
    `<FIToFICstmrCdtTrf>${group}<CdtTrfTxInf><PmtId><TxId>T</TxId></PmtId></CdtTrfTxInf></FIToFICstmrCdtTrf>`,
  );
  expect(records).toEqual([]);
  expect(skipped[0]!.reason).toContain("CdtTrfTxInf[1] line 1: has no amount");
});

const bankEnds = `<Dbtr><FinInstnId><BICFI>AAAADEFFXXX</BICFI></FinInstnId></Dbtr>
  <Cdtr><FinInstnId><BICFI>BBBBGB2LXXX</BICFI></FinInstnId></Cdtr>`;

test("pacs.009: a bank that pays in its own name is the side's agent; with an account it owns it", async () => {
  for (const root of ["FICdtTrf", "FinInstnCdtTrf"]) {
    const own = await orderIn(
      "pacs.009.001.08",
      `<${root}>${group}<CdtTrfTxInf>${money}${bankEnds}</CdtTrfTxInf></${root}>`,
    );
    expect(own).toMatchObject({ level: "bank", underlying: null });
    expect(own.debtor).toEqual({ account: null, party: null, agent: { bic: "AAAADEFF", clearing: null, name: null } });
  }
  const withAccount = await orderIn(
    "pacs.009.001.08",
    `<FICdtTrf>${group}<CdtTrfTxInf>${money}${bankEnds}
      <DbtrAcct><Id><Othr><Id>NOSTRO-1</Id></Othr></Id></DbtrAcct>
      <DbtrAgt><FinInstnId><BICFI>EEEEUS33</BICFI></FinInstnId></DbtrAgt></CdtTrfTxInf></FICdtTrf>`,
  );
  expect(withAccount.debtor).toEqual({
    account: { iban: null, other: "NOSTRO-1", currency: null },
    party: { name: "AAAADEFF", ids: ["BIC:AAAADEFF"], country: "DE" },
    agent: { bic: "EEEEUS33", clearing: null, name: null },
  });
});

test("pacs.009 COV: the cover, and the payment that it covers", async () => {
  const cover = await orderIn(
    "pacs.009.001.08",
    `<FICdtTrf>${group}<CdtTrfTxInf><PmtId><EndToEndId>INS-7</EndToEndId>
      <UETR>8A562C67-ca16-48ba-b074-65581be6f011</UETR></PmtId>
      ${money}${bankEnds}<UndrlygCstmrCdtTrf><Dbtr><Nm>Ada</Nm></Dbtr>
      <DbtrAcct><Id><IBAN>${madeIbans[0]}</IBAN></Id></DbtrAcct><Cdtr><Nm>Bo</Nm></Cdtr>
      <CdtrAgt><FinInstnId><BICFI>BBBBGB2L</BICFI></FinInstnId></CdtrAgt><RmtInf><Ustrd>for wood</Ustrd></RmtInf>
      <InstdAmt Ccy="EUR">11</InstdAmt></UndrlygCstmrCdtTrf></CdtTrfTxInf></FICdtTrf>`,
  );
  expect(cover).toMatchObject({
    level: "cover",
    instructed: null,
    references: { endToEndId: "INS-7", related: "INS-7", uetr: "8A562C67-ca16-48ba-b074-65581be6f011" },
    remittance: ["for wood"],
    underlying: {
      debtor: { party: { name: "Ada" }, account: { iban: madeIbans[0] } },
      creditor: { party: { name: "Bo" }, agent: { bic: "BBBBGB2L" } },
      instructed: { currency: "EUR", amount: "1100" },
    },
  });
});

test("pain.001: each transaction is an order of the one debtor; pain.013 asks in the same form", async () => {
  const payment = (element: string) => `<PmtInf><PmtInfId>P1</PmtInfId><PmtMtd>TRF</PmtMtd>
    <ReqdExctnDt><Dt>2024-05-06</Dt></ReqdExctnDt><Dbtr><Nm>Ada</Nm></Dbtr>
    <DbtrAcct><Id><IBAN>${madeIbans[0]}</IBAN></Id></DbtrAcct><DbtrAgt><FinInstnId><BICFI>AAAADEFF</BICFI>
      </FinInstnId></DbtrAgt>
    <ChrgBr>SLEV</ChrgBr>
    <${element}><PmtId><EndToEndId>E1</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">5</InstdAmt></Amt><Cdtr>
      <Nm>Bo</Nm></Cdtr>
    <CdtrAcct><Id><IBAN>${madeIbans[1]}</IBAN></Id></CdtrAcct></${element}>
    <${element}><PmtId><EndToEndId>E2</EndToEndId></PmtId><Amt><EqvtAmt><Amt Ccy="EUR">6</Amt>
      <CcyOfTrf>USD</CcyOfTrf></EqvtAmt></Amt>
    <Cdtr><Nm>Cy</Nm></Cdtr></${element}></PmtInf>`;
  const header = group.replace("<NbOfTxs>1", "<NbOfTxs>2");
  const cases = [
    ["pain.001.001.09", "CstmrCdtTrfInitn", "CdtTrfTxInf"],
    ["pain.013.001.07", "CdtrPmtActvtnReq", "CdtTrfTx"],
  ] as const;
  for (const [name, root, element] of cases) {
    const { records, skipped } = await readMessage(name, `<${root}>${header}${payment(element)}</${root}>`);
    expect(skipped).toEqual([]);
    expect(records).toMatchObject([
      {
        level: "initiation",
        settled: null,
        instructed: { amount: "500" },
        settlementDate: "2024-05-06",
        chargeBearer: "SLEV",
      },
      { debtor: { party: { name: "Ada" }, account: { iban: madeIbans[0] } }, creditor: { party: { name: "Cy" } } },
    ]);
    expect(records[1]!.notes!.some((note) => /CcyOfTrf line \d+: USD$/u.test(note))).toBe(true);
  }
  const old = await readMessage(
    "pain.001.001.03",
    `<CstmrCdtTrfInitn>${header}
     ${payment("CdtTrfTxInf").replace("<Dt>2024-05-06</Dt>", "2024-05-06")}</CstmrCdtTrfInitn>`,
  );
  expect(old.records[0]).toMatchObject({ settlementDate: "2024-05-06" });
});
