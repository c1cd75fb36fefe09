import { readMt } from "../library/src/bank/mt/read-mt.ts";
import { type Figure, median } from "./figure.ts";

export const names = ["bank.mt103.messages-per-s"] as const;

const messages = 40_000;
const rounds = 5;

/** One thread, bytes to records: MT103 of 22 lines in FIN blocks, each with an amount and names of its own. */
export async function figures(): Promise<Figure[]> {
  const bytes = madeMessages(messages);
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const from = performance.now();
    let records = 0;
    for await (const batch of readMt(bytes, { file: "made.fin", sha256: "0".repeat(64) }))
      records += batch.records.length;
    // The first round warms the compiler up.
    if (round > 0) times.push(performance.now() - from);
    if (records !== messages) throw new RangeError(`${records} of ${messages} messages were read`);
  }
  const value = (1000 * messages) / median(times);
  const figure = { unit: "messages/s", better: "higher", against: null, skipped: null } as const;
  return [{ ...figure, name: names[0], value, floor: 50_000 }];
}

function madeMessages(count: number): Uint8Array {
  const texts: string[] = [];
  for (let i = 0; i < count; i++) {
    const number = String(i).padStart(8, "0");
    const lines = [
      `:20:PAY-${number}`,
      ":13C:/SNDTIME/1047+0100",
      ":23B:CRED",
      `:32A:2401${String(1 + (i % 28)).padStart(2, "0")}EUR${1000 + i},${i % 100}`,
      `:33B:EUR${1005 + i},${i % 100}`,
      ":50K:/DE89370400440532013000",
      `ORIOL FABRICATIONS ${number} LTD`,
      "12 QUAY STREET",
      "ANYTOWN",
      ":52A:AAAAUS33CHI",
      ":53B:/0011223344",
      ":56A:CCCCFRPPXXX",
      ":57A:BBBBDEFFXXX",
      ":59:/GB82WEST12345698765432",
      `HALDEN TIMBER ${number} OY`,
      "4 FOREST ROAD",
      `:70:INVOICE ${number}`,
      `/ROC/E2E-${number}`,
      ":71A:SHA",
      ":71F:EUR5,",
      ":72:/INS/DDDDITMM",
    ];
    const uetr = `${number}-4a59-4e6f-8b7a-0c1d2e3f4a5b`;
    texts.push(
      `{1:F01AAAAUS33AXXX0031000028}{2:I103BBBBDEFFXXXXN}{3:{108:MUR${number}}{121:${uetr}}}{4:\r\n`,
      `${lines.join("\r\n")}\r\n-}{5:{CHK:0123456789AB}}\r\n`,
    );
  }
  return Buffer.from(texts.join(""), "latin1");
}
