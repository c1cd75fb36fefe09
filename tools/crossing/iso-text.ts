import type { Bank, Holder } from "./parties.ts";

/** A payment between two accounts, as messages write it. */
export interface PaymentText {
  readonly id: string;
  readonly uetr: string;
  /** In euro, `300000.00`. */
  readonly amount: string;
  readonly day: string;
  readonly from: Holder;
  readonly to: Holder;
  readonly about: string;
}

const document = (name: string, body: string) =>
  [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${name}">`,
    `${body}</Document>\n`,
  ].join("\n");

const money = (element: string, amount: string) => `<${element} Ccy="EUR">${amount}</${element}>`;
const agent = (element: string, { bic, name }: Bank) =>
  `<${element}><FinInstnId><BICFI>${bic}</BICFI><Nm>${name}</Nm></FinInstnId></${element}>`;
const party = (element: string, { name, town, country }: Holder) =>
  `<${element}><Nm>${name}</Nm><PstlAdr><TwnNm>${town}</TwnNm><Ctry>${country}</Ctry></PstlAdr></${element}>`;
const account = (element: string, { iban }: Holder) => `<${element}><Id><IBAN>${iban}</IBAN></Id></${element}>`;
const header = (id: string, at: string, inside = "") =>
  `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${at}</CreDtTm>${inside}</GrpHdr>`;

const ends = ({ from, to }: PaymentText) =>
  [
    party("Dbtr", from),
    account("DbtrAcct", from),
    agent("DbtrAgt", from.bank),
    agent("CdtrAgt", to.bank),
    party("Cdtr", to),
    account("CdtrAcct", to),
  ].join("\n      ");

const ids = ({ id, uetr }: PaymentText) =>
  `<PmtId><InstrId>${id}</InstrId><EndToEndId>E-${id}</EndToEndId><TxId>T-${id}</TxId><UETR>${uetr}</UETR></PmtId>`;

/** pacs.008: customers' payments from one bank. @param cover whether the money goes on another way */
export function customerTransfers(
  { id, at, cover }: { readonly id: string; readonly at: string; readonly cover: Bank | null },
  payments: readonly PaymentText[],
): string {
  const settled = cover === null ? "<SttlmMtd>CLRG</SttlmMtd>" : "<SttlmMtd>COVE</SttlmMtd>";
  const between = cover === null ? "" : agent("InstgRmbrsmntAgt", cover);
  const inside = `<NbOfTxs>${payments.length}</NbOfTxs><SttlmInf>${settled}${between}</SttlmInf>`;
  const transactions = payments.map(
    (payment) => `    <CdtTrfTxInf>
      ${ids(payment)}
      ${money("IntrBkSttlmAmt", payment.amount)}
      <IntrBkSttlmDt>${payment.day}</IntrBkSttlmDt>
      ${money("InstdAmt", payment.amount)}
      <ChrgBr>SHAR</ChrgBr>
      ${agent("InstgAgt", payment.from.bank)}${agent("InstdAgt", payment.to.bank)}
      ${ends(payment)}
      <RmtInf><Ustrd>${payment.about}</Ustrd></RmtInf>
    </CdtTrfTxInf>\n`,
  );
  return document(
    "pacs.008.001.08",
    `  <FIToFICstmrCdtTrf>\n    ${header(id, at, inside)}\n${transactions.join("")}  </FIToFICstmrCdtTrf>\n`,
  );
}

/** pacs.009 COV: the money for a payment whose order went straight to the payee's bank. */
export function cover(id: string, at: string, payment: PaymentText, between: Bank): string {
  const { from, to } = payment;
  return document(
    "pacs.009.001.08",
    `  <FICdtTrf>
    ${header(id, at, "<NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf>")}
    <CdtTrfTxInf>
      <PmtId><InstrId>${id}</InstrId><EndToEndId>${payment.id}</EndToEndId><UETR>${payment.uetr}</UETR></PmtId>
      ${money("IntrBkSttlmAmt", payment.amount)}
      <IntrBkSttlmDt>${payment.day}</IntrBkSttlmDt>
      ${agent("InstgAgt", from.bank)}${agent("InstdAgt", between)}
      ${agent("Dbtr", from.bank)}
      ${agent("CdtrAgt", between)}
      ${agent("Cdtr", to.bank)}
      <UndrlygCstmrCdtTrf>
      ${ends(payment)}
      <RmtInf><Ustrd>${payment.about}</Ustrd></RmtInf>
      ${money("InstdAmt", payment.amount)}
      </UndrlygCstmrCdtTrf>
    </CdtTrfTxInf>
  </FICdtTrf>\n`,
  );
}

const original = (message: string, { id, uetr }: PaymentText) =>
  `<OrgnlGrpInf><OrgnlMsgId>${message}</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId></OrgnlGrpInf>
      <OrgnlInstrId>${id}</OrgnlInstrId><OrgnlEndToEndId>E-${id}</OrgnlEndToEndId><OrgnlTxId>T-${id}</OrgnlTxId>
      <OrgnlUETR>${uetr}</OrgnlUETR>`;

const assignment = (id: string, at: string, from: Bank, to: Bank) =>
  `<Assgnmt><Id>${id}</Id><Assgnr>${agent("Agt", from)}</Assgnr><Assgne>${agent("Agt", to)}</Assgne>
      <CreDtTm>${at}</CreDtTm></Assgnmt>`;

/** camt.056: the payer's bank asks for a payment back. */
export function recall(id: string, at: string, payment: PaymentText, message: string): string {
  return document(
    "camt.056.001.08",
    `  <FIToFIPmtCxlReq>
    ${assignment(id, at, payment.from.bank, payment.to.bank)}
    <Undrlyg><TxInf>
      <CxlId>${id}</CxlId><Case><Id>CASE-${id}</Id></Case>
      ${original(message, payment)}
      ${money("OrgnlIntrBkSttlmAmt", payment.amount)}<OrgnlIntrBkSttlmDt>${payment.day}</OrgnlIntrBkSttlmDt>
      <CxlRsnInf><Rsn><Cd>FRAD</Cd></Rsn><AddtlInf>Order was forged</AddtlInf></CxlRsnInf>
    </TxInf></Undrlyg>
  </FIToFIPmtCxlReq>\n`,
  );
}

/** camt.029: the payee's bank agrees. */
export function agreement(id: string, at: string, payment: PaymentText, asked: { recall: string; message: string }) {
  return document(
    "camt.029.001.09",
    `  <RsltnOfInvstgtn>
    ${assignment(id, at, payment.to.bank, payment.from.bank)}
    <RslvdCase><Id>CASE-${asked.recall}</Id></RslvdCase>
    <Sts><Conf>CNCL</Conf></Sts>
    <CxlDtls><TxInfAndSts>
      <CxlStsId>${id}</CxlStsId>
      ${original(asked.message, payment)}
      <TxCxlSts>ACCR</TxCxlSts>
    </TxInfAndSts></CxlDtls>
  </RsltnOfInvstgtn>\n`,
  );
}

/** pacs.004: the money comes back. */
export function giveBack(
  id: string,
  at: string,
  payment: PaymentText,
  { day, message }: { day: string; message: string },
) {
  const header2 = header(id, at, "<NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf>");
  return document(
    "pacs.004.001.09",
    `  <PmtRtr>
    ${header2}
    <TxInf>
      <RtrId>${id}</RtrId>
      ${original(message, payment)}
      ${money("OrgnlIntrBkSttlmAmt", payment.amount)}<OrgnlIntrBkSttlmDt>${payment.day}</OrgnlIntrBkSttlmDt>
      ${money("RtrdIntrBkSttlmAmt", payment.amount)}<IntrBkSttlmDt>${day}</IntrBkSttlmDt>
      ${agent("InstgAgt", payment.to.bank)}${agent("InstdAgt", payment.from.bank)}
      <RtrRsnInf><Rsn><Cd>FOCR</Cd></Rsn></RtrRsnInf>
    </TxInf>
  </PmtRtr>\n`,
  );
}

/** One entry of an account's statement. */
export interface EntryText {
  readonly day: string;
  /** In euro; negative: a debit. */
  readonly amount: string;
  readonly reference: string;
  readonly uetr: string | null;
  readonly endToEnd: string | null;
  readonly other: Holder | null;
  readonly about: string;
}

export interface StatementText {
  readonly id: string;
  readonly of: Holder;
  readonly from: string;
  readonly to: string;
  readonly opening: string;
  readonly entries: readonly EntryText[];
}

/** camt.053, with the closing balance that its entries come to. */
export function statement({ id, of, from, to, opening, entries }: StatementText): string {
  const balance = (code: string, amount: string, day: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${money("Amt", amount)}<CdtDbtInd>CRDT</CdtDbtInd>
        <Dt><Dt>${day}</Dt></Dt></Bal>`;
  const text = entries.map((entry) => entryText(entry)).join("");
  return document(
    "camt.053.001.08",
    `  <BkToCstmrStmt>
    ${header(`M-${id}`, `${to}T23:30:00Z`)}
    <Stmt><Id>${id}</Id><ElctrncSeqNb>${entries.length}</ElctrncSeqNb>
      <FrToDt><FrDtTm>${from}T00:00:00Z</FrDtTm><ToDtTm>${to}T23:59:59Z</ToDtTm></FrToDt>
      <Acct><Id><IBAN>${of.iban}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>${of.name}</Nm></Ownr>
        ${agent("Svcr", of.bank)}</Acct>
      ${balance("OPBD", opening, from)}
      ${balance("CLBD", closingOf(opening, entries), to)}
${text}    </Stmt>
  </BkToCstmrStmt>\n`,
  );
}

function entryText({ day, amount, reference, uetr, endToEnd, other, about }: EntryText): string {
  const isDebit = amount.startsWith("-");
  const references = [
    endToEnd === null ? "" : `<EndToEndId>${endToEnd}</EndToEndId>`,
    uetr === null ? "" : `<UETR>${uetr}</UETR>`,
  ].join("");
  const refs = references === "" ? "" : `<Refs>${references}</Refs>`;
  const [end, ending] = isDebit ? (["Cdtr", "CdtrAcct"] as const) : (["Dbtr", "DbtrAcct"] as const);
  const parties =
    other === null
      ? ""
      : `<RltdPties><${end}><Pty><Nm>${other.name}</Nm></Pty></${end}>${account(ending, other)}</RltdPties>
          <RltdAgts>${agent(`${end}Agt`, other.bank)}</RltdAgts>`;
  return `      <Ntry><NtryRef>${reference}</NtryRef>${money("Amt", amount.replace("-", ""))}
        <CdtDbtInd>${isDebit ? "DBIT" : "CRDT"}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt><AcctSvcrRef>${reference}</AcctSvcrRef>
        <NtryDtls><TxDtls>${refs}${parties}
          <RmtInf><Ustrd>${about}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`;
}

/** Cents of `1250.40`. */
export function centsOf(amount: string): bigint {
  const [, sign, whole, cents] = /^(-?)(\d+)\.(\d{2})$/u.exec(amount)!;
  return (sign === "-" ? -1n : 1n) * (100n * BigInt(whole!) + BigInt(cents!));
}

export function closingOf(opening: string, entries: readonly { readonly amount: string }[]): string {
  const cents = entries.reduce((sum, { amount }) => sum + centsOf(amount), centsOf(opening));
  return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
}
