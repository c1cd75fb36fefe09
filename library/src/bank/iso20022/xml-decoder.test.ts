import fc from "fast-check";
import { expect, test } from "vitest";
import { byteOffsetIn, pieceFrom, type TextPiece, XmlDecoder } from "./xml-decoder.ts";

function decodeAll(bytes: Uint8Array, pieceSizes: readonly number[] = []): TextPiece[] {
  const decoder = new XmlDecoder();
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const size of [...pieceSizes, bytes.length]) {
    decoder.take(bytes.subarray(at, at + size));
    at += size;
    const isEnd = at >= bytes.length;
    for (let piece = decoder.next(isEnd); piece !== null; piece = decoder.next(isEnd)) pieces.push(piece);
    if (isEnd) break;
  }
  return pieces;
}

const textOf = (pieces: readonly TextPiece[]) => pieces.map(({ text }) => text).join("");

test("UTF-8 comes out the same however its bytes are cut, and every character's byte is known", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 60 }).map((text) => `<a>${text.toWellFormed()}`),
      fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 80 }),
      (text, sizes) => {
        const pieces = decodeAll(Buffer.from(text), sizes);
        expect(textOf(pieces)).toBe(text);
        for (const piece of pieces) {
          expect(piece.bad).toEqual([]);
          for (let index = 0; index <= piece.text.length; index++) {
            if (isSecondHalf(piece.text, index)) continue;
            const byte = Buffer.byteLength(text.slice(0, piece.charStart + index));
            expect(byteOffsetIn(piece, index)).toBe(byte);
            expect(pieceFrom(piece, index).byteStart).toBe(byte);
          }
        }
      },
    ),
  );
});

const isSecondHalf = (text: string, index: number) => (text.charCodeAt(index) & 0xfc00) === 0xdc00;

test("a byte that is not UTF-8 is named, and what is around it is decoded", () => {
  const letter = fc.constantFrom(..."aé€😀").map((text) => ({ bytes: [...Buffer.from(text)], text }));
  const bad = fc.constantFrom(0x80, 0xbf, 0xc0, 0xc1, 0xf5, 0xff).map((byte) => ({ bytes: [byte], text: "\ufffd" }));
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: letter }, bad), { maxLength: 40 }), (parts) => {
      const bytes = Buffer.from([0x3c, 0x61, 0x3e, 0x61, ...parts.flatMap((part) => part.bytes)]);
      const pieces = decodeAll(bytes);
      expect(textOf(pieces)).toBe(`<a>a${parts.map(({ text }) => text).join("")}`);
      const named = pieces.flatMap((piece) =>
        piece.bad.map((char) => bytes[byteOffsetIn(piece, char - piece.charStart)]!),
      );
      expect(named).toEqual(parts.filter(({ text }) => text === "\ufffd").map((part) => part.bytes[0]));
    }),
  );
});

test.each([
  ["utf16le", [0xff, 0xfe], (text: string) => Buffer.from(text, "utf16le")],
  ["utf16be", [0xfe, 0xff], (text: string) => Buffer.from(text, "utf16le").swap16()],
  ["utf16le", [], (text: string) => Buffer.from(text, "utf16le")],
  ["utf16be", [], (text: string) => Buffer.from(text, "utf16le").swap16()],
  ["utf8", [0xef, 0xbb, 0xbf], (text: string) => Buffer.from(text)],
])("%s with the mark %j is known by its first bytes", (_, mark, encode) => {
  const text = '<?xml version="1.0"?><a>é€😀</a>';
  for (const sizes of [[], [1, 1, 1, 1, 1, 1, 1], [3, 5, 7]]) {
    const pieces = decodeAll(Buffer.concat([Buffer.from(mark), encode(text)]), sizes);
    expect(textOf(pieces)).toBe(text);
  }
});

test("half a character of UTF-16 and one without its other half are named", () => {
  const lone = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from("<a>", "utf16le"),
    Buffer.from([0x3d, 0xd8, 0x61]),
  ]);
  const pieces = decodeAll(lone);
  expect(textOf(pieces)).toBe("<a>\ufffda");
  expect(pieces.flatMap(({ bad }) => bad)).toEqual([3, 4]);
});

test("a character that the file ends in is named", () => {
  const pieces = decodeAll(Buffer.concat([Buffer.from("<aé>"), Buffer.from([0xe2, 0x82])]));
  expect(textOf(pieces)).toBe("<aé>\ufffd\ufffd");
  expect(pieces.flatMap(({ bad }) => bad)).toEqual([4, 5]);
});

test("what is read in one encoding is given again in another", () => {
  const decoder = new XmlDecoder();
  const bytes = Buffer.from("<?xml encoding='ISO-8859-1'?><a>Müller</a>", "latin1");
  decoder.take(bytes);
  const [piece] = [decoder.next(true)!];
  expect(piece.bad).toHaveLength(1);
  expect(decoder.check("ISO-8859-1")).toEqual({ isSame: false, problem: null });
  decoder.change("ISO-8859-1", [pieceFrom(piece, 29)]);
  const again = decoder.next(true)!;
  expect(again).toMatchObject({ text: "<a>Müller</a>", bad: [], byteStart: 29, charStart: 29 });
  expect(decoder.check("latin1")).toEqual({ isSame: true, problem: null });
  expect(decoder.check(null).isSame).toBe(false);
});

test("encodings that contradict the bytes or are not known are refused by name", () => {
  const decoder = new XmlDecoder();
  decoder.take(Buffer.from("<a></a>"));
  decoder.next(true);
  expect(decoder.check("UTF-16").problem).toBe("it says that its encoding is UTF-16, and its bytes are UTF-8");
  expect(decoder.check("EBCDIC-US").problem).toContain("which is none of UTF-8, UTF-16, US-ASCII");
  expect(decoder.check("constructor").problem).toContain("which is none of");
  const marked = new XmlDecoder();
  marked.take(Buffer.from("\ufeff<a></a>"));
  marked.next(true);
  expect(marked.check("windows-1252").problem).toContain("its bytes are UTF-8");
});

test.each([
  ["UTF-32", [0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]],
  ["EBCDIC", [0x4c, 0x6f, 0xa7, 0x94, 0x93]],
])("%s is refused", (name, bytes) => {
  const decoder = new XmlDecoder();
  decoder.take(Buffer.from(bytes));
  expect(decoder.next(true)).toBeNull();
  expect(decoder.refusal).toContain(name);
});

test("windows-1252 and ISO-8859-15 have the euro sign, each at its place", () => {
  for (const [name, byte] of [
    ["windows-1252", 0x80],
    ["ISO-8859-15", 0xa4],
  ] as const) {
    const decoder = new XmlDecoder();
    decoder.change(name, []);
    decoder.take(Buffer.from([0x3c, 0x61, 0x3e, byte]));
    expect(decoder.next(true)!.text).toBe("<a>€");
  }
});
