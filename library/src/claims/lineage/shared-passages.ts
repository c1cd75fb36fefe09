import { codePoints } from "../code-points.ts";
import type { Span } from "../span.ts";
import { type Alignment, alignWords } from "./align-words.ts";
import { fingerprintsOf, runWordsFound } from "./fingerprints.ts";
import { meetingsOf } from "./meetings.ts";
import { spanOfWords, type Words, wordsOf } from "./words.ts";

export interface LineageText {
  readonly id: string;
  /** The kept text. */
  readonly text: string;
}

/** What two documents have in the same words. */
export interface SharedPassages {
  /** The one that was given first. */
  readonly earlier: string;
  readonly later: string;
  /** In the order of the later document. */
  readonly passages: readonly {
    readonly earlier: Span;
    readonly later: Span;
    /** Words that are the same, and those of them that are neither names nor words like "of". */
    readonly words: number;
    readonly content: number;
  }[];
}

/** Fewer words that say something are no evidence: titles and names of offices are alike without being copied. */
export const contentWordsMin = 4;

/**
 * Finds what documents have in the same words. Two that share a run of at least {@link runWordsFound} words of which
 * {@link contentWordsMin} are content are compared, as far as `earlierMax`, `holdersMax` and `partnersMax` go.
 *
 * Memory is about 13 bytes a word and 24 a fingerprint (every second or third word), and what is found; time is linear.
 * @param documents in the order of their publication, as far as it is known: what stands first counts as earlier
 */
export function sharedPassages(documents: readonly LineageText[]): SharedPassages[] {
  const words = documents.map(({ text }) => wordsOf(text));
  const shared: SharedPassages[] = [];
  for (const { later, partners } of alignedDocuments(words)) {
    for (const { earlier, alignments } of partners) {
      shared.push(passagesOf(documents, words, { earlier, later }, alignments));
    }
  }
  return shared;
}

/** What a document has in the same words as documents before it, by their places in the list. */
export interface AlignedDocument {
  readonly later: number;
  readonly partners: readonly {
    readonly earlier: number;
    /** `a` is the later document, so that its wording is told once; `b` the earlier one. */
    readonly alignments: readonly Alignment[];
  }[];
}

/** Aligns each document with those before it that it shares passages with, one document at a time. */
export function* alignedDocuments(words: readonly Words[]): Generator<AlignedDocument> {
  for (const { later, partners } of meetingsOf(words.map(fingerprintsOf))) {
    const aligned = partners.flatMap(({ earlier, meetings }) => {
      const alignments = alignWords(words[later]!, words[earlier]!, meetings).filter(isEvidence);
      return alignments.length === 0 ? [] : [{ earlier, alignments }];
    });
    if (aligned.length > 0) yield { later, partners: aligned };
  }
}

/** Whether so much in the same words is more than chance. */
export const isEvidence = ({ same, content }: Pick<Alignment, "same" | "content">): boolean =>
  same >= runWordsFound && content >= contentWordsMin;

function passagesOf(
  documents: readonly LineageText[],
  words: readonly Words[],
  { earlier, later }: { readonly earlier: number; readonly later: number },
  alignments: readonly Alignment[],
): SharedPassages {
  const pointsOf = (at: number) => codePoints(documents[at]!.text);
  const [ofEarlier, ofLater] = [pointsOf(earlier), pointsOf(later)];
  return {
    earlier: documents[earlier]!.id,
    later: documents[later]!.id,
    passages: alignments.map(({ a, b, same, content }) => ({
      earlier: spanOfWords(ofEarlier, words[earlier]!, b.from, b.to),
      later: spanOfWords(ofLater, words[later]!, a.from, a.to),
      words: same,
      content,
    })),
  };
}
