import fc from "fast-check";
import { expect, test } from "vitest";
import type { SetAside } from "../record.ts";
import { type MtFrame, MtFrames, messageBytesMax } from "./mt-frames.ts";
import { fin, mt103, mt103Lines, mt940Lines } from "./mt-messages.fixture.ts";

function framesOf(pieces: Iterable<Uint8Array>): (MtFrame | SetAside)[] {
  const frames = new MtFrames("made.fin");
  const found: (MtFrame | SetAside)[] = [];
  for (const piece of pieces) found.push(...frames.push(piece));
  found.push(...frames.end());
  return found;
}

const textsOf = (text: string): string[] =>
  framesOf([Buffer.from(text, "latin1")]).map((found) => ("text" in found ? found.text : `ASIDE ${found.reason}`));

const bare = (lines: readonly string[], lineEnd = "\r\n") => lines.join(lineEnd);

test("FIN messages one after another, with and without line ends between, in either line end", () => {
  const unix = fin({ type: "103", lines: mt103Lines, lineEnd: "\n" });
  for (const between of ["", "\r\n", "\n\n", "$", "$\r\n"]) {
    expect(textsOf(mt103 + between + unix + between + mt103)).toEqual([mt103, unix, mt103]);
  }
});

test("DOS-PCC: SOH, ETX, and blanks to a multiple of 512 bytes", () => {
  const sector = (text: string) => {
    const framed = `\u0001${text}\u0003`;
    return framed.padEnd(512 * Math.ceil(framed.length / 512), " ");
  };
  expect(textsOf(sector(mt103) + sector(mt103))).toEqual([mt103, mt103]);
});

test("block 4 alone: ended by a hyphen, a dollar sign, the next field 20, or the end of the file", () => {
  const statement = bare(mt940Lines);
  const two = (between: string) => textsOf(`${statement}${between}${statement}`);
  expect(two("\r\n-\r\n").map((text) => text.trim().replace(/\r\n-$/u, ""))).toEqual([statement, statement]);
  expect(two("\r\n$\r\n").map((text) => text.trim())).toEqual([statement, statement]);
  expect(two("\r\n").map((text) => text.trim())).toEqual([statement, statement]);
  expect(textsOf(`ABCDNL2A\r\n940\r\nABCDNL2A\r\n${statement}\r\n-`)).toHaveLength(1);
});

test("a request for cancellation holds a copy of another message with its own field 20", () => {
  const recall = [":20:RC-1", ":21:PAY-1", ":11S:103", "240115", ":79:/DUPL/", ":20:PAY-1", ":32A:240115EUR1,"];
  expect(textsOf(bare([...recall, "-", ":20:PAY-2"]))).toHaveLength(2);
});

test("places: the byte and the line of each message, and its number", () => {
  const [first, second] = framesOf([Buffer.from(`\r\n${mt103}\r\n${mt103}`, "latin1")]) as MtFrame[];
  expect([first!.offset, first!.line, first!.number]).toEqual([2, 2, 1]);
  expect(second!.offset).toBe(2 + mt103.length + 2);
  expect([second!.line, second!.number]).toEqual([2 + mt103.split("\n").length, 2]);
});

test("a message that the next one cuts off is set aside; so is one that the file's end cuts off", () => {
  const cut = mt103.slice(0, 300);
  const found = framesOf([Buffer.from(`${mt103}\n${cut}\n${mt103}\n${cut}`, "latin1")]);
  expect(found.map((one) => "text" in one)).toEqual([true, false, true, false]);
  const asides = found.filter((one) => "reason" in one);
  expect(asides.map(({ reason }) => reason)).toEqual([
    "message 2, line 25: its block 4 has no end (-})",
    expect.stringMatching(/^message 4, line \d+: its block 4 has no end/u),
  ]);
  expect(asides[0]!.offset).toBe(mt103.length + 1);
});

test("what is no message is set aside, and the search goes on at the next beginning", () => {
  const junk =
    "This is a cover letter that no bank's system has written, and its first line alone has over 100 letters.\n";
  const texts = textsOf(`${junk}${mt103}\n${junk}${bare(mt940Lines)}`);
  expect(texts.map((text) => text.slice(0, 6))).toEqual(["ASIDE ", "{1:F01", "ASIDE ", ":20:ST"]);
});

test("cut anywhere into pieces, a file gives the same messages", () => {
  const file = Buffer.from(
    `${mt103}\r\n$${fin({ type: "940", lines: mt940Lines })}\r\nABCDNL2A\r\n940\r\n` +
      `${bare(mt940Lines)}\r\n-\r\n${mt103}`,
    "latin1",
  );
  const whole = framesOf([file]);
  expect(whole).toHaveLength(4);
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: file.length }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 500 }),
      (cuts, size) => {
        const sorted = [0, ...cuts.sort((a, b) => a - b), file.length];
        const frames = new MtFrames("made.fin", size);
        const found: (MtFrame | SetAside)[] = [];
        for (let at = 0; at + 1 < sorted.length; at++) {
          found.push(...frames.push(file.subarray(sorted[at], sorted[at + 1])));
        }
        found.push(...frames.end());
        expect(found).toEqual(whole);
      },
    ),
  );
});

test("cut where pieces are searched, a file of many messages gives each of them once", () => {
  const many = Array.from({ length: 400 }, (_, i) =>
    fin({ type: "103", lines: [`:20:PAY-${i}`, ...mt103Lines.slice(1)] }),
  );
  for (const size of [1000, 65_536, 65_537, 100_003]) {
    const file = Buffer.from(many.join("\r\n"), "latin1");
    const pieces: Buffer[] = [];
    for (let at = 0; at < file.length; at += size) pieces.push(file.subarray(at, at + size));
    expect(framesOf(pieces).map((found) => ("text" in found ? found.text : ""))).toEqual(many);
  }
});

test("a message without an end is given up at the limit, and the one after it is read", () => {
  const piece = Buffer.alloc(1 << 20, "X");
  const pieces = function* () {
    yield Buffer.from(mt103.slice(0, 200), "latin1");
    for (let size = 0; size <= 2 * messageBytesMax; size += piece.length) yield piece;
    yield Buffer.from(`\n${mt103}`, "latin1");
  };
  const found = framesOf(pieces());
  expect(found).toHaveLength(2);
  expect(found[0]).toMatchObject({ offset: 0, reason: expect.stringContaining("longer than 16777216 bytes") });
  expect(found[1]).toMatchObject({ text: mt103, offset: 200 + 33 * piece.length + 1, number: 2 });
});
