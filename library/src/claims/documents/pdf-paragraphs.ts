import type { RawBlock } from "./mark-blocks.ts";
import { normaliseBlock } from "./normalise-block.ts";

/** A line of print: its foot above the page's lower edge and the height of its letters, in points. */
export interface PdfLine {
  readonly text: string;
  readonly foot: number;
  readonly height: number;
}

export interface PdfPage {
  readonly lines: readonly PdfLine[];
}

/** Lines of one paragraph stand closer than this, as a share of the usual distance of lines on the page. */
const gapShareMax = 1.35;
/** Letters of another size begin another block. */
const heightShareMax = 1.2;
/** A line at the edge that stands on so many pages is a running head or foot. */
const runningPagesMin = 3;

/** Joins lines to paragraphs; words divided at a line's end are joined, running heads and feet are marked. */
export function paragraphsOfPages(pages: readonly PdfPage[]): RawBlock[] {
  const running = runningLines(pages);
  const blocks: RawBlock[] = [];
  // A sentence that the page's end cuts goes on with the first paragraph of the next one.
  let cut: number | null = null;
  for (const page of pages) {
    const lines = page.lines.filter(({ text }) => normaliseBlock(text) !== "");
    const edges = new Set([lines[0], lines.at(-1)]);
    const isRunning = (line: PdfLine) => edges.has(line) && running.has(edgeKey(line.text));
    const body = lines.filter((line) => !isRunning(line));
    for (const line of lines.filter(isRunning)) blocks.push({ text: normaliseBlock(line.text), hint: "boilerplate" });
    const paragraphs = paragraphsOf(body);
    paragraphs.forEach((text, at) => {
      const before: RawBlock | undefined = at === 0 && cut !== null ? blocks[cut] : undefined;
      if (before !== undefined && cut !== null && /^\p{Ll}/u.test(text)) {
        blocks[cut] = { text: normaliseBlock(joinLines([before.text, text])), hint: null };
        return;
      }
      blocks.push({ text: normaliseBlock(text), hint: null });
      cut = blocks.length - 1;
    });
    const last = cut === null ? undefined : blocks[cut];
    if (last !== undefined && /[.!?:]["'”’)]*$/u.test(last.text)) cut = null;
  }
  return blocks;
}

function runningLines(pages: readonly PdfPage[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { lines } of pages) {
    const shown = lines.filter(({ text }) => normaliseBlock(text) !== "");
    const keys = new Set([shown[0], shown.at(-1)].flatMap((line) => (line === undefined ? [] : [edgeKey(line.text)])));
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= runningPagesMin).map(([key]) => key));
}

/** Page numbers differ from page to page. */
function edgeKey(text: string): string {
  return normaliseBlock(text).replace(/\d+/gu, "#");
}

function paragraphsOf(lines: readonly PdfLine[]): string[] {
  const gaps = lines
    .slice(1)
    .map((line, at) => (lines[at] as PdfLine).foot - line.foot)
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  const usual = gaps[Math.floor(gaps.length / 4)] ?? 0;
  const paragraphs: string[][] = [];
  lines.forEach((line, at) => {
    const before = lines[at - 1];
    const gap = before === undefined ? 0 : before.foot - line.foot;
    const ratio =
      before === undefined ? 1 : Math.max(before.height, line.height) / Math.min(before.height, line.height);
    const isNew = before === undefined || gap <= 0 || gap > usual * gapShareMax || ratio > heightShareMax;
    if (isNew) paragraphs.push([line.text]);
    else paragraphs.at(-1)?.push(line.text);
  });
  return paragraphs.map(joinLines);
}

function joinLines(lines: readonly string[]): string {
  return lines
    .map((line, at) => {
      const next = lines[at + 1];
      if (next === undefined) return line;
      const isDivided = /\p{Ll}-\s*$/u.test(line) && /^\s*\p{Ll}/u.test(next);
      return isDivided ? line.trimEnd().slice(0, -1) : `${line} `;
    })
    .join("");
}
