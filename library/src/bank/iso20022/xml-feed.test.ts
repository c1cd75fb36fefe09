import fc from "fast-check";
import { expect, test } from "vitest";
import { attributesMax, depthMax, gapCharactersMax, XmlFeed, type XmlSink } from "./xml-feed.ts";

/** What a feed told, in short: `<name`, `>`, text as it is, `!why`. */
class Told implements XmlSink {
  readonly told: string[] = [];
  readonly broken_: { offset: number; line: number; why: string }[] = [];
  readonly begins: { tag: string; offset: number; line: number }[] = [];
  readonly feed: XmlFeed;

  constructor(pieceBytes = 1 << 16) {
    this.feed = new XmlFeed(this, { pieceBytes });
  }

  open(tag: string, _: unknown, line: number): void {
    this.told.push(`<${tag}`);
    this.begins.push({ tag, offset: this.feed.tagOffset(), line });
  }

  text(text: string): void {
    if (text.trim() !== "") this.told.push(text);
  }

  close(): void {
    this.told.push(">");
  }

  broken(offset: number, line: number, why: string): void {
    this.told.push("!");
    this.broken_.push({ offset, line, why });
  }
}

function feed(input: string | Uint8Array, piece = 1 << 16): Told {
  const told = new Told(piece);
  const bytes = typeof input === "string" ? Buffer.from(input) : input;
  for (let at = 0; at < bytes.length; at += piece) told.feed.push(bytes.subarray(at, at + piece));
  told.feed.end();
  return told;
}

const good = "<Document><a>1</a></Document>";
const goodTold = ["<Document", "<a", "1", ">", ">"];

test("documents one after another are read, with declarations, comments, marks and white space between", () => {
  const declared = `<?xml version="1.0"?>\n<!-- made -->\n${good}`;
  const { told, broken_ } = feed(`${good}${good}\r\n\ufeff${declared}\n\n${declared}<!-- end --><?pi x?>\n`);
  expect(broken_).toEqual([]);
  expect(told).toEqual([...goodTold, ...goodTold, ...goodTold, ...goodTold]);
});

test("each tag's byte and line are those of the file, over documents and characters of several bytes", () => {
  const text = `\ufeff<a>é€</a>\n<?xml version="1.0" encoding="UTF-8"?>\n<b>\n  <c/>😀<d></d></b>`;
  const { begins } = feed(text);
  const bytes = Buffer.from(text);
  const at = (offset: number) => bytes.toString("utf8", offset, offset + 2);
  // A root begins where its document does.
  expect(begins.map(({ offset }) => at(offset))).toEqual(["<a", "<?", "<c", "<d"]);
  expect(begins.map(({ line }) => line)).toEqual([1, 3, 4, 4]);
});

test("entities but XML's five, and DTDs, are refused; character references and CDATA are text", () => {
  expect(feed("<a>&lt;&#65;&#x42;<![CDATA[<&>]]></a>").told).toEqual(["<a", "<AB", "<&>", ">"]);
  expect(feed("<a>&nbsp;</a>").broken_[0]!.why).toBe("it is not well-formed XML: undefined entity");
  expect(feed("<a>&#0;</a>").broken_).toHaveLength(1);
  const bomb = `<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>`;
  const refused = feed(`${bomb}<b/><?xml version="1.0"?>${good}`);
  expect(refused.broken_.map(({ why }) => why)).toEqual([expect.stringContaining("<!DOCTYPE")]);
  // Nothing of the document with the DTD is read.
  expect(refused.told).toEqual(["!", ...goodTold]);
});

test.each([
  ["an element that is not closed", "<Document><a><b>1</a></Document>"],
  ["the end of another", "<Document><a>1</a></Documents>"],
  ["no end, and another begins", "<Document><a>1</a>"],
  ["a tag without an end", "<Document><a"],
  ["an attribute without a value", "<Document><a x>1</a></Document>"],
  ["an attribute twice", `<Document><a x="1" x="2">1</a></Document>`],
  ["an ampersand", "<Document><a>1 & 2</a></Document>"],
  ["a control character", "<Document><a>\u0001</a></Document>"],
  ["text outside", "<Document></Document> and then"],
  ["an end too many", "<Document></Document></Document>"],
  ["an unclosed comment", "<Document><!-- <a>1</a></Document>"],
  ["an unclosed CDATA", "<Document><a><![CDATA[1</a></Document>"],
  ["a processing instruction without an end", "<Document><?pi <a>1</a></Document>"],
])("after a document that is damaged by %s, the others are read", (_, bad) => {
  for (const declaration of ["", `<?xml version="1.0"?>\n`]) {
    for (const piece of [1 << 16, 1, 7]) {
      const { told, broken_ } = feed(
        `${declaration}${good}\n${declaration}${bad}\n${declaration}${good}\n${good}`,
        piece,
      );
      expect(told.join(" ").split(goodTold.join(" "))).toHaveLength(4);
      expect(broken_).toHaveLength(1);
    }
  }
});

test("in an envelope too, whose ends are then passed over", () => {
  const one = `<e:Item><h:AppHdr/><p:Document><a>1</a></p:Document></e:Item>`;
  const bad = `<e:Item><h:AppHdr/><p:Document><a>1</b></p:Document></e:Item>`;
  const { told, broken_ } = feed(`<e:List>${one}${bad}${one}${one}</e:List>`);
  expect(told.filter((part) => part === "1")).toHaveLength(4);
  expect(broken_).toHaveLength(1);
  expect(told.filter((part) => part === "<p:Document")).toHaveLength(4);
});

test("what was told does not depend on how the bytes are cut", () => {
  const part = fc.constantFrom(
    good,
    "<a>é😀</a>",
    `<?xml version="1.0"?>`,
    "<Document><a>",
    "</a>",
    "<!-- x -->",
    "<![CDATA[y]]>",
    "&amp;",
    "&x;",
    "\r\n",
    "<!DOCTYPE a>",
    "x",
    "<",
    ">",
    "\ufeff",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 25 }), fc.integer({ min: 1, max: 40 }), (parts, piece) => {
      const [whole, cut] = [feed(parts.join("")), feed(parts.join(""), piece)];
      expect(joined(cut.told)).toEqual(joined(whole.told));
      expect(cut.broken_).toEqual(whole.broken_);
      expect(cut.begins).toEqual(whole.begins);
    }),
    { numRuns: 300 },
  );
});

/** Text may come in several parts. */
const joined = (told: readonly string[]) => told.join("|").replaceAll(/\|(?=[^<>!])/gu, "");

test("an encoding is that of its own document", () => {
  const latin = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?><a>Müller</a>`, "latin1");
  const windows = Buffer.concat([
    Buffer.from(`<?xml version="1.0" encoding="windows-1252"?><a>`),
    Buffer.from([0x80]),
    Buffer.from("</a>"),
  ]);
  const utf8 = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><a>Łódź</a>`);
  for (const piece of [1 << 16, 1, 13]) {
    const { told, broken_ } = feed(Buffer.concat([latin, utf8, windows, utf8, latin]), piece);
    expect(broken_).toEqual([]);
    expect(told.filter((part) => !/^[<>]/u.test(part))).toEqual(["Müller", "Łódź", "€", "Łódź", "Müller"]);
  }
});

test("bytes that are not in the encoding are named by their offset, and the next document is read", () => {
  const bytes = Buffer.from(`<a>Müller</a>${good}`, "latin1");
  const { told, broken_ } = feed(bytes);
  expect(broken_).toEqual([{ offset: 4, line: 1, why: expect.stringContaining("the byte at offset 4 is not UTF-8") }]);
  expect(told.slice(-5)).toEqual(goodTold);
  const ascii = feed(Buffer.from(`<?xml version="1.0" encoding="US-ASCII"?><a>é</a>`));
  expect(ascii.broken_[0]!.why).toContain("offset 44 is not US-ASCII");
  const wrong = feed(`<?xml version="1.0" encoding="UTF-16"?>${good}<?xml version="1.0"?>${good}`);
  expect(wrong.broken_[0]!.why).toContain("it says that its encoding is UTF-16, and its bytes are UTF-8");
  expect(wrong.told).toEqual(["!", ...goodTold]);
  expect(feed(Buffer.from([0xff, 0xfe, 0, 0, 60, 0, 0, 0])).broken_[0]!.why).toContain("UTF-32");
});

test("depth and attributes have limits", () => {
  expect(feed("<a>".repeat(depthMax) + "</a>".repeat(depthMax)).broken_).toEqual([]);
  expect(feed(`${"<a>".repeat(depthMax + 1)}${good}`).told.slice(-5)).toEqual(goodTold);
  const attributes = (count: number) => Array.from({ length: count }, (_, i) => `x${i}="1"`).join(" ");
  expect(feed(`<a ${attributes(attributesMax)}/>`).broken_).toEqual([]);
  expect(feed(`<a ${attributes(attributesMax + 1)}/>`).broken_[0]!.why).toContain(
    `more than ${attributesMax} attributes`,
  );
});

test.each([
  ["text", "<a>", "x"],
  ["a comment", "<a><!--", "x"],
  ["CDATA", "<a><![CDATA[", "x"],
  ["an attribute", `<a x="`, "x"],
  ["a name", "<a", "x"],
  ["character references", "<a>", "&#65;"],
  ["white space", "<a>", " "],
  ["a DTD", "<!DOCTYPE a [", "<!ENTITY x 'y'>"],
])("%s without an end is refused after a million characters, and the rest is read", (_, begin, unit) => {
  const told = new Told();
  const chunk = Buffer.from(unit.repeat(Math.ceil((1 << 16) / unit.length)));
  told.feed.push(Buffer.from(begin));
  for (let i = 0; i < 40; i++) told.feed.push(chunk);
  expect(told.broken_).toHaveLength(1);
  expect(told.broken_[0]!.offset).toBeLessThan(gapCharactersMax + 3 * (1 << 16));
  told.feed.push(Buffer.from(`?>--><?xml version="1.0"?>${good}`));
  told.feed.end();
  expect(told.told.slice(-5)).toEqual(goodTold);
});
