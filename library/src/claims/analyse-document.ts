import type { Document } from "./documents/document.ts";
import type { Figure } from "./figures/figure.ts";
import { type FigureOfEvent, findFigureEvents } from "./figures/find-events.ts";
import { findFigures } from "./figures/find-figures.ts";
import type { Span } from "./span.ts";
import { readStatements } from "./statements/read-statements.ts";
import type { StatementsOfText } from "./statements/statement.ts";

/** A document and all that is found in its story by reading it alone. */
export interface DocumentAnalysis {
  readonly document: Document;
  /** Title, headings and paragraphs: what is read as the story. */
  readonly story: readonly Span[];
  readonly said: StatementsOfText;
  /** Of the story; those of teasers and boilerplate are left out. */
  readonly figures: readonly Figure[];
  readonly events: readonly FigureOfEvent[];
}

const storyKinds: ReadonlySet<string> = new Set(["title", "heading", "paragraph"]);

/**
 * Reads the story of a document: who says what in it, and its figures. Teasers, captions and boilerplate are not read.
 * A document in a language that is not read (`document.analysed` is false) has nothing said in it and no figures.
 */
export function analyseDocument(document: Document): DocumentAnalysis {
  const story = document.blocks.filter(({ kind }) => storyKinds.has(kind));
  if (!document.analysed) {
    return {
      document,
      story,
      said: { sentences: [], quotations: [], statements: [], unread: [] },
      figures: [],
      events: [],
    };
  }
  const figures = findFigures(document.text, document.published?.value ?? null).filter(({ span }) =>
    story.some(({ start, end }) => start <= span.start && span.end <= end),
  );
  return {
    document,
    story,
    said: readStatements(document.text, story),
    figures,
    events: findFigureEvents(document.text, figures),
  };
}
