import { expect, test } from "vitest";
import { readMessage } from "./iso-messages.fixture.ts";

const group = `<GrpHdr><MsgId>M1</MsgId><CreDtTm>2024-03-05T09:30:47Z</CreDtTm></GrpHdr>`;
const uetr = "8a562c67-ca16-48ba-b074-65581be6f011";
const originalGroup = `<OrgnlMsgId>MSG-7</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId>`;
const ids = `<OrgnlInstrId>I</OrgnlInstrId><OrgnlEndToEndId>E</OrgnlEndToEndId><OrgnlTxId>T</OrgnlTxId>
  <OrgnlUETR>${uetr}</OrgnlUETR>`;

async function recordsIn(name: string, body: string) {
  const { records, skipped } = await readMessage(name, body);
  expect(skipped).toEqual([]);
  return records;
}

test("pacs.002: the status of a transaction, with the original's group inside or above it", async () => {
  const inside = `<TxInfAndSts><OrgnlGrpInf>${originalGroup}</OrgnlGrpInf>${ids}<TxSts>RJCT</TxSts>
    <StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></StsRsnInf>
    <OrgnlTxRef><IntrBkSttlmAmt Ccy="EUR">10</IntrBkSttlmAmt><IntrBkSttlmDt>2024-03-06</IntrBkSttlmDt>
      </OrgnlTxRef></TxInfAndSts>`;
  const above = `<OrgnlGrpInfAndSts>${originalGroup}</OrgnlGrpInfAndSts>
    <TxInfAndSts>${ids}<TxSts>ACSC</TxSts><FctvIntrBkSttlmDt><Dt>2024-03-07</Dt></FctvIntrBkSttlmDt></TxInfAndSts>`;
  const records = [
    ...(await recordsIn("pacs.002.001.10", `<FIToFIPmtStsRpt>${group}${inside}</FIToFIPmtStsRpt>`)),
    ...(await recordsIn("pacs.002.001.03", `<FIToFIPmtStsRpt>${group}${above}</FIToFIPmtStsRpt>`)),
  ];
  const original = {
    messageId: "MSG-7",
    messageName: "pacs.008.001.08",
    instructionId: "I",
    endToEndId: "E",
    transactionId: "T",
    uetr,
  };
  expect(records).toMatchObject([
    {
      kind: "status",
      status: "RJCT",
      reason: "AC04",
      original: { ...original, money: { currency: "EUR", amount: "1000" }, settlementDate: "2024-03-06" },
    },
    {
      kind: "status",
      status: "ACSC",
      reason: null,
      original: { ...original, money: null, settlementDate: "2024-03-07" },
    },
  ]);
  expect(records[0]!.notes).toEqual([expect.stringMatching(/AddtlInf line \d+: closed$/u)]);
  expect(records[0]!.places["original.uetr"]).toMatch(/TxInfAndSts\[1\]\/OrgnlUETR line \d+$/u);
});

test("pain.002: a whole message; of a batch inside it only words", async () => {
  const records = await recordsIn(
    "pain.002.001.10",
    `<CstmrPmtStsRpt>${group}<OrgnlGrpInfAndSts>${originalGroup}<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
     <OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn>
      <Cd>AM04</Cd></Rsn></StsRsnInf></OrgnlPmtInfAndSts>
     <OrgnlPmtInfAndSts><OrgnlPmtInfId>P2</OrgnlPmtInfId><TxInfAndSts>${ids}<TxSts>ACSP</TxSts></TxInfAndSts>
      </OrgnlPmtInfAndSts></CstmrPmtStsRpt>`,
  );
  expect(records).toMatchObject([
    { kind: "status", status: "PART", original: { messageId: "MSG-7", uetr: null } },
    { kind: "text", text: "Payment information P1: RJCT, AM04", references: { related: "P1" } },
    { kind: "status", status: "ACSP", original: { messageId: "MSG-7", uetr } },
  ]);
});

test("a status that says none is set aside", async () => {
  const { records, skipped } = await readMessage(
    "pacs.002.001.10",
    `<FIToFIPmtStsRpt>${group}<TxInfAndSts>${ids}</TxInfAndSts></FIToFIPmtStsRpt>`,
  );
  expect(records).toEqual([]);
  expect(skipped[0]!.reason).toContain("TxInfAndSts[1] line 1: has no status");
});

test("pacs.004: what comes back, of which payment, from whom to whom, and what it cost", async () => {
  const [record] = await recordsIn(
    "pacs.004.001.10",
    `<PmtRtr>${group}<TxInf><RtrId>R1</RtrId><OrgnlGrpInf>${originalGroup}</OrgnlGrpInf>${ids}
     <OrgnlIntrBkSttlmAmt Ccy="EUR">10</OrgnlIntrBkSttlmAmt><RtrdIntrBkSttlmAmt Ccy="EUR">9</RtrdIntrBkSttlmAmt>
     <IntrBkSttlmDt>2024-03-08</IntrBkSttlmDt><RtrdInstdAmt Ccy="EUR">9.5</RtrdInstdAmt>
     <ChrgsInf><Amt Ccy="EUR">1</Amt><Agt><FinInstnId><BICFI>BBBBGB2L</BICFI></FinInstnId></Agt></ChrgsInf>
     <RtrChain><Dbtr><Pty><Nm>Bo</Nm></Pty></Dbtr><DbtrAgt><FinInstnId><BICFI>BBBBGB2L</BICFI></FinInstnId></DbtrAgt>
     <Cdtr><Agt><FinInstnId><BICFI>AAAADEFF</BICFI></FinInstnId></Agt></Cdtr></RtrChain>
     <RtrRsnInf><Rsn><Cd>AC04</Cd></Rsn></RtrRsnInf></TxInf></PmtRtr>`,
  );
  expect(record).toMatchObject({
    kind: "return",
    references: { messageId: "M1", transactionId: "R1" },
    original: { messageId: "MSG-7", uetr, money: { amount: "1000" } },
    returned: { currency: "EUR", amount: "900" },
    settlementDate: "2024-03-08",
    reason: "AC04",
    charges: [{ money: { amount: "100" }, agent: { bic: "BBBBGB2L" } }],
    debtor: { party: { name: "Bo" }, agent: { bic: "BBBBGB2L" } },
    creditor: { party: { name: "AAAADEFF", ids: ["BIC:AAAADEFF"] } },
  });
});

test("pacs.004 of an old version, and a returned amount that says nothing", async () => {
  const of = (amounts: string) => `<PmtRtr><GrpHdr><MsgId>M1</MsgId><IntrBkSttlmDt>2012-03-08</IntrBkSttlmDt></GrpHdr>
    <OrgnlGrpInf>${originalGroup}</OrgnlGrpInf><TxInf><RtrId>R1</RtrId>${ids}${amounts}</TxInf></PmtRtr>`;
  const instructed = `<RtrdInstdAmt Ccy="EUR">9.5</RtrdInstdAmt>`;
  const [record] = await recordsIn(
    "pacs.004.001.02",
    of(`<RtrdIntrBkSttlmAmt Ccy="">0</RtrdIntrBkSttlmAmt>${instructed}`),
  );
  expect(record).toMatchObject({
    original: { messageId: "MSG-7" },
    settlementDate: "2012-03-08",
    returned: { amount: "950" },
    debtor: null,
  });
  expect(record!.notes!.join()).toContain("says no amount; the instructed amount of the return is taken");
  for (const amounts of [
    "",
    `<RtrdIntrBkSttlmAmt Ccy="">0</RtrdIntrBkSttlmAmt>`,
    `<RtrdIntrBkSttlmAmt Ccy="">5</RtrdIntrBkSttlmAmt>${instructed}`,
  ]) {
    const { records, skipped } = await readMessage("pacs.004.001.02", of(amounts));
    expect(records).toEqual([]);
    expect(skipped[0]!.reason).toMatch(/has no (?:currency|returned amount)/u);
  }
});

const assignment = `<Assgnmt><Id>A1</Id><CreDtTm>2024-03-09T10:00:00Z</CreDtTm></Assgnmt>`;

test("camt.056 and camt.055: a recall of transactions, or of a whole message", async () => {
  const one = `<TxInf><CxlId>X1</CxlId><Case><Id>CASE</Id></Case><OrgnlGrpInf>${originalGroup}</OrgnlGrpInf>${ids}
    <OrgnlIntrBkSttlmAmt Ccy="EUR">10</OrgnlIntrBkSttlmAmt><CxlRsnInf><Rsn><Cd>FRAD</Cd></Rsn></CxlRsnInf></TxInf>`;
  const all = `<OrgnlGrpInfAndCxl>${originalGroup}<CxlRsnInf><Rsn><Prtry>OURS</Prtry></Rsn></CxlRsnInf>
      </OrgnlGrpInfAndCxl>`;
  const under = (name: string, root: string, undrlyg: string) =>
    recordsIn(name, `<${root}>${assignment}<Case><Id>ABOVE</Id></Case><Undrlyg>${undrlyg}</Undrlyg></${root}>`);
  expect(await under("camt.056.001.08", "FIToFIPmtCxlReq", one)).toMatchObject([
    {
      kind: "recall",
      created: Date.parse("2024-03-09T10:00:00Z"),
      references: { messageId: "A1", transactionId: "X1", related: "CASE" },
      original: { messageId: "MSG-7", uetr, endToEndId: "E", money: { amount: "1000" } },
      reason: "FRAD",
    },
  ]);
  expect(await under("camt.056.001.08", "FIToFIPmtCxlReq", all)).toMatchObject([
    { kind: "recall", references: { related: "ABOVE" }, original: { messageId: "MSG-7", uetr: null }, reason: "OURS" },
  ]);
  const above = `<OrgnlGrpInfAndCxl>${originalGroup}</OrgnlGrpInfAndCxl><TxInf>${ids}</TxInf><TxInf>${ids}</TxInf>`;
  expect(await under("camt.056.001.01", "FIToFIPmtCxlReq", above)).toMatchObject([
    { original: { messageId: "MSG-7", uetr } },
    { original: { messageId: "MSG-7", uetr } },
  ]);
  const customer = `<OrgnlPmtInfAndCxl><OrgnlPmtInfId>P1</OrgnlPmtInfId><OrgnlGrpInf>${originalGroup}</OrgnlGrpInf>
    <TxInf><OrgnlEndToEndId>E</OrgnlEndToEndId></TxInf></OrgnlPmtInfAndCxl>`;
  expect(await under("camt.055.001.08", "CstmrPmtCxlReq", customer)).toMatchObject([
    { kind: "recall", original: { messageId: "MSG-7", endToEndId: "E" } },
  ]);
});

test.each([
  ["<Sts><Conf>CNCL</Conf></Sts>", `<TxInfAndSts>${ids}</TxInfAndSts>`, "accepted", "CNCL"],
  ["<Sts><Conf>RJCR</Conf></Sts>", `<TxInfAndSts>${ids}</TxInfAndSts>`, "rejected", "RJCR"],
  ["<Sts><Conf>INFO</Conf></Sts>", `<TxInfAndSts>${ids}</TxInfAndSts>`, "pending", "INFO"],
  ["<Sts><Conf>CNCL</Conf></Sts>", `<TxInfAndSts>${ids}<TxCxlSts>RJCR</TxCxlSts></TxInfAndSts>`, "rejected", "RJCR"],
  ["<Sts><Conf>PDCR</Conf></Sts>", `<TxInfAndSts>${ids}<TxCxlSts>ACCR</TxCxlSts></TxInfAndSts>`, "accepted", "ACCR"],
  ["", `<OrgnlGrpInfAndSts>${originalGroup}<GrpCxlSts>PDCR</GrpCxlSts></OrgnlGrpInfAndSts>`, "pending", "PDCR"],
  ["<Sts><RjctdMod><Cd>X</Cd></RjctdMod></Sts>", `<TxInfAndSts>${ids}</TxInfAndSts>`, "rejected", "RJCT"],
  ["<Sts><Conf>constructor</Conf></Sts>", `<TxInfAndSts>${ids}</TxInfAndSts>`, "pending", "constructor"],
])("camt.029: %s with %s is %s", async (status, inside, answer, code) => {
  const [record, ...others] = await recordsIn(
    "camt.029.001.09",
    `<RsltnOfInvstgtn>${assignment}<RslvdCase><Id>CASE</Id></RslvdCase>${status}<CxlDtls>${inside}</CxlDtls>
      </RsltnOfInvstgtn>`,
  );
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    kind: "recall-answer",
    answer,
    code,
    references: { messageId: "A1", related: "CASE" },
  });
});

test("camt.029 without details answers its case; the reason of a no is told", async () => {
  const [bare] = await recordsIn(
    "camt.029.001.03",
    `<RsltnOfInvstgtn>${assignment}<RslvdCase><Id>CASE</Id></RslvdCase><Sts><Conf>CNCL</Conf></Sts></RsltnOfInvstgtn>`,
  );
  expect(bare).toMatchObject({
    answer: "accepted",
    original: { uetr: null, messageId: null },
    references: { related: "CASE" },
  });
  const [refused] = await recordsIn(
    "camt.029.001.09",
    `<RsltnOfInvstgtn>${assignment}<Sts><Conf>RJCR</Conf></Sts><CxlDtls><TxInfAndSts>${ids}<CxlStsRsnInf><Rsn>
      <Cd>CUST</Cd></Rsn>
     <AddtlInf>no</AddtlInf></CxlStsRsnInf></TxInfAndSts></CxlDtls></RsltnOfInvstgtn>`,
  );
  expect(refused!.notes!.join()).toMatch(/AddtlInf line \d+: no.*Rsn\/Cd line \d+: CUST/u);
});

test("camt.110 and camt.111 are words, with the payment that they are about", async () => {
  const [asked] = await recordsIn(
    "camt.110.001.01",
    `<InvstgtnReq><InvstgtnReq><MsgId>Q1</MsgId><InvstgtnTp><Cd>UTAP</Cd></InvstgtnTp><Undrlyg><IntrBk>
     <OrgnlGrpInf>${originalGroup}</OrgnlGrpInf>${ids}</IntrBk></Undrlyg></InvstgtnReq>
     <InvstgtnData><Rsn><Cd>IN14</Cd></Rsn></InvstgtnData></InvstgtnReq>`,
  );
  expect(asked).toMatchObject({
    kind: "text",
    references: { messageId: "Q1", uetr, endToEndId: "E", related: "MSG-7" },
    text: "InvstgtnTp/Cd: UTAP\nRsn/Cd: IN14",
  });
  const [answered] = await recordsIn(
    "camt.111.001.01",
    `<InvstgtnRspn><InvstgtnRspn><MsgId>A1</MsgId><InvstgtnData><RspnNrrtv>It is 567.</RspnNrrtv>
      </InvstgtnData></InvstgtnRspn>
     <OrgnlInvstgtnReq><MsgId>Q1</MsgId></OrgnlInvstgtnReq></InvstgtnRspn>`,
  );
  expect(answered).toMatchObject({
    references: { messageId: "A1", related: "Q1" },
    text: "InvstgtnData/RspnNrrtv: It is 567.",
  });
});
