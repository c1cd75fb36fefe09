import type { DocumentAnalysis } from "../claims/analyse-document.ts";
import type { Place } from "../claims/claim.ts";
import { type CodePoints, codePoints } from "../claims/code-points.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { Span } from "../claims/span.ts";
import { findMentions, type Mention } from "./find-mentions.ts";
import type { IncidentDate } from "./incident.ts";
import { type Word, wordsOf } from "./sentence-words.ts";
import type { Stated } from "./stated.ts";

/** A sentence with the deeds that it tells of. */
export interface ToldSentence {
  readonly span: Span;
  readonly words: readonly Word[];
  readonly mentions: readonly Mention[];
  readonly figures: readonly Figure[];
  readonly isTitle: boolean;
}

/** A document as its incidents are read from it. */
export interface ToldStory {
  readonly analysis: DocumentAnalysis;
  readonly points: CodePoints;
  readonly sentences: readonly ToldSentence[];
  readonly placeOf: (span: Span) => Place;
  /** The place of some words, from the first to before the last. */
  readonly placeOfWords: (words: readonly Word[], first: number, next: number) => Place;
}

/** Reads the sentences of a document's story with the deeds they tell of. */
export function readStory(analysis: DocumentAnalysis): ToldStory {
  const { document, said, figures } = analysis;
  const points = codePoints(document.text);
  const placeOf = (span: Span): Place => ({ document: document.id, ...span, text: points.slice(span) });
  const title = document.blocks.find(({ kind }) => kind === "title");
  let next = 0;
  const sentences = said.sentences.map(({ start, end }) => {
    const words = wordsOf(document.text, points.unitAt(start), points.unitAt(end));
    while (next < figures.length && (figures[next] as Figure).span.start < start) next++;
    const from = next;
    while (next < figures.length && (figures[next] as Figure).span.end <= end) next++;
    const isTitle = title !== undefined && start >= title.start && end <= title.end;
    return { span: { start, end }, words, mentions: findMentions(words), figures: figures.slice(from, next), isTitle };
  });
  const placeOfWords = (words: readonly Word[], first: number, last: number): Place =>
    placeOf(points.span((words[first] as Word).from, (words[last - 1] as Word).to));
  return { analysis, points, sentences, placeOf, placeOfWords };
}

/** What makes two statements of an amount one: the value with its unit and bound. */
export const figureKey = ({ value, to, unit, bound, strict }: Figure): string =>
  JSON.stringify([value, to, unit, bound, strict]);

export const statedFigure = (story: ToldStory, value: Figure): Stated<Figure> => ({
  value,
  places: [story.placeOf(value.span)],
  entries: [],
});

export function datesOf(story: ToldStory, figure: Figure): Stated<IncidentDate>[] {
  if (figure.value === null || figure.value.includes("X")) return [];
  const value = { from: figure.value, to: figure.to, assumed: figure.assumed };
  return [{ value, places: [story.placeOf(figure.span)], entries: [] }];
}
