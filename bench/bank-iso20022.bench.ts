import { madeTransferMessage } from "../library/src/bank/iso20022/iso-messages.fixture.ts";
import { readIso20022 } from "../library/src/bank/iso20022/read-iso20022.ts";
import { type Figure, median } from "./figure.ts";

export const names = ["bank.iso20022-pacs008.messages-per-s"] as const;

const messages = 8_000;
const rounds = 5;

/** One thread, bytes to records with places: pacs.008 of 3 kB, each with amounts, names and references of its own. */
export async function figures(): Promise<Figure[]> {
  const texts: string[] = [];
  for (let i = 0; i < messages; i++)
    texts.push(madeTransferMessage({ id: String(i), amount: `${1000 + i}.${10 + (i % 90)}` }));
  const bytes = Buffer.from(texts.join(""));
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const from = performance.now();
    let records = 0;
    for await (const batch of readIso20022(bytes, { file: "made.xml", sha256: "0".repeat(64) })) {
      records += batch.records.length;
    }
    // The first round warms the compiler up.
    if (round > 0) times.push(performance.now() - from);
    if (records !== messages) throw new RangeError(`${records} of ${messages} messages were read`);
  }
  const value = (1000 * messages) / median(times);
  const figure = { unit: "messages/s", better: "higher", against: null, skipped: null } as const;
  return [{ ...figure, name: names[0], value, floor: 5_000 }];
}
