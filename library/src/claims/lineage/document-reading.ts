import type { Place } from "../claim.ts";
import type { Figure } from "../figures/figure.ts";
import type { Span } from "../span.ts";
import { findQualifiers } from "../statements/qualifiers.ts";
import { foldWord } from "./spelling.ts";
import { firstFrom, spanIn, type Wording } from "./wording.ts";
import { isTelling, meeting, type Units } from "./words.ts";

/** A document's wording with what changes are looked for in, by words. */
export interface DocumentReading {
  readonly wording: Wording;
  /** Words of the value and of what bounds it. */
  readonly figures: readonly { readonly figure: Figure; readonly words: Units; readonly hull: Units }[];
  /** Words that weaken what is said, but those that bound a figure. */
  readonly hedges: readonly { readonly words: Units; readonly text: string }[];
  readonly sentences: readonly Units[];
  /** Capitalised words within sentences of paragraphs, by their hashes, and how often they stand there. */
  readonly names: ReadonlyMap<number, number>;
  /** Hashes of the words of the story, in order. */
  readonly vocabulary: Uint32Array;
  /** By their numbers, with their words folded. */
  readonly quotations: readonly Quoted[];
}

type FigureAt = DocumentReading["figures"][number];
type HedgeAt = DocumentReading["hedges"][number];

const hullOf = ({ hull }: FigureAt): Units => hull;
/** To find figures and hedges by their words. */
export const ownWords = ({ words }: { readonly words: Units }): Units => words;

export interface Quoted extends Units {
  readonly folded: readonly string[];
}

export function readingOf(wording: Wording): DocumentReading {
  const { analysis, words, quotationOf } = wording;
  const figures = analysis.figures.map((figure) => {
    const own = wordsIn(wording, figure.span);
    const hedge = figure.hedge === null ? own : wordsIn(wording, figure.hedge);
    return { figure, words: own, hull: { from: Math.min(own.from, hedge.from), to: Math.max(own.to, hedge.to) } };
  });
  const sentences = analysis.said.sentences.map((span) => wordsIn(wording, span));
  const ranges: Units[] = Array.from({ length: wording.quotations }, () => ({ from: 0, to: 0 }));
  quotationOf.forEach((quotation, at) => {
    if (quotation < 0) return;
    const { from, to } = ranges[quotation]!;
    ranges[quotation] = { from: from === to ? at : from, to: at + 1 };
  });
  const quotations = ranges.map((range) => ({ ...range, folded: foldedAt(wording, range) }));
  const vocabulary = words.hashes.toSorted();
  const names = namesOf(wording);
  let hedges: readonly HedgeAt[] | null = null;
  return {
    wording,
    figures,
    sentences,
    quotations,
    names,
    vocabulary,
    // Copies that differ in nothing never ask for them.
    get hedges() {
      hedges ??= hedgesOf(wording, figures);
      return hedges;
    },
  };
}

function hedgesOf({ analysis, words, points }: Wording, figures: readonly FigureAt[]): HedgeAt[] {
  const { text, analysed } = analysis.document;
  const hedges: HedgeAt[] = [];
  for (const { start, end } of analysed ? analysis.story : []) {
    const stretch = { from: points.unitAt(start), to: points.unitAt(end) };
    for (const { kind, from, to } of findQualifiers(text, stretch)) {
      const found = { from: firstFrom(words.starts, from), to: firstFrom(words.starts, to) };
      if (kind !== "hedge" || !meeting(figures, hullOf, found).next().done) continue;
      hedges.push({ words: found, text: text.slice(from, to).toLowerCase() });
    }
  }
  return hedges;
}

function namesOf(wording: Wording): Map<number, number> {
  const names = new Map<number, number>();
  const { words, analysis } = wording;
  for (const { kind, start, end } of analysis.document.blocks) {
    if (kind !== "paragraph") continue;
    const { from, to } = wordsIn(wording, { start, end });
    for (let at = from; at < to; at++) {
      if (words.isContent[at] === 1) continue;
      const [word = ""] = wordsAt(wording, { from: at, to: at + 1 });
      if (!isCapital(word) || !isTelling(word.toLowerCase()) || opensSentence(wording, at)) continue;
      const hash = words.hashes[at]!;
      if (!calendar.has(word.toLowerCase())) names.set(hash, (names.get(hash) ?? 0) + 1);
    }
  }
  return names;
}

/** Names that every text has. */
export const calendar: ReadonlySet<string> = new Set(
  (
    "january february march april may june july august september october november december " +
    "jan feb mar apr jun jul aug sep sept oct nov dec " +
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun " +
    "yesterday today tomorrow"
  ).split(" "),
);

/** Whether a document has a word, by its hash. */
export function hasWord({ vocabulary }: DocumentReading, hash: number): boolean {
  return vocabulary[firstFrom(vocabulary, hash)] === hash;
}

export const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word);

export function opensSentence({ analysis, words }: Wording, at: number): boolean {
  const start = words.starts[at]!;
  const before = analysis.document.text.slice(Math.max(0, start - 8), start);
  return /(?:^|[.!?:;…\n]["'”’»)\]]*\s*|\n\s*)["'“‘«([]*$/u.test(before);
}

function wordsIn({ points, words }: Wording, { start, end }: Span): Units {
  return { from: firstFrom(words.starts, points.unitAt(start)), to: firstFrom(words.starts, points.unitAt(end)) };
}

/** Some of a document's words as they are written. */
export function wordsAt({ analysis, words }: Wording, { from, to }: Units): string[] {
  const written: string[] = [];
  for (let at = from; at < to; at++) written.push(analysis.document.text.slice(words.starts[at], words.ends[at]));
  return written;
}

export const foldedAt = (wording: Wording, range: Units): string[] => wordsAt(wording, range).map(foldWord);

/** Where words stand; for none the place behind the word before, with empty text. */
export function placeOf(wording: Wording, { from, to }: Units): Place {
  const { id, points, words } = wording;
  if (from < to) {
    const span = spanIn(wording, { from, to });
    return { document: id, ...span, text: points.slice(span) };
  }
  const at = from > 0 ? points.pointAt(words.ends[from - 1]!) : points.pointAt(words.starts[0] ?? 0);
  return { document: id, start: at, end: at, text: "" };
}
