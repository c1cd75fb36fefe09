import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DocumentEncodingError } from "../../errors/claims.ts";
import { decodeText } from "./decode-text.ts";

const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const plain = { source: "a.txt", mediaType: null, isMarkup: false };
const page = { source: "a.html", mediaType: null, isMarkup: true };

describe("which encoding", () => {
  test.each([
    ["UTF-8 with a mark", Buffer.from("\ufeffnaïve"), plain, "utf-8", "byte-order-mark"],
    ["UTF-16LE with a mark", Buffer.from("\ufeffnaïve", "utf16le"), plain, "utf-16le", "byte-order-mark"],
    ["UTF-16BE with a mark", utf16be("\ufeffnaïve"), plain, "utf-16be", "byte-order-mark"],
    ["UTF-16BE without one", utf16be("naïve as ever"), plain, "utf-16be", "guess"],
    ["UTF-16LE without one", Buffer.from("naïve as ever", "utf16le"), plain, "utf-16le", "guess"],
    ["UTF-8", Buffer.from("naïve"), plain, "utf-8", "valid-utf-8"],
    [
      "unlabelled windows-1252",
      Buffer.from("it was the \x93na\xefve\x94 guess of a clerk", "latin1"),
      plain,
      "windows-1252",
      "guess",
    ],
  ])("%s", (_, bytes, about, label, basis) => {
    const decoded = decodeText(bytes, about);
    expect(decoded.encoding).toEqual({ label, basis, replaced: 0 });
    expect(decoded.text).toContain("naïve");
  });

  test("the charset of the media type is preferred to the page's own", () => {
    const bytes = Buffer.concat([Buffer.from('<meta charset="utf-8">'), Buffer.from([0xf0, 0xd2, 0xc9])]);
    const decoded = decodeText(bytes, { ...page, mediaType: "text/html; charset=KOI8-R" });
    expect(decoded.text).toContain("При");
    expect(decoded.encoding).toEqual({ label: "koi8-r", basis: "media-type", replaced: 0 });
  });

  test("a page declares its own, and a charset that does not exist is passed over", () => {
    const bytes = Buffer.concat([Buffer.from("<meta charset=euc-kr>"), Buffer.from([0xc7, 0xd1])]);
    expect(decodeText(bytes, { ...page, mediaType: "text/html; charset=x-none" }).text).toContain("한");
  });

  test("in markup that declares UTF-8, windows-1252 quotes are still read", () => {
    const bytes = Buffer.from('<meta charset="utf-8">he \x93never\x94 said it', "latin1");
    expect(decodeText(bytes, page)).toMatchObject({
      text: expect.stringContaining("“never”"),
      encoding: { label: "windows-1252", basis: "guess" },
    });
  });

  test("a stray byte among good ones is replaced and counted", () => {
    const bytes = Buffer.concat([Buffer.from("é".repeat(40)), Buffer.from([0xff]), Buffer.from("ok")]);
    expect(decodeText(bytes, plain).encoding).toEqual({ label: "utf-8", basis: "valid-utf-8", replaced: 1 });
  });
});

test("Cyrillic bytes without a label are refused, not guessed", () => {
  const koi8 = Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4, 0x20, 0xcd, 0xc9, 0xd2, 0x2e]);
  expect(() => decodeText(koi8, plain)).toThrow(DocumentEncodingError);
  expect(() => decodeText(koi8, plain)).toThrow(/\(a\.txt\).*Say which encoding/u);
});

test("any text comes back from UTF-8 and from marked UTF-16", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      // A text that begins with a mark of its own loses that one: it cannot be told from the encoding's.
      fc.pre(!text.startsWith("\ufeff") && !text.includes("\0"));
      expect(decodeText(Buffer.from(text), plain).text).toBe(text);
      expect(decodeText(Buffer.from(`\ufeff${text}`, "utf16le"), plain).text).toBe(text);
    }),
    { seed: 5 },
  );
});
