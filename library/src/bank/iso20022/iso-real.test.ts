import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gather, type IsoRead, readAll } from "../read-all.fixture.ts";
import type { BankRecord } from "../record.ts";

const folder = join(import.meta.dirname, "../../../../../shared/data/bank-iso20022");
const isAbsent = !existsSync(folder);
const names = isAbsent ? [] : readdirSync(folder).filter((name) => name.endsWith(".xml"));
const filesOf = (pattern: RegExp) =>
  names.filter((name) => pattern.test(name)).map((name) => readFileSync(join(folder, name)));

const counted = (texts: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
};

test.skipIf(isAbsent)(
  "105 Fedwire messages are read or named as unsupported (../shared/data/bank-iso20022)",
  async () => {
    expect(names).toHaveLength(105);
    const { records, skipped } = await gather(filesOf(/./u));
    expect(counted(records.map(({ message, kind }) => `${message} ${kind}`))).toEqual({
      "pacs.002.001.10 status": 11,
      "pacs.004.001.10 return": 4,
      "pacs.008.001.08 order": 31,
      "pacs.009.001.08 order": 14,
      "pain.014.001.07 status": 7,
      "camt.029.001.09 recall-answer": 5,
      "camt.052.001.08 statement": 7,
      "camt.052.001.08 entry": 8,
      "camt.056.001.08 recall": 7,
      "camt.110.001.01 text": 3,
      "camt.111.001.01 text": 3,
    });
    expect(counted(skipped.map(({ reason }) => reason.replace(/\(message \d+, /u, "(")))).toEqual({
      "admi.004.001.02 is not supported (SysEvtNtfctn)": 4,
      "admi.006.001.01 is not supported (RsndReq)": 2,
      "admi.007.001.01 is not supported (RctAck)": 4,
      "admi.011.001.01 is not supported (SysEvtAck)": 1,
      "pacs.028.001.03 is not supported (FIToFIPmtStsReq)": 2,
    });
    expect(new Set(records.map(({ source }) => source.message)).size).toBe(92);
  },
);

test.skipIf(isAbsent)("each of them says what its text says (../shared/data/bank-iso20022)", async () => {
  for (const bytes of filesOf(/Pacs008|FinancialInstitutionCreditTransfer/u)) {
    const [order] = (await readAll(bytes)).records;
    const text = bytes.toString("utf8");
    const value = (name: string) => new RegExp(`<${name}[^>]*>([^<]*)<`, "u").exec(text)?.[1] ?? null;
    if (order?.kind !== "order") throw new RangeError("no order was read");
    expect(order.references.uetr).toBe(value("UETR"));
    expect(order.references.messageId).toBe(value("MsgId"));
    expect(order.settlementDate).toBe(value("IntrBkSttlmDt"));
    // Cents by way of a double: amounts in the files are small enough.
    expect(Number(order.settled!.amount)).toBe(Math.round(100 * Number(value("IntrBkSttlmAmt"))));
    expect(order.level === "cover").toBe(text.includes("<UndrlygCstmrCdtTrf"));
    for (const side of [order.debtor, order.creditor]) expect(side.agent ?? side.party).not.toBeNull();
  }
});

test.skipIf(isAbsent)(
  "all of them in one file are the same, damaged ones between (../shared/data/bank-iso20022)",
  async () => {
    const files = filesOf(/./u);
    const whole = await gather(files);
    const damaged = files.flatMap((bytes) => [bytes, bytes.subarray(0, Math.floor(bytes.length / 2))]);
    const read = await gather(damaged);
    const isOf = new Set(whole.records.map(keyOf));
    // A damaged copy may have given its first transactions before its end was missed, and nothing else.
    for (const record of read.records) expect(isOf).toContain(keyOf(record));
    const counts = counted(read.records.map(keyOf));
    for (const [key, count] of Object.entries(counted(whole.records.map(keyOf)))) {
      expect(counts[key]).toBeGreaterThanOrEqual(count);
    }
    expect(read.skipped.length).toBeGreaterThanOrEqual(whole.skipped.length + files.length);
  },
);

/** A record but for its place in the file. */
function keyOf({ source, places, notes, ...rest }: BankRecord): string {
  return JSON.stringify(rest);
}

/** Changes that transmission, editors and programs make, and some that attackers do. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 0, max: 200 }),
  text: fc.oneof(
    fc.constantFrom("", "<", ">", "</", "&", "&#0;", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [", "<?xml", "\0"),
    fc.constantFrom("<Document>", "</Document>", "<AppHdr>", "<CdtTrfTxInf>", "</Ntry>", "1e5", "-1", "\r", "\ud800"),
    fc.uint8Array({ maxLength: 8 }),
    fc.string({ maxLength: 8 }),
  ),
});

function changed(bytes: Buffer, changes: readonly { at: number; length: number; text: string | Uint8Array }[]): Buffer {
  let now = bytes;
  for (const { at, length, text } of changes) {
    const from = Math.floor(at * now.length);
    now = Buffer.concat([now.subarray(0, from), Buffer.from(text as string), now.subarray(from + length)]);
  }
  return now;
}

test.skipIf(isAbsent)("changed in any way, a message costs no other (../shared/data/bank-iso20022)", async () => {
  const files = filesOf(/Scenario1|Master/u);
  const declared = (bytes: Buffer) => Buffer.concat([Buffer.from(`<?xml version="1.0"?>\n`), bytes]);
  const plain = await Promise.all(files.map(async (bytes) => counted((await readAll(bytes)).records.map(keyOf))));
  const index = fc.integer({ min: 0, max: files.length - 1 });
  await fc.assert(
    fc.asyncProperty(index, index, fc.array(change, { minLength: 1, maxLength: 4 }), async (bad, good, changes) => {
      const broken = changed(files[bad]!, changes);
      // What has its own declaration is found after any damage, be it a DTD that is refused.
      const parts = [declared(files[good]!), declared(broken), declared(files[good]!)];
      const read = await readAll(Buffer.concat(parts));
      const counts = counted(read.records.map(keyOf));
      for (const [key, count] of Object.entries(plain[good]!)) expect(counts[key]).toBeGreaterThanOrEqual(2 * count);
    }),
    { numRuns: 300 },
  );
});

test.skipIf(isAbsent)(
  "changed in any way, it gives records or reasons, in time (../shared/data/bank-iso20022)",
  async () => {
    const files = filesOf(/./u);
    const index = fc.integer({ min: 0, max: files.length - 1 });
    await fc.assert(
      fc.asyncProperty(index, fc.array(change, { minLength: 1, maxLength: 12 }), async (at, changes) => {
        const read: IsoRead = await readAll(changed(files[at]!, changes));
        expect(read.records.length + read.skipped.length).toBeGreaterThan(0);
        for (const record of read.records) expect(JSON.parse(JSON.stringify(record))).toEqual(record);
        for (const { offset, reason } of read.skipped) {
          expect(reason.length).toBeLessThan(1000);
          expect(offset === null || (offset >= 0 && offset < 40_000)).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  },
);
