import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BankFileError } from "../errors/bank.ts";
import { bankFormat } from "./bank-format.ts";
import { parseMapping } from "./csv/parse-mapping.ts";
import { madeTransaction, madeTransferMessage } from "./iso20022/iso-messages.fixture.ts";
import { type BankFilesOptions, readBankFiles } from "./read-bank-file.ts";
import type { BankFileResult, BankRecord } from "./record.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-bank-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

async function read(paths: readonly string[], options?: BankFilesOptions) {
  const records: BankRecord[] = [];
  const results: BankFileResult[] = [];
  for await (const event of readBankFiles(paths, options)) {
    if (event.kind === "records") records.push(...event.records);
    else results.push(event.result);
  }
  return { records, results };
}

const mt = `{1:F01AAAAUS33AXXX0031000028}{2:I103BBBBDEFFXXXXN}{4:\r\n:20:PAY-1\r\n:23B:CRED\r\n:32A:240305EUR10,\r
:50K:/DE75512108001245126199\r\nADA\r\n:59:/GB82WEST12345698765432\r\nBO\r\n:71A:SHA\r\n-}`;
const amlsim = "sourceNodeId,targetNodeId,value,time\n1,2,3.50,4\n";
const ownCsv = "day;who;whom;sum\n2024-03-05;A;B;7,50\n";
const mapping = `
rows: transfers
delimiter: ";"
decimal: ","
date: { column: day, format: YYYY-MM-DD }
amount: sum
currency: { constant: EUR }
from: who
to: whom
`;

test("a folder of XML, MT and CSV is read in the order of its names, each with its hash", async () => {
  mkdirSync(join(folder, "b"));
  const xml = put("a.xml", madeTransferMessage({ id: "1" }));
  const fin = put("b/c.txt", mt);
  const csv = put("d", amlsim);
  put(".hidden", "not read");
  const { records, results } = await read([folder]);
  expect(records.map(({ message }) => message)).toEqual(["pacs.008.001.08", "MT103", "csv"]);
  expect(results.map(({ file, records: count, skipped }) => [file, count, skipped])).toEqual([
    [xml, 1, []],
    [fin, 1, []],
    [csv, 1, []],
  ]);
  for (const [at, { file, sha256 }] of results.entries()) {
    expect(sha256).toBe(createHash("sha256").update(readFileSync(file)).digest("hex"));
    expect(records[at]!.source).toMatchObject({ file, sha256, message: 1 });
  }
});

test("a mapping makes records of a CSV that no other reader takes", async () => {
  const path = put("own.csv", ownCsv);
  const without = await read([path]);
  expect(without.results[0]!.skipped[0]!.reason).toContain("neither ISO 20022 XML nor SWIFT MT; a CSV needs a mapping");
  const { records, results } = await read([path], { mapping: parseMapping(mapping, "own.yaml") });
  expect(results[0]!.skipped).toEqual([]);
  expect(records).toMatchObject([{ kind: "order", settled: { currency: "EUR", amount: "750" } }]);
});

test("a CSV that its mapping does not fit is set aside with what the mapping has to say", async () => {
  const path = put("own.csv", ownCsv);
  const { results } = await read([path], { mapping: parseMapping(mapping.replace("sum", "EUR"), "own.yaml") });
  expect(results[0]!.skipped[0]!.reason).toMatch(/names the column "EUR".* or write \{constant: EUR\}/u);
});

test("files packed by gzip are read; their hash is that of the packed file", async () => {
  const packed = gzipSync(madeTransferMessage({ id: "1" }));
  const path = put("a.xml.gz", packed);
  const { records, results } = await read([path]);
  expect(records).toHaveLength(1);
  expect(results[0]!.sha256).toBe(createHash("sha256").update(packed).digest("hex"));
  const two = await read([put("two.gz", Buffer.concat([packed, gzipSync(madeTransferMessage({ id: "2" }))]))]);
  expect(two.records).toHaveLength(2);
});

test("a packed file that is damaged gives what came before, and the reason", async () => {
  const many = Array.from({ length: 3000 }, (_, i) => madeTransferMessage({ id: String(i) })).join("");
  const packed = gzipSync(many, { level: 0 });
  const { records, results } = await read([put("cut.gz", packed.subarray(0, packed.length >> 1))]);
  expect(records.length).toBeGreaterThan(100);
  expect(results[0]!.skipped.at(-1)!.reason).toMatch(/unexpected end of file; \d+ records before it were read/u);
  expect(results[0]!.records).toBe(records.length);
});

test("a ZIP archive, an empty file and one of another kind cost no other file", async () => {
  put("1.zip", Buffer.from([0x50, 0x4b, 3, 4, 20, 0]));
  put("2.xml", "");
  put("3.pdf", "%PDF-1.7 made");
  put("4.xml", madeTransferMessage({ id: "1" }));
  const { records, results } = await read([folder]);
  expect(records).toHaveLength(1);
  expect(results.map(({ skipped }) => skipped[0]?.reason ?? null)).toEqual([
    expect.stringContaining("it is a ZIP archive; unpack it first"),
    expect.stringContaining("it is empty"),
    expect.stringContaining("neither ISO 20022 XML nor SWIFT MT"),
    null,
  ]);
});

test("a path that does not exist is an error that names it", async () => {
  const path = join(folder, "nowhere");
  const failed = read([path]);
  await expect(failed).rejects.toThrow(BankFileError);
  await expect(failed).rejects.toThrow(`it does not exist (${path})`);
});

test("a file that is larger than what is read at once is hashed first and read then", async () => {
  const transactions = Array.from({ length: 7500 }, (_, i) => madeTransaction({ id: String(i) })).join("");
  const text = `<Document><FIToFICstmrCdtTrf><GrpHdr><MsgId>M</MsgId>
      </GrpHdr>${transactions}</FIToFICstmrCdtTrf></Document>`;
  expect(text.length).toBeGreaterThan(1 << 24);
  const path = put("large.xml", text);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const { records, results } = await read([path]);
  expect(records).toHaveLength(7500);
  expect(records.every(({ source }) => source.sha256 === sha256)).toBe(true);
  expect(results).toEqual([{ file: path, sha256, records: 7500, skipped: [] }]);
  // Changed after it was hashed.
  const reading = readBankFiles([path]);
  await reading.next();
  writeFileSync(path, text.replaceAll("TX-7499", "TX-7498"));
  await expect(async () => {
    for await (const event of reading) expect(event.kind).toBe("records");
  }).rejects.toThrow("it changed while it was read");
});

test("reading stops where it is told to", async () => {
  put("a.xml", madeTransferMessage({ id: "1" }));
  put("b.xml", madeTransferMessage({ id: "2" }));
  const controller = new AbortController();
  const reading = readBankFiles([folder], { signal: controller.signal });
  await reading.next();
  controller.abort();
  await expect(reading.next()).rejects.toThrow("abort");
});

test.each([
  ["<a/>", "iso20022"],
  ["\ufeff  \n<?xml version='1.0'?>", "iso20022"],
  ["a note before\n<Document>", "iso20022"],
  ["made <doc:AppHdr>", "iso20022"],
  [mt, "mt"],
  [`\u0001${mt}`, "mt"],
  ["$\r\n{1:F01AAAAUS33AXXX0031000028}", "mt"],
  [":20:STARTUMS\r\n:25:1", "mt"],
  ["From bank\n\n:20:STARTUMS\n", "mt"],
  [amlsim, "csv"],
  ["a;b\n1;2", null],
  ["\u0000\u0001\u0002", null],
  ["constructor\n1", null],
])("%j is %s", (text, format) => {
  expect(bankFormat(Buffer.from(text), false).format).toBe(format);
  expect(bankFormat(Buffer.from(text), true).format).toBe(format ?? "csv");
});

test("UTF-16 is told from its first bytes", () => {
  const little = Buffer.from("\ufeff<?xml version='1.0'?>", "utf16le");
  expect(bankFormat(little, false).format).toBe("iso20022");
  expect(bankFormat(Buffer.from(little).swap16(), false).format).toBe("iso20022");
  expect(bankFormat(little.subarray(2), false).format).toBe("iso20022");
});
