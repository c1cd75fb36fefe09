import { parse } from "yaml";
import { DocumentTooLargeError } from "../../errors/claims.ts";
import type { Publication } from "./document.ts";
import { documentLimits } from "./limits.ts";
import type { RawBlock } from "./mark-blocks.ts";
import { normaliseBlock } from "./normalise-block.ts";
import { readTime } from "./read-time.ts";

/** What stands in the YAML before the text. */
export interface FrontMatter {
  readonly title: string | null;
  readonly author: string | null;
  readonly published: Publication | null;
  readonly address: string | null;
  /** What the publisher calls itself. */
  readonly siteName: string | null;
}

/** A paragraph that is longer keeps its marks: looking for them would take too long. */
const markedUnitsMax = 100_000;
const frontMatterUnitsMax = 20_000;

/**
 * Reads Markdown as text: the marks go, the words of links and pictures stay, a paragraph's lines are joined. It is not
 * laid out: HTML inside is left as text without its tags.
 * @throws DocumentTooLargeError
 */
export function readMarkdown(text: string, source: string): { front: FrontMatter; blocks: RawBlock[] } {
  const { textUnitsMax, blocksMax } = documentLimits;
  if (text.length > textUnitsMax)
    throw new DocumentTooLargeError({ source, limit: "textUnitsMax", max: textUnitsMax, unit: "characters" });
  const whole = text.replace(/\r\n?/gu, "\n");
  const head = /^\ufeff?---\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)(?:\n|$)/u.exec(whole);
  const blocks: RawBlock[] = [];
  let isTitled = false;
  for (const block of blocksOf(head === null ? whole : whole.slice(head[0].length))) {
    const kept = normaliseBlock(withoutMarks(block.text));
    if (kept === "") continue;
    const isTitle: boolean = block.level === 1 && !isTitled;
    isTitled ||= isTitle;
    blocks.push({ text: kept, hint: isTitle ? "title" : hintOf(block) });
    if (blocks.length > blocksMax)
      throw new DocumentTooLargeError({ source, limit: "blocksMax", max: blocksMax, unit: "paragraphs" });
  }
  const front = frontMatter(head?.[1] ?? "");
  if (!isTitled && front.title !== null) blocks.unshift({ text: front.title, hint: "title" });
  return { front, blocks };
}

interface MarkdownBlock {
  text: string;
  /** Of a heading; 0 for text, -1 for a picture. */
  readonly level: number;
}

function hintOf(block: MarkdownBlock): RawBlock["hint"] {
  if (block.level > 0) return "heading";
  return block.level < 0 ? "caption" : null;
}

function* blocksOf(text: string): Generator<MarkdownBlock> {
  let open: MarkdownBlock | null = null;
  let isCode = false;
  for (const line of text.split("\n")) {
    if (/^ {0,3}(?:```|~~~)/u.test(line)) {
      isCode = !isCode;
      if (open !== null) yield open;
      open = null;
      continue;
    }
    const bare = line.replace(/^[\s>]+/u, "");
    const heading = isCode ? null : /^(#{1,6})\s+(.*?)\s*#*$/u.exec(bare);
    const underline = open !== null && !isCode ? /^(=+|-+)\s*$/u.exec(bare) : null;
    if (underline !== null && open !== null) {
      yield { text: open.text, level: underline[1]?.startsWith("=") === true ? 1 : 2 };
      open = null;
    } else if (heading !== null) {
      if (open !== null) yield open;
      open = null;
      yield { text: heading[2] ?? "", level: (heading[1] ?? "").length };
    } else if (bare === "" || /^(?:[-*_]\s*){3,}$/u.test(bare)) {
      if (open !== null) yield open;
      open = null;
    } else {
      const entry = /^(?:[-*+]|\d{1,9}[.)])\s+(.*)$/u.exec(bare);
      const isPicture = /^!\[[^\]]*\]\([^)]*\)\s*$/u.test(bare);
      if (open !== null && (entry !== null || isCode || isPicture)) {
        yield open;
        open = null;
      }
      if (isPicture) yield { text: bare, level: -1 };
      else if (open === null) open = { text: entry?.[1] ?? bare, level: 0 };
      else open.text += `\n${bare}`;
    }
  }
  if (open !== null) yield open;
}

function withoutMarks(text: string): string {
  if (text.length > markedUnitsMax) return text;
  return text
    .replace(/!?\[([^\][]{0,1000})\]\((?:[^()\s]{0,2000})(?:\s+"[^"]{0,500}")?\)/gu, "$1")
    .replace(/!?\[([^\][]{0,1000})\]\[[^\][]{0,200}\]/gu, "$1")
    .replace(/<(https?:\/\/[^\s<>]{1,2000})>/gu, "$1")
    .replace(/<\/?[a-z][^<>]{0,2000}>/giu, "")
    .replace(/(^|[\s("“'‘])(\*{1,3}|_{1,3}|~~)(?=\S)/gu, "$1")
    .replace(/(?<=\S)(?:\*{1,3}|_{1,3}|~~)(?=$|[\s.,;:!?)"”'’])/gu, "")
    .replace(/`([^`]{1,1000})`/gu, "$1")
    .replace(/\\([\\`*_{}[\]()#+.!>~|-])/gu, "$1");
}

function frontMatter(yaml: string): FrontMatter {
  const fields = fieldsOf(yaml);
  const textOf = (...names: string[]) => {
    for (const name of names) {
      const value = fields[name];
      const text = Array.isArray(value) ? value.filter((one) => typeof one === "string").join(", ") : value;
      if (typeof text === "string" && normaliseBlock(text) !== "") return normaliseBlock(text);
    }
    return null;
  };
  const time = readTime(textOf("date", "published", "pubDate") ?? "");
  return {
    title: textOf("title"),
    author: textOf("author", "authors", "byline"),
    published:
      time === null ? null : { value: time.value, precision: time.precision, zoned: time.zoned, basis: "front-matter" },
    address: textOf("url", "source", "canonical"),
    siteName: textOf("site", "outlet", "publisher", "publication", "site_name"),
  };
}

function fieldsOf(yaml: string): Readonly<Record<string, unknown>> {
  if (yaml === "" || yaml.length > frontMatterUnitsMax) return {};
  try {
    // The failsafe schema leaves dates as they are written; a few aliases are enough for any front matter.
    const value = parse(yaml, { schema: "failsafe", maxAliasCount: 10, logLevel: "silent" }) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
