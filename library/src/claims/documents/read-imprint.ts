import type { LooseBlock, Publication } from "./document.ts";
import { masthead, nameLine } from "./masthead.ts";
import { publisherNamed } from "./publisher-named.ts";
import { readTime } from "./read-time.ts";

/** Names in the fine print: whose copyright it is, whose content may not be used, whose other stories are shown. */
const name = String.raw`(?<name>\p{Lu}[\p{L}\p{N}.&'’ -]{1,60}?)`;
const years = String.raw`\d{4}(?:\s*[-–]\s*\d{4})?,?\s+`;
const nameEnd = String.raw`(?=\s*(?:[,|]\s|\.\s|\.?$|[Aa]ll [Rr]ights|Inc\b|Ltd\b|LLC\b|Media Group\b))`;
const lists = `(?:[Ww]hat['’]?s (?:hot|new|trending)|[Mm]ore|[Mm]ost (?:read|popular)|[Aa]lso|[Ll]atest)`;
const used = "(?:reproduction|use|copying|republication|redistribution)";
const notices: readonly RegExp[] = [
  new RegExp(String.raw`(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT)\s*(?:©\s*)?${years}(?:by\s+)?${name}${nameEnd}`, "u"),
  new RegExp(String.raw`(?:©|[Cc]opyright)\s+${name},?\s+\d{4}\b`, "u"),
  new RegExp(String.raw`\b${used} of (?:any )?(?<name>[\p{L}\p{N}][\p{L}\p{N}.&' -]{1,40}?)(?:['’]s)? content\b`, "u"),
  new RegExp(String.raw`^${lists} (?:on|from|in) ${name}\W*$`, "u"),
];

const houses = "Institute|Cent(?:er|re)|Office|Ministry|Department|Bureau|Agency|Commission|Authority|Council";
const linked = String.raw`(?:(?:of|the|and|de|for|on)\s+){0,2}`;
/** A house's long name: "Institute for Harbour and Customs Law", "Attorney's Office, Ostrava Bay". */
const houseLine = new RegExp(
  String.raw`^(?=.*(?:${houses})\b)(?:The\s+)?\p{Lu}[\p{L}.&'’-]*(?:,?\s+${linked}\p{Lu}[\p{L}.&'’-]*){1,8}$`,
  "u",
);

/** Above the story: a name by itself between the title and the line that says when, or behind the author's. */
function outletAbove(blocks: readonly LooseBlock[]): string | null {
  const head = blocks.slice(
    0,
    Math.max(
      0,
      blocks.findIndex(({ kind }) => kind === "paragraph"),
    ),
  );
  for (const [at, { kind, text }] of head.entries()) {
    // "By Staff" names nobody, and no outlet.
    const isName = nameLine.test(text) || houseLine.test(text);
    if (kind === "heading" && head[at + 1]?.kind === "byline" && isName && !/^by\s/iu.test(text)) return text;
    if (kind !== "byline") continue;
    const dated = nameBesideDate(text);
    if (dated !== null) return dated;
    const [, ...others] = text.split(/\s+[|•·—–]\s+/u);
    const named = others.find((one) => masthead.test(one) || publisherNamed(one)?.kind === "outlet");
    if (named !== undefined) return named;
  }
  return null;
}

const ofMedia =
  /(?:^|\s)(?:News|Radio|TV|Television|Agency|Agenzia|Magazine|Today|Review|Online|Broadcasting)(?:\s|$)/u;

/** "The Quay Courier, 3 May 2022": a name that papers have, and nothing but the day; towns stand there too. */
function nameBesideDate(text: string): string | null {
  const time = readTime(text);
  if (time === null || text.slice(time.to).trim() !== "") return null;
  const name = text
    .slice(0, time.from)
    .replace(/[\s,|·–—-]+$/u, "")
    .trim();
  if (!nameLine.test(name)) return null;
  return masthead.test(name) || ofMedia.test(name) || publisherNamed(name) !== null ? name : null;
}

/** An outlet's own way to point to its earlier stories. */
const ownStory = /\b[Aa]s (?<name>\p{Lu}[\p{L}\p{N}.& -]{1,40}?) (?:has )?(?:previously |earlier |already )reported\b/u;

/** The outlet that a text without an address is from, as far as its fine print says. */
export function noticedOutlet(blocks: readonly LooseBlock[]): string | null {
  for (const { text, kind } of blocks) {
    if (kind !== "boilerplate" && kind !== "teaser") continue;
    for (const pattern of notices) {
      const name = pattern.exec(text)?.groups?.name?.trim();
      if (name !== undefined && (publisherNamed(name) !== null || kind === "boilerplate")) return name;
    }
    if (kind === "boilerplate") {
      const search = /^[Ss]earch (?<name>\p{Lu}.{1,40})$/u.exec(text)?.groups?.name;
      if (search !== undefined && publisherNamed(search) !== null) return search;
    }
  }
  for (const { text, kind } of blocks) {
    const name = kind === "paragraph" ? ownStory.exec(text)?.groups?.name : undefined;
    const publisher = name === undefined ? null : publisherNamed(name);
    if (publisher !== null && publisher.kind !== "agency") return publisher.name;
  }
  return outletAbove(blocks);
}

/** The time in the lines above and below a story; "published" is preferred to "updated", and no other time is taken. */
export function publicationInText(blocks: readonly LooseBlock[]): Publication | null {
  const lines = blocks.filter(({ kind }) => kind === "byline").map(({ text }) => text);
  const labelled = lines.filter((text) => /\b(?:published|posted)\b/iu.test(text));
  for (const text of [...labelled, ...lines.filter((one) => !/^\s*(?:last\s+)?(?:updated|modified)\b/iu.test(one))]) {
    const from = Math.max(0, text.search(/\b(?:published|posted)\b/iu));
    const time = readTime(text.slice(from));
    if (time !== null) return { value: time.value, precision: time.precision, zoned: time.zoned, basis: "text" };
  }
  return null;
}
