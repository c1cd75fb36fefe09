import fc from "fast-check";
import { expect, test } from "vitest";
import { messageBytesMax } from "./mt-frames.ts";
import { fin, mt103, mt103Lines, mt940Lines, readAll, uetr } from "./mt-messages.fixture.ts";
import { readMt } from "./read-mt.ts";

const recallLines = [
  ":20:RC-1",
  ":21:PAY-1",
  ":11S:103",
  "240115",
  "0031000028",
  ":79:/FRAD/",
  "PLEASE RETURN",
  ":32A:240115EUR5,",
];
const answerLines = [":20:AN-1", ":21:RC-1", ":76:/CNCL/", ":11R:192", "240116"];

test("MTn92 asks for a payment back, by its reference, UETR and amount", async () => {
  const { records, skipped } = await readAll(fin({ type: "192", lines: recallLines, user: `{121:${uetr}}` }));
  expect(skipped).toEqual([]);
  expect(records).toMatchObject([
    {
      kind: "recall",
      message: "MT192",
      references: { messageId: "RC-1", related: "PAY-1", uetr },
      original: {
        messageId: "PAY-1",
        instructionId: "PAY-1",
        messageName: "MT103",
        uetr,
        money: { currency: "EUR", amount: "500" },
        settlementDate: "2024-01-15",
      },
      reason: "FRAD",
    },
  ]);
});

test("MTn96 answers: cancelled, refused, undecided; other words stay words", async () => {
  const answer = async (words: string) =>
    (await readAll(fin({ type: "196", lines: answerLines.map((line) => (line.startsWith(":76:") ? words : line)) })))
      .records[0];
  expect(await answer(":76:/CNCL/")).toMatchObject({
    kind: "recall-answer",
    answer: "accepted",
    code: "CNCL",
    original: { messageId: "RC-1", messageName: "MT192" },
  });
  expect(await answer(":76:/RJCR/LEGL")).toMatchObject({ answer: "rejected", code: "LEGL" });
  expect(await answer(":76:/PDCR/RQDA")).toMatchObject({ answer: "pending", code: "RQDA" });
  expect(await answer(":76:WE ARE LOOKING INTO IT")).toMatchObject({
    kind: "text",
    text: expect.stringContaining("LOOKING"),
  });
});

test("block 4 alone tells n92 and n96 by the message that they are about", async () => {
  const about = (type: string, lines: readonly string[]) =>
    lines.map((line) => line.replace(/^(:11[RS]:)\d{3}/u, `$1${type}`));
  const text = [...about("202", recallLines), "-", ...about("292", answerLines), "-"].join("\n");
  expect((await readAll(text)).records.map(({ message }) => message)).toEqual(["MT292", "MT296"]);
});

test("MT199, MT299, MT999: words are kept, and nothing is concluded from them", async () => {
  const lines = [":20:T-1", ":21:PAY-1", ":79:/REJT/99", "PLEASE SEE YOUR MT103"];
  for (const type of ["199", "299", "999"]) {
    const { records } = await readAll(fin({ type, lines }));
    expect(records).toMatchObject([
      { kind: "text", references: { related: "PAY-1" }, text: "/REJT/99\nPLEASE SEE YOUR MT103" },
    ]);
  }
});

test("what is not supported is named; training moves nothing; nor does what the network refused", async () => {
  const ack = (code: string) =>
    `{1:F21AAAAUS33AXXX0031000028}{4:{177:2401151047}{451:${code}}{405:T13002}{108:MUR0001}}`;
  const { records, skipped } = await readAll(
    [
      fin({ type: "101", lines: [":20:X"] }),
      fin({ type: "103", lines: mt103Lines, trailer: "{5:{CHK:0123456789AB}{TNG:}}" }),
      ack("0") + mt103,
      ack("1") + mt103,
      ack("0"),
    ].join("\r\n"),
  );
  expect(records).toMatchObject([{ kind: "order", source: { message: 4 } }]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    "message 1, line 1: MT101 is not supported",
    expect.stringContaining("is marked as training, so it moves nothing"),
    expect.stringMatching(/^message 6, .*the network refused it \(T13002\), so it was never delivered$/u),
    expect.stringMatching(/^message 7, .*an acknowledgement \(ACK\) of a message that does not follow it$/u),
  ]);
});

test("letters that SWIFT does not have are read and noted; bytes that are no text cost the message", async () => {
  const name = (text: string) => fin({ type: "103", lines: mt103Lines.map((line) => line.replace("HALDEN", text)) });
  const party = async (bytes: Uint8Array) => {
    const [order] = (await readAll(bytes)).records;
    return order?.kind === "order" ? [order.creditor.party!.name, order.notes?.[0]] : [];
  };
  expect(await party(Buffer.from(name("HÅLDEN"), "utf8"))).toEqual([
    "HÅLDEN TIMBER OY",
    "it holds letters that SWIFT does not have; read as UTF-8",
  ]);
  expect(await party(Buffer.from(name("HÅLDEN"), "latin1"))).toEqual([
    "HÅLDEN TIMBER OY",
    "it holds letters that SWIFT does not have; read as Windows-1252",
  ]);
  const { records, skipped } = await readAll(`${name("HAL\u0000DEN")}\n${mt103}`);
  expect(records).toHaveLength(1);
  expect(skipped[0]!.reason).toMatch(/holds the byte 0x00 at offset \d+, which is no text/u);
});

test("a file of UTF-16, an empty file and a picture have no messages, and say so or nothing", async () => {
  expect(await readAll("")).toEqual({ records: [], skipped: [] });
  expect(await readAll("\r\n  $\r\n")).toEqual({ records: [], skipped: [] });
  const wide = await readAll(Buffer.from(`\ufeff${mt103}`, "utf16le"));
  expect([wide.records.length, wide.skipped.length]).toEqual([0, 1]);
  const noise = await readAll(Uint8Array.from({ length: 100_000 }, (_, i) => (i * i * 31 + (i >> 7)) & 0xff));
  expect(noise.records).toEqual([]);
  expect(noise.skipped.length).toBeGreaterThan(0);
});

test("a trailer that is damaged costs no message, whether it is its own or stands after it", async () => {
  for (const trailer of ["{5:\u0001}", "{5:{CHK:12\u0000}}", "{5:two\r\nlines}"]) {
    const { records, skipped } = await readAll(`${mt103}\r\n${trailer}${mt103}\r\n${mt103}`);
    expect(records.map(({ source }) => source.message)).toEqual([1, 3, 4]);
    expect(skipped).toHaveLength(1);
  }
});

test("a field beyond the limit costs its message", async () => {
  const huge = fin({ type: "103", lines: mt103Lines.map((line) => line.replace("INVOICE", "I".repeat(100_000))) });
  const { records, skipped } = await readAll(`${mt103}\n${huge}\n${mt103}`);
  expect(records).toHaveLength(2);
  expect(skipped[0]!.reason).toContain("has a field :70: of 100");
});

test("of a file of any size some messages are in memory", async () => {
  const piece = Buffer.from(Array.from({ length: 500 }, () => mt103).join("\r\n$\r\n"), "latin1");
  const count = Math.ceil((1.2 * messageBytesMax) / piece.length);
  const pieces = function* () {
    for (let at = 0; at < count; at++) yield piece;
  };
  let [records, largest] = [0, 0];
  for await (const batch of readMt(pieces(), { file: "made.fin", sha256: "" })) {
    records += batch.records.length;
    largest = Math.max(largest, batch.records.length);
    expect(batch.skipped).toEqual([]);
  }
  expect(records).toBe(500 * count);
  expect(largest).toBeLessThanOrEqual(64);
});

const corpus = [
  mt103,
  fin({ type: "940", lines: mt940Lines }),
  fin({ type: "192", lines: recallLines, user: `{121:${uetr}}` }),
  fin({ type: "196", lines: answerLines }),
  `${mt940Lines.join("\r\n")}\r\n-\r\n`,
  fin({ type: "202", lines: [":20:A", ":21:B", ":32A:240115EUR5,", ":58A:BBBBDEFF", ":50K:/1", "X", ":59:/2", "Y"] }),
];
const bits = [
  "{1:F01",
  "-}",
  "\n-\r\n",
  ":20:",
  ":61:",
  ":32A:",
  "$",
  "{",
  "}",
  "\u0000",
  "\u0001",
  ",",
  "//",
  "?20",
  "\r",
  "é",
  "{5:",
];

test("messages with anything changed in them: records or reasons, and the messages around them stay", async () => {
  const edit = fc.record({ at: fc.nat({ max: 1200 }), drop: fc.nat({ max: 40 }), put: fc.constantFrom("", ...bits) });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...corpus),
      fc.array(edit, { minLength: 1, maxLength: 6 }),
      async (text, edits) => {
        let changed = text;
        for (const { at, drop, put } of edits) {
          const from = at % (changed.length + 1);
          changed = changed.slice(0, from) + put + changed.slice(from + drop);
        }
        const { records, skipped } = await readAll(`${mt103}\r\n${changed}\r\n${mt103}`);
        // The messages around it are read, whatever became of it.
        const whole = {
          kind: "order",
          settled: { currency: "EUR", amount: "9876540" },
          remittance: ["INVOICE 4711", "/ROC/E2E-0001"],
        };
        expect(records[0]).toMatchObject({ ...whole, source: { message: 1 } });
        expect(records.at(-1)).toMatchObject(whole);
        expect(records.at(-1)!.source.message).toBeGreaterThan(1);
        // Nothing vanishes: what was changed is in a record, or there is a reason, unless little was left of it.
        if (changed.length > 40) expect(records.length + skipped.length).toBeGreaterThan(2);
        for (const record of records) expect(JSON.parse(JSON.stringify(record))).toEqual(record);
        for (const { reason } of skipped) expect(reason.length).toBeLessThan(400);
      },
    ),
    { numRuns: 600 },
  );
});

test("bytes of any kind: no crash, and no record out of nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
      const { records } = await readAll(bytes);
      expect(records).toEqual([]);
    }),
  );
});
