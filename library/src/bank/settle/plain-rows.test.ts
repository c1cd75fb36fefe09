import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseMapping } from "../csv/parse-mapping.ts";
import type { PlainOrders } from "../csv/plain-orders.ts";
import { readBankCsv } from "../csv/read-csv.ts";
import type { BankRecord } from "../record.ts";
import type { SettledBank } from "../settled.ts";
import { aboutTextOf } from "./made-payment.ts";
import { AboutTexts } from "./payment-about.ts";
import { records } from "./random-records.fixture.ts";
import { settleRecords } from "./settle-records.ts";
import { wholeOf } from "./told.fixture.ts";

const header = "When,From,At,To,At too,Amount,Currency,Reference,What for,Else";
const mapping = parseMapping(
  `
rows: transfers
zone: "+05:00"
date: { column: When, format: ISO }
amount: Amount
currency: Currency
from: { account: From, bank: At }
to: { account: To, bank: At too }
references: { endToEnd: Reference }
remittance: What for
`,
  "made.yaml",
);

/** Of the people of `bank-records.fixture.ts` and others, an IBAN that is none among them. */
const account = fc.constantFrom(
  ...[
    "111,AAAAUS33XXX",
    "222,BBBBGB2LXXX",
    "333,CCCCDEFFXXX",
    "444,AAAAUS33XXX",
    "555,",
    "444,",
    "DE00123456789012345,",
  ],
  ...["666,DDDDFRPPXXX", "777,DDDDFRPPXXX", "888,DDDDFRPPXXX", "999,DDDDFRPPXXX", ","],
);
const row = fc
  .tuple(
    fc.constantFrom(
      "2024-03-01",
      "2024-03-01",
      "2024-03-02",
      "2024-03-05",
      "2024-03-02T03:00",
      "2024-03-02T09:30",
      "x",
    ),
    account,
    account,
    fc.constantFrom("1.00", "2.00", "3.00", "4.00", "4.00", "5.5", "0", "-1.00", "12,5"),
    fc.constantFrom("USD", "USD", "EUR"),
    fc.constantFrom("", "", "", "", "E1", "NOTPROVIDED"),
    fc.constantFrom("", "rent", '"rent, and\nmore ""still"""'),
    fc.constantFrom("", "", "red"),
  )
  .map((cells) => cells.join(","));
/** Of a few rows each, so that files often say the same. */
const files = fc
  .array(row, { minLength: 1, maxLength: 12 })
  .chain((rows) => fc.array(fc.array(fc.constantFrom(...rows), { maxLength: 8 }), { maxLength: 3 }));

const batches = async (text: string, file: string, plain: PlainOrders[] | null): Promise<BankRecord[]> => {
  const bytes = Buffer.from(text);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const read: BankRecord[] = [];
  for await (const batch of readBankCsv(bytes, mapping, { file, sha256 }, plain)) read.push(...batch.records);
  return read;
};

/** With the texts that a ledger keeps. */
function told(settled: SettledBank) {
  const texts = new AboutTexts();
  return { ...wholeOf(settled), texts: settled.payments.map((payment) => aboutTextOf(payment, texts)) };
}

/** Whoever has entries has no plain rows: without entries there are more of them. */
const others = fc
  .tuple(records, fc.boolean())
  .map(([all, withEntries]) => all.filter(({ kind }) => withEntries || kind !== "entry"));

test("rows that are held back come to what their records come to, whatever else is in the records", async () => {
  const names = fc.constantFrom(["a", "b", "c"], ["c", "a", "b"], ["x", "x", "x"]);
  let plainRows = 0;
  await fc.assert(
    fc.asyncProperty(files, names, others, fc.nat(3), fc.boolean(), async (all, named, given, copies, isTwice) => {
      const texts = all.map((rows) => [header, ...rows].join("\n"));
      if (isTwice && texts.length > 1) texts[1] = texts[0]!;
      const [whole, left, plain] = [[...given], [...given], [] as PlainOrders[]];
      for (const [n, text] of texts.entries()) {
        whole.push(...(await batches(text, named[n]!, null)));
        left.push(...(await batches(text, named[n]!, plain)));
      }
      const count = plain.reduce((sum, orders) => sum + orders.count, 0);
      expect(left.length + count).toBe(whole.length);
      const again = plain.flatMap((orders) => [...orders.records()]).slice(0, copies);
      const otherSource = { file: "b", sha256: "b".repeat(64) };
      const copied = again.map((one, n) => ({ ...one, source: { ...otherSource, message: n + 1 } }));
      whole.push(...copied);
      left.push(...copied);
      expect(told(settleRecords(left, plain))).toEqual(told(settleRecords(whole)));
      plainRows += count;
    }),
    { numRuns: 1500 },
  );
  expect(plainRows).toBeGreaterThan(1000);
}, 60_000);

test("a row is the record that it would have been", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      const text = [header, ...rows].join("\r\n");
      const plain: PlainOrders[] = [];
      const whole = await batches(text, "a", null);
      const left = await batches(text, "a", plain);
      const all = [...left, ...plain.flatMap((orders) => [...orders.records()])];
      expect(all.sort((a, b) => a.source.message - b.source.message)).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});
