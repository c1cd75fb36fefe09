import type { DocumentAnalysis } from "../analyse-document.ts";
import { type CodePoints, codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import { findQuotations } from "../statements/quotations.ts";
import type { Alignment } from "./align-words.ts";
import { comparePublication, isEarlier, type PublicationTime, publicationTime } from "./publication-time.ts";
import { spanOfWords, type Units, type Words, wordsOf } from "./words.ts";

/** The words of a document's story, and which of them are quoted. */
export interface Wording {
  readonly id: string;
  readonly analysis: DocumentAnalysis;
  readonly time: PublicationTime | null;
  readonly points: CodePoints;
  /** Of the story only; offsets are of the whole text. */
  readonly words: Words;
  /** [words.count] The outermost quotation that the word stands in, by its number; -1 where it is not quoted. */
  readonly quotationOf: Int32Array;
  /** How many outermost quotations there are. */
  readonly quotations: number;
  /** The words before which something else than the story stands (a teaser, a caption), in order. */
  readonly breaks: Uint32Array;
}

/** The wordings in the order of publication, as far as it is known, and as given else; each document once. */
export function wordingsOf(analyses: readonly DocumentAnalysis[]): Wording[] {
  const once = new Map<string, DocumentAnalysis>();
  for (const analysis of analyses) if (!once.has(analysis.document.id)) once.set(analysis.document.id, analysis);
  return [...once.values()].map(wordingOf).sort((a, b) => comparePublication(a.time, b.time));
}

function wordingOf(analysis: DocumentAnalysis): Wording {
  const { text, id, published } = analysis.document;
  const points = codePoints(text);
  const stretches = joined(text, points, analysis.story);
  const words = wordsOf(text, stretches);
  const breaks = Uint32Array.from(stretches, ({ from }) => firstFrom(words.starts, from));
  const quoted = quotationsOf(analysis, points);
  const quotationOf = new Int32Array(words.count).fill(-1);
  quoted.forEach((parts, number) => {
    for (const { from, to } of parts) {
      for (let at = firstFrom(words.starts, from); at < words.count && words.ends[at]! <= to; at++) {
        quotationOf[at] = number;
      }
    }
  });
  const time = publicationTime(published);
  return { id, analysis, time, points, words, quotationOf, quotations: quoted.length, breaks };
}

/** Blocks of the story with nothing but white space between them as one stretch. */
function joined(text: string, points: CodePoints, story: readonly Span[]): Units[] {
  const stretches: Units[] = [];
  for (const { start, end } of story) {
    const [from, to] = [points.unitAt(start), points.unitAt(end)];
    const last = stretches.at(-1);
    if (last !== undefined && text.slice(last.to, from).trim() === "") {
      stretches[stretches.length - 1] = { from: last.from, to };
    } else stretches.push({ from, to });
  }
  return stretches;
}

/** The parts of the outermost quotations. In a language whose statements are not read, the marks still are. */
function quotationsOf({ document, story, said }: DocumentAnalysis, points: CodePoints): Units[][] {
  const unitsOf = ({ start, end }: Span) => ({ from: points.unitAt(start), to: points.unitAt(end) });
  if (document.analysed) {
    return said.quotations.filter(({ within }) => within === null).map(({ spans }) => spans.map(unitsOf));
  }
  return findQuotations(document.text, story.map(unitsOf))
    .filter(({ within }) => within === null)
    .map(({ parts }) => parts);
}

/** The first of `values`, which rise, that is at least `least`. */
export function firstFrom(values: Uint32Array, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether time tells that the first of two came out before the second. */
export const isDirected = (earlier: Wording, later: Wording): boolean =>
  earlier.time !== null && later.time !== null && isEarlier(earlier.time, later.time);

/** Who quotes the words: a document that prints what the other quotes may be what it quotes from. */
export type PartKind = "told" | "quoted" | "quoted by the later" | "quoted by the earlier";

/** Words of an alignment that are quoted, or not, in the same way throughout. */
export interface Part {
  readonly kind: PartKind;
  /** Words, ends exclusive. */
  readonly earlier: Units;
  readonly later: Units;
  readonly same: number;
  readonly content: number;
}

/** Cuts an alignment (`a` the later document) where a quotation begins or ends in one of both, or the story breaks. */
export function partsOf(earlier: Wording, later: Wording, alignment: Alignment): Part[] {
  const parts: Part[] = [];
  let open: { kind: PartKind; a: number; b: number; toA: number; toB: number; same: number; content: number } | null =
    null;
  const close = () => {
    if (open === null) return;
    const { kind, a, b, toA, toB, same, content } = open;
    parts.push({ kind, earlier: { from: b, to: toB }, later: { from: a, to: toA }, same, content });
  };
  let [lastA, lastB] = [-1, -1];
  for (const run of alignment.runs) {
    for (let k = 0; k < run.length; k++) {
      const [a, b] = [run.a + k, run.b + k];
      const isOther =
        open === null ||
        later.quotationOf[a] !== later.quotationOf[lastA] ||
        earlier.quotationOf[b] !== earlier.quotationOf[lastB] ||
        breaksBetween(later, lastA, a) ||
        breaksBetween(earlier, lastB, b);
      if (isOther) {
        close();
        open = {
          kind: kindOf(earlier.quotationOf[b]!, later.quotationOf[a]!),
          a,
          b,
          toA: a,
          toB: b,
          same: 0,
          content: 0,
        };
      }
      open!.toA = a + 1;
      open!.toB = b + 1;
      open!.same++;
      open!.content += later.words.isContent[a]!;
      [lastA, lastB] = [a, b];
    }
  }
  close();
  return parts;
}

function kindOf(ofEarlier: number, ofLater: number): PartKind {
  if (ofEarlier < 0) return ofLater < 0 ? "told" : "quoted by the later";
  return ofLater < 0 ? "quoted by the earlier" : "quoted";
}

const breaksBetween = ({ breaks }: Wording, last: number, word: number): boolean =>
  breaks[firstFrom(breaks, last + 1)]! <= word;

/** The span of some of a document's words. */
export const spanIn = ({ points, words }: Wording, { from, to }: Units): Span => spanOfWords(points, words, from, to);
