import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { SpoorError } from "../errors/base.ts";
import { declareLink, readLinks, sideText } from "./declared-links.ts";
import { keepLinks, linksFor, readLinkBook, removeLinks } from "./link-book.ts";
import { withFolder } from "./open-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "spoor-links-"));
afterAll(() => rmSync(folder, { recursive: true }));

const hash = `0x${"AB".repeat(32)}`;
const text = {
  from: `eth/${hash}:3+0xcd:0`,
  to: "bank/a b, c:1",
  kind: "bridge",
  basis: "memo",
  confidence: "0.9",
  source: 'the bridge\'s "explorer"',
};

test("a declaration names movements of two ledgers; the same declaration has the same id", () => {
  const link = declareLink(text);
  expect(link).toMatchObject({
    from: { ledger: "eth", movements: [{ transaction: hash.toLowerCase(), number: 3 }, { number: 0 }] },
    to: { ledger: "bank", movements: [{ transaction: "a b, c", number: 1 }] },
    confidence: 0.9,
  });
  expect(declareLink({ ...text, from: sideText(link.from) }).id).toBe(link.id);
  expect(declareLink({ ...text, source: "another" }).id).not.toBe(link.id);
});

test("the ledger may stand before each movement of a side", () => {
  const link = declareLink({ ...text, from: "eth/0xcd:0+eth/0xef:1" });
  expect(sideText(link.from)).toBe("eth/0xcd:0+0xef:1");
});

test.each(["", "\n", "a,b\n", "from;to;kind\na/1;b/2;otc\n"])("%j is no file of links", (csv) => {
  expect(() => readLinks(csv, "links.csv")).toThrow(/no column .*kind/u);
});

test("a file of links: basis and confidence may be left out; the file is the source where no row names one", () => {
  const csv = "\uFEFFFrom,To,Kind,Source\n# a note\na/1,b/2,otc,\nb/2:0,c/3,cash,Court\n";
  expect(readLinks(csv, "links.csv")).toMatchObject([
    { kind: "otc", basis: "declared", confidence: 1, source: "links.csv" },
    { kind: "cash", source: "Court" },
  ]);
});

test.each([
  ["from,to,kind\na/1,b/2,theft\n", /row 1: .*kind|kind/u],
  ["from,to,kind\na/1,b/2,otc\na,b/2,otc\n", /LEDGER\/TRANSACTION/u],
  ["from,to,kind,confidence\na/1,b/2,otc,2\n", /from 0 to 1/u],
  ['from,to\n"', /Quote/u],
])("%j is refused with its row", (csv, reason) => {
  expect(() => readLinks(csv, "f.csv")).toThrow(reason);
});

test("any text gives links or a SpoorError", () => {
  const pieces = fc.constantFrom("from", "to", "kind", ",", "\n", '"', "a/1", "otc", "#", "\u0000", "0.5", ":", "+");
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      try {
        readLinks(`from,to,kind\n${parts.join("")}`, "f");
      } catch (error) {
        expect(error).toBeInstanceOf(SpoorError);
      }
    }),
  );
});

test("a data folder keeps links, each once, through quotes and commas, and gives them up by id", async () => {
  const link = declareLink(text);
  expect(await keepLinks(folder, [link, link])).toBe(1);
  expect(await keepLinks(folder, [link])).toBe(0);
  expect(await readLinkBook(folder)).toEqual([link]);
  const file = join(folder, "more.csv");
  writeFileSync(file, "from,to,kind,source\na/1,b/2,fx,x\n");
  expect((await linksFor(folder, [file])).map(({ kind }) => kind)).toEqual(["bridge", "fx"]);
  await expect(removeLinks(folder, ["0000"])).rejects.toThrow(/keeps no link/u);
  await removeLinks(folder, [link.id]);
  expect(await readLinkBook(folder)).toEqual([]);
});

test("a link to what its ledger does not hold is not kept; a ledger that is not there yet is asked later", async () => {
  await withFolder(folder, async (opened) => {
    const writer = await opened.accountLedgerWriter({ name: "held", network: "bank", partial: true });
    const one = { transaction: "paid", height: null, position: 0, time: null, dayOnly: false, layer: "made", index: 0 };
    const value = { from: "a", to: "b", asset: "EUR", amount: 5n, isFee: false, returns: null };
    await writer.append([{ ...one, ...value }]);
    await writer.settle();
    await writer.finish();
  });
  const to = (movement: string) => declareLink({ ...text, from: "held/paid", to: movement });
  const wrong = { code: "cases/link-not-found", message: expect.stringContaining("nothing was kept") };
  await expect(keepLinks(folder, [to("later/x"), to("held/other")])).rejects.toMatchObject(wrong);
  await expect(keepLinks(folder, [to("held/paid:1")])).rejects.toMatchObject(wrong);
  expect(await readLinkBook(folder)).toEqual([]);
  expect(await keepLinks(folder, [to("held/paid:0"), to("later/x")])).toBe(2);
});
