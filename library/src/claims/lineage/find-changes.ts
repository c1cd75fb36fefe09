import type { DocumentAnalysis } from "../analyse-document.ts";
import type { Change } from "../claim.ts";
import type { Alignment } from "./align-words.ts";
import { hedgeWordChanges } from "./compare-hedge-words.ts";
import { nameAltered } from "./compare-names.ts";
import {
  linkedQuotations,
  type QuotationDifference,
  quotationDifferences,
  quotationKey,
} from "./compare-quotations.ts";
import { type DocumentReading, hasWord, readingOf } from "./document-reading.ts";
import { facingFigures } from "./facing-figures.ts";
import { type Gap, gapsOf, type ReadPair } from "./gaps.ts";
import { hasOwnName, isOfOwnSubject, isOneSentence, samenessOf } from "./one-story.ts";
import { alignedDocuments } from "./shared-passages.ts";
import { isDirected, type Wording, wordingsOf } from "./wording.ts";
import type { Units } from "./words.ts";

/**
 * Finds what changed on the way between documents, along the passages that they have in the same words: hedges lost,
 * added or turned, numbers and names altered, quotations cut or altered. What differs in typography, case, accents,
 * hyphens or between British and American spelling only has not changed.
 *
 * `from` is in the document that came out earlier; where time does not tell, in the one with the earlier time or given
 * first. But a cut quotation names in `from` the words that are missing in `to`, whichever came first; and where time
 * does not tell whose wording of a quotation was altered, `to` is the one that more documents disagree with. A change
 * is told once, from the first document that has it otherwise. Every one is a proposal.
 *
 * Time is linear in the words. Memory is that of the fingerprints (see {@link traceWording}), at most
 * {@link readingsMax} documents as they are read for it, and what is found.
 * @param analyses in any order; the same document twice counts once
 */
export function findChanges(analyses: readonly DocumentAnalysis[]): Change[] {
  const wordings = wordingsOf(analyses);
  const read = readerOf(wordings);
  const changes: Change[] = [];
  const quotations = new QuotationDisputes();
  for (const { later, partners } of alignedDocuments(wordings.map(({ words }) => words))) {
    for (const { earlier, alignments } of partners) {
      const pair = { earlier: read(earlier), later: read(later) };
      changes.push(...changesAlong(pair, alignments));
      quotations.add(pair, alignments);
    }
  }
  const order = new Map(wordings.map(({ id }, at) => [id, at]));
  return once([...changes, ...quotations.changes()]).sort(
    (a, b) => order.get(a.to.document)! - order.get(b.to.document)! || a.to.start - b.to.start,
  );
}

/** So many documents are held as they are read: a wording leads to its first holders and to the latest. */
const readingsMax = 2048;

/** Reads a document when it is met (most share nothing with any), and again where it was not met for long. */
function readerOf(wordings: readonly Wording[]): (at: number) => DocumentReading {
  const readings = new Map<number, DocumentReading>();
  return (at) => {
    const reading = readings.get(at) ?? readingOf(wordings[at]!);
    readings.delete(at);
    readings.set(at, reading);
    if (readings.size > readingsMax) readings.delete(readings.keys().next().value!);
    return reading;
  };
}

/** So many words must be the same for each number or name that is another: else the texts are of two things. */
const sameForOther = 4;

/** Passages of fewer words can be a form of words ("… did not immediately respond"), with now one, now another name. */
const stockWordsMax = 20;

function changesAlong(pair: ReadPair, alignments: readonly Alignment[]): Change[] {
  const { isOneStory, areCopies } = samenessOf(pair, alignments);
  if (!isOneStory) return [];
  return alignments.flatMap((alignment) => {
    const compared = gapsOf(pair, alignment);
    const isShort = alignment.same < stockWordsMax;
    const isOfOne = (gap: Gap) =>
      isOneSentence(pair, compared, gap) &&
      (areCopies || !(areOwnNames(pair, gap) || (isShort && areSharedNames(pair, gap))));
    const names = compared.gaps.flatMap((gap) => (isOfOne(gap) ? (nameAltered(pair, gap) ?? []) : []));
    const figures = facingFigures(pair, alignment, compared).flatMap(({ change, gap }) => {
      if (change.kind !== "number altered") return change;
      return isOneSentence(pair, compared, gap) && (areCopies || !isOfOther(pair, gap)) ? change : [];
    });
    const others = names.length + figures.filter(({ kind }) => kind === "number altered").length;
    if (others * sameForOther > alignment.same) return [];
    return [...figures, ...names, ...hedgeWordChanges(pair, alignment, compared.gaps)];
  });
}

/** A name that each document goes on using is no slip: they are about two. */
const areOwnNames = ({ earlier, later }: ReadPair, gap: Gap): boolean =>
  hasOwnName(earlier, gap.earlier, later) && hasOwnName(later, gap.later, earlier);

/** Names that each document has both of are of two parties, of whom the same is said. */
const areSharedNames = ({ earlier, later }: ReadPair, gap: Gap): boolean =>
  hasAllWords(earlier, later.wording, gap.later) && hasAllWords(later, earlier.wording, gap.earlier);

function hasAllWords(reading: DocumentReading, { words }: Wording, { from, to }: Units): boolean {
  for (let at = from; at < to; at++) if (!hasWord(reading, words.hashes[at]!)) return false;
  return from < to;
}

/** Numbers in sentences about names that only one of the documents has are not of one thing. */
const isOfOther = ({ earlier, later }: ReadPair, gap: Gap): boolean =>
  isOfOwnSubject(earlier, gap.earlier.from, later) || isOfOwnSubject(later, gap.later.from, earlier);

/** How quotations differ among all documents: which of two is the odd one shows only then. */
class QuotationDisputes {
  private readonly found: (QuotationDifference & { readonly directed: boolean })[] = [];
  /** How many documents quote the same, by quotation. */
  private readonly partners = new Map<string, number>();
  /** How many of them differ, by quotation and where in it. */
  private readonly disputes = new Map<string, number>();

  add(pair: ReadPair, alignments: readonly Alignment[]): void {
    const links = linkedQuotations(pair, alignments);
    for (const number of links.ofEarlier.keys()) count(this.partners, quotationKey(pair.earlier, number));
    for (const number of links.ofLater.keys()) count(this.partners, quotationKey(pair.later, number));
    const directed = isDirected(pair.earlier.wording, pair.later.wording);
    for (const difference of quotationDifferences(pair, links)) {
      this.found.push({ ...difference, directed });
      count(this.disputes, disputeKey(difference.fromQuotation, difference.from.start));
      count(this.disputes, disputeKey(difference.toQuotation, difference.to.start));
    }
  }

  changes(): Change[] {
    return this.found.map(({ kind, from, to, fromQuotation, toQuotation, directed }) => {
      const isReversed =
        kind === "quotation altered" &&
        !directed &&
        this.disputed(fromQuotation, from.start) > this.disputed(toQuotation, to.start);
      return isReversed ? { kind, from: to, to: from } : { kind, from, to };
    });
  }

  private disputed(quotation: string, start: number): number {
    return (this.disputes.get(disputeKey(quotation, start)) ?? 0) / (this.partners.get(quotation) ?? 1);
  }
}

const disputeKey = (quotation: string, start: number): string => `${quotation} ${start}`;

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The first of those that say the same of the same place. */
function once(changes: readonly Change[]): Change[] {
  const found = new Map<string, Change>();
  for (const change of changes) {
    const { document, start, end } = change.to;
    const key = `${change.kind} ${document} ${start} ${end}`;
    if (!found.has(key)) found.set(key, change);
  }
  return [...found.values()];
}
