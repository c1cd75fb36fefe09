import { datelineCredit } from "../documents/read-byline.ts";
import type { Stretch } from "./quotations.ts";

const month = String.raw`(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{L}{0,6}\.?`;
const day = String.raw`(?:${month}\s+\d{1,2}|\d{1,2}\s+${month})(?:,?\s+\d{4})?`;
const capitals = String.raw`\p{Lu}{2,}(?:[ .'’/-]+\p{Lu}[\p{Lu}.]*)*`;
const region = String.raw`(?:,\s+\p{Lu}[\p{L}.]*(?:\s+\p{Lu}[\p{L}.]*)?){0,2}`;
const place = String.raw`\p{Lu}[\p{L}.,/'’ -]{0,60}?`;
const dash = String.raw`\s*(?:[–—]|--?)\s*`;
const publisher = String.raw`\([\p{L}][\p{L}\p{N} .&'’/-]{1,40}\)`;
/** "LONDON, May 1 (Reuters) -", "June 2 (Northern Wire) —", "FENWICK (Northern Wire) -" */
const credited = new RegExp(
  String.raw`^(?:(?:${place},?\s+)?${day},?\s+|${capitals}${region},?\s+)?${publisher}${dash}`,
  "u",
);
/** Whether a place in small letters may be one: the name is an agency's by its last word. */
const byName = new RegExp(String.raw`^${place}\s+\((?:\p{Lu}\p{L}+ ){1,3}(?:Wire|News|Press|Agency)\)${dash}`, "u");
const known = new RegExp(`^[^()]{0,90}${publisher}${dash}`, "u");
/** "OSTRAVA BAY —", before what can begin a sentence; not "NASA — the agency — said". */
const bare = new RegExp(
  String.raw`^${capitals}${region}(?:,\s+${day})?(?:\s*[–—]|\s+--?)\s*(?=[\p{Lu}\p{N}$€£¥"“‘'])`,
  "u",
);

/** "Mumbai, July 19 (IPT) Police said": the agency's capitals in brackets end it without a dash. */
const undashed = new RegExp(String.raw`^${place},\s+${day}\s+\(\p{Lu}{2,6}\)\s+(?=[\p{Lu}\p{N}$€£¥"“‘'])`, "u");
/** "16:28 Police said", "9.05am: Police said": when an entry of a running report was written. */
const clock =
  /^\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s+(?:GMT|UTC|BST|CET|ET|EST|EDT))?\s*[:–—|-]?\s+(?=["“‘']?\p{Lu})/u;

/** How many units of a paragraph are its dateline: the place, the day and the agency, up to the dash; mostly none. */
export function datelineUnits(text: string, { from, to }: Stretch): number {
  const begins = text.slice(from, Math.min(to, from + 160));
  const agency = datelineCredit(begins) === null ? null : known.exec(begins);
  const found =
    agency ??
    credited.exec(begins) ??
    byName.exec(begins) ??
    bare.exec(begins) ??
    undashed.exec(begins) ??
    clock.exec(begins);
  return found?.[0].length ?? 0;
}
