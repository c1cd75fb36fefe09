import { type IsoRead, readAll } from "../read-all.fixture.ts";

/** Invented banks and accounts. The IBANs have right check digits. */
export const madeIbans = ["DE75512108001245126199", "FR1420041010050500013M02606", "GB82WEST12345698765432"] as const;

export interface MadeTransfer {
  readonly id: string;
  readonly amount?: string;
  readonly currency?: string;
}

/** A pacs.008 of one transaction, of about 3 kB, as banks send it: structured addresses, charges, references. */
export function madeTransferMessage({ id, amount = "1250.50", currency = "EUR" }: MadeTransfer): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08">
  <FIToFICstmrCdtTrf>
    <GrpHdr>
      <MsgId>MSG-${id}</MsgId>
      <CreDtTm>2024-03-05T09:30:47+01:00</CreDtTm>
      <NbOfTxs>1</NbOfTxs>
      <SttlmInf><SttlmMtd>INDA</SttlmMtd></SttlmInf>
    </GrpHdr>
    ${madeTransaction({ id, amount, currency })}
  </FIToFICstmrCdtTrf>
</Document>
`;
}

/** One `CdtTrfTxInf` of a pacs.008. */
export function madeTransaction({ id, amount = "1250.50", currency = "EUR" }: MadeTransfer): string {
  return `<CdtTrfTxInf>
      <PmtId>
        <InstrId>INS-${id}</InstrId>
        <EndToEndId>E2E-${id}</EndToEndId>
        <TxId>TX-${id}</TxId>
        <UETR>${madeUetr(id)}</UETR>
      </PmtId>
      <PmtTpInf><SvcLvl><Cd>G001</Cd></SvcLvl></PmtTpInf>
      <IntrBkSttlmAmt Ccy="${currency}">${amount}</IntrBkSttlmAmt>
      <IntrBkSttlmDt>2024-03-06</IntrBkSttlmDt>
      <SttlmTmIndctn><CdtDtTm>2024-03-06T10:15:00+01:00</CdtDtTm></SttlmTmIndctn>
      <InstdAmt Ccy="${currency}">${amount}</InstdAmt>
      <ChrgBr>SHAR</ChrgBr>
      <ChrgsInf>
        <Amt Ccy="${currency}">2.00</Amt>
        <Agt><FinInstnId><BICFI>CCCCFRPPXXX</BICFI></FinInstnId></Agt>
      </ChrgsInf>
      <InstgAgt><FinInstnId><BICFI>AAAADEFFXXX</BICFI></FinInstnId></InstgAgt>
      <InstdAgt><FinInstnId><BICFI>BBBBGB2LXXX</BICFI></FinInstnId></InstdAgt>
      <IntrmyAgt1><FinInstnId><BICFI>CCCCFRPPXXX</BICFI><Nm>Banque Intermédiaire</Nm></FinInstnId></IntrmyAgt1>
      <UltmtDbtr><Nm>Quarry Holdings ${id}</Nm></UltmtDbtr>
      <Dbtr>
        <Nm>Oriol Fabrications ${id} GmbH</Nm>
        <PstlAdr>
          <StrtNm>Hafenstrasse</StrtNm>
          <BldgNb>12</BldgNb>
          <PstCd>20457</PstCd>
          <TwnNm>Hamburg</TwnNm>
          <Ctry>DE</Ctry>
        </PstlAdr>
        <Id><OrgId><LEI>5299000J2N45DDNE4Y28</LEI></OrgId></Id>
      </Dbtr>
      <DbtrAcct><Id><IBAN>${madeIbans[0]}</IBAN></Id><Ccy>${currency}</Ccy></DbtrAcct>
      <DbtrAgt>
        <FinInstnId>
          <BICFI>AAAADEFFXXX</BICFI>
          <ClrSysMmbId><ClrSysId><Cd>DEBLZ</Cd></ClrSysId><MmbId>51210800</MmbId></ClrSysMmbId>
          <Nm>Erste Musterbank</Nm>
        </FinInstnId>
      </DbtrAgt>
      <CdtrAgt>
        <FinInstnId>
          <BICFI>BBBBGB2LXXX</BICFI>
          <Nm>Sample Bank plc</Nm>
        </FinInstnId>
      </CdtrAgt>
      <Cdtr>
        <Nm>Halden Timber ${id} Ltd</Nm>
        <PstlAdr>
          <StrtNm>Forest Road</StrtNm>
          <BldgNb>4</BldgNb>
          <PstCd>EC1A 1BB</PstCd>
          <TwnNm>London</TwnNm>
          <Ctry>GB</Ctry>
        </PstlAdr>
      </Cdtr>
      <CdtrAcct><Id><IBAN>${madeIbans[2]}</IBAN></Id></CdtrAcct>
      <Purp><Cd>SUPP</Cd></Purp>
      <RmtInf>
        <Ustrd>Invoice ${id}, as agreed</Ustrd>
        <Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>
      </RmtInf>
    </CdtTrfTxInf>`;
}

/** A UETR (a version 4 UUID) made of a short id. */
export function madeUetr(id: string): string {
  const hex = Buffer.from(id).toString("hex").padStart(12, "0").slice(-12);
  return `00000000-0000-4000-8000-${hex}`;
}

/** Reads one message whose parts below `Document` are given, of a version. */
export async function readMessage(name: string, body: string): Promise<IsoRead> {
  return await readAll(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${name}">${body}</Document>`);
}
