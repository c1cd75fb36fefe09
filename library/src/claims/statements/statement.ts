import type { Span } from "../span.ts";

/** What somebody does by saying something. */
export type SpeechAct =
  | "alleges"
  | "states"
  | "denies"
  | "repeats"
  | "corrects"
  | "retracts"
  | "declines to comment"
  | "calls on";

/** A stretch between quotation marks: one span a paragraph, without the marks. */
export interface Quotation {
  readonly spans: readonly Span[];
  readonly mark: "double" | "single" | "guillemet";
  /** The quotation that it stands in, by its place in the list; null for one that stands in none. */
  readonly within: number | null;
}

/** A word that weakens or turns what is said. */
export interface Qualifier {
  readonly kind: "negation" | "hedge";
  readonly span: Span;
}

/** Who is named as the one who says something. */
export interface Source {
  /** The words as they stand: "she", "the spokesman", "a report seen by the paper". */
  readonly span: Span;
  /** An earlier, fuller naming of the same party in this document; null where that is not safe to say. */
  readonly refersTo: Span | null;
}

/**
 * A party that the words went through, or the paper they rest on: "seen by the Tribune", "citing two officials"; or the
 * one they were said to: "told the Tribune", "in an interview with the Tribune".
 */
export interface Passage {
  readonly kind: "citing" | "seen by" | "told" | "carried by" | "reported by";
  readonly cue: Span;
  readonly party: Span;
}

/**
 * Something that is said in a document, and who says it. Every part names the span that it rests on, and the whole is a
 * proposal: a person confirms it.
 */
export interface Statement {
  /** From the first to the last character of its parts. */
  readonly span: Span;
  /** `direct`: the content is quoted, word for word; `indirect`: it is told, perhaps with some words quoted. */
  readonly form: "direct" | "indirect";
  readonly act: SpeechAct;
  /** null: nobody is named ("is said to"), or it cannot be told who. */
  readonly source: Source | null;
  readonly cue: Span;
  /** What is said, in order; more than one where an attribution breaks it or it runs over paragraphs. May be empty. */
  readonly content: readonly Span[];
  /** What a denial denies; empty for the other acts, and where a denial does not say. */
  readonly denied: readonly Span[];
  /**
   * Whether what is said (of a denial: what it denies, where that is told) is said to be so ("asserted", also with
   * "allegedly" or "may"), not to be so ("negated": "it never paid", "nothing was taken"), or left open ("doubted":
   * "could not confirm that", "found no evidence that", "whether", a question, a refusal to comment). Of what is quoted
   * the first sentence counts.
   */
  readonly stance: "asserted" | "negated" | "doubted";
  readonly qualifiers: readonly Qualifier[];
  readonly passages: readonly Passage[];
}

/** What is found in a document's text. */
export interface StatementsOfText {
  readonly sentences: readonly Span[];
  readonly quotations: readonly Quotation[];
  /** In the order of their cues. */
  readonly statements: readonly Statement[];
  /** Sentences that are longer than any that is read (`sentenceUnitsMax`). */
  readonly unread: readonly Span[];
}
