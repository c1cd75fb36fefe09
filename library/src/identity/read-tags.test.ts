import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { readTags } from "./read-tags.ts";

test("CSV: columns by name, comments, quotes; a row without an address is refused by its number", () => {
  const text =
    '\uFEFFaddress,entity,source\n# a note, with a comma\n1Abc,"Shop, Ltd",court file\n,Nobody,x\n3Def,Mixer,\n';
  expect(readTags(text, "tags.csv")).toEqual({
    tags: [
      { address: "1Abc", label: "Shop, Ltd", category: null, source: "court file" },
      { address: "3Def", label: "Mixer", category: null, source: "tags.csv" },
    ],
    refused: [{ entry: 2, reason: "it has no address" }],
  });
});

test("a TagPack's tags inherit what the pack says", () => {
  const text =
    "title: T\nlabel: Ring\nsource: https://example.org/a\nabuse: ransomware\ntags:\n- address: '1Abc'\n- address: 1Def\n  label: Other\n";
  expect(readTags(text, "pack.yaml").tags).toEqual([
    { address: "1Abc", label: "Ring", category: "ransomware", source: "https://example.org/a" },
    { address: "1Def", label: "Other", category: "ransomware", source: "https://example.org/a" },
  ]);
});

test("an account of a bank may be a name at a bank", () => {
  expect(readTags("address,label\nA PAYEE@A BANK,Payee\n", "t.csv").tags[0]?.address).toBe("A PAYEE@A BANK");
});

test("an IBAN may be written in groups of four, as it is printed (ISO 13616)", () => {
  const text = "address,label\nNL03 WDKB 0417 3652 08,Mule\nmt31 mltm 4000 0000 0000 0123 4567 890,Other\n";
  expect(readTags(text, "t.csv").tags.map(({ address }) => address)).toEqual([
    "NL03WDKB0417365208",
    "MT31MLTM40000000000001234567890",
  ]);
  expect(readTags("DE17 8713 0400 0051 7703 31\n1Abc\n", "list.txt").tags[0]?.address).toBe("DE17871304000051770331");
  expect(() => readTags("NL03 of somebody\n", "list.txt")).toThrow("is not an address");
});

test("JSON lists and plain lists of addresses", () => {
  expect(readTags('["1Abc", {"address": "1Def", "label": "L", "category": "exchange"}]', "a.json").tags).toEqual([
    { address: "1Abc", label: "", category: null, source: "a.json" },
    { address: "1Def", label: "L", category: "exchange", source: "a.json" },
  ]);
  expect(readTags("# seized\r\n1Abc\r\n\r\n1Def\r\n", "list.txt").tags.map((tag) => tag.address)).toEqual([
    "1Abc",
    "1Def",
  ]);
});

test.each([
  ["", /empty/u],
  ["{}", /neither a list nor a TagPack/u],
  ["[", /JSON/u],
  ["title: x\ntags: 3\n", /neither a list/u],
  ["address,label\n,x\n", /no address/u],
  ["this is a sentence\n", /not an address/u],
])("%j is refused with a reason", (text, reason) => {
  expect(() => readTags(text, "f")).toThrow(reason);
});

test("any text gives tags or a SpoorError", () => {
  const pieces = fc.constantFrom(
    "address",
    ",",
    "\n",
    '"',
    "tags:",
    "- ",
    "{",
    "[",
    "]",
    "}",
    ":",
    "&a",
    "*a",
    "#",
    "1Abc",
    " ",
    "\u0000",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((parts) => parts.join("")),
      ),
      (text) => {
        try {
          const { tags, refused } = readTags(text, "f");
          expect(refused.length === 0 || tags.length > 0).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(SpoorError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

const labels = join(import.meta.dirname, "../../../../shared/data/labels");

test.skipIf(!existsSync(labels))("real tag packs and address lists read whole (../shared/data/labels)", () => {
  let count = 0;
  for (const folder of ["tagpacks", "am-i-exposed"]) {
    for (const file of readdirSync(join(labels, folder))) {
      if (!/\.(?:ya?ml|csv)$/u.test(file)) continue;
      const { tags } = readTags(readFileSync(join(labels, folder, file), "utf8"), file);
      count += tags.length;
    }
  }
  expect(count).toBeGreaterThan(1000);
});
