import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseYaml } from "yaml";
import { TagFileError } from "../errors/identity.ts";
import type { Tag, TagFile } from "./tag.ts";

/** Caps what one file may cost; a tag file of a million entries has about 100 MB. */
const fileBytesMax = 256 * 1024 * 1024;
const addressLengthMax = 200;

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads a file of tags: CSV with a header that has an `address` column (`label`, `entity` or `name`; `category`,
 * `abuse` or `type`; `source`), a GraphSense TagPack in YAML, a JSON list of addresses or of objects with those
 * fields, or plain text with an address a line. Which one it is, its content says. Lines that begin with `#` are
 * comments. Addresses are not checked against a network here: a file may hold those of several. An IBAN may be written
 * in groups.
 *
 * @param file its path, for messages
 * @param source who says so where an entry names nobody; a path would make what follows depend on where a file is kept
 * @throws TagFileError where the whole file cannot be read; single bad entries are listed in `refused`
 */
export function readTags(text: string, file: string, source: string = file): TagFile {
  if (text.length > fileBytesMax) throw new TagFileError({ file, why: `it is larger than ${fileBytesMax} characters` });
  const start = text.replace(/^\uFEFF/u, "").trimStart();
  if (start === "") throw new TagFileError({ file, why: "it is empty" });
  const entries = entriesOf(start, file);
  const tags: Tag[] = [];
  const refused: { entry: number; reason: string }[] = [];
  entries.forEach((entry, index) => {
    const tag = tagOf(entry, source);
    if (typeof tag === "string") refused.push({ entry: index + 1, reason: tag });
    else tags.push(tag);
  });
  // Nothing but refusals: it is some other kind of file.
  if (tags.length === 0 && refused[0] !== undefined) throw new TagFileError({ file, why: refused[0].reason });
  return { tags, refused };
}

function entriesOf(text: string, file: string): readonly Entry[] {
  try {
    if (/^[[{]/u.test(text)) return listOf(JSON.parse(text));
    if (/^(?:title|creator|tags|label|source|description|lastmod)\s*:/mu.test(text.slice(0, 4000))) {
      return listOf(parseYaml(text, { maxAliasCount: 0 }));
    }
    const header = text.split(/\r?\n/u).find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
    if (/(?:^|[,;\t])"?address"?(?:[,;\t]|$)/iu.test(header)) return csvEntries(text, header);
  } catch (cause) {
    throw new TagFileError({ file, why: cause instanceof Error ? cause.message : "it cannot be parsed" }, cause);
  }
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((address) => ({ address }));
}

function csvEntries(text: string, header: string): Entry[] {
  const delimiter = [",", ";", "\t"].find((character) => header.includes(character)) ?? ",";
  return parseCsv(text, {
    delimiter,
    comment: "#",
    comment_no_infix: true,
    skip_empty_lines: true,
    relax_column_count: true,
    trim: true,
    columns: (names: string[]) => names.map((name) => name.toLowerCase()),
  });
}

/** A list of entries, or a TagPack: an object whose `tags` inherit what stands beside them. */
function listOf(document: unknown): readonly Entry[] {
  if (Array.isArray(document)) return document.map((item) => (typeof item === "string" ? { address: item } : item));
  const pack = document as Entry | null;
  if (pack === null || typeof pack !== "object" || !Array.isArray(pack.tags)) {
    throw new SyntaxError("it holds neither a list nor a TagPack with `tags`");
  }
  const { tags, ...common } = pack;
  return tags.map((tag: unknown) => ({ ...common, ...(tag as Entry) }));
}

function tagOf(entry: Entry, source: string): Tag | string {
  if (entry === null || typeof entry !== "object") return "it is not an object";
  const address = packed(textOf(entry.address));
  if (address === "") return "it has no address";
  // Accounts of banks may be a name at a bank, with blanks.
  const isWritten = address.includes("@") ? !/\p{C}/u.test(address) : !/[\s\p{C}]/u.test(address);
  if (address.length > addressLengthMax || !isWritten) {
    return `"${address.slice(0, 40)}" is not an address`;
  }
  return {
    address,
    label: textOf(entry.label ?? entry.entity ?? entry.name),
    category: textOf(entry.category ?? entry.abuse ?? entry.type) || null,
    source: textOf(entry.source) || source,
  };
}

/** An IBAN as it is printed: in groups of four (ISO 13616). Other addresses as they are. */
const packed = (address: string): string =>
  /^[A-Z]{2}\d{2}(?:\s[A-Z0-9]{4}){2,7}(?:\s[A-Z0-9]{1,4})?$/iu.test(address)
    ? address.replaceAll(/\s/gu, "").toUpperCase()
    : address;

const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
