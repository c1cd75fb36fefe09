import type { BlockKind, LooseBlock } from "./document.ts";
import { type Furniture, furnitureOf } from "./furniture.ts";
import { type LineShape, lineShape } from "./line-shape.ts";
import { readByline } from "./read-byline.ts";

/** A stretch of text before it is known what it is. `hint` is what the markup says, where there is any. */
export interface RawBlock {
  readonly text: string;
  readonly hint: BlockKind | null;
}

interface Line {
  readonly text: string;
  readonly hint: BlockKind | null;
  readonly shape: LineShape;
  readonly furniture: Furniture | null;
}

/** How far a list of other stories is looked into to see how it is made. */
const lookAheadMax = 4;
/** "Published", "Updated" and the like stand before a time. */
const timeLabel = /^\s*(?:first\s+)?(?:published|posted|updated|modified|date|last\s+(?:updated|modified)|on)\b/iu;
const titleWordsMin = 4;
const titleWordsMax = 40;

/**
 * Tells a story from what stands around it. What the wording of a line does not show, its place does: what comes
 * before the title is the site's; a list of other stories goes on while headlines, dates and summaries that break off
 * follow one another, and ends where two paragraphs do; short lines after the last paragraph belong to the site.
 * @param title what the metadata call it, null where the text alone has to show it
 */
export function markBlocks(raw: readonly RawBlock[], title: string | null): LooseBlock[] {
  const lines = raw.map(({ text, hint }): Line => {
    const shape = lineShape(text);
    return { text, hint, shape, furniture: isFixed(hint) ? null : furnitureOf(text, shape.words) };
  });
  const titleAt = findTitle(lines, title);
  const kinds: BlockKind[] = [];
  for (let at = 0; at <= titleAt; at++) kinds.push(at === titleAt ? "title" : kindBeforeTitle(lines[at] as Line));
  markStory(lines, titleAt + 1, kinds);
  markRepeats(lines, titleAt, kinds);
  return lines.map(({ text }, at) => ({ text, kind: kinds[at] as BlockKind }));
}

/** Markup says what a caption is; that something is a paragraph or a heading it says of furniture too. */
function isFixed(hint: BlockKind | null): hint is BlockKind {
  return hint !== null && hint !== "paragraph" && hint !== "heading";
}

function kindBeforeTitle(line: Line): BlockKind {
  if (isFixed(line.hint)) return line.hint;
  if (line.hint === "paragraph" && line.furniture === null) return "paragraph";
  if (isWhoOrWhen(line)) return "byline";
  return line.furniture === "caption" ? "caption" : "boilerplate";
}

/** -1 where there is none: a text may begin with its first sentence. */
function findTitle(lines: readonly Line[], given: string | null): number {
  const marked = lines.findIndex((line) => line.hint === "title");
  if (marked >= 0) return marked;
  if (given !== null) {
    const key = keyOf(given);
    const same = lines.findIndex((line) => keyOf(line.text) === key);
    if (same >= 0) return same;
    return lines.findIndex(
      (line) => line.shape.isHeadline && line.shape.words >= titleWordsMin && key.includes(keyOf(line.text)),
    );
  }
  const firstProse = lines.findIndex((line) => line.shape.isProse && line.furniture === null && line.hint === null);
  const head = firstProse < 0 ? lines : lines.slice(0, firstProse);
  const fits = (line: Line, wordsMin: number) =>
    line.hint === null &&
    line.furniture === null &&
    line.shape.isHeadline &&
    line.shape.words >= wordsMin &&
    line.shape.words <= titleWordsMax &&
    !isWhoOrWhen(line);
  const long = head.findIndex((line) => fits(line, titleWordsMin));
  return long >= 0 ? long : head.findIndex((line) => fits(line, 1));
}

function markStory(lines: readonly Line[], from: number, kinds: BlockKind[]): void {
  const lastProse = lines.findLastIndex((line, at) => at >= from && isStoryProse(line));
  let at = from;
  let seenProse = false;
  while (at < lines.length) {
    const line = lines[at] as Line;
    if (line.furniture === "list-of-stories" || line.furniture === "tags") {
      const end = endOfList(lines, at);
      const isTags = line.furniture === "tags";
      kinds.push(isTags ? "boilerplate" : "teaser");
      for (at++; at < end; at++) kinds.push(kindInList(lines[at] as Line, isTags));
      continue;
    }
    const isAfter = at > lastProse;
    const kind = kindInStory(line, { seenProse, isAfter });
    if (kind === "paragraph") seenProse = true;
    kinds.push(kind);
    at++;
  }
}

function kindInStory(line: Line, place: { seenProse: boolean; isAfter: boolean }): BlockKind {
  if (isFixed(line.hint)) return line.hint;
  if (isWhoOrWhen(line)) return "byline";
  if (line.furniture === "other-story") return "teaser";
  if (line.furniture === "own") return "boilerplate";
  if (line.furniture === "caption") return "caption";
  if (line.hint === "paragraph" || (line.hint === null && line.shape.isProse)) return "paragraph";
  if (place.isAfter && place.seenProse) return line.shape.breaksOff ? "teaser" : "boilerplate";
  return line.shape.isHeadline ? "heading" : "paragraph";
}

function kindInList(line: Line, isTags: boolean): BlockKind {
  if (line.hint === "caption" || line.furniture === "caption") return "caption";
  return line.furniture === "own" || isTags ? "boilerplate" : "teaser";
}

/**
 * Where the list that begins at `marker` ends. A widget that lost its entries is only its heading. Entries may be
 * headlines alone, or headlines with a summary and a date; in both cases running text that is followed by running text
 * is the story again, and in a list of bare headlines the first running text is.
 */
function endOfList(lines: readonly Line[], marker: number): number {
  let at = marker + 1;
  const first = lines[at];
  if (first === undefined || isStoryProse(first)) return at;
  const isTags = lines[marker]?.furniture === "tags";
  const hasSummaries = !isTags && listHasSummaries(lines, at);
  for (; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.furniture === "list-of-stories" || line.furniture === "tags") return at;
    if (!isStoryProse(line)) continue;
    if (!hasSummaries) return at;
    const next = lines[at + 1];
    if (next !== undefined && isStoryProse(next)) return at;
  }
  return at;
}

function listHasSummaries(lines: readonly Line[], from: number): boolean {
  const next = lines.slice(from, from + lookAheadMax);
  const firstText = next.findIndex((line) => line.shape.isProse || line.shape.breaksOff);
  if (firstText < 0) return false;
  if (next[firstText]?.shape.breaksOff === true) return true;
  // A headline and then its summary; with two headlines before it, running text is no summary of the second.
  const headlines = next.slice(0, firstText).filter((line) => line.shape.isHeadline && line.furniture === null).length;
  const after = lines[from + firstText + 1];
  return headlines === 1 && (after === undefined || !isStoryProse(after));
}

function isStoryProse(line: Line): boolean {
  if (line.hint !== null) return line.hint === "paragraph" && line.furniture === null;
  return line.shape.isProse && !line.shape.breaksOff && line.furniture === null && !isWhoOrWhen(line);
}

function isWhoOrWhen(line: Line): boolean {
  if (isFixed(line.hint)) return line.hint === "byline";
  if (line.shape.isDate) return true;
  if (timeLabel.test(line.text) && line.shape.words <= 24 && /\d{4}/u.test(line.text) && !line.shape.isProse)
    return true;
  return readByline(line.text) !== null;
}

/** A short line that stands twice in a row, or repeats the title, is the text of a picture. */
function markRepeats(lines: readonly Line[], titleAt: number, kinds: BlockKind[]): void {
  const title = titleAt < 0 ? null : keyOf((lines[titleAt] as Line).text);
  for (let at = titleAt + 1; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (kinds[at] !== "heading" || line.shape.isProse) continue;
    const key = keyOf(line.text);
    const isDouble = [lines[at - 1], lines[at + 1]].some((one) => one !== undefined && keyOf(one.text) === key);
    if (isDouble || key === title) kinds[at] = "caption";
  }
}

function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
