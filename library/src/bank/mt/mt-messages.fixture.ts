import type { BankBatch, ByteSource } from "../bank-file.ts";
import type { BankRecord, SetAside } from "../record.ts";
import { readMt } from "./read-mt.ts";

/** Messages between banks and people that do not exist. */

export const uetr = "6f1d2c3b-4a59-4e6f-8b7a-0c1d2e3f4a5b";

export interface FinOptions {
  readonly type: string;
  readonly lines: readonly string[];
  /** Fields of block 3: `{121:…}`. */
  readonly user?: string;
  readonly trailer?: string;
  readonly isOutput?: boolean;
  readonly lineEnd?: "\r\n" | "\n";
}

/** A message in its blocks: from AAAAUS33 to BBBBDEFF, as the sender keeps it, or the receiver. */
export function fin({
  type,
  lines,
  user,
  trailer = "{5:{CHK:0123456789AB}}",
  isOutput,
  lineEnd = "\r\n",
}: FinOptions): string {
  const [basic, application] =
    isOutput === true
      ? ["{1:F01BBBBDEFFAXXX0042000017}", `{2:O${type}1047240115AAAAUS33AXXX00310000282401151648N}`]
      : ["{1:F01AAAAUS33AXXX0031000028}", `{2:I${type}BBBBDEFFXXXXN}`];
  const block3 = user === undefined ? "" : `{3:${user}}`;
  return `${basic}${application}${block3}{4:${lineEnd}${lines.join(lineEnd)}${lineEnd}-}${trailer}`;
}

export const mt103Lines = [
  ":20:PAY-2024-0001",
  ":13C:/SNDTIME/1047+0100",
  ":23B:CRED",
  ":32A:240115EUR98765,4",
  ":33B:EUR98770,40",
  ":50K:/DE89370400440532013000",
  "ORIOL FABRICATIONS LTD",
  "12 QUAY STREET",
  "ANYTOWN",
  ":52A:AAAAUS33CHI",
  ":53B:/0011223344",
  ":56A:CCCCFRPPXXX",
  ":57D://BL37040044",
  "BANK OF SOMEWHERE",
  ":59:/GB82WEST12345698765432",
  "HALDEN TIMBER OY",
  "4 FOREST ROAD",
  ":70:INVOICE 4711",
  "/ROC/E2E-0001",
  ":71A:SHA",
  ":71F:EUR5,",
  ":72:/INS/DDDDITMM",
] as const;

export const mt103 = fin({ type: "103", lines: mt103Lines, user: `{108:MUR0001}{121:${uetr}}` });

export const mt940Lines = [
  ":20:STMT-0007",
  ":25:DE89370400440532013000",
  ":28C:12/1",
  ":60F:C231229EUR1000,",
  ":61:2401020102D250,75NTRFPAY-77//BREF-1",
  "SUPPLEMENT",
  ":86:166?00SEPA?20EREF+E2E-9?21SVWZ+INVOICE 12 OF?22 JANUARY?30BBBBDEFF",
  "?31DE89370400440532013000?32HALDEN ?33TIMBER OY?34997",
  ":61:2312310102C99,5NMSCNONREF",
  ":86:/EREF/E2E-10//CNTP/NL91ABNA0417164300/CCCCNL2A/J. DOVE/LEIDEN//REMI/USTD//RENT JAN/",
  ":61:240102RC10,NTRFPAY-60",
  ":86:RETURN OF CREDIT",
  ":62F:C240102EUR838,75",
  ":64:C240102EUR838,75",
  ":86:END OF STATEMENT",
] as const;

const file = { file: "made.fin", sha256: "0".repeat(64) };

/** All that a source comes to. */
export async function readAll(input: ByteSource | string): Promise<{ records: BankRecord[]; skipped: SetAside[] }> {
  const all: BankBatch = { records: [], skipped: [] };
  for await (const { records, skipped } of readMt(
    typeof input === "string" ? Buffer.from(input, "latin1") : input,
    file,
  )) {
    for (const record of records) all.records.push(record);
    for (const one of skipped) all.skipped.push(one);
  }
  return all;
}
