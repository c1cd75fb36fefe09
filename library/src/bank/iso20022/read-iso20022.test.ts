import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { gather, type IsoRead, readAll } from "../read-all.fixture.ts";
import type { BankRecord } from "../record.ts";
import { madeTransaction, madeTransferMessage, readMessage } from "./iso-messages.fixture.ts";
import { heldCharactersMax, heldElementsMax } from "./iso-messages.ts";
import { valueCharactersMax } from "./iso-reading.ts";
import { setAsideMax } from "./read-iso20022.ts";
import { depthMax, gapCharactersMax } from "./xml-feed.ts";

const namespace = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08";
const group = (count = 1) => `<GrpHdr><MsgId>M</MsgId><NbOfTxs>${count}</NbOfTxs></GrpHdr>`;
const message = (...ids: string[]) =>
  `<FIToFICstmrCdtTrf>${group(ids.length)}${ids.map((id) => madeTransaction({ id })).join("")}</FIToFICstmrCdtTrf>`;
const document = (...ids: string[]) => `<Document xmlns="${namespace}">${message(...ids)}</Document>`;
const header = (definition: string) => `<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02">
  <Fr><FIId><FinInstnId><BICFI>AAAADEFF</BICFI></FinInstnId></FIId></Fr><BizMsgIdr>B</BizMsgIdr>
  <MsgDefIdr>${definition}</MsgDefIdr><CreDt>2024-03-05T08:00:00Z</CreDt></AppHdr>`;
/** The same with a prefix on every element. */
const prefixed = (xml: string, prefix: string) =>
  xml.replaceAll(/<(\/?)(?=\w)/gu, `<$1${prefix}:`).replaceAll(' xmlns="', ` xmlns:${prefix}="`);

const idsOf = ({ records }: IsoRead) =>
  records.map((record) => (record.kind === "order" ? record.references.transactionId?.slice(3) : record.kind));

test.each([
  ["alone", document("1"), "/Document/"],
  ["with a prefix", prefixed(document("1"), "doc"), "/Document/"],
  ["with a declaration and comments", `<?xml version="1.0"?><!-- a --><?b c?>${document("1")}<!-- d -->`, "/Document/"],
  [
    "without Document",
    `<x:FIToFICstmrCdtTrf xmlns:x="${namespace}">${message("1").slice(19, -20)}</x:FIToFICstmrCdtTrf>`,
    "/FIToFICstmrCdtTrf/",
  ],
  ["after a header", `${header("pacs.008.001.08")}${document("1")}`, "/Document/"],
  ["in an envelope", `<BusMsg>${header("pacs.008.001.08")}${document("1")}</BusMsg>`, "/BusMsg/Document[1]/"],
  [
    "in envelopes with other things, and a prefix declared on the outside",
    `<e:Env xmlns:e="urn:made" xmlns:p="${namespace}"><e:Head><e:Sender>x</e:Sender></e:Head><e:Body>
     <p:Document>${prefixed(message("1"), "p")}</p:Document></e:Body></e:Env>`,
    "/Env/Body[1]/Document[1]/",
  ],
  [
    "named by its header only",
    `<M>${header("pacs.008.001.08")}<Document>${message("1")}</Document></M>`,
    "/M/Document[1]/",
  ],
  [
    "named on each element",
    document("1").replace("<FIToFICstmrCdtTrf", `<FIToFICstmrCdtTrf xmlns="${namespace}"`),
    "/Document/",
  ],
])("a message %s", async (_, xml, path) => {
  const read = await readAll(xml);
  expect(read.skipped).toEqual([]);
  expect(idsOf(read)).toEqual(["1"]);
  expect(read.records[0]!.message).toBe("pacs.008.001.08");
  expect(read.records[0]!.places.settled).toContain(`${path.replace(/^\/FITo.*/u, "/FIToFICstmrCdtTrf/")}`);
});

test("a header gives the time that its message does not, and goes to no other message", async () => {
  const { records } = await readAll(`<L>${header("pacs.008.001.08")}${document("1")}${document("2")}</L>`);
  expect(records.map(({ created }) => created)).toEqual([Date.parse("2024-03-05T08:00:00Z"), null]);
  expect(records[0]!.places.created).toContain("/L/AppHdr[1]/CreDt");
});

test("the element's name is believed before a namespace or header that says another message", async () => {
  const { records } = await readAll(
    `<M>${header("camt.053.001.08")}<Document xmlns="urn:camt.054.001.08">${message("1")}</Document></M>`,
  );
  expect(records[0]!.message).toBe("pacs.008");
});

test("many messages, and several transactions in each, are counted and placed", async () => {
  const read = await readAll(`<List>${document("1", "2")}${document("3")}</List>${document("4", "5", "6")}`);
  expect(read.skipped).toEqual([]);
  expect(idsOf(read)).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect(read.records.map(({ source }) => source.message)).toEqual([1, 1, 2, 3, 3, 3]);
  expect(read.records.map(({ places }) => places.settled!.replace(/ line.*/u, ""))).toEqual([
    "/List/Document[1]/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt",
    "/List/Document[1]/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/IntrBkSttlmAmt",
    "/List/Document[2]/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt",
    "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/IntrBkSttlmAmt",
    "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/IntrBkSttlmAmt",
    "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[3]/IntrBkSttlmAmt",
  ]);
});

test("records come before their message ends", async () => {
  const begin = `<Document><FIToFICstmrCdtTrf>${group(2)}${madeTransaction({ id: "1" })}`;
  function* endless() {
    yield Buffer.from(begin + " ".repeat(1 << 16));
    throw new RangeError("asked for more");
  }
  await expect(gather(endless())).rejects.toThrow("asked for more");
  const seen: BankRecord[] = [];
  const { readIso20022 } = await import("./read-iso20022.ts");
  for await (const batch of readIso20022(endless(), { file: "made.xml", sha256: "" })) {
    seen.push(...batch.records);
    break;
  }
  expect(seen).toHaveLength(1);
});

test("the records do not depend on how the bytes are cut", async () => {
  const list = `<List>${document("2", "3")}${prefixed(document("4"), "p")}</List>`;
  const xml = `\ufeff${madeTransferMessage({ id: "1" })}${list}`;
  const whole = await readAll(xml);
  expect(whole.records).toHaveLength(4);
  for (const piece of [1, 2, 3, 1000]) expect(await readAll(xml, piece)).toEqual(whole);
});

test.each(["utf16le", "latin1"] as const)("the records of a file in %s are those of UTF-8", async (encoding) => {
  const text = madeTransferMessage({ id: "1" });
  const name = { utf16le: "UTF-16", latin1: "ISO-8859-1" }[encoding];
  const other = Buffer.from(`${encoding === "utf16le" ? "\ufeff" : ""}${text.replace("UTF-8", name)}`, encoding);
  expect(await readAll(other)).toEqual(await readAll(text));
});

test("messages that are not read are named, with their byte", async () => {
  const plain = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:admi.004.001.02">
    <SysEvtNtfctn><A>1</A></SysEvtNtfctn></Document>`;
  const read = await readAll(
    `${document("1")}\n${plain}\n${document("2")}<Document><Made/></Document><Document></Document><Document/>`,
  );
  expect(idsOf(read)).toEqual(["1", "2"]);
  expect(read.skipped.map(({ reason }) => reason)).toEqual([
    "admi.004.001.02 is not supported (message 2, SysEvtNtfctn)",
    "Made is not supported (message 4, Made)",
    "Document holds no message",
    "Document holds no message",
  ]);
  expect(read.skipped[0]!.offset).toBe(Buffer.byteLength(document("1")) + 1);
  // One that has no end.
  const cut = await readAll(`${plain.slice(0, -28)}${document("3")}`);
  expect(idsOf(cut)).toEqual(["3"]);
});

test("a file without any message says so", async () => {
  for (const text of ["<html><body/></html>", "", "<a/>", "  \n"]) {
    const { records, skipped } = await readAll(text);
    expect(records).toEqual([]);
    expect(skipped.map(({ reason }) => reason)).toEqual(["there is no ISO 20022 message in it"]);
  }
});

test("supplementary data is passed over, even where it holds a Document", async () => {
  const inside = "<SplmtryData><PlcAndNm>x</PlcAndNm><Envlp><Document><AppHdr/></Document></Envlp></SplmtryData>";
  const read = await readAll(document("1", "2").replaceAll("</CdtTrfTxInf>", `${inside}</CdtTrfTxInf>`));
  expect(idsOf(read)).toEqual(["1", "2"]);
  const unread = `<Document><Made><SplmtryData><Envlp><Document/></Envlp></SplmtryData></Made>
      </Document>${document("3")}`;
  expect(idsOf(await readAll(unread))).toEqual(["3"]);
});

test("a damaged message among many is set aside with its byte; what comes before the damage is read", async () => {
  const bad = document("bad1", "bad2").replace("</UltmtDbtr>", "</Wrong>");
  const late = document("late1", "late2", "late3").replace(/<\/Document>$/u, "");
  const many = (from: number) => Array.from({ length: 50 }, (_, i) => document(String(from + i))).join("\n");
  const text = `${many(0)}\n${bad}\n${many(50)}\n${late}\n${many(100)}`;
  const read = await readAll(text);
  expect(idsOf(read).filter((id) => /^\d+$/u.test(id!))).toHaveLength(150);
  expect(idsOf(read).filter((id) => /late/u.test(id!))).toEqual(["late1", "late2", "late3"]);
  const [first, second] = read.skipped;
  expect(first!.reason).toContain(
    "message 51 (pacs.008.001.08) is damaged: it is not well-formed XML: unexpected close tag",
  );
  expect(Buffer.from(text).toString("utf8", first!.offset! - 8, first!.offset!)).toBe("</Wrong>");
  expect(second!.reason).toContain("message 102 is damaged: it has no end, and another one begins");
  const cut = await readAll(`${document("1", "2", "3").slice(0, -100)}${document("4")}`);
  expect(idsOf(cut)).toEqual(["1", "2", "4"]);
  expect(cut.skipped[0]!.reason).toMatch(/another one begins; of its transactions the first 2 were read$/u);
  // The damage hides the envelope; messages keep their numbers.
  expect(read.records.at(-1)!.source.message).toBe(152);
});

test("a path after damage in an envelope does not claim to know the envelope", async () => {
  const { records } = await readAll(`<L>${document("1")}<Document><FIToFICstmrCdtTrf></x>${document("2")}</L>`);
  expect(records.map(({ places }) => places.settled!.slice(0, 12))).toEqual(["/L/Document[", "//Document/F"]);
});

test("names that objects have by birth are names like others", async () => {
  const odd = "<toString/><hasOwnProperty><valueOf/></hasOwnProperty><Purp>";
  const read = await readMessage(
    "pacs.008.001.08",
    `<FIToFICstmrCdtTrf>${group()}<constructor><__proto__>1</__proto__></constructor>
     ${madeTransaction({ id: "1" }).replace("<Purp>", odd)}</FIToFICstmrCdtTrf>`,
  );
  expect(idsOf(read)).toEqual(["1"]);
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    const { skipped } = await readAll(`<Document xmlns="urn:${name}"><${name}/></Document>`);
    expect(skipped[0]!.reason).toBe(`${name} is not supported (message 1, ${name})`);
  }
});

test("a value that is too long sets its transaction aside", async () => {
  const long = madeTransaction({ id: "1" }).replace("Invoice 1", "x".repeat(valueCharactersMax));
  const read = await readMessage(
    "pacs.008.001.08",
    `<FIToFICstmrCdtTrf>${group(2)}${long}${madeTransaction({ id: "2" })}</FIToFICstmrCdtTrf>`,
  );
  expect(idsOf(read)).toEqual(["2"]);
  expect(read.skipped[0]!.reason).toMatch(/Ustrd line \d+: "x{60}" is longer than 10000 characters/u);
});

test("set-asides are listed up to a number, and then counted", async () => {
  const bad = "<Document></x>";
  const { skipped } = await readAll(`${bad.repeat(setAsideMax + 5)}`);
  expect(skipped).toHaveLength(setAsideMax + 1);
  expect(skipped.at(-1)!.reason).toBe("5 more messages and transactions were set aside, and are not listed");
});

/** Reads bytes that are made as they are asked for, and gives the most memory that was in use meanwhile, in MB. */
async function peakOf(parts: Iterable<Uint8Array>): Promise<IsoRead & { growthMb: number }> {
  const before = process.memoryUsage();
  let peak = 0;
  function* watched() {
    for (const part of parts) {
      const now = process.memoryUsage();
      peak = Math.max(peak, now.heapUsed + now.external - before.heapUsed - before.external);
      yield part;
    }
  }
  const read = await gather(watched());
  return { ...read, growthMb: peak / 2 ** 20 };
}

function* repeat(begin: string, unit: string, bytes: number, end: string): Generator<Uint8Array> {
  yield Buffer.from(begin);
  const block = Buffer.from(unit.repeat(Math.ceil((1 << 18) / unit.length)));
  // A copy each time, as a file would be read.
  for (let at = 0; at < bytes; at += block.length) yield Buffer.from(block);
  yield Buffer.from(end);
}

const begin = `<Document><FIToFICstmrCdtTrf>${group()}<CdtTrfTxInf><RmtInf><Ustrd>`;
const boundMb = 250;

test("a text of 100 MB is refused in bounded memory, and the message after it is read", async () => {
  const read = await peakOf(repeat(begin, "x", 100 * 2 ** 20, document("1")));
  expect(read.skipped[0]!.reason).toContain(`there is no tag in ${gapCharactersMax} characters`);
  expect(idsOf(read)).toEqual(["1"]);
  expect(read.growthMb).toBeLessThan(boundMb);
});

test("a million nested elements are refused at once, and the message after them is read", async () => {
  const read = await peakOf(repeat(begin, "<a>", 3_000_000, document("1")));
  expect(read.skipped).toHaveLength(1);
  expect(read.skipped[0]!.reason).toContain(`more than ${depthMax} deep`);
  expect(read.skipped[0]!.offset).toBeLessThan(2000);
  expect(idsOf(read)).toEqual(["1"]);
});

test("a million nested Documents are set aside, each once", async () => {
  const read = await peakOf(repeat("", "<Document>", 2_000_000, document("1")));
  expect(read.skipped).toHaveLength(setAsideMax + 1);
  expect(idsOf(read)).toEqual(["1"]);
});

test("a transaction of a million elements is refused in bounded memory, and the message after it is read", async () => {
  const wide = begin.replace("<RmtInf><Ustrd>", "");
  const read = await peakOf(repeat(wide, "<a>1</a>", 8_000_000, document("1")));
  expect(read.skipped[0]!.reason).toContain(`a transaction has more than ${heldElementsMax} elements`);
  expect(idsOf(read)).toEqual(["1"]);
  expect(read.growthMb).toBeLessThan(boundMb);
});

test("a transaction of many long texts is refused in bounded memory", async () => {
  const wide = begin.replace("<RmtInf><Ustrd>", "");
  const read = await peakOf(repeat(wide, `<a>${"x".repeat(10_000)}</a>`, 3 * heldCharactersMax, document("1")));
  expect(read.skipped[0]!.reason).toContain(`a transaction has more than ${heldCharactersMax} characters`);
  expect(idsOf(read)).toEqual(["1"]);
  expect(read.growthMb).toBeLessThan(boundMb);
});

test("a message of any number of transactions is read in bounded memory", async () => {
  const transaction = madeTransaction({ id: "1" });
  let records = 0;
  let peak = 0;
  const start = process.memoryUsage().heapUsed;
  const { readIso20022 } = await import("./read-iso20022.ts");
  const parts = repeat(
    `<Document><FIToFICstmrCdtTrf>${group(0)}`,
    transaction,
    60 * 2 ** 20,
    "</FIToFICstmrCdtTrf></Document>",
  );
  for await (const batch of readIso20022(parts, { file: "made.xml", sha256: "" })) {
    records += batch.records.length;
    peak = Math.max(peak, process.memoryUsage().heapUsed - start);
  }
  expect(records).toBeGreaterThan(20_000);
  expect(peak / 2 ** 20).toBeLessThan(boundMb);
});

test("records do not keep the file's text in memory", async () => {
  const text = `<!--${"x".repeat(60_000)}-->${document("1")}`;
  const kept: unknown[] = [];
  const { readIso20022 } = await import("./read-iso20022.ts");
  const parts = repeat("", text, 60 * 2 ** 20, "");
  const before = process.memoryUsage().heapUsed;
  for await (const { records } of readIso20022(parts, { file: "made.xml", sha256: "" })) kept.push(...records);
  expect(kept.length).toBeGreaterThan(900);
  // A collection happens where it is asked for or memory is short; asked for by way of the engine's own switch.
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  expect((process.memoryUsage().heapUsed - before) / 2 ** 20).toBeLessThan(30);
});

test("entities that would grow to gigabytes are refused with their DTD", async () => {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("");
  const bomb = `<?xml version="1.0"?>
      <!DOCTYPE x [<!ENTITY l0 "lol">${levels}]>${document("1").replace("Invoice 1", "&l9;")}`;
  const external = `<?xml version="1.0"?>
      <!DOCTYPE x [<!ENTITY f SYSTEM "file:///made/up">]>${document("2").replace("Invoice 2", "&f;")}`;
  const read = await readAll(`${bomb}${external}<?xml version="1.0"?>${document("3")}`);
  expect(idsOf(read)).toEqual(["3"]);
  expect(read.skipped.map(({ reason }) => reason.includes("<!DOCTYPE"))).toEqual([true, true]);
});
