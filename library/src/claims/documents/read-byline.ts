import { publisherNamed } from "./publisher-named.ts";
import { readTime } from "./read-time.ts";

export interface Byline {
  readonly author: string | null;
  /** An agency. */
  readonly credit: string | null;
}

const particle = "(?:de|da|del|der|den|van|von|bin|bint|al|el|la|le|di|du|y)";
const part = String.raw`\p{Lu}[\p{L}'’.-]*`;
const name = String.raw`${part}(?:\s+(?:${particle}\s+)*${part}){1,4}`;
const by = /^(?:written\s+|reported\s+|posted\s+|published\s+)?by\s*:?\s+(.{2,120})$/iu;
const labelled = /^(?:authors?|reporter|writer|words)\s*:\s*(.{2,120})$/iu;
const sourced = /^(?:source|via|credit|agenc(?:y|ies))\s*:\s*(.{2,60})$/iu;
const names = new RegExp(String.raw`^${name}(?:\s*(?:,|and|&|,\s*and)\s+${name})*$`, "u");
const label = /^(?:written|reported|posted|published)?\s*by\s*:?$/iu;

/** "PARIS, March 4 (Reuters) -", "(AP) —": the agency whose text follows. */
const dateline =
  /^(?:[\p{Lu}][\p{L}.,/ '-]{0,60}?,?\s*(?:\p{L}{3,9}\.?\s+\d{1,2},?\s*)?(?:\d{4}\s*)?)?\(([\p{L} -]{2,40})\)\s*[-–—]/u;

/** A line that says who wrote it or whose text it is; null where it does not. */
export function readByline(text: string): Byline | null {
  if (text.length > 160) return null;
  if (label.test(text)) return { author: null, credit: null };
  const said = (by.exec(text) ?? labelled.exec(text) ?? sourced.exec(text))?.[1];
  const bare = text.replace(/^[\s>»|*•·–—-]+/u, "").trim();
  if (said === undefined) {
    const agency = agencyNamed(bare.replace(/^\(|\)$/gu, ""));
    return agency === null ? null : { author: null, credit: agency };
  }
  const parts = withoutTime(said)
    .split(/\s*[|•·/(]\s*|\s+[-–—]\s+|,\s+(?=(?:the\s+)?[\p{L} ]+$)/u)
    .map((part) => part.replace(/[).,:;\s]+$/u, "").trim())
    .filter((part) => part !== "");
  const credit = parts.map(agencyNamed).find((one) => one !== null) ?? null;
  const author = parts.find((part) => names.test(part) && agencyNamed(part) === null) ?? null;
  if (author === null && credit === null) return null;
  return { author, credit };
}

/** The agency that a paragraph names in its dateline. */
export function datelineCredit(text: string): string | null {
  const found = dateline.exec(text.slice(0, 160))?.[1];
  return found === undefined ? null : agencyNamed(found);
}

/** The agency that goes by a name, alone or "in Paris" or "with ...": its short name. */
export function agencyNamed(text: string): string | null {
  const publisher = publisherNamed(text);
  return publisher?.kind === "agency" ? publisher.name : null;
}

function withoutTime(text: string): string {
  const time = readTime(text);
  return time === null ? text : `${text.slice(0, time.from)} | ${text.slice(time.to)}`;
}
